"""Finds who speaks in each turn of an interview.

    Radio Lima spoke with Ana Ruiz.
    Radio Lima: Why?  Ana Ruiz: ...  AR: ...    by the label: a name of the article, or its initials
    Q: Why?  A: We lost.                        by the text before: the person interviewed, Ana Ruiz

Excludes interviews with several people whose answers have no labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.language.interview import Turn
from kg.model import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTNER = ("with", "to", "of")
_FARTHEST = 6  # maximum number of sentences between the introduction of the person and the first question


def speakers(context: Context) -> tuple[Token | None, ...]:
    """For each turn, the head of the speaker's name; None if unknown."""
    found: list[Token | None] = []
    interviewee: Token | None = None
    end = 0
    for turn in context.parsed.turns:
        interviewee = next(_introduced(context, end, turn.start), interviewee)
        end = turn.end
        named = _named(turn, context)
        found.append(named if turn.asks or named is not None else interviewee)
    return tuple(found)


def _named(turn: Turn, context: Context) -> Token | None:
    """The head of the name for which a turn's label stands: a name with the same last word, otherwise one
    with these initials.
    """
    if not turn.label or turn.label in ("Q", "A"):
        return None
    parsed = context.parsed
    names = [(i, m) for i, m in enumerate(parsed.mentions) if m.kind is MentionKind.NAME]
    last = turn.label.split()[-1].casefold()
    for index, mention in names:
        if mention.text.split()[-1].casefold() == last:
            return parsed.head(index)
    for index, mention in names:
        words = mention.text.split()
        if len(words) > 1 and mention.type == "Person" and "".join(w[0] for w in words) == turn.label:
            return parsed.head(index)
    return None


def _introduced(context: Context, start: int, end: int) -> Iterator[Token]:
    """The candidates for the interviewed person, according to the text between two offsets.

    Each is the only person interviewed in a sentence; the sentence nearest to the interview comes first.
    """
    parsed = context.parsed
    between = [i for i, s in enumerate(parsed.sentences) if s.start >= start and s.end <= end]
    tokens: dict[int, list[Token]] = {i: [] for i in between}
    if not between:
        return
    span = parsed.doc.char_span(start, end, alignment_mode="contract")
    for token in span or ():
        if parsed.sentence_of[token.i] in tokens:
            tokens[parsed.sentence_of[token.i]].append(token)
    nearest = between[: -_FARTHEST - 1 : -1]
    for index in (*nearest, *between[:1]):  # the first is the title
        people = {parsed.mention_index(person): person for person in _interviewed(tokens[index], context)}
        if len(people) == 1:
            yield from people.values()


def _interviewed(sentence: list[Token], context: Context) -> Iterator[Token]:
    """The people who answer in an interview, according to the sentence: "spoke with Ana Ruiz", "Ruiz
    discussed it".
    """
    for word in sentence:
        lemma = word.lemma_.lower()
        partners = [
            noun
            for preposition in (
                *children(word, "prep"),
                *(p for v in children(word, "prt") for p in children(v, "prep")),
            )
            if preposition.lower_ in _PARTNER
            for noun in children(preposition, "pobj")
        ]
        if lemma in context.words("InterviewingVerbs"):
            asked = [*_people([*children(word, "dobj", "nsubjpass"), *partners], context)]
            yield from asked or _people(children(word, "nsubj"), context)
        elif lemma in context.words("AnsweringVerbs"):
            yield from _people(children(word, "nsubj"), context)


def _people(nouns: list[Token], context: Context) -> Iterator[Token]:
    """The names of people among the nouns, and beside them: Ana Ruiz for "the mayor, Ana Ruiz"."""
    for noun in nouns:
        for one in (noun, *children(noun, "appos")):
            if context.parsed.is_name(one) and context.ontology.is_a(context.parsed.type_of(one), "Person"):
                yield one
