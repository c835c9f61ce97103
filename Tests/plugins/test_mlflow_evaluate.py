"""The gate mlflow-evaluate beside scikit-learn's figures and MLflow's verdicts."""

import pandas

import plugin
from plugin import asked


class MLflow(plugin.Rows):
    def test_beside_the_packages(self):
        """The figures are scikit-learn's, of both models; the verdicts follow from them."""
        from sklearn import metrics

        ended = self.ran()
        for role, path in asked()["predictions"].items():
            rows = pandas.read_parquet(path)
            decided = (rows["score"] >= 0.5).astype(int)
            for name in ("accuracy_score", "f1_score", "precision_score", "recall_score"):
                wanted = getattr(metrics, name)(rows["label"], decided)
                self.assertAlmostEqual(ended.answer["measurements"][name][role], wanted, delta=1e-9, msg=name)
        self.assertEqual(
            {name: check["outcome"] for name, check in ended.checks().items()},
            {"accuracy_score": "passed", "f1_score": "failed"})

    def test_numbers(self):
        """A regression has its own figures."""
        from sklearn import metrics

        ended = self.ran(asked() | {"task": "regression"}, thresholds={})
        rows = pandas.read_parquet(asked()["predictions"]["candidate"])
        for name in ("mean_absolute_error", "root_mean_squared_error", "r2_score", "max_error"):
            wanted = getattr(metrics, name)(rows["label"], rows["score"])
            self.assertAlmostEqual(ended.answer["measurements"][name]["candidate"], wanted, delta=1e-9, msg=name)

    def test_refusals(self):
        """Thresholds that MLflow does not take are refused."""
        self.refuses("no metric 'no_score'", thresholds={"no_score": {"threshold": 1, "greater_is_better": True}})
        self.refuses("cannot be judged", thresholds={"f1_score": {"limit": 1}})
        self.refuses("by metric", thresholds=[1])

    def test_missing_column(self):
        """Answers without a label are refused."""
        request = asked()
        request["predictions"] = self.changed(lambda table: table.drop(columns="label"), "predictions")["predictions"]
        self.refuses("no label", request=request)
