extension HostilePlugin {
  /// Those that use more than they may, or do not end.
  static let means: [HostilePlugin] = [
    HostilePlugin("a hang", says: "did not finish in 1s", limits: "time: 1s", shell: "sleep 600"),
    HostilePlugin(
      "a hang that takes no hint", says: "did not finish in 1s", limits: "time: 1s",
      shell: "trap '' TERM HUP INT; while :; do sleep 600; done"),
    HostilePlugin(
      "a loop", says: "did not finish in 1s", limits: "time: 1s", python: "while True: pass"),
    HostilePlugin(
      "many processes", says: "started more than 40 processes",
      python: """
        for _ in range(300):
            if os.fork() == 0:
                time.sleep(600)
        time.sleep(600)
        """),
    HostilePlugin(
      "processes that each start two", says: "started more than 40 processes",
      python: """
        for _ in range(9):
            os.fork()
        time.sleep(600)
        """),
    HostilePlugin(
      "a gigabyte of output", says: "ended without an answer",
      shell: "head -c 1000000000 /dev/zero | tr '\\0' x"),
    HostilePlugin(
      "a log that never ends", says: "did not finish in 1s", limits: "time: 1s", shell: "yes"),
    HostilePlugin(
      "more memory than it may", says: "MemoryError", "used more than the 300MB of memory",
      python: "x = bytearray(1 << 30); passed()"),
    HostilePlugin(
      "more memory than all its processes may", says: "used more than the 300MB of memory",
      python: """
        for _ in range(4):
            if os.fork() == 0:
                x = bytearray(120 << 20)
                time.sleep(600)
        time.sleep(600)
        """),
    HostilePlugin(
      "memory that processes could share", says: "used more than the 300MB of memory",
      python: """
        x = mmap.mmap(-1, 600 << 20)
        for place in range(0, 600 << 20, 4096): x[place] = 1
        time.sleep(600)
        """),
    HostilePlugin(
      "memory that is a file of no folder", says: "Function not implemented", needs: .filters,
      python: #"attempt(lambda: os.memfd_create("x"))"#),
    HostilePlugin(
      "memory that outlives it", says: "Operation not permitted", needs: .filters,
      python: "attempt(lambda: call('shmget', 0x6741, 4096, 0o1666))"),
    HostilePlugin(
      "a file above its limit", says: "File too large",
      python: """
        def act():
            with open(os.environ["HOME"] + "/x", "wb") as file:
                for _ in range(40): file.write(bytes(1 << 20))
        attempt(act)
        """),
    HostilePlugin(
      "a child that lives on", says: "left a process running behind it",
      shell: #"setsid sleep 600 & echo '{}' > "$GATEWRIGHT_ANSWER""#),
    HostilePlugin(
      "a grandchild that nobody knows", says: "left a process running behind it",
      python: """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                time.sleep(600)
            os._exit(0)
        os.wait()
        passed()
        """),
    HostilePlugin(
      "folders deeper than a path is long", says: "ended without an answer",
      python: """
        os.chdir(os.environ["HOME"])
        for _ in range(1500):
            os.mkdir("deeper"); os.chdir("deeper")
        """),
    HostilePlugin(
      "names of no text, in a folder that it closes", says: "ended without an answer",
      python: #"""
        os.chdir(os.environ["HOME"])
        os.makedirs(b"\xff\xfe/\x80"); open(b"\xff\xfe/\x80/\xc3(", "w").close()
        libc.chmod(b"\xff\xfe", 0)
        """#),
  ]
}
