"""The rest of the expectations of suite.json, and those of suite-sql.json."""

import datetime

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column
from great_expectations_of_values import PURPOSES, REGIONS


def order_checks():
    """Order of rows; pairs and rows of columns."""
    return [
        gxe.ExpectColumnValuesToBeIncreasing(column="application_id", strictly=True),
        gxe.ExpectColumnValuesToBeIncreasing(column="application_id"),
        gxe.ExpectColumnValuesToBeDecreasing(column="queue"),
        gxe.ExpectColumnValuesToBeDecreasing(column="queue", strictly=True, mostly=0.4),
        gxe.ExpectColumnValuesToBeIncreasing(column="decided_at", mostly=0.45),
        gxe.ExpectColumnPairValuesToBeEqual(column_A="amount", column_B="amount_requested"),
        gxe.ExpectColumnPairValuesToBeEqual(column_A="amount", column_B="funded", mostly=0.5),
        gxe.ExpectColumnPairValuesToBeEqual(
            column_A="amount",
            column_B="funded",
            mostly=0.6,
            ignore_row_if="either_value_is_missing",
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="total_accounts", column_B="open_accounts", or_equal=True
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="total_accounts", column_B="open_accounts", mostly=0.8
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="amount",
            column_B="funded",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="amount", column_B="funded", or_equal=True, mostly=0.85
        ),
        gxe.ExpectColumnPairValuesToBeInSet(
            column_A="term_months",
            column_B="defaulted",
            value_pairs_set=[(36, 0), (36, 1), (60, 0), (60, 1)],
        ),
        gxe.ExpectColumnPairValuesToBeInSet(
            column_A="purpose",
            column_B="is_joint",
            value_pairs_set=[(p, j) for p in PURPOSES + [None] for j in (True, False)],
        ),
        gxe.ExpectMulticolumnSumToEqual(
            column_list=["pct_secured", "pct_unsecured", "pct_other"], sum_total=100
        ),
        gxe.ExpectMulticolumnSumToEqual(
            column_list=["pct_secured", "pct_unsecured", "pct_other"],
            sum_total=100,
            ignore_row_if="any_value_is_missing",
            mostly=0.99,
        ),
        gxe.ExpectMulticolumnValuesToBeEqual(
            column_list=["amount", "amount_requested", "funded"], mostly=0.5
        ),
    ]


def aggregate_checks():
    """Figures of a column between bounds."""
    between = [
        (gxe.ExpectColumnMeanToBeBetween, "fico", 670, 710),
        (gxe.ExpectColumnMeanToBeBetween, "years_employed", 5, 15),
        (gxe.ExpectColumnMeanToBeBetween, "is_joint", 0.2, 0.3),
        (gxe.ExpectColumnMedianToBeBetween, "income", 20000, 30000),
        (gxe.ExpectColumnMedianToBeBetween, "amount", 15000, 25000),
        (gxe.ExpectColumnMinToBeBetween, "amount", 1000, 2000),
        (gxe.ExpectColumnMaxToBeBetween, "fico", 800, 850),
        (gxe.ExpectColumnMaxToBeBetween, "dti", 40, 45),
        (gxe.ExpectColumnSumToBeBetween, "amount", 19000000, 23000000),
        (gxe.ExpectColumnSumToBeBetween, "co_income", 8900000, 11000000),
        (gxe.ExpectColumnStdevToBeBetween, "fico", 50, 70),
        (gxe.ExpectColumnStdevToBeBetween, "rate", 3.5, 4.5),
        (gxe.ExpectColumnUniqueValueCountToBeBetween, "purpose", 7, 7),
        (gxe.ExpectColumnUniqueValueCountToBeBetween, "region", 2, 5),
        (gxe.ExpectColumnProportionOfUniqueValuesToBeBetween, "reference", 1, 1),
        (gxe.ExpectColumnProportionOfUniqueValuesToBeBetween, "income", 0.99, 1),
        (gxe.ExpectColumnProportionOfUniqueValuesToBeBetween, "third_contact", 0.006, 0.0075),
    ]
    checks = [kind(column=c, min_value=low, max_value=high) for kind, c, low, high in between]
    return checks + [
        gxe.ExpectColumnMaxToBeBetween(column="fico", max_value=851, strict_max=True),
        gxe.ExpectColumnMeanToBeBetween(
            column="rate",
            min_value=5,
            max_value=7,
            row_condition=Column("grade") == "A",
        ),
        gxe.ExpectColumnMinToBeBetween(
            column="decided_at", min_value=datetime.datetime(2025, 1, 1)
        ),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="amount",
            quantile_ranges={
                "quantiles": [0.1, 0.25, 0.5, 0.75, 0.95],
                "value_ranges": [
                    [3000, 7000], [8000, 13000], [18000, 23000], [27000, 33000], [35000, None]
                ],
            },
        ),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="income",
            quantile_ranges={
                "quantiles": [0.333, 0.5], "value_ranges": [[None, 20000], [0, 30000]]
            },
            allow_relative_error="linear",
        ),
        gxe.ExpectColumnMostCommonValueToBeInSet(column="grade", value_set=["B", "C"]),
        gxe.ExpectColumnMostCommonValueToBeInSet(
            column="grade", value_set=["B", "X"], ties_okay=True
        ),
        gxe.ExpectColumnMostCommonValueToBeInSet(column="grade", value_set=["B"]),
        gxe.ExpectColumnMostCommonValueToBeInSet(column="region", value_set=["Midlands"]),
        gxe.ExpectColumnDistinctValuesToBeInSet(column="region", value_set=REGIONS + ["Wales"]),
        gxe.ExpectColumnDistinctValuesToBeInSet(column="purpose", value_set=PURPOSES),
        gxe.ExpectColumnDistinctValuesToContainSet(column="grade", value_set=["A", "E"]),
        gxe.ExpectColumnDistinctValuesToContainSet(column="branch", value_set=["B01", "B12"]),
        gxe.ExpectColumnDistinctValuesToEqualSet(column="purpose", value_set=PURPOSES),
        gxe.ExpectColumnDistinctValuesToEqualSet(column="term_months", value_set=[36, 60]),
    ]


def divergence_checks():
    """Kullback-Leibler divergence, of categories and of bins."""
    halves = {"values": ["A", "B", "C", "D", "E"], "weights": [0.15, 0.31, 0.29, 0.15, 0.1]}
    bins = {
        "bins": [480, 600, 650, 700, 750, 850],
        "weights": [0.0625, 0.1875, 0.3125, 0.28125, 0.15625],
    }
    kind = gxe.ExpectColumnKLDivergenceToBeLessThan
    return [
        kind(column="grade", partition_object=halves, threshold=0.001),
        kind(column="grade", partition_object=halves, threshold=1, tail_weight_holdout=0.01),
        kind(column="fico", partition_object=bins, threshold=0.05),
        kind(column="fico", partition_object=bins, threshold=0.1, tail_weight_holdout=0.001),
        kind(
            column="income",
            partition_object={
                "bins": [15000, 20000, 30000, 60000, 500000],
                "weights": [0.3125, 0.25, 0.25, 0.125],
                "tail_weights": [0.03125, 0.03125],
            },
            threshold=0.2,
        ),
    ]


def sql_checks():
    """What only SQL engines can do."""
    return [
        gxe.ExpectColumnValuesToMatchLikePattern(column="reference", like_pattern="LA-2025-%"),
        gxe.ExpectColumnValuesToMatchLikePattern(column="branch", like_pattern="B__", mostly=0.99),
        gxe.ExpectColumnValuesToNotMatchLikePattern(column="region", like_pattern="% "),
        gxe.ExpectColumnValuesToMatchLikePatternList(
            column="email", like_pattern_list=["%@example.com", "%@example.org", "%@mail.example"]
        ),
        gxe.ExpectColumnValuesToMatchLikePatternList(
            column="reference", like_pattern_list=["LA%", "%0%"], match_on="all"
        ),
        gxe.ExpectColumnValuesToNotMatchLikePatternList(
            column="purpose", like_pattern_list=["yacht", "boat%"]
        ),
        gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="thousand"),
        gxe.UnexpectedRowsExpectation(
            unexpected_rows_query="SELECT * FROM {batch} WHERE open_accounts > total_accounts",
            description="no more open accounts than accounts",
        ),
        gxe.UnexpectedRowsExpectation(
            unexpected_rows_query="SELECT a.application_id FROM {batch} a LEFT JOIN branches b"
            " ON a.branch = b.code WHERE a.branch IS NOT NULL AND b.code IS NULL",
            description="every branch is known",
        ),
        gxe.ExpectColumnValuesToBeUnique(column="application_id"),
        gxe.ExpectColumnValuesToNotBeNull(column="purpose", mostly=0.95),
        gxe.ExpectColumnStdevToBeBetween(column="fico", min_value=50, max_value=70),
        gxe.ExpectColumnMedianToBeBetween(column="income", min_value=20000, max_value=30000),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="amount",
            quantile_ranges={"quantiles": [0.25, 0.5], "value_ranges": [[8000, 13000], [0, 23000]]},
        ),
    ]
