"""The gate deepchecks beside Deepchecks itself."""

import pandas

import plugin
from plugin import asked


class Deepchecks(plugin.Rows):
    def test_beside_the_package(self):
        """Checks run one by one, by hand, have the same verdicts and details."""
        from deepchecks.tabular import Dataset, checks

        columns = ["income", "debt", "age", "region", "sex", "defaulted"]
        reference, current = (
            Dataset(pandas.read_parquet(asked()["tables"][name])[columns], label="defaulted", cat_features=["region", "sex"])
            for name in ("reference", "current"))
        by_hand = {
            "FeatureDrift": checks.FeatureDrift().add_condition_drift_score_less_than(),
            "LabelDrift": checks.LabelDrift().add_condition_drift_score_less_than(),
            "NewCategoryTrainTest": checks.NewCategoryTrainTest().add_condition_new_category_ratio_less_or_equal(0),
        }
        found = self.ran().checks()
        for name, check in by_hand.items():
            wanted = check.run(reference, current).conditions_results[0]
            (mine,) = [it for own, it in found.items() if own.startswith(name + "/")]
            self.assertEqual(mine["outcome"], {"PASS": "passed", "FAIL": "failed"}[wanted.category.value])
            if name != "LabelDrift":
                self.assertEqual(mine["evidence"]["details"], wanted.details)
        self.assertEqual(found["DateTrainTestLeakageOverlap"]["outcome"], "skipped")

    def test_drift(self):
        """A column that moved far fails."""
        request = self.changed(lambda table: table.assign(age=table["age"] + 40), names=["current"])
        ended = self.ran(request, checks=["FeatureDrift"])
        self.assertEqual([check["outcome"] for check in ended.answer["checks"]], ["failed"])

    def test_refusals(self):
        """What is not there, or judges nothing, is refused."""
        self.refuses("no check 'Nothing'", checks=["Nothing"])
        self.refuses("no column 'wealth'", columns=["wealth"])
        self.refuses("nothing was judged", checks=["DateTrainTestLeakageOverlap"])
