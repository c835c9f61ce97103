"""The data of make_drift.py: columns of numbers and of categories, on two sides.

Everything is drawn from PCG64 with fixed seeds and rounded to 4 decimals, so that every reader of
drift-data.json sees the same doubles. A null is JSON's null. A column too long to write is a
formula of whole numbers: row i, counted from 0, is ((i * multiplier + offset) mod modulus + shift)
/ divisor, where only the division rounds.
"""

import numpy as np


def rounded(values):
    """Numbers of 4 decimals; NaN becomes null, and -0 becomes 0."""
    array = np.round(np.asarray(values, float), 4) + 0.0
    return [None if np.isnan(v) else float(v) for v in array]


def sides(reference, current):
    return {"kind": "number", "reference": rounded(reference), "current": rounded(current)}


def holed(random, values, share):
    """The same with a share of the rows null."""
    made = np.array(values, float)
    made[random.random(len(made)) < share] = np.nan
    return made


def numbers():
    """Columns of numbers."""
    random = np.random.Generator(np.random.PCG64(7))
    normal, twenty = random.normal, np.arange(20.0)
    law, base = normal(size=250), normal(size=120)
    return {
        "normal, shifted": sides(normal(size=300), normal(0.3, 1.1, 200)),
        "normal, one law": sides(law, normal(size=250)),
        "the same rows": sides(base, base),
        "heavy tails": sides(random.pareto(1.2, 400) + 1, random.pareto(1.0, 300) + 1),
        "whole numbers with ties": sides(random.poisson(4, 300), random.poisson(4.6, 300)),
        "lognormal": sides(random.lognormal(8, 1.3, 2000), random.lognormal(8.1, 1.4, 1500)),
        "1000 and 50 rows": sides(normal(10, 3, 1000), normal(12, 3, 50)),
        "negative": sides(normal(-50, 10, 300), normal(-55, 12, 280)),
        "far from zero": sides(normal(1e6, 0.5, 100), normal(1e6 + 0.2, 0.5, 90)),
        "nulls on both sides": sides(
            holed(random, normal(size=220), 0.1), holed(random, normal(0.2, 1, 180), 0.25)
        ),
        "supports apart": sides(random.random(100), random.random(80) + 5),
        "10 and 7 rows": sides(normal(size=10), normal(0.8, 1, 7)),
        "8 and 8 rows with ties": sides([1, 2, 2, 3, 4, 5, 5, 6], [2, 3, 3, 5, 6, 6, 7, 8]),
        "one current row": sides(normal(size=20), [2.5]),
        "constant": sides(np.full(50, 3.0), np.full(40, 3.0)),
        "constant, changed": sides(np.full(50, 3.0), np.full(40, 4.0)),
        "constant reference": sides(np.full(60, 2.0), normal(2, 1, 50)),
        "constant current": sides(normal(2, 1, 50), np.full(60, 2.0)),
        "two values": sides(random.random(200) < 0.3, random.random(150) < 0.45),
        "two values, equally many rows": sides(random.random(120) < 0.5, random.random(120) < 0.6),
        "mostly zero": sides(
            np.where(random.random(300) < 0.92, 0, random.exponential(100, 300)),
            np.where(random.random(260) < 0.85, 0, random.exponential(120, 260)),
        ),
        "20 values in the reference": sides(np.tile(twenty, 6), random.integers(0, 23, 90)),
        "21 values in the reference": sides(
            np.tile(np.arange(21.0), 5), random.integers(0, 23, 90)
        ),
        "no value in current": sides(normal(size=20), np.full(5, np.nan)),
    }


def categories():
    """Columns of categories; a list of counts is that many rows of each name, in order."""
    random = np.random.Generator(np.random.PCG64(11))

    def drawn(names, weights, rows):
        share = np.array(weights, float)
        return [str(v) for v in random.choice(names, rows, p=share / share.sum())]

    def counted(counts):
        return [name for name, rows in counts.items() for _ in range(rows)]

    def both(reference, current):
        return {"kind": "category", "reference": reference, "current": current}

    five, zipf = list("abcde"), [f"c{i:02}" for i in range(60)]
    rare = [1 / (1 + i) for i in range(60)]
    with_nulls = drawn(five, [3, 2, 2, 1, 1], 200)
    holes = [None if random.random() < 0.15 else name for name in drawn(five, [3, 2, 1, 1, 1], 150)]
    return {
        "five even": both(drawn(five, [1] * 5, 200), drawn(five, [1] * 5, 200)),
        "five, one moved": both(drawn(five, [1] * 5, 200), drawn(five, [1, 1, 1, 1, 2.5], 150)),
        "five, equally many rows": both(
            drawn(five, [4, 3, 2, 1, 1], 180), drawn(five, [3, 3, 2, 2, 1], 180)
        ),
        "60 of a Zipf law": both(drawn(zipf, rare, 1000), drawn(zipf, rare, 800)),
        "one only in current": both(
            counted({"a": 60, "b": 50}), counted({"a": 40, "b": 45, "new": 5})
        ),
        "one only in reference": both(
            counted({"a": 60, "b": 50, "old": 7}), counted({"a": 40, "b": 45})
        ),
        "two": both(counted({"no": 80, "yes": 40}), counted({"no": 41, "yes": 39})),
        "two, equally many rows": both(
            counted({"no": 70, "yes": 30}), counted({"no": 58, "yes": 42})
        ),
        "two, few rows": both(counted({"no": 7, "yes": 1}), counted({"no": 2, "yes": 4})),
        "two, one of them new": both(counted({"no": 30}), counted({"no": 24, "yes": 6})),
        "nulls": both([None if i % 17 == 0 else v for i, v in enumerate(with_nulls)], holes),
        "single": both(counted({"a": 30}), counted({"a": 20})),
        "single, another": both(counted({"a": 30}), counted({"b": 30})),
        "sparse": both(
            counted({"a": 3, "b": 1, "c": 1, "d": 2}), counted({"a": 1, "c": 2, "e": 2})
        ),
        "sparse, 20 names": both(drawn(zipf[:20], rare[:20], 30), drawn(zipf[:20], rare[:20], 24)),
        "no value in current": both(counted({"a": 3, "b": 4}), [None, None]),
    }


def formulas():
    """Columns of numbers too long to write."""

    def side(rows, multiplier, offset, modulus, shift, divisor):
        names = ("rows", "multiplier", "offset", "modulus", "shift", "divisor")
        return dict(zip(names, (rows, multiplier, offset, modulus, shift, divisor)))

    return {
        "12000 and 5000 rows": {
            "kind": "number",
            "reference": side(12000, 7919, 0, 10007, 0, 100),
            "current": side(5000, 6131, 17, 9973, -250, 90),
        },
        "12000 and 3000 rows with ties": {
            "kind": "number",
            "reference": side(12000, 7919, 5, 997, 0, 1),
            "current": side(3000, 6131, 17, 911, 40, 1),
        },
    }


def of_formula(side):
    """The rows of a formula."""
    row = np.arange(side["rows"], dtype=np.int64) * side["multiplier"] + side["offset"]
    return (row % side["modulus"] + side["shift"]) / side["divisor"]
