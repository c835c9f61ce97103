"""A task that judges a candidate model, and a flow of it alone: both fail unless the verdict is passed.

'gatewright ci prefect' writes it to ci/prefect, with the script that it runs. Call the task in your flow before the one that
deploys; say below which wheel to install and where the repository is. The machine needs glibc 2.34 or newer and Python with
venv.
"""

import os
import pathlib
import subprocess

from prefect import flow, task

# A file of the repository, a URL, or a requirement such as gatewright==0.1.0; and what sha256sum prints for it.
WHEEL = ""
SHA256 = ""
# Where the manifest's repository is, with the whole history: the champion is read from another commit.
REPOSITORY = "."
MANIFEST = "gatewright.yaml"
# The folder of the repository that the reports go to; they stay there after a failure, too.
REPORTS = "build/gatewright"

SCRIPT = pathlib.Path(__file__).with_name("gatewright.sh")
MEANINGS = {1: "failed", 2: "could not be judged", 3: "inconclusive", 64: "wrong usage", 70: "a bug in Gatewright",
            75: "a temporary cause"}


class NotPassed(RuntimeError):
    """The gate ended with another exit code than 0."""

    def __init__(self, code):
        super().__init__(f"the gate did not pass: {MEANINGS.get(code, 'no verdict')} (exit code {code})")
        self.code = code


def temporary(_task, _run, state) -> bool:
    """Whether a run that failed is tried again: only after exit code 75."""
    return getattr(state.result(raise_on_failure=False), "code", None) == 75


@task(name="gatewright", retries=1, retry_delay_seconds=60, retry_condition_fn=temporary, log_prints=True,
      timeout_seconds=7200)
def gatewright() -> str:
    """Runs the gate."""
    given = {"GATEWRIGHT_WHEEL": WHEEL, "GATEWRIGHT_SHA256": SHA256, "GATEWRIGHT_MANIFEST": MANIFEST,
             "GATEWRIGHT_REPORTS": REPORTS, "GATEWRIGHT_TRIES": "1"}
    done = subprocess.run(
        ["sh", str(SCRIPT)], cwd=REPOSITORY, env={**os.environ, **given}, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    print(done.stdout)
    if done.returncode != 0:
        raise NotPassed(done.returncode)
    return "passed"


@flow(name="gatewright")
def gate() -> str:
    """The gate as a flow of its own."""
    return gatewright()


if __name__ == "__main__":
    gate()
