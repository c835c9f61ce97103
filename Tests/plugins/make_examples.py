"""Makes the data of a plugin's example: `python make_examples.py FOLDER`, in the environment of that plugin.

All examples are of loan applications. The same seed gives the same rows.
"""

import re
import sys
from pathlib import Path

import numpy
import pandas


def loans(rows, seed, shift=0.0):
    """Loan applications; `shift` raises the incomes and moves ages."""
    random = numpy.random.default_rng(seed)
    income = numpy.exp(random.normal(10.4 + shift, 0.5, rows)).round(2)
    debt = (income * random.gamma(2.0, 0.25, rows)).round(2)
    age = random.integers(19, 75, rows) + int(10 * shift)
    risk = 3.0 * debt / income - 0.03 * (age - 40) - 1.8
    return pandas.DataFrame({
        "application_id": numpy.arange(rows),
        "income": income,
        "debt": debt,
        "age": age,
        "region": random.choice(["north", "south", "east"], rows, p=[0.5, 0.3, 0.2]),
        "sex": random.choice(["f", "m"], rows),
        "defaulted": (random.random(rows) < 1 / (1 + numpy.exp(-risk))).astype(int),
    })


def scores(table, seed, noise):
    """The answers of a model that is wrong by `noise`, as Gatewright hands them over."""
    random = numpy.random.default_rng(seed)
    risk = 3.0 * table["debt"] / table["income"] - 0.03 * (table["age"] - 40) - 1.8
    score = 1 / (1 + numpy.exp(-(risk + random.normal(0, noise, len(table)))))
    return pandas.DataFrame({
        "row": numpy.arange(len(table)), "id": table["application_id"], "label": table["defaulted"],
        "score": score.round(6),
    })


def scored(table, seed):
    """Loan applications with what a model that is calibrated said of them."""
    score = scores(table, seed, 0.2)["score"]
    return table.assign(score=score, prediction=(score >= 0.5).astype(int))


FEATURES = ["income", "debt", "age", "region"]


def pipeline(table):
    """A model of scikit-learn, trained on a table."""
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    columns = make_column_transformer(
        (StandardScaler(), ["income", "debt", "age"]), (OneHotEncoder(handle_unknown="ignore"), ["region"]))
    return make_pipeline(columns, LogisticRegression()).fit(table[FEATURES], table["defaulted"])


def save_joblib(table, path):
    import joblib

    joblib.dump(pipeline(table), path)


def save_skops(table, path):
    import skops.io

    skops.io.dump(pipeline(table), path)


def save_catboost(table, path):
    import catboost

    catboost.CatBoostClassifier(
        iterations=20, depth=3, random_seed=1, verbose=False, allow_writing_files=False, cat_features=["region"]
    ).fit(table[FEATURES], table["defaulted"]).save_model(path)


def save_statsmodels(table, path):
    import statsmodels.formula.api

    model = statsmodels.formula.api.logit("defaulted ~ income + debt + age + C(region)", table.head(200))
    model.fit(disp=False).save(path, remove_data=True)


def save_lightgbm(table, path):
    import lightgbm

    rows = lightgbm.Dataset(table[["income", "debt", "age"]], table["defaulted"])
    words = {"objective": "binary", "num_leaves": 7, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True}
    lightgbm.train(words, rows, num_boost_round=15).save_model(path)


def save_torch(table, path):
    import torch

    torch.manual_seed(1)
    net = torch.nn.Sequential(torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
    rows = torch.tensor(table[["income", "debt", "age"]].to_numpy(), dtype=torch.float32)
    label = torch.tensor(table["defaulted"].to_numpy(), dtype=torch.float32)
    step = torch.optim.Adam(net.parameters(), lr=0.05)
    for _ in range(100):
        step.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(net(rows)[:, 0], label).backward()
        step.step()
    torch.jit.script(net.eval()).save(path)


PURPOSES = {"car": ["a new car", "repair of my car"], "home": ["a new roof", "my first home"], "study": ["fees of my study"]}


def texts(rows, seed):
    """What loans are for, in words."""
    random = numpy.random.default_rng(seed)
    return pandas.DataFrame({"purpose": [random.choice(PURPOSES[random.choice(list(PURPOSES))]) for _ in range(rows)]})


def save_huggingface(table, path):
    import shutil
    import tempfile

    import tokenizers
    import torch
    import transformers

    torch.manual_seed(1)
    words = sorted({word for said in PURPOSES.values() for text in said for word in text.split()})
    known = {word: place for place, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    inner = tokenizers.Tokenizer(tokenizers.models.WordLevel(known, unk_token="[UNK]"))
    inner.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=inner, pad_token="[PAD]", unk_token="[UNK]")
    labels = dict(enumerate(PURPOSES))
    model = transformers.BertForSequenceClassification(transformers.BertConfig(
        vocab_size=len(known), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=32, id2label=labels, label2id={name: place for place, name in labels.items()}))
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.save_pretrained(folder)
        model.save_pretrained(folder)
        shutil.make_archive(path.removesuffix(".zip"), "zip", folder)


def save_mlflow(table, path):
    import shutil
    import tempfile

    import mlflow.sklearn

    with tempfile.TemporaryDirectory() as folder:
        mlflow.sklearn.save_model(
            pipeline(table), folder + "/model", pip_requirements=[], pyfunc_predict_fn="predict_proba",
            serialization_format="cloudpickle")
        shutil.make_archive(path.removesuffix(".zip"), "zip", folder + "/model")


def save_keras(table, path):
    import keras

    keras.utils.set_random_seed(1)
    rows = table[["income", "debt", "age"]].to_numpy(dtype="float32")
    middle = keras.layers.Normalization()
    middle.adapt(rows)
    model = keras.Sequential([keras.Input((3,)), middle, keras.layers.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy")
    model.fit(rows, table["defaulted"].to_numpy(), epochs=5, verbose=0)
    model.save(path)


MODELS = {
    "model.keras": save_keras,
    "model.hf.zip": save_huggingface, "model.mlflow.zip": save_mlflow,
    "model.lightgbm.txt": save_lightgbm, "model.torchscript.pt": save_torch, "model.joblib": save_joblib, "model.skops": save_skops, "model.cbm": save_catboost, "model.pickle": save_statsmodels,
}


def main(folder):
    """Writes what the example names, by the names of its files."""
    example = folder / "example"
    wanted = re.findall(r"[\w.]+", (example / "example.yaml").read_text())
    holdout, reference = loans(240, 1), loans(240, 2)
    made = {
        "holdout.parquet": holdout,
        "current.parquet": loans(240, 3, shift=0.15),
        "reference.parquet": reference,
        "candidate.parquet": scores(holdout, 4, 0.3),
        "champion.parquet": scores(holdout, 5, 0.8),
        "scored_reference.parquet": scored(loans(1000, 7), 8),
        "scored_current.parquet": scored(loans(400, 9), 10),
        "texts.parquet": texts(40, 11),
        "rows.parquet": holdout[FEATURES].head(40),
        "numbers.parquet": holdout[FEATURES[:3]].head(40),
    }
    for name, table in made.items():
        if name in wanted:
            table.to_parquet(example / name, index=False)
            print(f"{example / name}: {len(table)} rows")
    for name, save in MODELS.items():
        if name in wanted:
            save(loans(2000, 6), str(example / name))
            print(example / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
