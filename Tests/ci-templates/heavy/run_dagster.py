"""Materialises a candidate, the check and what is behind it with Dagster itself, for every exit code."""

import pathlib
import sys
import time

import dagster

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cases import each, hold, module

# The wait before a retry is a minute.
time.sleep = lambda seconds: None


@dagster.asset
def candidate_model():
    """The candidate."""


@dagster.asset(deps=[candidate_model])
def deployed():
    """What must not be made from a candidate that did not pass."""
    pathlib.Path(folder, "deployed").touch()


for folder, code, wanted in each("dagster"):
    template = module(folder / "ci/dagster/gate.py")
    template.REPOSITORY = str(folder)
    run = dagster.materialize([candidate_model, deployed, template.gatewright], raise_on_error=False)
    hold((run.success, (folder / "deployed").exists()), (wanted == 0, wanted == 0), folder, code)
print("ok: the asset check, run by Dagster")
