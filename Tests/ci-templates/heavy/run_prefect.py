"""Runs the flow with Prefect itself for every exit code: it completes only when the verdict is passed."""

import pathlib
import sys

from prefect.testing.utilities import prefect_test_harness

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cases import each, hold, module

with prefect_test_harness():
    for folder, code, wanted in each("prefect"):
        template = module(folder / "ci/prefect/gate.py")
        template.REPOSITORY = str(folder)
        # The wait before a retry is a minute.
        template.gatewright = template.gatewright.with_options(retry_delay_seconds=0)
        state = template.gate(return_state=True)
        hold(state.is_completed(), wanted == 0, folder, code)
print("ok: the flow, run by Prefect")
