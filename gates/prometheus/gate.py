"""Asks Prometheus by PromQL for one figure of each model."""

import json
import math
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


def answered(parameters, query):
    """What Prometheus answers to a query; refuses every answer but a successful one."""
    words = {"query": query} | ({"time": parameters["at"]} if parameters.get("at") else {})
    url = parameters["url"].rstrip("/")
    if not url.startswith(("http://", "https://")):
        sys.exit(f"'{url}' is no address of Prometheus: write it like http://prometheus:9090")
    request = urllib.request.Request(f"{url}/api/v1/query?{urllib.parse.urlencode(words)}")
    if os.environ.get("PROMETHEUS_TOKEN"):
        request.add_unredirected_header("Authorization", f"Bearer {os.environ['PROMETHEUS_TOKEN']}")
    try:
        with urllib.request.urlopen(request, timeout=parameters["timeout"]) as response:
            text = response.read(1 << 20)
    except urllib.error.HTTPError as error:
        text = error.read(1 << 20)
        if not text.lstrip().startswith(b"{"):
            sys.exit(f"{url} answers with status {error.code} {error.reason}")
    except OSError as error:
        sys.exit(f"{url} does not answer: {getattr(error, 'reason', error)}")
    try:
        found = json.loads(text)
    except ValueError:
        sys.exit(f"{url} answers with something that is no JSON: is Prometheus there?")
    if not isinstance(found, dict) or found.get("status") != "success":
        said = found.get("error") if isinstance(found, dict) else None
        sys.exit(f"Prometheus refuses the query '{query}': {said or 'it does not say why'}")
    if found.get("warnings"):
        sys.exit(f"Prometheus warns that the answer to '{query}' may not be whole: {found['warnings'][0]}")
    return found["data"]


def figure(parameters, role):
    """The one number that a query gives."""
    query = parameters[role]
    data = answered(parameters, query)
    kind, result = data.get("resultType"), data.get("result")
    if kind not in ("scalar", "vector"):
        sys.exit(f"the query of the {role} gives a {kind}, and one number is wanted: wrap it in avg_over_time(…) or the like")
    samples = [result] if kind == "scalar" else [it["value"] for it in result]
    if len(samples) != 1:
        hint = "has it been scraped?" if not samples else "wrap it in sum(…) or avg(…)"
        sys.exit(f"the query of the {role} gives {len(samples)} series, and one is wanted: {hint}")
    value = float(samples[0][1])
    if not math.isfinite(value):
        sys.exit(f"the query of the {role} gives {samples[0][1]}: there were no samples to compute it from")
    return value


def judge(ask):
    """The figures of both models, which the manifest's limits judge."""
    parameters = ask["parameters"]
    return {"measurements": {"value": {
        role: figure(parameters, role) for role in ("candidate", "champion") if parameters.get(role)}}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
