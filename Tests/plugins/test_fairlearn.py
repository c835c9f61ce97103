"""The gate fairlearn beside fairlearn's own MetricFrame."""

import pandas

import plugin
from plugin import asked


class Fairlearn(plugin.Rows):
    def test_beside_the_package(self):
        """Rates by group, from a MetricFrame made by hand, give the same differences and ratios."""
        from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate

        measured, paths = self.ran().answer["measurements"], asked()
        groups = pandas.read_parquet(paths["tables"]["holdout"])[["sex", "region"]]
        for role, path in paths["predictions"].items():
            rows = pandas.read_parquet(path)
            frame = MetricFrame(
                metrics={"selected": selection_rate, "found": true_positive_rate, "false": false_positive_rate},
                y_true=rows["label"], y_pred=(rows["score"] >= 0.5).astype(int), sensitive_features=groups)
            difference, ratio = frame.difference(), frame.ratio()
            wanted = {
                "demographic_parity_difference": difference["selected"], "demographic_parity_ratio": ratio["selected"],
                "equalized_odds_difference": max(difference["found"], difference["false"]),
                "equalized_odds_ratio": min(ratio["found"], ratio["false"]),
                "equal_opportunity_difference": difference["found"], "equal_opportunity_ratio": ratio["found"],
            }
            for name, value in wanted.items():
                self.assertAlmostEqual(measured[name][role], value, delta=1e-9, msg=name)
        self.assertGreater(measured["equalized_odds_difference"]["candidate"], 0)

    def test_small_groups(self):
        """Groups of too few rows tell nothing."""
        outcomes = {check["outcome"] for check in self.ran(min_rows=1000).answer["checks"]}
        self.assertEqual(outcomes, {"inconclusive"})

    def test_unknown_group(self):
        """Rows whose group is not known are refused, and so is a task of other classes."""
        self.refuses("in 240 rows", request=self.changed(lambda table: table.assign(sex=None)))
        request = asked() | {"task": "regression"}
        self.refuses("the task is regression", request=request)
        self.refuses("no column 'faith'", sensitive=["faith"])
