"""Evidently's tests of one column, called as its reports call them.

Infinite values become null and nulls are left out, each side on its own. Every figure is what the
test of that name returns: a distance ("value"), or the p-value only (value null).

Cells of psi, kl_divergence and jensen_shannon: numbers of which the reference has more than 20
  distinct values are cut by numpy.histogram_bin_edges(reference and current, "sturges") into steps
  of equal width (its own parameter of 30 bins is not used); of all else every distinct value of
  either side is a cell. Shares are of the rows with a value. psi and kl_divergence raise shares of
  0, each side on its own, to 1e-4, or to a millionth of the side's least share where that is at
  most 1e-4.

  psi: sum (p - q) ln(p / q), p of the reference. kl_divergence: sum p ln(p / q), both made to sum
    to 1 after the raise. jensen_shannon: the root, natural logarithm, shares as they are.
  hellinger: sqrt(1 - sum sqrt(p q)), not below 0; numbers always in steps of "sturges" over the
    distinct values of both sides. It loses digits near 0: right to 2e-8 there.
  total_variation (categories): the distance; Evidently's own figure is a share of 1,000 shuffles.
  wasserstein: over max(std of the reference, ddof 0; 0.001). energy: not scaled.
  ks, t_test (one variance), epps_singleton, anderson_darling (SciPy's p-value between 0.001 and
    0.25), cramer_von_mises (exact up to 20 rows a side): p-values, as of SciPy.
  mann_whitney: one-sided: the reference is less. Exact without ties when a side has at most 8 rows.
  chi_square: the counts of current against those of the reference times (rows of current / rows of
    the reference), as if these were known: sum (o - e)^2 / e, k - 1 degrees of freedom.
  z_test: share of rows that are not the least value; 1 where both sides have one and the same
    value.
  g_test: as chi_square with 2 sum o ln(o / e) and the reference's counts not scaled: undefined
    where the sides have not equally many rows.
  fisher_exact: undefined likewise, and with more than two categories.
  automatic: {"test"}: the test Evidently picks for this column.
"""

import numpy as np
import pandas as pd
from evidently.legacy.calculations import stattests
from evidently.legacy.calculations.stattests.registry import _get_default_stattest
from evidently.legacy.calculations.stattests.tvd_stattest import _total_variation_distance
from evidently.legacy.core import ColumnType

from make_drift import figure

DISTANCES = {
    "psi": stattests.psi_stat_test,
    "kl_divergence": stattests.kl_div_stat_test,
    "jensen_shannon": stattests.jensenshannon_stat_test,
    "hellinger": stattests.hellinger_stat_test,
    "wasserstein": stattests.wasserstein_stat_test,
    "energy": stattests.energy_dist_test,
}
TESTS = {
    "ks": stattests.ks_stat_test,
    "t_test": stattests.t_test,
    "mann_whitney": stattests.mann_whitney_u_stat_test,
    "cramer_von_mises": stattests.cramer_von_mises,
    "anderson_darling": stattests.anderson_darling_test,
    "epps_singleton": stattests.epps_singleton_test,
    "chi_square": stattests.chi_stat_test,
    "z_test": stattests.z_stat_test,
    "g_test": stattests.g_test,
    "fisher_exact": stattests.fisher_exact_test,
}
IDS = {test.name: name for name, test in (DISTANCES | TESTS).items()}


def column(values):
    kind = float if not any(isinstance(v, str) for v in values) else object
    made = pd.Series([np.nan if v is None else v for v in values], dtype=kind)
    return made.replace([-np.inf, np.inf], np.nan).dropna()


def score(test, sides, kind):
    """What a test says; the sides are copied, for some tests change them."""
    x, y = (side.copy() for side in sides)
    return float(test(x, y, kind, None).drift_score)


def of(case):
    is_number = case["kind"] == "number"
    kind = ColumnType.Numerical if is_number else ColumnType.Categorical
    sides = [column(case[s]) for s in ("reference", "current")]
    few = pd.concat(sides).nunique() <= 5
    made = {}
    for name, test in DISTANCES.items():
        if kind in test.allowed_feature_types:
            made[name] = figure(lambda t=test: score(t, sides, kind))
    for name, test in TESTS.items():
        # Its automatic choice gives numbers of at most 5 values to tests of categories.
        if kind in test.allowed_feature_types or (is_number and few):
            made[name] = figure(lambda t=test: (None, score(t, sides, kind)))
    if not is_number:
        made["total_variation"] = figure(lambda: _total_variation_distance(*sides))
    chosen = _get_default_stattest(*sides, kind).name
    made["automatic"] = {"test": IDS[chosen]}
    return made


def heads(cases):
    some = {n: c for n, c in cases.items() if any(v is not None for v in c["current"])}
    return {"cases": {name: of(case) for name, case in some.items()}}
