#!/usr/bin/env python3
"""Makes json_oracle.txt: files of JSON lines, as written and damaged, with what Python's json module reads in them.

    python3.11 json_oracle.py

It needs no package; json reads the same in every version from 3.9 on. A line a file: its kind, its bytes in base64, and the first
16 digits of the SHA-256 of its cells: columns in the order of the bytes of their names, cells joined by U+001F, rows by U+001E,
the names first. A cell is `~` where there is none or null, else `=` and the text of the value: a text itself, a whole number with
all its digits, another number as Python writes the double (what no double holds as the file has it), true or false, and a list or
an object without blanks. `-` stands for a file that Python refuses, strictly: the keys of a row must be different (an object
within one keeps the text it has), bytes UTF-8, and surrogates in pairs. NaN, Infinity and -Infinity are read, and form feeds and vertical tabs around a
row are blanks, as docs/guide/values.md says.
"""

import base64
import gzip
import hashlib
import json
import math
import random
from pathlib import Path

INTEGERS = ["0", "-0", "1", "-1", "7", "42", "-128", "65536", "2147483648", "-9223372036854775808", "9007199254740993",
            "9223372036854775807", "1234567890123456789"]
LONG = ["9223372036854775808", "18446744073709551615", "18446744073709551616", "-9223372036854775809",
        "123456789012345678901234567890", "-170141183460469231731687303715884105729"]
DECIMALS = ["0.1", "-2.5", "3.0", "1e3", "1E-3", "1.5e+10", "-0.0", "0.30000000000000004", "0.1234567890123456789012345",
            "123456789.123456789", "5e-324", "1.7976931348623157e308", "2.2250738585072011e-308", "9007199254740993.0",
            "100000000000000000000.5", "1e23", "8.5e22", "1e-400", "0e5", "7205759403792793199999e-5", "1e308"]
TEXTS = ['""', '"a"', '"text"', '"a b"', '" lead"', '"null"', '"NaN"', '"true"', '"1"', '"-0"', '"00501"', '"1e5"', '"é"', '"日本"',
         '"\\u00e9"', '"\\u00E9"', '"🦊"', '"\\ud83e\\udd8a"', '"q\\"q"', '"back\\\\slash"', '"\\/"', '"tab\\tnl\\ncr\\r"', '"\\b\\f"',
         '"\\u001f"', '"[1]"', '"{}"', '",}"', '"e\\u0301"', '"\\u2028"', '"a,b"', '"\'"', '"//"', '"/* */"', '"\\ufeff"', '"' + "x" * 40 + '"']
DATES = ['"2024-01-02"', '"1969-12-31"', '"0001-01-01"', '"2024-02-29"', '"9999-12-31"']
TIMES = ['"2024-01-02T03:04:05"', '"2024-01-02 03:04:05"', '"2024-01-02T03:04:05.123456"', '"1969-12-31T23:59:59.5"',
         '"2024-01-02T03:04:05Z"', '"2024-01-02T03:04:05.123456789"', '"2024-01-02T03:04:05+02:00"', '"03:04:05"',
         '"2024-01-02T03:04"', '"2024-02-30"', '"2024-1-2"', '"01/02/2024"', '"2024-01-02T24:00:00"']
LOOSE = ['"2024-1-2"', '" 2024-01-02"', '"2024-01-02 "', '"02024-01-02"', '"24-01-02"', '"2024-01-2"', '"+2024-01-02"', '"2024-01-02\\n"',
         '"-2024-01-02"', '"12024-01-02"', '"2024-01-02T3:4:5"', '"2024-1-2 03:04:05"', '"2024-01-02T03:04:05 "', '" 2024-01-02T03:04:05"',
         '"2024-01-02T03:04:05.1234567"', '"2024-01-02 03:04:05.5 "', '"2024-01-02T03:04:05+2"', '"2024-01-02T03:04:05 UTC"',
         '"2024-01-02 (BC)"', '"2024/01/02"', '"20240102"', '"infinity"', '"epoch"', '"2024-01-02T03:04:60"', '"2024-01-02  03:04:05"',
         '"2024-01-02T03:04:05.123+02:00"', '"2024-01-02 03:04:05Z"', '"2024-01-02 03:04:05+00"', '"2024-01-02T03:04:05-0130"']
OTHERS = ["[]", "[1, 2]", "[1.5, null]", '["a", "b"]', "{}", '{"a": 1}', '{"a": 1, "b": "x"}', "[[1], [2, 3]]", '[{"k": true}]']
UUIDS = ['"5f0c0c6e-3c0f-4f4e-9f52-0d8a1c2b3d4e"', '"00000000-0000-0000-0000-000000000000"']
KINDS = [INTEGERS, INTEGERS, DECIMALS, DECIMALS, TEXTS, TEXTS, TEXTS, DATES, DATES, DATES + TIMES, TIMES, ["true", "false"],
         INTEGERS + DECIMALS, INTEGERS + DECIMALS, INTEGERS + LONG, DECIMALS + LONG, INTEGERS + TEXTS, DECIMALS + TEXTS,
         DATES + TEXTS, ["true", "false"] + INTEGERS, ["true"] + TEXTS, OTHERS[:2], OTHERS[4:7], OTHERS, OTHERS + TEXTS,
         UUIDS, LOOSE, LOOSE, LOOSE, ["null"]]
NAMES = ['"id"', '"x"', '"income"', '"naïve"', '"na\\u00efve"', '"a b"', '"q\\"q"', '"n\\nl"', '"a.b"', '"日本"', '"x_1"', '"1"', '"json"',
         '"filename"', '"rowid"', '"columns"']
ODD = ["NaN", "Infinity", "-Infinity", "nan", "inf", "-inf", "-Inf", "INFINITY", "-NaN", "01", "+1", ".5", "1.", "-", "0x10", "1_000", "True", "None",
       "undefined", "'a'", "1e", "1e999", "-1e999", '"\\ud800"', '"\\udd8a\\ud83e"', '"\\ud83ex"', '"\\x41"', '"\\u12"', '"\\u0000"',
       '"a\tb"', '"a', "[1,]", "[1", '{"a":1,}', '{"a":1,"a":2}', "1 // one", "/* one */ 1", "1 # one", "", "1 2", "nul", "tru", "NULL",
       "[NaN]", "-01", "1e5.5", '"\\ud83e\\u0041"', "--1", "\u00a01", "0.1.2", "１", "1\ufeff", "1\u2028"]


def table(rng):
    """A file as a program writes it: rows of pairs of JSON text."""
    width, height = rng.choice([1, 2, 2, 3, 3, 4]), rng.choice([1, 2, 2, 3, 3, 4, 5])
    names = rng.sample(NAMES, width)
    pools = [rng.sample(pool, min(len(pool), rng.randint(1, 5))) for pool in rng.choices(KINDS, k=width)]
    empty = rng.choice([0, 0, 0.2])
    rows = []
    for _ in range(height):
        row = [(name, "null" if rng.random() < empty else rng.choice(pool)) for name, pool in zip(names, pools)]
        if rng.random() < 0.15:
            rng.shuffle(row)
        if rng.random() < 0.1:
            row.pop()
        rows.append(row)
    return rows


def written(rows, rng):
    """The bytes of rows."""
    comma, colon = rng.choice([(",", ":"), (", ", ": "), (" ,\t", " : ")])
    end = rng.choice(["\n", "\n", "\n", "\r\n", "\n\n", "\n \t\n"])
    lines = ["{" + comma.join(name + colon + value for name, value in row) + "}" for row in rows]
    text = end.join(lines) + rng.choice([end, end, ""])
    if rng.random() < 0.08:
        text = "\n" + text
    data = text.encode()
    return b"\xef\xbb\xbf" + data if rng.random() < 0.04 else data


def odd(rows, rng):
    """Rows with something in them that is no JSON, or nearly none."""
    row = rng.randrange(len(rows))
    what = rng.randrange(8)
    if what == 0 and rows[row]:
        rows[row].append((rng.choice(rows[row])[0], rng.choice(["1", '"b"', "null"])))
    elif what == 1:
        rows[row].append(("", ""))
    elif what == 2:
        rows[row].append((rng.choice(["x", "'x'", '"x', "1", '"\\ud800"', '""', '"ID"', '"\\u0069d"']), rng.choice(INTEGERS + TEXTS)))
    elif rows[row]:
        place = rng.randrange(len(rows[row]))
        rows[row][place] = (rows[row][place][0], rng.choice(ODD))
    return rows


def damage(data, rng):
    """The same with a few bytes other than they were."""
    for _ in range(rng.choice([1, 1, 1, 2])):
        place = rng.randrange(len(data) + 1)
        what = rng.randrange(8)
        if what == 0:
            data = data[:place] + data[place + rng.choice([1, 1, 2, 5]):]
        elif what == 1:
            data = data[:place] + rng.choice(
                [b'"', b"\\", b",", b":", b"{", b"}", b"[", b"]", b"\n", b"\r", b" ", b"\0", b"\xe9", b"0", b"1", b"-", b".", b"e", b"#",
                 b"//", b"/**/", b"'", b"null", b"\xc2\xa0", b"\x0b", b"\x0c", b"\n\x0c", b"\x0c\n", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80"]) + data[place:]
        elif what == 2:
            data = data[:place] + data[rng.randrange(len(data) + 1):][:rng.randrange(12)] + data[place:]
        elif what == 3:
            data = data[:place] or data
        elif what == 4:
            data = data.replace(b"\n", rng.choice([b"", b" ", b",", b"\r", b";"]), 1)
        elif what == 5:
            data = data + rng.choice([b"\n", b"{}", b"\n{}", b"]", b",", b"\n[]", b"\n1", b"\nnull", b'\n"x"', b"\0", b" x", b"\n{\"x\":1}{\"x\":2}"])
        elif what == 6 and data:
            place = rng.randrange(len(data))
            data = data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1:]
        else:
            data = rng.choice([b"[", b"//\n", b"\xef\xbb\xbf", b"\n", b"\xff\xfe", b",", b"x"]) + data
    return data


class Number(str):
    """A number's text."""


def fraction(text):
    """A number with a point or an exponent, as its double is written."""
    value = float(text)
    return Number(text if math.isinf(value) else repr(value))


class Members(list):
    """The pairs of an object as the file has them."""


def row(value):
    """A row, whose keys are different."""
    if not isinstance(value, Members) or len(dict(value)) < len(value):
        raise ValueError("no object, or a key twice")
    return dict(value)


def text(value):
    """A value's text as a cell of its own."""
    return value if isinstance(value, str) else compact(value)


def compact(value):
    """A value as JSON without blanks."""
    if isinstance(value, Number):
        return value
    if isinstance(value, Members):
        return "{" + ",".join(compact(key) + ":" + compact(item) for key, item in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def cells(data):
    """The names and rows of a file; None when Python refuses it, or when it has no row or no column."""
    try:
        rows = [
            row(json.loads(line, object_pairs_hook=Members, parse_float=fraction, parse_constant=Number,
                           parse_int=lambda digits: Number(int(digits))))
            for line in (whole.strip(" \t\r\f\v") for whole in data.decode("utf-8-sig").split("\n")) if line]
        names = sorted({name for found in rows for name in found}, key=lambda name: name.encode())
        made = [names] + [["~" if found.get(name) is None else "=" + text(found[name]) for name in names] for found in rows]
        "".join(map("".join, made)).encode()
    except (ValueError, RecursionError):
        return None
    return made if names else None


def line(kind, data, rows):
    """A line of the page."""
    told = "-"
    if rows is not None:
        told = hashlib.sha256("\x1e".join("\x1f".join(row) for row in rows).encode()).hexdigest()[:16]
    return f"{kind} {base64.b64encode(data).decode()} {told}"


def packed(data, rng):
    """gzip files: whole, of several members, padded, cut, damaged, with a tail."""
    whole = gzip.compress(data, mtime=0)
    half = len(data) // 2
    made = rng.choice([
        whole, whole, gzip.compress(data[:half], mtime=0) + gzip.compress(data[half:], mtime=0), whole + b"\0" * 7,
        whole[:-rng.randint(1, 12)], whole + b"tail", whole[:-8] + bytes(4) + whole[-4:], whole[:-4] + bytes(4)])
    if rng.random() < 0.2:
        place = rng.randrange(len(made))
        made = made[:place] + bytes([made[place] ^ (1 << rng.randrange(8))]) + made[place + 1:]
    return made


def main():
    """Writes the page."""
    rng = random.Random(20261130)
    lines = []
    for number in range(720):
        rows = table(rng)
        if number % 3 == 1:
            rows = odd(rows, rng)
        data = written(rows, rng).replace(b": }", b"}").replace(b":}", b"}").replace(b", :", b",")
        if number % 3 == 2:
            data = damage(data, rng)
        lines.append(line("plain", data, cells(data)))
    for _ in range(80):
        data = written(table(rng), rng)
        made = packed(data, rng)
        try:
            rows = cells(gzip.decompress(made))
        except (OSError, EOFError, ValueError):
            rows = None
        except Exception as error:
            if "zlib" not in type(error).__module__:
                raise
            rows = None
        lines.append(line("gzip", made, rows))
    Path(__file__).with_name("json_oracle.txt").write_text("\n".join(lines) + "\n")
    print(len(lines), "files,", sum(not told.endswith(" -") for told in lines), "that Python reads")


if __name__ == "__main__":
    main()
