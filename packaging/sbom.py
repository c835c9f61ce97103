"""The list of contents (CycloneDX 1.6) and the licences, from packaging/components.toml."""

import hashlib
import json
import re
import shutil
import subprocess
import tomllib
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
COMMON = Path("/usr/share/common-licenses")

# Where the list stands in the payload.
PLACE = "share/gatewright/sbom.cdx.json"


def components():
    """The entries of components.toml."""
    return tomllib.loads((HERE / "components.toml").read_text())["component"]


def expression():
    """The licences of all that ships, as one SPDX expression."""
    others = {entry["licence"] for entry in components()} - {"Apache-2.0"}
    return " AND ".join(["Apache-2.0"] + sorted(f"({name})" if " OR " in name else name for name in others))


def write(payload, libraries):
    """Adds the list and the licence texts to what ships; `libraries` is where native/install.py put the wheels' files."""
    texts = payload.folder / "share/doc/gatewright"
    texts.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", texts / "LICENSE")
    shutil.copyfile(HERE / "licences/README.txt", texts / "README.txt")
    found = [describe(entry, payload, libraries) for entry in components()]
    keep_texts(texts / "licences", libraries)
    program = payload.folder / "bin/gatewright"
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(payload.epoch, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "gatewright",
                "name": "gatewright",
                "version": payload.version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "hashes": [{"alg": "SHA-256", "content": digest([program])}],
            },
        },
        "components": found,
        "dependencies": [{"ref": "gatewright", "dependsOn": [entry["bom-ref"] for entry in found]}],
    }
    (payload.folder / PLACE).write_text(json.dumps(document, indent=2) + "\n")


def describe(entry, payload, libraries):
    """One component as CycloneDX has it."""
    version, source, files, told = origin(entry, payload, libraries)
    licence = entry["licence"]
    simple = re.fullmatch(r"[A-Za-z0-9.-]+", licence)
    return {
        "type": "library",
        "bom-ref": f"{entry['name']}@{version}",
        "name": entry["name"],
        "version": version,
        "licenses": [{"license": {"id": licence}} if simple else {"expression": licence}],
        "hashes": [{"alg": "SHA-256", "content": digest(files)}],
        **({"purl": source} if source else {}),
        "properties": [{"name": "gatewright:hashed", "value": told}],
    }


def origin(entry, payload, libraries):
    """The version, the package's URL, the files that are hashed, and what those are in words."""
    name = entry["name"]
    if "file" in entry:
        path = f"lib/gatewright/{entry['file']}"
        if "inside" in entry:
            version, source = inside(name, libraries / "licences" / entry["inside"] / "auditwheel.cdx.json")
        else:
            version = pinned(entry["wheel"])
            source = f"pkg:pypi/{entry['wheel']}@{version}"
        return version, source, [payload.folder / path], path
    if entry.get("swift"):
        folder = toolchain() / "lib/swift_static/linux"
        told = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True).stdout
        version = re.search(r"Swift version (\S+)", told)[1]
        return version, None, [folder / archive for archive in entry["archives"]], ", ".join(entry["archives"])
    version = subprocess.run(
        ["dpkg-query", "-W", "-f=${Version}", entry["debian"]], capture_output=True, text=True, check=True).stdout
    source = f"pkg:deb/debian/{entry['debian']}@{version.replace('+', '%2B').replace(':', '%3A')}"
    if "headers" in entry:
        top = Path(entry["headers"])
        files = sorted(path for path in top.rglob("*") if path.is_file()) if top.is_dir() else [top]
        return version, source, files, entry["headers"]
    folder = Path("/usr/lib") / f"{payload.arch}-linux-gnu"
    return version, source, [folder / archive for archive in entry["archives"]], ", ".join(entry["archives"])


def pinned(wheel):
    """The version of a wheel in the lock file of the libraries."""
    lock = (ROOT / "native/libraries.txt").read_text()
    return re.search(rf"^{re.escape(wheel)}==(\S+)", lock, re.MULTILINE)[1]


def inside(name, listing):
    """The version and URL of what a wheel says it carries."""
    for entry in json.loads(listing.read_text())["components"]:
        if entry["name"] == name:
            return entry["version"], entry["purl"]
    raise SystemExit(f"packaging: '{listing}' does not name '{name}'")


def digest(files):
    """The SHA-256 of the bytes of the files, one after the other."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def toolchain():
    """The folder of the Swift toolchain that has `bin`, `lib` and `share`."""
    return Path(shutil.which("swiftc")).resolve().parent.parent


def keep_texts(target, libraries):
    """Copies each component's licence, and the common ones that those name."""
    target.mkdir()
    named = {"Apache-2.0"}
    for entry in components():
        for text in texts_of(entry, libraries):
            (target / entry["name"]).mkdir(exist_ok=True)
            shutil.copyfile(text, target / entry["name"] / text.name)
            named |= set(re.findall(r"common-licenses/([A-Za-z]+(?:-[0-9.]*[0-9])?)", text.read_text(errors="replace")))
    (target / "common").mkdir()
    for name in sorted(named):
        if (COMMON / name).exists():
            shutil.copyfile(COMMON / name, target / "common" / name)


def texts_of(entry, libraries):
    """The files with the licence of one component; fails where there is none."""
    if "texts" in entry:
        found = [ROOT / text for text in entry["texts"]]
    elif "wheel" in entry:
        folder = libraries / "licences" / entry["wheel"]
        found = sorted(path for path in folder.glob("*") if path.suffix != ".json")
        if not found and entry["licence"] == "Apache-2.0":
            found = [COMMON / "Apache-2.0"]
    elif entry.get("swift"):
        found = [toolchain() / "share/swift/LICENSE.txt"]
    else:
        found = [Path("/usr/share/doc") / entry["debian"] / "copyright"]
    if not found or not all(path.is_file() for path in found):
        raise SystemExit(f"packaging: there is no text of the licence of '{entry['name']}'; looked for {found}")
    return found
