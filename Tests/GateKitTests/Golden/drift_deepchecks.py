"""Deepchecks' drift scores of one column: calc_drift_and_plot, as its check of features calls it.

Nulls are left out of each side first. Fewer than 10 rows on a side: undefined. No p-values.

  ks: the statistic max |F - G|.
  wasserstein (its "EMD"): each side keeps the rows between its own quantiles 0.025 and 0.975, both
    included; over (greatest - least) of the rows kept on both sides, 0 where that is 0.
  Categories of which the reference has fewer than 0.01 of its rows become one, "Other rare
    categories"; this is left out with its rows unless its share is above 0.01 on one side.
  psi: sum (p - q) ln(p / q), shares of the rows that are left, those below 0.01 raised to it.
  cramers_v: the counts of the side with more rows times (rows of the other / its rows); both
    rounded, half to even; X^2 with Yates' correction where two categories are left; then
    bias-corrected as cramers_v_bias_corrected of drift_scipy.py. One category: 0.
  cramers_v_all, psi_all: the same with min_category_size_ratio 0, so without "Other".
"""

import numpy as np
import pandas as pd
from deepchecks.utils.distribution.drift import calc_drift_and_plot

from make_drift import figure

NUMBERS = {"ks": {"numerical_drift_method": "KS"}, "wasserstein": {"numerical_drift_method": "EMD"}}
CATEGORIES = {
    "psi": {"categorical_drift_method": "PSI"},
    "cramers_v": {"categorical_drift_method": "cramers_v"},
    "psi_all": {"categorical_drift_method": "PSI", "min_category_size_ratio": 0},
    "cramers_v_all": {"categorical_drift_method": "cramers_v", "min_category_size_ratio": 0},
}


def score(sides, kind, choice):
    made = calc_drift_and_plot(
        *sides, "column", kind, with_display=False, raise_min_samples_error=True, **choice
    )
    return made[0]


def of(case):
    is_number = case["kind"] == "number"
    sides = [
        pd.Series(case[s], dtype=float if is_number else object) for s in ("reference", "current")
    ]
    kind = "numerical" if is_number else "categorical"
    choices = NUMBERS if is_number else CATEGORIES
    return {n: figure(lambda c=c: np.float64(score(sides, kind, c))) for n, c in choices.items()}


def heads(cases):
    return {"cases": {name: of(case) for name, case in cases.items()}}
