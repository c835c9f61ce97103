"""Compiles the pipeline with kfp and runs the commands that it holds, for every exit code."""

import pathlib
import subprocess
import sys

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cases import each, hold

MANIFEST = "gatewright.yaml"


def run(container, given, folder):
    """Runs a container's command with what Kubeflow would put in place of its expressions; the exit code."""
    words = [given.get(word, word) for word in container["command"] + container["args"]]
    assert not any(word.startswith("{{$") for word in words), f"an expression that is not known: {words}"
    return subprocess.run(
        words, cwd=folder, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


for folder, code, wanted in each("kubeflow"):
    subprocess.run([sys.executable, folder / "ci/kubeflow/gate.py", folder / "gate.yaml"], check=True)
    pipeline = yaml.safe_load((folder / "gate.yaml").read_text())
    executors = pipeline["deploymentSpec"]["executors"]
    tasks = pipeline["root"]["dag"]["tasks"]
    assert tasks["conclude"]["dependentTasks"] == ["check"], "the second component does not wait for the first"
    # Caching is off where the task has no such option, or an empty one.
    assert not any(tasks[name].get("cachingOptions") for name in ("check", "conclude")), "a component is cached"
    reports, told = folder / "reports of the run", folder / "outputs/exit_code"
    judged = run(executors["exec-check"]["container"], {
        "{{$.inputs.parameters['wheel']}}": "", "{{$.inputs.parameters['sha256']}}": "",
        "{{$.inputs.parameters['manifest']}}": MANIFEST, "{{$.outputs.artifacts['reports'].path}}": str(reports),
        "{{$.inputs.artifacts['repository'].path}}": str(folder),
        "{{$.outputs.parameters['exit_code'].output_file}}": str(told)}, folder)
    assert judged == 0 and (reports / "report.json").exists(), f"the reports were not kept: {judged}"
    container = executors["exec-conclude"]["container"]
    found = run(container, {"{{$.inputs.parameters['exit_code']}}": told.read_text()}, folder)
    hold(found, wanted, folder, code)
    for text in ("", "0 0", "-1", "passed"):
        assert run(container, {"{{$.inputs.parameters['exit_code']}}": text}, folder) == 2, f"'{text}' is no failure"
print("ok: the pipeline, compiled by kfp, and its commands")
