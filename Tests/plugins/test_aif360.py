"""The gate aif360 beside rates by hand, as AI Fairness 360 defines its metrics."""

import numpy
import pandas

import plugin
from plugin import asked


class Aif360(plugin.Rows):
    def test_by_hand(self):
        """Rates of both groups, and the Theil index, counted by hand."""
        measured, paths = self.ran().answer["measurements"], asked()
        men = pandas.read_parquet(paths["tables"]["holdout"])["sex"] == "m"
        for role, path in paths["predictions"].items():
            rows = pandas.read_parquet(path)
            good, decided = rows["label"] == 0, rows["score"] < 0.5
            selected = [decided[group].mean() for group in (~men, men)]
            found = [decided[group & good].mean() for group in (~men, men)]
            false = [decided[group & ~good].mean() for group in (~men, men)]
            benefit = 1 + decided.astype(float) - good.astype(float)
            ratio = benefit / benefit.mean()
            theil = numpy.where(ratio > 0, ratio * numpy.log(ratio.where(ratio > 0, 1)), 0).mean()
            wanted = {
                "statistical_parity_difference": selected[0] - selected[1], "disparate_impact": selected[0] / selected[1],
                "equal_opportunity_difference": found[0] - found[1],
                "average_odds_difference": (found[0] - found[1] + false[0] - false[1]) / 2, "theil_index": theil}
            for name, value in wanted.items():
                self.assertAlmostEqual(measured[name][role], value, delta=1e-9, msg=name)

    def test_small_groups(self):
        """Groups of too few rows tell nothing."""
        self.assertEqual({check["outcome"] for check in self.ran(min_rows=1000).answer["checks"]}, {"inconclusive"})

    def test_refusals(self):
        """Groups that are not there or not known are refused."""
        self.refuses("all rows are of one group", privileged=["x"])
        self.refuses("no column 'faith'", column="faith")
        self.refuses("in 240 rows", request=self.changed(lambda table: table.assign(sex=None)))
