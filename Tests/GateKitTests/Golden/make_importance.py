"""Writes importance.json: scikit-learn's permutation_importance, with the permutations it used.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_importance.py

scikit-learn shuffles one index array again and again with the generator of its seed, and applies each shuffle to the column
as the last one left it. The script does the same beside it, so that every case says which row's value each row was given, and
asserts that these give scikit-learn's own figures.

Each case: the metric's name here, the columns, labels, weights of a logistic (binary) or linear (regression) model with the
intercept last, the permutations by repeat, the baseline, and the drops by column and repeat.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.inspection import permutation_importance
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error, r2_score, roc_auc_score

ROWS, REPEATS, SEED = 120, 6, 7


class Line:
    """A model whose scores are a function of one sum a row."""

    def __init__(self, weights, is_binary):
        self.weights, self.is_binary = np.asarray(weights), is_binary

    def fit(self, x, y):
        return self

    def scores(self, x):
        total = x @ self.weights[:-1] + self.weights[-1]
        return 1 / (1 + np.exp(-total)) if self.is_binary else total


METRICS = {
    "roc_auc": (True, lambda y, s: roc_auc_score(y, s)),
    "accuracy": (True, lambda y, s: accuracy_score(y, s >= 0.5)),
    "log_loss": (True, lambda y, s: -log_loss(y, s)),
    "r2": (False, lambda y, s: r2_score(y, s)),
    "mean_squared_error": (False, lambda y, s: -mean_squared_error(y, s)),
}

# Better lower, so that scikit-learn scores their negative.
ERRORS = {"log_loss", "mean_squared_error"}


def case(name, is_binary, figure):
    random = np.random.default_rng(11)
    x = np.round(random.normal(size=(ROWS, 4)), 6)
    weights = [1.5, -0.75, 0.0, 0.1, 0.2]
    model = Line(weights, is_binary)
    noisy = x @ np.array([1.2, -1.0, 0.3, 0.0]) + random.normal(size=ROWS)
    y = (noisy > 0).astype(int) if is_binary else np.round(noisy, 6)

    def scorer(model, x, y):
        return figure(y, model.scores(x))

    found = permutation_importance(
        model, x, y, scoring=scorer, n_repeats=REPEATS, random_state=SEED)
    # What scikit-learn does with the seed: a seed of its own for all columns, then one array shuffled again and again.
    own = np.random.RandomState(np.random.RandomState(SEED).randint(np.iinfo(np.int32).max + 1))
    shuffling, order, orders = np.arange(ROWS), np.arange(ROWS), []
    for _ in range(REPEATS):
        own.shuffle(shuffling)
        order = order[shuffling]
        orders.append(order.copy())
    baseline = scorer(model, x, y)
    for column in range(x.shape[1]):
        for repeat, order in enumerate(orders):
            permuted = x.copy()
            permuted[:, column] = x[order, column]
            drop = baseline - scorer(model, permuted, y)
            assert drop == found.importances[column, repeat], (name, column, repeat)
    return {
        "metric": name, "task": "binary" if is_binary else "regression",
        "columns": x.T.tolist(), "labels": y.tolist(), "weights": weights,
        "orders": [order.tolist() for order in orders],
        "baseline": -baseline if name in ERRORS else baseline,
        "drops": found.importances.tolist(),
    }


def main():
    cases = [case(name, *metric) for name, metric in METRICS.items()]
    path = Path(__file__).with_name("importance.json")
    path.write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
