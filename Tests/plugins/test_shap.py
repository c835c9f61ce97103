"""The gate shap beside shap itself, and beside LightGBM's own contributions."""

import numpy
import pandas

import plugin
from plugin import asked


class Shap(plugin.Rows):
    def shares(self, table):
        """Shares by LightGBM's own contributions of columns."""
        import lightgbm

        booster = lightgbm.Booster(model_file=asked()["models"]["candidate"]["path"])
        parts = booster.predict(pandas.read_parquet(asked()["tables"][table])[["income", "debt", "age"]], pred_contrib=True)
        means = numpy.abs(parts[:, :3]).mean(axis=0)
        return means / means.sum()

    def test_beside_the_packages(self):
        """Shares, by LightGBM and by shap, are the same."""
        import lightgbm
        import shap

        answer = self.ran().answer
        before, now = self.shares("reference"), self.shares("current")
        checks = {check["id"]: check for check in answer["checks"]}
        self.assertAlmostEqual(checks["age"]["value"], now[2], delta=1e-9)
        self.assertAlmostEqual(checks["income"]["evidence"]["reference"], before[0], delta=1e-9)
        self.assertAlmostEqual(
            answer["measurements"]["importance_change"], numpy.abs(now - before).sum() / 2, delta=1e-9)
        booster = lightgbm.Booster(model_file=asked()["models"]["candidate"]["path"])
        rows = pandas.read_parquet(asked()["tables"]["current"])[["income", "debt", "age"]]
        means = numpy.abs(shap.TreeExplainer(booster)(rows).values).mean(axis=0)
        self.assertAlmostEqual(answer["measurements"]["top_share"], (means / means.sum()).max(), delta=1e-9)

    def test_skops(self):
        """A model of scikit-learn is explained; a linear one by its weights."""
        import skops.io
        from sklearn.linear_model import LinearRegression

        rows = pandas.read_parquet(asked()["tables"]["reference"])[["debt", "age"]]
        skops.io.dump(LinearRegression().fit(rows, 2 * rows["debt"] + 100 * rows["age"]), f"{self.folder}/model")
        request = asked()
        request["models"]["candidate"]["path"] = f"{self.folder}/model"
        request["tables"]["current"] = request["tables"]["reference"]
        answer = self.ran(request, columns=["debt", "age"], most_share={"age": 1}, rows=50).answer
        self.assertEqual(answer["measurements"]["importance_change"], 0)
        sample = rows.sample(50, random_state=1)
        parts = numpy.array([2, 100]) * numpy.abs(sample - sample.mean()).mean().to_numpy()
        self.assertAlmostEqual(answer["checks"][0]["value"], parts[1] / parts.sum(), delta=1e-9)

    def test_refusals(self):
        """Bounds and models that cannot be meant are refused."""
        self.refuses("none of 'columns'", most_share={"region": 0.1})
        self.refuses("a share for each column", most_share=[1])
        self.refuses("takes 3 columns", columns=["income", "debt"], most_share={})
        request = asked()
        request["models"]["candidate"]["path"] = request["tables"]["current"]
        self.refuses("neither LightGBM's text", request=request)
