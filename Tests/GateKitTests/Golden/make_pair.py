"""Writes pair.json: how two models differ on the same rows.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_pair.py

Each case has a "task", the "truth", the "candidate"'s and the "champion"'s answers, perhaps
"weights", and "expected": a number a metric (its parameters behind it), or {"undefined": why}.
Flips and agreement are numpy's weighted averages of what stands in their names; decision_kappa is
scikit-learn's cohen_kappa_score of one model's decisions against the other's; prediction_difference
numpy's weighted average; score_correlation numpy's weighted covariance over the deviations, checked
against scipy's pearsonr where there are no weights.
"""

import json
import pathlib

import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics as sk

HERE = pathlib.Path(__file__).parent


def mean(values, weights):
    return float(np.average(np.asarray(values, float), weights=weights))


def decided(right_now, right_before, same, weights):
    """What the decisions say."""
    return {
        "negative_flip_rate": mean(right_before & ~right_now, weights),
        "positive_flip_rate": mean(~right_before & right_now, weights),
        "symmetric_flip_rate": mean(right_before != right_now, weights),
        "decision_agreement": mean(same, weights),
    }


def kappa(now, before, weights):
    kept = np.ones(len(now), bool) if weights is None else np.asarray(weights) > 0
    if len(set(now[kept]) | set(before[kept])) == 1:
        return {"undefined": "both decide every row for the same class"}
    return float(sk.cohen_kappa_score(now, before, sample_weight=weights))


def correlation(now, before, weights):
    kept = np.ones(len(now), bool) if weights is None else np.asarray(weights) > 0
    if np.ptp(now[kept]) == 0 or np.ptp(before[kept]) == 0:
        return {"undefined": "a model's scores are all equal"}
    cov = np.cov(now, before, aweights=weights, ddof=0)
    r = float(cov[0, 1] / np.sqrt(cov[0, 0] * cov[1, 1]))
    if weights is None:
        assert np.isclose(r, stats.pearsonr(now, before).statistic, rtol=1e-12)
    return r


def numbers(now, before, weights):
    """What one number a row says."""
    return {
        "prediction_difference": mean(np.abs(now - before), weights),
        "prediction_difference signed=true": mean(now - before, weights),
        "score_correlation": correlation(now, before, weights),
    }


def binary(truth, now, before, weights, threshold=0.5):
    mine, other = now >= threshold, before >= threshold
    return decided(mine == truth, other == truth, mine == other, weights) | {
        "decision_kappa": kappa(mine, other, weights)
    } | numbers(now, before, weights) | {
        f"negative_flip_rate threshold={t}": mean(
            ((before >= t) == truth) & ((now >= t) != truth), weights)
        for t in (0.3, 0.8)
    }


def multiclass(truth, now, before, weights):
    mine, other = now.argmax(1), before.argmax(1)
    return decided(mine == truth, other == truth, mine == other, weights) | {
        "decision_kappa": kappa(mine, other, weights),
        "prediction_difference": mean(np.abs(now - before).sum(1) / 2, weights),
    }


def multilabel(truth, now, before, weights):
    mine, other = now >= 0.5, before >= 0.5
    return decided(
        (mine == truth).all(1), (other == truth).all(1), (mine == other).all(1), weights
    ) | {"prediction_difference": mean(np.abs(now - before).mean(1), weights)}


def case(task, name, truth, now, before, weights, expected):
    out = {"task": task, "name": f"{task}, {name}", "truth": np.asarray(truth).tolist(),
           "candidate": np.asarray(now, float).tolist(),
           "champion": np.asarray(before, float).tolist()}
    if weights is not None:
        out["weights"] = np.asarray(weights, float).tolist()
    return out | {"expected": expected}


def cases():
    random = np.random.default_rng(11)
    for size in (12, 250):
        for kind, weights in (
            ("", None), (", weights", random.random(size)),
            (", weights with zeros", random.integers(0, 3, size)),
        ):
            name = f"{size} rows{kind}"
            before = random.random(size).round(2)
            now = np.clip(before + random.normal(0, 0.2, size), 0, 1).round(2)
            truth = random.random(size) < before
            yield case("binary", name, truth.astype(int), now, before, weights,
                       binary(truth, now, before, weights))
            before = random.dirichlet([1, 1, 1, 1], size)
            now = 0.6 * before + 0.4 * random.dirichlet([1, 1, 1, 1], size)
            truth = random.integers(0, 4, size)
            yield case("multiclass", name, truth, now, before, weights,
                       multiclass(truth, now, before, weights))
            before = random.random((size, 3)).round(2)
            now = np.clip(before + random.normal(0, 0.1, (size, 3)), 0, 1).round(2)
            truth = random.random((size, 3)) < before
            yield case("multilabel", name, truth.astype(int), now, before, weights,
                       multilabel(truth, now, before, weights))
            before = random.lognormal(5, 1, size)
            now = before * random.lognormal(0, 0.2, size)
            truth = before * random.lognormal(0, 0.5, size)
            yield case("regression", name, truth, now, before, weights,
                       numbers(now, before, weights))
    shifted = 1e9 + random.random(40)
    yield case("regression", "far from 0", shifted, shifted + random.random(40), shifted, None,
               None)
    few, ones = np.array([0.9, 0.8, 0.7]), np.array([True, False, True])
    yield case("binary", "all decided alike", ones.astype(int), few, few[::-1], None,
               binary(ones, few, few[::-1], None))
    flat = np.full(3, 0.3)
    yield case("binary", "a model of one score", ones.astype(int), flat, few, None,
               binary(ones, flat, few, None))


def far(one):
    """Figures of values whose deviation is a billionth of their size, from their gaps to 1e9."""
    now, before = np.array(one["candidate"]) - 1e9, np.array(one["champion"]) - 1e9
    return one | {"expected": numbers(now, before, None)}


if __name__ == "__main__":
    assert sklearn.__version__ == "1.9.1", sklearn.__version__
    made = (far(one) if one["expected"] is None else one for one in cases())
    lines = (json.dumps(one, allow_nan=False, separators=(",", ":")) for one in made)
    (HERE / "pair.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
