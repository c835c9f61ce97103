"""The gate pytest beside pytest itself."""

import subprocess
import sys
import tempfile
from pathlib import Path

import plugin
from plugin import EXAMPLE, asked


class Pytest(plugin.Rows):
    one_row = True
    apart = True

    def test_as_pytest_counts(self):
        """pytest, run by hand on the same files with the same fixtures, counts the same."""
        ended = self.ran()
        outcomes = [check["outcome"] for check in ended.answer["checks"]]
        with tempfile.TemporaryDirectory() as folder:
            conftest = Path(folder) / "conftest.py"
            paths = asked()
            conftest.write_text(
                "import pandas, pathlib, pytest\n"
                + "".join(
                    f"@pytest.fixture\ndef {name}(): return pandas.read_parquet({path!r})\n"
                    for name, path in {**paths["tables"], **paths["predictions"]}.items())
                + f"@pytest.fixture\ndef candidate_file(): return pathlib.Path({paths['models']['candidate']['path']!r})\n")
            (Path(folder) / "test_scores.py").write_text((EXAMPLE / "tests" / "test_scores.py").read_text())
            by_hand = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder], capture_output=True, text=True)
        last = by_hand.stdout.strip().splitlines()[-1]
        for outcome in ("failed", "passed", "skipped"):
            self.assertIn(f"{outcomes.count(outcome)} {outcome}", last)
        judged = outcomes.count("passed") + outcomes.count("failed")
        self.assertAlmostEqual(
            ended.answer["measurements"]["passed_percent"], 100 * outcomes.count("passed") / judged, delta=1e-9)

    def test_selection(self):
        """What 'select' leaves out is not there."""
        checks = self.ran(select="region and not new").checks()
        self.assertEqual(
            sorted(checks), [
                "test_scores.test_no_region_is_refused_altogether[north]",
                "test_scores.test_no_region_is_refused_altogether[south]"])

    def test_no_tests(self):
        """No tests are no judgement."""
        self.refuses("no tests", select="nothing_is_called_so")
        self.refuses("all 1 tests were skipped", select="new_regions")

    def test_unreadable_file(self):
        """A file of tests that cannot be read ends the run."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "test_broken.py").write_text("def test_a(:\n")
            (Path(folder) / "test_good.py").write_text("def test_b(): pass\n")
            self.refuses("could not read a test file", tests=folder)

    def test_no_champion(self):
        """Tests of the champion are skipped where there is none."""
        request = asked()
        del request["predictions"]["champion"]
        self.assertEqual(self.ran(request).checks()["test_scores.test_few_decisions_flip"]["outcome"], "skipped")

    def test_error_in_a_fixture(self):
        """An error before a test fails it."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "test_a.py").write_text("def test_b(no_such_fixture): pass\n")
            check = self.ran(tests=folder).checks()["test_a.test_b"]
            self.assertEqual(check["outcome"], "failed")
            self.assertIn("had an error", check["message"])

    def test_empty_table(self):
        """A holdout without rows is refused."""
        request = self.all_changed(lambda table: table.iloc[:0])
        self.refuses("was called in a way", request=request)

    test_all_nulls = None  # What nulls and other columns mean is for the tests to say.
    test_missing_column = None
