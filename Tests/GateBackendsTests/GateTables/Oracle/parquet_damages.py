#!/usr/bin/env python3
"""Makes parquet_damages.txt: Parquet files of one column each, damaged by hand in one place, or written as old programs did.

    pip install pyarrow==26.0.1 && python3.11 parquet_damages.py

A line a file: its name, which ParquetDamageTests.swift says the fate of, and its bytes in base64.
"""

import base64
import gzip
import io
import struct
from pathlib import Path

import pyarrow
import pyarrow.parquet

PYARROW = "26.0.1"
# Types of Thrift's compact protocol, and fields by their numbers in parquet.thrift.
I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12


class Reader:
    """Reads values as (type, value); a structure is a dictionary by the fields' numbers."""

    def __init__(self, data, place=0):
        self.data, self.place = data, place

    def byte(self):
        self.place += 1
        return self.data[self.place - 1]

    def varint(self):
        result = shift = 0
        while True:
            byte = self.byte()
            result |= (byte & 127) << shift
            if byte < 128:
                return result
            shift += 7

    def value(self, kind):
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self.byte()
        if kind in (4, I32, I64):
            number = self.varint()
            return (number >> 1) ^ -(number & 1)
        if kind == BINARY:
            size = self.varint()
            self.place += size
            return bytes(self.data[self.place - size : self.place])
        if kind == LIST:
            head = self.byte()
            size = head >> 4 if head >> 4 < 15 else self.varint()
            return (head & 15, [self.byte() if head & 15 in (1, 2) else self.value(head & 15) for _ in range(size)])
        made, last = {}, 0
        while head := self.byte():
            last = last + (head >> 4) if head >> 4 else self.value(I32)
            made[last] = (head & 15, self.value(head & 15))
        return made


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def written(kind, value):
    """The bytes of what `Reader.value` gives."""
    if kind in (1, 2):
        return b""
    if kind == 3:
        return bytes([value & 255])
    if kind in (4, I32, I64):
        return varint(value << 1 if value >= 0 else (-value << 1) - 1)
    if kind == BINARY:
        return varint(len(value)) + value
    if kind == LIST:
        items, size = value[1], len(value[1])
        head = bytes([size << 4 | value[0]]) if size < 15 else bytes([0xF0 | value[0]]) + varint(size)
        return head + b"".join(bytes([x]) if value[0] in (1, 2) else written(value[0], x) for x in items)
    out, last = b"", 0
    for field in sorted(value):
        kind, inner = value[field]
        kind = (1 if inner else 2) if kind in (1, 2) else kind
        head = bytes([field - last << 4 | kind]) if 0 < field - last < 16 else bytes([kind]) + written(I32, field)
        out, last = out + head + written(kind, inner), field
    return out + b"\0"


class File:
    """A file of one column in one row group, as pages and footer that can be changed before it is written again."""

    def __init__(self, values, kind, nullable=True, **options):
        out = io.BytesIO()
        table = pyarrow.table([pyarrow.array(values, kind)], pyarrow.schema([pyarrow.field("x", kind, nullable)]))
        settings = {"compression": "none", "use_dictionary": False, "store_schema": False, "write_statistics": False}
        pyarrow.parquet.write_table(table, out, **{**settings, **options})
        data = out.getvalue()
        self.footer = Reader(data, len(data) - 8 - struct.unpack("<I", data[-8:-4])[0]).value(STRUCT)
        at = (self.about.get(11) or self.about[9])[1]
        end, self.pages = at + self.about[7][1], []
        while at < end:
            reader = Reader(data, at)
            head = reader.value(STRUCT)
            at = reader.place + head[3][1]
            self.pages.append([head, data[reader.place : at]])

    @property
    def element(self):
        """What the schema says of the column."""
        return self.footer[2][1][1][1]

    @property
    def group(self):
        return self.footer[4][1][1][0]

    @property
    def about(self):
        """What the footer says of its pages."""
        return self.group[1][1][1][0][3][1]

    def set_data(self, page, data, unpacked=None):
        """Changes the bytes of a page and their length."""
        head = self.pages[page][0]
        self.pages[page][1] = data
        head[2], head[3] = (I32, len(data) if unpacked is None else unpacked), (I32, len(data))

    def bytes(self, after=None):
        """The file; offsets and lengths are those of its pages, unless `after` changes them."""
        parts = [written(STRUCT, head) + data for head, data in self.pages]
        has_dictionary = self.pages[0][0][1][1] == 2
        self.about.pop(11, None)
        if has_dictionary:
            self.about[11] = (I64, 4)
        self.about[9] = (I64, 4 + (len(parts[0]) if has_dictionary else 0))
        self.about[7] = (I64, sum(map(len, parts)))
        self.about[6] = (I64, sum(len(p) - len(page[1]) + page[0][2][1] for p, page in zip(parts, self.pages)))
        if after:
            after(self)
        footer = written(STRUCT, self.footer)
        return b"PAR1" + b"".join(parts) + footer + struct.pack("<I", len(footer)) + b"PAR1"


NUMBERS = [1, None, 3, 4]
TEXTS = ["a", "b", "a", None]


def numbers(**options):
    return File(NUMBERS, pyarrow.int64(), **options)


def texts(**options):
    return File(TEXTS, pyarrow.string(), use_dictionary=True, **options)


def patched(file, page, place, value):
    """A file with another byte in a page."""
    data = bytearray(file.pages[page][1])
    data[place] = value
    file.pages[page][1] = bytes(data)
    return file.bytes()


def stated(file, page, header, field, value):
    """A file with another number in a header of a page; `header`: the structure in it, or None."""
    inside = file.pages[page][0] if header is None else file.pages[page][0][header][1]
    inside[field] = (inside.get(field, (I32,))[0], value)
    return file.bytes()


def said(file, where, field, value, kind=I64):
    """A file with another value in its footer, where `where` finds the structure."""

    def change(file):
        if value is None:
            where(file).pop(field)
        else:
            where(file)[field] = (where(file).get(field, (kind,))[0], value)

    return file.bytes(change)


def about(file):
    return file.about


def element(file):
    return file.element


def decimals(values, kind, **options):
    """Whole numbers that are said to be decimals of four digits, two of them after the point."""
    file = File(values, kind, nullable=False, **options)
    file.element.pop(10, None)
    file.element.update({6: (I32, 5), 7: (I32, 2), 8: (I32, 4)})
    return file.bytes()


def lengths():
    """A page without its last value."""
    file = File([1, 2, 3, 4], pyarrow.int64(), nullable=False)
    file.set_data(0, file.pages[0][1][:-8])
    return file.bytes()


def zipped():
    """A page of two gzip members."""
    file = numbers(compression="gzip")
    data = gzip.decompress(file.pages[0][1])
    file.set_data(0, gzip.compress(data[:5], mtime=0) + gzip.compress(data[5:], mtime=0), len(data))
    return file.bytes()


def twice():
    """Two dictionaries."""
    file = texts()
    file.pages.insert(1, file.pages[0])
    return file.bytes()


def of_2013():
    """What parquet-mr 1.2.8 wrote: lengths without the header of the dictionary."""
    file = texts()
    size = len(written(STRUCT, file.pages[0][0]))

    def change(file):
        file.footer[6] = (BINARY, b"parquet-mr version 1.2.8 (build 1)")
        file.about[6], file.about[7] = (I64, file.about[6][1] - size), (I64, file.about[7][1] - size)

    return file.bytes(change)


def undeclared_dictionary():
    """Pages that start with a dictionary that only their own headers tell of."""
    def change(file):
        file.about.pop(11)
        file.about[9] = (I64, 4)

    return texts().bytes(change)


def empty():
    """A dictionary alone, and no row."""
    return File([], pyarrow.string(), use_dictionary=True).bytes(lambda file: file.about.update({9: (I64, 0)}))


def encrypted():
    return numbers().bytes()[:-4] + b"PARE"


def logical(member, **fields):
    """The newer note of a column."""
    return {member: (STRUCT, {int(key[1:]): value for key, value in fields.items()})}


FILES = {
    "whole": lambda: numbers().bytes(),
    "two-members": zipped,
    "parquet-mr-1.2.8": of_2013,
    "undeclared-dictionary": undeclared_dictionary,
    "empty": empty,
    "summed": lambda: numbers(write_page_checksum=True).bytes(),
    "zeros-at-end": lambda: stretched(bytes(8)),
    "ones-at-end": lambda: stretched(b"\1" * 8),
    "sum": lambda: patched(numbers(write_page_checksum=True), 0, 9, 7),
    "gzip-sum": lambda: patched(numbers(compression="gzip"), 0, -6, 0),
    "gzip-length": lambda: stated(numbers(compression="gzip"), 0, None, 2, 29),
    # Of the levels: their length in four bytes, the number before a run, its values.
    "levels-fewer": lambda: patched(File([1] * 4, pyarrow.int64()), 0, 4, 6),
    "levels-more": lambda: patched(File([1] * 4, pyarrow.int64()), 0, 4, 12),
    "levels-beyond": lambda: patched(File([1] * 4, pyarrow.int64()), 0, 5, 2),
    "levels-length": lambda: patched(numbers(), 0, 1, 9),
    "nulls": lambda: stated(numbers(data_page_version="2.0"), 0, 8, 2, 2),
    "values-fewer": lengths,
    # Of the places in the dictionary: their width, the number before a run, its values.
    "index-beyond": lambda: indices(b"\2\3\x34\0"),
    "indices-fewer": lambda: indices(b"\2\2\0"),
    "sum-of-values": lambda: stated(numbers(), 0, 5, 1, 3),
    "values-of-rows": lambda: said(numbers(), about, 5, 5),
    "sum-of-rows": lambda: said(numbers(), lambda file: file.footer, 3, 5),
    "place": lambda: said(numbers(), about, 9, 1 << 40),
    "longer": lambda: said(numbers(), about, 7, 20),
    "unpacked": lambda: said(numbers(), about, 6, 9),
    "all-missing": lambda: missing(),
    "all-missing-packed": lambda: missing(compression="snappy"),
    "two-lengths": lambda: stated(numbers(), 0, None, 2, 9),
    "header": lambda: stated(numbers(), 0, None, 3, -2),
    "two-dictionaries": twice,
    "start": lambda: b"PAR0" + numbers().bytes()[4:],
    "footer": lambda: numbers().bytes().replace(written(BINARY, b"schema"), b"\x7fschema"),
    "no-repetition": lambda: said(numbers(), element, 3, None),
    "name": lambda: said(numbers(), element, 4, b"y"),
    "notes": lambda: said(File([1], pyarrow.int8()), element, 6, 13),
    "digits": lambda: said(File([1], pyarrow.decimal128(9, 2)), element, 7, 3),
    "no-digits": lambda: said(numbers(), element, 8, 9, I32),
    "impossible": lambda: said(numbers(), element, 10, logical(1), STRUCT),
    "one-note": lambda: said(File([1], pyarrow.uint32()), element, 6, None),
    "decimal": lambda: decimals([150, 10000, 22769], pyarrow.int32()),
    "wide-decimal": lambda: decimals([150, 65541], pyarrow.int32()),
    "packed-decimal": lambda: decimals([150, 10000, 22769], pyarrow.int32(), compression="zstd"),
    "packed-values": lambda: stated(numbers(compression="snappy"), 0, 5, 1, 3),
    "encrypted": encrypted,
}


def stretched(rest):
    """A page with more bytes than its values."""
    file = numbers()
    file.set_data(0, file.pages[0][1] + rest)
    return file.bytes()


def missing(**options):
    """Statistics that say that every value is missing."""
    return said(numbers(write_statistics=True, **options), lambda file: file.about[12][1], 3, 4)


def indices(data):
    """A page of three texts whose places in a dictionary of three are `data`."""
    file = File(["a", "b", "c"], pyarrow.string(), nullable=False, use_dictionary=True)
    file.set_data(1, data)
    return file.bytes()


def main():
    """Writes the page."""
    if pyarrow.__version__ != PYARROW:
        raise SystemExit(f"pyarrow {PYARROW} is wanted, and this is {pyarrow.__version__}")
    lines = [f"{name} {base64.b64encode(make()).decode()}" for name, make in FILES.items()]
    Path(__file__).with_name("parquet_damages.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
