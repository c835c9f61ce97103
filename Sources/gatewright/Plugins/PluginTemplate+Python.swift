import GateCore

extension PluginTemplate {
  /// The program in Python, without packages.
  static func python(_ kind: Plugin.Kind) -> String {
    switch kind {
    case .gate: pythonGate
    case .metric: pythonMetric
    case .runtime: pythonRuntime
    case .source: pythonSource
    }
  }

  /// A gate that looks at one column.
  private static let pythonGate = """
    import csv, json, os, sys

    ask = json.load(sys.stdin)
    column, least = ask["parameters"]["column"], ask["parameters"]["least"]
    with open(ask["tables"]["holdout"], newline="") as file:
        values = [row[column] for row in csv.DictReader(file)]
    if not values:
        sys.exit("there are no rows, so there is nothing to judge")
    bad = sum(value == "" or float(value) < least for value in values)
    message = f"{bad} of {len(values)} rows have no {column} of at least {least}"
    check = {"id": column, "outcome": "failed" if bad else "passed", "message": message,
             "value": bad, "n": len(values)}
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump({"checks": [check]}, file)

    """

  /// A metric that gives a figure a row.
  private static let pythonMetric = """
    import csv, json, os, sys

    ask = json.load(sys.stdin)
    with open(ask["predictions"][ask["model"]], newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        sys.exit("there are no rows, so there is nothing to measure")
    with open(ask["scratch"] + "/values.csv", "w") as file:
        print("value", file=file)
        for row in rows:
            print(abs(float(row["label"]) - float(row["score"])), file=file)
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump({"file": "values.csv"}, file)

    """

  /// A runtime of a logistic regression.
  private static let pythonRuntime = """
    import csv, json, math, os, sys

    ask = json.load(sys.stdin)
    with open(ask["models"][ask["model"]]["path"], newline="") as file:
        weights = {row["input"]: float(row["weight"]) for row in csv.DictReader(file)}
    with open(ask["tables"]["rows"], newline="") as file, open(ask["scratch"] + "/scores.csv", "w") as scores:
        print("score", file=scores)
        for row in csv.DictReader(file):
            total = weights["intercept"] + sum(weights[name] * float(row[name]) for name in ask["features"])
            print(1 / (1 + math.exp(-total)), file=scores)
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump({"file": "scores.csv"}, file)

    """

  /// A source of files beside it.
  private static let pythonSource = """
    import json, os, shutil, sys

    ask = json.load(sys.stdin)
    name = ask["uri"].split(":", 1)[1]
    if os.path.basename(name) != name:
        sys.exit(f"'{name}' is not the name of a file")
    shutil.copyfile(os.path.join("files", name), os.path.join(ask["scratch"], name))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump({"file": name}, file)

    """
}
