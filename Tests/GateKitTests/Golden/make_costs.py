"""Writes costs.json: expected_cost and expected_value where every row has its own figures.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/pip install --no-deps -r requirements-costs.txt
    venv/bin/python make_costs.py

Each case has "labels", "scores", "threshold", perhaps "weights", and "figures": the metric's name,
its "numbers" and "columns" by parameter, "per" and the "value" it must have. A total without weights is
costcla's cost_loss (Correa Bahnsen); the first case is the example of its documentation. With weights
it is numpy's dot product, checked against costcla's on rows repeated as often as they weigh. "credit
cards" is the benefit matrix of Elkan (2001), section 1.1: to refuse a transaction is worth 20 where it
is fraud and costs 20 where it is none; to approve it loses its amount where it is fraud, and else earns
2 percent of it.
"""

import importlib.util
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
CELLS = ("fp", "fn", "tp", "tn")


def cost_loss():
    """costcla's function; the package around it does not load with the numpy of today."""
    np.float = float  # What it calls the type, as numpy once did.
    folder = importlib.util.find_spec("costcla").submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location(
        "costs", pathlib.Path(folder) / "metrics" / "costs.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.cost_loss


COST_LOSS = cost_loss()


def total(label, decision, matrix, weights):
    """The sum over the rows, by weight."""
    if weights is None:
        return float(COST_LOSS(label, decision, matrix))
    cell = np.where(label == 1, np.where(decision == 1, 2, 1), np.where(decision == 1, 0, 3))
    sum_ = float(np.dot(weights, matrix[np.arange(len(label)), cell]))
    if np.all(weights == np.round(weights)):
        times = weights.astype(int)
        again = COST_LOSS(
            np.repeat(label, times), np.repeat(decision, times), np.repeat(matrix, times, axis=0)
        )
        assert np.isclose(sum_, again, rtol=1e-13), (sum_, again)
    return sum_


def figures(label, score, threshold, weights, given, metric, prefix):
    """The metric by row and in total; `given` has a number or one a row for each cell."""
    decision = (score >= threshold).astype(int)
    matrix = np.stack(
        [np.broadcast_to(np.asarray(given.get(c, 0), float), len(label)) for c in CELLS], axis=1
    )
    sum_ = total(label, decision, matrix, weights)
    weight = len(label) if weights is None else float(np.sum(weights))
    numbers = {f"{prefix}_{c}": float(v) for c, v in given.items() if np.ndim(v) == 0}
    columns = {f"{prefix}_{c}": np.asarray(v, float).tolist() for c, v in given.items()
               if np.ndim(v) == 1}
    for per, value in (("total", sum_), ("row", sum_ / weight)):
        yield {"metric": metric, "numbers": numbers, "columns": columns, "per": per,
               "value": value}


def case(name, label, score, costs, values, weights=None, threshold=0.5):
    label, score = np.asarray(label), np.asarray(score, float)
    out = {"name": name, "labels": label.tolist(), "scores": score.tolist(), "threshold": threshold}
    if weights is not None:
        weights = np.asarray(weights, float)
        out["weights"] = weights.tolist()
    out["figures"] = []
    if costs:
        out["figures"] += figures(label, score, threshold, weights, costs, "expected_cost", "cost")
    if values:
        out["figures"] += figures(
            label, score, threshold, weights, values, "expected_value", "value")
    return out


def cases():
    matrix = np.array([[4, 1, 0, 0], [1, 3, 0, 0], [2, 3, 0, 0], [2, 1, 0, 0]], float)
    documented = case(
        "the example of costcla", [0, 1, 1, 0], [0, 1, 0, 0],
        {"fp": matrix[:, 0], "fn": matrix[:, 1]}, None)
    assert documented["figures"][0]["value"] == 3
    yield documented
    random = np.random.default_rng(20261121)
    for size in (30, 400):
        score = random.random(size).round(3)
        label = (random.random(size) < score).astype(int)
        amount = random.lognormal(4, 1, size).round(2)
        elkan = {"tp": 20, "fp": -20, "fn": -amount, "tn": 0.02 * amount}
        for kind, weights in (
            ("", None),
            (", whole weights", random.integers(0, 4, size)),
            (", weights", random.random(size).round(4)),
        ):
            yield case(
                f"credit cards, {size} rows{kind}", label, score,
                {c: -np.asarray(v) for c, v in elkan.items()}, elkan, weights, threshold=0.2)
            yield case(
                f"a miss costs the amount, {size} rows{kind}", label, score,
                {"fp": 2.5, "fn": amount}, {"tp": amount, "fp": -2.5}, weights)
            yield case(
                f"numbers only, {size} rows{kind}", label, score,
                {"fp": 1, "fn": 5, "tp": -0.5}, {"tp": 40, "fp": -7.5, "tn": 0.25}, weights)


if __name__ == "__main__":
    lines = (json.dumps(case, allow_nan=False, separators=(",", ":")) for case in cases())
    (HERE / "costs.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
