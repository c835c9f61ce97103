"""Great Expectations' Kullback-Leibler divergence of the current side from the reference.

The observed value of ExpectColumnKLDivergenceToBeLessThan on the current side, for a partition made
of the reference. Nulls are left out first. It is sum q ln(q / p), q the current shares of the
cells, p the weights, both made to sum to 1; what is infinite is undefined.

Categories: cells are those of either side; p the reference's shares.
  kl_divergence: undefined with a category the reference lacks.
  kl_divergence_held_out: tail_weight_holdout 0.01: where current has u > 0 categories the reference
    lacks, p times 0.99, and 0.01 / u for each of them.
Numbers: cells are k steps of equal width from the reference's least to its greatest value (a cell
  holds its lower edge, the last both) and what lies below and above; p the reference's shares.
  kl_divergence: k as its partition "auto": the greater of ceil(log2(n + 1)) and ceil((greatest -
    least) / (2 iqr / n^(1/3))), n rows of the reference, iqr between linear quantiles; the first
    only where iqr < 1e-10. Undefined with a current value beyond the reference's, or in an empty
    cell.
  kl_divergence_uniform: the same with k = 10.
  kl_divergence_held_out, kl_divergence_uniform_held_out: tail_weight_holdout and
    internal_weight_holdout 0.01: p times 0.98; the z cells within that are 0 become 0.01 / z (none:
    nothing is added); 0.005 below and 0.005 above.
"""

import great_expectations as gx
import numpy as np
import pandas as pd
from great_expectations.expectations.core.expect_column_kl_divergence_to_be_less_than import (
    ExpectColumnKLDivergenceToBeLessThan,
)

from make_drift import figure, undefined

TAIL = {"tail_weight_holdout": 0.01}
BOTH = {**TAIL, "internal_weight_holdout": 0.01}


def batch(values):
    """A batch of one column, without files."""
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("column")
    whole = asset.add_batch_definition_whole_dataframe("all")
    return whole.get_batch({"dataframe": pd.DataFrame({"x": values})})


def divergence(current, partition, choice):
    expectation = ExpectColumnKLDivergenceToBeLessThan(
        column="x", partition_object=partition, threshold=0.1, **choice
    )
    made = current.validate(expectation)
    if made.exception_info.get("raised_exception", False) or "observed_value" not in made.result:
        raise ValueError(str(made.exception_info)[:160])
    value = made.result["observed_value"]
    return np.nan if value is None else value


def automatic(x):
    """As many steps as its partition "auto" has."""
    sturges, quarters = np.log2(len(x) + 1.0), np.quantile(x, [0.25, 0.75])
    iqr = quarters[1] - quarters[0]
    if iqr < 1e-10:
        return int(np.ceil(sturges))
    width = 2 * iqr / len(x) ** (1 / 3)
    return max(int(np.ceil(sturges)), int(np.ceil((x.max() - x.min()) / width)))


def steps(x, count):
    bins = np.linspace(x.min(), x.max(), count + 1)
    return {"bins": bins.tolist(), "weights": (np.histogram(x, bins)[0] / len(x)).tolist()}


def said(current, partition, choice):
    made = figure(lambda: divergence(current, partition, choice))
    return undefined("infinite") if made.get("undefined") == "NaN" else made


def of_numbers(x, current):
    if x.min() == x.max():
        return {"kl_divergence": undefined("a reference of one value has no partition of steps")}
    made = {}
    for name, count in (("kl_divergence", automatic(x)), ("kl_divergence_uniform", 10)):
        made[name] = said(current, steps(x, count), {})
        made[f"{name}_held_out"] = said(current, steps(x, count), BOTH)
    return made


def of_categories(x, current):
    shares = x.value_counts(normalize=True, sort=False)
    partition = {"values": shares.index.tolist(), "weights": shares.tolist()}
    return {
        "kl_divergence": said(current, partition, {}),
        "kl_divergence_held_out": said(current, partition, TAIL),
    }


def heads(cases):
    made = {}
    for name, case in cases.items():
        x, y = ([v for v in case[s] if v is not None] for s in ("reference", "current"))
        if not y:
            continue
        if case["kind"] == "number":
            made[name] = of_numbers(np.array(x, float), batch(np.array(y, float)))
        else:
            made[name] = of_categories(pd.Series(x), batch(y))
    return {"cases": made}
