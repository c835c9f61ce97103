#!/usr/bin/env python3
"""Makes parquet_oracle.txt: Parquet files, as written and damaged, with what pyarrow reads in them.

    pip install pyarrow==26.0.1 && python3.11 parquet_oracle.py

A line a file: its kind (`whole`, or what was done to it), its bytes in base64, and the first 16 digits of the SHA-256 of its
cells: columns in the order of the bytes of their names, cells joined by U+001F, rows by U+001E, the names first. A cell is `~`
where there is none or null or NaN, else `=` and the value: a whole number or a decimal with all its digits, the bits of a double in hexadecimal, true or false, a text, or the nanoseconds since 1970 of a date or a time.

`!` stands for a file that pyarrow refuses, with the digest that it had before it was damaged. Damaged files are written without the schema
that pyarrow adds for itself, since no other reader reads that.
"""

import base64
import datetime
import decimal
import hashlib
import io
import math
import random
import struct
from pathlib import Path

import pyarrow
import pyarrow.parquet

PYARROW = "26.0.1"
NANOSECONDS = {"s": 10**9, "ms": 10**6, "us": 1000, "ns": 1}
TEXTS = ["", "a", "text", "null", "NaN", "é", "日本", "🦊", "a\nb", "00501", "e\u0301", 'q"q', "x" * 30, " lead"]


def values(kind, rng):
    """Values of a type."""
    if pyarrow.types.is_integer(kind):
        bits = kind.bit_width
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if pyarrow.types.is_signed_integer(kind) else (0, 2**bits - 1)
        return [low, high, 0, 1, 7, 100, high - 1, 2**53 + 1 if bits == 64 else 3]
    if pyarrow.types.is_floating(kind):
        return [0.0, -0.0, 1.5, -2.25, math.nan, math.inf, -math.inf, 0.1 if kind.bit_width > 16 else 0.5]
    if pyarrow.types.is_decimal(kind):
        most = decimal.Decimal(10**kind.precision - 1).scaleb(-kind.scale)
        step = decimal.Decimal(1).scaleb(-kind.scale)
        return [most, -most, step, -step, decimal.Decimal(0), step * 150]
    if pyarrow.types.is_boolean(kind):
        return [True, False]
    if pyarrow.types.is_date(kind):
        return [datetime.date(*day) for day in [(1970, 1, 1), (2024, 2, 29), (1969, 12, 31), (1, 1, 1), (9999, 12, 31)]]
    if pyarrow.types.is_timestamp(kind):
        unit = 10**9 // NANOSECONDS[kind.unit]
        return [0, 1, -1, unit, 1704164645 * unit + 123 % unit, -5 * unit - 1, 4102444800 * unit]
    return TEXTS


KINDS = [
    pyarrow.int8(), pyarrow.int16(), pyarrow.int32(), pyarrow.int64(), pyarrow.int64(), pyarrow.uint8(), pyarrow.uint16(),
    pyarrow.uint32(), pyarrow.uint64(), pyarrow.float16(), pyarrow.float32(), pyarrow.float64(), pyarrow.float64(),
    pyarrow.decimal128(4, 2), pyarrow.decimal128(9, 0), pyarrow.decimal128(18, 6), pyarrow.decimal128(38, 10),
    pyarrow.decimal128(38, 38), pyarrow.decimal256(50, 5), pyarrow.bool_(), pyarrow.string(), pyarrow.string(),
    pyarrow.large_string(), pyarrow.dictionary(pyarrow.int32(), pyarrow.string()), pyarrow.date32(), pyarrow.date64(),
    *[pyarrow.timestamp(unit, zone) for unit in NANOSECONDS for zone in [None, "UTC", "Europe/Berlin"]],
]


def table(rng):
    """A table of a few rows."""
    height = rng.choice([0, 1, 2, 3, 4, 5, 8])
    columns = {}
    for name in rng.sample(["x", "id", "naïve", "a b", "y_1", "日"], rng.choice([1, 1, 2])):
        kind = rng.choice(KINDS)
        pool = rng.sample(values(kind, rng), 2) if rng.random() < 0.3 else values(kind, rng)
        empty = rng.choice([0, 0.3])
        made = [None if rng.random() < empty else rng.choice(pool) for _ in range(height)]
        nullable = empty > 0 or rng.random() < 0.5
        if pyarrow.types.is_timestamp(kind):
            array = pyarrow.array(made, pyarrow.int64()).cast(kind)
        elif kind == pyarrow.float16():
            array = pyarrow.array(made, pyarrow.float32()).cast(kind)
        else:
            array = pyarrow.array(made, kind)
        columns[pyarrow.field(name, kind, nullable)] = array
    return pyarrow.table(list(columns.values()), schema=pyarrow.schema(list(columns)))


def written(made, rng, store_schema):
    """The bytes of a table."""
    out = io.BytesIO()
    pyarrow.parquet.write_table(
        made, out, compression=rng.choice(["none", "snappy", "gzip", "zstd"]), use_dictionary=rng.random() < 0.5,
        data_page_version=rng.choice(["1.0", "2.0"]), row_group_size=rng.choice([None, None, 2]),
        write_statistics=rng.random() < 0.5, store_schema=store_schema,
        coerce_timestamps=rng.choice([None, None, None, None, "us"]), allow_truncated_timestamps=True)
    return out.getvalue()


def damage(data, rng):
    """What was done, and the bytes after it."""
    what = rng.choice(["flip", "flip", "flip", "byte", "cut", "gone", "more", "twice"])
    place = rng.randrange(len(data))
    if what == "flip":
        data = data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1:]
    elif what == "byte":
        data = data[:place] + bytes([rng.randrange(256)]) + data[place + 1:]
    elif what == "cut":
        data = data[:place] if rng.random() < 0.5 else data[place:]
    elif what == "gone":
        data = data[:place] + data[place + rng.choice([1, 1, 2, 8]):]
    elif what == "more":
        data = data[:place] + bytes(rng.randrange(256) for _ in range(rng.choice([1, 2]))) + data[place:]
    else:
        data = data + data
    return what, data


def nanoseconds(kind, array):
    """The moments of a column of dates or times."""
    if pyarrow.types.is_date32(kind):
        return [None if day is None else day * 86400 * 10**9 for day in array.cast(pyarrow.int32()).to_pylist()]
    if pyarrow.types.is_date64(kind):
        return [None if day is None else day * 10**6 for day in array.cast(pyarrow.int64()).to_pylist()]
    unit = NANOSECONDS[kind.unit]
    return [None if value is None else value * unit for value in array.cast(pyarrow.int64()).to_pylist()]


def cell(kind, value):
    """A value as a cell."""
    if value is None or pyarrow.types.is_floating(kind) and value != value:
        return "~"
    if pyarrow.types.is_floating(kind):
        return "=" + struct.pack(">d", value).hex()
    if pyarrow.types.is_boolean(kind):
        return "=true" if value else "=false"
    if pyarrow.types.is_decimal(kind):
        return "=" + format(value, "f")
    return "=" + str(value)


def cells(data):
    """The names and rows of a file; None when pyarrow refuses it."""
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
        made = file.read()
        made.validate(full=True)
        if made.num_rows != file.metadata.num_rows:
            return None
        columns = []
        for field, column in zip(made.schema, made.columns):
            kind = field.type
            if pyarrow.types.is_dictionary(kind):
                kind = kind.value_type
                column = column.cast(kind)
            if pyarrow.types.is_temporal(kind):
                if not (pyarrow.types.is_date(kind) or pyarrow.types.is_timestamp(kind)):
                    return None
                found = nanoseconds(kind, column)
            elif pyarrow.types.is_nested(kind) or pyarrow.types.is_binary(kind) or pyarrow.types.is_fixed_size_binary(kind):
                return None
            else:
                found = column.to_pylist()
            columns.append((field.name, [cell(kind, value) for value in found]))
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        return None
    columns.sort(key=lambda column: column[0].encode())
    return [[name for name, _ in columns]] + [list(row) for row in zip(*[found for _, found in columns])]


def digest(rows):
    """The digest of cells."""
    return hashlib.sha256("\x1e".join("\x1f".join(row) for row in rows).encode()).hexdigest()[:16]


def line(kind, data, before):
    """A line of the page; `before`: what the bytes were."""
    rows = cells(data)
    told = digest(rows) if rows is not None else "!" + digest(cells(before))
    return f"{kind} {base64.b64encode(data).decode()} {told}"


def main():
    """Writes the page."""
    if pyarrow.__version__ != PYARROW:
        raise SystemExit(f"pyarrow {PYARROW} is wanted, and this is {pyarrow.__version__}")
    decimal.getcontext().prec = 80
    rng = random.Random(20261130)
    lines = []
    for number in range(320):
        if number % 8 < 3:
            data = written(table(rng), rng, store_schema=rng.random() < 0.5)
            lines.append(line("whole", data, data))
        else:
            data = written(table(rng), rng, store_schema=False)
            lines.append(line(*damage(data, rng), data))
    Path(__file__).with_name("parquet_oracle.txt").write_text("\n".join(lines) + "\n")
    print(len(lines), "files,", sum("!" not in told for told in lines), "that pyarrow reads")


if __name__ == "__main__":
    main()
