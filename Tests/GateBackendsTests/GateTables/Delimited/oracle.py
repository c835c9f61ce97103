#!/usr/bin/env python3
"""Makes oracle.txt: delimited files, as written and damaged, with what Python's csv module and pandas read in them.

    pip install pandas==3.1.1 && python3 oracle.py

A line a file: its kind, its separator's code, its bytes in base64, and the first 16 digits of the SHA-256 of its cells: cells
joined by U+001F, rows by U+001E, the header first. `-` stands for a file that the two read differently, or that one refuses:
no reading of it is right. gzip files say what is in them, with the same digest over the cells of what Python's gzip unpacks.
"""

import base64
import csv
import gzip
import hashlib
import io
import random
from pathlib import Path

import pandas

PANDAS = "3.1.1"
CELLS = [
    "", "1", "-2", "3.5", "1e3", "00501", "nan", "NA", "true", "False", "2024-01-02", "2024-01-02T03:04:05", "text", "a b",
    " lead", "trail ", "with,comma", "semi;colon", "ta\tb", "pi|pe", 'quo"te', '"', '""', "line\nend", "cr\rcell", "crlf\r\nx", "é",
    "日本", "🦊", "0.1", "12345678901234567890", "-0", "+5", ".5", "5.", "1_000", "1,5", "#x", "'", "\\", "sep=;", "inf",
    "9007199254740993", "0.30000000000000004", "1.7976931348623157e308", "5e-324", "123456789.123456789", "x" * 40,
]
ENDS = ["\n", "\n", "\n", "\r\n", "\r\n", "\r"]


def table(rng):
    """A file as a program writes it, and its separator."""
    width, height = rng.choice([1, 2, 2, 3, 3, 4, 5]), rng.choice([0, 1, 2, 3, 4, 6])
    separator = rng.choice(",,,;\t|")
    pool = rng.sample(CELLS, rng.randint(2, 8))
    names = [rng.choice(["id", "x", "income", "naïve", "a b", 'q"', "n\nl", "c,d", ""]) + str(i) for i in range(width)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=rng.choice(ENDS),
                        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    writer.writerow(names)
    for _ in range(height):
        writer.writerow([rng.choice(pool) for _ in range(width)])
    data = out.getvalue().encode()
    if rng.random() < 0.1:
        data = b"\xef\xbb\xbf" + data
    if rng.random() < 0.2:
        data = data.rstrip(b"\r\n")
    return data, separator


def damage(data, rng):
    """The same with a few bytes other than they were."""
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        place = rng.randrange(len(data) + 1)
        what = rng.randrange(7)
        if what == 0:
            data = data[:place] + data[place + 1:]
        elif what == 1:
            data = data[:place] + rng.choice(
                [b'"', b'"', b",", b";", b"\n", b"\r", b"\r\n", b"\n\n", b"\t", b" ", b"\0", b"\xe9", b"#", b"'", b'""']) + data[place:]
        elif what == 2:
            data = data[:place] + data[rng.randrange(len(data) + 1):][:rng.randrange(12)] + data[place:]
        elif what == 3:
            data = data[:place] or data
        elif what == 4:
            data = data.replace(b"\n", b"\r\n", 1) if rng.random() < 0.5 else data.replace(b"\r\n", b"\n", 1)
        elif what == 5:
            data = data + rng.choice([b"\n", b"\n\n", b"\r\n", b" ", b","])
        else:
            data = rng.choice([b"\n", b"\r\n", b" \n", b"#\n"]) + data
    return data


def by_csv(text, separator):
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]


def by_pandas(data, separator):
    frame = pandas.read_csv(io.BytesIO(data), sep=separator, header=None, dtype=str, na_filter=False, encoding="utf-8",
                            engine="c", low_memory=False)
    return [[None if cell != cell else cell for cell in row] for row in frame.itertuples(index=False, name=None)]


def cells(data, separator):
    """The rows that both read; None when there is no such thing."""
    try:
        rows = by_csv(data.decode("utf-8-sig"), separator)
        if not rows or rows != by_pandas(data, separator):
            return None
    except Exception:
        return None
    names = [name if name.strip() else f"column{i}" for i, name in enumerate(rows[0])]
    if len({name.lower() for name in names}) < len(names):
        return None
    return [names] + rows[1:]


def line(kind, separator, data, rows):
    told = "-"
    if rows is not None:
        told = hashlib.sha256("\x1e".join("\x1f".join(row) for row in rows).encode()).hexdigest()[:16]
    return f"{kind} {ord(separator)} {base64.b64encode(data).decode()} {told}"


def packed(data, rng):
    """gzip files: whole, of several members, padded, cut, damaged, with a tail."""
    whole = gzip.compress(data, mtime=0)
    half = len(data) // 2
    made = rng.choice([
        whole, gzip.compress(data[:half], mtime=0) + gzip.compress(data[half:], mtime=0), whole + b"\0" * 7, whole[:-rng.randint(1, 12)],
        whole + b"tail", whole[:-8] + bytes(4) + whole[-4:], whole[:-4] + bytes(4)])
    if rng.random() < 0.3:
        place = rng.randrange(len(made))
        made = made[:place] + bytes([made[place] ^ (1 << rng.randrange(8))]) + made[place + 1:]
    return made


def main():
    if pandas.__version__ != PANDAS:
        raise SystemExit(f"pandas {PANDAS} is wanted, and this is {pandas.__version__}")
    rng = random.Random(20261129)
    lines = []
    for number in range(2000):
        data, separator = table(rng)
        if number % 3:
            data = damage(data, rng)
        lines.append(line("text", separator, data, cells(data, separator)))
    for _ in range(200):
        data, separator = table(rng)
        made = packed(data, rng)
        try:
            rows = cells(gzip.decompress(made), separator)
        except Exception:
            rows = None
        lines.append(line("gzip", separator, made, rows))
    Path(__file__).with_name("oracle.txt").write_text("\n".join(lines) + "\n")
    print(len(lines), "files,", sum(not told.endswith(" -") for told in lines), "that both read alike")


if __name__ == "__main__":
    main()
