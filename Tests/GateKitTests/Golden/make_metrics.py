"""Writes binary.json, multiclass.json and regression.json: metrics as scikit-learn computes them.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_metrics.py

Each file is a list of cases {"name", "inputs", "expected"}; "expected" holds for every metric a
number or {"undefined": why}. Floats are written with `repr`, so they read back bit for bit. What
scikit-learn answers where a metric has no value (0, 1, NaN or a warning) is {"undefined": why}.

Inputs
  binary      labels (0/1), scores, weights (may be missing: all 1), threshold (0.5; a score of
              at least this is positive)
  multiclass  classes (the label values, in the order of the columns), labels, probabilities
              (a row of one number a class), weights. The decision is the class with the largest
              probability; of equals the first.
  regression  targets, predictions, weights
  A case with "generate" instead of arrays says how to make them.

One rule holds for every metric: a row of weight 0 counts for nothing, as if it were not there. This
script checks it: it computes with the rows and without them and wants the same. scikit-learn keeps
to it but for `max_error`, which takes no weights; here it is over the rows of positive weight.
"Present" and "support" below are by weight: a class whose rows all weigh 0 is absent.

Binary. tp, fp, fn, tn are sums of weights; W is the sum of all.
  accuracy (tp+tn)/W. balanced_accuracy: the mean of recall and specificity;
    undefined when either is.
  precision tp/(tp+fp), recall tp/(tp+fn), specificity tn/(tn+fp): undefined when that is x/0.
  f_beta (1+b^2) tp / ((1+b^2) tp + b^2 fn + fp): undefined when tp+fp+fn = 0, and 0, not undefined,
    when tp = 0 and the rest is not (so it is defined where precision or recall alone is not).
  matthews_corrcoef (tp tn - fp fn)/sqrt((tp+fp)(tp+fn)(tn+fp)(tn+fn)): undefined when a
    factor is 0.
  roc_auc: the trapezoids, equal scores are one point (half a pair each): undefined with one class.
  average_precision: sum over thresholds, falling, of (R_n - R_n-1) P_n, not interpolated; equal
    scores are one threshold: undefined without positives, 1 without negatives.
  log_loss: natural logarithm. p is the score; a positive costs -log(clip(p)), a negative
    -log(clip(1 - p)), where clip is to [eps, 1 - eps], eps = 2^-52, after 1 - p was taken.
    A certain and right score so costs -log(1 - 2^-52) = 2.22e-16, a certain and wrong one 36.04.
    Defined with one class.
  brier_score: the mean of (y - p)^2. Defined with one class.
  expected_calibration_error: ten bins of equal width, (lo, hi], the first includes 0. The bin of p
    is the smallest k in 0...9 with p <= (k + 1) / 10, where (k + 1) / 10 is one IEEE division (so
    0.3, not 3 * 0.1). The sum over bins that are not empty of
    w_b / W * |weighted mean of labels - weighted mean of scores|.

Multiclass.
  accuracy; balanced_accuracy: the mean of the classes' recalls: undefined when a class of
    `classes` is absent (scikit-learn leaves it out, with a warning).
  X_class_c: precision, recall, f1 of class c against the rest, undefined as in binary.
  X_macro: the mean over all of `classes`: undefined when one class's X is (scikit-learn counts 0).
  X_weighted: the mean weighted by support: undefined when X of a class with support > 0 is. A class
    without support has weight 0 and cannot make it undefined; scikit-learn's figure is the same.
  X_micro: over the sums of tp, fp, fn; all three are the accuracy.
  matthews_corrcoef: Gorodkin's R_K: with s = W, c = weight of the right rows, t_k and p_k the
    weights of class k in labels and in decisions,
    (c s - sum p_k t_k) / sqrt((s^2 - sum p_k^2)(s^2 - sum t_k^2)): undefined when a factor is 0.
  log_loss: the mean of -log(clip(probability of the label's class)), clip as above; rows are not
    scaled to sum to 1.
  brier_score: the mean over rows of the sum over classes of (y_k - p_k)^2, in 0...2.
    scikit-learn's `scale_by_half="auto"` halves it for two classes only, so not here.
  roc_auc_ovr_macro: the mean over classes of roc_auc of class k against the rest by column k;
    roc_auc_ovr_weighted: the same weighted by support. Undefined when a class is absent (macro), or
    when a class that has support has no rest (weighted); an absent class weighs 0 in the latter.
  roc_auc_ovo_macro: the mean over pairs {j, k} of (A(j|k) + A(k|j)) / 2, where A(j|k) is the
    roc_auc over the rows of classes j and k by column j, with j positive (Hand and Till 2001).
    roc_auc_ovo_weighted: pairs weighted by their share of all rows. Undefined when a class is
    absent (scikit-learn leaves its pairs out). Not in weighted cases: scikit-learn refuses weights.
  expected_calibration_error: of the top label: as in binary with p = the largest probability and
    label = whether the decision is right.

Regression. e = target - prediction; means are weighted.
  mean_absolute_error, mean_squared_error, root_mean_squared_error.
  r2: 1 - sum w e^2 / sum w (t - mean t)^2, explained_variance: 1 - sum w (e - mean e)^2 /
    sum w (t - mean t)^2: undefined when all targets are equal (scikit-learn says 0 or 1) or there
    is one row. The mean must be taken before the squares: targets near 1e12 are among the cases.
  median_absolute_error: without weights the median (the mean of the middle two). With weights the
    `averaged_inverted_cdf`: sort |e| rising, cumulate the weights in that order, take the first k
    with C_k >= W/2; if C_k - W/2 > 2^-52 it is |e|_k, else the mean of |e|_k and the next |e| of
    weight above 0. With equal weights it is the median.
  mean_absolute_percentage_error: the mean of |e| / |t|, a ratio (0.1 is ten percent): undefined
    when a target is 0 in a row of positive weight. scikit-learn divides by max(|t|, 2^-52); its
    figure stands beside it as mean_absolute_percentage_error_sklearn, for the record.
  max_error: the largest |e|; weights do not matter, but rows of weight 0 are not there.

Generator, the same doubles in Swift: value(i) for i = 0, 1, ... in wrapping UInt64 arithmetic is
  mix(seed + (i + 1) * 0x9E3779B97F4A7C15) >> 11, times 2^-53
  mix(z): z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9; z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
          z ^ (z >> 31)
"""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics as sk

HERE = Path(__file__).resolve().parent
CLASSES = ["a", "b", "c"]
EDGES = np.arange(1, 11) / 10
RULE = (
    "value(i) = Double(mix(seed &+ (i + 1) &* 0x9E3779B97F4A7C15) >> 11) * 2^-53, wrapping UInt64; "
    "mix(z): z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9; z = (z ^ (z >> 27)) * 0x94D049BB133111EB; "
    "z ^ (z >> 31)"
)


class Undefined(Exception):
    """A metric has no value on these rows; the text says why."""


def ratio(over, under, why):
    if under == 0:
        raise Undefined(why)
    return over / under


def measured(function):
    """The number, or {"undefined": why}."""
    try:
        value = float(function())
    except Undefined as undefined:
        return {"undefined": str(undefined)}
    assert np.isfinite(value), value
    return value


def same(left, right):
    if isinstance(left, dict) or isinstance(right, dict):
        return left == right
    return np.isclose(left, right, rtol=1e-9, atol=1e-15)


def calibration(hits, confidence, weight):
    """Expected calibration error in ten bins (lo, hi], the first with 0."""
    bins = np.searchsorted(EDGES, confidence, side="left")
    total = 0.0
    for b in range(10):
        at = bins == b
        w = weight[at]
        if w.sum() > 0:
            gap = np.average(hits[at], weights=w) - np.average(confidence[at], weights=w)
            total += w.sum() / weight.sum() * abs(gap)
    return total


def without_empty_rows(expected_of, arrays, weight):
    """Computes with and without the rows of weight 0, and wants the same."""
    expected = expected_of(*arrays, weight)
    if weight is not None and (weight == 0).any():
        keep = weight > 0
        again = expected_of(*(a[keep] for a in arrays), weight[keep])
        for key, value in expected.items():
            assert same(value, again[key]), (key, value, again[key])
    return expected


# --- binary -------------------------------------------------------------------------------------


def binary(label, score, weight):
    decision = (score >= 0.5).astype(int)
    w = np.ones(len(label)) if weight is None else weight
    table = sk.confusion_matrix(label, decision, labels=[0, 1], sample_weight=weight)
    tn, fp, fn, tp = (float(x) for x in table.ravel())
    positives, negatives = tp + fn, tn + fp
    given = {"sample_weight": weight}
    scored = given | {"zero_division": np.nan}

    def needs(value, why, function):
        def run():
            ratio(1, value, why)
            return function()

        return run

    no_positive, no_negative = "no row is of the positive class", "no row is of the negative class"
    one_class = no_negative if positives else no_positive
    no_decision = "no row is predicted positive"
    no_f = "no row is of the positive class or predicted so"
    rates = positives * negatives
    corners = (tp + fp) * (tn + fn) * rates
    of = {
        "accuracy": lambda: sk.accuracy_score(label, decision, **given),
        "balanced_accuracy": needs(
            rates, one_class, lambda: sk.balanced_accuracy_score(label, decision, **given)
        ),
        "precision": needs(
            tp + fp, no_decision, lambda: sk.precision_score(label, decision, **scored)
        ),
        "recall": needs(positives, no_positive, lambda: sk.recall_score(label, decision, **scored)),
        "specificity": needs(
            negatives, no_negative, lambda: sk.recall_score(label, decision, pos_label=0, **scored)
        ),
        "f1": needs(tp + fp + fn, no_f, lambda: sk.f1_score(label, decision, **scored)),
        "f_beta_2": needs(
            tp + fp + fn, no_f, lambda: sk.fbeta_score(label, decision, beta=2, **scored)
        ),
        "f_beta_0.5": needs(
            tp + fp + fn, no_f, lambda: sk.fbeta_score(label, decision, beta=0.5, **scored)
        ),
        "matthews_corrcoef": needs(
            corners,
            one_class if rates == 0 else "all rows are predicted to be of one class",
            lambda: sk.matthews_corrcoef(label, decision, **given),
        ),
        "roc_auc": needs(rates, one_class, lambda: sk.roc_auc_score(label, score, **given)),
        "average_precision": needs(
            positives, no_positive, lambda: sk.average_precision_score(label, score, **given)
        ),
        "log_loss": lambda: sk.log_loss(label, score, labels=[0, 1], **given),
        "brier_score": lambda: sk.brier_score_loss(label, score, pos_label=1, **given),
        "expected_calibration_error": lambda: calibration(label, score, w),
        "tn": lambda: tn,
        "fp": lambda: fp,
        "fn": lambda: fn,
        "tp": lambda: tp,
    }
    expected = {key: measured(function) for key, function in of.items()}
    for key, function in {
        "precision": lambda: tp / (tp + fp),
        "recall": lambda: tp / (tp + fn),
        "specificity": lambda: tn / (tn + fp),
        "f1": lambda: 2 * tp / (2 * tp + fn + fp),
        "f_beta_2": lambda: 5 * tp / (5 * tp + 4 * fn + fp),
        "f_beta_0.5": lambda: 1.25 * tp / (1.25 * tp + 0.25 * fn + fp),
    }.items():
        assert isinstance(expected[key], dict) or same(expected[key], function()), key
    return expected


def splitmix(seed, count, start=0):
    with np.errstate(over="ignore"):
        i = np.arange(start + 1, start + count + 1, dtype=np.uint64)
        z = np.uint64(seed) + i * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53


def binary_cases():
    random = np.random.Generator(np.random.PCG64(1))
    score = random.beta(1.2, 2.5, 500)
    label = (random.random(500) < score).astype(int)
    extreme = np.array([1e-300, 1e-300, 0, 0, 1, 1, 1 - 1e-16, 5e-324, 1e-17, 0.5, 0.25, 0.75])
    separate = (np.arange(60) % 3 == 0).astype(int)
    spread = random.random(60) * 0.45
    cases = {
        "random": (label, score),
        "heavy ties": (label, np.round(score, 1)),
        "ten rows": (
            np.array([0, 1, 0, 0, 1, 1, 0, 1, 0, 0]),
            np.array([0.1, 0.8, 0.35, 0.5, 0.35, 0.65, 0.2, 0.9, 0.7, 0.05]),
        ),
        "only negatives": (np.zeros(40, int), score[:40]),
        "only positives": (np.ones(40, int), score[:40]),
        "only negatives, none predicted positive": (np.zeros(40, int), score[:40] * 0.4),
        "extreme scores": (np.array([0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1]), extreme),
        "exact 0 and 1, all right": (separate, separate.astype(float)),
        "exact 0 and 1, all wrong": (separate, 1.0 - separate),
        "perfect": (separate, np.where(separate == 1, 1 - spread, spread)),
        "constant score 0.3": (label[:100], np.full(100, 0.3)),
        "constant score 0.5": (label[:100], np.full(100, 0.5)),
        "no true positive": (np.array([1, 1, 0, 0, 0]), np.array([0.2, 0.4, 0.9, 0.1, 0.6])),
        "edges of the bins": (np.arange(11) % 2, np.arange(11) / 10),
    }
    out = []
    for name, (y, p) in cases.items():
        weights = {"": None, ", weights": random.lognormal(0, 0.7, len(y))}
        if name in ("random", "heavy ties", "ten rows"):
            zeros = np.where(random.random(len(y)) < 0.4, 0.0, random.integers(1, 6, len(y)))
            zeros[0], zeros[1] = 0.0, 2.0
            weights[", weights with zeros"] = zeros.astype(float)
        if name == "ten rows":
            weights[", all positives weigh 0"] = np.where(y == 1, 0.0, 1.5)
        for suffix, w in weights.items():
            inputs = {"labels": y.tolist(), "scores": p.tolist(), "threshold": 0.5}
            if w is not None:
                inputs["weights"] = w.tolist()
            expected = without_empty_rows(binary, (y, p), w)
            out.append({"name": name + suffix, "inputs": inputs, "expected": expected})

    seed, n = 20260117, 300_000
    both = splitmix(seed, 2 * n)
    score, label = both[0::2], (both[1::2] < both[0::2]).astype(int)
    for suffix, w in {"": None, ", weights": splitmix(seed, n, 2 * n)}.items():
        generate = {
            "kind": "splitmix",
            "seed": seed,
            "n": n,
            "rule": RULE,
            "scores": "score_i = value(2 i)",
            "labels": "label_i = 1 if value(2 i + 1) < score_i else 0",
        }
        if w is not None:
            generate["weights"] = "weight_i = value(2 n + i)"
        generate["first_values"] = both[:4].tolist()
        inputs = {"generate": generate, "threshold": 0.5}
        name = "300,000 generated rows" + suffix
        out.append({"name": name, "inputs": inputs, "expected": binary(label, score, w)})
    return out


# --- multiclass ---------------------------------------------------------------------------------


def multiclass(label, probability, weight):
    w = np.ones(len(label)) if weight is None else weight
    decision = np.array(CLASSES)[np.argmax(probability, axis=1)]
    given = {"sample_weight": weight}
    support = {c: w[label == c].sum() for c in CLASSES}
    predicted = {c: w[decision == c].sum() for c in CLASSES}
    absent = [c for c in CLASSES if support[c] == 0]
    unpredicted = [c for c in CLASSES if predicted[c] == 0]
    functions = {"precision": sk.precision_score, "recall": sk.recall_score, "f1": sk.f1_score}

    def why(metric, c):
        """Why the metric of class c has no value, or None."""
        if metric == "precision" and c in unpredicted:
            return f"no row is predicted '{c}'"
        if metric == "recall" and c in absent:
            return f"no row is of class '{c}'"
        if metric == "f1" and c in absent and c in unpredicted:
            return f"no row is of class '{c}' or predicted so"
        return None

    def refuse(reasons):
        for reason in reasons:
            if reason:
                raise Undefined(reason)

    def score(metric, average, classes):
        def run():
            refuse(why(metric, c) for c in classes)
            value = functions[metric](
                label, decision, labels=CLASSES, average=average, zero_division=0, **given
            )
            return value

        return run

    def of_class(metric, index):
        def run():
            refuse([why(metric, CLASSES[index])])
            each = functions[metric](
                label, decision, labels=CLASSES, average=None, zero_division=np.nan, **given
            )
            return each[index]

        return run

    def matthews():
        if sum(v > 0 for v in support.values()) == 1:
            raise Undefined("all rows are of one class")
        if sum(v > 0 for v in predicted.values()) == 1:
            raise Undefined("all rows are predicted to be of one class")
        return sk.matthews_corrcoef(label, decision, **given)

    missing = [f"no row is of class '{c}'" for c in absent]

    def auc(scheme, average):
        def run():
            if average == "macro" or scheme == "ovo":
                refuse(missing)
            elif len(absent) == len(CLASSES) - 1:
                raise Undefined("all rows are of one class")
            return sk.roc_auc_score(
                label, probability, multi_class=scheme, average=average, labels=CLASSES, **given
            )

        return run

    def balanced():
        refuse(missing)
        return sk.balanced_accuracy_score(label, decision, **given)

    present = [c for c in CLASSES if support[c] > 0]
    of = {
        "accuracy": lambda: sk.accuracy_score(label, decision, **given),
        "balanced_accuracy": balanced,
    }
    for metric in functions:
        of[f"{metric}_macro"] = score(metric, "macro", CLASSES)
        of[f"{metric}_micro"] = score(metric, "micro", [])
        of[f"{metric}_weighted"] = score(metric, "weighted", present)
        for index, c in enumerate(CLASSES):
            of[f"{metric}_class_{c}"] = of_class(metric, index)
    of["matthews_corrcoef"] = matthews
    of["log_loss"] = lambda: sk.log_loss(label, probability, labels=CLASSES, **given)
    of["brier_score"] = lambda: sk.brier_score_loss(label, probability, labels=CLASSES, **given)
    of["roc_auc_ovr_macro"] = auc("ovr", "macro")
    of["roc_auc_ovr_weighted"] = auc("ovr", "weighted")
    if weight is None:
        of["roc_auc_ovo_macro"] = auc("ovo", "macro")
        of["roc_auc_ovo_weighted"] = auc("ovo", "weighted")
    of["expected_calibration_error"] = lambda: calibration(
        (decision == label).astype(float), probability.max(axis=1), w
    )
    expected = {key: measured(function) for key, function in of.items()}
    hot = (label[:, None] == np.array(CLASSES)).astype(float)
    brier = np.average(((hot - probability) ** 2).sum(axis=1), weights=w)
    assert same(expected["brier_score"], brier)
    return expected


def multiclass_cases():
    random = np.random.Generator(np.random.PCG64(2))

    def draw(probability):
        cumulated = probability.cumsum(axis=1)
        index = (random.random((len(probability), 1)) > cumulated[:, :2]).sum(axis=1)
        return np.array(CLASSES)[index]

    smooth = random.dirichlet([1.0, 0.8, 0.5], 400)
    tied = random.multinomial(10, [0.4, 0.35, 0.25], 400) / 10
    tiny = random.dirichlet([1.0, 1.0, 1.0], 12)
    tiny[0], tiny[1], tiny[2] = [1e-300, 0.3, 0.7], [0.6, 0.4, 1e-300], [0.0, 0.0, 1.0]
    tiny[3], tiny[4], tiny[5] = [1.0, 1e-300, 0.0], [0.0, 1.0, 0.0], [1e-17, 0.5, 0.5]
    ten = "721 181 334 541 226 622 154 343 235 811"
    ten = np.array([[int(digit) for digit in row] for row in ten.split()]) / 10
    few = random.dirichlet([1, 1, 1], 60)
    no_c = draw(few)
    no_c[no_c == "c"] = "a"
    never = np.column_stack([few[:, 0], few[:, 1] + few[:, 2] * 0.9, few[:, 2] * 0.1])
    cases = {
        "random": (draw(smooth), smooth),
        "heavy ties": (draw(tied), tied),
        "ten rows": (np.array(list("abcabcabca")), ten),
        "a class absent from the labels": (no_c, few),
        "a class never predicted": (draw(few), never),
        "a class absent and never predicted": (no_c, never),
        "one class only": (np.full(30, "b"), few[:30]),
        "constant probabilities": (draw(few), np.tile([0.5, 0.25, 0.25], (60, 1))),
        "extreme probabilities": (np.array(list("abcbbacabcab")), tiny),
        "perfect": (
            np.array(CLASSES * 10),
            np.tile([[0.8, 0.1, 0.1], [0.2, 0.5, 0.3], [0.0, 0.0, 1.0]], (10, 1)),
        ),
    }
    out = []
    for name, (y, p) in cases.items():
        weights = {"": None, ", weights": random.lognormal(0, 0.7, len(y))}
        if name in ("random", "heavy ties"):
            zeros = np.where(random.random(len(y)) < 0.4, 0.0, random.integers(1, 6, len(y)))
            weights[", weights with zeros"] = zeros
        if name == "ten rows":
            weights[", all of class c weigh 0"] = np.where(y == "c", 0.0, 1.5)
        for suffix, w in weights.items():
            inputs = {"classes": CLASSES, "labels": y.tolist(), "probabilities": p.tolist()}
            if w is not None:
                inputs["weights"] = w.tolist()
            expected = without_empty_rows(multiclass, (y, p), w)
            out.append({"name": name + suffix, "inputs": inputs, "expected": expected})
    return out


# --- regression ---------------------------------------------------------------------------------


def regression(target, prediction, weight):
    w = np.ones(len(target)) if weight is None else weight
    heavy = w > 0
    given = {"sample_weight": weight}

    def varied(function):
        def run():
            if heavy.sum() < 2:
                raise Undefined("fewer than two rows")
            if (target[heavy] == target[heavy][0]).all():
                raise Undefined("all targets are equal")
            return function(target, prediction, **given)

        return run

    zero = bool((target[heavy] == 0).any())

    def percentage():
        if zero:
            raise Undefined("a target is zero")
        return sk.mean_absolute_percentage_error(target, prediction, **given)

    of = {
        "mean_absolute_error": lambda: sk.mean_absolute_error(target, prediction, **given),
        "mean_squared_error": lambda: sk.mean_squared_error(target, prediction, **given),
        "root_mean_squared_error": lambda: sk.root_mean_squared_error(target, prediction, **given),
        "r2": varied(sk.r2_score),
        "median_absolute_error": lambda: sk.median_absolute_error(target, prediction, **given),
        "mean_absolute_percentage_error": percentage,
        "max_error": lambda: sk.max_error(target[heavy], prediction[heavy]),
        "explained_variance": varied(sk.explained_variance_score),
    }
    if zero:
        of["mean_absolute_percentage_error_sklearn"] = lambda: sk.mean_absolute_percentage_error(
            target, prediction, **given
        )
    return {key: measured(function) for key, function in of.items()}


def regression_cases():
    random = np.random.Generator(np.random.PCG64(3))
    target = random.lognormal(1, 0.8, 500)
    prediction = target * random.lognormal(0, 0.2, 500) + random.normal(0, 0.3, 500)
    rounded = np.maximum(np.round(target), 1.0)
    some_zero = np.where(np.arange(60) % 7 == 0, 0.0, np.round(target[:60], 2))
    wide = random.normal(0, 1e12, 100)
    # E[t^2] - E[t]^2 is lost at this distance; the squares around the mean are not.
    far = 1e12 + random.normal(0, 1e4, 100)
    ten = np.array([3.0, -0.5, 2.0, 7.0, 4.25, -1.5, 8.0, 2.5, 6.0, 1.0])
    ten_predicted = np.array([2.5, 0.0, 2.0, 8.0, 4.0, -1.0, 10.0, 2.25, 4.5, 1.75])
    cases = {
        "random": (target, prediction),
        "heavy ties": (rounded, np.round(prediction)),
        "ten rows": (ten, ten_predicted),
        "constant target": (np.full(50, 3.7), prediction[:50]),
        "constant target, perfect": (np.full(50, 3.7), np.full(50, 3.7)),
        "targets containing zeros": (some_zero, prediction[:60]),
        "one row": (np.array([2.5]), np.array([3.0])),
        "two rows": (np.array([2.5, 4.0]), np.array([3.0, 3.75])),
        "perfect": (target[:50], target[:50]),
        "worse than the mean": (target[:50], -target[:50]),
        "constant offset": (ten, ten + 2.0),
        "large magnitudes, wide": (wide, wide + random.normal(0, 1e11, 100)),
        "large magnitudes, narrow": (far, far + random.normal(0, 5e3, 100)),
    }
    out = []
    for name, (t, p) in cases.items():
        weights = {"": None, ", weights": random.lognormal(0, 0.7, len(t))}
        if name in ("random", "heavy ties"):
            zeros = np.where(random.random(len(t)) < 0.4, 0.0, random.integers(1, 6, len(t)))
            weights[", weights with zeros"] = zeros
        if name == "ten rows":
            # The fifth |e| ends at exactly half the weight: the median is a mean of two.
            weights[", equal weights"] = np.full(10, 2.0)
            weights[", weights with zeros"] = np.array([2, 0, 3, 1, 0, 0, 4, 2, 0, 2], float)
        if name == "targets containing zeros":
            weights[", the zeros weigh 0"] = np.where(t == 0, 0.0, 1.5)
        for suffix, w in weights.items():
            inputs = {"targets": t.tolist(), "predictions": p.tolist()}
            if w is not None:
                inputs["weights"] = w.tolist()
            expected = without_empty_rows(regression, (t, p), w)
            out.append({"name": name + suffix, "inputs": inputs, "expected": expected})
    return out


def write(name, cases):
    """One case a line, so that a change shows as the case it is."""
    lines = (json.dumps(case, allow_nan=False, separators=(",", ":")) for case in cases)
    (HERE / name).write_text("[\n" + ",\n".join(lines) + "\n]\n")


def main():
    assert sklearn.__version__ == "1.9.1", sklearn.__version__
    warnings.simplefilter("ignore")
    write("binary.json", binary_cases())
    write("multiclass.json", multiclass_cases())
    write("regression.json", regression_cases())


if __name__ == "__main__":
    main()
