"""The runtime mlflow-pyfunc beside MLflow itself."""

import os
import shutil
import tempfile
import zipfile

import numpy
import pandas

import plugin
from plugin import asked


class MLflow(plugin.Scores):
    missing = "age"

    def test_beside_the_package(self):
        """The Python function, called by hand, gives the same scores."""
        import mlflow.pyfunc

        rows = pandas.read_parquet(asked()["tables"]["rows"])
        with tempfile.TemporaryDirectory() as folder:
            zipfile.ZipFile(asked()["models"]["candidate"]["path"]).extractall(folder)
            wanted = numpy.asarray(mlflow.pyfunc.load_model(folder).predict(rows))[:, 1]
        self.assertLess(numpy.abs(numpy.array(self.ran().rows["score"]) - wanted).max(), 1e-9)
        self.assertGreater(wanted.std(), 0.01)

    def model(self, kind, rows, label):
        """A request for a model that answers once a row."""
        import mlflow.sklearn

        place = f"{self.folder}/model"
        shutil.rmtree(place, ignore_errors=True)
        model = kind().fit(rows, label)
        mlflow.sklearn.save_model(model, place, pip_requirements=[], serialization_format="cloudpickle")
        shutil.make_archive(place, "zip", place)
        request = asked() | {"features": list(rows)}
        request["models"]["candidate"]["path"] = place + ".zip"
        return model, request

    def test_one_answer(self):
        """Classes are decisions, numbers are scores."""
        from sklearn.linear_model import LinearRegression
        from sklearn.tree import DecisionTreeClassifier

        rows = pandas.read_parquet(asked()["tables"]["rows"])[["income", "debt"]]
        model, request = self.model(DecisionTreeClassifier, rows, (rows["income"] > 30000).astype(int))
        self.assertEqual(self.ran(request).rows["prediction"], [str(it) for it in model.predict(rows)])
        self.refuses("none of the classes", request=request | {"classes": ["no", "yes"]})
        model, request = self.model(LinearRegression, rows, rows["debt"] / rows["income"])
        ended = self.ran(request | {"task": "regression", "classes": []})
        self.assertLess(numpy.abs(model.predict(rows) - ended.rows["score"]).max(), 1e-9)

    def test_refusals(self):
        """What is no model is refused."""
        request = asked()
        request["models"]["candidate"]["path"] = os.path.join(self.folder, "model.zip")
        with zipfile.ZipFile(request["models"]["candidate"]["path"], "w") as archive:
            archive.writestr("readme", "")
        self.refuses("no file MLmodel", request=request)
