"""Makes hygiene-train.csv, hygiene-holdout.csv and deepchecks.json: what Deepchecks measures on data with flaws.

Run with requirements-deepchecks.txt (deepchecks 0.19.1, Python 3.11).
"""

import json
import pathlib

import numpy as np
import pandas as pd
from deepchecks.tabular import Dataset, checks

FOLDER = pathlib.Path(__file__).parent
random = np.random.default_rng(20261121)


def rows(count: int, first: int) -> pd.DataFrame:
    """Rows with an id, numbers, categories and a label."""
    return pd.DataFrame(
        {
            "id": np.arange(first, first + count),
            "amount": random.integers(1, 60, count),
            "term": random.integers(1, 4, count),
            "region": random.choice(["north", "south", "east"], count),
            "note": random.choice(["new", "old", "17", "??"], count, p=[0.5, 0.44, 0.04, 0.02]),
            "status": random.choice(["open", "Open", "open!", "closed"], count),
            "income": random.choice([None, "NA", "low", "high"], count, p=[0.1, 0.1, 0.4, 0.4]),
            "one": 1,
            "y": random.choice(["a", "b"], count, p=[0.2, 0.8]),
        }
    )


train, test = rows(400, 0), rows(200, 400)
test = pd.concat([test, test.iloc[:15], train.iloc[:12]], ignore_index=True)
test.loc[20:22, "region"] = "west"
test.loc[23, "y"] = "c"
train.to_csv(FOLDER / "hygiene-train.csv", index=False)
test.to_csv(FOLDER / "hygiene-holdout.csv", index=False)

texts = ["region", "note", "status", "income"]
features = ["amount", "term", *texts, "one"]
arguments = {"label": "y", "features": features, "cat_features": texts, "index_name": "id"}
ours, theirs = Dataset(test, **arguments), Dataset(train, **arguments)


def value(check, *data):
    """The value of a check, without displays."""
    return check.run(*data, with_display=False).value


nulls = value(checks.MixedNulls(), ours)["columns"]
mixed = value(checks.MixedDataTypes(), ours)
spread = value(checks.FeatureFeatureCorrelation(columns=texts), ours)
figures = {
    "constant_columns": float(any(v == 1 for v in value(checks.IsSingleValue(), ours).values())),
    "special_characters": max(value(checks.SpecialCharacters(), ours).values()),
    "mixed_nulls": max(len(found) for found in nulls.values()),
    "mixed_types": max(min(m["strings"], m["numbers"]) for m in mixed.values() if m),
    "string_variants": max(
        sum(len(variants) - 1 for variants in column.values())
        for column in value(checks.StringMismatch(), ours)["columns"].values()
    ),
    "duplicate_rows": value(checks.DataDuplicates(), ours),
    "conflicting_labels": value(checks.ConflictingLabels(), ours)["percent_of_conflicting_samples"],
    "null_share_max": value(checks.PercentOfNulls(), ours)["Percent of nulls in sample"].max(),
    "size_ratio": (lambda sizes: sizes["Test"] / sizes["Train"])(
        value(checks.DatasetsSizeComparison(), theirs, ours)
    ),
    "new_labels": len(value(checks.NewLabelTrainTest(), theirs, ours)["new_labels"]),
    "new_categories": float(
        value(checks.NewCategoryTrainTest(), theirs, ours)["# New Categories"].max()
    ),
    "index_leakage": value(checks.IndexTrainTestLeakage(), theirs, ours),
    "leakage_rows": value(checks.TrainTestSamplesMix(), theirs, ours)["ratio"],
}
correlations = {
    f"{a} and {b}": float(spread.loc[a, b]) for i, a in enumerate(texts) for b in texts[i + 1 :]
}
result = {
    "figures": {name: float(figure) for name, figure in figures.items()},
    "correlations": correlations,
}
(FOLDER / "deepchecks.json").write_text(json.dumps(result, indent=2) + "\n")
