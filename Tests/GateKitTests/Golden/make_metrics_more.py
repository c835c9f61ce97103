"""Writes binary-more.json, multiclass-more.json and regression-more.json: the metrics that
make_metrics.py has not, on the rows of its cases and a few more.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_metrics_more.py

Each file is a list of cases {"name", "expected"}, with "inputs" where make_metrics.py has no case
of that name. A key of "expected" is the metric's name and then its arguments, "roc_auc max_fpr=0.2".
Figures are scikit-learn's or scipy's where they have the metric, and checked against them where
they have it for some rows only; what no library has is the paper's formula in plain numpy, each
marked "transcribed" below. As in make_metrics.py a row of weight 0 counts for nothing, and what has
no value is {"undefined": why}.
"""

import decimal
import warnings
from decimal import Decimal

import numpy as np
import sklearn
from make_metrics import (
    CLASSES,
    Undefined,
    binary_cases,
    measured,
    multiclass_cases,
    ratio,
    regression_cases,
    same,
    splitmix,
    write,
)
from scipy import special, stats
from sklearn import metrics as sk
from sklearn.linear_model import LogisticRegression

decimal.getcontext().prec = 60
EPS = 2.0**-52
NO_POSITIVE, NO_NEGATIVE = "no row is positive", "no row is negative"
NONE_PREDICTED, ALL_PREDICTED = "none predicted positive", "none predicted negative"


def needs(*conditions):
    """Refuses to compute where a number is 0."""

    def wrap(function):
        def run():
            for value, why in conditions:
                ratio(1, value, why)
            return function()

        return run

    return wrap


# --- binary: the confusion matrix ---------------------------------------------------------------


def cells(label, score, w):
    """Metrics of the four cells; transcribed but for what scikit-learn has."""
    decision = (score >= 0.5).astype(int)
    table = sk.confusion_matrix(label, decision, labels=[0, 1], sample_weight=w)
    tn, fp, fn, tp = (float(x) for x in table.ravel())
    p, n, pp, pn, total = tp + fn, tn + fp, tp + fp, tn + fn, tp + fp + tn + fn
    given = {"sample_weight": w}
    has_p, has_n = (p, NO_POSITIVE), (n, NO_NEGATIVE)
    has_pp, has_pn = (pp, NONE_PREDICTED), (pn, ALL_PREDICTED)

    def likelihood(which):
        ratios = sk.class_likelihood_ratios(
            label, decision, labels=[0, 1], replace_undefined_by=np.nan, **given
        )
        return ratios[which]

    def kappa():
        if (p == 0 and pp == 0) or (n == 0 and pn == 0):
            raise Undefined("all rows are of one class and predicted so")
        return sk.cohen_kappa_score(label, decision, labels=[0, 1], **given)

    return {
        "true_positives": lambda: tp,
        "false_positives": lambda: fp,
        "true_negatives": lambda: tn,
        "false_negatives": lambda: fn,
        "prevalence": lambda: p / total,
        "predicted_positive_rate": lambda: pp / total,
        "false_positive_rate": needs(has_n)(lambda: fp / n),
        "false_negative_rate": needs(has_p)(lambda: fn / p),
        "negative_predictive_value": needs(has_pn)(
            lambda: sk.precision_score(label, decision, pos_label=0, **given)
        ),
        "false_discovery_rate": needs(has_pp)(lambda: fp / pp),
        "false_omission_rate": needs(has_pn)(lambda: fn / pn),
        "zero_one_loss": lambda: sk.zero_one_loss(label, decision, **given),
        "hamming_loss": lambda: sk.hamming_loss(label, decision, **given),
        "jaccard": needs((tp + fp + fn, "no row is positive or predicted so"))(
            lambda: sk.jaccard_score(label, decision, **given)
        ),
        "cohen_kappa_score": kappa,
        "informedness": needs(has_p, has_n)(
            lambda: sk.balanced_accuracy_score(label, decision, adjusted=True, **given)
        ),
        "markedness": needs(has_pp, has_pn)(lambda: tp / pp - fn / pn),
        "fowlkes_mallows": needs(has_p, has_pp)(lambda: np.sqrt(tp / pp * tp / p)),
        "positive_likelihood_ratio": needs(has_p, has_n, (fp, "no false positive"))(
            lambda: likelihood(0)
        ),
        "negative_likelihood_ratio": needs(has_p, has_n, (tn, "no true negative"))(
            lambda: likelihood(1)
        ),
        "diagnostic_odds_ratio": needs(has_p, has_n, (fp, "no false positive"), (fn, "no miss"))(
            lambda: tp * tn / (fp * fn)
        ),
        "prevalence_threshold": needs(has_p, has_n, has_pp)(
            lambda: np.sqrt(fp / n) / (np.sqrt(tp / p) + np.sqrt(fp / n))
        ),
        "expected_cost cost_fp=1 cost_fn=7.5": lambda: (fp + 7.5 * fn) / total,
        "expected_cost cost_fp=40 cost_fn=250 cost_tp=-12.5 cost_tn=-3": lambda: (
            (40 * fp + 250 * fn - 12.5 * tp - 3 * tn) / total
        ),
    }


def net_benefit(label, score, w, threshold):
    """Transcribed: Vickers and Elkin (2006)."""
    decided = score >= threshold
    hits, alarms = w[decided & (label == 1)].sum(), w[decided & (label == 0)].sum()
    return (hits - alarms * threshold / (1 - threshold)) / w.sum()


# --- binary: the order of the scores ------------------------------------------------------------


def ranked(label, score, w):
    given = {"sample_weight": w}
    p, n = w[label == 1].sum(), w[label == 0].sum()
    positive, both = needs((p, NO_POSITIVE)), needs((p, NO_POSITIVE), (n, NO_NEGATIVE))
    curve = {}
    if p:
        precision, recall, _ = sk.precision_recall_curve(label, score, **given)
        curve["precision"], curve["recall"] = precision, recall
        reached = recall > 0
    if p and n:
        fpr, tpr, _ = sk.roc_curve(label, score, drop_intermediate=False, **given)

    def ks():
        widest = np.abs(tpr - fpr).max()
        if (w == w[0]).all():
            found = stats.ks_2samp(score[label == 1], score[label == 0], method="asymp").statistic
            assert same(widest, found), (widest, found)
        return widest

    of = {
        "gini": both(lambda: 2 * sk.roc_auc_score(label, score, **given) - 1),
        "ks_separation": both(ks),
        "precision_recall_auc": positive(lambda: sk.auc(recall, precision)),
    }
    for limit in (0.05, 0.2, 1):
        of[f"roc_auc max_fpr={limit}"] = both(
            lambda limit=limit: sk.roc_auc_score(label, score, max_fpr=limit, **given)
        )
    # A hair below, so that a rounding of the weights' sums is not what decides.
    slack = 1e-12
    for at in (0.35, 0.8, 1):
        of[f"precision_at_recall recall={at}"] = positive(
            lambda at=at: precision[:-1][recall[:-1] >= at - slack].max()
        )
        of[f"recall_at_precision precision={at}"] = positive(
            lambda at=at: recall[precision >= at - slack].max()
        )
        of[f"recall_at_fpr fpr={1 - at:.2f}"] = both(
            lambda at=at: tpr[fpr <= round(1 - at, 2) + slack].max()
        )
        of[f"sensitivity_at_specificity specificity={at}"] = both(
            lambda at=at: tpr[1 - fpr >= at - slack].max()
        )
        of[f"specificity_at_sensitivity sensitivity={at}"] = both(
            lambda at=at: 1 - fpr[tpr >= at - slack].min()
        )
    return of


def top(label, score, w):
    """Transcribed: the share of each row that fits into the top, equal scores alike."""

    def found(size):
        if size > w.sum():
            raise Undefined("fewer rows than that")
        if w[label == 1].sum() == 0:
            raise Undefined(NO_POSITIVE)
        _, group = np.unique(-score, return_inverse=True)
        rows, hits = np.bincount(group, weights=w), np.bincount(group, weights=w * label)
        before = np.cumsum(rows) - rows
        return (np.clip((size - before) / rows, 0, 1) * hits).sum()

    p, total = w[label == 1].sum(), w.sum()
    of = {}
    for key, size in {
        "share=0.1": 0.1 * total, "share=0.37": 0.37 * total, "share=1": total, "count=7": 7.0,
    }.items():
        of[f"precision_at_top {key}"] = lambda size=size: found(size) / size
        of[f"recall_at_top {key}"] = lambda size=size: found(size) / p
        of[f"capture_at_top {key}"] = lambda size=size: found(size) / p
        of[f"lift_at_top {key}"] = lambda size=size: found(size) / size / (p / total)
    return of


# --- binary: probabilities ----------------------------------------------------------------------


def grouped(label, score, w, bins, strategy):
    """Weight, mean label and mean score of each bin with rows.

    uniform: (lo, hi], the first with 0. quantile: floor(bins * share of the weight that scores
    less), whole numbers of rows divided exactly.
    """
    if strategy == "uniform":
        index = np.searchsorted(np.arange(1, bins + 1) / bins, score, side="left")
    else:
        values, inverse = np.unique(score, return_inverse=True)
        weight = np.bincount(inverse, weights=w, minlength=len(values))
        below = np.concatenate([[0.0], np.cumsum(weight)[:-1]])
        index = np.floor(below * bins / w.sum()).astype(int)[inverse]
    parts = []
    for bin in np.unique(index):
        at = index == bin
        parts.append((w[at].sum(), np.average(label[at], weights=w[at]),
                      np.average(score[at], weights=w[at])))
    return np.array(parts).T


def calibrated(label, score, w):
    """Transcribed: Naeini (2015), Nixon (2019), Murphy (1973), Hosmer and Lemeshow (1980).

    netcal 1.4.0 gives the same ECE and MCE but for scores on an edge: its bins are [lo, hi).
    """
    base = np.average(label, weights=w)
    of = {"brier_uncertainty": lambda: base * (1 - base)}
    for strategy in ("uniform", "quantile"):
        for bins in (10, 7):
            weight, rate, mean = grouped(label, score, w, bins, strategy)
            share = weight / w.sum()
            figures = {
                "expected_calibration_error": (share * np.abs(rate - mean)).sum(),
                "maximum_calibration_error": np.abs(rate - mean).max(),
                "brier_reliability": (share * (rate - mean) ** 2).sum(),
                "brier_resolution": (share * (rate - base) ** 2).sum(),
            }
            for name, value in figures.items():
                of[f"{name} bins={bins} strategy={strategy}"] = lambda value=value: value
            if strategy == "quantile":
                error = figures["expected_calibration_error"]
                of[f"adaptive_calibration_error bins={bins}"] = lambda error=error: error
    for groups in (10, 4):

        def hosmer(groups=groups):
            weight, rate, mean = grouped(label, score, w, groups, "quantile")
            if len(weight) < 3:
                raise Undefined("fewer than three groups")
            gap, variance = weight * (rate - mean), weight * mean * (1 - mean)
            if ((variance == 0) & (gap != 0)).any():
                raise Undefined("a group of scores 0 or 1 is wrong")
            kept = variance > 0
            return (gap[kept] ** 2 / variance[kept]).sum(), len(weight)

        of[f"hosmer_lemeshow groups={groups}"] = lambda hosmer=hosmer: hosmer()[0]
        # Of rows that the model has not seen there are as many degrees as groups; of those it was
        # fitted on two less (Hosmer, Lemeshow and Sturdivant 2013, 5.2.2).
        for fitted in ("", " fitted=true"):

            def p_value(hosmer=hosmer, less=2 if fitted else 0):
                statistic, groups = hosmer()
                return stats.chi2.sf(statistic, groups - less)

            of[f"hosmer_lemeshow_p_value groups={groups}{fitted}"] = p_value
    return of


def newton(label, odds, w, slope):
    """Intercept and slope of a logistic regression; `slope` given is kept."""
    center = 0.0 if slope is not None else np.average(odds, weights=w)
    columns = np.ones((len(odds), 1))
    offset = np.zeros(len(odds))
    if slope is None:
        columns = np.column_stack([columns, odds - center])
    else:
        offset = slope * odds
    beta = np.zeros(columns.shape[1])

    def deviance(beta):
        return -(w * special.log_expit((2 * label - 1) * (offset + columns @ beta))).sum()

    for _ in range(300):
        high, low = special.expit(offset + columns @ beta), special.expit(-offset - columns @ beta)
        # Not label - high, which loses what is left of a score near 1.
        gradient = columns.T @ (w * np.where(label == 1, low, -high))
        curve = w * high * low
        step = np.linalg.solve((columns * curve[:, None]).T @ columns, gradient)
        while deviance(beta + step) > deviance(beta) * (1 + 1e-13):
            step = step / 2
        beta = beta + step
        if (np.abs(step) <= 1e-13 * (1 + np.abs(beta))).all():
            break
    if slope is not None:
        return beta[0], slope
    return beta[0] - beta[1] * center, beta[1]


def probabilistic(label, score, w):
    p, n = w[label == 1].sum(), w[label == 0].sum()
    both = needs((p, NO_POSITIVE), (n, NO_NEGATIVE))
    given = {"sample_weight": w}
    clipped = np.clip(score, EPS, 1 - EPS)
    odds = np.log(clipped) - np.log(1 - clipped)

    def slope():
        """scikit-learn's regression without penalty, and Newton's method for the last digits."""
        high, low = odds[label == 1], odds[label == 0]
        if high.min() >= low.max() or high.max() <= low.min():
            raise Undefined("the scores part the classes, or are all equal")
        fitted = newton(label, odds, w, None)[1]
        if np.abs(odds).max() < 20:
            model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=500)
            model.fit(odds[:, None], label, sample_weight=w)
            assert np.isclose(model.coef_[0][0], fitted, rtol=1e-6), (model.coef_, fitted)
        return fitted

    def line():
        """scikit-learn's regression without penalty; where it has no end, the limit it tends to."""
        inner = np.clip(score, 0.001, 0.999)
        odds = np.log(inner / (1 - inner))
        high, low = odds[(label == 1) & (w > 0)], odds[(label == 0) & (w > 0)]
        if len(high) == 0 or len(low) == 0:
            fitted = label
        elif odds.min() == odds.max():
            fitted = np.full(len(odds), np.average(label, weights=w))
        elif high.min() > low.max() or high.max() < low.min():
            fitted = label
        else:
            intercept, slope = newton(label, odds, w, None)
            fitted = special.expit(intercept + slope * odds)
            model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=500)
            model.fit(odds[:, None], label, sample_weight=w)
            theirs = model.predict_proba(odds[:, None])[:, 1]
            assert np.allclose(theirs, fitted, rtol=0, atol=1e-7), np.abs(theirs - fitted).max()
        return np.average(np.abs(fitted - inner), weights=w)

    def skill(reference):
        loss = np.average((label - reference) ** 2, weights=w)
        ratio(1, loss, "the reference is right for every row")
        return 1 - np.average((label - score) ** 2, weights=w) / loss

    length = np.sqrt(score**2 + (1 - score) ** 2)
    truth = np.where(label == 1, score, 1 - score)
    return {
        "net_benefit": lambda: net_benefit(label, score, w, 0.5),
        "net_benefit threshold=0.12": lambda: net_benefit(label, score, w, 0.12),
        # Transcribed: Tjur (2009); Gneiting and Raftery (2007).
        "tjur_r2": both(
            lambda: np.average(score[label == 1], weights=w[label == 1])
            - np.average(score[label == 0], weights=w[label == 0])
        ),
        "spherical_score": lambda: np.average(truth / length, weights=w),
        "d2_log_loss_score": both(
            lambda: sk.d2_log_loss_score(label, score, labels=[0, 1], **given)
        ),
        "d2_brier_score": both(lambda: sk.d2_brier_score(label, score, pos_label=1, **given)),
        "brier_skill_score": both(lambda: sk.d2_brier_score(label, score, pos_label=1, **given)),
        "brier_skill_score reference=0.3": lambda: skill(0.3),
        "logistic_calibration_error": line,
        "calibration_slope": both(slope),
        "calibration_intercept": both(lambda: newton(label, odds, w, 1.0)[0]),
    }


def binary(label, score, w):
    parts = (cells, ranked, top, calibrated, probabilistic)
    return {key: measured(f) for part in parts for key, f in part(label, score, w).items()}


# --- multiclass ---------------------------------------------------------------------------------


def multiclass(label, probability, w):
    names = np.array(CLASSES)
    truth = np.array([CLASSES.index(c) for c in label])
    decision = np.argmax(probability, axis=1)
    given = {"sample_weight": w}
    codes = [0, 1, 2]
    support = [w[truth == c].sum() for c in codes]
    predicted = [w[decision == c].sum() for c in codes]

    def kappa(weights):
        def run():
            if any(s == w.sum() and p == w.sum() for s, p in zip(support, predicted)):
                raise Undefined("all rows are of one class and predicted so")
            return sk.cohen_kappa_score(truth, decision, labels=codes, weights=weights, **given)

        return run

    def top(k):
        # scikit-learn takes the last of equal probabilities, the decision the first: turned round.
        return sk.top_k_accuracy_score(
            2 - truth, probability[:, ::-1], k=k, labels=codes, **given
        )

    def jaccard(average, classes):
        def run():
            if any(support[c] == 0 and predicted[c] == 0 for c in classes):
                raise Undefined("a class has no rows and was never predicted")
            return sk.jaccard_score(truth, decision, labels=codes, average=average, **given)

        return run

    def cell(normalize):
        table = sk.confusion_matrix(truth, decision, labels=codes, sample_weight=w)
        under = {"none": 1, "all": w.sum(), "true": support[0], "predicted": predicted[1]}
        return ratio(table[0, 1], under[normalize], "no such row")

    present = [c for c in codes if support[c] > 0]
    of = {
        "zero_one_loss": lambda: sk.zero_one_loss(truth, decision, **given),
        "hamming_loss": lambda: sk.hamming_loss(truth, decision, **given),
        "cohen_kappa_score": kappa(None),
        "cohen_kappa_score weights=none": kappa(None),
        "cohen_kappa_score weights=linear": kappa("linear"),
        "cohen_kappa_score weights=quadratic": kappa("quadratic"),
        "top_k_accuracy k=1": lambda: top(1),
        "top_k_accuracy k=2": lambda: top(2),
        "top_k_accuracy k=3": lambda: 1.0,
        "jaccard_macro": jaccard("macro", codes),
        "jaccard_micro": jaccard("micro", []),
        "jaccard_weighted": jaccard("weighted", present),
    }
    for c in codes:
        def one(c=c):
            if support[c] == 0 and predicted[c] == 0:
                raise Undefined("the class has no rows and was never predicted")
            return sk.jaccard_score(truth, decision, labels=[c], average="macro", **given)

        of[f"jaccard class={names[c]}"] = one
    for normalize in ("none", "all", "true", "predicted"):
        of[f"confusion_cell true_class=a predicted_class=b normalize={normalize}"] = (
            lambda normalize=normalize: cell(normalize)
        )
    return {key: measured(function) for key, function in of.items()}


# --- regression ---------------------------------------------------------------------------------


def pairs(target, prediction, w):
    """Concordant less discordant pairs, and pairs that differ in target, prediction and both."""
    concordance = differ = differ_target = differ_prediction = tied = 0.0
    for i in range(len(target)):
        t, p = np.sign(target - target[i]), np.sign(prediction - prediction[i])
        weight = w * w[i] / 2
        concordance += (weight * t * p).sum()
        differ_target += (weight * (t != 0)).sum()
        differ_prediction += (weight * (p != 0)).sum()
        tied += (weight * ((t != 0) & (p == 0))).sum()
    return concordance, differ_target, differ_prediction, tied


def midranks(x, w):
    values, inverse = np.unique(x, return_inverse=True)
    weight = np.bincount(inverse, weights=w, minlength=len(values))
    return (np.cumsum(weight) - weight / 2)[inverse]


def correlation(x, y, w):
    x, y = x - np.average(x, weights=w), y - np.average(y, weights=w)
    mean = np.average(x * y, weights=w)
    return mean / np.sqrt(np.average(x * x, weights=w)) / np.sqrt(np.average(y * y, weights=w))


def deviance(target, prediction, w, power):
    """scikit-learn's formula in sixty digits, for it cancels where values are near each other."""
    total, power = Decimal(0), Decimal(power)
    for t, p, v in zip(target, prediction, w):
        t, p, v = Decimal(t), Decimal(p), Decimal(v)
        if power == 0:
            unit = (t - p) ** 2
        elif power == 1:
            unit = 2 * ((t * (t / p).ln() if t else 0) - t + p)
        elif power == 2:
            unit = 2 * ((p / t).ln() + t / p - 1)
        else:
            one, two = 1 - power, 2 - power
            own = max(t, Decimal(0)) ** two / (one * two) if t > 0 else 0
            unit = 2 * (own - t * p**one / one + p**two / two)
        total += v * unit
    return float(total / sum(map(Decimal, w)))


def regression(target, prediction, w):
    given = {"sample_weight": w}
    t, p = target, prediction
    # Where scikit-learn's formula for deviances keeps its digits.
    apart = bool((np.abs(t - p) > 1e-3 * np.abs(p)).mean() > 0.5)
    plain = bool((w == w[0]).all()) and len(target) > 1
    same_target, same_prediction = (bool((x == x[0]).all()) for x in (target, prediction))
    error = np.abs(t - p)
    varied = needs((not same_target, "all targets are equal"))
    both = needs(
        (not same_target, "all targets are equal"),
        (not same_prediction, "all predictions are equal"),
    )
    logs = needs((not (t <= -1).any() and not (p <= -1).any(), "a value of -1 or less"))

    def domain(power):
        low_t = -np.inf if power < 1 else 0 if power < 2 else np.nextafter(0, 1)
        fine_p = power == 0 or (p > 0).all()
        return needs((bool((t >= low_t).all() and fine_p), "a value the power does not allow"))

    def tweedie(power):
        def run():
            value = deviance(t, p, w, power)
            if apart:
                theirs = sk.mean_tweedie_deviance(t, p, power=power, **given)
                assert np.isclose(value, theirs, rtol=1e-9), (value, theirs)
            return value

        return domain(power)(run)

    def d2_tweedie(power):
        def run():
            if power > 0 and (t < 0).any():
                raise Undefined("a negative target")
            mean = sum(Decimal(x) * Decimal(v) for x, v in zip(t, w)) / sum(map(Decimal, w))
            value = 1 - deviance(t, p, w, power) / deviance(t, [mean] * len(t), w, power)
            if apart:
                theirs = sk.d2_tweedie_score(t, p, power=power, **given)
                assert np.isclose(value, theirs, rtol=1e-9, atol=1e-12), (value, theirs)
            return value

        return varied(domain(power)(run))

    def checked(ours, theirs, tolerance=1e-9):
        """Transcribed for weights, and checked against scipy without."""

        def run():
            value = ours()
            if plain:
                assert np.isclose(value, theirs(), rtol=tolerance, atol=1e-12), (value, theirs())
            return value

        return run

    found = pairs(t, p, w)

    def concordance():
        """Transcribed: Lin (1989), with variances over n."""
        a, b = np.average(t, weights=w), np.average(p, weights=w)
        covariance = np.average((t - a) * (p - b), weights=w)
        spread = np.average((t - a) ** 2, weights=w) + np.average((p - b) ** 2, weights=w)
        if same_target and same_prediction and t[0] == p[0]:
            raise Undefined("all values are equal")
        return 2 * covariance / (spread + (a - b) ** 2)

    of = {
        "mean_error": lambda: np.average(p - t, weights=w),
        # Transcribed: no library here has these two.
        "symmetric_mean_absolute_percentage_error": lambda: np.average(
            np.where(error == 0, 0, 2 * error / np.maximum(np.abs(t) + np.abs(p), 5e-324)),
            weights=w,
        ),
        "weighted_absolute_percentage_error": lambda: ratio(
            (w * error).sum(), (w * np.abs(t)).sum(), "all targets are 0"
        ),
        "mean_squared_log_error": logs(lambda: sk.mean_squared_log_error(t, p, **given)),
        "root_mean_squared_log_error": logs(lambda: sk.root_mean_squared_log_error(t, p, **given)),
        "d2_absolute_error_score": varied(lambda: sk.d2_absolute_error_score(t, p, **given)),
        "pearson": both(
            checked(lambda: correlation(t, p, w), lambda: stats.pearsonr(t, p).statistic)
        ),
        "spearman": both(
            checked(
                lambda: correlation(midranks(t, w), midranks(p, w), w),
                lambda: stats.spearmanr(t, p).statistic,
            )
        ),
        "kendall": both(
            checked(
                lambda: found[0] / np.sqrt(found[1] * found[2]),
                lambda: stats.kendalltau(t, p).statistic,
            )
        ),
        # Transcribed: Harrell (1982), without censoring.
        "c_index": varied(lambda: (found[0] + found[1]) / 2 / found[1]),
        "concordance_correlation": concordance,
        "mean_poisson_deviance": tweedie(1),
        "mean_gamma_deviance": tweedie(2),
    }
    for alpha in (0.1, 0.5, 0.95):
        of[f"mean_pinball_loss alpha={alpha}"] = lambda alpha=alpha: sk.mean_pinball_loss(
            t, p, alpha=alpha, **given
        )
        of[f"d2_pinball_score alpha={alpha}"] = varied(
            lambda alpha=alpha: sk.d2_pinball_score(t, p, alpha=alpha, **given)
        )
    for delta in (0.1, 1, 5):
        of[f"huber_loss delta={delta}"] = lambda delta=delta: np.average(
            special.huber(delta, t - p), weights=w
        )
    for power in (-1.5, 0, 1, 1.5, 2, 3):
        of[f"mean_tweedie_deviance power={power}"] = tweedie(power)
        of[f"d2_tweedie_score power={power}"] = d2_tweedie(power)
    return {key: measured(function) for key, function in of.items()}


def more_regression_cases():
    random = np.random.Generator(np.random.PCG64(4))
    target = random.lognormal(0, 1, 300)
    prediction = target * random.lognormal(0, 0.4, 300)
    counts = random.poisson(2.0, 200).astype(float)
    weights = np.round(random.lognormal(0, 0.7, 300), 3)
    gaps = np.where(random.random(300) < 0.3, 0.0, weights)
    tiny = (
        np.array([1e-120, 2.0, 1e-12, 3.0, 0.5, 7.0]),
        np.array([1e-100, 2.5, 1e-3, 1.0, 0.5, 8.0]),
    )
    for name, t, p, w in [
        ("above 0", target, prediction, None),
        ("above 0, weights", target, prediction, weights),
        ("above 0, weights with zeros", target, prediction, gaps),
        ("counts", counts, np.round(counts * 0.5 + random.random(200) + 0.1, 1), None),
        ("tiny values", *tiny, None),
        ("no order", np.arange(40) % 5 + 1.0, np.arange(40) % 8 + 1.0, None),
        ("turned round", np.arange(12.0), -np.arange(12.0), None),
        ("all equal", np.full(6, 2.0), np.full(6, 2.0), None),
        ("predictions all equal", np.arange(6.0), np.full(6, 2.0), None),
        ("all zero", np.zeros(4), np.zeros(4), None),
    ]:
        inputs = {"targets": t.tolist(), "predictions": p.tolist()}
        if w is not None:
            inputs["weights"] = w.tolist()
        yield {"name": name, "inputs": inputs}


# --- cases --------------------------------------------------------------------------------------


def arrays(case):
    """The rows of a case that weigh anything."""
    inputs = case["inputs"]
    if "generate" in inputs:
        seed, n = inputs["generate"]["seed"], inputs["generate"]["n"]
        both = splitmix(seed, 2 * n)
        columns = [(both[1::2] < both[0::2]).astype(int), both[0::2]]
        w = splitmix(seed, n, 2 * n) if "weights" in inputs["generate"] else None
    else:
        names = next(
            names
            for names in (("labels", "scores"), ("labels", "probabilities"),
                          ("targets", "predictions"))
            if all(name in inputs for name in names)
        )
        columns, w = [np.array(inputs[name]) for name in names], inputs.get("weights")
    w = np.ones(len(columns[0])) if w is None else np.array(w, float)
    return [column[w > 0] for column in columns], w[w > 0]


def extend(old, new, figures):
    """The figures of the old cases, whose inputs stand in make_metrics.py's file, and of new."""
    out = []
    for case, is_new in [(c, False) for c in old] + [(c, True) for c in new]:
        columns, w = arrays(case)
        kept = {"name": case["name"]}
        if is_new:
            kept["inputs"] = case["inputs"]
        out.append(kept | {"expected": figures(*columns, w)})
    return out


def main():
    assert sklearn.__version__ == "1.9.1", sklearn.__version__
    warnings.simplefilter("ignore")
    write("binary-more.json", extend(binary_cases(), [], binary))
    write("multiclass-more.json", extend(multiclass_cases(), [], multiclass))
    write("regression-more.json", extend(regression_cases(), more_regression_cases(), regression))


if __name__ == "__main__":
    main()
