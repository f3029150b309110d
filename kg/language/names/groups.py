"""Finds evidence in agreement: a singular name with a plural verb denotes several people.

    Norhaven are third; Norhaven have signed Tom Reed    Norhaven is a club, neither a town nor a person
    Norhaven host Merok in the cup                       a club: "host" is plural
    Salt Sisters, who were seventh                       a band, not people who are sisters

English, and British English above all, uses plural verbs with teams, bands, companies and parties, but never
with a town or a person. Excluded: several names ("Reed and Ruiz were"), the subjunctive ("If Reed were",
"that Reed resign"), verbs whose past has the same form ("Reed put", "Reed beat Ruiz"), places with a plural
name ("the Salt Islands are"), datelines ("KESTORA - The councils have met").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language.names.grammar_words import DASHES
from kg.language.names.name import UNKNOWN, Name

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_OPEN = ("Person", "Place", "City", "Facility", "Organization", "Event", "CreativeWork", UNKNOWN)
_AUXILIARIES = ("be", "have", "do")
_ASSERTED = ("ROOT", "conj", "advcl", "relcl", "parataxis")
_UNREAL = ("if", "though", "unless")
_COUNTS = ("nummod", "cc", "preconj")
_BREAKS = (*DASHES, ":", "(")
_JOINTS = ("cc", "conj", "appos", "nummod")


def evidence(name: Name, head: Token, strong: int) -> Iterator[tuple[str, int]]:
    """The class "Organization" with the weight `strong`, if a plural verb agrees with the name."""
    if name.type not in _OPEN or head.dep_ not in _SUBJECTS or _is_several(head):
        return
    if head.text.endswith("s") and name.type != "Person":
        return
    verb = head.head
    if any(token.text in _BREAKS or token.is_space for token in head.doc[name.end : verb.i]):
        return  # a dateline: "KESTORA - The councils have met"
    clauses = [child for child in head.children if child.dep_ == "relcl" and _is_of_who(child)]
    agreeing = any(_is_plural(each, head) for each in (verb, *clauses))
    if agreeing or _is_present(verb, head):
        yield "Organization", strong


def _is_several(head: Token) -> bool:
    after = any(child.dep_ in _JOINTS for child in head.rights)
    before = any(child.dep_ in _COUNTS or child.tag_ in ("NNS", "NNPS") for child in head.lefts)
    return after or before


def _is_of_who(clause: Token) -> bool:
    return any(child.dep_ in _SUBJECTS and child.lower_ in ("who", "which") for child in clause.lefts)


def _is_plural(verb: Token, head: Token) -> bool:
    """Whether the verb or its auxiliary is a plural of "be", "have" or "do" that agrees with the name."""
    finite = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")] or [verb]
    first = finite[0]
    unreal = first.lower_ == "were" and (_is_unreal(verb) or verb.dep_ == "ccomp")
    present = first.tag_ == "VBP" and first.lemma_.lower() in _AUXILIARIES
    return (present or first.lower_ == "were") and first.i > head.i and not unreal


def _is_unreal(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in _UNREAL for child in verb.lefts)


def _is_present(verb: Token, head: Token) -> bool:
    """Whether the name's main verb is a plural present: "Norhaven host Merok"."""
    plain = verb.tag_ == "VBP" and verb.i > head.i and verb.dep_ in _ASSERTED
    alone = not any(child.dep_ in ("aux", "auxpass") for child in verb.lefts)
    return plain and alone and verb.lower_ == verb.lemma_.lower() and not _is_past_too(verb)


def _is_past_too(verb: Token) -> bool:
    """Whether the verb's past tense has the same form as its present: "put", "beat", "read"."""
    from lemminflect import getInflection

    return verb.lower_ in getInflection(verb.lemma_.lower(), tag="VBD")
