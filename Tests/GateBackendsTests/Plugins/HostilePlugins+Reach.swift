extension HostilePlugin {
  /// Those that reach for what they were not handed.
  static let reach: [HostilePlugin] = [
    HostilePlugin(
      "a file outside", says: "refused: ", needs: .landlock,
      python: #"attempt(lambda: open("$OUT/written", "w"))"#),
    HostilePlugin(
      "an end to a file outside", says: "refused: ", needs: .landlock,
      python: #"attempt(lambda: os.unlink("$OUT/secret"))"#),
    HostilePlugin(
      "a file outside that it empties", says: "refused: ", needs: .landlock,
      python: #"attempt(lambda: os.truncate("$OUT/secret", 0))"#),
    HostilePlugin(
      "the mode of a file outside", says: "it is as it was", needs: .filters,
      python: """
        def act():
            os.chmod("$OUT/secret", 0o777)
            if os.stat("$OUT/secret").st_mode & 0o777 != 0o777: raise OSError(0, "it is as it was")
        attempt(act)
        """),
    HostilePlugin(
      "the time of a file outside", says: "it is as it was", needs: .filters,
      python: """
        def act():
            os.utime("$OUT/secret", (1, 1))
            if os.stat("$OUT/secret").st_mtime != 1: raise OSError(0, "it is as it was")
        attempt(act)
        """),
    HostilePlugin(
      "passwords of the system", says: "refused: ", needs: .landlock,
      python: #"attempt(lambda: open("/etc/shadow").read())"#),
    HostilePlugin(
      "a file of the manifest's folder", says: "Permission denied", needs: .landlock,
      python: #"attempt(lambda: open("$OUT/secret").read())"#),
    HostilePlugin(
      "other temporary folders", says: "Permission denied", needs: .landlock,
      python: #"attempt(lambda: os.listdir("/tmp"))"#),
    HostilePlugin(
      "what the guard was told", says: "Permission denied", needs: .landlock,
      python: #"attempt(lambda: open(os.path.dirname(os.environ["HOME"]) + "/guard.json").read())"#),
    HostilePlugin(
      "a secret of the environment", says: "it is not there",
      python: #"passed() if "GATEWRIGHT_TEST_TOKEN" in os.environ else sys.exit("it is not there")"#
    ),
    HostilePlugin(
      "the environment of who started it", says: "it is not there", "refused: ",
      python: """
        def act():
            with open(f"/proc/{os.getppid()}/environ") as file:
                if "GATEWRIGHT_TEST_TOKEN" not in file.read(): raise OSError(0, "it is not there")
        attempt(act)
        """),
    HostilePlugin(
      "the environment of all", says: "it is nowhere", needs: .landlock,
      python: """
        for name in range(1, 70000):
            try:
                if b"GATEWRIGHT_TEST_TOKEN" in open(f"/proc/{name}/environ", "rb").read(): passed()
            except OSError: pass
        sys.exit("it is nowhere")
        """),
    HostilePlugin(
      "a connection", says: "Permission denied", needs: .filters,
      python: #"attempt(lambda: socket.create_connection(("127.0.0.1", 9), 5))"#),
    HostilePlugin(
      "a datagram", says: "Permission denied", needs: .filters,
      python:
        #"attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)))"#
    ),
    HostilePlugin(
      "a name of the network", says: "refused: ", needs: .filters,
      python: #"attempt(lambda: socket.getaddrinfo("example.invalid", 80))"#),
    HostilePlugin(
      "a socket of the machine", says: "Permission denied", needs: .filters,
      python: "attempt(lambda: socket.socket(socket.AF_UNIX))"),
    HostilePlugin(
      "calls that no filter sees", says: "Operation not permitted", needs: .filters,
      python: "attempt(lambda: call('syscall', 425, 8, ctypes.create_string_buffer(256)))"),
    HostilePlugin(
      "an end to who guards it", says: "Operation not permitted", needs: .filters,
      python: "attempt(lambda: os.kill(os.getppid(), signal.SIGKILL))"),
    HostilePlugin(
      "an end to the group of who guards it", says: "Operation not permitted", needs: .filters,
      python: "attempt(lambda: os.killpg(os.getppid(), signal.SIGKILL))"),
    HostilePlugin(
      "an end to all", says: "Operation not permitted", needs: .filters,
      python: "attempt(lambda: os.kill(-1, signal.SIGKILL))"),
    HostilePlugin(
      "an end to itself", says: "was ended by signal 9",
      python: "os.kill(os.getpid(), signal.SIGKILL)"),
    HostilePlugin(
      "less time for who guards it", says: "Operation not permitted", needs: .filters,
      python: "attempt(lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0)))"),
    HostilePlugin(
      "the memory of who guards it", says: "Operation not permitted", needs: .filters,
      python: "attempt(lambda: call('ptrace', 16, os.getppid(), 0, 0))"),
    HostilePlugin(
      "another program in its place", says: "refused: ", needs: .landlock,
      python: """
        os.chmod("gate.py", 0o700)
        attempt(lambda: open("gate.py", "w"))
        """),
    HostilePlugin(
      "another user", says: "Operation not permitted",
      python: "attempt(lambda: call('setuid', 54321))"),
    HostilePlugin(
      "more rights by another program", says: "it has none",
      python: """
        text = subprocess.run(["/bin/cat", "/proc/self/status"], capture_output=True, text=True).stdout or open("/proc/self/status").read()
        own = [line for line in text.splitlines() if line.startswith("CapEff")]
        if int(own[0].split()[1], 16) & ~6: passed()
        sys.exit("it has none")
        """),
    HostilePlugin(
      "a view of its own", says: "Operation not permitted", needs: .filters,
      python: "attempt(lambda: call('unshare', 0x10000000))"),
    HostilePlugin(
      "a device", says: "refused: ", needs: .landlock,
      python: #"attempt(lambda: os.mknod(os.environ["HOME"] + "/x", 0o20666, os.makedev(1, 1)))"#),
    HostilePlugin(
      "a file that nobody can remove", says: "refused: ",
      python: """
        file = os.open(os.environ["HOME"] + "/x", os.O_CREAT | os.O_RDWR)
        attempt(lambda: fcntl.ioctl(file, 0x40086602, (16).to_bytes(8, "little")))
        """),
  ]
}
