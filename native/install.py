#!/usr/bin/env python3
"""Installs what the build and the program need: Debian packages, and native libraries out of pinned wheels.

The libraries go to the user's cache folder, under a name made of the lock file's digest, so that a second
clone finds them there. `current` beside them points to the newest set; the program looks there.
"""

import fnmatch
import hashlib
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "libraries.txt"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gatewright" / "native"

# What each wheel carries: the part of the member's path that names it, and the name it gets here.
MEMBERS = {
    "duckdb": [("_duckdb.cpython-", "libduckdb.so"), ("_duckdb.abi3", "libduckdb.so")],
    "onnxruntime": [("onnxruntime/capi/libonnxruntime.so", "libonnxruntime.so")],
    "lightgbm": [("lightgbm/lib/lib_lightgbm.so", "lib_lightgbm.so")],
    # libcurl and the libraries it needs, beside each other; Debian's own archive of it does not link.
    "pycurl": [("pycurl.libs/", None)],
    # Keeps the wheel's own layout, which the library's run path to its libgomp names.
    "xgboost_cpu": [("xgboost/lib/libxgboost.so", None), ("xgboost_cpu.libs/", None)],
}

# What each wheel says of its licence and of what it holds; kept in `licences/<package>` for what is made of the libraries.
TEXTS = {
    "duckdb": ["duckdb-*.dist-info/licenses/LICENSE"],
    "onnxruntime": ["onnxruntime/LICENSE", "onnxruntime/ThirdPartyNotices.txt"],
    "lightgbm": ["lightgbm-*.dist-info/licenses/LICENSE"],
    "pycurl": ["pycurl-*.dist-info/licenses/COPYING-MIT"],
    "xgboost_cpu": ["xgboost_cpu-*.dist-info/sboms/auditwheel.cdx.json"],
}


def say(text):
    print(f"native: {text}", file=sys.stderr, flush=True)


def packages():
    wanted = [l.strip() for l in (HERE / "packages.txt").read_text().splitlines()]
    wanted = [l for l in wanted if l and not l.startswith("#")]
    missing = []
    for name in wanted:
        seen = subprocess.run(
            ["dpkg-query", "-W", "-f=${Status}", name], capture_output=True, text=True
        )
        if "install ok installed" not in seen.stdout:
            missing.append(name)
    if not missing:
        return
    say("installing Debian packages: " + " ".join(missing))
    root = [] if os.geteuid() == 0 else ["sudo"]
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run(root + ["apt-get", "update", "-qq"], check=True, stdout=sys.stderr)
    subprocess.run(
        root + environment + ["apt-get", "install", "-y", "-qq", "--no-install-recommends"] + missing,
        check=True,
        stdout=sys.stderr,
    )


def weaken_python_symbols(path):
    """Marks the undefined `Py…` symbols of DuckDB's Python module weak, so that it opens outside Python.

    No Python function is ever called: only the C API, which the module exports, is used.
    """
    data = bytearray(path.read_bytes())
    if data[:6] != b"\x7fELF\x02\x01":
        raise SystemExit(f"native: '{path.name}' is not a 64-bit little-endian ELF file")
    section_offset = struct.unpack_from("<Q", data, 0x28)[0]
    entry_size, count = struct.unpack_from("<HH", data, 0x3A)
    sections = [
        struct.unpack_from("<IIQQQQIIQQ", data, section_offset + i * entry_size) for i in range(count)
    ]
    changed = 0
    for section in sections:
        if section[1] != 11:  # SHT_DYNSYM
            continue
        names = sections[section[6]][4]
        for at in range(section[4], section[4] + section[5], 24):
            name, info, _, defined_in = struct.unpack_from("<IBBH", data, at)
            end = data.index(0, names + name)
            text = bytes(data[names + name : end])
            if defined_in == 0 and info >> 4 == 1 and text.startswith((b"Py", b"_Py")):
                data[at + 4] = (2 << 4) | (info & 15)
                changed += 1
    path.write_bytes(data)
    say(f"marked {changed} Python symbols of libduckdb.so weak")


def place(machine):
    """The folder of this lock file's libraries for that architecture."""
    digest = hashlib.sha256(LOCK.read_bytes() + Path(__file__).read_bytes() + machine.encode()).hexdigest()[:12]
    return CACHE / digest


def libraries(machine=platform.machine()):
    """Fetches the libraries for that architecture unless they are there; the folder they are in."""
    target = place(machine)
    if not (target / "complete").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            fetch(Path(scratch), machine)
            (Path(scratch) / "lib" / "complete").write_text(LOCK.read_text())
            if target.exists():
                shutil.rmtree(target)
            os.rename(Path(scratch) / "lib", target)
        say(f"libraries are in {target}")
    if machine == platform.machine():
        point_to(target.name)
    return target


def point_to(digest):
    """Lets `current` lead to that set, for a program that was built in a clone."""
    link = CACHE / "current"
    if not link.is_symlink() or os.readlink(link) != digest:
        new = CACHE / f"current.{os.getpid()}"
        new.symlink_to(digest)
        os.replace(new, link)


def fetch(scratch, machine):
    wheels, lib = scratch / "wheels", scratch / "lib"
    lib.mkdir()
    say("fetching the native libraries (60 MB, once)")
    tags = ["2_28", "2_27", "2_17"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", str(wheels)]
    command += ["--python-version", "3.12", "--implementation", "cp", "--abi", "cp312", "--abi", "abi3"]
    command += ["--abi", "none"]
    for tag in tags:
        command += ["--platform", f"manylinux_{tag}_{machine}"]
    command += ["--platform", f"manylinux2014_{machine}", "-r", str(LOCK)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    for wheel in sorted(wheels.glob("*.whl")):
        package = wheel.name.split("-")[0]
        members = MEMBERS[package]
        found = 0
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                for part, given in members:
                    if part in name and ".so" in name:
                        out = lib / (given or name)
                        out.parent.mkdir(parents=True, exist_ok=True)
                        out.write_bytes(archive.read(name))
                        out.chmod(0o755)
                        found += 1
                        break
            keep_texts(archive, package, lib / "licences" / package.replace("_", "-"))
        if not found:
            raise SystemExit(f"native: '{wheel.name}' holds none of {[m[0] for m in members]}")
    (lib / "libxgboost.so").symlink_to("xgboost/lib/libxgboost.so")
    (curl,) = (lib / "pycurl.libs").glob("libcurl-*.so*")
    (lib / "libcurl.so").symlink_to(f"pycurl.libs/{curl.name}")
    weaken_python_symbols(lib / "libduckdb.so")


def keep_texts(archive, package, folder):
    """Keeps a wheel's licence and its list of contents."""
    for pattern in TEXTS[package]:
        names = fnmatch.filter(archive.namelist(), pattern)
        if len(names) != 1:
            raise SystemExit(f"native: the wheel of '{package}' has {len(names)} files '{pattern}', wanted one")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / Path(names[0]).name).write_bytes(archive.read(names[0]))


if __name__ == "__main__":
    packages()
    libraries()
