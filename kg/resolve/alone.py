"""Resolves what can be resolved in each article by itself, without any other article.

    traits      what articles are compared by: words, passages, quotations, names of publishers
    alone       named and unnamed things, pronouns and happenings, and what later steps need of the claims

Both results depend only on the reading, the ontology and the code, so that the next build can use them again
(`kg.memo`). `traits` comes first, because an article without a date gets its times from similar articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg import disk_lists
from kg.memo import Memo
from kg.model import Argument, Reading
from kg.ontology import Ontology
from kg.resolve import ids, stories
from kg.resolve.document import continued, coreference, happenings, reciprocal, things, within
from kg.resolve.document.coreference import Coreference
from kg.resolve.entities.entities import Spelt, spellings
from kg.resolve.events import contested, events
from kg.resolve.events.contested import Occasion
from kg.resolve.events.events import DatedMention, Inner
from kg.resolve.sources import citations, passages
from kg.resolve.statements import departed, described


@dataclass(frozen=True, slots=True)
class Traits:
    """The features by which a document is compared with others."""

    features: dict[str, float]  # words with weights, from `stories.features`
    marks: bytes  # fingerprints of its text, from `passages.marks`
    quoted: frozenset[str]  # the beginnings of its quotations, from `contested.quoted`
    publishers: tuple[str, ...]  # all names of its publisher, from `citations.own_names`
    citable: tuple[str, ...]  # keys of names that it may cite, from `citations.citable`


def traits(readings: Sequence[Reading], ontology: Ontology, memo: Memo) -> list[Traits]:
    """The traits of each document, in the order of `readings`."""
    return [
        memo.of("traits", key, (), Traits, partial(_traits, readings, number, ontology))
        for number, key in enumerate(disk_lists.keys(readings))
    ]


def _traits(readings: Sequence[Reading], number: int, ontology: Ontology) -> Traits:
    reading = readings[number]
    text = reading.document.text
    return Traits(
        stories.features(reading),
        passages.marks(text),
        contested.quoted(text),
        citations.own_names(reading, ontology),
        citations.citable(reading),
    )


@dataclass(frozen=True, slots=True)
class Alone:
    """What can be resolved in one document by itself."""

    named: tuple[within.Local, ...]
    spelt: Spelt  # the spellings of each thing in `named`
    meant: Coreference  # the referents of pronouns and descriptions
    continued: dict[int, int]  # pronoun for a speaker without a name -> mention of the speaker
    resolved: dict[int, str]  # mention -> how it was resolved: "pronoun", "kind" or "surname"
    unnamed: tuple[things.Unnamed, ...]
    happened: tuple[happenings.Happening, ...]
    asked: Asked  # for later steps


@dataclass(frozen=True, slots=True)
class Asked:
    """What later steps need of the claims of a document, so that they need not load its reading."""

    dying: tuple[Argument, ...]  # the arguments that refer to people who die (`departed.dying`)
    # pairs of a thing and a description of it (`described.descriptions`)
    descriptions: tuple[tuple[Argument, Argument], ...]
    inner: tuple[Inner, ...]  # events that are parts of others (`events.inner`)
    occasions: tuple[Occasion, ...]  # events that a relation identifies (`contested.occasions`)
    dated: tuple[DatedMention, ...]  # sentences that date events (`events.dated_mentions`)


def alone(readings: Sequence[Reading], ontology: Ontology, memo: Memo) -> Iterator[Alone]:
    """What can be resolved in each document by itself, in the order of `readings`."""
    verbs = reciprocal.verbs(ontology)
    articles = ids.of_articles(disk_lists.documents(readings))
    for number, (key, article) in enumerate(zip(disk_lists.keys(readings), articles, strict=True)):
        make = partial(_alone, readings, number, article, verbs, ontology)
        yield memo.of("alone", key, article, Alone, make)


def _alone(
    readings: Sequence[Reading], number: int, article: str, verbs: Mapping[str, str], ontology: Ontology
) -> Alone:
    reading = readings[number]
    named = within.locals_of(reading, ontology)
    meant = coreference.resolve(reading, named, verbs, ontology)
    named = coreference.with_people(reading, named, meant)
    keys = _keys(named, meant.stand_ins)
    return Alone(
        named,
        spellings(reading, named),
        meant,
        continued.speakers(reading, meant.stand_ins, ontology),
        coreference.how(reading, named, meant),
        things.unnamed(reading, keys, article, ontology),
        happenings.happenings(reading, keys, article, ontology),
        Asked(
            departed.dying(reading, ontology),
            described.descriptions(reading),
            events.inner(reading, ontology),
            contested.occasions(reading, ontology),
            tuple(events.dated_mentions(reading)),
        ),
    )


def _keys(locals_: Sequence[within.Local], stand_ins: Mapping[int, int]) -> dict[int, str]:
    """Mention -> key of its named thing; keys are unique in the document and the same in every build."""
    keys = [f"{local.kind}:{local.key}" for local in locals_]
    known = {mention: key for local, key in zip(locals_, keys, strict=True) for mention in local.mentions}
    return known | {mention: keys[local] for mention, local in stand_ins.items()}
