"""What each article says by itself: everything in resolving that needs no other article.

    traits      what articles are compared by: words, passages, quotations, the names of publishers
    alone       its names, pronouns, descriptions and happenings, and what later steps need of its claims

Both depend on the reading, the ontology and the code only, so that they are kept for the next build
(`kg.memo`). `traits` comes first: an article without a date gets its times from similar articles.
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
from kg.resolve.document import coreference, happenings, reciprocal, things, within
from kg.resolve.document.coreference import Coreference
from kg.resolve.entities.entities import Spelt, spellings
from kg.resolve.events import contested, events
from kg.resolve.events.contested import Occasion
from kg.resolve.events.events import DatedMention, Inner
from kg.resolve.sources import citations, passages
from kg.resolve.statements import departed, described


@dataclass(frozen=True, slots=True)
class Traits:
    """What a document is compared by with others."""

    features: dict[str, float]  # as in `stories`
    marks: bytes  # as in `passages`
    quoted: frozenset[str]  # as in `contested`
    publishers: tuple[str, ...]  # as in `citations.own_names`
    citable: tuple[str, ...]  # as in `citations.citable`


def traits(readings: Sequence[Reading], ontology: Ontology, memo: Memo) -> list[Traits]:
    """The traits of each document."""
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
    """The analysis of one document before its things are compared with those of others."""

    named: tuple[within.Local, ...]
    spelt: Spelt  # each of `named`, in each of its mentions
    meant: Coreference
    resolved: dict[int, str]  # mention -> how it was resolved
    unnamed: tuple[things.Unnamed, ...]
    happened: tuple[happenings.Happening, ...]
    asked: Asked


@dataclass(frozen=True, slots=True)
class Asked:
    """What later steps ask of the claims of a document."""

    dying: tuple[Argument, ...]
    descriptions: tuple[tuple[Argument, Argument], ...]
    inner: tuple[Inner, ...]
    occasions: tuple[Occasion, ...]
    dated: tuple[DatedMention, ...]


def alone(readings: Sequence[Reading], ontology: Ontology, memo: Memo) -> Iterator[Alone]:
    """The analysis of each document."""
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
    """Mention -> a stable key of the named thing in its document."""
    keys = [f"{local.kind}:{local.key}" for local in locals_]
    known = {mention: key for local, key in zip(locals_, keys, strict=True) for mention in local.mentions}
    return known | {mention: keys[local] for mention, local in stand_ins.items()}
