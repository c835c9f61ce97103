#!/usr/bin/env python3
"""Measures how fast models are scored, beside LightGBM's and XGBoost's own packages on one thread in one run.

    make bench-trees

Writes benchmarks/results-trees.md. Exits 1 when a target is missed or a bit differs. Rows and models are made here,
seeded, in build/bench. Our side is the worker process of build/gatewright, which a run starts for every model: what is
counted is its processor time from the first byte of a batch to the last of the answer, so reading and writing are in it.
"""

import hashlib
import os
import platform
import struct
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"
TOOLS = WORK / "python-trees"
PROGRAM = ROOT / "build" / "gatewright"
ROWS, REPEATS = 60_000, 5
BUSY = os.getloadavg()[0]
SIZES = [2, 4, 14, 3, 51, 7, 25, 200]


def tools():
    if not (TOOLS / "complete").exists():
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--root-user-action=ignore", "--no-deps", "--only-binary=:all:", "--require-hashes", "--target", str(TOOLS),
             "-r", str(ROOT / "benchmarks" / "requirements-trees.txt")], check=True)
        (TOOLS / "complete").touch()
    sys.path.insert(0, str(TOOLS))


def rows(count, seed):
    """Loan applications: 20 numbers, some rounded, skewed or missing, and 8 categories as codes, -1 for unknown."""
    import numpy as np

    random = np.random.default_rng(seed)
    columns = []
    for place in range(20):
        x = random.standard_normal(count)
        x = [x * 40 + 700, np.exp(x), np.floor(np.abs(x) * 9), np.round(x * 25, 1)][place % 4]
        columns.append(np.where(random.random(count) < (0.05 if place % 3 == 0 else 0), np.nan, x))
    for size in SIZES:
        weights = 1 / np.arange(1, size + 1) ** 0.7
        code = random.choice(size, count, p=weights / weights.sum()).astype(float)
        columns.append(np.where(random.random(count) < 0.02, -1.0, code))
    x = np.column_stack(columns)
    margin = sum(np.tanh(np.nan_to_num(x[:, p]) / (1 + np.nanstd(x[:, p]))) * (-1) ** p for p in range(20))
    for place, size in enumerate(SIZES):
        effect = np.random.default_rng(place).normal(0, 0.5, size + 1)
        margin = margin + effect[x[:, 20 + place].astype(int)]
    return x, (margin + random.normal(0, 1.5, count) > 1).astype(int)


def hostile(x, thresholds, single, seed):
    """30% of the cells replaced by missing, infinite, tiny and huge numbers, and 10% by thresholds or the number after one."""
    import numpy as np

    random = np.random.default_rng(seed)
    x = x.copy()
    ends = [3e38, -3e38] if single else [np.inf, -np.inf, 1e300, -1e300]
    strange = np.array([np.nan, 0.0, -0.0, 1e-36, -1e-36, 1e-35, -0.5, 200, 2.0**31, 1e10, -1, -2, *ends])
    where = random.random(x.shape) < 0.3
    x[where] = strange[random.integers(0, len(strange), where.sum())]
    for column, values in thresholds.items():
        places = np.flatnonzero(random.random(len(x)) < 0.1)
        chosen = random.choice(sorted(values), len(places))
        after = np.nextafter(chosen.astype("f4"), np.float32(np.inf)).astype("f8") if single else np.nextafter(chosen, np.inf)
        x[places, column] = np.where(random.random(len(places)) < 0.5, chosen, after)
    return x


class Worker:
    """The process that scores a model, spoken to as a run does."""

    def __init__(self, path, runtime):
        self.process = subprocess.Popen([PROGRAM, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        options = self.integer(0) + self.integer(-1) + self.integer(0) + b"\0" + self.integer(0) * 2 + b"\0" + self.integer(0)
        self.ask(1, b"".join(map(self.text, [str(path), digest, path.name, runtime, "binary"])) + options
                 + self.integer(8 << 30) + self.integer(3600))

    @staticmethod
    def integer(value):
        return struct.pack("<q", value)

    @classmethod
    def text(cls, value):
        return cls.integer(len(value.encode())) + value.encode()

    def ask(self, kind, payload):
        self.process.stdin.write(bytes([kind]) + self.integer(len(payload)) + payload)
        self.process.stdin.flush()
        header = self.process.stdout.read(9)
        answer = self.process.stdout.read(struct.unpack("<q", header[1:])[0])
        if header[0] == 8:
            raise SystemExit(f"the worker said: {answer[8:200]}")
        return answer

    def seconds(self):
        fields = Path(f"/proc/{self.process.pid}/schedstat").read_text().split()
        return int(fields[0]) / 1e9

    def score(self, x, size=16_384):
        """The answers and the processor time of all batches but the first, which the library judges, scaled to all rows."""
        import numpy as np

        answers, spent, counted = [], 0.0, 0
        for first in range(0, len(x), size):
            batch = x[first:first + size]
            count = self.integer(len(batch))
            columns = b"".join(
                self.text(f"c{j}") + b"\0" + count + np.ascontiguousarray(batch[:, j]).tobytes() + self.integer(0)
                for j in range(x.shape[1]))
            start = self.seconds()
            answer = self.ask(2, count + self.integer(x.shape[1]) + columns)
            if first > 0:
                spent, counted = spent + self.seconds() - start, counted + len(batch)
            answers.append(np.frombuffer(answer, "<f8", len(batch), 9))
        return np.concatenate(answers), spent * len(x) / counted

    def scorer(self):
        answer = self.ask(14, b"")
        return answer[24:].decode() if len(answer) > 24 else "none"


def models(x, y):
    """Champion and candidate of LightGBM, the second with categories split as such, and two of XGBoost of the same size."""
    import lightgbm as lgb
    import xgboost as xgb

    base = {"objective": "binary", "num_threads": 2, "seed": 7, "deterministic": True, "verbose": -1, "min_data_in_leaf": 60}
    second = {"num_leaves": 47, "learning_rate": 0.04, "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1,
              "lambda_l2": 5, "cat_smooth": 20}
    found = {}
    for name, parameters, rounds, categories in [
            ("champion", {"num_leaves": 31, "learning_rate": 0.06}, 150, []),
            ("candidate", second, 250, list(range(20, 28)))]:
        path = WORK / f"trees-{name}.lightgbm.txt"
        if not path.exists():
            lgb.train({**base, **parameters}, lgb.Dataset(x, y, categorical_feature=categories), rounds).save_model(path)
        booster = lgb.Booster(model_file=path)
        frame = booster.trees_to_dataframe()
        frame = frame[frame.decision_type == "<="]
        found[f"LightGBM {name}"] = (
            path, "lightgbm", rounds, lambda z, b=booster: b.predict(z, num_threads=1),
            {int(f.split("_")[1]): set(t.astype(float)) for f, t in frame.groupby("split_feature").threshold})
    for name, parameters, rounds in [
            ("150 trees, 31 leaves", {"grow_policy": "lossguide", "max_leaves": 31, "max_depth": 0}, 150),
            ("250 trees, depth 6", {"max_depth": 6}, 250)]:
        path = WORK / f"trees-{rounds}.xgboost.ubj"
        if not path.exists():
            settings = {"objective": "binary:logistic", "eta": 0.06, "tree_method": "hist", "nthread": 2, "seed": 7}
            xgb.train({**settings, **parameters}, xgb.DMatrix(x, y), rounds).save_model(path)
        booster = xgb.Booster(model_file=path)
        booster.set_param({"nthread": 1})
        frame = booster.trees_to_dataframe()
        frame = frame[frame.Feature != "Leaf"]
        found[f"XGBoost {name}"] = (
            path, "xgboost", rounds, lambda z, b=booster: b.inplace_predict(z).astype("f8"),
            {int(f[1:]): set(s.astype("f4").astype(float)) for f, s in frame.groupby("Feature").Split})
    return found


def main():
    tools()
    import numpy as np

    WORK.mkdir(parents=True, exist_ok=True)
    x, y = rows(40_000, 1)
    real, _ = rows(ROWS, 2)
    table, is_missed = [], False
    for name, (path, runtime, count, predict, thresholds) in models(x, y).items():
        worker = Worker(path, runtime)
        target = 8 if runtime == "lightgbm" else 3
        same, own, theirs = True, [], []
        for kind in (real, hostile(real, thresholds, runtime == "xgboost", 3)):
            for _ in range(REPEATS):
                start = time.process_time()
                expected = predict(kind)
                library = time.process_time() - start
                answers, spent = worker.score(kind)
                same = same and np.array_equal(answers.view("u8"), expected.view("u8"))
                if kind is real:
                    own, theirs = own + [spent], theirs + [library]
        scorer, unit = worker.scorer(), 1e9 / ROWS / count
        ratio = min(theirs) / min(own)
        is_missed = is_missed or ratio < target or not same or scorer != "trees"
        table.append(
            f"| {name} | {min(theirs) * unit:.1f} | {min(own) * unit:.2f} | {ratio:.1f} | at least {target} "
            f"| {'yes' if same else '**no**'} | {scorer} |")
        print(table[-1], flush=True)
    (ROOT / "benchmarks" / "results-trees.md").write_text(
        f"""# Measured

By `make bench-trees` on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {BUSY:.1f} before \
and {os.getloadavg()[0]:.1f} after.
Nanoseconds of processor time per row and tree on one thread, the least of {REPEATS} repeats on {ROWS:,} rows; ours is all that
the worker process does with a batch, reading and answering in it, without the first batch, of which the library scores 500
rows and 500 hostile ones. Bits are those of {ROWS:,} real and {ROWS:,} hostile rows.

| model | library | ours | ratio | target | same bits | scorer |
|---|---|---|---|---|---|---|
""" + "\n".join(table) + "\n")
    return 1 if is_missed else 0


if __name__ == "__main__":
    sys.exit(main())
