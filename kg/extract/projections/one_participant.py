"""Claims of a clause with one participant: its date, its duration, or only that it happened.

    The talks ended on Friday.          talks - ended on - Friday
    The session lasted 20 minutes.      session - lasted - 20 minutes
    The talks failed.                   talks - failed, an event with one participant, and no statement

The date of what somebody does makes no claim ("Ana arrived on Friday": Friday is the time of her arrival).
The date of an event does, even if there are other claims ("The talks ended in Lima on Friday").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import children, dependents
from kg.extract.lexicon import TEXT
from kg.extract.projections.predicate import Predicate
from kg.model import Argument, Role
from kg.ontology import RelationType

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(predicate: Predicate) -> None:
    """Add these claims for each subject that has no other claim, or is an event."""
    if predicate.has_content() or _leads_on(predicate):
        return
    for subject in predicate.clause.subjects:
        if not predicate.build.is_thing(subject):
            continue
        who = predicate.build.argument(subject, predicate.doer)
        happening = predicate.context.ontology.is_a(predicate.parsed.type_of(subject), "Event")
        alone = predicate.made == 0
        dated = (alone or (happening and not predicate.clause.objects)) and _dated(predicate, who)
        if alone and not dated and not predicate.clause.objects:
            predicate.add(who, predicate.relation(predicate.surface(), None, predicate.label()), None)
            predicate.made -= 1  # not counted, so that the next subject gets one, too


def _leads_on(predicate: Predicate) -> bool:
    """Whether a clause that the verb governs says what happened: "was forced to go", "admitted to lying"."""
    gerunds = (child for preposition in children(predicate.verb, "prep") for child in dependents(preposition))
    return bool(children(predicate.verb, "xcomp")) or any(child.dep_ == "pcomp" for child in gerunds)


def _dated(predicate: Predicate, who: Argument) -> bool:
    for preposition, expression in _times(predicate):
        time = predicate.parsed.times[predicate.parsed.time_of[expression.i]]
        if not preposition and time.type != "DURATION":
            continue  # the time only dates the clause: "rose last year"
        known = _known(predicate, preposition, predicate.build.type_of(who))
        relation = predicate.relation(predicate.surface(preposition), known, predicate.label(preposition))
        predicate.add(who, relation, predicate.build.argument(expression, Role.TIME), less=0.05)
        return True
    return False


def _known(predicate: Predicate, preposition: str, kind: str) -> RelationType | None:
    """The relation in the lexicon; a passive is looked up by its participle ("sentenced to four years")."""
    if predicate.clause.passive:
        return predicate.build.lexicon.adjective(f"{predicate.verb.lower_} {preposition}", kind, TEXT)
    return predicate.known(predicate.key(preposition), kind, TEXT)


def _times(predicate: Predicate) -> list[tuple[str, Token]]:
    found: list[tuple[str, Token]] = []
    for child in dependents(predicate.verb):
        if child.dep_ == "prep":
            found += [(child.lower_, noun) for noun in children(child, "pobj")]
        elif child.dep_ in ("npadvmod", "dobj", "attr"):
            found.append(("", child))
    return [(word, noun) for word, noun in found if predicate.parsed.is_time(noun)]
