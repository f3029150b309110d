"""The day of a headline: taken from the sentence of the article that reports the same event.

    Ana Ruiz opens Lima fair
    On Monday the mayor, Ana Ruiz, opened a fair in Lima.
        opens: Monday

A clause reports the same event if it has the same verb, a subject that ends with the same word, and a further
noun in common if the headline has one. As in `narrative`, the day found is weaker evidence than a time in the
clause itself.

Excludes headlines in the future, states, and headlines for which two such clauses name different days.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.copula import LINKING
from kg.model import BlockKind, Claim, Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.clauses.clause import Context

_THINGS = ("NOUN", "PROPN")


def dated_headlines(claims: list[Claim], context: Context) -> list[Claim]:
    """All claims; an undated one of the headline has as `narrative` the day that the body gives its event."""
    sentences = context.parsed.sentences
    body = [
        claim
        for claim in claims
        if claim.time >= 0 and _is_told(claim) and sentences[claim.sentence].block is BlockKind.PARAGRAPH
    ]
    return [
        replace(claim, narrative=_day(claim, body, context))
        if sentences[claim.sentence].block is BlockKind.TITLE and _is_told(claim) and _is_undated(claim)
        else claim
        for claim in claims
    ]


def _day(headline: Claim, body: list[Claim], context: Context) -> int:
    """Index of the time that dates the headline's event in the body of the article, or -1."""
    verb = _verb(headline, context)
    if verb is None or verb.lemma_ in LINKING or verb.lemma_.lower() in context.words("StateVerbs"):
        return -1
    days = [claim.time for claim in body if _retells(claim, headline, verb, context)]
    values = {context.parsed.times[day].value[: len("2026-01-13")] for day in days}
    return days[0] if len(values) == 1 else -1


def _retells(claim: Claim, headline: Claim, verb: Token, context: Context) -> bool:
    other = _verb(claim, context)
    if other is None or other.lemma_.lower() != verb.lemma_.lower():
        return False
    if _last_word(claim) != _last_word(headline):
        return False
    own = _things(verb, context) - {_last_word(headline)}
    return not own or bool(own & _things(other, context))


def _things(verb: Token, context: Context) -> set[str]:
    """The lemmas of the nouns after the verb in its sentence, except times."""
    sentence = context.parsed.sentences[context.parsed.sentence_of[verb.i]]
    after = (token for token in verb.subtree if token.i > verb.i and token.idx < sentence.end)
    return {
        token.lemma_.lower() for token in after if token.pos_ in _THINGS and not context.parsed.is_time(token)
    }


def _verb(claim: Claim, context: Context) -> Token | None:
    span = context.parsed.doc.char_span(claim.relation.start, claim.relation.end)
    return span.root if span is not None and span.root.pos_ in ("VERB", "AUX") else None


def _last_word(claim: Claim) -> str:
    return claim.subject.text.split()[-1].lower()


def _is_told(claim: Claim) -> bool:
    return claim.factuality is Factuality.ASSERTED and claim.speaker is None


def _is_undated(claim: Claim) -> bool:
    return claim.time < 0 and claim.interval < 0 and (claim.object is None or claim.object.time < 0)
