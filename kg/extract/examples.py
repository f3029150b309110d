"""Tests relations by the examples and counter-examples that the ontology gives for them.

    kg:example "[Ana Ruiz]s hosted [Tom Reed]o in Lima."      must give the claim Ana Ruiz - hosted - Tom Reed
    kg:counterExample "Ana Ruiz was a host of Tom Reed's."    must give no claim with the relation

"s" marks the subject of the claim, "o" its object.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.lexicon import open_name
from kg.model import Argument, Factuality, Problem, Reading
from kg.ontology import Ontology, RelationType

_END = re.compile(r"\[([^\]]+)\]([so])")


@dataclass(frozen=True, slots=True)
class Misread:
    """An example that lacks its claim, a counter-example that gives one, or a sentence on which kg fails."""

    relation: RelationType
    sentence: str
    counter: bool
    claims: tuple[str, ...]  # the claims of the sentence, as text: "Ana Ruiz | met | Tom Reed"
    problem: Problem | None = None  # if kg failed on the sentence


def misread(relations: Iterable[RelationType], ontology: Ontology) -> list[Misread]:
    """The examples and counter-examples that are read wrongly, in order."""
    from kg import read
    from kg.extract import read_all

    tasks = [
        (relation, text, counter)
        for relation in relations
        for counter, texts in ((False, relation.examples), (True, relation.counter_examples))
        for text in texts
    ]
    if not tasks:
        return []  # without loading the parser
    plain = dict.fromkeys(_END.sub(r"\1", text) for _, text, _ in tasks)
    documents = [read.from_text("example", text) for text in plain]
    readings = dict(zip(plain, read_all(documents, ontology), strict=True))
    found: list[Misread] = []
    for relation, text, counter in tasks:
        reading = readings[_END.sub(r"\1", text)]
        if isinstance(reading, Problem):
            found.append(Misread(relation, text, counter, (), reading))
            continue
        ends = None if counter else {mark: words for words, mark in _END.findall(text)}
        if asserts(reading, relation, ontology, ends) is counter:
            found.append(Misread(relation, text, counter, tuple(_claims(reading))))
    return found


def asserts(
    reading: Reading, relation: RelationType, ontology: Ontology, ends: dict[str, str] | None = None
) -> bool:
    """Whether a claim asserts the relation.

    `ends`: the subject ("s") and object ("o") that the claim must have; None if any will do. A relation
    whose `otherwise` is `relation` counts, too: the class of the object decides between the two.
    """
    names = {name for name, each in ontology.relations.items() if relation.name in (name, each.otherwise)}
    for claim in reading.claims:
        one, other = claim.subject, claim.object
        if other is None or claim.relation.name not in names or not claim.relation.known:
            continue
        if claim.factuality is not Factuality.ASSERTED:
            continue
        if claim.relation.inverted:
            one, other = other, one
        if ends is None:
            return True
        words = _phrase(one, reading), _phrase(other, reading)
        pairs = [words, words[::-1]][: 2 if relation.symmetric else 1]
        if any(_holds(a, ends["s"]) and _holds(b, ends["o"]) for a, b in pairs):
            return True
    return False


def _holds(words: str, end: str) -> bool:
    return open_name(end) in open_name(words) or open_name(words) in open_name(end)


def _phrase(argument: Argument, reading: Reading) -> str:
    """The words of the argument's mention (a name alone), or its whole text if it mentions no thing."""
    return reading.mentions[argument.mention].text if argument.mention >= 0 else argument.text


def _claims(reading: Reading) -> Iterable[str]:
    for claim in reading.claims:
        if claim.object is not None:
            one, other = _phrase(claim.subject, reading), _phrase(claim.object, reading)
            one, other = (other, one) if claim.relation.inverted else (one, other)
            kind = "" if claim.factuality is Factuality.ASSERTED else f" ({claim.factuality.value})"
            yield f"{one} | {claim.relation.label} | {other}{kind}"
