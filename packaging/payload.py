#!/usr/bin/env python3
"""Lays out what ships: the program, its libraries, its data, licences and the list of contents.

    python3 packaging/payload.py [--arch x86_64] [--program build/gatewright]

The folder build/payload-<artefact>-<arch> has the layout of every artefact: bin/, lib/gatewright/, share/gatewright/ and
share/doc/gatewright/. Nothing in it depends on when, where or by whom it was made.
"""

import argparse
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import elf
import sbom

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "build" / "packaging-tools"
DIST = ROOT / "build" / "dist"

# The newest glibc that the program may ask for, and the newest symbols of libstdc++, which are those of GCC 11. Newer ones
# would need a change of the promise in the guide.
PROMISED_GLIBC = (2, 34)
PROMISED_LIBSTDCXX = (3, 4, 29)

# The name that the OpenMP runtime gets, which no other program's file has.
OPENMP = "libgomp-gatewright.so.1"


@dataclass(frozen=True)
class Payload:
    """What is packed, and what its names are made of."""

    folder: Path
    arch: str
    version: str
    epoch: int
    glibc: tuple

    def files(self):
        """Every file relative to the folder, in byte order, with its mode."""
        found = [path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file()]
        return [(path.as_posix(), mode_of(path.as_posix())) for path in sorted(found, key=lambda p: p.as_posix())]


def mode_of(path):
    """Programs and libraries may be run, data may be read."""
    return 0o755 if path.startswith(("bin/", "lib/")) else 0o644


def fail(text):
    """Ends with one sentence."""
    sys.exit(f"packaging: {text}")


def version():
    """The program's version, from the one place that says it."""
    text = (ROOT / "Sources/gatewright/Main.swift").read_text()
    return re.search(r'static let version = "([^"]+)"', text)[1]


def epoch():
    """The time that all files get: SOURCE_DATE_EPOCH, else that of the commit."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said:
        return int(said)
    told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    if told.returncode != 0:
        fail("this folder is no git clone, so the time of the source is not known; set SOURCE_DATE_EPOCH")
    return int(told.stdout)


def native():
    """The script that knows which libraries there are and where they were put."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "native" / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tool(name):
    """A tool of packaging/requirements.txt, which is fetched when it is missing."""
    lock = ROOT / "packaging" / "requirements.txt"
    done = TOOLS / "installed.txt"
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        shutil.rmtree(TOOLS, ignore_errors=True)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary=:all:", "--require-hashes", "--root-user-action=ignore"]
        subprocess.run(command + ["--target", str(TOOLS), "-r", str(lock)], check=True, stdout=sys.stderr)
        done.write_bytes(lock.read_bytes())
    return str(TOOLS / "bin" / name)


def libraries(source, target):
    """Copies the libraries flat; those that need the OpenMP runtime find the one beside them, and no other."""
    target.mkdir(parents=True)
    for name in ("libduckdb.so", "libonnxruntime.so", "lib_lightgbm.so", "libxgboost.so"):
        shutil.copyfile(source / name, target / name)
    # The pins, by which the program knows LightGBM's version, which its library does not say.
    shutil.copyfile(source / "complete", target / "complete")
    runtimes = sorted((source / "xgboost_cpu.libs").glob("libgomp-*"))
    if len(runtimes) != 1:
        fail(f"'{source}/xgboost_cpu.libs' holds {len(runtimes)} files 'libgomp-*', wanted one")
    shutil.copyfile(runtimes[0], target / OPENMP)
    patchelf = tool("patchelf")
    subprocess.run([patchelf, "--set-soname", OPENMP, target / OPENMP], check=True)
    for library, needed in (("libxgboost.so", runtimes[0].name), ("lib_lightgbm.so", "libgomp.so.1")):
        change = ["--replace-needed", needed, OPENMP, "--set-rpath", "$ORIGIN"]
        subprocess.run([patchelf, *change, target / library], check=True)
        if OPENMP not in elf.read(target / library).needed:
            fail(f"'{library}' does not need '{needed}'; look at what its new version needs")


def data(folder):
    """What the program finds under share/gatewright: the templates of CI systems."""
    shutil.copytree(ROOT / "ci-templates", folder / "share/gatewright/templates")


def hold_to_promise(folder, arch):
    """The newest glibc that any file asks for; fails where one is of another machine or asks for a newer glibc."""
    newest = (0, 0)
    for path in sorted([*folder.glob("bin/*"), *folder.glob("lib/gatewright/*.so*")]):
        facts = elf.read(path)
        if facts.machine != arch:
            fail(f"'{path.name}' is for {facts.machine}, wanted {arch}; build it on such a machine")
        if facts.glibc[:2] > PROMISED_GLIBC:
            fail("'{}' needs glibc {}.{}, and {}.{} is promised".format(path.name, *facts.glibc[:2], *PROMISED_GLIBC))
        if facts.libstdcxx > PROMISED_LIBSTDCXX:
            asked = ".".join(map(str, facts.libstdcxx))
            fail(f"'{path.name}' needs GLIBCXX_{asked} of libstdc++, and that of GCC 11 is promised")
        newest = max(newest, facts.glibc[:2])
    program = elf.read(folder / "bin/gatewright")
    if program.run_paths:
        fail(f"the program looks for libraries in {program.run_paths}, wanted nowhere; build it with 'make build'")
    return newest


def make(arch, program):
    """Lays all of it out, anew."""
    folder = ROOT / "build" / f"payload-{Path(sys.argv[0]).stem}-{arch}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "bin").mkdir(parents=True)
    shutil.copyfile(program, folder / "bin/gatewright")
    source = native().libraries(arch)
    libraries(source, folder / "lib/gatewright")
    data(folder)
    glibc = hold_to_promise(folder, arch)
    payload = Payload(folder, arch, version(), epoch(), glibc)
    sbom.write(payload, source)
    for path, mode in payload.files():
        (folder / path).chmod(mode)
        os.utime(folder / path, (payload.epoch, payload.epoch))
    return payload


def from_command_line(summary):
    """The payload that the words of the command line ask for."""
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--arch", default=platform.machine(), choices=elf.MACHINES.values())
    parser.add_argument("--program", type=Path, default=ROOT / "build/gatewright")
    said = parser.parse_args()
    if not said.program.exists():
        fail(f"there is no '{said.program}'; make it with 'make build'")
    DIST.mkdir(parents=True, exist_ok=True)
    return make(said.arch, said.program)


def finish(artefact):
    """Writes the artefact's SHA-256 beside it, as sha256sum reads it, and says so."""
    digest = hashlib.sha256(artefact.read_bytes()).hexdigest()
    artefact.with_name(artefact.name + ".sha256").write_text(f"{digest}  {artefact.name}\n")
    print(f"{digest}  {artefact.relative_to(ROOT)}  {artefact.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    print(from_command_line(__doc__).folder.relative_to(ROOT))
