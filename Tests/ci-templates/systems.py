"""Runs the shell parts of each system's template as they stand, from a repository that 'gatewright ci' would leave."""

import itertools
import pathlib
import re
import subprocess
import tempfile

from ruamel.yaml import YAML

from cases import CASES, ROOT, TEMPLATES, lay_out, places, stub

SCRIPT = (TEMPLATES / "shell/gatewright.sh").read_text()
MANIFEST = '$(touch pwned) "; exit 0; #.yaml'
# Which shells a system may run a part with; dash stands for any.
SH = ["sh", "-ec"]


def load(path):
    """A YAML file of the templates."""
    return YAML(typ="safe", pure=True).load((TEMPLATES / path).read_text())


def told(variables):
    """A list of name and value as an environment."""
    return {variable["name"]: str(variable["value"]) for variable in variables}


def filled(values, pattern, given):
    """An environment with each expression replaced by what it is given; every one must be."""
    return {name: re.sub(pattern, lambda found: given[found[1]], str(value)) for name, value in values.items()}


def jenkins():
    """The one step that is a script, and the variables that the pipeline sets."""
    text = (TEMPLATES / "jenkins/Jenkinsfile").read_text()
    (step,) = re.findall(r"^ +sh '(.*)'$", text, re.M)
    return [*SH, step], dict(re.findall(r"^ +(GATEWRIGHT_\w+) = '(.*)'$", text, re.M))


def azure():
    """The first step of the template, with a manifest that a script would stumble over."""
    steps = load("azure/steps.yml")
    step = steps["steps"][0]
    assert "$(" not in step["bash"] and "${{" not in step["bash"], "an expression stands in a script"
    given = {each["name"]: each["default"] for each in steps["parameters"]} | {"manifest": MANIFEST}
    (used,) = [each for each in load("azure/azure-pipelines.yml")["jobs"][0]["steps"] if "template" in each]
    assert set(used["parameters"]) <= set(given), "the pipeline gives a parameter that the template has not"
    return ["bash", "-c", step["bash"]], filled(step["env"], r"\$\{\{ parameters\.(\w+) \}\}", given)


def circleci():
    """The one step that runs something."""
    job = load("circleci/config.yml")["jobs"]["gatewright"]
    (step,) = [each["run"] for each in job["steps"] if "run" in each]
    assert "<<" not in step["command"], "an expression stands in a script"
    given = {name: parameter["default"] for name, parameter in job["parameters"].items()}
    return ["bash", "-eo", "pipefail", "-c", step["command"]], filled(
        job["environment"], r"<< parameters\.(\w+) >>", given)


def buildkite():
    """The command, as the agent gets it."""
    (step,) = load("buildkite/pipeline.yml")["steps"]
    command = step["command"].replace("$$", "\0")
    assert "$" not in command, "Buildkite would replace a variable"
    return ["bash", "-e", "-c", command.replace("\0", "$")], step["env"]


def bitbucket():
    """The lines of the one step."""
    (entry,) = load("bitbucket/bitbucket-pipelines.yml")["pipelines"]["pull-requests"]["**"]
    return [*SH, "\n".join(entry["step"]["script"])], {}


def woodpecker():
    """The step that judges."""
    step = load("woodpecker/gatewright.yaml")["steps"][0]
    return [*SH, "\n".join(step["commands"])], step["environment"]


def tekton():
    """The script of the task's one step."""
    spec = load("tekton/task.yaml")["spec"]
    (step,) = spec["steps"]
    given = {each["name"]: each["default"] for each in spec["params"]} | {"manifest": MANIFEST}
    assert not re.search(r"\$\((params|workspaces|results|context|steps)\.", step["script"]), "an expression in a script"
    return ["sh", "-c", inlined(step["script"])], filled(told(step["env"]), r"\$\(params\.(\w+)\)", given)


def argo():
    """The script of the workflow's template."""
    (template,) = load("argo/workflow-template.yaml")["spec"]["templates"]
    names = {each["name"]: "" for each in template["inputs"]["parameters"]} | {"manifest": MANIFEST}
    script = template["script"]
    assert template["retryStrategy"]["expression"] == "asInt(lastRetry.exitCode) == 75"
    return [*script["command"], "-c", inlined(script["source"])], filled(
        told(script["env"]), r"\{\{inputs\.parameters\.(\w+)\}\}", names)


def rollouts():
    """The job of the analysis."""
    spec = load("argo/analysis-template.yaml")["spec"]
    given = {each["name"]: each["value"] for each in spec["args"]}
    (metric,) = spec["metrics"]
    command, environment = container(metric["provider"]["job"]["spec"])
    return command, filled(environment, r"\{\{args\.(\w+)\}\}", given)


def kubernetes():
    """The job's container."""
    return container(load("kubernetes/job.yaml")["spec"])


def container(job):
    """The command of a job of Kubernetes; it ends at once with any code but 75."""
    *_, rule = job["podFailurePolicy"]["rules"]
    assert (rule["action"], rule["onExitCodes"]["operator"], rule["onExitCodes"]["values"]) == ("FailJob", "NotIn", [75])
    assert job["backoffLimit"] == 1 and job["template"]["spec"]["restartPolicy"] == "Never"
    (only,) = job["template"]["spec"]["containers"]
    (source,) = only["args"]
    return [*only["command"], inlined(source)], told(only["env"])


def inlined(text):
    """A script that stands in a file of YAML: the text of the one of 'shell', which no system would change."""
    assert text.rstrip("\n") == SCRIPT.rstrip("\n"), "the script is not that of ci-templates/shell"
    assert "$$" not in text and "{{" not in text, "a system would take a part of the script for its own"
    return text


def make():
    """The target of the file that a Makefile includes."""
    return ["make", "-f", "ci/make/gatewright.mk", "gatewright"], {}


def shell():
    """The script alone."""
    return ["sh", "ci/gatewright.sh"], {}


# What a system runs, and whether it tries again by itself after 75.
SYSTEMS = [
    ("shell", shell, True), ("jenkins", jenkins, False), ("azure", azure, False), ("circleci", circleci, False),
    ("buildkite", buildkite, True), ("bitbucket", bitbucket, False), ("woodpecker", woodpecker, False),
    ("tekton", tekton, False), ("argo", argo, True), ("argo", rollouts, True), ("kubernetes", kubernetes, True),
    ("make", make, False),
]


def judged(system, part, verdict, code):
    """Runs a part once, with reports of an earlier run in its way; its exit code and how often the program ran."""
    command, environment = part()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lay_out(system, folder)
        reports = "test-reports" if system == "bitbucket" else "build/gatewright"
        (folder / reports).mkdir(parents=True)
        (folder / reports / "verdict.txt").write_text("passed\n")
        manifest = {"EXPECTED_MANIFEST": environment.get("GATEWRIGHT_MANIFEST", "gatewright.yaml")}
        done = subprocess.run(
            command, cwd=folder, env={**environment, **stub(folder, verdict, code), **manifest}, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert (folder / reports / "junit.xml").exists(), f"{system}: no JUnit report in {reports}"
        assert not (folder / "pwned").exists(), f"{system}: an input was run"
        if system == "buildkite":
            style = "success" if done.returncode == 0 else "error"
            assert f"--style {style}\ntold\n" in (folder / "told").read_text(), "the annotation was not shown"
        return done.returncode, (folder / "runs").read_text().count("run")


def every_code():
    """Each system, each verdict and exit code: what is not passed is not passed, and only 75 is tried again."""
    for (system, part, retries), (verdict, code, _, wanted) in itertools.product(SYSTEMS, CASES):
        found, runs = judged(system, part, verdict, code)
        if system == "make" and wanted != 0:
            wanted = 2
        assert found == wanted, f"{system}: {(verdict, code)}: found {found}, wanted {wanted}"
        tries = 2 if code == 75 and not retries else 1
        assert runs == tries, f"{system}: {(verdict, code)}: {runs} runs, wanted {tries}"
    print(f"ok: {len(SYSTEMS)} scripts of systems, {len(CASES)} cases each")


def refused():
    """Without a wheel, or with another number of tries than one and two, nothing is run and the code is 64."""
    for system, part, _ in SYSTEMS:
        command, environment = part()
        for given in ({"GATEWRIGHT_BINARY": ""}, {"GATEWRIGHT_TRIES": "9"} if system == "shell" else {}):
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                lay_out(system, folder)
                done = subprocess.run(
                    command, cwd=folder, env={**environment, **stub(folder, "passed", 0), **(given or {"GATEWRIGHT_BINARY": ""})},
                    check=False, capture_output=True)
                wanted = 2 if system == "make" else 64
                assert done.returncode == wanted, f"{system}: found {done.returncode}, wanted {wanted}: {done.stderr}"
                assert not (folder / "runs").exists(), f"{system}: the program was run"
    print(f"ok: {len(SYSTEMS)} scripts refuse to install what is not named")


def one_text():
    """The checks before the installation are the same text in the script and in GitLab's component."""
    job = (TEMPLATES / "gitlab/gatewright.yml").read_text().split("\n---\n")[1]
    (component,) = YAML(typ="safe", pure=True).load(job).values()
    blocks = [re.search(r"^refuse\(\).*?^fi$", text, re.M | re.S)[0]
              for text in (SCRIPT, "\n".join(component["before_script"]))]
    assert blocks[0] == blocks[1], "GitLab's component and the script install in two ways"


def pinned():
    """Every image has a digest or a whole version, Python's one digest everywhere; every system says where to look."""
    images = {}
    for path in sorted(TEMPLATES.glob("*/*")):
        for image in re.findall(r'(?:image: |default: "|^    ")([a-z./-]+:[^"\s]+)', path.read_text(), re.M):
            images.setdefault(image, path)
    python = {image for image in images if image.startswith("python:")}
    assert len(python) == 1, f"more than one image of Python: {python}"
    for image in images:
        assert re.search(r"@sha256:[0-9a-f]{64}$|:\d+\.\d+\.\d+$", image), f"{images[image]}: '{image}' is not pinned"
    for folder in sorted(TEMPLATES.iterdir()):
        named = {source.name for source, _ in places(folder.name)}
        there = {path.name for path in folder.iterdir()}
        assert there - {"README.md", "places.txt"} <= named, f"{folder.name}: a file that is never written: {there - named}"
        assert all(source.is_file() for source, _ in places(folder.name)), f"{folder.name}: a file that is not there"
        lines = (folder / "README.md").read_text().splitlines()
        assert 4 <= len(lines) <= 14, f"{folder.name}: README.md has {len(lines)} lines"
        assert f"`{folder.name}`" in (ROOT / "docs/guide/ci.md").read_text(), f"docs/guide/ci.md lacks '{folder.name}'"
    print(f"ok: {len(images)} images are pinned, every folder has a README and a line in the guide")


if __name__ == "__main__":
    one_text()
    every_code()
    refused()
    pinned()
