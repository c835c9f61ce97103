"""What goes wrong in columns of real tables: each takes a random source and a table and gives a damaged copy with the column,
or None where no column is of the kind. Values of whole numbers stay whole, so that no damage is found by its digits alone."""


def numbers(table, least=21):
    """Names of columns of numbers with so many values, none of which is an id."""
    return [c for c in table.columns if table[c].dtype.kind in "if" and least <= table[c].nunique() and "id" not in str(c).lower()]


def few(table):
    """Names of columns of categories: texts, or numbers of few values."""
    return [c for c in table.columns if 2 <= table[c].nunique() <= 20 and table[c].dtype.kind in "ifO"
            or str(table[c].dtype) == "str" and 2 <= table[c].nunique() <= 50]


def some(rng, table, share):
    return rng.choice(len(table), max(1, round(share * len(table))), replace=False)


def drawn(rng, names):
    return names[rng.integers(len(names))] if names else None


def changed(table, column, values):
    """A copy with other values in a column; whole numbers stay whole."""
    whole = table[column].dtype.kind == "i" or (table[column].dropna() % 1 == 0).all()
    return table.assign(**{column: values.round() if whole else values}), column


def unit(rng, table):
    column = drawn(rng, [c for c in numbers(table) if (table[c].fillna(0) != 0).mean() > 0.5])
    if column is None:
        return None
    values = table[column].astype(float)
    rows = table.index[(values.notna() & (values != 0)).to_numpy()]
    rows = rng.choice(rows, max(1, round(0.02 * len(table))), replace=False)
    values.loc[rows] *= 1000
    return changed(table, column, values)


def spread(rng, table):
    column = drawn(rng, numbers(table))
    if column is None:
        return None
    values = table[column].astype(float)
    return changed(table, column, values.mean() + 1.5 ** 0.5 * (values - values.mean()))


def shift(rng, table):
    column = drawn(rng, numbers(table))
    if column is None:
        return None
    values = table[column].astype(float)
    return changed(table, column, values + 0.2 * values.std())


def clipped(rng, table):
    names = [c for c in numbers(table) if (table[c] > table[c].quantile(0.9)).mean() > 0.05]
    column = drawn(rng, names)
    if column is None:
        return None
    return table.assign(**{column: table[column].clip(upper=table[column].quantile(0.9, interpolation="lower"))}), column


def put(table, column, rows, value):
    """A copy with one value in some rows."""
    values = table[column].astype(float if table[column].dtype.kind in "if" else object)
    values.iloc[rows] = value
    return table.assign(**{column: values}), column


def sentinel(rng, table):
    column = drawn(rng, numbers(table))
    return column and put(table, column, some(rng, table, 0.02), -999)


def mean(table, column):
    """As one writes it where values are missing."""
    whole = (table[column].dropna() % 1 == 0).all()
    return round(table[column].mean(), 0 if whole else 6)


def filled(rng, table):
    """The mean stands where another value was; of columns where it is rare, for 2% more of what a tenth has are chance."""
    column = drawn(rng, [c for c in numbers(table) if (table[c] == mean(table, c)).mean() < 0.01])
    return column and put(table, column, some(rng, table, 0.02), mean(table, column))


def category(rng, table):
    column = drawn(rng, few(table))
    return column and put(table, column, some(rng, table, 0.03), 77 if table[column].dtype.kind in "if" else "somewhere else")


def nulls(rng, table):
    column = drawn(rng, [c for c in table.columns if table[c].isna().mean() < 0.2])
    if column is None:
        return None
    rows = [r for r in rng.permutation(len(table)) if table[column].iloc[r] == table[column].iloc[r]][:round(0.05 * len(table))]
    return put(table, column, rows, None)


DRIFTS = {
    "2% of the rows a thousand times as large": unit, "variance 1.5 times as large": spread, "mean moved by 0.2 deviations": shift,
    "a new category in 3%": category, "nulls up by 5%": nulls, "-999 in 2%": sentinel, "a rare value, the mean, filled in at 2%": filled,
    "clipped at the 90% point": clipped,
}
