#!/usr/bin/env python3
"""Packs the payload as a Debian package: build/dist/gatewright_<version>_<arch>.deb"""

import gzip
import hashlib
import os
import shutil
import subprocess

import payload as payloads
import sbom

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

CONTROL = """\
Package: gatewright
Version: {version}
Architecture: {architecture}
Maintainer: The Gatewright authors <maintainers@gatewright.invalid>
Installed-Size: {kibibytes}
Depends: libc6 (>= {glibc}), libstdc++6 (>= 11), libgcc-s1
Section: science
Priority: optional
Description: quality gate between a trained model and production
 Judges a candidate model against the champion on the same rows, and exits with
 a code that a pipeline reads. All libraries that it opens are in the package.
"""


def lay_out(payload, folder):
    """The tree below / and the package's own files."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, _ in payload.files():
        target = folder / "usr" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(payload.folder / path, target)
    texts = folder / "usr/share/doc/gatewright"
    (texts / "copyright").write_text(copyright_of(payload))
    log = (payloads.ROOT / "CHANGELOG.md").read_bytes()
    (texts / "changelog.gz").write_bytes(gzip.compress(log, 9, mtime=payload.epoch))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    control = folder / "DEBIAN"
    control.mkdir()
    lines = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n" for path in files]
    (control / "md5sums").write_text("".join(lines))
    (control / "control").write_text(
        CONTROL.format(
            version=payload.version,
            architecture=ARCHITECTURES[payload.arch],
            kibibytes=sum(-(-path.stat().st_size // 1024) for path in files),
            glibc="{}.{}".format(*payload.glibc),
        )
    )
    settle(payload, folder)


def copyright_of(payload):
    """What Debian wants to know, in its machine-readable form."""
    lines = ["Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/", "", "Files: *",
             "Copyright: The Gatewright authors, and those whom the folder licences names", f"License: {sbom.expression()}",
             " README.txt beside this file says what Gatewright is made of; the texts are in the folder licences.", ""]
    return "\n".join(lines)


def settle(payload, folder):
    """Gives every file and folder its mode and the time of the source."""
    for path in sorted(folder.rglob("*"), reverse=True):
        inside = path.relative_to(folder).as_posix().removeprefix("usr/")
        path.chmod(0o755 if path.is_dir() or inside.startswith("bin/") else 0o644)
        os.utime(path, (payload.epoch, payload.epoch))
    os.utime(folder, (payload.epoch, payload.epoch))
    folder.chmod(0o755)


def pack(payload):
    """Writes the package and returns its path."""
    architecture = ARCHITECTURES[payload.arch]
    folder = payload.folder.with_name(payload.folder.name + "-tree")
    lay_out(payload, folder)
    target = payloads.DIST / f"gatewright_{payload.version}_{architecture}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(payload.epoch)}
    command = ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z6", "--build", folder, target]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder)
    return target


if __name__ == "__main__":
    payloads.finish(pack(payloads.from_command_line(__doc__)))
