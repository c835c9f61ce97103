"""The runtime catboost beside CatBoost itself."""

import numpy
import pandas

import plugin
from plugin import asked


class CatBoost(plugin.Scores):
    missing = "age"

    def test_beside_the_package(self):
        """predict_proba, by hand, gives the same scores, in whatever order the features are named."""
        import catboost

        model = catboost.CatBoostClassifier().load_model(asked()["models"]["candidate"]["path"])
        rows = pandas.read_parquet(asked()["tables"]["rows"])
        wanted = model.predict_proba(rows)[:, 1]
        self.assertLess(numpy.abs(numpy.array(self.ran().rows["score"]) - wanted).max(), 1e-9)
        self.assertGreater(wanted.std(), 0.01)
        request = asked() | {"features": ["region", "age", "debt", "income"]}
        self.assertEqual(self.ran(request).rows, self.ran().rows)

    def test_other_tasks(self):
        """Numbers, and several classes by name."""
        import catboost

        rows = pandas.read_parquet(asked()["tables"]["rows"])[["income", "debt", "age"]]
        request = asked()
        request["models"]["candidate"]["path"] = f"{self.folder}/model.cbm"
        kept = {"iterations": 3, "verbose": False, "allow_writing_files": False}
        model = catboost.CatBoostRegressor(**kept).fit(rows, rows["debt"])
        model.save_model(f"{self.folder}/model.cbm")
        ended = self.ran(request | {"task": "regression", "classes": []})
        self.assertLess(numpy.abs(model.predict(rows) - ended.rows["score"]).max(), 1e-9)
        labels = pandas.cut(rows["age"], [0, 35, 50, 99], labels=["young", "middle", "old"]).astype(str)
        model = catboost.CatBoostClassifier(**kept).fit(rows, labels)
        model.save_model(f"{self.folder}/model.cbm")
        ended = self.ran(request | {"task": "multiclass", "classes": ["young", "middle", "old"]})
        wanted = pandas.DataFrame(model.predict_proba(rows), columns=model.classes_)
        for name in ("young", "middle", "old"):
            self.assertLess(numpy.abs(wanted[name] - ended.rows[name]).max(), 1e-9)

    def test_refusals(self):
        """Other classes, and what is no model, are refused."""
        self.refuses("no class 'yes'", request=asked() | {"classes": ["0", "yes"]})
        request = asked()
        request["models"]["candidate"]["path"] = request["tables"]["rows"]
        self.refuses("cannot be opened", request=request)
