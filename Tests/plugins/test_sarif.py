"""The gate sarif on logs that are whole and on such as are not."""

import json
import tempfile
from pathlib import Path

import plugin
from plugin import EXAMPLE


class Sarif(plugin.Plugin):
    def log(self, change):
        """The path of the example's log, changed by a function of its one run."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        log = json.loads((EXAMPLE / "log.sarif").read_text())
        change(log["runs"][0])
        path = Path(folder.name) / "log.sarif"
        path.write_text(json.dumps(log))
        return str(path)

    def test_counts(self):
        """Suppressed findings do not count; a rule without a finding passes."""
        ended = self.ran()
        self.assertEqual(ended.answer["measurements"], {"errors": 1, "warnings": 0, "notes": 1})
        outcomes = {name: check["outcome"] for name, check in ended.checks().items()}
        self.assertEqual(outcomes, {
            "modelscan": "failed", "modelscan/unsafe-operator": "failed", "modelscan/unknown-format": "passed",
            "modelscan/large-file": "passed"})

    def test_level(self):
        """Notes fail where they are to."""
        self.assertEqual(self.ran(fail_on="note").checks()["modelscan/unknown-format"]["outcome"], "failed")

    def test_clean(self):
        """A run that looked and found nothing passes, by a check of its own."""
        ended = self.ran(log=self.log(lambda run: run.update(results=[])))
        self.assertEqual({check["outcome"] for check in ended.answer["checks"]}, {"passed"})

    def test_did_not_look(self):
        """A run that did not look, or did not finish, is refused."""
        self.refuses("did not look", log=self.log(lambda run: run.pop("results")))
        self.refuses("its run failed", log=self.log(lambda run: run.update(invocations=[{"executionSuccessful": False}])))
        self.refuses("is 'fatal'", log=self.log(lambda run: run["results"][0].update(level="fatal")))

    def test_no_log(self):
        """What is no log is refused."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "log.sarif"
            for text, word in (("{", "not whole JSON"), ('{"version": "1.0"}', "2.1.0"),
                               ('{"version": "2.1.0", "runs": []}', "no run")):
                path.write_text(text)
                self.refuses(word, log=str(path))
