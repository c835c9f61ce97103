"""Makes the loan-default example: the data, the four models, and the figures in README.md.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make.py            # writes beside this file, then prints the metrics
    venv/bin/python make.py --metrics  # prints the metrics of what is there

Everything is imaginary and comes from one seed. The data is the same byte for byte with the
pinned versions; the models are as far as their libraries allow (one thread, fixed seeds).
"""

import sys
from pathlib import Path

import lightgbm
import numpy as np
import onnxruntime
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import skl2onnx
import xgboost
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn import metrics
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

HERE = Path(__file__).resolve().parent
SEED = 20260117
THRESHOLD = 0.5

REGIONS = ["north", "south", "east", "west"]
PURPOSES = ["business", "car", "debt", "home", "medical", "study"]
EMPLOYMENTS = ["none", "permanent", "retired", "self-employed", "temporary"]
OPSET = {"": 17, "ai.onnx.ml": 3}

# --- data ---------------------------------------------------------------------------------------


def applications(random, rows, first_id, first_day, days):
    """A table of loan applications, each with whether it was paid back."""
    age = np.clip(np.round(random.normal(43, 14, rows)), 18, 84).astype(np.int32)
    region = random.choice(REGIONS, rows, p=[0.3, 0.3, 0.2, 0.2])
    purpose = random.choice(PURPOSES, rows, p=[0.12, 0.27, 0.22, 0.2, 0.09, 0.1])
    employment = random.choice(EMPLOYMENTS, rows, p=[0.06, 0.58, 0.0, 0.16, 0.2])
    employment = np.where(age >= 66, "retired", employment)
    sex = random.choice(["female", "male"], rows)

    level = dict(zip(EMPLOYMENTS, [0.35, 1.0, 0.7, 1.1, 0.75]))
    income = random.lognormal(np.log(44000), 0.42, rows) * np.vectorize(level.get)(employment)
    income = np.round(income, -2)
    income[(employment == "none") & (random.random(rows) < 0.3)] = 0
    debt = np.round(random.lognormal(np.log(9000), 0.9, rows), -2)
    months_known = np.floor(random.exponential(30, rows)).astype(np.int32)
    loan_amount = np.clip(np.round(random.lognormal(np.log(9500), 0.6, rows), -2), 1000, 60000)

    # What decides: what a linear model finds, and three meetings of columns that it cannot.
    ratio = np.minimum(debt / np.maximum(income, 4000), 2.5)
    burden = np.minimum(loan_amount / np.maximum(income, 4000), 2.5)
    risk = (
        2.0 * ratio
        + 1.6 * burden
        - 0.5 * (np.log(np.maximum(income, 4000)) - 10.6)
        + 0.9 * (employment == "temporary")
        + 1.1 * (region == "south")
        + 0.6 * (age < 26)
        + 2.8 * ((months_known < 6) & (burden > 0.3))
        + 3.0 * ((purpose == "business") & (employment == "self-employed"))
        + 2.4 * ((ratio > 0.45) & np.isin(purpose, ["debt", "medical"]))
    )
    rate = np.round(np.clip(4 + 1.1 * risk + random.normal(0, 1.6, rows), 1.5, 24), 2)
    logit = 2.0 * (risk - 4.05)
    defaulted = (random.random(rows) < 1 / (1 + np.exp(-logit))).astype(np.int32)

    income[random.random(rows) < 0.04] = np.nan
    region = np.where(random.random(rows) < 0.03, None, region)
    day = np.sort(random.integers(0, days, rows))
    exposure = np.round(np.clip(random.lognormal(0, 0.4, rows), 0.2, 4), 2)
    return pd.DataFrame(
        {
            "application_id": np.arange(first_id, first_id + rows, dtype=np.int64),
            "applied_on": (np.datetime64(first_day, "D") + day).astype("datetime64[D]"),
            "income": income,
            "debt": debt,
            "age": age,
            "months_known": months_known,
            "loan_amount": loan_amount,
            "interest_rate": rate,
            "region": region,
            "purpose": purpose,
            "employment": employment,
            "sex": sex,
            "exposure": exposure,
            "defaulted": defaulted,
        }
    )


SCHEMA = pa.schema(
    [
        pa.field("application_id", pa.int64(), nullable=False),
        pa.field("applied_on", pa.date32(), nullable=False),
        pa.field("income", pa.float64()),
        pa.field("debt", pa.float64(), nullable=False),
        pa.field("age", pa.int32(), nullable=False),
        pa.field("months_known", pa.int32(), nullable=False),
        pa.field("loan_amount", pa.float64(), nullable=False),
        pa.field("interest_rate", pa.float64(), nullable=False),
        pa.field("region", pa.string()),
        pa.field("purpose", pa.string(), nullable=False),
        pa.field("employment", pa.string(), nullable=False),
        pa.field("sex", pa.string(), nullable=False),
        pa.field("exposure", pa.float64(), nullable=False),
        pa.field("defaulted", pa.int32(), nullable=False),
    ]
)


def write(frame, path):
    """Writes a parquet file in which NaN and None are null, without pandas' own metadata."""
    path.parent.mkdir(exist_ok=True)
    columns = []
    for field in SCHEMA:
        values = frame[field.name].to_numpy()
        if field.name == "applied_on":
            values = values.astype("datetime64[D]")
        columns.append(pa.array(values, type=field.type, from_pandas=True))
    table = pa.Table.from_arrays(columns, schema=SCHEMA)
    pq.write_table(table, path, compression="zstd", compression_level=15)


def read(path):
    """The table as the models are given it, with the manifest's `data.derive`."""
    frame = pq.read_table(path).to_pandas()
    frame["debt_ratio"] = frame["debt"] / frame["income"].where(frame["income"] != 0)
    return frame


# --- models -------------------------------------------------------------------------------------

CHAMPION_NUMBERS = ["income", "debt", "age", "months_known", "loan_amount", "interest_rate"]
CHAMPION_STRINGS = ["region", "employment"]
NUMBERS = CHAMPION_NUMBERS + ["debt_ratio"]
STRINGS = ["region", "purpose", "employment"]
CATEGORIES = {
    "region": sorted(REGIONS),
    "purpose": PURPOSES,
    "employment": EMPLOYMENTS,
}


def sklearn_inputs(frame):
    """Columns of a scikit-learn pipeline: numbers as float32, a null string as 'unknown'."""
    numbers = frame[CHAMPION_NUMBERS].astype(np.float32)
    strings = frame[CHAMPION_STRINGS].astype(object)
    strings = strings.where(strings.notna(), "unknown")
    return pd.concat([numbers, strings], axis=1)


def pipeline(classifier):
    """Median for a missing number, one column a category, then the classifier."""
    numbers = Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    strings = OneHotEncoder(handle_unknown="ignore", dtype=np.float32)
    return Pipeline(
        [
            (
                "columns",
                ColumnTransformer(
                    [
                        ("numbers", numbers, CHAMPION_NUMBERS),
                        ("strings", strings, CHAMPION_STRINGS),
                    ]
                ),
            ),
            ("classifier", classifier),
        ]
    )


def write_onnx(model, path, name, zipmap):
    """One named input a column; with `zipmap` the probabilities leave as a sequence of maps."""
    inputs = [(c, FloatTensorType([None, 1])) for c in CHAMPION_NUMBERS]
    inputs += [(c, StringTensorType([None, 1])) for c in CHAMPION_STRINGS]
    onnx = skl2onnx.convert_sklearn(
        model,
        name=name,
        initial_types=inputs,
        target_opset=OPSET,
        options={id(model): {"zipmap": zipmap}},
    )
    imports = sorted((o.domain, o.version) for o in onnx.opset_import)
    del onnx.opset_import[:]
    for domain, version in imports:  # left alone, their order changes from run to run
        onnx.opset_import.add(domain=domain, version=version)
    path.write_bytes(onnx.SerializeToString(deterministic=True))


def lightgbm_inputs(frame):
    frame = frame[NUMBERS + STRINGS].copy()
    for column in STRINGS:
        frame[column] = pd.Categorical(frame[column], categories=CATEGORIES[column])
    return frame


def make_models(train, folder):
    folder.mkdir(exist_ok=True)
    label = train["defaulted"].to_numpy()

    champion = pipeline(LogisticRegression(C=1.0, max_iter=1000))
    champion.fit(sklearn_inputs(train), label)
    write_onnx(champion, folder / "champion.onnx", "loan_default_champion", False)

    # The regression: income arrived as a monthly figure when this one was trained.
    monthly = train.assign(income=train["income"] / 12)
    regressed = pipeline(
        GradientBoostingClassifier(n_estimators=60, max_depth=3, random_state=SEED)
    )
    regressed.fit(sklearn_inputs(monthly), label)
    write_onnx(regressed, folder / "candidate-regressed.onnx", "loan_default_regressed", True)

    # More debt, a larger loan or a higher rate never lowers the risk.
    rising = {"debt": 1, "loan_amount": 1, "interest_rate": 1, "debt_ratio": 1}
    booster = lightgbm.train(
        {
            "objective": "binary",
            "num_leaves": 8,
            "learning_rate": 0.06,
            "min_data_in_leaf": 60,
            "lambda_l2": 5.0,
            "min_data_per_group": 60,
            "monotone_constraints": [rising.get(c, 0) for c in NUMBERS + STRINGS],
            "num_threads": 1,
            "deterministic": True,
            "force_row_wise": True,
            "seed": SEED,
            "verbosity": -1,
        },
        lightgbm.Dataset(lightgbm_inputs(train), label),
        num_boost_round=140,
    )
    booster.save_model(folder / "candidate.lightgbm.txt")

    trees = xgboost.train(
        {
            "objective": "binary:logistic",
            "max_depth": 4,
            "eta": 0.1,
            "min_child_weight": 5,
            "tree_method": "hist",
            "nthread": 1,
            "seed": SEED,
        },
        xgboost.DMatrix(train[NUMBERS], label),
        num_boost_round=70,
    )
    trees.save_model(folder / "candidate.xgboost.ubj")


# --- figures ------------------------------------------------------------------------------------


def score_onnx(path, frame):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    inputs = sklearn_inputs(frame)
    probabilities = session.run(None, {c: inputs[[c]].to_numpy() for c in inputs})[1]
    if isinstance(probabilities, list):
        return np.array([row[1] for row in probabilities], dtype=np.float64)
    return probabilities[:, 1].astype(np.float64)


def scores(folder, frame):
    """Every model's probability of default, read back from its file."""
    booster = lightgbm.Booster(model_file=folder / "candidate.lightgbm.txt")
    trees = xgboost.Booster(model_file=folder / "candidate.xgboost.ubj")
    return {
        "champion": score_onnx(folder / "champion.onnx", frame),
        "candidate": booster.predict(lightgbm_inputs(frame), num_threads=1),
        "regressed": score_onnx(folder / "candidate-regressed.onnx", frame),
        "xgboost": trees.predict(xgboost.DMatrix(frame[NUMBERS])).astype(np.float64),
    }


def figures(label, score, weight):
    """The metrics of one model by scikit-learn."""
    positive = score >= THRESHOLD
    of_score = {
        "roc_auc": metrics.roc_auc_score,
        "average_precision": metrics.average_precision_score,
        "log_loss": metrics.log_loss,
        "brier_score": metrics.brier_score_loss,
    }
    of_decision = {
        "accuracy": metrics.accuracy_score,
        "balanced_accuracy": metrics.balanced_accuracy_score,
        "recall": metrics.recall_score,
        "precision": metrics.precision_score,
        "f1": metrics.f1_score,
    }
    figures = {k: f(label, score, sample_weight=weight) for k, f in of_score.items()}
    return figures | {k: f(label, positive, sample_weight=weight) for k, f in of_decision.items()}


def slices(frame):
    """The manifest's slices, as masks."""
    region = frame["region"].astype(object).where(frame["region"].notna(), "(null)")
    band = pd.cut(frame["age"], [-np.inf, 25, 40, 60, np.inf], right=False).astype(str)
    yield from ((f"sex={v}", frame["sex"] == v) for v in sorted(set(frame["sex"])))
    yield from ((f"region={v}", region == v) for v in sorted(set(region)))
    yield from ((f"age_band={v}", band == v) for v in sorted(set(band)))
    yield "new-customers", frame["months_known"] < 6
    for s in sorted(set(frame["sex"])):
        of_sex = frame["sex"] == s
        yield from ((f"sex={s}, region={v}", of_sex & (region == v)) for v in sorted(set(region)))


def print_metrics(holdout, folder):
    label = holdout["defaulted"].to_numpy()
    weight = holdout["exposure"].to_numpy()
    by_weight = np.average(label, weights=weight)
    print(f"rows {len(label)}, defaulted {label.mean():.4f}, by exposure {by_weight:.4f}")
    every = scores(folder, holdout)
    for title, weights in [("weighted by exposure", weight), ("unweighted", None)]:
        print(f"\n{title}")
        print(pd.DataFrame({k: figures(label, s, weights) for k, s in every.items()}).to_string())
    right = {k: (s >= THRESHOLD) == (label == 1) for k, s in every.items()}
    print("\nnegative flips (champion right, this one wrong): share of rows, share of weight")
    for name in ["candidate", "regressed", "xgboost"]:
        flipped = right["champion"] & ~right[name]
        print(f"{name:10} {flipped.mean():.6f} {np.average(flipped, weights=weight):.6f}")
    rows = []
    for name, mask in slices(holdout):
        mask = mask.to_numpy()
        row = {"slice": name, "rows": mask.sum(), "positives": label[mask].sum()}
        for model in ["champion", "candidate", "regressed"]:
            one = figures(label[mask], every[model][mask], weight[mask])
            row |= {f"{model} {k}": one[k] for k in ["recall", "roc_auc", "accuracy"]}
        rows.append(row)
    print("\nby slice, weighted")
    print(pd.DataFrame(rows).to_string(index=False, float_format="{:.4f}".format))


def main():
    if "--metrics" not in sys.argv:
        random = np.random.Generator(np.random.PCG64(SEED))
        train = applications(random, 8000, 100_001, "2024-01-01", 540)
        holdout = applications(random, 5000, 200_001, "2025-07-01", 180)
        write(train, HERE / "train.parquet")
        write(holdout, HERE / "data" / "holdout.parquet")
        make_models(read(HERE / "train.parquet"), HERE / "models")
    print_metrics(read(HERE / "data" / "holdout.parquet"), HERE / "models")


if __name__ == "__main__":
    main()
