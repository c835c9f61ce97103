"""What a table of loan applications must be."""

from pandera.pandas import Check, Column, DataFrameSchema

schema = DataFrameSchema(
    {
        "application_id": Column(int, unique=True),
        "income": Column(float, [Check.ge(0), Check.le(100_000)]),
        "debt": Column(float, Check.ge(0), nullable=True),
        "age": Column(int, Check.in_range(18, 70)),
        "region": Column(None, Check.isin(["north", "south", "east"])),
    },
    checks=Check(lambda rows: rows["debt"].mean() < rows["income"].mean(), name="less_debt_than_income"),
)
