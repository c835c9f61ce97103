#!/usr/bin/env python3
"""Packs the payload as a Python wheel without Python: build/dist/gatewright-<version>-py3-none-manylinux_….whl

The program goes to the environment's bin, the libraries and data beside it: lib/gatewright and share/gatewright.
"""

import base64
import hashlib
import time
import zipfile

import payload as payloads
import sbom

SUMMARY = "The quality gate between a trained model and production"


def metadata(payload, licences):
    """The core metadata."""
    lines = [
        "Metadata-Version: 2.4",
        "Name: gatewright",
        f"Version: {payload.version}",
        f"Summary: {SUMMARY}",
        f"License-Expression: {sbom.expression()}",
        *[f"License-File: {name}" for name in licences],
        "Classifier: Environment :: Console",
        "Classifier: Operating System :: POSIX :: Linux",
        "Classifier: Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Description-Content-Type: text/plain",
        "",
        "Judges a candidate model against the champion on the same rows, and exits with a code that a pipeline reads.",
        "This wheel holds a native program and its libraries, and no Python code. Start with 'gatewright init'.",
    ]
    return "\n".join(lines) + "\n"


def members(payload):
    """Every file of the wheel in order: name, bytes, mode."""
    name = f"gatewright-{payload.version}"
    licences = []
    for path, mode in payload.files():
        content = (payload.folder / path).read_bytes()
        inside = path.removeprefix("share/doc/gatewright/")
        if path.startswith("bin/"):
            yield f"{name}.data/scripts/{path.removeprefix('bin/')}", content, mode
        elif inside != path:
            licences.append(inside)
            yield f"{name}.dist-info/licenses/{inside}", content, mode
        elif path == sbom.PLACE:
            yield f"{name}.dist-info/sboms/sbom.cdx.json", content, mode
        else:
            yield f"{name}.data/data/{path}", content, mode
    yield f"{name}.dist-info/METADATA", metadata(payload, licences).encode(), 0o644
    wheel = f"Wheel-Version: 1.0\nGenerator: gatewright-packaging\nRoot-Is-Purelib: false\nTag: {tag(payload)}\n"
    yield f"{name}.dist-info/WHEEL", wheel.encode(), 0o644


def tag(payload):
    """Any Python 3, no ABI of it, the oldest glibc that all files start on."""
    return "py3-none-manylinux_{}_{}_{}".format(*payload.glibc, payload.arch)


def pack(payload):
    """Writes the wheel and returns its path."""
    target = payloads.DIST / f"gatewright-{payload.version}-{tag(payload)}.whl"
    target.unlink(missing_ok=True)
    moment = time.gmtime(payload.epoch)[:6]
    record = f"gatewright-{payload.version}.dist-info/RECORD"
    lines = []
    with zipfile.ZipFile(target, "w") as archive:
        for name, content, mode in members(payload):
            add(archive, name, content, mode, moment)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            lines.append(f"{name},sha256={digest},{len(content)}\n")
        add(archive, record, ("".join(lines) + f"{record},,\n").encode(), 0o644, moment)
    return target


def add(archive, name, content, mode, moment):
    """Adds a file whose header says nothing of this machine."""
    entry = zipfile.ZipInfo(name, moment)
    entry.create_system = 3
    entry.external_attr = (0o100000 | mode) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content, compresslevel=6)


if __name__ == "__main__":
    payloads.finish(pack(payloads.from_command_line(__doc__)))
