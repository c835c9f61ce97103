"""Writes statistics.json: figures of scipy, statsmodels and of the papers' formulas, for StatisticsGoldenTests.

    pip install -r requirements-statistics.txt && python make_statistics.py
"""

import json
import math
import pathlib

import numpy as np
from scipy import optimize, special, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

random = np.random.default_rng(20260301)


def number(x):
    return float(x)


def case(arguments, value):
    return {"arguments": [number(a) for a in arguments], "value": number(value)}


def special_functions():
    tables = {}

    def table(name, function, rows):
        tables[name] = [case(row, function(*row)) for row in rows]

    xs = [-37.5, -8, -1.96, -0.3, 0, 1e-9, 0.7, 2.5, 8, 30]
    ps = [1e-300, 1e-12, 0.025, 0.3, 0.5, 0.975, 1 - 1e-9]
    table("normal_cdf", stats.norm.cdf, [(x,) for x in xs])
    table("normal_survival", stats.norm.sf, [(x,) for x in xs])
    table("normal_quantile", stats.norm.ppf, [(p,) for p in ps])
    degrees = [1, 2.5, 9, 199, 1e6]
    tx = [-40, -2, 0, 0.5, 3, 12]
    table("t_cdf", lambda d, x: stats.t.cdf(x, d), [(d, x) for d in degrees for x in tx])
    table("t_survival", lambda d, x: stats.t.sf(x, d), [(d, x) for d in degrees for x in tx])
    table("t_quantile", lambda d, p: stats.t.ppf(p, d),
          [(d, p) for d in degrees for p in (1e-8, 0.025, 0.4, 0.9, 0.999)])
    cx = [1e-6, 0.5, 3.84, 20, 500]
    table("chi_squared_cdf", lambda d, x: stats.chi2.cdf(x, d), [(d, x) for d in degrees for x in cx])
    table("chi_squared_survival", lambda d, x: stats.chi2.sf(x, d),
          [(d, x) for d in degrees for x in cx])
    table("chi_squared_quantile", lambda d, p: stats.chi2.ppf(p, d),
          [(d, p) for d in (1, 2.5, 9, 199) for p in (0.001, 0.5, 0.95)])
    fx = [0.01, 0.9, 4, 50]
    pairs = [(1, 5), (3, 12.5), (40, 200)]
    table("f_cdf", lambda a, b, x: stats.f.cdf(x, a, b), [(a, b, x) for a, b in pairs for x in fx])
    table("f_survival", lambda a, b, x: stats.f.sf(x, a, b),
          [(a, b, x) for a, b in pairs for x in fx])
    shapes = [(0.5, 0.5), (3, 8), (1, 2000), (900, 120), (50000, 50001)]
    bx = [1e-5, 0.2, 0.5, 0.87, 0.9999]
    table("beta_cdf", special.betainc, [(a, b, x) for a, b in shapes for x in bx])
    table("beta_survival", special.betaincc, [(a, b, x) for a, b in shapes for x in bx])
    table("beta_quantile", special.betaincinv,
          [(a, b, p) for a, b in shapes for p in (0.001, 0.025, 0.5, 0.975)])
    binomials = [(10, 0.3, 4), (10, 0, 0), (10, 1, 10), (50, 0.5, 20), (2000, 0.01, 31),
                 (100000, 0.3, 30100)]
    table("binomial_pmf", lambda n, p, k: stats.binom.pmf(k, n, p), binomials)
    table("binomial_cdf", lambda n, p, k: stats.binom.cdf(k, n, p), binomials)
    table("binomial_survival", lambda n, p, k: stats.binom.sf(k, n, p), binomials)
    table("binomial_quantile", lambda n, p, q: stats.binom.ppf(q, n, p),
          [(n, p, q) for n, p in ((1, 0.4), (30, 0.2), (5000, 0.01), (100000, 0.7))
           for q in (0.001, 0.3, 0.61, 0.9999)])
    table("hypergeometric_pmf", lambda t, m, d, k: stats.hypergeom.pmf(k, t, m, d),
          [(20, 7, 12, 4), (20, 7, 12, 8), (500, 80, 100, 11), (20, 15, 12, 3)])
    table("hypergeometric_cdf", lambda t, m, d, k: stats.hypergeom.cdf(k, t, m, d),
          [(20, 7, 12, 4), (20, 7, 12, 7), (500, 80, 100, 11), (20, 15, 12, 3)])
    gammas = [(0.5, 0.1), (3, 2), (100, 130), (1e5, 99000)]
    table("gamma_p", special.gammainc, gammas)
    table("gamma_q", special.gammaincc, gammas)
    table("log_gamma", special.gammaln, [(0.1,), (5.5,), (1e6,)])
    table("erf", special.erf, [(-2,), (1e-10,), (0.6,)])
    table("erfc", special.erfc, [(-2,), (0.6,), (9,)])
    return tables


def interval(low, high):
    return [number(low), number(high)]


def mid_p(successes, trials, level):
    """The shares that half of the chance of what was found, and all of what is further, does not reject."""
    tail = (1 - level) / 2

    def bound(hits):
        if hits == 0:
            return 0.0
        low = stats.beta.ppf(tail, hits, trials - hits + 1)
        high = stats.beta.ppf(tail, hits + 1, trials - hits) if hits < trials else 1
        return optimize.brentq(
            lambda p: stats.binom.sf(hits, trials, p) + stats.binom.pmf(hits, trials, p) / 2 - tail,
            low, high, xtol=1e-17, rtol=1e-14)

    return interval(bound(successes), 1 - bound(trials - successes))


def shares():
    rows = []
    for successes, trials in [(0, 10), (10, 10), (3, 10), (1, 200), (178, 200), (4321, 5000)]:
        for level in (0.9, 0.95, 0.999):
            exact = stats.binomtest(successes, trials).proportion_ci(level, "exact")
            rows.append({
                "successes": successes, "trials": trials, "level": level,
                "wilson": interval(*proportion_confint(successes, trials, 1 - level, "wilson")),
                "exact": interval(exact.low, exact.high),
                "midP": mid_p(successes, trials, level)})
    return rows


def newcombe():
    rows = []
    for a, n, b, m in [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20), (0, 10, 0, 10),
                       (700, 1000, 3100, 5000)]:
        low, high = confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff",
                                               alpha=0.05)
        rows.append({"first": [a, n], "second": [b, m],
                     "interval": interval(max(low, -1), min(high, 1))})
    return rows


def tango_score(gained, lost, n, delta):
    """The score with the likeliest share of lost rows found by a search, not by Tango's root."""
    low = max(0, -delta)
    high = (1 - delta) / 2

    def loss(q):
        parts = 0.0
        for count, share in ((gained, q + delta), (lost, q), (n - gained - lost, 1 - 2 * q - delta)):
            if count:
                parts -= count * math.log(share) if share > 0 else -math.inf
        return parts

    def slope(q):
        parts = 0.0
        for count, share, sign in ((gained, q + delta, 1), (lost, q, 1),
                                   (n - gained - lost, 1 - 2 * q - delta, -2)):
            if count:
                parts += sign * count / max(share, 1e-300)
        return parts

    edge = (high - low) * 1e-15
    a, b = low + edge, high - edge
    if slope(a) <= 0:
        q = low
    elif slope(b) >= 0:
        q = high
    else:
        q = optimize.brentq(slope, a, b, xtol=1e-17, rtol=1e-14, maxiter=500)
    variance = n * (2 * q + delta - delta * delta)
    return (gained - lost - n * delta) / math.sqrt(variance)


def tango():
    rows = []
    z = stats.norm.ppf(0.975)
    for gained, lost, n in [(6, 2, 50), (0, 0, 40), (3, 0, 44), (0, 12, 60), (25, 31, 200),
                            (410, 377, 5000)]:
        observed = (gained - lost) / n
        near = 1e-9
        low = optimize.brentq(lambda d: tango_score(gained, lost, n, d) - z, -1 + near,
                              observed - near, xtol=1e-15, rtol=1e-14)
        high = optimize.brentq(lambda d: tango_score(gained, lost, n, d) + z, observed + near,
                               1 - near, xtol=1e-15, rtol=1e-14)
        rows.append({"counts": [gained, lost, n], "interval": interval(low, high)})
    return rows


def means():
    values = random.gamma(2, 1, 40)
    weights = random.uniform(0.2, 3, 40)
    clusters = random.integers(0, 9, 40)
    test = stats.ttest_1samp(values, 0)
    plain = test.confidence_interval(0.95)

    def hall(mean, error, residuals):
        """Where Hall's polynomial of the t is Student's quantile, by a search."""
        count = len(residuals)
        s = stats.skew(residuals) / math.sqrt(count)
        limit = stats.t.ppf(0.975, count - 1)

        def t(wanted):
            return optimize.brentq(
                lambda x: x + s * (x * x / 3 + 1 / 6) + s * s * x ** 3 / 27 - wanted, -60, 60,
                xtol=1e-14, rtol=1e-15)

        return interval(mean - t(limit) * error, mean - t(-limit) * error)

    def linearised(groups):
        mean = np.sum(weights * values) / np.sum(weights)
        residuals = np.bincount(groups, weights * (values - mean)) / np.sum(weights)
        count = len(residuals)
        error = math.sqrt(count / (count - 1) * np.sum(residuals ** 2))
        half = stats.t.ppf(0.975, count - 1) * error
        # The skewness about 0, which is the mean of the residuals.
        return {"mean": number(mean), "error": number(error),
                "interval": interval(mean - half, mean + half),
                "hall": hall(mean, error, residuals)}

    return {
        "values": values.tolist(), "weights": weights.tolist(), "clusters": clusters.tolist(),
        "plain": {"mean": number(values.mean()), "error": number(stats.sem(values)),
                  "interval": interval(plain.low, plain.high),
                  "hall": hall(values.mean(), stats.sem(values), values)},
        "weighted": linearised(np.arange(40)), "clustered": linearised(clusters),
        "weightedMean": number(DescrStatsW(values, weights).mean)}


def psi(positive, negative):
    return 1.0 if positive > negative else 0.5 if positive == negative else 0.0


def components(scores, labels):
    """DeLong's components pair by pair: O(n^2)."""
    positive = [s for s, l in zip(scores, labels) if l]
    negative = [s for s, l in zip(scores, labels) if not l]
    matrix = np.array([[psi(p, q) for q in negative] for p in positive])
    return matrix.mean(), matrix.mean(axis=1), matrix.mean(axis=0)


def delong(name, labels, first, second):
    area1, ten1, one1 = components(first, labels)
    area2, ten2, one2 = components(second, labels)
    s10, s01 = np.cov(ten1, ten2), np.cov(one1, one2)
    covariance = s10 / len(ten1) + s01 / len(one1)
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    z = stats.norm.ppf(0.975)
    logit, half = special.logit(area1), z * math.sqrt(covariance[0, 0]) / (area1 * (1 - area1))
    half2 = z * math.sqrt(variance)
    return {
        "name": name, "labels": [bool(l) for l in labels], "first": [number(x) for x in first],
        "second": [number(x) for x in second], "areas": [number(area1), number(area2)],
        "variances": [number(covariance[0, 0]), number(covariance[1, 1])],
        "variance": number(variance),
        "p": number(2 * stats.norm.sf(abs(area1 - area2) / math.sqrt(variance))),
        "logit": interval(special.expit(logit - half), special.expit(logit + half)),
        "plain": interval(max(0, area1 - z * math.sqrt(covariance[0, 0])),
                          min(1, area1 + z * math.sqrt(covariance[0, 0]))),
        "difference": interval(area1 - area2 - half2, area1 - area2 + half2)}


def areas():
    cases = []
    for name, count, digits in [("random", 200, 12), ("heavy ties", 150, 0), ("ten rows", 10, 1)]:
        labels = random.uniform(size=count) < 0.4
        labels[:2], labels[2:4] = True, False
        first = np.round(random.normal(size=count) + labels, digits)
        second = np.round(0.6 * first + random.normal(size=count) + 0.3 * labels, digits)
        cases.append(delong(name, labels, first, second))
    tiny = np.array([1e-300, 3e-300, 2e-300, 1e-5, 0.2, 0.9, 1e-308, 0.3, 0.4, 0.8])
    labels = np.array([0, 1, 0, 0, 1, 1, 0, 1, 0, 1])
    cases.append(delong("1e-300", labels, tiny, tiny[::-1].copy()))
    return cases


# Ovarian cancer: albumin, total protein, the K-G score and whether the patient did well after surgery.
# From DeLong, DeLong, Clarke-Pearson, Biometrics 44, 1988, as printed in SAS/STAT's user's guide, "The LOGISTIC
# Procedure", example "Comparing Receiver Operating Characteristic Curves", which leaves out six incomplete rows.
OVARIAN = """
3.0 5.8 10 0 3.2 6.3 5 1 3.9 6.8 3 1 2.8 4.8 6 0 3.2 5.8 3 1 0.9 4.0 5 0 2.5 5.7 8 0 1.6 5.6 5 1
3.8 5.7 5 1 3.7 6.7 6 1 3.2 5.4 4 1 3.8 6.6 6 1 4.1 6.6 5 1 3.6 5.7 5 1 4.3 7.0 4 1 3.6 6.7 4 0
2.3 4.4 6 1 4.2 7.6 4 0 4.0 6.6 6 0 3.5 5.8 6 1 3.8 6.8 7 1 3.0 4.7 8 0 4.5 7.4 5 1 3.7 7.4 5 1
3.1 6.6 6 1 4.1 8.2 6 1 4.3 7.0 5 1 4.3 6.5 4 1 3.2 5.1 5 1 2.6 4.7 6 1 3.3 6.8 6 0 1.7 4.0 7 0
3.7 6.1 5 1 3.3 6.3 7 1 4.2 7.7 6 1 3.5 6.2 5 1 2.9 5.7 9 0 2.1 4.8 7 1 2.8 6.2 8 0 4.0 7.0 7 1
3.3 5.7 6 1 3.7 6.9 5 1 3.6 6.6 5 1
"""


def ovarian():
    albumin, protein, score, label = np.array(OVARIAN.split(), float).reshape(-1, 4).T
    assert len(label) == 43
    return [delong("albumin", label, albumin, 10 - score),
            delong("total protein", label, protein, 10 - score)]


def splitmix(seed, count):
    """The numbers of the tests' SplitMix, so that the rows need not be in the file."""
    z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(float) * 2.0 ** -53


def ranked_components(scores, labels):
    """DeLong's components from midranks, after Sun and Xu: O(n log n)."""
    positive, negative = scores[labels], scores[~labels]
    m, n = len(positive), len(negative)
    order = np.concatenate([positive, negative])
    ranks = stats.rankdata(order)
    ten = (ranks[:m] - stats.rankdata(positive)) / n
    one = 1 - (ranks[m:] - stats.rankdata(negative)) / m
    return ten.mean(), ten, one


def large():
    """300,000 rows: what sums over many rows lose, and what overflows, shows here."""
    count = 300_000
    u, v, w, x = (splitmix(seed, count) for seed in (101, 202, 303, 404))
    labels = u < 0.3
    first = 0.7 * v + np.where(labels, 0.25, 0.0)
    # The same chances for another twentieth of the rows: the models differ, and hardly in quality.
    second = 0.7 * np.where(x < 0.05, w, v) + np.where(labels, 0.25, 0.0)
    right = [(s >= 0.5) == labels for s in (first, second)]
    successes = int(right[0].sum())
    exact = stats.binomtest(successes, count).proportion_ci(0.95, "exact")
    gained = int((right[0] & ~right[1]).sum())
    lost = int((~right[0] & right[1]).sum())
    area1, ten1, one1 = ranked_components(first, labels)
    area2, ten2, one2 = ranked_components(second, labels)
    covariance = np.cov(ten1, ten2) / len(ten1) + np.cov(one1, one2) / len(one1)
    losses = [(s - labels) ** 2 for s in (first, second)]
    t = stats.ttest_rel(*losses)
    w = stats.wilcoxon(losses[0] - losses[1], correction=False, method="asymptotic")
    return {
        "rows": count, "successes": successes, "gained": gained, "lost": lost,
        "wilson": interval(*proportion_confint(successes, count, 0.05, "wilson")),
        "exact": interval(exact.low, exact.high),
        "mcnemar": number(mcnemar([[10, gained], [lost, 10]], exact=True).pvalue),
        "areas": [number(area1), number(area2)],
        "variances": [number(covariance[0, 0]), number(covariance[1, 1])],
        "variance": number(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]),
        "t": [number(t.statistic), number(t.pvalue)],
        "wilcoxon": [number(w.statistic), number(w.pvalue)]}


def bootstrap_intervals():
    values = random.exponential(size=60)
    replicates = np.array([random.choice(values, 60).mean() for _ in range(999)])
    estimate = values.mean()
    jackknife = np.array([np.delete(values, i).mean() for i in range(60)])
    influence = jackknife.mean() - jackknife
    acceleration = np.sum(influence ** 3) / (6 * np.sum(influence ** 2) ** 1.5)
    shift = stats.norm.ppf((np.mean(replicates < estimate) + np.mean(replicates <= estimate)) / 2)
    levels = []
    for z in stats.norm.ppf([0.025, 0.975]):
        levels.append(stats.norm.cdf(shift + (shift + z) / (1 - acceleration * (shift + z))))
    return {
        "estimate": number(estimate), "replicates": replicates.tolist(),
        "jackknife": jackknife.tolist(), "acceleration": number(acceleration),
        "percentile": interval(*np.quantile(replicates, [0.025, 0.975])),
        "bca": interval(*np.quantile(replicates, levels))}


def scipy_bca():
    """The same jackknife and the same rule as scipy's own, on its own draws: close, not equal."""
    values = random.exponential(size=60)
    result = stats.bootstrap((values,), np.mean, n_resamples=200_000, method="BCa",
                             confidence_level=0.95, rng=np.random.default_rng(5), batch=2000)
    low, high = result.confidence_interval
    return {"values": values.tolist(), "interval": interval(low, high),
            "error": number(result.standard_error)}


def paired_tests():
    tables = []
    for gained, lost in [(0, 0), (5, 5), (3, 9), (0, 7), (59, 31), (1200, 1100)]:
        exact = mcnemar([[10, gained], [lost, 10]], exact=True).pvalue
        total = gained + lost
        mid = min(1, 2 * stats.binom.cdf(min(gained, lost), total, 0.5)
                  - stats.binom.pmf(min(gained, lost), total, 0.5))
        tables.append({"counts": [gained, lost], "exact": number(exact), "mid": number(mid)})
    series = {
        "thirty": random.normal(0.3, 1, 30), "fifty": random.normal(0.1, 1, 50),
        "hundred": random.normal(0.1, 1, 100), "ten": random.normal(0.5, 1, 10),
        "ties": np.round(random.normal(0.4, 2, 40)),
    }
    cases = []
    for name, d in series.items():
        has_ties = name == "ties"
        exact = len(d) <= 50 and not has_ties
        for side in ("two-sided", "less", "greater"):
            row = {"name": name, "alternative": side, "differences": d.tolist()}
            t = stats.ttest_rel(d, np.zeros(len(d)), alternative=side)
            row["t"] = [number(t.statistic), number(t.pvalue)]
            for zeros in ("wilcox", "pratt"):
                w = stats.wilcoxon(d, zero_method=zeros, alternative=side, correction=False,
                                   method="exact" if exact else "asymptotic")
                row[zeros] = [number(w.statistic), number(w.pvalue)]
            if len(d) <= 10:
                flips = stats.permutation_test((d, np.zeros(len(d))),
                                               lambda x, y: np.mean(x - y),
                                               permutation_type="samples", n_resamples=np.inf,
                                               alternative=side)
                row["flips"] = [number(flips.statistic), number(flips.pvalue)]
            cases.append(row)
    return {"mcnemar": tables, "series": cases}


def multiple():
    cases = []
    methods = {"holm": "holm", "bonferroni": "bonferroni", "bh": "fdr_bh", "by": "fdr_by"}
    for p in ([0.01, 0.04, 0.03, 0.005, 0.9, 0.03], [0.5], [0.0, 1.0, 1e-300],
              random.uniform(size=25) ** 2):
        cases.append({"p": [number(x) for x in p], "adjusted": {
            ours: [number(x) for x in multipletests(p, method=theirs)[1]]
            for ours, theirs in methods.items()}})
    return cases


figures = {
    "special": special_functions(), "shares": shares(), "newcombe": newcombe(), "tango": tango(),
    "means": means(), "areas": areas(), "bootstrap": bootstrap_intervals(), "bca": scipy_bca(),
    "tests": paired_tests(), "multiple": multiple(), "ovarian": ovarian(), "large": large(),
}
path = pathlib.Path(__file__).with_name("statistics.json")
path.write_text(json.dumps(figures, indent=1, allow_nan=False) + "\n")
