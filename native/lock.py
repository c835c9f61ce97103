#!/usr/bin/env python3
"""Writes a requirements.txt with the hash of every wheel that a requirements.in comes to, on this machine's Python.

    python3 native/lock.py benchmarks/requirements.in
"""

import json
import subprocess
import sys
from pathlib import Path

source = Path(sys.argv[1])
report = subprocess.run(
    [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--only-binary=:all:",
     "--report", "-", "-r", str(source)],
    check=True, capture_output=True, text=True,
).stdout
lines = [f"# Made from {source.name} by native/lock.py; do not edit."]
for item in sorted(json.loads(report)["install"], key=lambda i: i["metadata"]["name"].lower()):
    digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
    lines.append(f"{item['metadata']['name']}=={item['metadata']['version']} --hash=sha256:{digest}")
source.with_suffix(".txt").write_text("\n".join(lines) + "\n")
