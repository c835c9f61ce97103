"""What one run of an empty plugin costs beyond its interpreter.

Usage: python3 benchmarks/plugin.py [PROGRAM]   (default: build/gatewright)

A manifest with twenty plugin gates is run beside the same manifest with one, one gate at a time; the difference is the cost of
nineteen runs. The same program is run by itself as often, from this script. The least of eleven rounds, both in turn: whatever else
the machine does makes each of them longer, and none shorter.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

ROUNDS, MANY = 11, 20
ANSWER = '{"checks": [{"id": "x", "outcome": "passed", "message": ""}]}'
PROGRAMS = {
    "sh": (["sh", "gate.sh"], f"echo '{ANSWER}' > \"$GATEWRIGHT_ANSWER\"\n"),
    "python": (
        ["/usr/bin/python3", "gate.py"],
        f"import os\nopen(os.environ['GATEWRIGHT_ANSWER'], 'w').write('{ANSWER}')\n",
    ),
}


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def manifest(count):
    gates = "".join(f"  - {{gate: plugin, id: p{i}, use: gates/empty}}\n" for i in range(count))
    return (
        "version: 1\nname: loans\ntask: binary\n"
        "data: {holdout: {path: rows.csv, label: label}}\n"
        "models: {candidate: {predictions: rows.csv, score: score}}\n"
        f"gates:\n{gates}"
    )


def seconds(words, **more):
    start = time.perf_counter()
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{words} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return took


def measure(program, command, text):
    folder = tempfile.mkdtemp()
    try:
        os.chdir(folder)
        write("rows.csv", "label,score\n" + "".join(f"{i % 2},{i % 2}\n" for i in range(10)))
        write("gates/empty/gate.yaml", f"id: empty\nsummary: Nothing.\ncommand: [{', '.join(command)}]\n")
        write(f"gates/empty/{command[-1]}", text)
        write("one.yaml", manifest(1))
        write("many.yaml", manifest(MANY))
        environment = {**os.environ, "GATEWRIGHT_ANSWER": "answer.json"}
        runs, alone = [], []
        for _ in range(ROUNDS):
            few = seconds([program, "check", "-m", "one.yaml", "--threads", "1"])
            many = seconds([program, "check", "-m", "many.yaml", "--threads", "1"])
            runs.append((few, many))
            alone += [seconds([command[0], f"gates/empty/{command[-1]}"], env=environment) for _ in range(MANY)]
        few, many = (min(times) for times in zip(*runs))
        return (many - few) / (MANY - 1) * 1e3, min(alone) * 1e3
    finally:
        os.chdir("/")
        shutil.rmtree(folder)


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/gatewright")
    print("| program | a run as a plugin, ms | by itself, ms | beyond it, ms |\n|---|---|---|---|")
    for name, (command, text) in PROGRAMS.items():
        run, alone = measure(program, command, text)
        print(f"| {name} | {run:.1f} | {alone:.1f} | {run - alone:.1f} |")


if __name__ == "__main__":
    main()
