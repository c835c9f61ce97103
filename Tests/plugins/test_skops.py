"""The runtime skops beside scikit-learn itself."""

import numpy
import pandas

import plugin
from plugin import asked


class Skops(plugin.Scores):
    missing = "age"

    def test_beside_the_package(self):
        """predict_proba, by hand, gives the same scores."""
        import skops.io

        model = skops.io.load(asked()["models"]["candidate"]["path"], trusted=[])
        wanted = model.predict_proba(pandas.read_parquet(asked()["tables"]["rows"]))[:, 1]
        self.assertLess(numpy.abs(numpy.array(self.ran().rows["score"]) - wanted).max(), 1e-9)

    def test_pickle(self):
        """A pickle is refused, and none of it is run."""
        import pickle

        with open(f"{self.folder}/model", "wb") as file:
            pickle.dump(Calls(f"{self.folder}/ran"), file)
        request = asked()
        request["models"]["candidate"]["path"] = f"{self.folder}/model"
        self.refuses("cannot be opened", request=request)
        import os.path

        self.assertFalse(os.path.exists(f"{self.folder}/ran"))

    def test_untrusted(self):
        """A type that skops does not know is refused until it is named."""
        import skops.io
        from sklearn.linear_model import LinearRegression

        model = LinearRegression().fit(numpy.ones((2, 1)), [1.0, 1.0])
        model.note = plugin.Ended(0, None, "", None)
        request = asked() | {"task": "regression", "features": ["income"]}
        request["models"]["candidate"]["path"] = f"{self.folder}/model"
        skops.io.dump(model, f"{self.folder}/model")
        self.refuses("plugin.Ended", request=request)
        self.assertEqual(set(self.ran(request, trusted=["plugin.Ended"]).rows["score"]), {1.0})


class Calls:
    """What makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (self.path, "w")
