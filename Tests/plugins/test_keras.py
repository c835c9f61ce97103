"""The runtime keras beside Keras itself."""

import numpy
import pandas

import plugin
from plugin import asked


class Keras(plugin.Scores):
    missing = "age"

    def rows(self):
        return pandas.read_parquet(asked()["tables"]["rows"])[["income", "debt", "age"]]

    def test_beside_the_package(self):
        """The model, called by hand, gives the same scores."""
        import keras

        model = keras.saving.load_model(asked()["models"]["candidate"]["path"], compile=False)
        wanted = numpy.asarray(model(self.rows().to_numpy(dtype="float32")))[:, 0]
        self.assertLess(numpy.abs(numpy.array(self.ran().rows["score"]) - wanted).max(), 1e-6)
        self.assertGreater(wanted.std(), 0.01)

    def test_inputs_by_name(self):
        """A model of several inputs gets each by its name, whatever the order; logits become shares, by hand."""
        import keras

        keras.utils.set_random_seed(2)
        made = [keras.Input((1,), name=name) for name in ("age", "debt")]
        logits = keras.layers.Dense(3)(keras.layers.Rescaling(0.001)(keras.layers.Concatenate()(made)))
        model = keras.Model(made, logits)
        model.save(f"{self.folder}/model.keras")
        request = asked() | {"task": "multiclass", "classes": ["a", "b", "c"], "features": ["income", "debt", "age"]}
        request["models"]["candidate"]["path"] = f"{self.folder}/model.keras"
        ended = self.ran(request, activation="softmax")
        weights, bias = model.layers[-1].get_weights()
        found = self.rows()[["age", "debt"]].to_numpy() * 0.001 @ weights + bias
        powers = numpy.exp(found - found.max(axis=1, keepdims=True))
        wanted = powers / powers.sum(axis=1, keepdims=True)
        for place, name in enumerate("abc"):
            self.assertLess(numpy.abs(wanted[:, place] - ended.rows[name]).max(), 1e-5)

    def test_code_in_the_file(self):
        """A layer that holds code is refused."""
        import keras

        model = keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda rows: rows[:, :1])])
        model.save(f"{self.folder}/model.keras")
        request = asked()
        request["models"]["candidate"]["path"] = f"{self.folder}/model.keras"
        self.refuses("cannot be opened", request=request)

    def test_refusals(self):
        """Features that are no numbers, and other files, are refused."""
        request = self.changed(lambda table: table.assign(age="old"))
        self.refuses("'age' is no column of numbers", request=request)
        request = asked()
        request["models"]["candidate"]["path"] = request["tables"]["rows"]
        self.refuses("neither *.keras nor *.h5", request=request)
