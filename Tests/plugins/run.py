"""Tests the plugins in gates/ and runtimes/, each in an environment of the packages that it pins.

    python3 Tests/plugins/run.py [--record | --make] [NAME...]

A plugin's example is run and held against its expected.json, then test_NAME.py is run. --record writes expected.json
anew, --make writes the example's data anew (make_examples.py); both are to be read before they are committed.
Environments are kept in the user's cache and made once for every list of packages.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

HERE = Path(__file__).parent.resolve()
ROOT = HERE.parent.parent
KINDS = {"gates": "gate.yaml", "runtimes": "runtime.yaml"}


def cache():
    """The folder of all environments."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "gatewright" / "plugin-tests"


def environment(requirements):
    """The Python that has the packages of a list; made where it is not there yet."""
    text = requirements.read_bytes() + sys.version.encode()
    folder = cache() / hashlib.sha256(text).hexdigest()[:32]
    python = folder / "bin" / "python"
    if (folder / "complete").exists():
        return python
    print(f"installing the packages of {requirements.parent.name} (once)", flush=True)
    uv = which("uv")
    make = [uv, "venv", "-q", "--clear", "--python", sys.executable, folder] if uv else [
        sys.executable, "-m", "venv", "--clear", folder]
    install = [uv, "pip", "install", "-q", "--python", python] if uv else [
        python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    for step in (make, [*install, "--require-hashes", "-r", requirements]):
        subprocess.run(step, check=True)
    (folder / "complete").touch()
    return python


def found(names):
    """The plugins that are asked for, or all; each by its folder and its own file."""
    folders = {
        folder.name: (folder, folder / file)
        for kind, file in KINDS.items()
        for folder in sorted((ROOT / kind).glob("*"))
        if (folder / file).exists()
    }
    unknown = [name for name in names if name not in folders]
    if unknown:
        sys.exit(f"there is no plugin '{unknown[0]}' in gates/ or runtimes/; there are: {', '.join(folders)}")
    return [folders[name] for name in names or folders]


def request(folder, file):
    """What the program of a plugin is handed for its example, as Gatewright would write it."""
    import yaml

    plugin = yaml.safe_load(file.read_text())
    written = folder / "example" / "example.yaml"
    example = yaml.safe_load(written.read_text()) if written.exists() else {}
    parameters = {
        name: it["default"] for name, it in (plugin.get("parameters") or {}).items() if "default" in it
    } | (example.get("with") or {})
    for name, it in (plugin.get("parameters") or {}).items():
        if it["type"] == "path" and name in parameters:
            parameters[name] = str(folder / "example" / parameters[name])

    def paths(key):
        return {name: str(folder / "example" / it) for name, it in (example.get(key) or {}).items()}

    models = {
        role: {"path": path, "uri": Path(path).name,
               "sha256": hashlib.sha256(Path(path).read_bytes()).hexdigest() if os.path.isfile(path) else ""}
        for role, path in paths("models").items()
    }
    asked = {
        "protocol": "gatewright/plugin@1", "kind": file.stem, "parameters": parameters, "seed": 1,
        "models": models, "tables": paths("tables"), "predictions": paths("predictions"),
        "task": example.get("task", "binary"), "classes": example.get("classes", []),
    }
    if asked["task"] == "binary" and asked["predictions"]:
        asked["thresholds"] = {role: 0.5 for role in asked["predictions"]}
    if file.stem == "runtime":
        from pyarrow import parquet

        asked |= {"model": "candidate", "features": parquet.read_schema(asked["tables"]["rows"]).names}
    return {"folder": str(folder), "command": plugin["command"], "request": asked}


def main(words):
    """Runs what is asked for; gives the status of the run."""
    record, make = "--record" in words, "--make" in words
    names = [word for word in words if not word.startswith("--")]
    failed = []
    plugins = found(names)
    for folder, file in plugins:
        requirements = folder / "requirements.txt"
        python = environment(requirements) if requirements.exists() else Path(sys.executable)
        has_pandas = requirements.exists() and "\npandas==" in requirements.read_text()
        tester = python if has_pandas else environment(HERE / "requirements.txt")
        with tempfile.TemporaryDirectory() as scratch:
            asked = Path(scratch) / "asked.json"
            variables = os.environ | {
                "PLUGIN_ASKED": str(asked), "PLUGIN_PYTHON": str(python), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "TZ": "UTC",
                "PLUGIN_RECORD": "1" if record else "",
            }
            if make:
                command = [tester, HERE / "make_examples.py", folder]
            else:
                asked.write_text(json.dumps(request(folder, file)))
                command = [tester, "-m", "unittest", "-q", "test_" + folder.name.replace("-", "_")]
            ended = subprocess.run(command, cwd=HERE, env=variables)
        print(f"{'ok' if ended.returncode == 0 else 'FAILED'}  {folder.relative_to(ROOT)}", flush=True)
        if ended.returncode:
            failed.append(folder.name)
    print(f"{len(plugins) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        import pyarrow  # noqa: F401
        import yaml  # noqa: F401
    except ImportError:
        os.execv(python := environment(HERE / "requirements.txt"), [str(python), *sys.argv])
    sys.exit(main(sys.argv[1:]))
