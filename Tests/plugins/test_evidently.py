"""The gate evidently beside Evidently itself."""

import runpy

import pandas

import plugin
from plugin import EXAMPLE, asked


class Evidently(plugin.Rows):
    def test_beside_the_package(self):
        """Evidently, run by hand, has the same verdicts and figures."""
        import evidently

        tables = asked()["tables"]
        columns = asked()["parameters"]["columns"]
        current, reference = (pandas.read_parquet(tables[name])[columns] for name in ("current", "reference"))
        metrics = runpy.run_path(str(EXAMPLE / "report.py"))["metrics"]
        result = evidently.Report(metrics, include_tests=True).run(current, reference).dict()
        ended = self.ran()
        checks = ended.answer["checks"]
        wanted = [{"SUCCESS": "passed", "FAIL": "failed"}[it["status"].value if hasattr(it["status"], "value") else it["status"]] for it in result["tests"]]
        self.assertEqual([check["outcome"] for check in checks], wanted)
        self.assertEqual(set(wanted), {"passed", "failed"})
        figures = {it["metric_name"]: it["value"] for it in result["metrics"]}
        for check in checks:
            figure = figures[check["evidence"]["metric"]]
            if not isinstance(figure, dict):
                self.assertAlmostEqual(check["value"], figure, delta=1e-9)
        self.assertEqual(ended.answer["measurements"]["drifted_columns"], result["metrics"][0]["value"]["count"])

    def test_bad_reports(self):
        """What is no report, or has no tests, is refused."""
        self.refuses("no preset 'Nothing'", report=None, presets=["Nothing"])
        self.refuses("'presets' names none", report=None, presets=[])
        self.refuses("has no column 'wealth'", columns=["wealth"])
        path = f"{self.folder}/report.py"
        for text, word in (("metrics = 1", "defines no 'metrics'"), ("metrics =", "cannot be read")):
            with open(path, "w") as file:
                file.write(text)
            self.refuses(word, report=path)
