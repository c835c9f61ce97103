"""Writes sizes.json: what the libraries themselves count in the models of this folder.

Run in this folder with the versions of make_answers.py.
"""

import json
import pathlib

import lightgbm
import onnx
import xgboost

folder = pathlib.Path(__file__).parent
sizes = {}

for path in sorted(folder.glob("*.lightgbm.txt")):
    def nodes(node):
        if "left_child" not in node:
            return 1
        return 1 + nodes(node["left_child"]) + nodes(node["right_child"])

    trees = lightgbm.Booster(model_file=str(path)).dump_model()["tree_info"]
    sizes[path.name] = {
        "trees": len(trees),
        "nodes": sum(nodes(tree["tree_structure"]) for tree in trees),
    }

for path in sorted(list(folder.glob("*.xgboost.json")) + list(folder.glob("*.xgboost.ubj"))):
    booster = xgboost.Booster(model_file=str(path))
    try:
        frame = booster.trees_to_dataframe()
        sizes[path.name] = {"trees": int(frame.Tree.max()) + 1, "nodes": len(frame)}
    except ValueError:
        dump = [line for line in booster.get_dump()[0].split("\n")]
        sizes[path.name] = {"parameters": sum(1 for line in dump if line and line[-1] != ":")}

example = folder.parents[2] / "examples/loan-default/models"
for path in sorted(list(folder.glob("*.onnx")) + list(example.glob("*.onnx"))):
    try:
        model = onnx.load(path, load_external_data=False)
    except Exception:
        continue
    trees = nodes = parameters = 0
    weights = {"coefficients", "intercepts", "support_vectors", "rho", "prob_a", "prob_b"}
    floats = {1, 2, 3, 10, 11, 16}

    def count(graph):
        global trees, nodes, parameters
        for tensor in graph.initializer:
            size = 1
            for dim in tensor.dims:
                size *= dim
            parameters += size if tensor.data_type in floats else 0
        for node in graph.node:
            for attribute in node.attribute:
                if attribute.type == onnx.AttributeProto.GRAPH:
                    count(attribute.g)
                elif node.op_type.startswith("TreeEnsemble"):
                    if attribute.name == "nodes_treeids":
                        trees += len(set(attribute.ints))
                        nodes += len(attribute.ints)
                elif node.op_type == "Constant" and attribute.type == onnx.AttributeProto.TENSOR:
                    size = 1
                    for dim in attribute.t.dims:
                        size *= dim
                    parameters += size if attribute.t.data_type in floats else 0
                elif attribute.name in weights:
                    parameters += len(attribute.floats)

    count(model.graph)
    sizes[path.name] = {
        key: value
        for key, value in {
            "trees": trees, "nodes": nodes if trees else 0, "parameters": parameters
        }.items()
        if value
    }

(folder / "sizes.json").write_text(json.dumps(sizes, indent=1, sort_keys=True) + "\n")
