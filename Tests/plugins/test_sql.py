"""The gate sql beside pandas."""

import pandas

import plugin
from plugin import asked


class Sql(plugin.Rows):
    one_row = True

    def test_counts(self):
        """Pandas finds as many rows against each rule."""
        checks, paths = self.ran().checks(), asked()
        holdout, candidate, champion = (
            pandas.read_parquet(path) for path in (
                paths["tables"]["holdout"], paths["predictions"]["candidate"], paths["predictions"]["champion"]))
        approved = candidate["score"] < 0.5
        wanted = {
            "debt_is_bounded": int((approved & (holdout["debt"] > 2 * holdout["income"])).sum()),
            "income_is_positive": 0,
            "no_large_change": int(((candidate["score"] - champion["score"]).abs() > 0.35).sum()),
        }
        self.assertEqual({name: check["value"] for name, check in checks.items()}, wanted)
        self.assertGreater(wanted["no_large_change"], 0)

    def test_blind_rule(self):
        """A rule over a column without values does not pass."""
        request = self.changed(lambda table: table.assign(income=float("nan")))
        self.assertEqual(self.ran(request).checks()["income_is_positive"]["outcome"], "inconclusive")

    def test_bad_rules(self):
        """What is not one query that can be run is refused."""
        for rule, word in (
            ("select * from nowhere", "cannot be run"), ("selec 1", "cannot be run"), ("", "not one query"),
            ("select 1; select 2", "not one query"), ("drop table holdout", "not one query"),
            ("select * from read_csv('/etc/passwd')", "cannot be run"),
        ):
            self.refuses("'r'", word, queries=None, rules={"r": rule})
        self.refuses("there is no query", queries=None, rules=None)
        self.refuses("a query for every name", rules=["select 1"])
        self.refuses("in the manifest and in a file", rules={"debt_is_bounded": "select 1 where false"})
