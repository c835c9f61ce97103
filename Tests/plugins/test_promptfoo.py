"""The gate promptfoo on files that are whole and on such as are not."""

import json
import tempfile
from pathlib import Path

import plugin
from plugin import EXAMPLE


class Promptfoo(plugin.Plugin):
    def results(self, change):
        """The path of the example's results, changed by a function."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        text = json.loads((EXAMPLE / "results.json").read_text())
        change(text["results"])
        path = Path(folder.name) / "results.json"
        path.write_text(json.dumps(text))
        return str(path)

    def test_figures(self):
        """One of three results passed, with a mean score of a half."""
        figures = self.ran().answer["measurements"]
        self.assertAlmostEqual(figures["passed_percent"], 100 / 3, delta=1e-9)
        self.assertAlmostEqual(figures["mean_score"], 0.5, delta=1e-9)

    def test_repeats(self):
        """The same test run again is a check of its own."""
        def twice(found):
            found["results"].append(found["results"][0])
            found["stats"]["successes"] = 2
        self.assertIn("loan-assistant/prompt 1/names the interest rate (2)", self.ran(results=self.results(twice)).checks())

    def test_not_whole(self):
        """A file that is not whole is refused."""
        self.refuses("counts 3 results and holds 2", results=self.results(lambda found: found["results"].pop()))
        self.refuses("no 'success'", results=self.results(lambda found: found["results"][0].pop("success")))
        self.refuses("no output of promptfoo", results=self.results(lambda found: found.pop("stats")))
        self.refuses("at least 9 are wanted", at_least=9)
        self.refuses("has 0 results", results=self.results(
            lambda found: found.update(results=[], stats={"successes": 0, "failures": 0})))
