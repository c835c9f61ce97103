"""The gate tfdv beside TensorFlow Data Validation itself, and beside distances by hand."""

import pandas

import plugin
from plugin import asked


class Tfdv(plugin.Rows):
    def tables(self):
        tables = asked()["tables"]
        return [pandas.read_parquet(tables[name]) for name in ("reference", "current")]

    def test_beside_the_package(self):
        """Validated by hand, the same columns have anomalies, for the same reasons."""
        import tensorflow_data_validation as tfdv

        before, now = (tfdv.generate_statistics_from_dataframe(table) for table in self.tables())
        schema = tfdv.infer_schema(before)
        tfdv.get_feature(schema, "income").drift_comparator.jensen_shannon_divergence.threshold = 0.02
        tfdv.get_feature(schema, "age").drift_comparator.jensen_shannon_divergence.threshold = 0.5
        tfdv.get_feature(schema, "region").drift_comparator.infinity_norm.threshold = 0.2
        found = tfdv.validate_statistics(now, schema, previous_statistics=before)
        ended = self.ran()
        failed = {name: check for name, check in ended.checks().items() if check["outcome"] == "failed"}
        self.assertEqual(set(failed), set(found.anomaly_info))
        self.assertIn("income", failed)
        for name, check in failed.items():
            self.assertEqual(
                sorted(it["message"] for it in check["evidence"]["anomalies"]),
                sorted(reason.description for reason in found.anomaly_info[name].reason))
        self.assertEqual(ended.answer["measurements"]["anomalies"], len(found.anomaly_info))

    def test_distance_by_hand(self):
        """The L-infinity distance of a column of texts is the largest difference of shares."""
        reference, current = (table["region"].value_counts(normalize=True) for table in self.tables())
        self.assertAlmostEqual(self.ran().checks()["region"]["value"], (reference - current).abs().max(), delta=1e-9)

    def test_unknown_column(self):
        """A column that the schema does not know fails."""
        request = self.changed(lambda table: table.assign(wealth=1), names=["current"])
        self.assertEqual(self.ran(request).checks()["wealth"]["outcome"], "failed")

    def test_refusals(self):
        """Bounds and schemas that cannot be meant are refused."""
        self.refuses("wants a column of the schema", drift={"wealth": 0.1})
        self.refuses("a bound for each column", drift=[1])
        with open(f"{self.folder}/schema.pbtxt", "w") as file:
            file.write("no schema")
        self.refuses("the schema cannot be read", schema=f"{self.folder}/schema.pbtxt")

    def test_missing_column(self):
        """A column of the reference that is not there fails."""
        request = self.changed(lambda table: table.drop(columns="income"), names=["current"])
        self.assertEqual(self.ran(request, drift={}).checks()["income"]["outcome"], "failed")
