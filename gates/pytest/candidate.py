"""What tests may ask for: the rows, the answers of both models, and the candidate's file."""

import json
import os
from pathlib import Path

import pandas
import pytest


def pytest_configure(config):
    """Reads what was handed over; a holdout without rows ends the run."""
    config.gatewright = json.loads(Path(os.environ["GATEWRIGHT_REQUEST"]).read_text())
    if pandas.read_parquet(config.gatewright["tables"]["holdout"]).empty:
        raise pytest.UsageError("the holdout has no rows, so there is nothing to test the candidate on")


@pytest.fixture(scope="session")
def handed_over(pytestconfig):
    """All that was handed over: task, classes, thresholds, paths."""
    return pytestconfig.gatewright


@pytest.fixture(scope="session")
def holdout(handed_over):
    """The holdout as a pandas table."""
    return pandas.read_parquet(handed_over["tables"]["holdout"])


@pytest.fixture(scope="session")
def candidate(handed_over):
    """The candidate's answers, a row for each of the holdout: row, id, label, weight, score or prediction."""
    return pandas.read_parquet(handed_over["predictions"]["candidate"])


@pytest.fixture(scope="session")
def champion(handed_over):
    """The champion's answers; a test that asks for them is skipped where there is no champion."""
    if "champion" not in handed_over["predictions"]:
        pytest.skip("the manifest names no champion")
    return pandas.read_parquet(handed_over["predictions"]["champion"])


@pytest.fixture(scope="session")
def candidate_file(handed_over):
    """The path of the candidate's file."""
    return Path(handed_over["models"]["candidate"]["path"])
