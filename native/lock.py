#!/usr/bin/env python3
"""Writes a requirements.txt with versions and hashes of all that a requirements.in comes to.

    python3 native/lock.py benchmarks/requirements.in [--no-deps]

The hashes are of the wheels for CPython 3.11 to 3.13 on x86-64 and arm64 Linux, where a package has them.
"""

import json
import subprocess
import sys
from pathlib import Path

source = Path(sys.argv[1])
found = {}
for machine in ("x86_64", "aarch64"):
    for version in ("3.11", "3.12", "3.13"):
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed",
                   "--only-binary=:all:", "--target", "unused", "--python-version", version,
                   "--implementation", "cp", "--report", "-", "-r", str(source), *sys.argv[2:]]
        for tag in ("2_28", "2_27", "2_17", "2_12", "2_5"):
            command += ["--platform", f"manylinux_{tag}_{machine}"]
        command += ["--platform", f"manylinux2014_{machine}"]
        told = subprocess.run(command, capture_output=True, text=True)
        if told.returncode != 0:
            print(f"{machine}, Python {version}: none", file=sys.stderr)
            continue
        for item in json.loads(told.stdout)["install"]:
            name = f"{item['metadata']['name']}=={item['metadata']['version']}"
            found.setdefault(name, set()).add(item["download_info"]["archive_info"]["hashes"]["sha256"])
lines = [f"# Made from {source.name} by native/lock.py; do not edit."]
for name in sorted(found, key=str.lower):
    lines.append(" \\\n    ".join([name] + [f"--hash=sha256:{digest}" for digest in sorted(found[name])]))
source.with_suffix(".txt").write_text("\n".join(lines) + "\n")
