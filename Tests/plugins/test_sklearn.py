"""The runtime sklearn beside scikit-learn itself."""

import pickle
import warnings
from pathlib import Path

import joblib
import numpy
import pandas

import plugin
from plugin import asked


class Sklearn(plugin.Scores):
    missing = "age"

    def rows(self):
        return pandas.read_parquet(asked()["tables"]["rows"])

    def request(self, model, rows, **changes):
        """A request for a model of the test's own on rows of its own."""
        request = asked() | changes
        request["tables"]["rows"] = f"{self.folder}/rows.parquet"
        request["models"]["candidate"]["path"] = f"{self.folder}/model.joblib"
        rows.to_parquet(request["tables"]["rows"], index=False)
        joblib.dump(model, request["models"]["candidate"]["path"])
        return request

    def test_beside_the_package(self):
        """predict_proba, by hand, gives the same scores."""
        model = joblib.load(asked()["models"]["candidate"]["path"])
        wanted = model.predict_proba(self.rows())[:, 1]
        self.assertLess(numpy.abs(numpy.array(self.ran().rows["score"]) - wanted).max(), 1e-9)

    def test_texts(self):
        """A model of texts gets its one column, and classes go by name, in the manifest's order."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        rows = pandas.DataFrame({"text": ["late payment", "lost card", "new loan", "late again", "card gone", "loan please"]})
        labels = ["late", "card", "loan"] * 2
        model = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(rows["text"], labels)
        classes = ["loan", "late", "card"]
        ended = self.ran(self.request(model, rows, task="multiclass", classes=classes, features=["text"]))
        wanted = pandas.DataFrame(model.predict_proba(rows["text"]), columns=model.classes_)
        for name in classes:
            self.assertLess(numpy.abs(wanted[name] - ended.rows[name]).max(), 1e-9)

    def test_other_tasks(self):
        """Numbers, several labels, and decisions of a model without probabilities."""
        from sklearn.linear_model import LinearRegression, Perceptron
        from sklearn.tree import DecisionTreeClassifier

        rows = self.rows()[["income", "debt", "age"]]
        high = (rows["income"] > rows["income"].median()).astype(int)
        old = (rows["age"] > 40).astype(int)
        model = LinearRegression().fit(rows, rows["debt"] * 2)
        ended = self.ran(self.request(model, rows, task="regression", classes=[]))
        self.assertLess(numpy.abs(model.predict(rows) - ended.rows["score"]).max(), 1e-9)
        model = DecisionTreeClassifier().fit(rows, numpy.column_stack([high, old]))
        ended = self.ran(self.request(model, rows, task="multilabel", classes=["high", "old"]))
        self.assertEqual(ended.rows, {"high": high.tolist(), "old": old.tolist()})
        model = Perceptron().fit(rows, high)
        ended = self.ran(self.request(model, rows))
        self.assertEqual(ended.rows["prediction"], [str(it) for it in model.predict(rows)])

    def test_skops(self):
        """A file of skops is told from a pickle by how it begins."""
        import skops.io

        request = asked()
        model = joblib.load(request["models"]["candidate"]["path"])
        request["models"]["candidate"]["path"] = f"{self.folder}/model"
        skops.io.dump(model, request["models"]["candidate"]["path"])
        self.assertEqual(self.ran(request).rows, self.ran().rows)

    def test_refusals(self):
        """Other columns, other classes, what is no model and another version are refused."""
        self.refuses("no class 'yes'", request=asked() | {"classes": ["0", "yes"]})
        request = asked()
        Path(f"{self.folder}/model").write_bytes(b"no pickle")
        request["models"]["candidate"]["path"] = f"{self.folder}/model"
        self.refuses("cannot be opened", request=request)
        Path(f"{self.folder}/model").write_bytes(pickle.dumps({"a": 1}))
        self.refuses("cannot score", request=request)
        from sklearn.linear_model import LinearRegression

        model = LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0])
        with unittest_version("0.24.0"), warnings.catch_warnings():
            joblib.dump(model, f"{self.folder}/model")
        self.refuses("0.24.0 saved this model", request=request)


def unittest_version(version):
    """scikit-learn, saying that it is of another version."""
    import unittest.mock

    return unittest.mock.patch("sklearn.base.__version__", version)
