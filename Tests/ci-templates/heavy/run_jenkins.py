"""Compiles the Jenkinsfile with Groovy and runs it for every exit code: reports are kept whatever it is."""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cases import each, hold

HERE = pathlib.Path(__file__).resolve().parent

for folder, code, wanted in each("jenkins"):
    done = subprocess.run(
        ["groovy", HERE / "Jenkins.groovy", "Jenkinsfile"], cwd=folder, check=True, capture_output=True, text=True)
    result, checkout, script, *rest = done.stdout.splitlines()
    assert "+refs/heads/*:refs/remotes/origin/*" in checkout and script == "sh", done.stdout
    assert rest[0] == "failed" if wanted != 0 else rest[0].startswith("junit"), done.stdout
    assert "build/gatewright/junit.xml" in rest[-2] and "build/gatewright/**" in rest[-1], done.stdout
    hold(result, f"result {wanted}", folder, code, retried=True)
    if code == 0 and wanted == 0:
        text = (folder / "Jenkinsfile").read_text()
        for broken in (text.replace("always {", "allways {"), text.replace("sh 'sh", "shell 'sh"), text.rsplit("}", 1)[0]):
            (folder / "Jenkinsfile").write_text(broken)
            found = subprocess.run(
                ["groovy", HERE / "Jenkins.groovy", "Jenkinsfile"], cwd=folder, check=False, capture_output=True)
            assert found.returncode != 0, "a broken Jenkinsfile is taken"
print("ok: the Jenkinsfile, compiled by Groovy, and its steps")
