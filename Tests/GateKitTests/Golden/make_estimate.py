"""Writes estimate.json: NannyML's confidence-based performance estimates (CBPE) of one chunk.

    python3.11 -m venv venv && venv/bin/pip install -r requirements-drift-nannyml.txt
    venv/bin/python make_estimate.py

Each case: scores and labels of the reference, scores of the chunk without labels, the threshold, and the estimates. NannyML
decides by random folds whether it calibrates; the script wants cases in which it does, and asserts so. Its ROC AUC and average
precision are made of counts rounded to five digits; every other figure is not.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from nannyml import CBPE

METRICS = ["roc_auc", "average_precision", "f1", "precision", "recall", "specificity", "accuracy"]


def case(seed, rows, chunk, shift, threshold):
    random = np.random.default_rng(seed)

    def scored(count, move):
        # Too sure of itself, so that a calibration helps.
        truth = 1 / (1 + np.exp(-random.normal(move, 1.2, size=count)))
        score = np.round(truth**2 / (truth**2 + (1 - truth) ** 2), 9)
        return score, (random.random(count) < truth).astype(int)

    scores, labels = scored(rows, 0.0)
    current, _ = scored(chunk, shift)
    # Within what the reference has, and beyond it.
    current[:2] = [0.0, 1.0]
    reference = pd.DataFrame(
        {"score": scores, "prediction": (scores >= threshold).astype(int), "label": labels})
    analysis = pd.DataFrame(
        {"score": current, "prediction": (current >= threshold).astype(int)})
    estimator = CBPE(
        y_pred_proba="score", y_pred="prediction", y_true="label", metrics=METRICS,
        chunk_number=1, problem_type="classification_binary")
    estimator.fit(reference)
    assert estimator.needs_calibration
    found = estimator.estimate(analysis).filter(period="analysis").to_df()
    return {
        "reference": scores.tolist(), "labels": labels.tolist(), "scores": current.tolist(),
        "threshold": threshold,
        "expected": {name: float(found[(name, "value")].iloc[0]) for name in METRICS},
    }


def main():
    cases = [case(3, 900, 300, 0.0, 0.5), case(5, 900, 250, 0.8, 0.35)]
    path = Path(__file__).with_name("estimate.json")
    path.write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
