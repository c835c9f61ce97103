"""The gate nannyml beside NannyML itself."""

import pandas

import plugin
from plugin import asked


class NannyML(plugin.Rows):
    def tables(self):
        tables = asked()["tables"]
        return [pandas.read_parquet(tables[name]) for name in ("reference", "current")]

    def test_beside_the_package(self):
        """CBPE, by hand, gives the same estimates and alerts."""
        import nannyml

        reference, current = self.tables()
        words = dict(
            y_pred_proba="score", y_pred="prediction", y_true="defaulted", problem_type="classification_binary",
            metrics=["roc_auc", "f1"])
        answer = self.ran().answer
        whole = nannyml.CBPE(**words, chunk_number=1).fit(reference).estimate(current).filter(period="analysis").to_df()
        chunks = nannyml.CBPE(**words, chunk_size=100).fit(reference).estimate(current).filter(period="analysis").to_df()
        for check in answer["checks"]:
            name = check["id"]
            self.assertAlmostEqual(check["value"], whole[name]["value"].iloc[0], delta=1e-9)
            self.assertAlmostEqual(answer["measurements"][name], check["value"], delta=1e-9)
            self.assertEqual(check["outcome"] == "failed", bool(chunks[name]["alert"].any()))
            for found, wanted in zip(check["evidence"]["chunks"], chunks[name]["value"]):
                self.assertAlmostEqual(found["estimate"], wanted, delta=1e-9)

    def test_numbers(self):
        """DLE, by hand, gives the same estimate."""
        import nannyml

        reference, current = (table.assign(income2=table["income"] * 1.1) for table in self.tables())
        features = ["debt", "age"]
        request = self.changed(lambda table: table.assign(income2=table["income"] * 1.1))
        ended = self.ran(request, method="dle", label="income", prediction="income2", features=features, metrics=["mae"])
        made = nannyml.DLE(
            feature_column_names=features, y_pred="income2", y_true="income", metrics=["mae"], chunk_number=1)
        names = [*features, "income2"]
        wanted = made.fit(reference[[*names, "income"]]).estimate(current[names]).filter(period="analysis").to_df()
        self.assertAlmostEqual(ended.answer["measurements"]["mae"], wanted["mae"]["value"].iloc[0], delta=1e-6)

    def test_refusals(self):
        """What cannot be estimated is refused."""
        self.refuses("does not estimate 'rmse'", metrics=["rmse"])
        self.refuses("'features' names no column", method="dle", metrics=["mae"])
        self.refuses("chunks of 900 rows", chunk_rows=900)
        self.refuses("other values than 0 and 1", prediction="age")
        same = self.changed(lambda table: table.assign(defaulted=1), names=["reference"])
        self.refuses("have the same 'defaulted'", request=same)
