"""The whole clause: what somebody does or undergoes, in the words of the sentence.

    Ana opened three schools in Peru.           Ana - opened - "three schools in Peru"
    Ana urged the council to sell the park.     Ana - urged - "the council to sell the park"
    Tom was arrested in Lima on drug charges.   Tom - was arrested - "in Lima on drug charges"
    Ana turned the hall into a school.          Ana - turned - "the hall into a school"

A triple of two ends holds two parts of a clause; this one holds them all, where the others would be cut.
`kg.resolve.wholes` keeps it for somebody who can be identified, and where no shorter triple tells the same.
Leaves out: what another clause adds (", which ...", ", killing two", "and sold it"), the time at the end, which
is the statement's own; clauses of which a part stands before the verb ("the park that Ana sold").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.claims.predicate import Predicate
from kg.extract.clauses.clause import Clause, children, dependents
from kg.model import Argument, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS = (
    "dobj",
    "dative",
    "prep",
    "agent",
    "oprd",
    "attr",
    "acomp",
    "xcomp",
    "ccomp",
    "npadvmod",
    "advmod",
    "advcl",
    "prt",
)
_OTHER_CLAUSE = ("conj", "parataxis", "cc", "punct", "dep")
_OPEN = ("“", "‘", "(", "[", "«")
_CLOSED = ("”", "’", ")", "]", "»")
_FEWEST = 2  # words
_MOST = 60


def read(predicate: Predicate) -> None:
    """Add the claim that holds all that the clause tells of its subjects."""
    clause = predicate.clause
    words = remainder(predicate)
    if words is None:
        return
    label = predicate.label()
    relation = predicate.relation(predicate.surface(), None, label)
    for subject in clause.subjects:
        if predicate.build.is_thing(subject):
            predicate.add(predicate.build.argument(subject, predicate.doer), relation, words)


def remainder(predicate: Predicate) -> Argument | None:
    """The words of the clause behind its verb, up to another clause; None where they are not all of it."""
    clause, verb = predicate.clause, predicate.verb
    nominal = predicate.is_copula and any(noun.pos_ in ("NOUN", "PROPN") for noun in clause.attributes)
    if nominal or predicate.has_content() or not _is_all_behind(clause):
        return None
    first = _first(verb)
    last = _last(predicate, first)
    last = _without_time(predicate, first, last)
    argument = predicate.build.words(first, last, Role.CONTENT)
    length = len(argument.text.split())
    if not _FEWEST <= length <= _MOST or not _is_closed(argument.text):
        return None
    return argument


def _is_all_behind(clause: Clause) -> bool:
    """Whether everything but subjects (and the doer of a passive) stands behind the verb, in its own phrase."""
    verb = clause.verb
    ends = (*clause.objects, *clause.recipients, *clause.attributes, *(c.head for c in clause.complements))
    return all(verb.i < end.i <= verb.right_edge.i for end in ends)


def _first(verb: Token) -> int:
    """Behind the verb and its particle."""
    particles = [child.i for child in children(verb, "prt") if child.i == verb.i + 1]
    return (particles[0] if particles else verb.i) + 1


def _last(predicate: Predicate, first: int) -> int:
    """Where the clause ends (a token, exclusive): at a mark before another clause, or before a joined one."""
    verb = predicate.verb
    doc, end = verb.doc, first
    for child in sorted(dependents(verb), key=lambda token: int(token.i)):
        if child.right_edge.i < first:
            continue
        if child.left_edge.i < first or child.dep_ in _OTHER_CLAUSE or child.dep_ not in _PARTS:
            break
        if doc[child.left_edge.i - 1].text in (",", "—", "–", ";", ":") and child.dep_ not in (
            "prep",
            "dobj",
        ):
            break
        if child.left_edge.i > end and any(not t.is_punct for t in doc[end : child.left_edge.i]):
            break
        stop = _before_aside(child)
        end = stop
        if stop <= child.right_edge.i:
            break
    return end


def _before_aside(child: Token) -> int:
    """The end of a part, without a clause that a comma adds to it (", which ...", ", who ...")."""
    doc = child.doc
    for token in doc[child.left_edge.i : child.right_edge.i + 1]:
        added = token.dep_ in ("relcl", "acl", "appos", "advcl", "parataxis") or (
            token.dep_ == "conj"
            and token.pos_ in ("VERB", "AUX")
            and bool(children(token, "nsubj", "nsubjpass"))
        )
        start = token.left_edge.i
        if added and start > child.left_edge.i and doc[start - 1].text in (",", "—", "–", ";", ":", "("):
            return start - 1
    return child.right_edge.i + 1


def _without_time(predicate: Predicate, first: int, last: int) -> int:
    """As in "in Lima [on Friday]": the time at the end is the statement's own."""
    doc = predicate.verb.doc
    if predicate.time < 0:
        return last
    time = predicate.parsed.times[predicate.time]
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None or span.end != last or span.start <= first:
        return last
    start = span.start
    while (
        start > first
        and doc[start - 1].dep_ in ("prep", "det", "advmod")
        and doc[start - 1].pos_ in ("ADP", "DET")
    ):
        start -= 1
    return start


def _is_closed(text: str) -> bool:
    """Whether marks stand in pairs."""
    pairs = zip(_OPEN, _CLOSED, strict=True)
    return text.count('"') % 2 == 0 and all(
        text.count(one) == text.count(other) for one, other in pairs if other != "’"
    )
