"""TensorFlow Data Validation's drift, from its written definition (anomalies/metrics.cc).

Nothing is installed: NumPy adds up what the definition says. Logarithms are of base 2, every figure
is a divergence (no root).

Categories, nulls left out (counts of strings only):
  l_infinity: max |a / N_a - b / N_b|. normalized_abs_diff: max |a - b| / (N_a + N_b).
  jensen_shannon: over the categories of either side, as below.

Numbers, jensen_shannon: each side's histogram is 10 buckets of equal width from its least to its
  greatest finite value: edge i is least + i (greatest - least) / 10, the last the greatest itself.
  A bucket holds its lower edge and not its upper one, the last both. A side of one value has one
  bucket of width 0, a point. Then
  1. points are set aside. When the edges of the two sides' other buckets differ, every bucket is
     cut at the union of the edges (of both sides), its rows spread evenly over its width; where a
     side has no bucket, it has 0 rows.
  2. each value that is a point on a side is one more cell (rows: the point's, or 0).
  3. infinite rows of a side are one more cell each, not shared between the sides; so are NaN rows:
     with any of them, cells (0, NaN of current) and (NaN of reference, 0). Nulls of drift-data.json
     count as missing here, not as NaN: they are left out; jensen_shannon_nan has them as NaN.
  4. p and q are the counts over their sums, m = (p + q) / 2: min(1, (sum p log2(p / m) + sum q
     log2(q / m)) / 2), each sum over the cells where its share is above 0.
"""

import numpy as np

from make_drift import figure

BUCKETS = 10


def histogram(values):
    """Edges and counts of a side, and its point: (value, rows) or nothing."""
    low, high = values.min(), values.max()
    if low == high:
        return np.array([]), np.array([]), {float(low): len(values)}
    edges = low + np.arange(BUCKETS + 1) * (high - low) / BUCKETS
    edges[-1] = high
    return edges, np.histogram(values, edges)[0].astype(float), {}


def recut(edges, counts, union):
    """The counts over the union of edges, rows spread evenly within a bucket."""
    made = []
    for low, high in zip(union, union[1:]):
        inside = [i for i in range(len(counts)) if edges[i] <= low and high <= edges[i + 1]]
        share = [(high - low) / (edges[i + 1] - edges[i]) * counts[i] for i in inside]
        made.append(sum(share))
    return made


def divergence(a, b):
    p, q = np.array(a, float) / np.sum(a), np.array(b, float) / np.sum(b)
    middle = (p + q) / 2
    parts = [np.sum(s[s > 0] * np.log2(s[s > 0] / middle[s > 0])) for s in (p, q)]
    return min(1.0, sum(parts) / 2)


def cells(reference, current):
    """The counts of both sides over their common cells."""
    (e, a, points), (f, b, others) = histogram(reference), histogram(current)
    if not np.array_equal(e, f):
        union = np.unique(np.concatenate((e, f)))
        a, b = recut(e, a, union), recut(f, b, union)
    for value in sorted(points | others):
        a, b = [*a, points.get(value, 0)], [*b, others.get(value, 0)]
    return list(a), list(b)


def of_numbers(case):
    sides = [case["reference"], case["current"]]
    x, y = (np.array([v for v in s if v is not None], float) for s in sides)
    missing = [sum(v is None for v in s) for s in sides]
    a, b = cells(x, y)
    made = {"jensen_shannon": figure(lambda: divergence(a, b))}
    if any(missing):
        a, b = [*a, 0, missing[0]], [*b, missing[1], 0]
        made["jensen_shannon_nan"] = figure(lambda: divergence(a, b))
    return made


def of_categories(case):
    x, y = ([v for v in case[s] if v is not None] for s in ("reference", "current"))
    names = sorted(set(x) | set(y))
    a, b = (np.array([s.count(n) for n in names]) for s in (x, y))
    return {
        "l_infinity": figure(lambda: np.max(np.abs(a / a.sum() - b / b.sum()))),
        "normalized_abs_diff": figure(lambda: np.max(np.abs(a - b)) / (a.sum() + b.sum())),
        "jensen_shannon": figure(lambda: divergence(a, b)),
    }


def heads(cases):
    made = {}
    for name, case in cases.items():
        if any(v is not None for v in case["current"]):
            of = of_numbers if case["kind"] == "number" else of_categories
            made[name] = of(case)
    return {"cases": made}
