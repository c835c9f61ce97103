"""Makes the models of this folder and `expected.json`, the scores the reference libraries give them.

Run in this folder with:
  pip install numpy==2.4.6 pandas==3.1.1 scikit-learn==1.9.1 onnx==1.20.0 skl2onnx==1.20.0 \
    onnxruntime==1.31.1 lightgbm==4.7.0 xgboost-cpu==3.2.0
"""

import json

import lightgbm as lgb
import numpy as np
import onnx
import onnxruntime as ort
import pandas as pd
import xgboost as xgb
from onnx import TensorProto as T
from onnx import helper as h
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.linear_model import LinearRegression, LogisticRegression

random = np.random.default_rng(11)
ROWS = 300
income = random.normal(40, 12, ROWS).round(2)
age = random.integers(18, 80, ROWS)
region = random.choice(["east", "north", "south"], ROWS)
joint = random.random(ROWS) < 0.3
margin = 0.08 * (income - 40) + 0.03 * (age - 45) + (region == "north") * 1.2 - joint
defaulted = (margin + random.normal(0, 1, ROWS) > 0).astype(int)
grade = np.where(margin > 1, "high", np.where(margin < -1, "low", "mid"))
X = np.column_stack([income, age]).astype(np.float32)
PROBE = 40  # rows whose scores are kept

rows = {
    "income": [None if i == 3 else float(v) for i, v in enumerate(income[:PROBE])],
    "age": age[:PROBE].tolist(),
    "region": [None if i == 5 else "west" if i == 7 else str(v) for i, v in enumerate(region[:PROBE])],
    "joint": joint[:PROBE].tolist(),
}
plain = {"income": income[:PROBE].tolist(), "region": region[:PROBE].tolist()}
expected = {"rows": rows, "plain": plain, "scores": {}}
scores = expected["scores"]


def run(path, feeds):
    """The answers of an ONNX model."""
    return ort.InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, feeds)


def sklearn_model(path, model, y, **options):
    """A scikit-learn model on the matrix of two numbers, as ONNX."""
    fitted = model.fit(X, y)
    shape = [("X", FloatTensorType([None, 2]))]
    onnx.save(convert_sklearn(fitted, initial_types=shape, target_opset=17, **options), path)
    return run(path, {"X": X[:PROBE]})


binary = LogisticRegression(max_iter=1000)
zipmap_off = {"options": {LogisticRegression: {"zipmap": False}}}
scores["matrix.onnx"] = sklearn_model("matrix.onnx", binary, defaulted, **zipmap_off)[1][:, 1].tolist()
scores["zipmap.onnx"] = [r[1] for r in sklearn_model("zipmap.onnx", binary, defaulted)[1]]
scores["classes.onnx"] = sklearn_model("classes.onnx", binary, grade, **zipmap_off)[1].ravel().tolist()
scores["classes-zipmap.onnx"] = [
    r[c] for r in sklearn_model("classes-zipmap.onnx", binary, grade)[1] for c in ("high", "low", "mid")
]
scores["regression.onnx"] = sklearn_model("regression.onnx", LinearRegression(), margin)[0].ravel().tolist()


def by_hand(path, nodes, inputs, outputs, constants=()):
    """An ONNX model of the given nodes."""
    graph = h.make_graph(nodes, "loan", inputs, outputs, list(constants))
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 17), h.make_opsetid("ai.onnx.ml", 3)], ir_version=8)
    onnx.save(model, path)


def tensor(name, kind, shape):
    return h.make_tensor_value_info(name, kind, shape)


number = tensor("income", T.FLOAT, [None, 1])
logistic = [
    h.make_node("Sub", ["income", "forty"], ["centred"]),
    h.make_node("Sigmoid", ["centred"], ["probability"]),
]
forty = h.make_tensor("forty", T.FLOAT, [1], [40.0])

# Labels only: a loan above forty is bad.
by_hand("labels.onnx", [
    h.make_node("Greater", ["income", "forty"], ["above"]),
    h.make_node("Cast", ["above"], ["label"], to=T.INT64),
], [number], [tensor("label", T.INT64, [None, 1])], [forty])
scores["labels.onnx"] = (income[:PROBE].astype(np.float32) > 40).astype(int).tolist()

# A text, a whole number, a yes or no and a number, each a named input, added up to a probability.
by_hand("mixed.onnx", [
    h.make_node("LabelEncoder", ["region"], ["place"], domain="ai.onnx.ml",
                keys_strings=["east", "north", "south"], values_floats=[0.1, 0.2, 0.3], default_float=0.05),
    h.make_node("Cast", ["age"], ["years"], to=T.FLOAT),
    h.make_node("Cast", ["joint"], ["both"], to=T.FLOAT),
    h.make_node("Div", ["years", "forty"], ["part"]),
    h.make_node("Add", ["place", "part"], ["a"]),
    h.make_node("Add", ["a", "both"], ["b"]),
    h.make_node("Sub", ["b", "income"], ["c"]),
    h.make_node("Sigmoid", ["c"], ["probability"]),
], [tensor("region", T.STRING, [None, 1]), tensor("age", T.INT64, [None, 1]),
    tensor("joint", T.BOOL, [None, 1]), tensor("income", T.FLOAT, [None, 1])],
    [tensor("probability", T.FLOAT, [None, 1])], [forty])
mixed_income = (income[:PROBE] / 40).astype(np.float32)
scores["mixed.onnx"] = run("mixed.onnx", {
    "region": region[:PROBE, None].astype(object), "age": age[:PROBE, None].astype(np.int64),
    "joint": joint[:PROBE, None], "income": mixed_income[:, None]})[0].ravel().tolist()

# One row at a time.
by_hand("single.onnx", logistic, [tensor("income", T.FLOAT, [1, 1])], [tensor("probability", T.FLOAT, [1, 1])], [forty])
scores["single.onnx"] = (1 / (1 + np.exp(-(income[:PROBE].astype(np.float32) - 40)))).tolist()
by_hand("seven.onnx", logistic, [tensor("income", T.FLOAT, [7, 1])], [tensor("probability", T.FLOAT, [7, 1])], [forty])
scores["seven.onnx"] = scores["single.onnx"]
# A margin, which is no probability.
by_hand("margin.onnx", logistic[:1], [number], [tensor("centred", T.FLOAT, [None, 1])], [forty])

frame = pd.DataFrame({"income": income, "age": age, "region": pd.Categorical(region), "joint": joint})
probe = pd.DataFrame({
    "income": pd.Series(rows["income"], dtype=float), "age": rows["age"],
    "region": pd.Categorical(rows["region"], categories=["east", "north", "south"]), "joint": rows["joint"]})
quiet = {"verbosity": -1, "num_leaves": 5, "min_data_in_leaf": 5, "min_data_per_group": 5, "num_threads": 1}
for path, objective, y in [
    ("binary.lightgbm.txt", {"objective": "binary"}, defaulted),
    ("classes.lightgbm.txt", {"objective": "multiclass", "num_class": 3}, pd.Categorical(grade).codes),
]:
    booster = lgb.train({**quiet, **objective}, lgb.Dataset(frame, y), 6)
    booster.save_model(path)
    scores[path] = lgb.Booster(model_file=path).predict(probe).ravel().tolist()

numbers = probe[["income", "age"]]
for path, objective, y in [
    ("binary.xgboost.json", {"objective": "binary:logistic"}, defaulted),
    ("binary.xgboost.ubj", {"objective": "binary:logistic"}, defaulted),
    ("classes.xgboost.json", {"objective": "multi:softprob", "num_class": 3}, pd.Categorical(grade).codes),
]:
    booster = xgb.train({**objective, "max_depth": 3, "nthread": 1}, xgb.DMatrix(frame[["income", "age"]], y), 6)
    booster.save_model(path)
    scores[path] = booster.predict(xgb.DMatrix(numbers)).ravel().astype(float).tolist()

# What a hostile model may try.
body = h.make_graph(
    [h.make_node("Identity", ["go"], ["again"]), h.make_node("Identity", ["carried"], ["carry"])], "body",
    [tensor("step", T.INT64, []), tensor("go", T.BOOL, []), tensor("carried", T.FLOAT, [None, 1])],
    [tensor("again", T.BOOL, []), tensor("carry", T.FLOAT, [None, 1])])
by_hand("endless.onnx", [h.make_node("Loop", ["", "yes", "income"], ["probability"], body=body)], [number],
        [tensor("probability", T.FLOAT, [None, 1])], [h.make_tensor("yes", T.BOOL, [], [True])])
by_hand("huge.onnx", [
    h.make_node("ConstantOfShape", ["shape"], ["zeros"], value=h.make_tensor("v", T.FLOAT, [1], [0.0])),
    h.make_node("ReduceMax", ["zeros"], ["top"], keepdims=0),
    h.make_node("Add", ["income", "top"], ["probability"]),
], [number], [tensor("probability", T.FLOAT, [None, 1])], [h.make_tensor("shape", T.INT64, [1], [1 << 36])])
outside = h.make_tensor("forty", T.FLOAT, [1], b"\0\0\0\0", raw=True)
outside.ClearField("raw_data")
outside.data_location = T.EXTERNAL
outside.external_data.add(key="location", value="../secret.bin")
by_hand("external.onnx", logistic, [number], [tensor("probability", T.FLOAT, [None, 1])], [outside])

json.dump(expected, open("expected.json", "w"), indent=1)
