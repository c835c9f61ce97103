"""The gate alibi-detect beside Alibi Detect itself, and beside a distance by hand."""

import numpy
import pandas

import plugin
from plugin import asked


class AlibiDetect(plugin.Rows):
    def scaled(self):
        """Both tables as the gate scales them."""
        tables, columns = asked()["tables"], asked()["parameters"]["columns"]
        reference, current = (pandas.read_parquet(tables[name])[columns] for name in ("reference", "current"))
        made = [(it - reference.mean()) / reference.std(ddof=0) for it in (reference, current)]
        return [it.to_numpy().astype("float32") for it in made]

    def test_beside_the_package(self):
        """The same detectors, by hand with the same seed, have the same distances and p-values."""
        import torch
        from alibi_detect.cd import LSDDDrift, MMDDrift

        reference, current = self.scaled()
        checks = self.ran().checks()
        for name, kind in (("mmd", MMDDrift), ("lsdd", LSDDDrift)):
            numpy.random.seed(1)
            torch.manual_seed(1)
            torch.set_num_threads(1)
            data = kind(reference, backend="pytorch", p_val=0.05, n_permutations=50, device="cpu").predict(current)["data"]
            self.assertAlmostEqual(checks[name]["evidence"]["distance"], float(data["distance"]), delta=1e-9)
            self.assertAlmostEqual(checks[name]["value"], float(data["p_val"]), delta=1e-9)
            self.assertEqual(checks[name]["outcome"] == "failed", bool(data["is_drift"]))

    def test_same_rows(self):
        """A table beside itself has not moved; one that moved far has."""
        request = asked()
        request["tables"]["current"] = request["tables"]["reference"]
        self.assertEqual(self.ran(request, detectors=["mmd"]).checks()["mmd"]["outcome"], "passed")
        far = self.changed(lambda table: table.assign(age=table["age"] + 30), names=["current"])
        self.assertEqual(self.ran(far, detectors=["mmd"]).checks()["mmd"]["outcome"], "failed")

    def test_refusals(self):
        """Columns that cannot be compared, and other detectors, are refused."""
        self.refuses("is not a number", columns=["region"])
        self.refuses("each once", detectors=["mmd", "mmd"])
        self.refuses("each once", detectors=["ks"])
        self.refuses("the same in every reference row", request=self.changed(lambda table: table.assign(age=1)))
