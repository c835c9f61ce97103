"""Runs the DAG with Airflow itself for every exit code: it succeeds only when the verdict is passed."""

import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cases import each, hold, module

home = tempfile.TemporaryDirectory()
dags = pathlib.Path(home.name, "dags")
os.environ.update(
    AIRFLOW_HOME=home.name, AIRFLOW__CORE__LOAD_EXAMPLES="False", AIRFLOW__CORE__DAGS_FOLDER=str(dags))
os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
subprocess.run(["airflow", "db", "migrate"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

for folder, code, wanted in each("airflow"):
    # Airflow itself must find the DAG, too.
    shutil.copytree(folder / "dags", dags, dirs_exist_ok=True)
    template = module(dags / "gatewright_dag.py")
    template.REPOSITORY = str(folder)
    dag = template.gatewright()
    dag.get_task("check").retry_delay = datetime.timedelta(0)
    run = dag.test()
    hold(str(run.state), "success" if wanted == 0 else "failed", folder, code)
print("ok: the DAG, run by Airflow")
