"""A DAG that judges a candidate model: its task fails unless the verdict is passed, and what is behind it waits.

'gatewright ci airflow' writes it to dags/, with the script that it runs. Say below which wheel to install and where the
repository is on the workers. They need glibc 2.34 or newer and Python with venv.
"""

import datetime
import os
import pathlib
import subprocess

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException

# A file of the repository, a URL, or a requirement such as gatewright==0.1.0; and what sha256sum prints for it.
WHEEL = ""
SHA256 = ""
# Where the manifest's repository is, with the whole history: the champion is read from another commit.
REPOSITORY = "/opt/repository"
MANIFEST = "gatewright.yaml"
# The folder of the repository that the reports go to; they stay there after a failure, too.
REPORTS = "build/gatewright"

SCRIPT = pathlib.Path(__file__).with_name("gatewright.sh")
MEANINGS = {1: "failed", 2: "could not be judged", 3: "inconclusive", 64: "wrong usage", 70: "a bug in Gatewright"}


@dag(schedule=None, catchup=False, max_active_runs=1, tags=["gatewright"])
def gatewright():
    """Put the task in front of the one that deploys."""

    @task(retries=1, retry_delay=datetime.timedelta(minutes=1), execution_timeout=datetime.timedelta(hours=2))
    def check() -> str:
        """Runs the gate; only exit code 75, a temporary cause, is tried again."""
        given = {"GATEWRIGHT_WHEEL": WHEEL, "GATEWRIGHT_SHA256": SHA256, "GATEWRIGHT_MANIFEST": MANIFEST,
                 "GATEWRIGHT_REPORTS": REPORTS, "GATEWRIGHT_TRIES": "1"}
        done = subprocess.run(
            ["sh", str(SCRIPT)], cwd=REPOSITORY, env={**os.environ, **given}, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        print(done.stdout)
        if done.returncode == 75:
            raise AirflowException("the gate could not judge for a temporary cause (exit code 75)")
        if done.returncode != 0:
            meaning = MEANINGS.get(done.returncode, "no verdict")
            raise AirflowFailException(f"the gate did not pass: {meaning} (exit code {done.returncode})")
        return "passed"

    check()


gatewright()
