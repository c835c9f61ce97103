"""Roots of other distributions, and what is run in them: nothing outside, no network, an ordinary user without a home."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DIST = ROOT / "build" / "dist"
KEPT = ROOT / "build" / "roots"

# Any user that has no entry in a root's list of users.
USER = 12345

# All that the program asks of a machine, as its dynamic section says.
ALL_IT_NEEDS = ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libstdc++.so.6", "libgcc_s.so.1"]


def installed(*packages):
    """Installs Debian packages of this machine that are missing."""
    missing = [name for name in packages
               if subprocess.run(["dpkg", "-s", name], capture_output=True).returncode != 0]
    if missing:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def debian(suite):
    """A root of that release with Python, made once by debootstrap from the mirror that this machine uses."""
    target = KEPT / suite
    if not (target / "complete").exists():
        installed("debootstrap")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        command = ["debootstrap", "--variant=minbase", "--include=python3-venv", suite, str(target)]
        with open(KEPT / f"{suite}.log", "w") as log:
            subprocess.run(command, check=True, stdout=log, stderr=subprocess.STDOUT)
        (target / "complete").touch()
    return target


@contextlib.contextmanager
def copy_of(lower):
    """A folder that looks like the root and that nobody else sees change; empty where there is none."""
    with tempfile.TemporaryDirectory(prefix="gatewright-root.") as folder:
        root = Path(folder) / "root"
        if lower is None:
            root.mkdir()
        else:
            subprocess.run(["cp", "-a", str(lower), str(root)], check=True)
        for name in ("tmp", "proc", "dev"):
            (root / name).mkdir(exist_ok=True)
        (root / "tmp").chmod(0o1777)
        root.chmod(0o755)
        yield root


def bare(source):
    """Yields an empty root with the loader and the libraries that every program in C++ needs, and nothing else."""
    @contextlib.contextmanager
    def made():
        with copy_of(None) as root:
            folder = root / "usr/lib/x86_64-linux-gnu"
            folder.mkdir(parents=True)
            for name in ALL_IT_NEEDS:
                shutil.copy(source / "usr/lib/x86_64-linux-gnu" / name, folder / name)
            for link, target in (("lib", "usr/lib"), ("lib64", "usr/lib64")):
                (root / link).symlink_to(target)
            (root / "usr/lib64").mkdir()
            loader = "ld-linux-x86-64.so.2"
            shutil.copy(source / "usr/lib/x86_64-linux-gnu" / loader, root / "usr/lib64" / loader)
            yield root
    return made()


def run(root, words, user=USER, folder="/", mounts=(), machine=None):
    """Runs words in a root without a network; gives the exit code and all that was said.

    `mounts` are mount's words for what is laid over the root before; `machine` is another architecture to claim.
    """
    lines = ["set -e", 'mount -t proc proc "$0/proc"', '[ -e "$0/dev/null" ] || mknod -m 666 "$0/dev/null" c 1 3']
    lines += [f'mount {mount}'.replace("ROOT", "$0") for mount in mounts]
    claim = f"setarch {machine} " if machine else ""
    lines.append(f'exec {claim}chroot --userspec={user}:{user} --groups= "$0" "$@"')
    command = ["unshare", "--net", "--mount", "--pid", "--fork", "sh", "-c", "\n".join(lines), str(root)]
    inside = [*words] if folder == "/" else ["/bin/sh", "-c", 'cd "$0" && exec "$@"', folder, *words]
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command + inside, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    return done.returncode, done.stdout


def want(name, found, code, *texts):
    """Holds an exit code (None: any but 0) and texts to what was wanted, and says so."""
    status, said = found
    fits = status == code if code is not None else status != 0
    lacking = [text for text in texts if text not in said]
    if not fits or lacking:
        print(said[-4000:], file=sys.stderr)
        wanted = "another than 0" if code is None else code
        sys.exit(f"not ok: {name}: exit code {status}, wanted {wanted}" + "".join(f"; not said: '{text}'" for text in lacking))
    print(f"ok: {name}", flush=True)
    return said


def artefact(pattern):
    """The one file of build/dist of that name."""
    found = sorted(DIST.glob(pattern))
    if len(found) != 1:
        raise SystemExit(f"build/dist holds {len(found)} files '{pattern}', wanted one; 'make wheel tarball deb' makes them")
    return found[0]


def lay(root):
    """Puts the artefacts, the example and the proof into /given of a root."""
    given = root / "given"
    given.mkdir()
    for pattern in ("*.whl", "*.tar.gz", "*.deb"):
        shutil.copy(artefact(pattern), given)
    shutil.copytree(ROOT / "examples/loan-default", given / "example", ignore=shutil.ignore_patterns("build"))
    shutil.copy(ROOT / "Tests/install/prove.sh", given)
    subprocess.run(["chmod", "-R", "a+rX", str(given)], check=True)
    scratch = root / "scratch"
    scratch.mkdir()
    os.chown(scratch, USER, USER)
