"""The gate deepeval on runs that are whole and on such as are not."""

import json
import tempfile
from pathlib import Path

import plugin
from plugin import EXAMPLE


class DeepEval(plugin.Plugin):
    def results(self, change):
        """The path of the example's run, changed by a function."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        run = json.loads((EXAMPLE / "run.json").read_text())
        run = change(run) or run
        path = Path(folder.name) / "run.json"
        path.write_text(json.dumps(run))
        return str(path)

    def test_outcomes(self):
        """Metrics keep their verdicts; half of the test cases passed."""
        ended = self.ran()
        self.assertEqual({name: check["outcome"] for name, check in ended.checks().items()}, {
            "asks for the income/Answer Relevancy": "passed", "asks for the income/Toxicity": "passed",
            "promises nothing/Faithfulness": "failed"})
        self.assertEqual(ended.answer["measurements"], {"passed_percent": 50})

    def test_cache_file(self):
        """The file that DeepEval keeps of its latest run is read too."""
        path = self.results(lambda run: {"testRunData": run, "testRunLink": None})
        self.assertEqual(len(self.ran(results=path).answer["checks"]), 3)

    def test_no_score(self):
        """A metric that succeeded without a score does not pass."""
        path = self.results(lambda run: run["testCases"][0]["metricsData"][1].pop("score") and None)
        self.assertEqual(self.ran(results=path).checks()["asks for the income/Toxicity"]["outcome"], "inconclusive")

    def test_not_whole(self):
        """A run that is not whole is refused."""
        self.refuses("counts 2 test cases and holds 1", results=self.results(lambda run: run["testCases"].pop() and None))
        self.refuses("no test run", results=self.results(lambda run: {"a": 1}))
        self.refuses("has no metrics", results=self.results(lambda run: run["testCases"][0].update(metricsData=[])))
        self.refuses("none of its metrics says so", results=self.results(lambda run: run["testCases"][0].update(success=False)))
        self.refuses("at least 3 are wanted", at_least=3)
