"""The gate aequitas beside counts by hand and Aequitas's Audit."""

import pandas

import plugin
from plugin import asked


class Aequitas(plugin.Rows):
    def test_beside_the_package(self):
        """Aequitas's disparities, by hand, are the same."""
        from aequitas.bias import Bias
        from aequitas.group import Group

        paths = asked()
        table = pandas.read_parquet(paths["tables"]["holdout"])[["sex", "region"]]
        answers = pandas.read_parquet(paths["predictions"]["candidate"])
        table = table.assign(score=(answers["score"] >= 0.5).astype(int), label_value=answers["label"])
        counted, _ = Group().get_crosstabs(table, attr_cols=["sex", "region"])
        compared = Bias().get_disparity_predefined_groups(
            counted, original_df=table, ref_groups_dict={"sex": "m", "region": "north"})
        checks = self.ran().checks()
        seen = 0
        for _, group in compared.iterrows():
            for rate in ("fpr", "fnr"):
                check = checks.get(f"{group['attribute_name']}={group['attribute_value']}/{rate}")
                if check:
                    seen += 1
                    self.assertAlmostEqual(check["value"], group[f"{rate}_disparity"], delta=1e-9)
                    self.assertEqual(check["outcome"] == "passed", 0.8 <= check["value"] <= 1.25)
        self.assertEqual(seen, len(checks))

    def test_by_hand(self):
        """The false positive rate of women, counted by hand."""
        paths = asked()
        women = pandas.read_parquet(paths["tables"]["holdout"])["sex"] == "f"
        answers = pandas.read_parquet(paths["predictions"]["candidate"])
        negative = women & (answers["label"] == 0)
        rate = (answers["score"] >= 0.5)[negative].mean()
        self.assertAlmostEqual(self.ran().checks()["sex=f/fpr"]["evidence"]["rate"], rate, delta=1e-9)

    def test_bad_groups(self):
        """Columns, groups and parities that are not there are refused."""
        self.refuses("no column 'faith'", groups={"faith": "a"})
        self.refuses("is of the group 'x'", groups={"sex": "x"})
        self.refuses("groups: {sex: m}", groups=["sex"])
        self.refuses("no parity 'Some Parity'", parities=["Some Parity"])
        self.refuses("has no value", request=self.changed(lambda table: table.assign(sex=None)))
