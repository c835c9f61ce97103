"""Writes lists-good.parquet, lists-bad.parquet and anomalies-lists.json: what TFDV finds by lists.pbtxt.

    python3 -m venv venv && venv/bin/pip install uv
    venv/bin/uv pip install -r requirements-tfdv.txt
    venv/bin/python make_tfdv_lists.py

A row of these tables has lists: of payments (whole numbers), rates (floating point, one of them NaN),
words, flags and embeddings of a fixed size; "single" has one value a row, which in the Parquet files
is no list. The bad table breaks every bound of the schema once. The
anomalies are those of `validate_statistics`, as {"good": [...], "bad": [...]}, each a list of
{"feature", "types"} in the order of the names.
"""

import json
import os
import pathlib
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
warnings.filterwarnings("ignore")

import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
import tensorflow_data_validation as tfdv  # noqa: E402
from tensorflow_data_validation.statistics import stats_impl  # noqa: E402
from tensorflow_metadata.proto.v0 import anomalies_pb2  # noqa: E402

HERE = pathlib.Path(__file__).parent
TYPES = {
    "payments": pa.list_(pa.int64()),
    "rates": pa.list_(pa.float64()),
    "purposes": pa.list_(pa.string()),
    "flags": pa.list_(pa.int64()),
    "embedding": pa.list_(pa.float64()),
    "few": pa.list_(pa.int64()),
    "many": pa.list_(pa.int64()),
    "codes": pa.list_(pa.string()),
    "shaped": pa.list_(pa.int64()),
    "single": pa.list_(pa.int64()),
}


def row(number, **changes):
    """A row that keeps every rule, with what is to be otherwise."""
    values = {
        "payments": [1 + number % 3, 9],
        "rates": [0.25, 1.0] if number % 2 else [-1.0, 0.5, 0.75],
        "purposes": ["car", "house"] if number % 2 else ["car", "car", "study"],
        "flags": [number % 2, 1],
        "embedding": [0.125] * 4,
        "few": [7, 7],
        "many": [number, number + 1, number + 2],
        "codes": ["1", "2"],
        "shaped": [1, 2],
        "single": [1],
    }
    return {**values, **changes}


TABLES = {
    # A row without a list has nothing to count, and a NaN is no value beyond a bound.
    "good": [row(n) for n in range(8)]
    + [row(8, payments=None, rates=None), row(9, rates=[float("nan"), 0.5])],
    "bad": [row(n) for n in range(8)]
    + [
        row(8, payments=[0, 5], rates=[1.5, 0.5], purposes=["car", "boat"], flags=[2, 0]),
        row(9, payments=[5, 10], rates=[-1.25, 0.5], embedding=[0.5] * 3, few=[1, 2, 3]),
        row(10, many=[1], embedding=[0.5, 0.5, 0.5, 2.0], codes=[], shaped=None),
        row(11, single=None),
    ],
}


def batch(rows):
    """Rows as Arrow has them."""
    arrays = [pa.array([r[name] for r in rows], type=kind) for name, kind in TYPES.items()]
    return pa.RecordBatch.from_arrays(arrays, list(TYPES))


def flat(table):
    """The same, with what is single a row as a value."""
    place = table.column_names.index("single")
    values = pa.array([v and v[0] for v in table["single"].to_pylist()], type=pa.int64())
    return table.set_column(place, "single", values)


def anomalies(rows, schema):
    """What TFDV finds in rows."""
    statistics = stats_impl.generate_statistics_in_memory(batch(rows), tfdv.StatsOptions())
    found = tfdv.validate_statistics(statistics, schema)
    names = anomalies_pb2.AnomalyInfo.Type.Name
    return [
        {"feature": name, "types": sorted(names(reason.type) for reason in info.reason)}
        for name, info in sorted(found.anomaly_info.items())
    ]


def main():
    schema = tfdv.load_schema_text(str(HERE / "lists.pbtxt"))
    for name, rows in TABLES.items():
        table = flat(pa.Table.from_batches([batch(rows)]))
        pq.write_table(table, HERE / f"lists-{name}.parquet", compression="none")
    found = {name: anomalies(rows, schema) for name, rows in TABLES.items()}
    (HERE / "anomalies-lists.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
