"""Writes the parquet files that pyarrow makes otherwise than the engine: columns that SQL would take for the same (names that
differ in case, names that stand twice, fields of a struct that differ in case, the same letter in two forms of Unicode), and NaN in
columns whose statistics say that there are no nulls.

pip install pyarrow==26.0.1; python make_names.py
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent
TABLES = {
    "names-case": pa.table([pa.array([40, 40]), pa.array([10, 50])], names=["Age", "age"]),
    "names-twice": pa.table([pa.array([1, 2]), pa.array([3, 4])], names=["x", "x"]),
    "names-fields": pa.table([pa.array([{"a": 1, "A": 2.0}])], names=["s"]),
    "nan-statistics": pa.table({
        "x": [float("nan") if i % 2 == 0 else float(i) for i in range(20)],
        "f": pa.array([float("nan") if i % 2 == 0 else float(i) for i in range(20)], pa.float32())}),
    "names-unicode": pa.table([pa.array([1]), pa.array([2])], names=["\u00e9", "e\u0301"]),
}
for name, table in TABLES.items():
    pq.write_table(table, HERE / f"{name}.parquet", compression="none", store_schema=False)
