"""Writes calibration-curve.json and calibration-confidence.json: the bins of a plot of reliability, and
overconfidence and underconfidence.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_calibration.py

calibration-curve.json is a list of cases {"name", "inputs", "expected", "curves"}, of two classes;
each curve has its "bins" and "strategy", scikit-learn's calibration_curve ("share", "mean_score") and the
rows of each bin ("n"), from the lowest. calibration-confidence.json has {"name", "inputs", "expected"} of
several classes. A key of "expected" is the metric's name and then its arguments.

scikit-learn's quantile edges are interpolated, so that rows of equal scores may fall otherwise: such
curves are of rows with different scores only, as many as fill the bins evenly.

The errors are sums over scikit-learn's bins of the decided class's probability against whether it is
right: Guo et al. (2017) split into the bins where confidence is too high and those where it is too
low, and Thulasidasan et al. (2019), section 3.2 (OE). calibration_curve takes no weights: rows of a whole
weight stand as often in its rows. An assertion holds that both errors sum to the mean gap.

Slope, intercept and Hosmer and Lemeshow's test of several classes are make_metrics_more.py's of two, of whether
the decided class is right. The parts of the Brier score are Murphy's of each class against all others,
summed; an assertion holds that of rounded probabilities they sum to the Brier score.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve

from make_metrics_more import calibrated, grouped, measured, probabilistic

HERE = pathlib.Path(__file__).parent
CLASSES = ["a", "b", "c"]


def curve(label, score, bins, strategy):
    """scikit-learn's curve, and the rows of each of its bins."""
    share, mean = calibration_curve(label, score, pos_label=1, n_bins=bins, strategy=strategy)
    if strategy == "uniform":
        edges = np.linspace(0, 1, bins + 1)
    else:
        edges = np.percentile(score, np.linspace(0, 1, bins + 1) * 100)
    n = np.bincount(np.searchsorted(edges[1:-1], score), minlength=bins)
    n = n[n > 0]
    assert len(n) == len(share)
    return share, mean, n


def errors(right, confidence, weight):
    """Over- and underconfidence in uniform bins."""
    if weight is not None:
        right, confidence = np.repeat(right, weight), np.repeat(confidence, weight)
    of = {}
    for bins in (10, 7):
        # With both outcomes there is a label for scikit-learn to tell from the other.
        share, mean, n = curve(right.astype(int), confidence, bins, "uniform")
        gap, part = mean - share, n / n.sum()
        over, under = (part * np.maximum(gap, 0)).sum(), (part * np.maximum(-gap, 0)).sum()
        assert np.isclose(over + under, (part * np.abs(gap)).sum(), rtol=1e-12)
        of[f"overconfidence_error bins={bins}"] = over
        of[f"overconfidence_error bins={bins} penalty=confidence"] = (
            part * mean * np.maximum(gap, 0)
        ).sum()
        of[f"underconfidence_error bins={bins}"] = under
        of[f"maximum {bins}"] = np.abs(gap).max()
    return of


def binary_cases():
    random = np.random.Generator(np.random.PCG64(31))
    score = random.beta(1.2, 2.0, 300)
    label = (random.random(300) < score).astype(int)
    too_sure = np.where(score > 0.5, 1 - (1 - score) * 0.3, score * 0.3)
    too_unsure = 0.5 + (score - 0.5) * 0.4
    ends = np.array([0.0, 0.0, 1.0, 1.0, 0.5, 0.25])
    cases = {
        "calibrated": (label, score, 0.5),
        "too sure": (label, too_sure, 0.5),
        "too unsure": (label, too_unsure, 0.5),
        "a low threshold": (label, score, 0.2),
        "ties": (label, np.round(score, 1), 0.5),
        "edges of the bins": (np.arange(11) % 2, np.arange(11) / 10, 0.5),
        "0 and 1": (np.array([0, 1, 0, 1, 1, 0]), ends, 0.5),
    }
    out = []
    for name, (y, p, threshold) in cases.items():
        curves = []
        for strategy in ("uniform", "quantile"):
            if strategy == "quantile" and (len(np.unique(p)) < len(p) or len(p) % 10):
                continue
            for bins in (10, 5):
                share, mean, n = curve(y, p, bins, strategy)
                curves.append({
                    "bins": bins, "strategy": strategy, "share": share.tolist(),
                    "mean_score": mean.tolist(), "n": n.tolist(),
                })
        for weight in (None, random.integers(1, 5, len(y))):
            decided = p >= threshold
            right = decided == (y == 1)
            expected = errors(right, np.where(decided, p, 1 - p), weight)
            inputs = {"labels": y.tolist(), "scores": p.tolist(), "threshold": threshold}
            if weight is not None:
                inputs["weights"] = weight.tolist()
            out.append({
                "name": name + ("" if weight is None else ", weights"), "inputs": inputs,
                "expected": {k: v for k, v in expected.items() if not k.startswith("maximum")},
                "curves": curves if weight is None else [],
            })
    return out


def decisions(right, confidence, w):
    """Figures of two classes, of whether decisions are right."""
    of = calibrated(right, confidence, w) | probabilistic(right, confidence, w)
    kept = ("hosmer_lemeshow", "calibration_slope", "calibration_intercept",
            "logistic_calibration_error")
    return {key: measured(figure) for key, figure in of.items() if key.startswith(kept)}


def parts(label, p, w):
    """Murphy's parts of the Brier score, each class against all others."""
    share = [w[label == c].sum() / w.sum() for c in range(len(CLASSES))]
    uncertainty = sum(s * (1 - s) for s in share)
    of = {"brier_uncertainty": uncertainty}
    for strategy in ("uniform", "quantile"):
        # In twenty bins probabilities of one decimal have one each.
        for bins in (10, 7, 20):
            reliability = resolution = 0.0
            for c, s in enumerate(share):
                weight, rate, mean = grouped((label == c).astype(int), p[:, c], w, bins, strategy)
                weight = weight / w.sum()
                reliability += (weight * (rate - mean) ** 2).sum()
                resolution += (weight * (rate - s) ** 2).sum()
            of[f"brier_reliability bins={bins} strategy={strategy}"] = reliability
            of[f"brier_resolution bins={bins} strategy={strategy}"] = resolution
            if bins == 20 and strategy == "uniform" and np.array_equal(p, np.round(p, 1)):
                loss = ((p - np.eye(len(CLASSES))[label]) ** 2).sum(axis=1)
                whole = np.average(loss, weights=w)
                assert np.isclose(whole, reliability - resolution + uncertainty, rtol=1e-12)
    return of


def multiclass_cases():
    random = np.random.Generator(np.random.PCG64(32))
    smooth = random.dirichlet([1.0, 0.8, 0.5], 240)
    label = (random.random((240, 1)) > smooth.cumsum(axis=1)[:, :2]).sum(axis=1)
    sharp = smooth**3 / (smooth**3).sum(axis=1, keepdims=True)
    flat = smooth**0.4 / (smooth**0.4).sum(axis=1, keepdims=True)
    tied = random.multinomial(10, [0.4, 0.35, 0.25], 240) / 10
    cases = {"calibrated": smooth, "too sure": sharp, "too unsure": flat, "ties": tied}
    out = []
    for name, p in cases.items():
        for weight in (None, random.integers(1, 5, len(label))):
            expected = errors(p.argmax(axis=1) == label, p.max(axis=1), weight)
            for bins in (10, 7):
                expected[f"maximum_calibration_error bins={bins}"] = expected.pop(f"maximum {bins}")
            w = np.ones(len(label)) if weight is None else weight.astype(float)
            right = (p.argmax(axis=1) == label).astype(int)
            expected |= decisions(right, p.max(axis=1), w) | parts(label, p, w)
            weights, rate, mean = grouped(right, p.max(axis=1), w, 7, "quantile")
            gap = (weights / w.sum() * np.abs(rate - mean)).sum()
            expected["expected_calibration_error bins=7 strategy=quantile"] = gap
            inputs = {
                "classes": CLASSES, "labels": [CLASSES[c] for c in label],
                "probabilities": p.tolist(),
            }
            if weight is not None:
                inputs["weights"] = weight.tolist()
            out.append({
                "name": name + ("" if weight is None else ", weights"), "inputs": inputs,
                "expected": expected,
            })
    return out


def write(name, cases):
    """One case a line, so that a change shows as the case it is."""
    lines = (json.dumps(case, allow_nan=False, separators=(",", ":")) for case in cases)
    (HERE / name).write_text("[\n" + ",\n".join(lines) + "\n]\n")


def main():
    assert sklearn.__version__ == "1.9.1", sklearn.__version__
    write("calibration-curve.json", binary_cases())
    write("calibration-confidence.json", multiclass_cases())


if __name__ == "__main__":
    main()
