"""What somebody says that another is.

    Critics called the concert a triumph.       concert - is - a triumph (reported by the critics)
    Ana described the deal as dangerous.        deal - is - dangerous (reported by Ana)
    Ana considered Tom a friend.                Tom - is - a friend (reported by Ana)
    The film was hailed as a masterpiece.       film - is - a masterpiece (reported)

That somebody judges at all is the business of `direct`. Leaves out: names given ("called the ship
Aurora"), which are no judgement, and how something is used ("used the hall as a school").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.clauses.clause import Clause, Context, children
from kg.extract.phrases.roles import Saying, describe
from kg.extract.reality.status import Status
from kg.model import Factuality, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONFIDENCE = 0.75


def judged(clause: Clause, context: Context) -> tuple[tuple[Token, Token], ...]:
    """Pairs of what is judged, and the noun or adjective that says what it is."""
    lemma = clause.verb.lemma_.lower()
    found: list[tuple[Token, Token]] = []
    if lemma in context.words("CallingVerbs"):
        found += _called(clause)
    if lemma in context.words("CharacterisingVerbs"):
        found += _described(clause)
    return tuple(
        (target, word)
        for target, word in found
        if word.pos_ in ("NOUN", "ADJ") and not context.parsed.is_name(word)
    )


def _called(clause: Clause) -> Iterator[tuple[Token, Token]]:
    """As in "called the concert a triumph"; the parser may see a clause in "considered Tom a friend"."""
    targets = clause.subjects if clause.passive else clause.objects
    yield from ((target, word) for target in targets for word in clause.attributes)
    for target in targets:  # or an apposition without a comma
        yield from ((target, word) for word in children(target, "appos") if word.left_edge.i == target.i + 1)
    for small in children(clause.verb, "ccomp"):
        if small.pos_ in ("NOUN", "ADJ") and not children(small, "cop", "aux", "mark"):
            yield from ((target, small) for target in children(small, "nsubj"))


def _described(clause: Clause) -> Iterator[tuple[Token, Token]]:
    """As in "described the deal as a failure", "referred to Ana as a genius"."""
    words = [c.head for c in clause.complements if c.preposition == "as"]
    words += [word for p in children(clause.verb, "prep") if p.lower_ == "as" for word in children(p, "amod")]
    words += [word for word in children(clause.verb, "advcl") if word.doc[word.i - 1].lower_ == "as"]
    referred = [c.head for c in clause.complements if c.preposition == "to"]
    targets = clause.subjects if clause.passive else clause.objects or tuple(referred)
    yield from ((target, word) for target in targets for word in words)


def read(build: Builder, clause: Clause, confidence: float, rule: str, verbal: str) -> None:
    """Add what is said of those who are judged, as the words of who judges.

    `verbal`: the words of the verb as worded.
    """
    judges = clause.agents if clause.passive else clause.subjects
    for target, word in judged(clause, build.context):
        if not build.is_thing(target):
            continue
        surface = f"{verbal} as" if word.doc[word.left_edge.i - 1].lower_ == "as" else verbal
        judge = judges[0] if judges else None
        status = Status(Factuality.REPORTED, judge, clause.verb).under(build.status(clause.verb))
        if word.pos_ == "NOUN":
            describe(
                build, target, word, Saying(clause.verb, surface, rule, min(confidence, _CONFIDENCE), status)
            )
            continue
        who, words = build.argument(target, Role.PATIENT), build.words(word.i, word.i + 1, Role.ATTRIBUTE)
        relation = build.relation(clause.verb, surface, build.known("describedAs"))
        build.add(
            who,
            relation,
            words,
            at=clause.verb,
            rule=rule,
            confidence=min(confidence, _CONFIDENCE),
            status=status,
        )
