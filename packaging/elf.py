"""What an ELF file asks of the machine it runs on."""

import re
import struct
import subprocess
from dataclasses import dataclass

MACHINES = {62: "x86_64", 183: "aarch64"}


@dataclass(frozen=True)
class Facts:
    """What one file says of itself."""

    machine: str
    glibc: tuple
    libstdcxx: tuple
    needed: list
    run_paths: list


def read(path):
    """The facts of a program or library; the newest glibc is (0, 0) where it asks for none."""
    with open(path, "rb") as file:
        head = file.read(20)
    if head[:6] != b"\x7fELF\x02\x01":
        raise SystemExit(f"packaging: '{path}' is not a 64-bit little-endian ELF file")
    machine = struct.unpack_from("<H", head, 18)[0]
    dynamic = readelf("--dynamic", path)
    versions = readelf("--version-info", path)
    return Facts(
        machine=MACHINES.get(machine, f"machine {machine}"),
        glibc=newest("GLIBC", versions),
        libstdcxx=newest("GLIBCXX", versions),
        needed=re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic),
        run_paths=re.findall(r"\((?:RPATH|RUNPATH)\).*\[(.*)\]", dynamic),
    )


def newest(library, versions):
    """The newest version of a library's symbols that is asked for."""
    found = re.findall(rf"Name: {library}_([\d.]+)", versions)
    return max((tuple(map(int, version.split("."))) for version in found), default=(0, 0))


def readelf(what, path):
    """What binutils say of a file."""
    told = subprocess.run(["readelf", "--wide", what, str(path)], capture_output=True, text=True, check=True)
    return told.stdout
