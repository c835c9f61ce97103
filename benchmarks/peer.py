"""The same figures by scikit-learn, scipy and numpy, as a competent user would have them.

    python3 peer.py TOOLS FOLDER area|bootstrap|set RUNS

Reads the arrays that run.py wrote to FOLDER and prints, as JSON, the seconds of the figures alone (no start of
Python, no import, no reading; the median of RUNS runs) and the figures. What several figures rest on is made once a model: the decisions, the
confusion matrix, both curves, the bins, the order. What no library has is plain numpy on these.
"""

import json
import statistics
import sys
import time

sys.path.insert(0, sys.argv[1])

import numpy as np  # noqa: E402
from scipy import optimize, special, stats  # noqa: E402
from sklearn import metrics as sk  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

FOLDER, TASK, RUNS = sys.argv[2:5]
MODELS = ("candidate", "champion")
EPS = 2.0**-52


def read():
    label = np.fromfile(f"{FOLDER}/label.u8", np.uint8).astype(np.int64)
    return label, {name: np.fromfile(f"{FOLDER}/{name}.f64", "<f8") for name in MODELS}


def decided(label, score):
    """What the decisions at 0.5 give."""
    decision = (score >= 0.5).astype(np.int64)
    tn, fp, fn, tp = sk.confusion_matrix(label, decision).ravel().astype(float)
    p, n, pp, pn, total = tp + fn, tn + fp, tp + fp, tn + fn, float(len(label))
    ratios = sk.class_likelihood_ratios(label, decision, replace_undefined_by=np.nan)
    return {
        "accuracy": sk.accuracy_score(label, decision),
        "balanced_accuracy": sk.balanced_accuracy_score(label, decision),
        "cohen_kappa_score": sk.cohen_kappa_score(label, decision),
        "diagnostic_odds_ratio": tp * tn / (fp * fn),
        "expected_cost": (fp + 5 * fn) / total,
        "expected_value": (40 * tp - 250 * fp) / total,
        "f1": sk.f1_score(label, decision),
        "f_beta": sk.fbeta_score(label, decision, beta=2),
        "false_discovery_rate": fp / pp,
        "false_negative_rate": fn / p,
        "false_negatives": fn,
        "false_omission_rate": fn / pn,
        "false_positive_rate": fp / n,
        "false_positives": fp,
        "fowlkes_mallows": np.sqrt(tp / pp * tp / p),
        "hamming_loss": sk.hamming_loss(label, decision),
        "informedness": sk.balanced_accuracy_score(label, decision, adjusted=True),
        "jaccard": sk.jaccard_score(label, decision),
        "markedness": tp / pp - fn / pn,
        "matthews_corrcoef": sk.matthews_corrcoef(label, decision),
        "negative_likelihood_ratio": ratios[1],
        "negative_predictive_value": sk.precision_score(label, decision, pos_label=0),
        "net_benefit": (tp - fp) / total,
        "positive_likelihood_ratio": ratios[0],
        "precision": sk.precision_score(label, decision),
        "predicted_positive_rate": pp / total,
        "prevalence": p / total,
        "prevalence_threshold": np.sqrt(fp / n) / (np.sqrt(tp / p) + np.sqrt(fp / n)),
        "recall": sk.recall_score(label, decision),
        "specificity": sk.recall_score(label, decision, pos_label=0),
        "true_negatives": tn,
        "true_positives": tp,
        "zero_one_loss": sk.zero_one_loss(label, decision),
    }


def ranked(label, score):
    """What the order of the scores gives; both curves are made once."""
    precision, recall, _ = sk.precision_recall_curve(label, score)
    fpr, tpr, _ = sk.roc_curve(label, score, drop_intermediate=False)
    area = sk.roc_auc_score(label, score)
    p, total = float(label.sum()), float(len(label))
    size = 0.1 * total
    groups = np.unique(-score, return_inverse=True)[1]
    rows, hits = np.bincount(groups), np.bincount(groups, weights=label)
    found = (np.clip((size - (np.cumsum(rows) - rows)) / rows, 0, 1) * hits).sum()
    return {
        "average_precision": sk.average_precision_score(label, score),
        "capture_at_top": found / p,
        "gini": 2 * area - 1,
        "ks_separation": stats.ks_2samp(score[label == 1], score[label == 0], method="asymp").statistic,
        "lift_at_top": found / size / (p / total),
        "precision_at_recall": precision[:-1][recall[:-1] >= 0.5].max(),
        "precision_at_top": found / size,
        "precision_recall_auc": sk.auc(recall, precision),
        "recall_at_fpr": tpr[fpr <= 0.1].max(),
        "recall_at_precision": recall[precision >= 0.5].max(),
        "recall_at_top": found / p,
        "roc_auc": area,
        "sensitivity_at_specificity": tpr[1 - fpr >= 0.9].max(),
        "specificity_at_sensitivity": 1 - fpr[tpr >= 0.9].min(),
    }


def bins(label, score, index):
    """Rows, positives and sum of scores of each bin that has rows."""
    rows = np.bincount(index)
    kept = rows > 0
    return rows[kept], np.bincount(index, weights=label)[kept], np.bincount(index, weights=score)[kept]


def calibrated(label, score):
    """What scores as probabilities give; either kind of bins is made once."""
    base, total = label.mean(), len(label)
    of = {}
    n, positive, risk = bins(label, score, np.searchsorted(np.arange(1, 11) / 10, score))
    of["expected_calibration_error"] = np.abs(positive - risk).sum() / total
    of["maximum_calibration_error"] = (np.abs(positive - risk) / n).max()
    of["brier_reliability"] = ((positive - risk) ** 2 / n).sum() / total
    of["brier_resolution"] = (n * (positive / n - base) ** 2).sum() / total
    of["brier_uncertainty"] = base * (1 - base)
    index = ((stats.rankdata(score, method="min") - 1) * 10 // total).astype(np.int64)
    n, positive, risk = bins(label, score, index)
    of["adaptive_calibration_error"] = np.abs(positive - risk).sum() / total
    of["hosmer_lemeshow"] = ((positive - risk) ** 2 / (risk * (1 - risk / n))).sum()
    of["hosmer_lemeshow_p_value"] = stats.chi2.sf(of["hosmer_lemeshow"], len(n) - 2)
    odds = special.logit(np.clip(score, EPS, 1 - EPS))
    of["calibration_intercept"] = optimize.newton(
        lambda a: (label - special.expit(a + odds)).sum(), 0.0,
        fprime=lambda a: -(lambda q: q * (1 - q))(special.expit(a + odds)).sum())
    model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-8)
    of["calibration_slope"] = model.fit(odds[:, None], label).coef_[0][0]
    truth = np.where(label == 1, score, 1 - score)
    return of | {
        "brier_score": sk.brier_score_loss(label, score),
        "brier_skill_score": sk.d2_brier_score(label, score),
        "d2_brier_score": sk.d2_brier_score(label, score),
        "d2_log_loss_score": sk.d2_log_loss_score(label, score),
        "log_loss": sk.log_loss(label, score),
        "spherical_score": (truth / np.sqrt(score**2 + (1 - score) ** 2)).mean(),
        "tjur_r2": score[label == 1].mean() - score[label == 0].mean(),
    }


def area(label, scores):
    return {"roc_auc": sk.roc_auc_score(label, scores["candidate"])}


def whole_set(label, scores):
    return {
        f"{name}/{metric}": value
        for name, score in scores.items() for family in (decided, ranked, calibrated)
        for metric, value in family(label, score).items()
    }


def bootstrap(label, scores):
    """Ten replicates; a thousand take a hundred times as long."""
    a, b = (scores[name] for name in MODELS)
    draw = np.random.default_rng(0)
    for _ in range(10):
        i = draw.integers(0, len(label), len(label))
        sk.average_precision_score(label[i], a[i]) - sk.average_precision_score(label[i], b[i])
    of = [sk.average_precision_score(label, s) for s in (a, b)]
    return {"candidate": of[0], "champion": of[1], "difference": of[0] - of[1]}


def main():
    label, scores = read()
    task = {"area": area, "bootstrap": bootstrap, "set": whole_set}[TASK]
    seconds = []
    for _ in range(int(RUNS)):
        start = time.perf_counter()
        figures = task(label, scores)
        seconds.append(time.perf_counter() - start)
    figures = {key: float(value) for key, value in figures.items()}
    print(json.dumps({"seconds": statistics.median(seconds), "figures": figures}))


if __name__ == "__main__":
    main()
