"""The runtime pytorch beside PyTorch itself."""

import numpy
import pandas

import plugin
from plugin import asked

NET = """
import torch

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.line = torch.nn.Linear(3, 3)

    def forward(self, rows):
        return self.line(rows / 1000)
"""


class PyTorch(plugin.Scores):
    missing = "age"

    def rows(self):
        return pandas.read_parquet(asked()["tables"]["rows"])[["income", "debt", "age"]]

    def test_beside_the_package(self):
        """The model, run by hand, gives the same scores."""
        import torch

        model = torch.jit.load(asked()["models"]["candidate"]["path"]).eval()
        with torch.inference_mode():
            wanted = torch.sigmoid(model(torch.tensor(self.rows().to_numpy(dtype="float32"))).double())[:, 0].numpy()
        self.assertLess(numpy.abs(numpy.array(self.ran().rows["score"]) - wanted).max(), 1e-9)
        self.assertGreater(wanted.std(), 0.01)

    def test_state_dict(self):
        """A state dict with its class gives the shares of softmax, by weights and hand."""
        import runpy

        import torch

        code = f"{self.folder}/net.py"
        with open(code, "w") as file:
            file.write(NET)
        torch.manual_seed(3)
        model = runpy.run_path(code)["Net"]()
        torch.save(model.state_dict(), f"{self.folder}/weights.pt")
        request = asked() | {"task": "multiclass", "classes": ["a", "b", "c"]}
        request["models"]["candidate"]["path"] = f"{self.folder}/weights.pt"
        words = {"code": code, "class": "Net", "activation": "softmax"}
        ended = self.ran(request, **words)
        weights, bias = (it.detach().numpy() for it in (model.line.weight, model.line.bias))
        logits = (self.rows().to_numpy() / 1000) @ weights.T + bias
        powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
        wanted = powers / powers.sum(axis=1, keepdims=True)
        for place, name in enumerate("abc"):
            self.assertLess(numpy.abs(wanted[:, place] - ended.rows[name]).max(), 1e-5)
        self.refuses("go together", request=request, **(words | {"class": None}))
        self.refuses("defines no class 'Other'", request=request, **(words | {"class": "Other"}))

    def test_pickle(self):
        """A pickled model is refused and not run."""
        import torch

        request = asked()
        request["models"]["candidate"]["path"] = f"{self.folder}/model.pt"
        torch.save(torch.nn.Linear(3, 1), f"{self.folder}/model.pt")
        self.refuses("cannot be opened as TorchScript", request=request)
        with open(f"{self.folder}/net.py", "w") as file:
            file.write(NET)
        self.refuses("cannot be opened as a state dict", request=request, code=f"{self.folder}/net.py", **{"class": "Net"})

    def test_refusals(self):
        """Features that are no numbers, and answers of another shape, are refused."""
        request = self.changed(lambda table: table.assign(age="old"))
        self.refuses("'age' is no column of numbers", request=request)
        self.refuses("gives 1 numbers a row", request=asked() | {"task": "multiclass", "classes": ["a", "b", "c"]})
