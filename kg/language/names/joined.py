"""Names of several parts, which the model cuts in pieces.

    the Ministry of Forests and Rivers, the Man of the Match award, Ruiz and Sons, Lumora.Pe

Left out: "of" after a role ("the President of Peru") and after a plain noun ("Critics of Acme").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.language.names.extent import BODIES, trimmed
from kg.language.names.name import UNKNOWN, Name, Text, is_capital, is_genitive, is_joined, opens_sentence
from kg.language.names.words import JOINTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADS = (
    *(
        "OrganizationWords",
        "GovernmentBodyWords",
        "SubjectBodies",
        "PlaceWords",
        "RegionWords",
        "FacilityWords",
    ),
    *("AwardWords", "LawWords", "AttackWords", "ConferenceWords", "MonumentWords"),
)
_MODEL_SPANS = ("ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART", "LOC")
_WORDS = ("NOUN", "PROPN", "ADJ")


def find(text: Text) -> Iterator[Name]:
    """Dotted names, then firms, then names with "of"."""
    for token in text.doc:
        word = token.lower_
        if word == ".":
            yield from _dotted(text, token)
        elif word in ("and", "&"):
            yield from _firm(text, token)
        elif word in ("of", "for"):
            yield from _with_of(text, token)
        elif is_genitive(token):
            yield from _of_people(text, token)


def _dotted(text: Text, dot: Token) -> Iterator[Name]:
    """As in "Lumora.Pe", which the tokenizer takes for the end of a sentence."""
    if not 0 < dot.i < len(text.doc) - 1:
        return
    before, after = text.doc[dot.i - 1], text.doc[dot.i + 1]
    together = is_joined(before) and is_joined(dot) and before.is_alpha and after.is_alpha
    if together and is_capital(before) and len(before) > 2 and 2 <= len(after) <= 4:
        yield from text.take(before.i, after.i + 1, "Organization")


def _firm(text: Text, joint: Token) -> Iterator[Name]:
    """As in "Ruiz and Sons", "Menon & Daughters Inc."."""
    start = _run(text, joint.i - 1, -1)
    end = _run(text, joint.i + 1, 1) + 1
    if start == joint.i or end == joint.i + 1:
        return
    tail = text.doc[joint.i + 1]
    if joint.text == "&" or text.listed(tail, "FirmTails"):
        yield from text.take(start, end, "Company" if text.listed(tail, "FirmTails") else UNKNOWN)


def _of_people(text: Text, genitive: Token) -> Iterator[Name]:
    """As in "the Queen's Police Medal", "Women's World Cup", "Workers' Union"."""
    owner = text.doc[genitive.i - 1]
    end = _run(text, genitive.i + 1, 1) + 1
    if end == genitive.i + 1 or not is_capital(owner) or opens_sentence(owner):
        return
    common = text.listed(owner, "RoleNouns", "PersonNouns", "OwningPeople") or text.is_honorific(owner)
    if common and text.listed(text.doc[end - 1], *BODIES):
        yield from text.take(owner.i, end, UNKNOWN)


def _with_of(text: Text, of: Token) -> Iterator[Name]:
    doc = text.doc
    if not 0 < of.i < len(doc) - 2:
        return
    head, first = doc[of.i - 1], of.i + 1
    if doc[first].text in ("the", "The"):
        first += 1
    if not (is_capital(head) and is_capital(doc[first]) and _is_word(text, doc[first])):
        return
    end = _subjects(text, head, _run(text, first, 1) + 1)
    award = end < len(doc) and doc[end].text.islower() and text.listed(doc[end], "AwardNouns")
    if not (text.listed(head, *_HEADS) or (award and text.listed(head, "PersonNouns", "RoleNouns"))):
        return
    if of.lower_ == "for" and not text.listed(head, "SubjectBodies"):
        return
    start = _run(text, head.i, -1)
    if opens_sentence(doc[start]) and start == head.i and head.tag_ in ("NNS", "NNPS"):
        return  # "Schools of Lima"
    if text.listed(head, "GovernmentBodyWords") and doc[start].text in gazetteer.by_adjective():
        start += 1  # "the Peruvian Ministry of Health"
    yield from text.take(*_covering(text, start, end), "Award" if award else UNKNOWN)


def _subjects(text: Text, head: Token, end: int) -> int:
    """With a ministry's second subject, "and Rivers"; not with another name, "and Acme Corp"."""
    doc = text.doc
    if not text.listed(head, "SubjectBodies") or end + 1 >= len(doc):
        return end
    joint, after = doc[end], doc[end + 1]
    if joint.lower_ == "and" and is_capital(after) and after.ent_type_ not in ("PERSON", "GPE"):
        last = _run(text, after.i, 1) + 1
        alone = last == after.i + 1 and not text.listed(after, *_HEADS)
        plain = after.is_alpha and not after.text.isupper()
        if alone and plain and (text.is_common_word(after) or after.text.endswith("s")):
            return last
    return end


def _covering(text: Text, start: int, end: int) -> tuple[int, int]:
    """The model may know that the name goes on: "Bank of Salt and Silver"."""
    for entity in text.doc[start:end].ents:
        first, last = trimmed(text, entity.start, entity.end, entity.label_)
        words = text.doc[first:last]
        if entity.label_ in _MODEL_SPANS and all(is_capital(t) or t.lower_ in JOINTS for t in words):
            start, end = min(start, first), max(end, last)
    return start, end


def _run(text: Text, at: int, step: int) -> int:
    """The last token of the run of capitalised words from `at` on, going by `step`; `at - step` for none."""
    last = at - step
    while 0 <= at < len(text.doc) and _is_word(text, text.doc[at]):
        stop = text.is_role(text.doc[at]) and step < 0 and last != at - step
        if stop or (step > 0 and at > 0 and not text.doc[at - 1].whitespace_ and last == at - 1):
            break
        last = at
        at += step
    return last


def _is_word(text: Text, token: Token) -> bool:
    return (
        is_capital(token)
        and token.i not in text.taken
        and token.i not in text.times
        and token.i not in text.headline
        and (token.pos_ in _WORDS or token.lower_ in ("inc.", "ltd.", "co.", "corp."))
        and not text.is_honorific(token)
        and not token.is_quote
    )
