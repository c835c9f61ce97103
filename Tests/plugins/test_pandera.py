"""The gate pandera beside pandera itself."""

import runpy
import tempfile
from pathlib import Path

import pandas

import plugin
from plugin import EXAMPLE, asked


class Pandera(plugin.Rows):
    one_row = True

    def test_beside_the_package(self):
        """pandera, run by hand, finds as many cells against each rule."""
        from pandera.errors import SchemaErrors

        schema = runpy.run_path(str(EXAMPLE / "schema.py"))["schema"]
        with self.assertRaises(SchemaErrors) as raised:
            schema.validate(pandas.read_parquet(asked()["tables"]["current"]), lazy=True)
        cases = raised.exception.failure_cases
        wanted = {f"{column}: {check}": len(rows) for (column, check), rows in cases.groupby(["column", "check"])}
        ended = self.ran()
        found = {name: check["value"] for name, check in ended.checks().items() if check["outcome"] == "failed"}
        self.assertEqual(found, wanted)
        self.assertGreater(len(wanted), 1)
        total = len(ended.answer["checks"])
        self.assertAlmostEqual(
            ended.answer["measurements"]["success_percent"], 100 * (total - len(wanted)) / total, delta=1e-9)

    def schema(self, text, name="schema.py"):
        """A file with a text."""
        path = Path(self.folder) / name
        path.write_text(text)
        return str(path)

    def test_missing_column(self):
        """A column that is not there fails the table, and the column has no check that passes."""
        ended = self.ran(self.changed(lambda table: table.drop(columns="age")), schema=self.schema(
            "from pandera.pandas import Check, Column, DataFrameSchema\nschema = DataFrameSchema({'age': Column(int, Check.ge(0))})"))
        self.assertEqual({name: it["outcome"] for name, it in ended.checks().items()}, {"table": "failed"})

    def test_yaml(self):
        """A schema may be YAML."""
        path = self.schema("schema_type: dataframe\ncolumns:\n  age: {dtype: int64, checks: {greater_than: 30}}\n", "s.yaml")
        self.assertEqual(self.ran(schema=path).checks()["age: greater_than(30)"]["outcome"], "failed")

    def test_bad_schemas(self):
        """What is no schema, asks nothing, raises or only warns is refused."""
        start = "from pandera.pandas import Check, Column, DataFrameSchema\nschema = DataFrameSchema("
        self.refuses("defines no 'schema'", schema=self.schema("a = 1"))
        self.refuses("cannot be read", schema=self.schema("a = "))
        self.refuses("asks nothing", schema=self.schema(start + ")"))
        self.refuses("a warning is no verdict", schema=self.schema(
            start + "{'age': Column(int, Check.ge(99, raise_warning=True))})"))
