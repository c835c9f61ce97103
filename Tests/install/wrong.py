"""Machines that are wrong: each ends with a sentence that says what is, and leaves nothing half done."""

import shutil
import subprocess

import roots
from roots import artefact, run, want

INSTALL = "tar -xzf /given/*.tar.gz -C /tmp && cd /tmp/gatewright-* && exec ./install.sh --prefix /opt/gatewright"


def all_of():
    """Every one."""
    older_glibc()
    with roots.copy_of(roots.debian("bookworm")) as root:
        roots.lay(root)
        other_architecture(root)
        damaged(root)
        disks(root)
        missing_library(root)


def shell(root, text, **said):
    """Runs a line of shell in a root."""
    return run(root, ["/bin/sh", "-ec", text], **said)


def older_glibc():
    """Debian 11 has glibc 2.31."""
    with roots.copy_of(roots.debian("bullseye")) as root:
        roots.lay(root)
        want("Debian 11: the tarball says which glibc it wants", shell(root, INSTALL), 1,
             "this system has glibc 2.31, and glibc 2.34 or newer is wanted")
        nothing_in(root / "opt", "Debian 11")
        want("Debian 11: the package says which libc6 it wants", shell(root, "dpkg --install /given/*.deb", user=0), None,
             "gatewright depends on libc6 (>= 2.34)")
        wheel = "python3 -m venv /tmp/v && /tmp/v/bin/pip install --quiet --no-index /given/*.whl"
        want("Debian 11: pip refuses the wheel", shell(root, wheel), None, "is not a supported wheel on this platform")
        want("Debian 11: the loader says which glibc the program wants", shell(root, "/tmp/gatewright-*/bin/gatewright --version"),
             None, "version `GLIBC_2.34' not found")


def other_architecture(root):
    """A machine that says it is of another kind, and a wheel for one."""
    want("i686: the tarball says for which machine it is", shell(root, INSTALL, machine="i686"), 1,
         "this machine is i686, and the program is for x86_64")
    nothing_in(root / "opt", "i686")
    name = artefact("*.whl").name
    shutil.copy(root / "given" / name, root / "srv" / name.replace("x86_64", "aarch64"))
    wheel = "python3 -m venv /tmp/w && /tmp/w/bin/pip install --quiet --no-index /srv/*aarch64.whl"
    want("a wheel for arm64: pip refuses it", shell(root, wheel), None, "is not a supported wheel on this platform")
    # A system whose C library is not glibc has no such word for getconf.
    other = f"mkdir /tmp/musl && printf '#!/bin/sh\\nexit 1\\n' > /tmp/musl/getconf && chmod +x /tmp/musl/getconf; PATH=/tmp/musl:$PATH; {INSTALL}"
    want("musl: the tarball says that it wants glibc", shell(root, other), 1, "this system has no glibc")
    nothing_in(root / "opt", "musl")


def damaged(root):
    """An archive that was not unpacked whole."""
    broken = "cp -R /tmp/gatewright-* /tmp/broken && printf x >> /tmp/broken/lib/gatewright/libduckdb.so && exec /tmp/broken/install.sh --prefix /opt/gatewright"
    want("a damaged file: the tarball says which", shell(root, broken), 1, "was not unpacked whole", "libduckdb.so: FAILED")
    nothing_in(root / "opt", "a damaged file")


def disks(root):
    """A disk that is read-only, and one that is full."""
    again = "cd /tmp/gatewright-* && exec ./install.sh --prefix /opt/gatewright"
    want("a read-only disk: the tarball says so", shell(root, again, user=0, mounts=["-t tmpfs -o ro none ROOT/opt"]), 1,
         "could not be written, so nothing was installed", "Read-only file system")
    left = again.replace("exec ./install.sh --prefix /opt/gatewright", "./install.sh --prefix /opt/gatewright; s=$?; find /opt -type f; exit $s").replace("cd", "set +e; cd", 1)
    said = want("a full disk: the tarball says so", shell(root, left, user=0, mounts=["-t tmpfs -o size=40m none ROOT/opt"]), 1,
                "could not be written, so nothing was installed", "No space left on device")
    if "\n/opt/" in said:
        raise SystemExit(f"not ok: a full disk: files were left: {said}")
    program = "/tmp/gatewright-*/bin/gatewright"
    judge = f"cp -R /given/example /scratch/judged; cd /scratch/judged; exec {program} check --report json=/full/report.json"
    (root / "full").mkdir()
    want("a read-only disk: check says that its report was not written",
         shell(root, judge, mounts=["-t tmpfs -o ro none ROOT/full"]), 2, "verdict: passed, and the report '/full/report.json' was not written (exit code 2)", "ead-only file system")
    judge = f"cd /scratch/judged; exec {program} check --report json=/full/report.json"
    want("a full disk: check says that its report was not written",
         shell(root, judge, mounts=["-t tmpfs -o size=4k,mode=1777 none ROOT/full"]), 2,
         "the report '/full/report.json' was not written (exit code 2)", "o space left on device")


def missing_library(root):
    """Each library is taken away in turn."""
    want("the tarball is installed", shell(root, "cd /tmp/gatewright-*; exec ./install.sh --prefix /scratch/installed"), 0)
    program = "/scratch/installed/bin/gatewright"
    folder = root / "scratch/installed/lib/gatewright"
    for file, name in (("libduckdb.so", "duckdb"), ("libonnxruntime.so", "onnx"), ("lib_lightgbm.so", "lightgbm"),
                       ("libxgboost.so", "xgboost"), ("libgomp-gatewright.so.1", "lightgbm")):
        (folder / file).rename(root / "scratch/taken")
        want(f"without {file}: doctor says what is missing", run(root, [program, "doctor"]), 2, f"missing  {name}", file)
        (root / "scratch/taken").rename(folder / file)
    (folder / "libduckdb.so").unlink()
    want("without libduckdb.so: check says what to do", run(root, [program, "check"], folder="/scratch/judged"), 2,
         "the library of DuckDB was not found", "install Gatewright again")
    subprocess.run(["rm", "-rf", str(root / "scratch/installed/share/gatewright/templates")], check=True)
    want("without templates: ci says what to do", run(root, [program, "ci", "github"], folder="/scratch"), 2,
         "the templates that are installed with Gatewright were not found")


def nothing_in(folder, name):
    """Nothing was installed there."""
    left = [path for path in folder.rglob("*") if path.is_file()]
    if left:
        raise SystemExit(f"not ok: {name}: files were left: {left}")
