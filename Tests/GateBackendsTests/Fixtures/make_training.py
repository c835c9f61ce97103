"""Makes `training.json`: the gains of the boosters of this folder, and what LightGBM learns of two sides of rows.

Run in this folder, after `make_fixtures.py`, with:
  pip install numpy==2.4.6 pandas==3.1.1 lightgbm==4.7.0 xgboost-cpu==3.2.0

`gains`: for each model the sum of the gains of all splits by input, in the order of the inputs; null: it has none.
`linear.xgboost.json` (a linear booster, without gains) and `nameless.xgboost.json` (inputs without names) are made here.

`job`: features by name, `numbers` (null: missing) or `codes` (every code a category); `isCurrent`, `isScored` by row;
`scores` of the rows of `isScored` by trees of the other rows, and `gains` by feature; `rounds` of trees with `leaves` at most,
with `leafRows` rows of a leaf at least and `categoryRows` of a category.
"""

import json

import lightgbm as lgb
import numpy as np
import xgboost as xgb

random = np.random.default_rng(5)
income = random.normal(40, 12, 200)
age = random.integers(18, 80, 200).astype(float)
late = (0.1 * (income - 40) + random.normal(0, 1, 200) > 0).astype(int)
matrix = np.column_stack([income, age])
quiet = {"objective": "binary:logistic", "nthread": 1, "max_depth": 2}
linear = {**quiet, "booster": "gblinear", "updater": "coord_descent"}
xgb.train(linear, xgb.DMatrix(matrix, late, feature_names=["income", "age"]), 3).save_model("linear.xgboost.json")
xgb.train(quiet, xgb.DMatrix(matrix, late), 3).save_model("nameless.xgboost.json")

gains = {"linear.xgboost.json": None}
for name in ["binary.lightgbm.txt", "classes.lightgbm.txt"]:
    gains[name] = lgb.Booster(model_file=name).feature_importance("gain").tolist()
for name in ["binary.xgboost.json", "binary.xgboost.ubj", "classes.xgboost.json", "nameless.xgboost.json"]:
    booster = xgb.Booster(model_file=name)
    names = booster.feature_names or [f"f{i}" for i in range(booster.num_features())]
    scores = booster.get_score(importance_type="total_gain")
    gains[name] = [scores.get(name, 0.0) for name in names]

ROWS = 400
current = np.arange(ROWS) >= ROWS // 2
scored = random.random(ROWS) < 0.5
income = random.normal(40, 12, ROWS).round(2)
debt = (random.normal(10, 4, ROWS) + np.where(current, 0.4, 0) * (income - 40)).round(2)
income[random.random(ROWS) < np.where(current, 0.2, 0.05)] = np.nan
region = random.integers(0, 6, ROWS)
region = np.where(current & (random.random(ROWS) < 0.3), 6, region)
features = {"income": income, "debt": debt, "region": region.astype(float), "noise": random.random(ROWS).round(3)}
data = np.column_stack(list(features.values()))
learned = int((~scored).sum())
parameters = {
    "objective": "binary", "num_leaves": 7, "learning_rate": 0.1, "min_data_in_leaf": min(20, learned // 10),
    "min_data_per_group": min(100, learned // 10), "seed": 3, "deterministic": True, "force_row_wise": True,
    "num_threads": 1, "verbosity": -1,
}
rows = lgb.Dataset(data[~scored], current[~scored].astype(float), categorical_feature=[2])
booster = lgb.train(parameters, rows, 30, keep_training_booster=True)  # a text of it would round the gains
job = {
    "features": [
        {"name": name, "codes": [int(v) for v in values]} if name == "region"
        else {"name": name, "numbers": [None if np.isnan(v) else float(v) for v in values]}
        for name, values in features.items()
    ],
    "isCurrent": current.tolist(), "isScored": scored.tolist(), "rounds": 30, "leaves": parameters["num_leaves"],
    "leafRows": parameters["min_data_in_leaf"], "categoryRows": parameters["min_data_per_group"],
    "seed": parameters["seed"],
    "scores": booster.predict(data[scored]).tolist(), "gains": booster.feature_importance("gain").tolist(),
}
json.dump({"gains": gains, "job": job}, open("training.json", "w"), indent=1)
