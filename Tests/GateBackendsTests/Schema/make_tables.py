"""Writes good.csv, bad.csv and branches.csv: loan applications that keep and that break a contract.

    python3 make_tables.py

Only the standard library, and of its generator only `random` and `gauss`, which have not changed
since Python 3.2. A null is an empty field; nothing is quoted that need not be, so no empty text is
written, and no value is one that a CSV reader may take for null, but the text NaN in `extra` of
bad.csv. bad.csv is good.csv's rows with the damage of `damage` below, without `currency`, with
`channel`, two columns swapped, and its first 50 rows once more at the end.
"""

import csv
import datetime
import json
import pathlib
import random

HERE = pathlib.Path(__file__).parent
ROWS, AGAIN = 1000, 50
REGIONS = ["North", "South", "East", "West", "Midlands"]
PURPOSES = ["car", "home", "debt", "study", "wedding", "business", "other"]
CONTACTS = ["phone", "email", "letter", "branch", "app"]
FIRST = ["Zoë", "Łukasz", "李雷", "Ana", "O'Brien", "Søren", "Nguyễn", "Ève", "Иван", "John"]
LAST = ["Smith", "Ørsted", "García", "Müller", "Wang", "Доу", "D’Arcy", "Lee", "Kowalska", "Ng"]
GRADES = "B" * 310 + "C" * 290 + "A" * 150 + "D" * 150 + "E" * 100

source = random.Random(20260401)


def below(n):
    """A whole number in 0..<n."""
    return int(source.random() * n)


def one(of):
    """One of a sequence."""
    return of[below(len(of))]


def shuffled(items):
    """The items in another order."""
    items = list(items)
    for i in range(len(items) - 1, 0, -1):
        j = below(i + 1)
        items[i], items[j] = items[j], items[i]
    return items


def maybe(share, value):
    """The value, or with this share a null."""
    return "" if source.random() < share else value


def rows():
    """The rows of good.csv as dictionaries; every value is text."""
    day, queue, result = datetime.date(2025, 1, 1), 700, []
    for i, grade in enumerate(shuffled(GRADES)):
        day += datetime.timedelta(days=below(3) // 2)
        queue -= below(2)
        decided = datetime.datetime.combine(day, datetime.time(below(24), below(60), below(60)))
        decided += datetime.timedelta(days=1 + below(20))
        amount = 1000 + 100 * below(391)
        total = 2 + below(25)
        secured = below(101)
        unsecured = below(101 - secured)
        joint = below(4) == 0
        contacts = shuffled(CONTACTS)
        row = {
            "application_id": 100001 + i,
            "reference": f"LA-2025-{i + 1:06d}",
            "applied_on": day.isoformat(),
            "decided_at": maybe(0.1, decided.isoformat(" ")),
            "name": f"{one(FIRST)} {one(LAST)}",
            "email": maybe(0.05, f"u{i}@{one(['example.com', 'example.org', 'mail.example'])}"),
            "branch": f"B{1 + below(12):02d}",
            "region": REGIONS[min(below(7), 4)],
            "purpose": maybe(0.04, PURPOSES[min(below(8), below(7))]),
            "grade": grade,
            "term_months": 36 if below(3) else 60,
            "amount": amount,
            "amount_requested": amount,
            "funded": maybe(0.1, amount - 100 * max(0, below(8) - 4)),
            "rate": f"{4 + 3 * 'ABCDE'.index(grade) + source.random() * 4:.2f}",
            "income": maybe(0.06, f"{15000 + 900 * source.gauss(0, 1) ** 2 * 25:.2f}"),
            "dti": f"{source.random() * 45:.1f}",
            "fico": min(850, max(480, round(690 + 60 * source.gauss(0, 1)))),
            "years_employed": maybe(0.08, min(40, below(12) * (1 + below(4)))),
            "pct_secured": secured,
            "pct_unsecured": unsecured,
            "pct_other": 100 - secured - unsecured,
            "open_accounts": 1 + below(total),
            "total_accounts": total,
            "is_joint": "true" if joint else "false",
            "co_income": f"{12000 + below(60000)}.50" if joint else "",
            "first_contact": contacts[0],
            "second_contact": contacts[1],
            "third_contact": maybe(0.3, contacts[2]),
            "details": json.dumps({"web": below(2) == 1, "score": below(100)}),
            "extra": maybe(0.2, one(["12", "true", '{"a": [1, 2]}', '"x"', "[]"])),
            "legacy_code": "",
            "queue": queue,
            "service": maybe(0.05, below(11)),
            "currency": "GBP",
            "defaulted": 1 if below(5) == 0 else 0,
        }
        result.append({key: str(value) for key, value in row.items()})
    return result


def put(table, column, places, values):
    """Sets rows of a column to values, in turn; a value may be a function of the old one."""
    for turn, place in enumerate(places):
        value = values[turn % len(values)]
        table[place][column] = value(table[place][column]) if callable(value) else str(value)


def tie(table, column, a, b):
    """Makes two values equally frequent in a table whose first rows come twice."""
    places = {value: [i for i, row in enumerate(table) if row[column] == value] for value in (a, b)}
    counts = {value: len(of) + sum(i < AGAIN for i in of) for value, of in places.items()}
    most = max(counts, key=counts.get)
    surplus = abs(counts[a] - counts[b])
    put(table, column, [i for i in places[most] if i >= AGAIN][:surplus], ["E"])


def damage(table):
    """Breaks most of the promises, each in its own count of rows."""

    def some(count):
        return shuffled(range(ROWS))[:count]

    for place in some(4):
        table[place]["application_id"] = table[0]["application_id"]
    put(table, "reference", some(7), ["LA-25-1", "la-2025-000007", "XLA-2025-000009X", "L"])
    put(table, "applied_on", some(9), ["2025-02-30", "31/12/2025", "2024-06-01", "soon"])
    put(table, "decided_at", some(6), ["2019-05-05 00:00:00", "2031-01-01 12:00:00"])
    put(table, "name", some(8), [" ", "x" * 90, "A\nB", "👩‍👩‍👧 Ng", "e\u0301"])
    wrong = ["nobody", "a@b", "two@@example.com", "UP@EXAMPLE.COM", "n@example.com\n"]
    put(table, "email", some(11), wrong)
    put(table, "email", some(90), [""])
    put(table, "branch", some(5), ["B99", "", "b01"])
    put(table, "region", some(13), ["north", "North ", "NORTH", "North\nEast", "Nörth"])
    put(table, "purpose", some(120), [""])
    put(table, "purpose", some(10), ["yacht", "CAR"])
    put(table, "grade", [i for i in some(ROWS) if table[i]["grade"] in "BC"][:40], ["Z", "A"])
    tie(table, "grade", "B", "C")
    put(table, "term_months", some(17), [48, 0])
    put(table, "amount", some(12), [-500, 999999, 40001, 999])
    put(table, "funded", some(10), [lambda old: "50000"])
    put(table, "rate", some(6), ["-1.00", "88.88"])
    put(table, "income", some(220), [""])
    put(table, "income", some(9), ["9000000.00"])
    put(table, "dti", some(14), ["45.1", "0.0", "120.5"])
    put(table, "fico", some(19), [851, 479, 0])
    put(table, "years_employed", some(5), [99, -1])
    put(table, "pct_other", some(11), [lambda old: str(int(old) + 1), ""])
    put(table, "open_accounts", some(15), [lambda old: "40"])
    put(table, "is_joint", some(30), ["true"])
    put(table, "second_contact", some(9), [""])
    for place in some(16):
        table[place]["second_contact"] = table[place]["first_contact"]
    put(table, "details", some(10), ['{"web": 1}', '{"score": 101, "web": true}', "[]"])
    put(table, "extra", some(12), ["{a: 1}", "NaN", "'x'", "[1,]"])
    put(table, "legacy_code", some(4), ["X1"])
    put(table, "queue", some(21), [lambda old: str(int(old) + 300)])
    put(table, "service", some(10), ["10+"])
    put(table, "defaulted", some(8), [2, ""])


def write(name, table, columns):
    """Writes the columns of a table, lines ended by a newline."""
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        out.writerows(table)


good = rows()
columns = list(good[0])
write("good.csv", good, columns)
bad = [dict(row) for row in good]
damage(bad)
for row in bad:
    row["channel"] = one(["web", "shop"])
bad += bad[:AGAIN]
order = [name for name in columns if name != "currency"] + ["channel"]
a, b = order.index("dti"), order.index("fico")
order[a], order[b] = order[b], order[a]
write("bad.csv", bad, order)
write(
    "branches.csv",
    [{"code": f"B{i:02d}", "city": city} for i, city in enumerate(
        "York Leeds Hull Bath Ely Truro Derby Wells Ripon Dover Deal Rye".split(), 1)],
    ["code", "city"],
)
