"""Writes multilabel.json, regression-intervals.json and calibration.json: metrics of several labels
a row as scikit-learn computes them, of predicted intervals and quantiles as scoringrules and MAPIE
do, plain regression metrics on 300,000 rows, and calibration errors as netcal has them.

    python3 -m venv venv
    venv/bin/pip install -r requirements-multilabel.txt
    venv/bin/pip install --no-deps -r requirements-multilabel-nodeps.txt
    venv/bin/python make_multilabel.py

Each file is a list of cases {"name", "inputs", "expected"}; keys of "expected" are as in
make_metrics_more.py, "f1 average=samples empty=zero". As there, a row of weight 0 counts for
nothing, and what has no value is {"undefined": why}; scikit-learn's answer for a label without a
figure is what `empty` asks for: zero_division 0 (zero), 1 (one) or NaN (skip).

Inputs
  multilabel  names, labels (0/1, a row of one a name), scores, weights; threshold 0.5
  regression  targets, predictions, weights, low, high, levels, quantiles (a list a level), naive
  calibration labels, scores; or classes, labels, probabilities
  "generate"  n rows by SplitMix (make_metrics.py): multilabel, L names: with i the row, l the label
              score = value(2 L i + 2 l), label = value(2 L i + 2 l + 1) < score,
              weight = value(2 L n + i);
              regression: target = value(4 i), prediction = value(4 i + 1),
              low = prediction - value(4 i + 2) / 4, high = prediction + value(4 i + 3) / 4,
              quantiles at 0.1, 0.5, 0.9: prediction - 0.25, + 0.0625, + 0.375; naive 0.5;
              weight = value(4 n + i)
"""

import importlib.abc
import importlib.machinery
import sys
import warnings
from unittest.mock import MagicMock

import numpy as np
import scoringrules as sr
import sklearn
from make_metrics import CLASSES, Undefined, measured, splitmix, write
from mapie.metrics import regression as mapie
from scipy import stats
from sklearn import metrics as sk
from sklearn.linear_model import LogisticRegression  # noqa: F401, before torch is stood in for

NAMES = ["a", "b", "c", "d"]
SEED = 20260118
N = 300_000
EMPTY = {"zero": 0.0, "one": 1.0, "skip": np.nan}
# The figures that many rows are held to, one a way of adding up.
OF_MANY = (
    "subset_accuracy", "hamming_loss", "f1 average=macro", "f1 average=micro",
    "f1 average=samples empty=zero", "jaccard average=weighted", "precision label=b",
    "roc_auc average=macro", "average_precision average=micro",
    "label_ranking_average_precision", "label_ranking_loss", "coverage_error",
    "ndcg k=2 empty=zero",
)


class StandIn(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands in for what netcal imports at once and its calibration errors never call."""

    roots = ("torch", "pyro", "gpytorch", "matplotlib", "tikzplotlib", "tqdm", "tensorboard")

    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in self.roots:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = MagicMock(name=spec.name)
        module.__path__, module.__spec__ = [], spec
        return module

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, StandIn())
import netcal  # noqa: E402
import netcal.metrics  # noqa: E402

sys.meta_path.pop(0)
# scipy asks whether an array is torch's where there is such a module.
for loaded in [name for name in sys.modules if name.split(".")[0] in StandIn.roots]:
    del sys.modules[loaded]


def number(value, why):
    """The value, which scikit-learn has as NaN where there is none."""
    if np.isnan(value):
        raise Undefined(why)
    return value


def average(values, shares, empty, why):
    """The mean by share; NaN is undefined, or what `empty` says."""
    values, shares = np.array(values, float), np.array(shares, float)
    values = np.where(np.isnan(values) & (empty is not None), EMPTY.get(empty, np.nan), values)
    kept = shares > 0
    if empty == "skip":
        kept &= ~np.isnan(values)
    if not kept.any() or np.isnan(values[kept]).any():
        raise Undefined(why)
    return (values[kept] * shares[kept]).sum() / shares[kept].sum()


# --- multilabel: decisions ----------------------------------------------------------------------


def jaccard(y, d, average=None, sample_weight=None, zero_division=np.nan):
    """scikit-learn's, NaN where it divides by 0 and `zero_division` is NaN."""
    if np.isnan(zero_division):
        if average == "micro":
            return sk.jaccard_score(y, d, average="micro", sample_weight=sample_weight)
        w = np.ones(len(y)) if sample_weight is None else sample_weight
        found = sk.jaccard_score(y, d, average=None, sample_weight=w, zero_division=0)
        return np.where((w[:, None] * ((y + d) > 0)).sum(axis=0) > 0, found, np.nan)
    return sk.jaccard_score(
        y, d, average=average, sample_weight=sample_weight, zero_division=zero_division
    )


RATES = {
    "precision": sk.precision_score,
    "recall": sk.recall_score,
    "f1": sk.f1_score,
    "f_beta beta=2": lambda *a, **k: sk.fbeta_score(*a, beta=2, **k),
    "f_beta beta=0.5": lambda *a, **k: sk.fbeta_score(*a, beta=0.5, **k),
    "jaccard": jaccard,
}


def rates(y, s, w):
    d = (s >= 0.5).astype(int)
    support = (w[:, None] * y).sum(axis=0)
    of = {}
    for key, score in RATES.items():
        each = np.asarray(score(y, d, average=None, sample_weight=w, zero_division=np.nan))
        rows = None
        if len(y) < 10_000:
            rows = np.asarray(score(y.T, d.T, average=None, zero_division=np.nan))
        for empty in (None, "zero", "one", "skip"):
            tail = "" if empty is None else f" empty={empty}"

            def one(average_name, shares, values, empty=empty, score=score):
                value = average(values, shares, empty, "a label or row has no figure")
                # scikit-learn's own, where it has what `empty` says or does not need it.
                plain = not np.isnan(np.array(values)[np.array(shares) > 0]).any()
                if empty in ("zero", "one") or plain:
                    theirs = score(
                        y, d, average=average_name, sample_weight=w,
                        zero_division=EMPTY.get(empty, 0.0) if empty != "skip" else 0.0,
                    )
                    # A label of weight 0 has a figure of its own in none of them.
                    assert np.isclose(theirs, value, rtol=1e-12), (average_name, theirs, value)
                    return theirs
                return value

            ones = np.ones(len(support))
            of[f"{key} average=macro{tail}"] = lambda one=one, each=each, ones=ones: one(
                "macro", ones, each
            )
            of[f"{key} average=weighted{tail}"] = lambda one=one, each=each: one(
                "weighted", support, each
            )
            if rows is not None:
                of[f"{key} average=samples{tail}"] = lambda one=one, rows=rows: one(
                    "samples", w, rows
                )
        of[f"{key} average=micro"] = lambda score=score: number(
            score(y, d, average="micro", sample_weight=w, zero_division=np.nan), "nothing there"
        )
        if rows is None:
            of[f"{key} average=samples empty=zero"] = lambda score=score: score(
                y, d, average="samples", sample_weight=w, zero_division=0.0
            )
        for place in range(y.shape[1]):
            of[f"{key} label={NAMES[place]}"] = lambda each=each, place=place: number(
                each[place], "the label has no figure"
            )
        # The scorers' names.
        if "beta" not in key:
            for name in ("macro", "micro", "weighted"):
                of[f"{key}_{name}"] = of[f"{key} average={name}"]
            of[f"{key}_samples empty=zero"] = of[f"{key} average=samples empty=zero"]
    return of


# --- multilabel: scores -------------------------------------------------------------------------


def curves(y, s, w):
    support = (w[:, None] * y).sum(axis=0)
    total = w.sum()
    of = {}

    def auc(label, score, weight):
        p = weight[label == 1].sum()
        if p == 0 or p == weight.sum():
            return np.nan
        return sk.roc_auc_score(label, score, sample_weight=weight)

    def ap(label, score, weight):
        if weight[label == 1].sum() == 0:
            return np.nan
        return sk.average_precision_score(label, score, sample_weight=weight)

    whole = {"roc_auc": sk.roc_auc_score, "average_precision": sk.average_precision_score}
    for key, score in {"roc_auc": auc, "average_precision": ap}.items():
        labels = [score(y[:, k], s[:, k], w) for k in range(y.shape[1])]
        for empty in (None, "zero", "one", "skip"):
            tail = "" if empty is None else f" empty={empty}"
            for name, shares in {"macro": np.ones(len(support)), "weighted": support}.items():

                def run(name=name, shares=shares, empty=empty, key=key, labels=labels):
                    value = average(labels, shares, empty, "a label has no figure")
                    if not np.isnan(labels).any():
                        theirs = whole[key](y, s, average=name, sample_weight=w)
                        assert np.isclose(theirs, value, rtol=1e-12), (key, name)
                        return theirs
                    return value

                of[f"{key} average={name}{tail}"] = run
        of[f"{key} average=micro"] = lambda score=score: number(
            score(y.ravel(), s.ravel(), np.repeat(w, y.shape[1])), "nothing there, or all"
        )
        for place in range(y.shape[1]):
            of[f"{key} label={NAMES[place]}"] = lambda labels=labels, place=place: number(
                labels[place], "the label has no figure"
            )
        if len(y) < 10_000:
            each = np.ones(y.shape[1])
            rows = [score(y[i], s[i], each) for i in range(len(y))]
            for empty in (None, "zero", "skip"):
                tail = "" if empty is None else f" empty={empty}"

                def run(rows=rows, empty=empty, key=key):
                    value = average(rows, w, empty, "a row has no figure")
                    if not np.isnan(rows).any():
                        theirs = whole[key](y, s, average="samples", sample_weight=w)
                        assert np.isclose(theirs, value, rtol=1e-12), key
                        return theirs
                    return value

                of[f"{key} average=samples{tail}"] = run
    assert total > 0
    return of


def ranking(y, s, w):
    trivial = (y.sum(axis=1) == 0) | (y.sum(axis=1) == y.shape[1])
    given = {"sample_weight": w}

    def needs(holds, function):
        def run():
            if not holds:
                raise Undefined("there is nothing to rank")
            return function()

        return run

    def ndcg(k, empty):
        def run():
            bare = y.sum(axis=1) == 0
            if empty is None and bare.any():
                raise Undefined("a row has no label")
            kept = ~bare if empty == "skip" else np.ones(len(y), bool)
            if not kept.any():
                raise Undefined("no row has a label")
            return sk.ndcg_score(y[kept], s[kept], k=k, sample_weight=w[kept])

        return run

    some = not trivial.all()
    of = {
        "label_ranking_average_precision": needs(
            some, lambda: sk.label_ranking_average_precision_score(y, s, **given)
        ),
        "label_ranking_loss": needs(some, lambda: sk.label_ranking_loss(y, s, **given)),
        "coverage_error": needs(y.any(), lambda: sk.coverage_error(y, s, **given)),
    }
    for empty in (None, "zero", "skip"):
        tail = "" if empty is None else f" empty={empty}"
        of[f"ndcg{tail}"] = ndcg(None, empty)
        of[f"ndcg k=2{tail}"] = ndcg(2, empty)
    return of


def multilabel(y, s, w, only=None):
    d = (s >= 0.5).astype(int)
    given = {"sample_weight": w}
    of = {
        "subset_accuracy": lambda: sk.accuracy_score(y, d, **given),
        "zero_one_loss": lambda: sk.zero_one_loss(y, d, **given),
        "hamming_loss": lambda: sk.hamming_loss(y, d, **given),
        "hamming_loss threshold=0.3": lambda: sk.hamming_loss(y, (s >= 0.3).astype(int), **given),
    } | rates(y, s, w) | curves(y, s, w) | ranking(y, s, w)
    return {key: measured(of[key]) for key in only or of}


def multilabel_cases():
    random = np.random.Generator(np.random.PCG64(7))
    s = random.random((200, 4))
    y = (random.random((200, 4)) < s**1.5).astype(int)
    some = y.copy()
    some[some.sum(axis=1) == 0, 1] = 1
    none_c, all_c = y.copy(), y.copy()
    none_c[:, 2], all_c[:, 2] = 0, 1
    low = s.copy()
    low[:, 2] = s[:, 2] * 0.49
    cases = {
        "random": (y, s),
        "every row has a label": (some, s),
        "heavy ties": (y, np.round(s, 1)),
        "one score for all": (y, np.full(s.shape, 0.5)),
        "ten rows": (y[:10], s[:10]),
        "a label with no rows": (none_c, s),
        "a label with no rows, never predicted": (none_c, low),
        "a label of every row": (all_c, s),
        "no labels at all": (np.zeros((12, 4), int), s[:12]),
        "all labels": (np.ones((12, 4), int), s[:12]),
        "scores of 1e-300": (y[:40], np.where(s[:40] < 0.5, s[:40] * 1e-300, s[:40])),
    }
    out = []
    for name, (labels, scores) in cases.items():
        n = len(labels)
        zeros = np.where(random.random(n) < 0.4, 0.0, random.integers(1, 6, n).astype(float))
        weights = {"": None, ", weights": random.lognormal(0, 0.7, n)}
        if name in ("random", "heavy ties", "ten rows"):
            weights[", weights with zeros"] = zeros
        for suffix, w in weights.items():
            inputs = {"names": NAMES, "labels": labels.tolist(), "scores": scores.tolist()}
            kept, v = np.ones(n, bool), np.ones(n)
            if w is not None:
                inputs["weights"], kept = w.tolist(), w > 0
                v = w
            expected = multilabel(labels[kept], scores[kept], v[kept])
            out.append({"name": name + suffix, "inputs": inputs, "expected": expected})
    width = 3
    both = splitmix(SEED, 2 * width * N).reshape(N, width, 2)
    scores, labels = both[:, :, 0], (both[:, :, 1] < both[:, :, 0]).astype(int)
    for suffix, w in {"": None, ", weights": splitmix(SEED, N, 2 * width * N)}.items():
        generate = {"seed": SEED, "n": N, "weights": w is not None}
        generate["first_values"] = both.ravel()[:4].tolist()
        expected = multilabel(labels, scores, np.ones(N) if w is None else w, OF_MANY)
        out.append({
            "name": "300,000 generated rows" + suffix,
            "inputs": {"names": NAMES[:width], "generate": generate},
            "expected": expected,
        })
    return out


# --- regression ---------------------------------------------------------------------------------


def intervals(t, p, low, high, levels, quantiles, naive, w):
    plain = bool((w == w[0]).all())

    def checked(value, theirs):
        if plain:
            assert np.isclose(value, theirs(), rtol=1e-9), (value, theirs())
        return value

    pairs = np.stack([low, high], axis=1)
    of = {
        "interval_coverage": lambda: checked(
            np.average((low <= t) & (t <= high), weights=w),
            lambda: mapie.regression_coverage_score(t, pairs[:, :, None])[0],
        ),
        "mean_interval_width": lambda: checked(
            np.average(high - low, weights=w),
            lambda: mapie.regression_mean_width_score(pairs[:, :, None])[0],
        ),
        "crps": lambda: np.average(sr.crps_quantile(t, quantiles.T, levels), weights=w),
        "mean_quantile_loss": lambda: np.mean([
            sk.mean_pinball_loss(t, q, alpha=a, sample_weight=w) for a, q in zip(levels, quantiles)
        ]),
        # Transcribed: Kuleshov, Fenner and Ermon (2018), sizes for squares.
        "quantile_calibration_error": lambda: np.mean([
            abs(np.average(t <= q, weights=w) - a) for a, q in zip(levels, quantiles)
        ]),
        "quantile_coverage level=0.3": lambda: number(np.nan, "no such level"),
        "mean_absolute_scaled_error scale=0.7": lambda: sk.mean_absolute_error(
            t, p, sample_weight=w
        ) / 0.7,
    }

    def scaled():
        under = sk.mean_absolute_error(t, naive, sample_weight=w)
        if under == 0:
            raise Undefined("the naive forecast is right on every row")
        return sk.mean_absolute_error(t, p, sample_weight=w) / under

    of["mean_absolute_scaled_error naive=column"] = scaled
    for alpha in (0.05, 0.2):
        of[f"interval_score alpha={alpha}"] = lambda alpha=alpha: checked(
            np.average(sr.interval_score(t, low, high, alpha), weights=w),
            lambda: mapie.regression_mwi_score(t, pairs[:, :, None], 1 - alpha),
        )
    for a, q in zip(levels, quantiles):
        of[f"mean_quantile_loss level={a}"] = lambda a=a, q=q: np.average(
            sr.quantile_score(t, q, a), weights=w
        )
        of[f"quantile_coverage level={a}"] = lambda q=q: np.average(t <= q, weights=w)
    return {key: measured(function) for key, function in of.items()}


def large(t, p, w):
    """Plain metrics of many rows."""
    given = {"sample_weight": w}
    of = {
        "mean_absolute_error": sk.mean_absolute_error(t, p, **given),
        "mean_squared_error": sk.mean_squared_error(t, p, **given),
        "root_mean_squared_error": sk.root_mean_squared_error(t, p, **given),
        "r2": sk.r2_score(t, p, **given),
        "explained_variance": sk.explained_variance_score(t, p, **given),
        "median_absolute_error": sk.median_absolute_error(t, p, **given),
        "mean_absolute_percentage_error": sk.mean_absolute_percentage_error(t, p, **given),
        "max_error": sk.max_error(t, p),
        "mean_squared_log_error": sk.mean_squared_log_error(t, p, **given),
        "mean_pinball_loss alpha=0.9": sk.mean_pinball_loss(t, p, alpha=0.9, **given),
        "d2_absolute_error_score": sk.d2_absolute_error_score(t, p, **given),
        "mean_poisson_deviance": sk.mean_poisson_deviance(t, p, **given),
        "mean_error": np.average(p - t, weights=w),
    }
    if (w == 1).all():
        of |= {
            "pearson": stats.pearsonr(t, p).statistic,
            "spearman": stats.spearmanr(t, p).statistic,
            "kendall": stats.kendalltau(t, p).statistic,
        }
    return {key: float(value) for key, value in of.items()}


def interval_cases():
    random = np.random.Generator(np.random.PCG64(8))
    n = 150
    t = random.normal(10, 3, n)
    p = t + random.normal(0, 1.5, n)
    low, high = p - random.gamma(2, 0.9, n), p + random.gamma(2, 0.9, n)
    even = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    uneven = np.array([0.01, 0.05, 0.5, 0.6, 0.99])

    def at(levels, p):
        return np.array([p + 1.5 * stats.norm.ppf(a) for a in levels])

    naive = np.concatenate([[t[0] + 1], t[:-1]])
    tie = np.round
    cases = {
        "random": (t, p, low, high, even[[0, 2, 4]], naive),
        "unequal levels": (t, p, low, high, uneven, naive),
        "heavy ties": (tie(t), tie(p), tie(p) - 1.0, tie(p) + 1.0, even[[0, 2]], tie(naive)),
        "ten rows": (t[:10], p[:10], low[:10], high[:10], even[[2]], naive[:10]),
        "all within": (t, t, t, t, even[[0, 4]], naive),
        "all above": (t, p, t - 9, t - 8, even[[0, 4]], naive),
        "the naive forecast is right": (t, p, low, high, even[[2]], t),
    }
    out = []
    for name, (t_, p_, low_, high_, levels, naive_) in cases.items():
        q = at(levels, p_)
        if name == "heavy ties":
            q = tie(q)
        m = len(t_)
        zeros = np.where(random.random(m) < 0.4, 0.0, random.integers(1, 6, m).astype(float))
        suffixes = {"": None, ", weights": random.lognormal(0, 0.7, m)}
        suffixes[", weights with zeros"] = zeros
        for suffix, w in suffixes.items():
            inputs = {
                "targets": t_.tolist(), "predictions": p_.tolist(), "low": low_.tolist(),
                "high": high_.tolist(), "levels": levels.tolist(), "quantiles": q.tolist(),
                "naive": naive_.tolist(),
            }
            kept, v = np.ones(m, bool), np.ones(m)
            if w is not None:
                inputs["weights"], kept, v = w.tolist(), w > 0, w
            columns = (x[kept] for x in (t_, p_, low_, high_))
            expected = intervals(*columns, levels, q[:, kept], naive_[kept], v[kept])
            if 0.3 in levels:
                del expected["quantile_coverage level=0.3"]
            out.append({"name": name + suffix, "inputs": inputs, "expected": expected})
    four = splitmix(SEED, 4 * N).reshape(N, 4)
    t_, p_ = four[:, 0], four[:, 1]
    low_, high_ = p_ - four[:, 2] / 4, p_ + four[:, 3] / 4
    q = np.array([p_ - 0.25, p_ + 0.0625, p_ + 0.375])
    for suffix, w in {"": None, ", weights": splitmix(SEED, N, 4 * N)}.items():
        v = np.ones(N) if w is None else w
        generate = {"seed": SEED, "n": N, "weights": w is not None}
        generate["first_values"] = four.ravel()[:4].tolist()
        expected = intervals(
            t_, p_, low_, high_, np.array([0.1, 0.5, 0.9]), q, np.full(N, 0.5), v
        )
        out.append({
            "name": "300,000 generated rows" + suffix,
            "inputs": {"generate": generate},
            "expected": expected | large(t_, p_, v),
        })
    return out


# --- calibration --------------------------------------------------------------------------------


def calibration_cases():
    """netcal's errors; no score is on an edge, where its bins are [lo, hi) and ours (lo, hi]."""
    random = np.random.Generator(np.random.PCG64(9))
    s = random.beta(1.2, 2.5, 400)
    y = (random.random(400) < s**1.3).astype(int)
    cases = {
        "random": (y, s),
        "ten rows": (y[:10], s[:10]),
        "only negatives": (np.zeros(60, int), s[:60]),
        "only positives": (np.ones(60, int), s[:60]),
        "probabilities of 1e-300": (y[:50], np.where(s[:50] < 0.3, 1e-300, s[:50])),
        "ties": (y, np.minimum(np.round(s, 1), 0.9) + 0.013),
        "one probability": (y[:80], np.full(80, 0.27)),
    }
    out = []
    for name, (label, score) in cases.items():
        expected = {}
        for bins in (10, 15):
            # netcal takes scores of at least 1e-16 or so for its edges; numpy's linspace.
            edges = np.arange(1, bins) / bins
            assert not np.isin(score, edges).any()
            expected[f"expected_calibration_error bins={bins}"] = float(
                netcal.metrics.ECE(bins).measure(score, label)
            )
            expected[f"maximum_calibration_error bins={bins}"] = float(
                netcal.metrics.MCE(bins).measure(score, label)
            )
        inputs = {"labels": label.tolist(), "scores": score.tolist(), "threshold": 0.5}
        out.append({"name": name, "inputs": inputs, "expected": expected})
    raw = random.gamma(1, 1, (250, 3))
    probabilities = raw / raw.sum(axis=1, keepdims=True)
    truth = np.array([random.choice(3, p=row) for row in probabilities])
    several = {
        "random": {
            "inputs": {
                "classes": CLASSES, "labels": [CLASSES[c] for c in truth],
                "probabilities": probabilities.tolist(),
            },
            "expected": {
                "expected_calibration_error": float(
                    netcal.metrics.ECE(10).measure(probabilities, truth)
                )
            },
        }
    }
    return out, [{"name": name} | case for name, case in several.items()]


def main():
    assert sklearn.__version__ == "1.9.1", sklearn.__version__
    assert netcal.__version__ == "1.4.0", netcal.__version__
    warnings.simplefilter("ignore")
    write("regression-intervals.json", interval_cases())
    binary, multiclass = calibration_cases()
    write("calibration.json", binary)
    write("calibration-multiclass.json", multiclass)
    write("multilabel.json", multilabel_cases())


if __name__ == "__main__":
    main()
