"""Writes drift-classifiers.json: classifiers that tell both sides apart, on drift-tables-data.json.

    python3 -m venv venv && venv/bin/pip install -r requirements-drift-tables-numpy.txt
    venv/bin/python make_drift_tables.py data && venv/bin/python make_drift_tables.py numpy
    venv/bin/python make_drift_classifiers.py

vectors: scikit-learn's StandardScaler and LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
  fitted to the rows 0, 2, 4, ... of both sides; roc_auc of the rows 1, 3, 5, ..., and p_value of scipy's mannwhitneyu
  with alternative="greater" on the same scores. Undefined with fewer than two rows on a side.
texts: the p_value on the scores of drift-tables-numpy.json, rounded to 9 decimals.
areas: scores by themselves, with and without ties, few and many: value and p_value.
"""

import json
import pathlib
import warnings

import numpy as np
import scipy
import sklearn
from scipy.stats import mannwhitneyu
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).resolve().parent
warnings.filterwarnings("ignore")


def read(name):
    return json.loads((HERE / name).read_text())["cases"]


def area(reference, current):
    """Mann and Whitney's area and p-value; all scores equal tell nothing."""
    if len(set(reference) | set(current)) == 1:
        return {"value": 0.5, "p_value": 1.0}
    test = mannwhitneyu(current, reference, alternative="greater")
    return {
        "value": float(test.statistic) / (len(reference) * len(current)),
        "p_value": float(test.pvalue),
    }


def vectors(case):
    reference, current = (np.array(case[side], float) for side in ("reference", "current"))
    if min(len(reference), len(current)) < 2:
        return {"undefined": "a side of one row"}
    learned = np.vstack([reference[::2], current[::2]])
    sides = np.repeat([0, 1], [len(reference[::2]), len(current[::2])])
    model = make_pipeline(
        StandardScaler(), LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"))
    model.fit(learned, sides)
    scores = [np.round(model.decision_function(rows[1::2]), 9) for rows in (reference, current)]
    return area(*(s.tolist() for s in scores))


def texts(case, figures):
    if "undefined" in figures["naive_bayes"]:
        return figures["naive_bayes"]
    scores = np.round(figures["naive_bayes"]["scores"], 9).tolist()
    split = len(case["reference"]) // 2
    return area(scores[:split], scores[split:])


def areas():
    random = np.random.Generator(np.random.PCG64(404))

    def scores(n, m, digits, move=0.0):
        sides = random.normal(size=n), random.normal(move, size=m)
        return [np.round(side, digits).tolist() for side in sides]

    cases = [
        scores(1, 1, 4), scores(3, 3, 4, 9.0), scores(8, 40, 4, 1.0), scores(40, 8, 4, -1.0),
        scores(9, 9, 4, 0.5), scores(6, 7, 0), scores(60, 50, 1, 0.8), scores(60, 50, 4, 3.0),
        [[1, 2], [1, 2]], [[0] * 5, [1] * 5], [[1] * 5, [0] * 5]]
    return [{"reference": r, "current": c, **area(r, c)} for r, c in cases]


def main():
    data, figures = read("drift-tables-data.json"), read("drift-tables-numpy.json")
    made = {
        "versions": {
            "numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
        "cases": {
            "vectors": {name: vectors(case) for name, case in data["embeddings"].items()},
            "texts": {
                name: texts(case, figures["texts"][name]) for name, case in data["texts"].items()},
            "areas": areas(),
        },
    }
    (HERE / "drift-classifiers.json").write_text(json.dumps(made, indent=1) + "\n")


if __name__ == "__main__":
    main()
