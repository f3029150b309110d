"""Clusters the event mentions of one document into happenings.

A happening is an event that one document mentions once or several times:

    "a summit in Lima ... the summit"      one event
    "a summit meeting"                     one event
    "Ruiz hosted Reed for a meeting"       one event: the hosting is the meeting

A definite noun refers to the only earlier happening with the same head word that nothing contradicts (another
possessor, another time, other modifiers). `events.occurrences` finds the same event in several documents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.model import Mention, MentionKind, Reading, Time
from kg.ontology import Ontology
from kg.resolve import evidence, ids, names
from kg.resolve.document.postmodifiers import differ, phrases
from kg.resolve.document.things import DEFINITE, without_article
from kg.resolve.document.within import is_named


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in one document, with its mentions."""

    id: str
    mentions: tuple[int, ...]  # indices into Reading.mentions


def happenings(
    reading: Reading, known: Mapping[int, str], article: str, ontology: Ontology
) -> tuple[Happening, ...]:
    """The unnamed events of a document, in order of their first mention.

    `known`: mention -> key of its named referent; `article`: a key of the document, from `ids.of_articles`.
    """
    times: defaultdict[int, list[Time]] = defaultdict(list)
    for claim in reading.claims:
        if claim.event >= 0 and (time := evidence.time_of(reading, claim)):
            times[claim.event].append(time)
    groups: list[list[int]] = []
    group_of: dict[int, list[int]] = {}
    by_lemma: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)  # lemma -> first mention -> group
    # sentence -> keys of the things mentioned in it
    by_sentence: defaultdict[int, set[str]] = defaultdict(set)
    for index, key in known.items():
        by_sentence[reading.mentions[index].sentence].add(key)
    for index, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.EVENT or is_named(mention):
            continue
        fits = (
            group
            for group in (by_lemma[mention.lemma].values() if _definite(mention) else ())
            if not any(_contradict(reading, index, other, known, by_sentence, times) for other in group)
        )
        earlier = list(islice(fits, 2))  # if two earlier events fit, the mention is ambiguous
        if (whole := _of_one_phrase(reading, index, group_of, ontology)) is not None:
            earlier = [group_of[whole]]
        if len(earlier) == 1:
            group_of[index] = earlier[0]
            earlier[0].append(index)
        else:
            group_of[index] = [index]
            groups.append(group_of[index])
        by_lemma[mention.lemma].setdefault(group_of[index][0], group_of[index])
    return tuple(Happening(_id(article, reading.mentions[group[0]]), tuple(group)) for group in groups)


def _id(article: str, mention: Mention) -> str:
    return "event-" + ids.digest(12, article, str(mention.start), str(mention.end))


def _definite(mention: Mention) -> bool:
    return mention.determiner.lower() in DEFINITE or mention.possessor >= 0


def _of_one_phrase(
    reading: Reading, index: int, earlier: dict[int, list[int]], ontology: Ontology
) -> int | None:
    """The previous event mention if it and the mention `index` form one phrase that denotes one event.

    For example, the mention "summit" and "summit meeting" in "a summit meeting", or "hosted" and "meeting" in
    "hosted Reed for a meeting". None if they are two events.
    """
    mention, last = reading.mentions[index], next(reversed(earlier), -1)
    if last < 0:
        return None
    other = reading.mentions[last]
    related = ontology.is_a(mention.type, other.type) or ontology.is_a(other.type, mention.type)
    text = reading.document.text
    if other.start <= mention.start and mention.end <= other.head_start:
        return last if related and text[mention.end : other.head_start] in (" ", "-") else None
    hosted = any(ontology.is_a(other.type, name) for name in ("Meeting", "Visit")) and not other.determiner
    meeting = ontology.is_a(mention.type, "Meeting") and mention.determiner in ("a", "an")
    if not (hosted and meeting and mention.sentence == other.sentence):
        return None
    return last if text[: mention.start].split()[-1:] == ["for"] else None


def _contradict(
    reading: Reading,
    one: int,
    other: int,
    known: Mapping[int, str],
    by_sentence: Mapping[int, set[str]],
    times: Mapping[int, Sequence[Time]],
) -> bool:
    """Whether two mentions with the same head word denote different events."""
    mentions = reading.mentions[one], reading.mentions[other]
    if mentions[0].type != mentions[1].type and "Event" in (mentions[0].type, mentions[1].type):
        return True  # a verb has the general class, a noun a specific one: "he talked ... the talks"
    owners = {known.get(m.possessor, "?") for m in mentions if m.possessor >= 0}
    modifiers = [
        set(names.words(without_article(m.text))) - {m.lemma, m.text[m.head_start - m.start :].lower()}
        for m in mentions
        if m.text
    ]
    apart = all(modifiers) and len(modifiers) == 2 and not modifiers[0] & modifiers[1]
    clash = any(
        a.start and b.start and (a.end < b.start or b.end < a.start)
        for a in times.get(one, ())
        for b in times.get(other, ())
    )
    return (
        len(owners) > 1
        or apart
        or clash
        or differ(*(phrases(reading, m, lambda i: known.get(i, "")) for m in mentions))
        or _of_another(reading, one, other, known, by_sentence)
    )


def _of_another(
    reading: Reading, one: int, other: int, known: Mapping[int, str], by_sentence: Mapping[int, set[str]]
) -> bool:
    """Whether the mention `one` contains the name of a body that the sentence of the earlier mention `other`
    does not mention, so that the events differ: "Their summit ... the Harbour Union (HU) summit".
    """
    mention, first = reading.mentions[one], reading.mentions[other]
    first_inside = bisect_left(reading.mentions, mention.start, key=lambda each: each.start)
    behind = bisect_left(reading.mentions, mention.head_start, key=lambda each: each.start)
    inside = {
        known[i]
        for i in range(first_inside, behind)
        if i in known and reading.mentions[i].type in ("Organization", "Conference", "MediaOutlet")
    }
    return bool(inside) and not inside & by_sentence.get(first.sentence, set())
