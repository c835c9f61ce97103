"""The tests and distances of SciPy and NumPy. Nulls are left out of each side first.

Numbers: x the n rows of the reference, y the m of the current side, N = n + m.

  ks: max |F - G|; p_value exact when both sides have at most 10,000 rows (the share of lattice
    paths that leave the band), else as ks_asymptotic. ks_exact is left out above 10,000 rows.
  ks_asymptotic: p_value is kstwo.sf(D, round(n m / N)): the exact law of the two-sided statistic of
    one sample of that many rows; round takes a half to the even number.
  cramer_von_mises: T = U / (n m N) - (4 n m - 1) / (6 N), U of mid-ranks r: n sum (r_x(i) - i)^2
    + m sum (r_y(j) - j)^2. p_value: 1 - the limiting law at 1/6 + (T - E T) / sqrt(45 Var T), whose
    sum stops at terms below 1e-7: p-values are right to 1e-7 only, not to a share of themselves.
  cramer_von_mises_exact: p_value is the share of the C(N, n) orders without ties whose U is as
    great; where ties make zeta a fraction it is rounded down. With at most 20 rows a side only.
  anderson_darling: (A - 1) / sigma, A of Scholz and Stephens (1987) equation 7 (mid-ranks) with k =
    2, sigma^2 their variance. No p_value: SciPy's lies between 0.001 and 0.25 and is interpolated.
  anderson_darling_right: the same with their equation 6 (right-continuous distribution functions).
  mann_whitney: U of the reference (pairs x > y, ties half); p_value two-sided, normal with
    correction for ties and 1/2 for continuity. All values equal: 1.
  mann_whitney_exact: the same U without ties, exact law; where the smaller side has at most 10
    rows.
  t_test: Welch's t = (mean x - mean y) / sqrt(s_x^2 / n + s_y^2 / m), ddof 1, p_value two-sided.
  t_test_pooled: Student's, one variance. z_test: Welch's t, p_value two-sided of the normal law.
  epps_singleton: t = (0.4, 0.8) over half the pooled interquartile range; factor of few rows when
    both sides have fewer than 25; p_value chi-squared with the rank of the inverse as freedom.
    Undefined when that range is 0, or a side has fewer than 5 rows.
  wasserstein: integral |F - G|. wasserstein_scaled: over the reference's std, ddof 0.
  energy: sqrt(2 integral (F - G)^2).
  proportion_z_test: where the pooled rows have two values; as of categories, below.
  Over cells: drift_cells.py.

Categories: the counts a of the reference and b of the current side in every category of either.

  chi_square: X^2 of the 2 x k table, k - 1 degrees of freedom; no correction. One category: 0, p 1.
  chi_square_yates: 2 x 2 only; |observed - expected| less 1/2, but not below 0.
  g_test: 2 sum O ln(O / E), 0 ln 0 = 0; k - 1 degrees of freedom; no correction.
  fisher_exact: 2 x 2 only, rows reference and current, columns by code points: value a_1 b_2 / (a_2
    b_1), null with an empty column (p_value 1) or where it is infinite; p_value the sum of the
    probabilities that are at most the table's, in whole numbers (SciPy's are checked to 1e-8).
  cramers_v: sqrt(X^2 / N): min(r - 1, k - 1) is 1 with two rows. Undefined with one category.
  cramers_v_bias_corrected: Bergsma (2013): f = max(0, X^2 / N - (k - 1) / (N - 1)); k' = k - (k -
    1)^2 / (N - 1); r' = 2 - 1 / (N - 1); sqrt(f / min(k' - 1, r' - 1)). One category: undefined.
  proportion_z_test: 2 x 2 only: z = (q - p) / sqrt(P (1 - P) (1 / n + 1 / m)), p and q the shares
    of the second value, P the pooled one; p_value two-sided, normal.
  chi_square_moments: {"mean", "variance"} of X^2 over all tables with these margins, exact (sums
    of whole numbers), in cases of at most 500 rows. Two cases have also "simulated": mean,
    variance, and their standard errors mean_error, variance_error, of 200,000 shuffles.

Both kinds: null_share: share of nulls in current - in reference; p_value of fisher_exact (nulls and
  values). null_share_z: z and p_value of proportion_z_test, a null the second value.

tables: {"a,b,c,d": fisher_exact of [[a, b], [c, d]]}.
"""

from fractions import Fraction
from math import comb

import numpy as np
from scipy import stats

import drift_cells
from make_drift import figure, undefined

SHUFFLED = ("sparse", "sparse, 20 names")
TABLES = [
    (3, 1, 1, 3), (8, 2, 1, 5), (0, 10, 4, 6), (0, 5, 0, 7), (10, 0, 10, 0), (1, 9999, 12, 9988),
    (120, 880, 160, 840), (5000, 45000, 5210, 44790), (3, 199997, 20, 179980), (40, 60, 40, 60),
    (12, 9999988, 31, 9999969),
]  # fmt: skip


def present(values):
    return [v for v in values if v is not None]


def pair(test):
    return test.statistic, test.pvalue


def tests(x, y):
    """The figures of SciPy's tests of numbers."""
    few, least = max(len(x), len(y)), min(len(x), len(y))
    made = {
        "ks": figure(lambda: pair(stats.ks_2samp(x, y))),
        "ks_asymptotic": figure(lambda: pair(stats.ks_2samp(x, y, method="asymp"))),
        "cramer_von_mises": figure(
            lambda: pair(stats.cramervonmises_2samp(x, y, method="asymptotic"))
        ),
        "mann_whitney": figure(lambda: pair(stats.mannwhitneyu(x, y, method="asymptotic"))),
        "t_test": figure(lambda: pair(stats.ttest_ind(x, y, equal_var=False))),
        "t_test_pooled": figure(lambda: pair(stats.ttest_ind(x, y))),
        "z_test": figure(lambda: z_test(x, y)),
        "epps_singleton": figure(lambda: pair(stats.epps_singleton_2samp(x, y))),
    }
    for name, variant in (("anderson_darling", "midrank"), ("anderson_darling_right", "right")):
        made[name] = figure(lambda v=variant: stats.anderson_ksamp([x, y], variant=v).statistic)
    if few <= 10_000:
        made["ks_exact"] = figure(lambda: pair(stats.ks_2samp(x, y, method="exact")))
    if few <= 20 and least > 1:
        made["cramer_von_mises_exact"] = figure(
            lambda: pair(stats.cramervonmises_2samp(x, y, method="exact"))
        )
    if least <= 10 and len(np.unique([*x, *y])) == len(x) + len(y):
        made["mann_whitney_exact"] = figure(lambda: pair(stats.mannwhitneyu(x, y, method="exact")))
    return made


def z_test(x, y):
    z = stats.ttest_ind(x, y, equal_var=False).statistic
    return z, 2 * stats.norm.sf(abs(z))


def of_numbers(reference, current):
    x, y = np.array(reference, float), np.array(current, float)
    moved = stats.wasserstein_distance(x, y)
    spread = np.std(x)
    made = {
        **tests(x, y),
        "wasserstein": figure(lambda: moved),
        "wasserstein_scaled": figure(lambda: moved / spread)
        if spread > 0
        else undefined("a reference that does not vary"),
        "energy": figure(lambda: stats.energy_distance(x, y)),
        **drift_cells.of_numbers(x, y),
    }
    if len(set(reference) | set(current)) == 2:
        a, b = drift_cells.tallies(reference, current)
        made["proportion_z_test"] = figure(lambda: proportions(a[1], a.sum(), b[1], b.sum()))
    return made


def proportions(a, n, b, m):
    p, q, pooled = a / n, b / m, (a + b) / (n + m)
    z = (q - p) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return z, 2 * stats.norm.sf(abs(z))


def contingency(table, **choice):
    made = stats.chi2_contingency(table, **{"correction": False, **choice})
    return made.statistic, made.pvalue


def corrected(statistic, rows, k):
    """Bergsma's V of two rows."""
    excess = max(0, statistic / rows - (k - 1) / (rows - 1))
    wide, high = k - (k - 1) ** 2 / (rows - 1), 2 - 1 / (rows - 1)
    return np.sqrt(excess / min(wide - 1, high - 1))


def of_categories(name, reference, current):
    a, b = drift_cells.tallies(reference, current)
    table, rows, k = np.array([a, b]), int(a.sum() + b.sum()), len(a)
    made = {
        "chi_square": figure(lambda: contingency(table)),
        "g_test": figure(lambda: contingency(table, lambda_="log-likelihood")),
    }
    if k == 2:
        made["chi_square_yates"] = figure(lambda: contingency(table, correction=True))
        made["fisher_exact"] = fisher(*(int(v) for v in (*a, *b)))
        made["proportion_z_test"] = figure(lambda: proportions(a[1], a.sum(), b[1], b.sum()))
    if k > 1:
        statistic = contingency(table)[0]
        made["cramers_v"] = figure(lambda: np.sqrt(statistic / rows))
        made["cramers_v_bias_corrected"] = figure(lambda: corrected(statistic, rows, k))
    else:
        for v in ("cramers_v", "cramers_v_bias_corrected"):
            made[v] = undefined("one category")
    if rows <= 500:
        mean, variance = moments([int(t) for t in a + b], int(a.sum()))
        made["chi_square_moments"] = {"mean": mean, "variance": variance}
        if name in SHUFFLED:
            made["chi_square_moments"]["simulated"] = simulated(a + b, int(a.sum()))
    cells = {"reference": a.tolist(), "current": b.tolist()}
    return {**made, "cells": cells, **drift_cells.distances(a, b)}


def moments(totals, n):
    """Mean and variance of X^2 over all tables with a row of n and these columns, exact.

    X^2 = N^2 / (n m) (S - n^2 / N) with S = sum x^2 / t. The columns are taken one by one; for each
    sum of x so far there are the number of ways and, over them, the sums of S and of S^2.
    """
    ways = {0: (1, Fraction(0), Fraction(0))}
    for total in totals:
        after = {}
        for taken, (w, s1, s2) in ways.items():
            for x in range(min(total, n - taken) + 1):
                c, s = comb(total, x), Fraction(x * x, total)
                v, t1, t2 = after.get(taken + x, (0, 0, 0))
                more = (c * w, c * (s1 + w * s), c * (s2 + 2 * s * s1 + w * s * s))
                after[taken + x] = (v + more[0], t1 + more[1], t2 + more[2])
        ways = after
    count, first, second = ways[n]
    rows = sum(totals)
    scale, mean = Fraction(rows * rows, n * (rows - n)), first / count
    variance = scale**2 * (second / count - mean**2)
    return float(scale * (mean - Fraction(n * n, rows))), float(variance)


def simulated(totals, n):
    """The same from 200,000 shuffles, with standard errors."""
    random, rows = np.random.Generator(np.random.PCG64(5)), int(totals.sum())
    drawn = random.multivariate_hypergeometric(totals, n, size=200_000, method="marginals")
    s = (drawn**2 / totals).sum(axis=1)
    x2 = rows**2 / (n * (rows - n)) * (s - n * n / rows)
    away = x2 - x2.mean()
    return {
        "mean": float(x2.mean()),
        "mean_error": float(np.sqrt(x2.var(ddof=1) / len(x2))),
        "variance": float(x2.var(ddof=1)),
        "variance_error": float(np.sqrt((np.mean(away**4) - np.mean(away**2) ** 2) / len(x2))),
    }


def fisher(a, b, c, d):
    """SciPy's odds ratio; the p-value in whole numbers, checked against SciPy's."""
    odds, said = stats.fisher_exact([[a, b], [c, d]])
    n, first, rows = a + b, a + c, a + b + c + d
    low, high = max(0, n + first - rows), min(n, first)
    # Ways of one table from those of the table before, so that no binomial is made twice; few
    # tables of many rows relative to the first, whose ways have millions of digits.
    few = high - low < 1000
    ways = [Fraction(1) if few else comb(first, low) * comb(rows - first, n - low)]
    for x in range(low, high):
        up, down = (first - x) * (n - x), (x + 1) * (rows - first - n + x + 1)
        ways.append(ways[-1] * Fraction(up, down) if few else ways[-1] * up // down)
    here = ways[a - low]
    p = Fraction(sum(w for w in ways if w <= here), sum(ways))
    # SciPy sums rounded probabilities: of 20 million rows its p-value is off by 1e-9 of itself.
    assert abs(said / float(p) - 1) < 1e-8, (a, b, c, d, said, float(p))
    return {"value": float(odds) if np.isfinite(odds) else None, "p_value": float(p)}


def nulls(reference, current):
    n, m = len(reference), len(current)
    a, b = (sum(v is None for v in side) for side in (reference, current))
    exact = fisher(n - a, a, m - b, b)["p_value"] if a + b else 1.0
    return {
        "null_share": {"value": b / m - a / n, "p_value": exact},
        "null_share_z": figure(lambda: proportions(a, n, b, m)),
    }


def heads(cases):
    made = {}
    for name, case in cases.items():
        x, y = present(case["reference"]), present(case["current"])
        if not y:
            made[name] = nulls(case["reference"], case["current"])
        elif case["kind"] == "number":
            made[name] = of_numbers(x, y) | nulls(case["reference"], case["current"])
        else:
            made[name] = of_categories(name, x, y) | nulls(case["reference"], case["current"])
    tables = {",".join(map(str, t)): fisher(*t) for t in TABLES}
    return {"cases": made, "tables": tables}
