"""The runtime statsmodels beside statsmodels itself."""

import numpy
import pandas

import plugin
from plugin import asked


class Statsmodels(plugin.Scores):
    missing = "age"

    def test_beside_the_package(self):
        """predict, by hand, gives the same scores."""
        import statsmodels.api

        results = statsmodels.api.load(asked()["models"]["candidate"]["path"])
        wanted = results.predict(pandas.read_parquet(asked()["tables"]["rows"])).to_numpy()
        self.assertLess(numpy.abs(numpy.array(self.ran().rows["score"]) - wanted).max(), 1e-9)
        self.assertGreater(wanted.std(), 0.01)

    def test_constant(self):
        """A model without a formula gets its columns in order, and a constant where it was fitted with one."""
        import statsmodels.api

        rows = pandas.read_parquet(asked()["tables"]["rows"])
        made = statsmodels.api.add_constant(rows[["debt", "age"]])
        results = statsmodels.api.OLS(rows["income"], made).fit()
        request = asked() | {"task": "regression", "classes": []}
        request["models"]["candidate"]["path"] = f"{self.folder}/fit"
        results.save(f"{self.folder}/fit")
        ended = self.ran(request, constant=True)
        self.assertLess(numpy.abs(results.predict(made).to_numpy() - ended.rows["score"]).max(), 1e-6)
        self.refuses("takes the column 'const'", request=request, constant=False)

    def test_no_results(self):
        """What holds no results is refused."""
        import pickle

        request = asked()
        request["models"]["candidate"]["path"] = f"{self.folder}/fit"
        with open(f"{self.folder}/fit", "wb") as file:
            pickle.dump({"a": 1}, file)
        self.refuses("holds a dict", request=request)
