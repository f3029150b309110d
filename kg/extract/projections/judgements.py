"""Judgements: what somebody says that another is.

    Critics called the concert a triumph.       concert - is - a triumph (reported by Critics)
    Ana described the deal as dangerous.        deal - is - dangerous (reported by Ana)
    Ana Ruiz considered Tom Reed a friend.      Tom Reed - considered - a friend (reported by Ana Ruiz)
    The film was hailed as a masterpiece.       film - is - a masterpiece (reported)

`direct` makes the claim that somebody judged. Excludes naming ("called the ship Aurora"), which is not a
judgement, and uses ("used the hall as a school").
"""

from __future__ import annotations

from kg.extract.phrases.roles import Saying, describe
from kg.extract.projections.judged import judged
from kg.extract.projections.predicate import Predicate
from kg.extract.reality.status import Status
from kg.model import Factuality, Role

_CONFIDENCE = 0.75  # maximum confidence of a claim, before `Builder.add` adjusts it to the parse


def read(predicate: Predicate) -> None:
    """Add what is predicated of each target, as reported by the one who judges."""
    build, clause = predicate.build, predicate.clause
    confidence, rule, verbal = min(predicate.trust, _CONFIDENCE), predicate.rule, predicate.surface()
    judges = clause.agents if clause.passive else clause.subjects
    for target, word in judged(clause, build.context):
        if not build.is_thing(target):
            continue
        surface = f"{verbal} as" if word.doc[word.left_edge.i - 1].lower_ == "as" else verbal
        judge = judges[0] if judges else None
        status = Status(Factuality.REPORTED, judge, clause.verb).under(build.status(clause.verb))
        if word.pos_ == "NOUN":
            describe(build, target, word, Saying(clause.verb, surface, rule, confidence, status))
            continue
        who, words = build.argument(target, Role.PATIENT), build.words(word.i, word.i + 1, Role.ATTRIBUTE)
        relation = build.relation(clause.verb, surface, build.known("describedAs"))
        build.add(
            who,
            relation,
            words,
            at=clause.verb,
            rule=rule,
            confidence=confidence,
            status=status,
        )
