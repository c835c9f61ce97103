"""A blocking asset check: what is made from the candidate model is not made unless the verdict is passed.

'gatewright ci dagster' writes it to ci/dagster, with the script that it runs. Add the check to your Definitions; say below
which wheel to install, where the repository is and which asset is judged. The machine needs glibc 2.34 or newer and Python
with venv.
"""

import os
import pathlib
import subprocess

import dagster as dg

# The asset that is the candidate model.
ASSET = "candidate_model"
# A file of the repository, a URL, or a requirement such as gatewright==0.1.0; and what sha256sum prints for it.
WHEEL = ""
SHA256 = ""
# Where the manifest's repository is, with the whole history: the champion is read from another commit.
REPOSITORY = "."
MANIFEST = "gatewright.yaml"
# The folder of the repository that the reports go to; they stay there after a failure, too.
REPORTS = "build/gatewright"

SCRIPT = pathlib.Path(__file__).with_name("gatewright.sh")
VERDICTS = {0: "passed", 1: "failed", 2: "error", 3: "inconclusive"}


@dg.asset_check(asset=ASSET, blocking=True, description="The gate's verdict on the candidate is passed.")
def gatewright(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """Runs the gate; only exit code 75, a temporary cause, is tried again."""
    given = {"GATEWRIGHT_WHEEL": WHEEL, "GATEWRIGHT_SHA256": SHA256, "GATEWRIGHT_MANIFEST": MANIFEST,
             "GATEWRIGHT_REPORTS": REPORTS, "GATEWRIGHT_TRIES": "1"}
    done = subprocess.run(
        ["sh", str(SCRIPT)], cwd=REPOSITORY, env={**os.environ, **given}, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    context.log.info(done.stdout)
    if done.returncode == 75:
        raise dg.RetryRequested(max_retries=1, seconds_to_wait=60)
    if done.returncode not in VERDICTS:
        raise dg.Failure(f"the gate gave no verdict (exit code {done.returncode})", allow_retries=False)
    return dg.AssetCheckResult(
        passed=done.returncode == 0,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "verdict": VERDICTS[done.returncode],
            "exit_code": done.returncode,
            "report": dg.MetadataValue.path(str(pathlib.Path(REPOSITORY, REPORTS, "report.json").resolve())),
        })
