"""Looks for the fields that a model card must have, filled in."""

import json
import os
import re
import sys
from pathlib import Path

import yaml

BLANK = re.compile(
    r"^[\W_]*(todo|tbd|tba|fixme|n/?a|none|unknown|more information needed|to be (done|added|written)|fill me in|xxx)?[\W_]*$",
    re.IGNORECASE)


def simple(name):
    """A name as it is compared: 'Intended Use' and 'intended_use' are the same."""
    return re.sub(r"[\W_]+", " ", str(name)).strip().lower()


def read(path):
    """The YAML and the Markdown of a card."""
    text = path.read_text(encoding="utf-8-sig")
    front, body = text, ""
    if path.suffix.lower() in (".md", ".markdown"):
        match = re.match(r"---\r?\n(.*?\r?\n)---[ \t]*(\r?\n|$)", text, re.DOTALL)
        front, body = (match.group(1), text[match.end():]) if match else ("", text)
    try:
        keys = yaml.safe_load(front) or {}
    except yaml.YAMLError as error:
        sys.exit(f"the YAML of {path.name} cannot be read: {' '.join(str(error).split())[:300]}")
    if not isinstance(keys, dict):
        sys.exit(f"the YAML of {path.name} is no list of keys: write it like 'license: apache-2.0'")
    return keys, body


def headings(body):
    """The text below every heading, with that of the headings under it; a heading of the same name is added to."""
    found, open_, fenced = {}, [], False
    for line in re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).splitlines():
        fenced ^= line.lstrip().startswith("```")
        match = None if fenced else re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
        if match:
            depth, name = len(match.group(1)), simple(match.group(2))
            open_ = [it for it in open_ if it[0] < depth] + [(depth, name)]
            found.setdefault(name, [])
        else:
            for _, name in open_:
                found[name].append(line)
    return found


def nested(keys, path):
    """The value at a path of keys; None where there is none."""
    for name in path.split("."):
        keys = {simple(key): value for key, value in keys.items()} if isinstance(keys, dict) else {}
        keys = keys.get(simple(name))
    return keys


def words(value):
    """The texts in a value that are filled in."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for part in value for text in words(part)]
    return [] if value is None or BLANK.match(str(value)) else [str(value)]


def check(name, keys, sections):
    """One field as a check."""
    value = nested(keys, name)
    section = sections.get(simple(name))
    item = {"id": name, "outcome": "failed", "evidence": {}}
    if value is None and section is None:
        return item | {"message": f"the card has no '{name}', neither as a key nor as a heading"}
    found = words(value) + words(section or [])
    if not found:
        return item | {"message": f"'{name}' of the card is empty or a placeholder"}
    return item | {
        "outcome": "passed", "message": f"'{name}' of the card is filled in",
        "evidence": {"begins": " ".join(found)[:200]}}


def judge(ask):
    """Every required field as a check."""
    path, required = Path(ask["parameters"]["card"]), ask["parameters"]["required"]
    if not required or not all(isinstance(name, str) and name.strip() for name in required):
        sys.exit("'required' is a list of keys or headings, and at least one: required: [license, Intended use]")
    if len({simple(name) for name in required}) < len(required):
        sys.exit("'required' names a field twice: remove one")
    keys, body = read(path)
    if not keys and not body.strip():
        sys.exit(f"{path.name} is empty")
    sections = headings(body)
    checks = [check(name, keys, sections) for name in required]
    filled = sum(it["outcome"] == "passed" for it in checks)
    return {"checks": checks, "measurements": {"filled_percent": 100 * filled / len(checks)}}


if __name__ == "__main__":
    answer = judge(json.load(sys.stdin))
    with open(os.environ["GATEWRIGHT_ANSWER"], "w") as file:
        json.dump(answer, file, allow_nan=False)
