"""Makes the models of the folder Trees: LightGBM's and XGBoost's, of every kind that the scorer of trees is to know.

Run in this folder with:
  pip install numpy==2.4.6 pandas==3.1.1 scipy lightgbm==4.7.0 xgboost-cpu==3.2.0
"""

import pathlib

import lightgbm as lgb
import numpy as np
import pandas as pd
import xgboost as xgb

OUT = pathlib.Path(__file__).parent / "Trees"
ROWS = 3000
random = np.random.default_rng(29)


def gappy(values, share):
    return np.where(random.random(ROWS) < share, np.nan, values)


# Loan applications: numbers with gaps and with many zeros, and two categories as codes.
X = np.column_stack(
    [
        random.normal(40, 12, ROWS),
        gappy(np.exp(random.normal(0, 2, ROWS)), 0.2),
        np.where(random.random(ROWS) < 0.5, 0.0, random.normal(0, 1, ROWS)),
        random.integers(0, 6, ROWS).astype(float),
        gappy(random.integers(0, 5, ROWS).astype(float), 0.1),
        random.integers(0, 70, ROWS).astype(float),
    ]
)
names = ["income", "debt", "change", "loans", "grade", "branch"]
effect = random.normal(0, 1, 70)
margin = (
    0.05 * (X[:, 0] - 40)
    + 0.4 * np.nan_to_num(np.log(X[:, 1]), nan=0.7)
    - X[:, 2]
    + effect[X[:, 5].astype(int)]
    + np.where(X[:, 4] == 3, 1.0, 0.0)
)
noisy = margin + random.normal(0, 1, ROWS)
binary = (noisy > 0).astype(int)
classes = np.digitize(noisy, [-0.7, 0.8])
positive = np.exp(0.4 * noisy) + 0.1
counts = random.poisson(positive)
share = 1 / (1 + np.exp(-noisy))
group = np.full(ROWS // 20, 20)
grades = np.digitize(noisy, [-1, 0, 1])


def light(name, label, rounds=12, categories="auto", grouped=False, **parameters):
    settings = {
        "num_leaves": 15,
        "learning_rate": 0.2,
        "min_data_in_leaf": 10,
        "seed": 3,
        "deterministic": True,
        "num_threads": 1,
        "verbose": -1,
        **parameters,
    }
    data = lgb.Dataset(
        X,
        label,
        feature_name=names,
        categorical_feature=categories,
        group=group if grouped else None,
        params={"linear_tree": settings.get("linear_tree", False), "verbose": -1},
    )
    lgb.train(settings, data, rounds).save_model(OUT / f"{name}.lightgbm.txt")


both = ["grade", "branch"]
light("binary", binary, objective="binary")
light("sigmoid", binary, objective="binary", sigmoid=1.7, is_unbalance=True)
light("zeros-missing", binary, objective="binary", zero_as_missing=True)
light("none-missing", binary, objective="binary", use_missing=False)
light("categories", binary, objective="binary", categories=both, cat_smooth=2, num_leaves=31)
light("categories-onehot", binary, objective="binary", categories=both, max_cat_to_onehot=100)
light("wide", binary, objective="binary", categories=["branch"], num_leaves=120, min_data_in_leaf=3)
light("deep", noisy, rounds=4, objective="regression", num_leaves=600, min_data_in_leaf=1)
light("deep-categories", noisy, rounds=3, objective="regression", categories=both, num_leaves=400, min_data_in_leaf=1)
light("chain", noisy, objective="regression", num_leaves=64, max_depth=-1, min_data_in_leaf=1, learning_rate=0.9)
light("stumps", binary, rounds=40, objective="binary", num_leaves=2)
light("leaf", np.full(ROWS, 3.5), objective="regression", rounds=2)
light("regression", noisy, objective="regression")
light("root", noisy, objective="regression", reg_sqrt=True)
light("absolute", noisy, objective="regression_l1")
light("huber", noisy, objective="huber")
light("fair", noisy, objective="fair")
light("quantile", noisy, objective="quantile", alpha=0.8)
light("mape", positive, objective="mape")
light("poisson", counts, objective="poisson")
light("gamma", positive, objective="gamma")
light("tweedie", counts, objective="tweedie")
light("entropy", share, objective="cross_entropy")
light("entropy-lambda", share, objective="cross_entropy_lambda")
light("softmax", classes, objective="multiclass", num_class=3, categories=both)
light("one-against-all", classes, objective="multiclassova", num_class=3)
light("lambdarank", grades, objective="lambdarank", grouped=True)
light("xendcg", grades, objective="rank_xendcg", grouped=True)
light("forest", binary, objective="binary", boosting="rf", bagging_freq=1, bagging_fraction=0.6)
light("forest-classes", classes, objective="multiclass", num_class=3, boosting="rf", bagging_freq=1, bagging_fraction=0.6)
light("dart", binary, objective="binary", boosting="dart", drop_rate=0.5)
light("goss", binary, objective="binary", data_sample_strategy="goss")
light("linear", noisy, objective="regression", linear_tree=True)
light("linear-classes", classes, objective="multiclass", num_class=3, linear_tree=True)

frame = pd.DataFrame(X, columns=names)
letters = frame.copy()
for column in both:
    letters[column] = pd.Categorical([f"c{int(v):02d}" if v == v else None for v in X[:, names.index(column)]])


def boost(name, label, rounds=12, rows=frame, form="json", grouped=False, **parameters):
    settings = {"max_depth": 4, "eta": 0.2, "seed": 3, "nthread": 1, "tree_method": "hist", **parameters}
    data = xgb.DMatrix(rows, label, enable_categorical=True)
    if grouped:
        data.set_group(group)
    xgb.train(settings, data, rounds).save_model(OUT / f"{name}.xgboost.{form}")


boost("binary", binary, objective="binary:logistic")
boost("binary-ubj", binary, form="ubj", objective="binary:logistic", max_depth=6)
boost("base", binary, objective="binary:logistic", base_score=0.13)
boost("raw", binary, form="ubj", objective="binary:logitraw")
boost("hinge", binary, form="ubj", objective="binary:hinge")
boost("regression", noisy, form="ubj", objective="reg:squarederror")
boost("logistic", share, form="ubj", objective="reg:logistic")
boost("absolute", noisy, form="ubj", objective="reg:absoluteerror")
boost("pseudohuber", noisy, form="ubj", objective="reg:pseudohubererror")
boost("gamma", positive, form="ubj", objective="reg:gamma")
boost("tweedie", counts, form="ubj", objective="reg:tweedie")
boost("poisson", counts, form="ubj", objective="count:poisson")
boost("softprob", classes, form="ubj", objective="multi:softprob", num_class=3)
boost("softmax", classes, form="ubj", objective="multi:softmax", num_class=3)
boost("ndcg", grades, form="ubj", objective="rank:ndcg", grouped=True)
boost("quantiles", noisy, form="ubj", objective="reg:quantileerror", quantile_alpha=[0.1, 0.5, 0.9])
boost("categories", binary, rows=letters, form="ubj", objective="binary:logistic", max_depth=6)
boost("categories-onehot", binary, rows=letters, form="ubj", objective="binary:logistic", max_cat_to_onehot=100)
boost("dart", binary, form="ubj", booster="dart", rate_drop=0.4, objective="binary:logistic")
boost("parallel", binary, rounds=3, form="ubj", num_parallel_tree=4, subsample=0.7, objective="binary:logistic")
boost("deep", noisy, rounds=3, form="ubj", max_depth=14, min_child_weight=0, objective="reg:squarederror")
boost("lossguide", noisy, form="ubj", grow_policy="lossguide", max_depth=0, max_leaves=100, objective="reg:squarederror")
targets = np.column_stack([noisy, positive, share])
boost("targets", targets, form="ubj", objective="reg:squarederror")
boost("vectors", targets, form="ubj", multi_strategy="multi_output_tree", objective="reg:squarederror")
