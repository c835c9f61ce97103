"""Runs the program of a plugin as Gatewright does, for the tests beside this file; run.py says which plugin."""

import contextlib
import copy
import io
import json
import math
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
import unittest
import unittest.mock
import warnings
from pathlib import Path

ASKED = json.loads(Path(os.environ["PLUGIN_ASKED"]).read_text())
FOLDER = Path(ASKED["folder"])
EXAMPLE = FOLDER / "example"
PYTHON = os.environ["PLUGIN_PYTHON"]


class Ended:
    """How a program ended: its status, its answer (None: there is none), its log, and the rows of a file it named."""

    def __init__(self, status, answer, log, rows):
        self.status, self.answer, self.log, self.rows = status, answer, log, rows

    def checks(self):
        """The checks by their ids."""
        return {check["id"]: check for check in self.answer["checks"]}


def asked():
    """The request of the example, to be changed at will."""
    return copy.deepcopy(ASKED["request"])


def run(request=None, apart=False, **parameters):
    """Runs the program on a request, by default that of the example; parameters of None are left out.

    `apart`: in a process of its own, as Gatewright does. Otherwise it runs in this one, which has its packages loaded.
    """
    request = request or asked()
    request["parameters"] |= parameters
    request["parameters"] = {key: it for key, it in request["parameters"].items() if it is not None}
    with tempfile.TemporaryDirectory() as scratch:
        request["scratch"] = scratch
        answer = Path(scratch) / "answer.json"
        environment = {"HOME": scratch, "TMPDIR": scratch, "GATEWRIGHT_ANSWER": str(answer)}
        is_python = ASKED["command"][0] == "python" and PYTHON == sys.executable
        started = in_this_process if is_python and not apart else in_its_own
        status, log = started(json.dumps(request), environment)
        read = json.loads(answer.read_text()) if answer.exists() else None
        return Ended(status, read, log, rows_of(Path(scratch) / read["file"]) if read and "file" in read else None)


def in_its_own(text, environment):
    """Runs the program in a process of its own; gives its status and its log."""
    environment = environment | {
        "PATH": str(Path(PYTHON).parent) + ":/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    command = [PYTHON if ASKED["command"][0] == "python" else ASKED["command"][0], *ASKED["command"][1:]]
    ended = subprocess.run(command, cwd=FOLDER, env=environment, input=text, text=True, capture_output=True)
    return ended.returncode, ended.stdout + ended.stderr


def in_this_process(text, environment):
    """Runs the program as a script in this process; gives the status it would have ended with, and its log."""
    log, status, before = io.StringIO(), 0, (os.getcwd(), sys.stdin, sys.path[:], sys.argv)
    os.chdir(FOLDER)
    sys.stdin, sys.path[:0], sys.argv = io.StringIO(text), [str(FOLDER)], ASKED["command"][1:]
    try:
        with unittest.mock.patch.dict(os.environ, environment), warnings.catch_warnings(), \
                contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
            runpy.run_path(str(FOLDER / ASKED["command"][1]), run_name="__main__")
    except SystemExit as end:
        status = 0 if end.code in (None, 0) else 1
        log.write("" if end.code is None else str(end.code))
    except BaseException:
        status = 1
        log.write(traceback.format_exc())
    finally:
        os.chdir(before[0])
        sys.stdin, sys.path[:], sys.argv = before[1:]
    return status, log.getvalue()


def rows_of(path):
    """The columns of a file that an answer names."""
    import pandas

    table = pandas.read_parquet(path) if path.suffix == ".parquet" else pandas.read_csv(path)
    return {name: table[name].tolist() for name in table.columns}


def shown(text):
    """The end of a log, for the message of a test."""
    return "…" + text[-1500:]


class Plugin(unittest.TestCase):
    """What holds of every plugin: its example comes out as recorded, and what it cannot judge never passes."""

    maxDiff = 4000
    #: Whether the program is always run in a process of its own, as it starts others.
    apart = False

    def ran(self, request=None, apart=False, **parameters):
        """The ended program, which must have answered."""
        ended = run(request, apart or self.apart, **parameters)
        self.assertEqual(ended.status, 0, shown(ended.log))
        return ended

    def refuses(self, *words, request=None, **parameters):
        """Runs what the program must refuse with one sentence that has these words."""
        ended = run(request, self.apart, **parameters)
        self.assertEqual(ended.status, 1, f"{ended.answer} {shown(ended.log)}")
        self.assertIsNone(ended.answer)
        self.assertNotIn("Traceback", ended.log)
        last = ended.log.strip().splitlines()[-1]
        for word in words:
            self.assertIn(word, last)

    def test_example(self):
        """The example comes out as recorded."""
        ended = self.ran(apart=True)
        found = ended.answer | ({"file": ended.rows} if ended.rows is not None else {})
        found.pop("version", None)
        path = EXAMPLE / "expected.json"
        if os.environ.get("PLUGIN_RECORD"):
            path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
        self.equal(found, json.loads(path.read_text()), "answer")

    def equal(self, found, wanted, place):
        """Holds two values of JSON against each other, numbers to 1e-9."""
        if isinstance(wanted, dict) and isinstance(found, dict):
            self.assertEqual(sorted(found), sorted(wanted), place)
            for key in wanted:
                self.equal(found[key], wanted[key], f"{place}.{key}")
        elif isinstance(wanted, list) and isinstance(found, list):
            self.assertEqual(len(found), len(wanted), place)
            for index, (one, other) in enumerate(zip(found, wanted)):
                self.equal(one, other, f"{place}[{index}]")
        elif isinstance(wanted, float) and isinstance(found, (int, float)):
            self.assertTrue(math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9), f"{place}: {found}, {wanted}")
        else:
            self.assertEqual(found, wanted, place)


class Rows(Plugin):
    """What holds of every plugin that is handed rows as Parquet."""

    #: Whether a table of one row can be judged.
    one_row = False

    def changed(self, change, group="tables", names=None):
        """The request with every table of a group changed by a function of a pandas table."""
        import pandas

        request = asked()
        for name, path in request[group].items():
            if names is None or name in names:
                table = change(pandas.read_parquet(path))
                target = Path(tempfile.mkdtemp(dir=self.folder)) / Path(path).name
                table.to_parquet(target, index=False)
                request[group][name] = str(target)
        return request

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def all_changed(self, change):
        """The request with all rows changed: of tables and of predictions."""
        request = self.changed(change)
        request["predictions"] = self.changed(change, "predictions")["predictions"]
        return request

    def never_passes(self, request):
        """Runs what must not pass: refused with a sentence, or answered without 'passed'."""
        ended = run(request, self.apart)
        self.assertNotIn("Traceback", ended.log, shown(ended.log))
        if ended.status == 0:
            outcomes = [check["outcome"] for check in ended.answer.get("checks", [])]
            self.assertTrue(outcomes, ended.answer)
            self.assertNotIn("passed", outcomes, [c for c in ended.answer["checks"] if c["outcome"] == "passed"])
        else:
            self.assertEqual(ended.status, 1, shown(ended.log))
            self.assertTrue(ended.log.strip())

    def test_empty_table(self):
        """A table without rows is refused."""
        self.refuses("no rows", request=self.all_changed(lambda table: table.iloc[:0]))

    def test_all_nulls(self):
        """Columns without a value never pass."""
        self.never_passes(self.all_changed(nulls))

    def test_one_row(self):
        """A single row never passes where nothing can be told from it."""
        request = self.all_changed(lambda table: table.iloc[:1])
        if self.one_row:
            self.assertEqual(self.ran(request).status, 0)
        else:
            self.never_passes(request)

    def test_missing_column(self):
        """A table whose columns are others never passes."""
        self.never_passes(self.all_changed(lambda table: table.rename(columns=lambda name: name + "_")))


class Scores(Rows):
    """What holds of every runtime."""

    one_row = True
    #: A column that the model of the example takes.
    missing = ""

    def never_passes(self, request):
        """A runtime has no checks: it must refuse, or give a score to every row."""
        import pandas

        ended = run(request)
        self.assertNotIn("Traceback", ended.log)
        if ended.status == 0:
            rows = len(pandas.read_parquet(request["tables"]["rows"]))
            self.assertEqual({len(values) for values in ended.rows.values()}, {rows})
        else:
            self.assertTrue(ended.log.strip())

    def test_missing_column(self):
        """A column that the model takes and that is not there is named."""
        self.refuses(self.missing, request=self.changed(lambda table: table.rename(columns={self.missing: "other"})))


def nulls(table):
    """The table with every cell null, types kept where they can be."""
    return table.mask(table.notna() | True) if len(table) else table
