"""NannyML's drift of one column: UnivariateDriftCalculator, all of current in one chunk.

Nulls are left out of each side first; p are the reference's shares of the cells, q the current's.

Cells of numbers: numpy.histogram_bin_edges(reference, "doane"), the last with both its edges;
  current rows beyond them are one more cell (0, 1 - sum q), where that is above 0. Cells of
  categories: those of the reference; all others of current are one more cell likewise.
  jensen_shannon: the root, base 2. hellinger: sqrt(sum (sqrt p - sqrt q)^2) / sqrt 2.
  l_infinity (categories): max |p - q| over the categories of either side.
  chi_square (categories): X^2 of the 2 x k table of counts, with Yates' correction when k = 2, and
    its p_value.
  ks, wasserstein (numbers): of fewer than 10,000 reference rows SciPy's. Else over 10,000 steps of
    equal width from the reference's least to its greatest value, F and G the cumulated shares of
    whole steps: ks: max |F - G|, G starting at the share of current rows below the first edge.
    wasserstein: width of a step times sum |F - G|, plus the areas below and above the reference;
    with s > 0 current rows below, G starts at (s + 1) / m, and the area below is that times the
    area of the distribution function of these rows and the first edge (s + 1 values) up to that
    edge; above likewise with 1 - the function.

<figure>_limit: chunks of n // 10 rows of the reference in order, what remains one more, nulls
  counted as rows; each chunk against the whole reference; value: their mean + 3 std (ddof 0), of ks
  at most 1. Chunks without values do not count. chi_square has none.
jensen_shannon_chunks: {"values"}: those of jensen_shannon, null without values.
Undefined with fewer than 10 reference rows, for a chunk would have none.
"""

import logging

import nannyml
import numpy as np
import pandas as pd

from make_drift import figure

logging.disable(logging.CRITICAL)
NUMBERS = {
    "ks": "kolmogorov_smirnov",
    "jensen_shannon": "jensen_shannon",
    "wasserstein": "wasserstein",
    "hellinger": "hellinger",
}
CATEGORIES = {
    "chi_square": "chi2",
    "jensen_shannon": "jensen_shannon",
    "l_infinity": "l_infinity",
    "hellinger": "hellinger",
}


def calculated(case, methods):
    """The fitted calculator, and its rows for the reference's chunks and for current."""
    number = case["kind"] == "number"
    x, y = (
        pd.DataFrame({"x": pd.Series(case[s], dtype=float if number else object)})
        for s in ("reference", "current")
    )
    made = nannyml.UnivariateDriftCalculator(
        column_names=["x"],
        treat_as_categorical=[] if number else ["x"],
        continuous_methods=methods if number else [],
        categorical_methods=[] if number else methods,
    )
    made.fit(x)
    chunks = made.result.to_df()["x"]
    made.chunker = nannyml.chunk.SizeBasedChunker(chunk_size=len(y))
    current = made.calculate(y).filter(period="analysis").to_df()["x"]
    assert len(current) == 1
    return made, chunks, current.iloc[0]


def of(case):
    names = NUMBERS if case["kind"] == "number" else CATEGORIES
    made = {}
    for name, method in names.items():
        # A method at a time: where one fails, the calculator has none of the others.
        try:
            fitted, chunks, current = calculated(case, [method])
        except nannyml.exceptions.CalculatorException as error:
            made[name] = figure(lambda e=error: (_ for _ in ()).throw(e))
            continue
        value, limit = current[method, "value"], current[method, "upper_threshold"]
        if name == "chi_square":
            p = fitted._column_to_models_mapping["x"][0]._p_value
            made[name] = figure(lambda v=value, p=p: (v, p))
            continue
        made[name] = figure(lambda v=value: v)
        made[f"{name}_limit"] = figure(lambda v=limit: v)
        if name == "jensen_shannon":
            values = chunks[method, "value"].to_list()
            made[f"{name}_chunks"] = {"values": [None if np.isnan(v) else v for v in values]}
    return made


def heads(cases):
    some = {n: c for n, c in cases.items() if any(v is not None for v in c["current"])}
    return {"cases": {name: of(case) for name, case in some.items()}}
