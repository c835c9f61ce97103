"""Classifies texts by a Hugging Face model whose folder was zipped."""

import json
import os
import sys
import warnings
import zipfile

warnings.simplefilter("ignore")
os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error", "TOKENIZERS_PARALLELISM": "false"}

import pandas  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402


def unpacked(path, scratch):
    """The folder of the model, which has config.json."""
    folder = os.path.join(scratch, "model")
    try:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
    except (zipfile.BadZipFile, OSError) as error:
        sys.exit(f"the model is no zip of a model's folder ({error}): make one by 'cd model && zip -r ../model.zip .'")
    for place, _, files in sorted(os.walk(folder)):
        if "config.json" in files:
            return place
    sys.exit("the zip has no config.json: zip the folder that save_pretrained wrote for the model and its tokenizer")


def opened(folder):
    """The tokenizer and the model; only safetensors are read, nothing is unpickled, no code of the model is run."""
    try:
        words = {"local_files_only": True, "trust_remote_code": False}
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **words)
        model = transformers.AutoModelForSequenceClassification.from_pretrained(folder, use_safetensors=True, **words)
    except Exception as error:  # transformers raises what each of its parts likes.
        sys.exit(f"the model cannot be opened: {type(error).__name__}: {' '.join(str(error).split())[:400]}")
    return tokenizer, model.eval()


def places(labels, classes):
    """Where each class of the manifest is among the labels of the model."""
    names = {str(label).lower(): int(place) for place, label in labels.items()}
    unknown = next((name for name in classes if name.lower() not in names), None)
    if unknown is not None or len(names) != len(classes):
        sys.exit(f"the classes are {', '.join(classes)}, and the model has the labels {', '.join(map(str, labels.values()))}")
    return [names[name.lower()] for name in classes]


def shares(tokenizer, model, texts, parameters):
    """The share of each label for every text, in double precision."""
    made = []
    with torch.inference_mode():
        for start in range(0, len(texts), parameters["batch"]):
            part = tokenizer(
                texts[start:start + parameters["batch"]], truncation=True, max_length=parameters["most_tokens"],
                padding=True, return_tensors="pt")
            made.append(torch.softmax(model(**part).logits.to(torch.float64), dim=1))
    return torch.cat(made).numpy()


def judge(ask):
    """Writes the scores of all texts; gives the answer."""
    rows, features = pandas.read_parquet(ask["tables"]["rows"]), ask["features"]
    if rows.empty:
        sys.exit("the table has no rows to score")
    if len(features) != 1:
        sys.exit(f"the model takes one column of texts, and the features are {', '.join(features)}: features: [text]")
    if features[0] not in rows:
        sys.exit(f"the table has no column '{features[0]}'")
    if rows[features[0]].isna().any():
        sys.exit(f"the text '{features[0]}' is missing in some rows: fill it by 'derive'")
    if ask["task"] not in ("binary", "multiclass"):
        sys.exit(f"this runtime does not score the task {ask['task']}")
    torch.set_num_threads(2)
    tokenizer, model = opened(unpacked(ask["models"][ask["model"]]["path"], ask["scratch"]))
    at = places(model.config.id2label, ask["classes"])
    try:
        found = shares(tokenizer, model, rows[features[0]].astype(str).tolist(), ask["parameters"])
    except (RuntimeError, ValueError, IndexError) as error:
        sys.exit(f"the model cannot score these texts: {' '.join(str(error).split())[:400]}")
    table = {"score": found[:, at[1]]} if ask["task"] == "binary" else dict(zip(ask["classes"], found[:, at].T))
    made = pandas.DataFrame(table)
    if made.isna().any(axis=None):
        sys.exit("the model answers with a score that is no number")
    made.to_parquet(os.path.join(ask["scratch"], "scores.parquet"), index=False)
    return {"file": "scores.parquet", "version": transformers.__version__}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
