"""The gate junit on reports that are whole and on such as are not."""

import tempfile
from pathlib import Path

import plugin
from plugin import EXAMPLE

WHOLE = '<testsuite name="s" tests="1"><testcase classname="a" name="b"/></testsuite>'


class JUnit(plugin.Plugin):
    def report(self, text):
        """A file with a text."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "report.xml"
        path.write_text(text)
        return str(path)

    def test_figures(self):
        """One of three cases that ran passed."""
        figures = self.ran().answer["measurements"]
        self.assertAlmostEqual(figures["passed_percent"], 100 / 3, delta=1e-9)
        self.assertEqual(figures["failed"], 2)

    def test_folder(self):
        """All files of a folder are read, and equal names told apart."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ("a.xml", "b.xml"):
                (Path(folder) / name).write_text(WHOLE)
            self.assertEqual(sorted(self.ran(report=folder).checks()), ["a.b", "a.b (2)"])

    def test_cut_off(self):
        """A report that is cut off, or counts more than it shows, is refused."""
        text = (EXAMPLE / "report.xml").read_text()
        self.refuses("not whole XML", report=self.report(text[:500]))
        self.refuses("has 2 tests and holds 1", report=self.report(WHOLE.replace('"1"', '"2"')))
        self.refuses("says that the suite 's' has 1 failures and shows 0",
                     report=self.report(WHOLE.replace("tests=", 'failures="1" tests=')))

    def test_nothing_ran(self):
        """A report in which too little ran is refused."""
        self.refuses("has 0 test cases", report=self.report("<testsuites/>"))
        self.refuses("has 0 test cases", report=self.report(WHOLE.replace("/></", "><skipped/></testcase></")))
        self.refuses("at least 4 are wanted", at_least=4)

    def test_no_report(self):
        """What is no report is refused."""
        self.refuses("begins with <html>", report=self.report("<html/>"))
        self.refuses("document type", report=self.report('<!DOCTYPE a [<!ENTITY b "c">]>' + WHOLE))
        with tempfile.TemporaryDirectory() as folder:
            self.refuses("holds no *.xml", report=folder)
