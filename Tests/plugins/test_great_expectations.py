"""The gate great-expectations beside Great Expectations itself."""

import json
import os
import tempfile
from pathlib import Path

import plugin
from plugin import EXAMPLE, asked


class GreatExpectations(plugin.Rows):
    one_row = True

    def test_beside_the_package(self):
        """Every expectation, validated by hand, has the same verdict and counts."""
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import great_expectations
        import pandas

        context = great_expectations.get_context(mode="ephemeral")
        rows = pandas.read_parquet(asked()["tables"]["current"])
        batch = context.data_sources.pandas_default.read_dataframe(rows)
        checks = self.ran().answer["checks"]
        suite = json.loads((EXAMPLE / "suite.json").read_text())
        self.assertEqual(len(checks), len(suite["expectations"]))
        for wanted in suite["expectations"]:
            name = "".join(part.title() for part in wanted["type"].split("_"))
            result = batch.validate(getattr(great_expectations.expectations, name)(**wanted["kwargs"]))
            (check,) = [
                it for it in checks if it["id"].startswith(wanted["type"])
                and all(it["evidence"]["kwargs"].get(key) == value for key, value in wanted["kwargs"].items())]
            self.assertEqual(check["outcome"] == "passed", result.success, check["id"])
            self.assertEqual(check.get("value"), result.result.get("unexpected_count"))
            if "observed_value" in result.result:
                self.assertAlmostEqual(
                    check["evidence"]["result"]["observed_value"], result.result["observed_value"], delta=1e-9)
        self.assertEqual({check["outcome"] for check in checks}, {"passed", "failed"})

    def test_missing_column(self):
        """An expectation over a column that is not there ends the run."""
        self.refuses("cannot be evaluated", "income", request=self.changed(lambda table: table.drop(columns="income")))

    def test_bad_suites(self):
        """What is no suite is refused."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "suite.json"
            for text, word in (
                ("{", "cannot be read"), ("{}", "no 'expectations'"), ('{"expectations": []}', "expects nothing"),
                ('{"expectations": [{"type": "expect_nothing_of_the_kind", "kwargs": {}}]}', "does not take: expect_nothing"),
                ('{"expectations": [{"type": "expect_column_to_exist", "kwargs": {}}]}', "cannot be read"),
            ):
                path.write_text(text)
                self.refuses(word, suite=str(path))
