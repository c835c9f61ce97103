#!/usr/bin/env python3
"""Packs the payload with its installer: build/dist/gatewright-<version>-linux-<arch>.tar.gz

Beside it stands its list of contents, as a file of its own.
"""

import gzip
import hashlib
import io
import shutil
import tarfile

import payload as payloads
import sbom


def installer(payload):
    """The installer, told what machine the files are for."""
    text = (payloads.ROOT / "packaging/install.sh").read_text()
    for word, value in (("@ARCH@", payload.arch), ("@VERSION@", payload.version),
                        ("@GLIBC@", "{}.{}".format(*payload.glibc))):
        if word not in text:
            payloads.fail(f"packaging/install.sh does not say {word}")
        text = text.replace(word, value)
    return text.encode()


def members(payload):
    """Every file in order: name, bytes, mode."""
    sums = []
    for path, mode in payload.files():
        content = (payload.folder / path).read_bytes()
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {path}\n")
        yield path, content, mode
    yield "SHA256SUMS", "".join(sums).encode(), 0o644
    yield "install.sh", installer(payload), 0o755


def pack(payload):
    """Writes the archive and the list of contents; returns the archive's path."""
    name = f"gatewright-{payload.version}-linux-{payload.arch}"
    target = payloads.DIST / f"{name}.tar.gz"
    with open(target, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=payload.epoch) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive:
            for path, content, mode in members(payload):
                entry = tarfile.TarInfo(f"{name}/{path}")
                entry.size, entry.mode, entry.mtime = len(content), mode, payload.epoch
                archive.addfile(entry, io.BytesIO(content))
    listing = payloads.DIST / f"{name}.sbom.cdx.json"
    shutil.copyfile(payload.folder / sbom.PLACE, listing)
    payloads.finish(listing)
    return target


if __name__ == "__main__":
    payloads.finish(pack(payloads.from_command_line(__doc__)))
