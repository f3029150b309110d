"""Makes ontology/wikidata.csv from the borders of country-coder, which has the Wikidata item of each country.

    npm pack @rapideditor/country-coder && tar xzf rapideditor-country-coder-*.tgz
    python3 docs/wikidata.py package

A country of ontology/countries.csv gets the item of the territory that has the country's name, among the
territories with the country's code ("Denmark", not the kingdom with Greenland); otherwise that of the
territory with its code. Former states get none.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "ontology" / "wikidata.csv"
SOURCE = """\
# The Wikidata item of each country of countries.csv. Made by docs/wikidata.py from the borders of
# country-coder {version} (https://github.com/rapideditor/country-coder), which are under the ISC licence,
# Copyright (c) country-coder contributors; identifiers of Wikidata are in the public domain (CC0).
"""


def item(code: str, name: str, territories: list[dict[str, Any]]) -> str:
    """The identifier of a country, or ""."""
    own = next((t for t in territories if t.get("iso1A2") == code or code in t.get("aliases", ())), None)
    if own is None:
        return ""
    near = {code, own.get("country")} - {None}
    called = [t for t in territories if t.get("nameEn") == name and t.get("country") in near]
    return str((called or [own])[0]["wikidata"])


if __name__ == "__main__":
    package = Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    borders = json.loads((package / "src" / "data" / "borders.json").read_text(encoding="utf-8"))
    known = [feature["properties"] for feature in borders["features"] if "wikidata" in feature["properties"]]
    with (ROOT / "ontology" / "countries.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["code"], item(row["code"], row["name"], known)) for row in csv.DictReader(file)]
    lines = [f"{code},{wikidata}" for code, wikidata in found if wikidata]
    TABLE.write_text(
        "\n".join([SOURCE.format(version=version) + "code,wikidata", *lines]) + "\n", encoding="utf-8"
    )
