"""The relative clause: its pronoun refers to the noun before it.

    Tom, who sold the house, left.          Tom - sold - house
    The house that Tom sold burned.         Tom - sold - house
    They left Lima, where Tom met Ana.      Tom - met - Ana, in Lima

Excludes relative clauses without a pronoun (see `gap`), and "which" referring to a whole clause.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Complement, Construction, Context, children, dependents
from kg.extract.clauses.coordination import members

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    chain = verb
    while chain.dep_ == "conj" and any(is_relative(t, context) for t in clause.subjects):
        # a second clause with the same antecedent: "who wrote the play and who directed the film"
        chain = chain.head
    if chain.dep_ not in ("relcl", "acl") or (chain.dep_ == "acl" and chain.tag_ == "VBG"):
        return clause
    if chain.head.lemma_.lower() in context.words("ContentNouns") and _has_own_ends(clause, context):
        kept = tuple(token for token in clause.objects if not is_relative(token, context))
        # a content clause, not a relative clause: "the rumour that she had sold the crown"
        return clause.by(CONSTRUCTION, objects=kept)
    if chain.dep_ == "acl":
        return clause
    antecedent = referent(_head_of_relative(chain, clause, context), context)
    everyone = _antecedents(verb, antecedent, context)
    if any(child.lower_ == "where" for child in dependents(verb)):
        return clause.by(CONSTRUCTION, place=antecedent)
    changes: dict[str, object] = {}
    clause = _with_fronted_object(clause, context)
    if is_said_of_noun(verb, context):
        clause = replace(clause, objects=tuple(t for t in clause.objects if not is_relative(t, context)))
    for slot in ("subjects", "objects", "recipients", "agents"):
        tokens: tuple[Token, ...] = getattr(clause, slot)
        if any(is_relative(token, context) for token in tokens):
            changes[slot] = tuple(
                noun for token in tokens for noun in (everyone if is_relative(token, context) else (token,))
            )
    complements = tuple(
        Complement(c.preposition, antecedent) if is_relative(c.head, context) else c
        for c in clause.complements
    )
    if complements != clause.complements:
        changes["complements"] = complements
    if "recipients" in changes and clause.objects:
        # Tom is the recipient in "the prize which they awarded Tom", though the parser takes him for the
        # object.
        return clause.by(CONSTRUCTION, objects=changes["recipients"], recipients=clause.objects)
    return clause.by(CONSTRUCTION, **changes) if changes else clause


def is_said_of_noun(verb: Token, context: Context) -> bool:
    """Whether a verb of speech or belief stands in a relative clause, and the clause that it governs lacks an
    argument: "an injury he says he suffered", "the plan, which she said would fail".

    Not "says" in "who says he left" and "the day he says he left".
    """
    if verb.dep_ != "relcl" or not context.listed(verb.lemma_.lower(), "SpeechVerbs", "BeliefVerbs"):
        return False
    pronouns = [word for word in verb.subtree if word.tag_.startswith("W") and word.i < verb.i]
    own = any(word.head.i == verb.i and word.dep_ == "nsubj" for word in pronouns)
    aside = any(word.dep_ in ("pobj", "advmod", "poss", "det") for word in pronouns)
    noun = verb.head
    timed = noun.lemma_ in context.words("GaplessNouns") or context.parsed.is_time(noun)
    subject = bool(children(verb, "nsubj")) and not own
    return subject and not aside and not timed and bool(children(verb, "ccomp"))


def _with_fronted_object(clause: Clause, context: Context) -> Clause:
    """The clause with its relative pronoun as the object, if the parser gives it two subjects.

    As in "Tom, who the board put in charge"; not in "Tom, who with Ana put Lee in charge".
    """
    fronted = [t for t in clause.subjects if is_relative(t, context)]
    others = [t for t in clause.subjects if not is_relative(t, context)]
    if not fronted or not others or clause.objects or clause.passive:
        return clause
    beside = {t.i for word in fronted for t in word.conjuncts}
    if any(t.i in beside or t.i < fronted[0].i or t.dep_ not in ("nsubj",) for t in others):
        return clause
    return replace(clause, subjects=tuple(others), objects=tuple(fronted))


def _head_of_relative(verb: Token, clause: Clause, context: Context) -> Token:
    """The noun that a relative clause modifies; often not the nearest noun, which the parser takes.

    In "a pact with Peru, which was set up in 2023", it is the pact: after a comma, "which" with a passive
    refers to the noun phrase as a whole, not to the name inside it.
    """
    noun = verb.head
    above = noun.head.head if noun.dep_ == "pobj" else noun
    pronoun = next((t for t in clause.subjects if is_relative(t, context)), None)
    after_comma = pronoun is not None and pronoun.i > 0 and verb.doc[pronoun.i - 1].text == ","
    indefinite = above.pos_ == "NOUN" and any(child.lower_ in ("a", "an") for child in above.lefts)
    if (
        clause.passive
        and verb.lemma_.lower() in context.words("SharedVerbs")
        and _is_landscape(noun, context)
    ):
        governor = noun.head
        return governor.head if governor.dep_ == "acl" and governor.head.pos_ == "NOUN" else noun
    nobody = pronoun is not None and pronoun.lower_ == "who" and not _is_of_people(above, context)
    if clause.passive and after_comma and indefinite and not nobody and context.parsed.is_name(noun):
        return above
    if pronoun is not None and pronoun.lower_ == "who":
        beside = _last_name(noun, pronoun, verb, context) or _person_within(noun, pronoun, context)
        return beside or _person_above(noun, context)
    return noun


def _is_of_people(noun: Token, context: Context) -> bool:
    kind = context.parsed.type_of(noun)
    return kind in ("", "Thing") or any(context.ontology.is_a(kind, name) for name in ("Agent", "Group"))


def _is_landscape(noun: Token, context: Context) -> bool:
    """Whether the noun is a place that cannot act, such as a gulf.

    In "a fleet to guard the Blue Gulf which was joined by Peru", the parser takes the gulf for the
    antecedent, but Peru joined the fleet.
    """
    kind, ontology = context.parsed.type_of(noun), context.ontology
    return ontology.is_a(kind, "Place") and not ontology.is_a(kind, "Agent") and kind != "Country"


def _last_name(noun: Token, pronoun: Token, verb: Token, context: Context) -> Token | None:
    """The last of several coordinated names, if it is directly before "who" with a singular verb; None
    otherwise.

    Tom Reed in "the mayor Ana Ruiz and the singer Tom Reed who was in Lima"; none in "Ana and Tom, who
    were in Lima".
    """
    names = [other for other in noun.conjuncts if other.i == pronoun.i - 1]
    plural = any(t.lower_ in ("were", "are", "have") for t in (verb, *children(verb, "aux", "auxpass")))
    beside = [other for other in names if context.parsed.is_name(other) and context.parsed.is_name(noun)]
    return beside[0] if beside and not plural else None


def _person_within(noun: Token, pronoun: Token, context: Context) -> Token | None:
    """The person named directly before "who", if the parser takes an event or work for the antecedent.

    Ana Ruiz in "a fair with the singer Ana Ruiz, who won it".
    """
    parsed, is_a = context.parsed, context.ontology.is_a
    kind = parsed.type_of(noun)
    if parsed.is_name(noun) or not (is_a(kind, "Event") or is_a(kind, "CreativeWork")):
        return None
    before = pronoun.nbor(-2) if pronoun.i > 1 and pronoun.nbor(-1).text == "," else pronoun.nbor(-1)
    person = noun.is_ancestor(before) and parsed.is_name(before) and is_a(parsed.type_of(before), "Person")
    return before if person else None


def _person_above(noun: Token, context: Context) -> Token:
    """The person whose phrase contains the noun; otherwise the noun.

    In "a judge from the province of Lima, who won the prize", "who" refers to the judge, not the province.
    """
    parsed, above = context.parsed, noun
    while above.dep_ == "pobj" and not context.ontology.is_a(parsed.type_of(above), "Person"):
        if parsed.type_of(above) in ("", "Thing") or context.ontology.is_a(parsed.type_of(above), "Group"):
            return noun
        above = above.head.head
    return above if context.ontology.is_a(parsed.type_of(above), "Person") else noun


def _has_own_ends(clause: Clause, context: Context) -> bool:
    """Whether the clause has its own subject and object, so that "that" is a conjunction."""
    return any(not is_relative(t, context) for t in clause.subjects) and any(
        not is_relative(t, context) for t in clause.objects
    )


def _antecedents(verb: Token, antecedent: Token, context: Context) -> tuple[Token, ...]:
    """The nouns to which the relative pronoun refers: one, or all members of a list if the clause says so.

    As "both" does in "Ana and Tom, who both sang".
    """
    if not any(child.lower_ in ("both", "all", "each") for child in verb.subtree if child.i < verb.i):
        return (antecedent,)
    first = antecedent
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
        first = first.head
    return members(first, context)


def is_relative(token: Token, context: Context) -> bool:
    return token.tag_ in ("WP", "WDT") and token.lower_ in context.words("RelativePronouns")


def referent(noun: Token, context: Context) -> Token:
    """The noun, or the name that it describes as an apposition: Taiwan for "island" in "Taiwan, an island".

    The noun itself for "result" in "lost to Meroka, a result that ...", which sums up the clause.
    """
    sums = noun.lemma_.lower() in context.words("SummingNouns")
    if noun.dep_ == "appos" and context.parsed.is_name(noun.head) and not sums:
        return noun.head
    return noun


CONSTRUCTION = Construction(
    "relative",
    read,
    trust=0.82,
    after=("active", "passive", "complement"),
    why="its pronoun may have any function that they fill",
)
