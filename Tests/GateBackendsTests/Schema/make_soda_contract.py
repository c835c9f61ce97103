"""Writes contract-good.json and contract-bad.json: what Soda 4 finds by contract.yml in both tables.

    python3 -m venv venv && venv/bin/pip install -r requirements-soda-contract.txt
    venv/bin/python make_soda_contract.py

The tables are read by DuckDB as make_soda.py reads them. Each report is a list, in the order of the
contract, of {"check", "column", "outcome", "value"}; the last entry has the errors of Soda's log.
"""

import json
import logging
import pathlib

import duckdb
from soda_core.common.logs import Logs
from soda_core.common.yaml import ContractYamlSource
from soda_core.contracts.contract_verification import ContractVerificationSession
from soda_duckdb.common.data_sources.duckdb_data_source import DuckDBDataSourceImpl

HERE = pathlib.Path(__file__).parent


def connect(name):
    """A database with the table as `loans`, and the branches."""
    database = duckdb.connect(":memory:")
    options = "header = true, nullstr = '', quote = '\"', escape = '\"', sample_size = -1"
    for table, file in (("loans", name), ("branches", "branches")):
        database.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv('{HERE / file}.csv', {options})"
        )
    return database


def verify(name):
    """What Soda finds in a table."""
    logs = Logs()
    session = ContractVerificationSession.execute(
        contract_yaml_sources=[ContractYamlSource.from_file_path(str(HERE / "contract.yml"))],
        data_source_impls=[DuckDBDataSourceImpl.from_existing_cursor(connect(name), "duckdb")],
        data_timestamp="2026-03-01T00:00:00Z",
        logs=logs,
    )
    result = session.contract_verification_results[0]
    rows = [
        {
            "check": check.check.name,
            "column": check.check.column_name,
            "outcome": check.outcome.name,
            "value": check.threshold_value,
        }
        for check in result.check_results
    ]
    return rows + [{"errors": logs.get_errors()}]


def main():
    """Verifies both tables and writes what was found."""
    logging.disable(logging.INFO)
    for name in ("good", "bad"):
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in verify(name))
        (HERE / f"contract-{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


main()
