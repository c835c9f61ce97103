"""The runtime huggingface beside transformers itself."""

import tempfile
import zipfile

import numpy
import pandas

import plugin
from plugin import asked


class HuggingFace(plugin.Scores):
    missing = "purpose"

    def test_beside_the_package(self):
        """The model, opened by hand and asked text by text, gives the same shares."""
        import torch
        import transformers

        texts = pandas.read_parquet(asked()["tables"]["rows"])["purpose"]
        found = self.ran().rows
        with tempfile.TemporaryDirectory() as folder:
            zipfile.ZipFile(asked()["models"]["candidate"]["path"]).extractall(folder)
            tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
            model = transformers.AutoModelForSequenceClassification.from_pretrained(folder).eval()
            for row, text in enumerate(texts[:5]):
                with torch.inference_mode():
                    wanted = torch.softmax(model(**tokenizer(text, return_tensors="pt")).logits.double()[0], 0)
                for place, label in model.config.id2label.items():
                    self.assertAlmostEqual(found[label][row], float(wanted[place]), delta=1e-6)
        self.assertGreater(numpy.std(found["car"]), 0)

    def test_refusals(self):
        """Other labels, other columns, and what is no model are refused."""
        self.refuses("the labels car", request=asked() | {"classes": ["car", "home", "boat"]})
        self.refuses("one column of texts", request=asked() | {"features": ["purpose", "age"]})
        request = asked()
        request["models"]["candidate"]["path"] = request["tables"]["rows"]
        self.refuses("no zip", request=request)
        request["models"]["candidate"]["path"] = f"{self.folder}/model.zip"
        with zipfile.ZipFile(f"{self.folder}/model.zip", "w") as archive:
            archive.writestr("readme", "")
        self.refuses("no config.json", request=request)
        with zipfile.ZipFile(f"{self.folder}/model.zip", "w") as archive:
            archive.writestr("config.json", "{}")
        self.refuses("cannot be opened", request=request)
