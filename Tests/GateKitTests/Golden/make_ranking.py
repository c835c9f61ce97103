"""Writes ranking.json: metrics of rows ranked within queries, and of recommendations.

    python3 -m venv venv && venv/bin/pip install -r requirements-ranking.txt
    venv/bin/python make_ranking.py

A file of cases {"name", "inputs", "expected"}. Inputs: relevance, scores, queries (a code a row),
weights (may be missing), columns (may be missing: item and by are codes, the others numbers), or
"generate": how to make them. A key of "expected" is the metric's name and then its arguments.

  ndcg, dcg          scikit-learn, with its ties; exponential gain is the same of 2^relevance - 1
  map, mrr, precision_at_k, recall_at_k, hit_rate_at_k
                     trec_eval by pytrec_eval; with equal scores the mean over every order of them
  err                transcribed from Chapelle et al. (2009); the mean over every order
  grouped_roc_auc    scikit-learn roc_auc_score, query by query
  popularity_bias, novelty, exposure_gini
                     Evidently; transcribed with weights and over every order of equal scores
  diversity, personalization, click_through_rate
                     Jurity; the same
  coverage           transcribed: Ge et al. (2010)

A query without a relevant row takes no part in map, mrr, precision, recall, hit rate and ndcg, unless
"empty" says what it counts; dcg and err are 0 of it. Where a metric is transcribed it is checked
against the library on every case the library can do. Means are over queries, by weight.
"""

import itertools
import math
import warnings

import numpy as np
import pandas as pd
import pytrec_eval
import sklearn
from evidently.legacy.metrics.recsys.novelty import NoveltyMetric
from evidently.legacy.metrics.recsys.popularity_bias import PopularityBias
from evidently.legacy.pipeline.column_mapping import RecomType
from jurity.recommenders import CTR
from jurity.recommenders.diversity import interlist_diversity, intralist_diversity
from make_metrics import Undefined, measured, same, splitmix, write
from sklearn import metrics as sk

EMPTY = "no query takes part"


class Case:
    """Arrays of rows, and the places of each query's rows."""

    def __init__(self, relevance, scores, queries, weights=None, columns=None, generate=None):
        self.relevance = np.asarray(relevance, float)
        self.scores = np.asarray(scores, float)
        self.queries = np.asarray(queries, int)
        self.weights = None if weights is None else np.asarray(weights, float)
        self.columns = {k: np.asarray(v) for k, v in (columns or {}).items()}
        self.generate = generate
        order = np.argsort(self.queries, kind="stable")
        cuts = np.flatnonzero(np.diff(self.queries[order])) + 1
        self.places = np.split(order, cuts)
        w = np.ones(len(self.scores)) if self.weights is None else self.weights
        self.weight = np.array([w[p[0]] for p in self.places])
        assert all((w[p] == w[p[0]]).all() for p in self.places)

    def inputs(self):
        if self.generate:
            return {"generate": self.generate}
        made = {
            "relevance": self.relevance.tolist(),
            "scores": self.scores.tolist(),
            "queries": self.queries.tolist(),
        }
        if self.weights is not None:
            made["weights"] = self.weights.tolist()
        if self.columns:
            made["columns"] = {k: v.tolist() for k, v in self.columns.items()}
        return made

    @property
    def is_tied(self):
        return any(len(set(self.scores[p])) < len(p) for p in self.places)

    def orders(self, query):
        """Every order of a query's places by falling score."""
        places = self.places[query]
        ties = [
            [int(p) for p in places[self.scores[places] == s]]
            for s in sorted(set(self.scores[places]), reverse=True)
        ]
        ways = [list(itertools.permutations(tie)) for tie in ties]
        assert math.prod(map(len, ways)) <= 5040
        return [sum(map(list, way), []) for way in itertools.product(*ways)]

    def mean(self, values):
        """By weight over queries; None takes no part."""
        kept = [(v, w) for v, w in zip(values, self.weight) if v is not None and w > 0]
        if not kept:
            raise Undefined(EMPTY)
        return np.average([v for v, _ in kept], weights=[w for _, w in kept])


# --- gain and hits ------------------------------------------------------------------------------


def gain(case, k, exponential, normal, empty=None):
    """scikit-learn's, a query at a time."""
    if case.generate:
        # Queries of one size are the rows of one call.
        truth, scores = (a[np.array(case.places)] for a in (case.relevance, case.scores))
        truth = 2**truth - 1 if exponential else truth
        has = truth.any(axis=1)
        if normal:
            return sk.ndcg_score(truth[has], scores[has], k=k)
        return sk.dcg_score(truth, scores, k=k)
    values = []
    for places in case.places:
        truth, scores = case.relevance[places], case.scores[places]
        truth = 2**truth - 1 if exponential else truth
        if normal and not truth.any():
            values.append(empty)
        elif normal and len(truth) == 1:
            values.append(1.0)  # scikit-learn refuses one row; its order is the best
        elif len(truth) == 1:
            values.append(truth[0])
        elif normal:
            values.append(sk.ndcg_score([truth], [scores], k=k))
        else:
            values.append(sk.dcg_score([truth], [scores], k=k))
    return case.mean(values)


def trec(case, level=1, ks=(1, 3, 10)):
    """trec_eval's figures by name, a list over queries each, the mean over orders of equal scores."""
    judged, runs, owners = {}, {}, {}
    for query in range(len(case.places)):
        for number, order in enumerate(case.orders(query)):
            name = f"{query}-{number}"
            judged[name] = {f"r{p}": int(case.relevance[p]) for p in order}
            runs[name] = {f"r{p}": float(len(order) - rank) for rank, p in enumerate(order)}
            owners.setdefault(query, []).append(name)
    cuts = ",".join(map(str, ks))
    wanted = {"map", "recip_rank"} | {f"{m}.{cuts}" for m in ["map_cut", "P", "recall", "success"]}
    results = pytrec_eval.RelevanceEvaluator(judged, wanted, relevance_level=level).evaluate(runs)
    figures = {}
    for query, names in sorted(owners.items()):
        has = (case.relevance[case.places[query]] >= level).any()
        for key in next(iter(results.values())):
            values = [results[n][key] for n in names] if has else [None]
            figures.setdefault(key, []).append(None if not has else np.mean(values))
        for k in ks:
            firsts = [results[n]["recip_rank"] if has else 0 for n in names]
            near = [f if f >= 1 / k - 1e-12 else 0 for f in firsts]
            figures.setdefault(f"recip_rank_{k}", []).append(np.mean(near) if has else None)
    return figures


def hits(case):
    expected = {}

    def add(key, values, empty=None):
        values = [empty if v is None else v for v in values]
        expected[key] = measured(lambda: case.mean(values))

    for level in (1, 2):
        figures = trec(case, level)
        say = "" if level == 1 else " min_relevance=2"
        add("map" + say, figures["map"])
        add("mrr" + say, figures["recip_rank"])
        for k in (1, 3, 10):
            add(f"map k={k}" + say, figures[f"map_cut_{k}"])
            add(f"mrr k={k}" + say, figures[f"recip_rank_{k}"])
            add(f"precision_at_k k={k}" + say, figures[f"P_{k}"])
            add(f"recall_at_k k={k}" + say, figures[f"recall_{k}"])
            add(f"hit_rate_at_k k={k}" + say, figures[f"success_{k}"])
        if level == 1:
            add("map empty=zero", figures["map"], 0)
            add("map empty=one", figures["map"], 1)
            add("recall_at_k k=3 empty=zero", figures["recall_3"], 0)
    return expected


def gains(case):
    expected = {}
    for k in (None, 1, 3, 10):
        cut = "" if k is None else f" k={k}"
        for kind in (False, True):
            say = cut + (" gain=exponential" if kind else "")
            expected["ndcg" + say] = measured(lambda: gain(case, k, kind, True))
            expected["dcg" + say] = measured(lambda: gain(case, k, kind, False))
    expected["ndcg empty=zero"] = measured(lambda: gain(case, None, False, True, 0.0))
    expected["ndcg k=3 empty=one"] = measured(lambda: gain(case, 3, False, True, 1.0))
    return expected


def areas(case):
    values = []
    for places in case.places:
        label = case.relevance[places] > 0
        both = label.any() and not label.all()
        values.append(sk.roc_auc_score(label, case.scores[places]) if both else None)
    return {"grouped_roc_auc": measured(lambda: case.mean(values))}


def err(case, top, k=None):
    """Transcribed: algorithm 1 of the paper."""
    values = []
    for query in range(len(case.places)):
        found = []
        for order in case.orders(query):
            left, total = 1.0, 0.0
            for rank, place in enumerate(order[:k], start=1):
                satisfied = (2 ** case.relevance[place] - 1) / 2**top
                total += left * satisfied / rank
                left *= 1 - satisfied
            found.append(total)
        values.append(math.fsum(found) / len(found))
    return case.mean(values)


def errs(case):
    def above(top):
        if case.relevance.max() > top:
            raise Undefined("a relevance above max_grade")

    def run(top, k):
        above(top)
        return err(case, top, k)

    return {
        f"err max_grade={top}" + ("" if k is None else f" k={k}"): measured(lambda: run(top, k))
        for top in (3, 10)
        for k in (None, 1, 3)
    }


# --- recommendations ----------------------------------------------------------------------------


def lists(case, k):
    """Every joint choice of an order a query, cut at k, as lists of places."""
    ways = []
    for query, weight in enumerate(case.weight):
        if weight > 0:
            tops = [tuple(order[:k]) for order in case.orders(query)]
            # Sets matter, and how often each comes about.
            ways.append((query, [tuple(sorted(top)) for top in tops]))
    return ways


def over_orders(case, k, figure):
    """The mean over orders of a figure of one query's list."""
    values = [None] * len(case.places)
    for query, tops in lists(case, k):
        found = [figure(list(top)) for top in tops]
        if found[0] is not None:
            values[query] = math.fsum(found) / len(found)
    return case.mean(values)


def jointly(case, k, figure):
    """The mean over all joint orders of a figure of all lists."""
    ways = lists(case, k)
    distinct = [sorted(set(tops)) for _, tops in ways]
    shares = [{t: tops.count(t) / len(tops) for t in set(tops)} for _, tops in ways]
    assert math.prod(map(len, distinct)) < 100_000
    weights = [case.weight[query] for query, _ in ways]
    return math.fsum(
        math.prod(s[t] for s, t in zip(shares, choice))
        * figure([list(t) for t in choice], weights)
        for choice in itertools.product(*distinct)
    )


def alike(case):
    item = case.columns["item"]

    def figure(chosen, weights):
        if len(chosen) < 2:
            raise Undefined("one query")
        over = under = 0.0
        for (a, u), (b, v) in itertools.combinations(zip(chosen, weights), 2):
            common = len(set(item[a]) & set(item[b]))
            over += u * v * common / math.sqrt(len(a) * len(b))
            under += u * v
        return 1 - over / under

    return figure


def exposures(case, k):
    shown = {}
    for query, tops in lists(case, k):
        for top in tops:
            for place in top:
                code = int(case.columns["item"][place])
                shown[code] = shown.get(code, 0) + case.weight[query] / len(tops)
    return np.sort(np.array(list(shown.values())))


def gini(case, k):
    x = exposures(case, k)
    n = len(x)
    if n < 2:
        raise Undefined("one item")
    return np.sum((2 * np.arange(1, n + 1) - n - 1) * x) / ((n - 1) * x.sum())


def rate(case, k, estimator):
    label, shown, chance = case.relevance, case.columns["shown"], case.columns["propensity"]
    over = under = 0.0
    for query, tops in lists(case, k):
        for place in (p for top in tops for p in top):
            w, is_shown = case.weight[query] / len(tops), shown[place] == 1
            times = 1 if estimator == "matching" else 1 / chance[place]
            over += w * is_shown * label[place] * times
            under += w if estimator == "ips" else w * is_shown * times
    if under == 0:
        raise Undefined("nothing shown")
    return over / under


def frame(case, k=None):
    """As the libraries want it: rank 1 is the highest score."""
    data = pd.DataFrame({"user_id": case.queries, "score": case.scores, **case.columns})
    data["rank"] = data.groupby("user_id")["score"].rank(ascending=False)
    data["click"] = case.relevance
    data["item_id"] = case.columns["item"]
    return data if k is None else data[data["rank"] <= k]


def by_libraries(case, k):
    """What Evidently and Jurity say where no scores tie and no weights are."""
    data = frame(case)
    shares = data.groupby("item_id")["popularity"].first()
    features = pd.get_dummies(data.groupby("item_id")["by"].first(), dtype=float).reset_index()
    features.columns = [str(c) for c in features.columns]
    said = {
        "popularity_bias": PopularityBias.get_apr(
            None, k, data, shares, False, "rank", "user_id", "item_id"
        )[0],
        "exposure_gini": PopularityBias.get_gini(None, k, data, "rank", "item_id"),
        "novelty": NoveltyMetric.get_miuf(
            None, data, k, RecomType.RANK, "user_id", "item_id", "rank", shares
        )[1],
        "personalization": interlist_diversity(data, "score", k, user_sample_size=None)[0],
    }
    if k > 1:
        said["diversity"] = np.mean(
            intralist_diversity(data, features, "score", k, user_sample_size=None)
        )
    logged = data[data["shown"] == 1][["user_id", "item_id", "click", "propensity"]]
    asked = data[["user_id", "item_id", "score"]].rename(columns={"score": "click"})
    for estimator in ("matching", "ips"):
        metric = CTR("click", k=k, estimation=estimator)
        said[f"click_through_rate estimator={estimator}"] = metric.get_score(
            logged.copy(), asked.copy()
        )
    return said


def recommendations(case):
    expected = {}
    item, by, popularity = (case.columns[c] for c in ("item", "by", "popularity"))
    live = np.concatenate([p for p, w in zip(case.places, case.weight) if w > 0])
    offered = len(set(item[live]))

    def apart(top):
        pairs = list(itertools.combinations(top, 2))
        return np.mean([by[a] != by[b] for a, b in pairs]) if pairs else None

    for k in (1, 2, 4):
        cover = lambda chosen, _: len({int(item[p]) for top in chosen for p in top})
        expected |= {
            f"coverage k={k}": measured(lambda: jointly(case, k, cover) / offered),
            f"coverage k={k} catalogue=50": measured(lambda: jointly(case, k, cover) / 50),
            f"exposure_gini k={k}": measured(lambda: gini(case, k)),
            f"personalization k={k}": measured(lambda: jointly(case, k, alike(case))),
            f"popularity_bias k={k}": measured(
                lambda: over_orders(case, k, lambda top: popularity[top].mean())
            ),
            f"novelty k={k}": measured(
                lambda: over_orders(case, k, lambda top: -np.log2(popularity[top]).mean())
            ),
            f"diversity k={k}": measured(lambda: over_orders(case, k, apart)),
        }
        for estimator in ("matching", "ips", "snips"):
            key = f"click_through_rate k={k} estimator={estimator}"
            expected[key] = measured(lambda: rate(case, k, estimator))
        if case.weights is None and not case.is_tied:
            for key, value in by_libraries(case, k).items():
                name, *rest = key.split(" ")
                ours = expected[" ".join([name, f"k={k}", *rest])]
                none = value is None or np.isnan(value)
                ok = isinstance(ours, dict) if none else same(ours, value)
                assert ok, (key, k, ours, value)
    return expected


# --- cases --------------------------------------------------------------------------------------


def rows(seed, sizes, grades=4, levels=None, weights=None, shuffle=False, sparse=0.5):
    random = np.random.Generator(np.random.PCG64(seed))
    queries = np.repeat(np.arange(len(sizes)), sizes)
    n = len(queries)
    scores = random.random(n)
    relevance = random.integers(0, grades, n) * (random.random(n) < sparse + 0.4 * (scores - 0.5))
    if levels:
        scores = np.floor(scores * levels) / levels
    weight = None
    if weights is not None:
        weight = np.resize(np.asarray(weights, float), len(sizes))[queries]
    if shuffle:
        order = random.permutation(n)
        queries, scores, relevance = queries[order], scores[order], relevance[order]
        weight = None if weight is None else weight[order]
    return Case(relevance, scores, queries, weight)


def offers(seed, sizes, items=9, levels=None, weights=None, shown=0.7):
    """Recommendations: distinct items a query, with columns."""
    case = rows(seed, sizes, grades=2, levels=levels, weights=weights)
    random = np.random.Generator(np.random.PCG64(seed + 500))
    item = np.concatenate([random.permutation(items)[:s] for s in sizes])
    share = random.uniform(0.02, 1, items)
    category = random.integers(0, 3, items)
    n = len(item)
    columns = {
        "item": item,
        "popularity": share[item],
        "by": category[item],
        "propensity": random.uniform(0.1, 1, n),
        "shown": (random.random(n) < shown).astype(float),
    }
    return Case(case.relevance, case.scores, case.queries, case.weights, columns)


def generated(seed, n, levels):
    values = splitmix(seed, 3 * n).reshape(n, 3)
    scores = values[:, 0]
    relevance = np.where(values[:, 2] < scores, np.floor(4 * values[:, 1]), 0)
    if levels:
        scores = np.floor(scores * levels) / levels
    recipe = {"seed": seed, "n": n, "levels": levels, "rows_per_query": 6}
    recipe["first_values"] = values.ravel()[:4].tolist()
    return Case(relevance, scores, np.arange(n) // 6, generate=recipe)


def ranked_cases():
    three = [1.0, 0.5, 2.25]
    cases = {
        "random": rows(1, [5] * 40),
        "long queries": rows(2, [30] * 12),
        "ties": rows(3, [5] * 30, levels=6),
        "heavy ties": rows(4, [6] * 20, levels=2),
        "all tied": rows(5, [6] * 10, levels=1),
        "weights": rows(6, [7] * 20, weights=three),
        "weights and ties": rows(7, [6] * 20, weights=three, levels=3),
        "weights of zero": rows(8, [4] * 21, weights=[1, 0, 3]),
        "one row a query": rows(9, [1] * 12),
        "sizes from 1 to 9": rows(10, list(range(1, 10)) * 3, levels=20),
        "queries without relevant rows": rows(11, [3] * 30, sparse=0.2),
        "nothing relevant": rows(12, [3] * 4, grades=1),
        "everything relevant": Case([1, 2, 3, 1, 1], [0.1, 0.4, 0.2, 0.3, 0.3], [0, 0, 0, 1, 1]),
        "ten rows": rows(13, [10]),
        "binary": rows(14, [8] * 15, grades=2),
        "best order": Case([3, 2, 1, 0, 2, 0], [6, 5, 4, 3, 9, 1], [0, 0, 0, 0, 1, 1]),
        "worst order": Case([0, 1, 2, 3, 0, 2], [6, 5, 4, 3, 9, 1], [0, 0, 0, 0, 1, 1]),
        "shuffled rows": rows(15, [5] * 25, levels=10, weights=three, shuffle=True),
        "high grades": rows(16, [6] * 20, grades=11),
        "negative scores": Case([0, 2, 1, 0, 1], [-0.5, -1, -3, 0, -0.0], [4, 4, 4, 2, 2]),
    }
    fractions = rows(17, [6] * 20, levels=4)
    fractions.relevance = fractions.relevance * 0.375
    made = [
        {"name": name, "inputs": case.inputs(), "expected": {
            **gains(case), **hits(case), **areas(case), **errs(case)}}
        for name, case in cases.items()
    ]
    made.append({
        "name": "fractions of relevance", "inputs": fractions.inputs(),
        "expected": {**gains(fractions), **areas(fractions)}})
    large, tied = generated(21, 300_000, None), generated(22, 300_000, 5)
    few = {
        k: v for k, v in hits(large).items()
        if k in ("map", "mrr") or k.endswith("_at_k k=3")
    }
    made.append({
        "name": "300,000 rows", "inputs": large.inputs(),
        "expected": {
            "ndcg k=3": gain(large, 3, False, True),
            "dcg gain=exponential": gain(large, None, True, False),
            "err max_grade=3": err(large, 3),
            **few}})
    made.append({
        "name": "300,000 rows, ties", "inputs": tied.inputs(),
        "expected": {"ndcg": gain(tied, None, False, True), "dcg k=3": gain(tied, 3, False, False)}})
    return made


def recommended_cases():
    cases = {
        "offers": offers(31, [6] * 8),
        "offers of many sizes": offers(32, [1, 2, 3, 5, 9, 7, 4, 1, 6]),
        "offers with ties": offers(33, [5, 4, 5, 3, 4, 2], levels=3),
        "offers all tied": offers(34, [4] * 4, levels=1),
        "offers with weights": offers(35, [5] * 6, weights=[1, 2.5, 0.25]),
        "offers with weights and ties": offers(36, [4] * 5, weights=[1, 0, 3], levels=2),
        "offers to one": offers(37, [6]),
        "offers of which none was shown": offers(38, [4] * 3, shown=0.0),
    }
    return [
        {"name": name, "inputs": case.inputs(), "expected": recommendations(case)}
        for name, case in cases.items()
    ]


def main():
    assert sklearn.__version__ == "1.9.1", sklearn.__version__
    warnings.simplefilter("ignore")
    write("ranking.json", ranked_cases() + recommended_cases())


if __name__ == "__main__":
    main()
