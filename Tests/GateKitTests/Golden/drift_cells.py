"""Distances over the shares of cells, and the bins of numbers.

p are the reference's shares of the cells, q the current's, each over the rows that have a value.

Cells of numbers: numpy.quantile (straight lines between ranks) of the reference at numpy.linspace(
  0, 1, 11), each once; the least and the greatest are no edges, so the outer cells have no end. A
  cell holds its lower edge and not its upper one. A reference of one number has three cells: below
  it, it, above it. A column whose deciles are its two extremes thus has one cell, and distance 0.
Cells of categories: a category of either side is a cell, in order of their code points.

  cells: the inner edges (numbers only), and the counts of both sides.
  psi: sum (q - p) ln(q / p), with each p and q below 1e-4 raised to it.
  psi_inner_deciles: the same over the cells of -inf, each of numpy.quantile(reference,
    numpy.linspace(0.1, 0.9, 9)) once, +inf: here the least value is an edge where it is a decile.
  kl_divergence: sum q ln(q / p), raised to 1e-4 as in psi and not made to sum to 1 again.
  jensen_shannon: sqrt((sum p log2(p / m) + sum q log2(q / m)) / 2), m = (p + q) / 2, 0 log 0 = 0.
  jensen_shannon_natural: the same with the natural logarithm, so sqrt(ln 2) times as much.
  hellinger: sqrt(sum (sqrt p - sqrt q)^2) / sqrt 2.
  total_variation: sum |p - q| / 2.
  l_infinity: max |p - q|.
  normalized_abs_diff: max |a - b| / (N_a + N_b), a and b the counts, N their sums.
"""

import numpy as np
from scipy.spatial.distance import jensenshannon

from make_drift import figure

FILL = 1e-4


def edges(reference):
    """The inner edges of the cells of numbers."""
    quantiles = np.unique(np.quantile(reference, np.linspace(0, 1, 11)))
    if len(quantiles) == 1:
        return np.array([quantiles[0], np.nextafter(quantiles[0], np.inf)])
    return quantiles[1:-1]


def counts(reference, current, inner):
    """Rows of each side in the cells between inner edges."""
    ends = np.concatenate(([-np.inf], inner, [np.inf]))
    return np.histogram(reference, ends)[0], np.histogram(current, ends)[0]


def tallies(reference, current):
    """Rows of each side in each category."""
    names = sorted(set(reference) | set(current))
    return tuple(np.array([side.count(n) for n in names]) for side in (reference, current))


def psi(a, b):
    p, q = np.maximum(a / a.sum(), FILL), np.maximum(b / b.sum(), FILL)
    return np.sum((q - p) * np.log(q / p))


def distances(a, b):
    """Every figure of the counts of cells."""
    p, q = a / a.sum(), b / b.sum()
    raised, lifted = np.maximum(p, FILL), np.maximum(q, FILL)
    return {
        "psi": figure(lambda: psi(a, b)),
        "kl_divergence": figure(lambda: np.sum(lifted * np.log(lifted / raised))),
        "jensen_shannon": figure(lambda: jensenshannon(p, q, base=2)),
        "jensen_shannon_natural": figure(lambda: jensenshannon(p, q)),
        "hellinger": figure(lambda: np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2)) / np.sqrt(2)),
        "total_variation": figure(lambda: np.sum(np.abs(p - q)) / 2),
        "l_infinity": figure(lambda: np.max(np.abs(p - q))),
        "normalized_abs_diff": figure(lambda: np.max(np.abs(a - b)) / (a.sum() + b.sum())),
    }


def of_numbers(reference, current):
    """The figures of a column of numbers without nulls."""
    inner = edges(reference)
    a, b = counts(reference, current, inner)
    deciles = np.unique(np.quantile(reference, np.linspace(0.1, 0.9, 9)))
    cells = {"edges": inner.tolist(), "reference": a.tolist(), "current": b.tolist()}
    made = {"cells": cells, **distances(a, b)}
    made["psi_inner_deciles"] = figure(lambda: psi(*counts(reference, current, deciles)))
    return made
