"""Things without a name: descriptions of one document -> one thing each time it is spoken of.

    "a letter ... the letter" -> a letter;  "Ruiz's office ... her office" -> Ruiz's office

"the letter" after two letters is not either of them. General topics ("nuclear energy") and offices
("prime minister") are the same in all documents. What is left out: other words for the same thing
("the note"), and things of two documents being one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import ids, names, types

_ARTICLES = frozenset({"the", "a", "an"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_GENERAL = frozenset({"Topic", "Position"})
_NEW = frozenset({"a", "an", "another"})


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A thing known by description."""

    id: str  # "" for what is the same in all documents: there `form` tells it from others
    form: str  # its words, folded
    label: str
    type: str
    spellings: tuple[str, ...]  # sorted, without the label
    mentions: tuple[int, ...]  # indices into Reading.mentions


def unnamed(reading: Reading, known: Mapping[int, str], ontology: Ontology) -> tuple[Unnamed, ...]:
    """The things that the document's noun phrases describe, in order of first mention.

    `known`: mention -> a key of the person or thing that it names or stands for.
    """
    groups: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    made: Counter[str] = Counter()
    for index, mention in enumerate(reading.mentions):
        if mention.kind is MentionKind.NOMINAL and index not in known:
            form = _form(index, reading, known)
            groups[form, _number(mention, form, made)].append(index)
    return tuple(
        _thing(reading, form, number, indices, ontology) for (form, number), indices in groups.items()
    )


def _number(mention: Mention, form: str, made: Counter[str]) -> int:
    """Which of the things of this form is meant; 0 is the one that "the ..." means without any other."""
    determiner = mention.determiner.lower()
    if determiner in _NEW:
        made[form] += 1
        return made[form]
    return 1 if made[form] == 1 else 0


def without_article(text: str) -> str:
    """The words without a leading article, on one line.

    >>> without_article("the  old letter"), without_article("a"), without_article("his dream")
    ('old letter', 'a', 'his dream')
    """
    first, _, rest = " ".join(text.split()).partition(" ")
    return rest if rest and first.lower() in _ARTICLES else f"{first} {rest}".strip()


def _form(index: int, reading: Reading, known: Mapping[int, str]) -> str:
    """The normal form of a description: folded words, its owner by identity."""
    mention = reading.mentions[index]
    text = mention.text
    owner = ""
    if mention.possessor in known:
        possessor = reading.mentions[mention.possessor]
        if possessor.start == mention.start and possessor.end < mention.end:
            owner = known[mention.possessor]
            text = text[possessor.end - mention.start :].removeprefix("'s").removeprefix("’s").lstrip("'’ ")
    text = without_article(text)
    first, _, rest = text.partition(" ")
    if rest and first.lower() in _DEFINITE:
        text = rest
    return f"{owner}|{' '.join(names.words(text))}"


def _thing(reading: Reading, form: str, number: int, indices: list[int], ontology: Ontology) -> Unnamed:
    mentions = [reading.mentions[i] for i in indices]
    label = without_article(mentions[0].text)
    type_ = types.decide(Counter(mention.type for mention in mentions), ontology)
    general = type_ in _GENERAL and not mentions[0].determiner and mentions[0].possessor < 0
    id_ = "" if general else f"{ids.slug(label)}-{ids.digest(8, reading.document.id, form, str(number))}"
    others = {" ".join(mention.text.split()) for mention in mentions} - {label}
    return Unnamed(id_, form, label, type_, tuple(sorted(others)), tuple(indices))
