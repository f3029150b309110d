"""Finds values of `kg:verb` that no sentence can match, by trying them in sentences.

    kg:verb "run aground on"      "Ana Ruiz ran aground on Lima." is looked up as "run on"

Between a verb and its preposition, a lookup key contains only a particle, a noun, or an adverb of the word
lists; which of them a word is depends on the parser. Therefore each `kg:verb` of several words is put into
simple sentences, and the keys by which kg looks up their verbs are recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract import extract
from kg.extract.lexicon import Lexicon, past_participle, past_tense
from kg.language import pipeline
from kg.language.reader import understand
from kg.ontology import Ontology, RelationType
from kg.read import from_text

_OBJECTS = ("Tom Reed", "the harbour", "Lima")


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A `kg:verb` that kg looks up for none of its sentences.

    `sentence` is the first of them, and `looked_up` holds the keys that kg looks up for it.
    """

    relation: RelationType
    verb: str
    sentence: str
    looked_up: tuple[str, ...]


class _Noting(Lexicon):
    """A lexicon that records the keys by which verbs are looked up."""

    def __init__(self, ontology: Ontology) -> None:
        super().__init__(ontology)
        self.keys: list[str] = []

    def verb(self, key: str, subject: str, object_: str) -> RelationType | None:
        self.keys.append(key)
        return super().verb(key, subject, object_)


def unmatched(
    relations: Iterable[RelationType], ontology: Ontology, parser: str = pipeline.DEFAULT
) -> list[Unmatched]:
    """The values of `kg:verb` with several words that cannot match, in order."""
    tasks = [(relation, verb) for relation in relations for verb in relation.verbs if " " in verb]
    if not tasks:
        return []  # without loading the parser
    looked_up = _looked_up([_first(verb) for _, verb in tasks], ontology, parser)
    open_ = [(relation, verb) for relation, verb in tasks if verb not in looked_up[_first(verb)]]
    tried = {verb: [*_others(verb), *_plain(relation.examples)] for relation, verb in open_}
    later = _looked_up([sentence for some in tried.values() for sentence in some], ontology, parser)
    return [
        Unmatched(relation, verb, _first(verb), looked_up[_first(verb)])
        for relation, verb in open_
        if not any(verb in later[sentence] for sentence in tried[verb])
    ]


def _first(verb: str) -> str:
    """A sentence whose object follows all words of the verb: "Ana Ruiz played host to Tom Reed."."""
    return _told(verb, "{rest} {thing}", _OBJECTS[0])


def _others(verb: str) -> Iterator[str]:
    """Sentences with other objects, an object between the verb's words ("swore Tom Reed in"), two objects, or
    none ("was sworn in").
    """
    first, _, rest = verb.partition(" ")
    yield f"Ana Ruiz was {past_participle(first)} {rest}."
    yield f"Tom Reed was {past_participle(first)} {rest} by Ana Ruiz."
    yield from (_told(verb, "{rest} {thing}", thing) for thing in _OBJECTS[1:])
    for thing in _OBJECTS:
        yield _told(verb, "{thing} {rest}", thing)
        yield _told(verb, "Norvex {rest} {thing}", thing)


def _told(verb: str, pattern: str, thing: str) -> str:
    first, _, rest = verb.partition(" ")
    return f"Ana Ruiz {past_tense(first)} {pattern.format(rest=rest, thing=thing)}."


def _plain(examples: Iterable[str]) -> Iterator[str]:
    return (re.sub(r"\[([^\]]+)\][so]", r"\1", each) for each in examples)


def _looked_up(sentences: Iterable[str], ontology: Ontology, parser: str) -> dict[str, tuple[str, ...]]:
    nlp = pipeline.load(parser)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(sentences, ())
    for sentence, doc in zip(found, pipeline.parse(nlp, list(found), ontology.words), strict=True):
        noting = _Noting(ontology)
        extract(understand(doc, from_text("example", sentence), ontology), ontology, noting)
        found[sentence] = tuple(dict.fromkeys(noting.keys))
    return found
