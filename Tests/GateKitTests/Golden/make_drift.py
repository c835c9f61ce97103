"""Writes drift-data.json and drift-<library>.json: drift of one column between two sides.

    python3 -m venv venv && venv/bin/pip install -r requirements-drift-<library>.txt
    venv/bin/python make_drift.py data|scipy|evidently|nannyml|deepchecks|great_expectations

`data` and `scipy` share a file of requirements; `scipy` writes drift-tfdv.json too. Each file is
{"versions", "cases": {case: {figure: {"value", "p_value"}}}}: without "p_value" where the library
gives none, {"undefined": why} where it fails or says NaN, and a value of null where it is infinite
or the library gives the p-value only. How each figure comes about stands in the file that makes
it: drift_scipy.py, drift_cells.py, drift_tfdv.py, drift_evidently.py, drift_nannyml.py,
drift_deepchecks.py, drift_gx.py.
"""

import importlib
import json
import math
import os
import pathlib
import sys
import warnings
from importlib.metadata import version

import numpy as np

import drift_data

HERE = pathlib.Path(__file__).parent
LIBRARIES = {
    "scipy": ("drift_scipy", ["numpy", "scipy"]),
    "tfdv": ("drift_tfdv", ["numpy"]),
    "evidently": ("drift_evidently", ["evidently", "numpy", "pandas", "scipy"]),
    "nannyml": ("drift_nannyml", ["nannyml", "numpy", "pandas", "scipy"]),
    "deepchecks": ("drift_deepchecks", ["deepchecks", "numpy", "pandas", "scipy"]),
    "great_expectations": ("drift_gx", ["great_expectations", "numpy", "pandas", "scipy"]),
}


def line(value):
    return json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))


def undefined(why):
    return {"undefined": why}


def write(name, heads):
    """One case a line, so that a change shows as the case it is."""
    parts = []
    for head, named in heads.items():
        rows = ",\n".join(f"{line(key)}:{line(value)}" for key, value in named.items())
        parts.append(f"{line(head)}:{{\n{rows}\n}}")
    text = "{" + ",\n".join(parts) + "}\n"
    json.loads(text)
    (HERE / f"drift-{name}.json").write_text(text)


def figure(make):
    """What a library says: its value, or its pair of value and p-value, or why there is none."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            made = make()
        except (AttributeError, ImportError, KeyError, NameError):
            raise  # A slip of ours, not what a library says of the data.
        except Exception as error:
            # The sentence is the library's and may hold addresses; its first line says enough.
            return undefined(f"{type(error).__name__}: {error}".splitlines()[0][:160])
    names = ("value", "p_value")
    pair = made if isinstance(made, tuple) else (made,)
    if any(v is not None and math.isnan(v) for v in pair):
        return undefined("NaN")
    return {n: None if v is None or math.isinf(v) else float(v) for n, v in zip(names, pair)}


def cases():
    """Every case: its kind, and the rows of both sides with null as None."""
    data = json.loads((HERE / "drift-data.json").read_text())
    made = dict(data["cases"])
    for name, case in data["formulas"].items():
        rows = {s: drift_data.of_formula(case[s]).tolist() for s in ("reference", "current")}
        made[name] = {"kind": case["kind"], **rows}
    return made


def main(library):
    if library == "data":
        named = {**drift_data.numbers(), **drift_data.categories()}
        repeated = drift_data.numbers().keys() & drift_data.categories().keys()
        for name in repeated:
            del named[name]
            named[f"{name}, numbers"] = drift_data.numbers()[name]
            named[f"{name}, categories"] = drift_data.categories()[name]
        write("data", {"cases": named, "formulas": drift_data.formulas()})
        return
    for name in [library, "tfdv"] if library == "scipy" else [library]:
        module, packages = LIBRARIES[name]
        versions = {package: version(package) for package in packages}
        write(name, {"versions": versions, **importlib.import_module(module).heads(cases())})


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ["data", *LIBRARIES]:
        sys.exit(__doc__)
    if os.environ.get("PYTHONHASHSEED") != "0":
        # Libraries add up over sets of categories: the last digits need one order of them.
        os.execve(
            sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"}
        )
    main(sys.argv[1])
