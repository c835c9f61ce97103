"""Makes the models whose answers need more than a look at their numbers, and `answers.json`, the scores that the
reference libraries give them.

Run in this folder with:
  pip install numpy==2.4.6 pandas==3.1.1 scikit-learn==1.9.1 onnx==1.23.2 skl2onnx==1.20.0 \
    onnxruntime==1.31.1 lightgbm==4.7.0 xgboost-cpu==3.2.0
"""

import json

import lightgbm as lgb
import numpy as np
import onnx
import pandas as pd
import xgboost as xgb
from onnx import TensorProto as T
from onnx import helper as h
from skl2onnx import to_onnx
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

random = np.random.default_rng(5)
ROWS, PROBE = 240, 40
X = random.normal(size=(ROWS, 2)).round(3)
a, b = X.T
region = random.choice(["u", "v", "w"], ROWS)
grade = random.choice([3, 7, 11], ROWS)
margin = a + 0.5 * b + (region == "u") + 0.5 * (grade == 7) + random.normal(0, 0.7, ROWS)
bad = (margin > 0.5).astype(int)
third = (margin > 0.5).astype(int) + (margin > 1.3)

rows = {"a": a, "b": b, "region": region, "grade": grade}
expected = {"rows": {k: v[:PROBE].tolist() for k, v in rows.items()}, "scores": {}}
scores = expected["scores"]


def keep(name, values):
    scores[name] = np.asarray(values, dtype=float)[:PROBE].ravel().tolist()


# Text classes in any disguise, and the order that scikit-learn gives them.
for name, labels, option in [
    ("texts.onnx", ["10", "9", "b"], {"zipmap": False}),
    ("texts-columns.onnx", ["10", "9", "b"], {"zipmap": "columns"}),
    ("accents.onnx", ["é", "b", "B"], {"zipmap": False}),
    ("blanks.onnx", ["", " a", "a"], {"zipmap": False}),
    ("margins.onnx", ["10", "9", "b"], {"zipmap": False, "raw_scores": True}),
]:
    model = LogisticRegression().fit(X.astype(np.float32), np.array(labels)[third])
    onnx.save(to_onnx(model, X[:1].astype(np.float32), options={id(model): option}, target_opset=17), name)
    keep(name, model.predict_proba(X.astype(np.float32)))
    expected.setdefault("classes", {})[name] = model.classes_.tolist()

frame = pd.DataFrame({"a": a, "b": b})
quiet = {"verbosity": -1, "num_leaves": 4, "min_data_in_leaf": 5, "min_data_per_group": 5, "num_threads": 1}


def save(name, model, values):
    (model.booster_ if hasattr(model, "booster_") else model).save_model(name)
    keep(name, values)


# Stopped early by the wrapper: the best round is not the last.
wrong = np.where(random.random(ROWS) < 0.35, 1 - bad, bad)
early = xgb.XGBClassifier(n_estimators=30, max_depth=1, learning_rate=0.9, early_stopping_rounds=4, n_jobs=1)
early.fit(frame[:120], bad[:120], eval_set=[(frame[120:], wrong[120:])], verbose=False)
assert early.best_iteration + 1 < early.get_booster().num_boosted_rounds()
save("early.xgboost.json", early, early.predict_proba(frame)[:, 1])
keep("early.xgboost.json all", early.get_booster().predict(xgb.DMatrix(frame)))
expected["rounds"] = [early.best_iteration + 1, early.get_booster().num_boosted_rounds()]

cats = frame[["a"]].assign(region=pd.Categorical(region), grade=pd.Categorical(grade))
model = xgb.XGBClassifier(n_estimators=4, max_depth=2, enable_categorical=True, n_jobs=1).fit(cats, bad)
save("categories.xgboost.ubj", model, model.predict_proba(cats)[:, 1])

flags = np.c_[bad, a > 0]
model = xgb.XGBClassifier(n_estimators=3, max_depth=2, n_jobs=1).fit(frame, flags)
save("flags.xgboost.json", model, model.predict_proba(frame))
model = xgb.XGBRegressor(
    objective="reg:quantileerror", quantile_alpha=np.array([0.9, 0.5, 0.1]), n_estimators=4, max_depth=2, n_jobs=1
).fit(frame, margin)
save("quantiles.xgboost.json", model, model.predict(frame))

# One input of dtype category and one of whole numbers, both categorical.
mixed = frame[["a"]].assign(grade=grade, region=pd.Categorical(region))
model = lgb.train({**quiet, "objective": "binary"}, lgb.Dataset(mixed, bad, categorical_feature=["grade", "region"]), 4)
save("mixed.lightgbm.txt", model, model.predict(mixed))


def loss(margins, data):
    """The gradient of the log loss of margins."""
    p = 1 / (1 + np.exp(-margins))
    return p - data.get_label(), p * (1 - p)


model = lgb.train({**quiet, "objective": loss}, lgb.Dataset(frame, bad), 4)
save("custom.lightgbm.txt", model, 1 / (1 + np.exp(-model.predict(frame))))
keep("custom.lightgbm.txt 2", 1 / (1 + np.exp(-model.predict(frame, num_iteration=2))))
model = lgb.LGBMRanker(n_estimators=3, num_leaves=4, min_child_samples=5, n_jobs=1, verbosity=-1)
model.fit(frame, third, group=[10] * (ROWS // 10))
save("ranking.lightgbm.txt", model, model.predict(frame))


# Codes that are categories without a list; of the third no tree makes a split.
codes, kinds = random.integers(0, 6, 400), random.integers(0, 3, 400)
noise = random.normal(size=400)
odd = ((codes % 2) + 0.3 * noise + random.normal(0, 0.3, 400) > 0.5).astype(int)
lgb.train(
    quiet | {"objective": "binary", "cat_smooth": 1},
    lgb.Dataset(np.c_[codes, noise, kinds], odd, feature_name=["k", "x", "m"], categorical_feature=[0, 2]), 3,
).save_model("codes.lightgbm.txt")


def by_hand(path, nodes, inputs, constants=()):
    """An ONNX model of the given nodes, whose answer is a probability."""
    probability = h.make_tensor_value_info("probability", T.FLOAT, [inputs[0].type.tensor_type.shape.dim[0].dim_value or None, 1])
    graph = h.make_graph(nodes, "loan", inputs, [probability], list(constants))
    onnx.save(h.make_model(graph, opset_imports=[h.make_opsetid("", 17), h.make_opsetid("ai.onnx.ml", 3)], ir_version=8), path)


# Seven rows at a time, a whole number and a half-precision one.
by_hand("unsigned.onnx", [
    h.make_node("Cast", ["grade"], ["g"], to=T.FLOAT), h.make_node("Cast", ["a"], ["f"], to=T.FLOAT),
    h.make_node("Div", ["g", "ten"], ["d"]), h.make_node("Add", ["d", "f"], ["s"]),
    h.make_node("Sigmoid", ["s"], ["probability"]),
], [h.make_tensor_value_info("grade", T.UINT8, [7, 1]), h.make_tensor_value_info("a", T.FLOAT16, [7, 1])],
    [h.make_tensor("ten", T.FLOAT, [1], [10.0])])
keep("unsigned.onnx", 1 / (1 + np.exp(-(grade / 10 + a.astype(np.float16).astype(float)))))

# Texts made lower case by the locale that scikit-learn's converter writes.
by_hand("folded.onnx", [
    h.make_node("Flatten", ["word"], ["flat"], axis=0),
    h.make_node("StringNormalizer", ["flat"], ["low"], case_change_action="LOWER", locale="en_US.UTF-8"),
    h.make_node("Reshape", ["low", "shape"], ["column"]),
    h.make_node("LabelEncoder", ["column"], ["probability"], domain="ai.onnx.ml",
                keys_strings=["é", "ß", "i", "я"], values_floats=[0.1, 0.2, 0.3, 0.4], default_float=0.9),
], [h.make_tensor_value_info("word", T.STRING, [None, 1])], [h.make_tensor("shape", T.INT64, [2], [-1, 1])])

# An ordered category has a list and is taken for numbers; alone, and beside one that is not ordered.
level = pd.Categorical(region, categories=["w", "u", "v"], ordered=True)
for name, columns in [("ordered.lightgbm.txt", {}), ("ordered-beside.lightgbm.txt", {"grade": pd.Categorical(grade)})]:
    ordered = frame[["a"]].assign(**columns, region=level)
    model = lgb.train({**quiet, "objective": "binary"}, lgb.Dataset(ordered, bad), 4)
    save(name, model, model.predict(ordered))

# A classifier a label, whose answers are maps from a label's place to its probability.
model = OneVsRestClassifier(LogisticRegression()).fit(X.astype(np.float32), flags)
onnx.save(to_onnx(model, X[:1].astype(np.float32), target_opset=17), "flags-zipmap.onnx")
keep("flags-zipmap.onnx", model.predict_proba(X.astype(np.float32)))

json.dump(expected, open("answers.json", "w"), indent=1)
