#!/usr/bin/env python3
"""Installs what `make wheel`, `make tarball` and `make deb` made, and proves it.

    python3 Tests/install/run.py wheel    the wheel, in an empty environment of this machine
    python3 Tests/install/run.py roots    all three in Debian 12 and 13 and in an empty root, and on machines that are wrong

The second wants root, and some minutes the first time, for it makes the roots.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import roots
import wrong
from roots import USER, artefact, run, want

PROVE = ["/bin/sh", "/given/prove.sh"]


def wheel():
    """The wheel on this machine: no network and no home where this is run by root, who may take both away."""
    with tempfile.TemporaryDirectory(prefix="gatewright-wheel.") as name:
        folder = Path(name)
        folder.chmod(0o755)
        subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
        command = [folder / "environment/bin/python", "-m", "pip", "install", "--quiet", "--no-index"]
        command += ["--disable-pip-version-check", artefact("*.whl")]
        subprocess.run(command, check=True)
        for given in ("Tests/install/prove.sh", "examples/loan-default"):
            source = roots.ROOT / given
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / source.name)
        subprocess.run(["chmod", "-R", "a+rX", name], check=True)
        (folder / "scratch").mkdir()
        words = ["sh", folder / "prove.sh", folder / "environment/bin/gatewright", folder / "loan-default", folder / "scratch"]
        if subprocess.run(["id", "-u"], capture_output=True, text=True).stdout.strip() == "0":
            shutil.chown(folder / "scratch", USER, USER)
            words = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *words]
            if subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode == 0:
                words = ["unshare", "--net", *words]
            else:
                print("note: no network namespace is to be had here, so the wheel is tried with the network at hand")
        done = subprocess.run(words, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        want("the wheel in an empty environment", (done.returncode, done.stdout), 0, "proved")


def installs(suite):
    """All three ways in a root of that release."""
    with roots.copy_of(roots.debian(suite)) as root:
        roots.lay(root)
        (root / "opt/gatewright").mkdir()
        shutil.chown(root / "opt/gatewright", USER, USER)
        ways = [
            ("wheel", USER, "python3 -m venv /tmp/v && /tmp/v/bin/pip install --quiet --no-index /given/*.whl", "/tmp/v/bin/gatewright"),
            ("tarball", USER, "tar -xzf /given/*.tar.gz -C /tmp && /tmp/gatewright-*/install.sh --prefix /opt/gatewright",
             "/opt/gatewright/bin/gatewright"),
            ("Debian package", 0, "dpkg --install /given/*.deb", "/usr/bin/gatewright"),
        ]
        for way, user, install, program in ways:
            want(f"{suite}: the {way} is installed", run(root, ["/bin/sh", "-ec", install], user=user), 0)
            scratch = root / "scratch" / re.sub(r"\W", "", way)
            scratch.mkdir()
            shutil.chown(scratch, USER, USER)
            words = [*PROVE, program, "/given/example", f"/scratch/{scratch.name}"]
            want(f"{suite}: the {way} is proved by a user without a home", run(root, words), 0, "proved")
        removal(root, suite)


def removal(root, suite):
    """What was installed goes away whole."""
    gone = "/tmp/v/bin/pip uninstall --quiet --yes gatewright && /tmp/gatewright-*/install.sh --prefix /opt/gatewright --remove"
    want(f"{suite}: wheel and tarball are removed", run(root, ["/bin/sh", "-ec", gone]), 0)
    want(f"{suite}: the package is removed", run(root, ["dpkg", "--purge", "gatewright"], user=0), 0)
    look = ["find", "/tmp/v", "/opt/gatewright", "/usr", "-ipath", "*gatewright*", "-not", "-type", "d"]
    left = want(f"{suite}: the places of all three are looked through", run(root, look), 0)
    if left.strip():
        sys.exit(f"not ok: {suite}: left behind: {left}")


def bare():
    """The tarball's files in a root that has the C++ library and no shell, as a distroless image has."""
    with roots.bare(roots.debian("trixie")) as root:
        unpack(root)
        demo = root / "scratch/demo"
        shutil.copytree(roots.ROOT / "examples/loan-default", demo, ignore=shutil.ignore_patterns("build"))
        (root / "scratch/holdout.csv").write_text("id,defaulted\n1,0\n")
        subprocess.run(["chown", "-R", f"{USER}:{USER}", str(root / "scratch")], check=True)
        want("an empty root: all libraries are found", run(root, ["/usr/bin/gatewright", "doctor"]), 0, "found    xgboost")
        passed = ["/usr/bin/gatewright", "check", "--manifest", "/scratch/demo/gatewright.yaml"]
        want("an empty root: a candidate passes", run(root, passed), 0, "verdict: passed")
        blocked = [*passed[:-1], "/scratch/demo/gatewright-blocked.yaml"]
        want("an empty root: a candidate is blocked", run(root, blocked), 1, "verdict: failed")


def unpack(root):
    """Lays the tarball's bin, lib and share below /usr of a root, as the container files do."""
    (root / "scratch").mkdir(exist_ok=True)
    command = ["tar", "-xzf", artefact("*.tar.gz"), "-C", root / "usr", "--strip-components=1", "--no-same-owner"]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["wheel"]:
        wheel()
    elif sys.argv[1:] == ["roots"]:
        installs("bookworm")
        installs("trixie")
        bare()
        wrong.all_of()
    else:
        sys.exit(__doc__)
