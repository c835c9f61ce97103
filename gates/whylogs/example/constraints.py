"""What must hold of a table of loan applications."""

from whylogs.core.constraints.factories import (
    greater_than_number, is_in_range, mean_between_range, no_missing_values, smaller_than_number)

constraints = [
    no_missing_values("income"),
    greater_than_number("income", 0),
    smaller_than_number("age", 70),
    is_in_range("age", 18, 100),
    mean_between_range("income", 20_000, 60_000),
]
