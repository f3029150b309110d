"""Participles and other clauses without a subject.

    The house built by Tom burned.                      Tom - built - house
    The man driving the car left.                       man - drove - car
    Ana left, taking the keys.                          Ana - took - keys
    Dressed in blue, they sang.                         they - dressed in - blue
    After meeting Tom, Ana left.                        Ana - met - Tom
    Ana's refusal to sign the treaty surprised Tom.     Ana - signed - treaty (negated)

Excludes infinitives after nouns without an owner ("a plan to leave"), whose agent is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Construction, Context, children, dependents
from kg.extract.clauses.coordination import by_phrase, members, with_whom
from kg.extract.clauses.relative import referent
from kg.language import noun_phrases

if TYPE_CHECKING:
    from spacy.tokens import Token


_TOWNS = ("City", "Country", "Region")


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    if clause.subjects or verb.dep_ not in ("acl", "advcl", "pcomp") or children(verb, "expl"):
        return clause
    if doers := with_whom(verb, context) or _event_before(verb, context):
        return clause.by(CONSTRUCTION, subjects=doers)
    passive = (verb.tag_ == "VBN" or _is_fronted(verb)) and not any(c.dep_ == "aux" for c in dependents(verb))
    if verb.dep_ == "acl":
        if any(child.lower_ == "to" for child in verb.lefts):
            return _of_owner(clause, context)
        if _is_of_no_noun(verb, context):
            return clause
        finite = verb.tag_ == "VBD" and bool(clause.objects)
        passive = verb.tag_ != "VBG" and not finite
        subjects = (_topic(verb.head),) if finite else members(_described(verb, context), context)
        if passive and clause.objects:
            return clause  # an object beside a participle leaves the agent open: "a device called a tablet"
    else:
        if _is_of_another(verb, context) or (passive and _is_compared(verb)) or _only_dates(clause, context):
            return clause
        if (noun := _believed(verb, context)) is not None:
            return clause.by(CONSTRUCTION, subjects=members(noun, context), passive=True)
        governor = verb.head if verb.dep_ == "advcl" else verb.head.head
        if governor.pos_ not in ("VERB", "AUX"):
            return clause
        if (doer := _with_object(verb)) is not None:
            return clause.by(CONSTRUCTION, subjects=members(doer, context))
        main = context.clause(governor)
        subjects = _beside_noun(verb, main, context) or _of_main(verb, main, context)
        beside = _is_beside_words(verb, governor, context) and any(noun.lower_ != "i" for noun in subjects)
        subjects = () if beside or _is_purpose_of_others(verb, main, context) else subjects
    if not subjects:
        return clause
    doers = by_phrase(verb, context) if passive else ()
    return clause.by(CONSTRUCTION, subjects=tuple(subjects), passive=passive, agents=doers)


def _is_purpose_of_others(verb: Token, main: Clause, context: Context) -> bool:
    """Whether the purpose is that of an agent who is not named: "The mill was sold to pay the debts".

    Not what something was made for, which it does: "The fund was set up to help Ana".
    """
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts)
    if not infinitive or not main.passive or main.agents or not main.subjects:
        return False
    made = main.verb.lemma_.lower() in context.words("MakingVerbs")
    kinds = (context.parsed.type_of(noun) for noun in main.subjects)
    return not made and not any(context.ontology.is_a(kind, "Agent") for kind in kinds)


def _is_fronted(verb: Token) -> bool:
    """Whether a participle tagged as past tense opens the sentence: "Asked whether it rained, Ana ..."."""
    opens = verb.i == verb.sent.start and verb.tag_ == "VBD" and verb.dep_ == "advcl"
    return opens and not children(verb, "dobj", "mark")


def _beside_noun(verb: Token, main: Clause, context: Context) -> tuple[Token, ...]:
    """The noun before a passive participle that the parser attaches to the main verb; otherwise empty.

    The mill in "They came from the Lima Mill in Peru(,) run by Ana": a mill is run, a person is not. After
    a comma, only if the subject of the main clause is a person: in "The show opened at the Lima Theatre,
    directed by Ana", Ana may have directed either.
    """
    doc, first = verb.doc, verb.left_edge.i
    lemma = verb.lemma_.lower()
    if verb.tag_ != "VBN" or first != verb.i or lemma not in context.words("ThingParticiples") or not first:
        return ()
    comma = doc[first - 1].text == ","
    persons = all(_is_person(noun, context) for noun in main.subjects)
    if (comma and not persons) or not main.subjects:
        return ()
    fitting = [
        noun
        for noun in _ending_at(doc[first - 2 if comma else first - 1], verb.head)
        if context.parsed.type_of(noun) not in _TOWNS
        and not _is_person(noun, context)
        and not _is_whereabouts(noun, context)
    ]
    named = [n for n in fitting if context.parsed.is_name(n)]
    return tuple((named or fitting)[:1])


def _ending_at(last: Token, verb: Token) -> Iterator[Token]:
    """The nouns in the verb's clause whose phrases end with the token `last`, shortest phrase first."""
    noun = last
    while noun.i not in (verb.i, noun.head.i):
        if noun.pos_ in ("NOUN", "PROPN") and noun.dep_ in ("dobj", "pobj", "attr"):
            yield noun
        noun = noun.head


def _described(verb: Token, context: Context) -> Token:
    """The noun that a participle describes: the mill in "the mill in Peru run by Ana"."""
    noun, before = verb.head, verb.nbor(-1) if verb.i else verb
    if verb.tag_ == "VBG" and before.dep_ == "pobj" and before.head.lower_ == "of":
        shown = before.head.head.i == noun.i and noun.lemma_.lower() in context.words("ImageNouns")
        if shown and _is_person(before, context):
            return before  # Tom in "photos of Tom wearing a hat"
    thing = verb.tag_ == "VBN" and verb.lemma_.lower() in context.words("ThingParticiples")
    above = noun.head.head
    if thing and _is_whereabouts(noun, context) and not _is_person(above, context):
        return referent(above, context)
    return referent(noun, context)


def _is_whereabouts(noun: Token, context: Context) -> bool:
    """Whether the noun says where something is: Peru in "the mill in Peru"."""
    inside = noun.dep_ == "pobj" and noun.head.lower_ in context.words("PlacePrepositions")
    return inside and context.is_place(noun) and noun.head.head.pos_ in ("NOUN", "PROPN")


def _is_person(noun: Token, context: Context) -> bool:
    people = noun.tag_ in ("PRP", "WP") and noun.lower_ not in ("it", "itself", "what")
    return people or context.ontology.is_a(context.parsed.type_of(noun), "Person")


def _is_of_no_noun(verb: Token, context: Context) -> bool:
    """Whether the participle describes no noun, or not the one before it.

    As in "had difficulty finishing", "pacts of the towns totalling $3 million".
    """
    if verb.tag_ not in ("VBG", "VBN", "VBD"):
        return True
    if verb.tag_ == "VBG" and verb.head.lemma_.lower() in context.words("GerundNouns"):
        return True
    return bool(verb.head.dep_ == "pobj" and verb.lemma_.lower() in context.words("SummingVerbs"))


def _event_before(verb: Token, context: Context) -> tuple[Token, ...]:
    """The event that is the agent of a participle after a passive clause; empty if there is none.

    It is the fire in "The mill was closed after a fire in Lima, damaging 60 cars". There is none in "Reed
    left after a fire, causing a crisis": his leaving may have caused the crisis.
    """
    main, lemma = verb.head, verb.lemma_.lower()
    causes = context.listed(lemma, "CausativeVerbs", "HarmingVerbs")
    trailing = verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.left_edge.text == ","
    if not (causes and trailing) or main.pos_ != "VERB" or not children(main, "auxpass"):
        return ()
    events = [
        noun
        for preposition in children(main, "prep")
        if preposition.lower_ in ("after", "following") and preposition.i > main.i
        for noun in children(preposition, "pobj")
        if context.ontology.is_a(context.parsed.type_of(noun), "Event")
    ]
    return tuple(events[-1:])


def _is_beside_words(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the verb's governor is in a quotation but the verb is not, so that its subject is the speaker.

    As in "“Tom won”, Ana said, recalling the race".
    """
    return context.parsed.is_quoted(governor) and not context.parsed.is_quoted(verb)


def _only_dates(clause: Clause, context: Context) -> bool:
    """Whether a participle only dates the main clause: "Beginning in 2010, Ana robbed banks"."""
    verb = clause.verb
    phase = verb.tag_ == "VBG" and verb.lemma_.lower() in context.words("PhaseVerbs")
    if not phase or clause.objects or children(verb, "xcomp", "ccomp", "nsubj"):
        return False
    nouns = [noun for preposition in children(verb, "prep") for noun in children(preposition, "pobj")]
    return bool(nouns) and all(context.parsed.is_time(noun) for noun in nouns)


def _of_main(verb: Token, main: Clause, context: Context) -> tuple[Token, ...]:
    """The participants of the main clause that are the subject of `verb`; empty if unknown."""
    if main.passive and main.verb.lemma_ == "use" and verb.tag_ == "VB":
        return main.agents  # Ana in "The money was used by Ana to buy a boat": the money buys nothing
    if verb.dep_ == "pcomp" and (doers := thanked(verb, context)):
        return doers
    if verb.dep_ == "pcomp" and not main.passive:
        if verb.head.lower_ == "with":
            return ()  # the agent is not mentioned: "the noise that comes with covering it"
        if main.objects and verb.head.lower_ in context.words("ObjectGerundPrepositions"):
            return main.objects  # Tom in "prevented Tom from leaving", "accused Tom of lying"
    return main.subjects


def thanked(verb: Token, context: Context) -> tuple[Token, ...]:
    """The people who are thanked for what they did: Tom in "expressed gratitude to Tom for mending it"."""
    governor = verb.head.head
    nouns = [governor, *children(governor, "dobj")]
    thanks = [noun for noun in nouns if noun.lemma_.lower() in context.words("ThanksNouns")]
    if verb.head.lower_ != "for" or not thanks:
        return ()
    to = [p for noun in (*thanks, governor) for p in children(noun, "prep") if p.lower_ == "to"]
    return tuple(member for p in to for noun in children(p, "pobj") for member in members(noun, context))


def _is_of_another(verb: Token, context: Context) -> bool:
    """Whether the agent is not the subject of the main clause.

    As in "Totalling $3 million, the bank's losses ..." (there is no agent) and "Rents rose, forcing the
    bakery to close" (the rise forces it to, not the rents). In "A storm hit Lima, leaving 40 people dead",
    the subject is an event, and so the agent of both verbs.
    """
    lemma = verb.lemma_.lower()
    trailing = verb.tag_ == "VBG" and verb.dep_ == "advcl"
    keys = {lemma, *(f"{lemma} {child.lower_}" for child in dependents(verb) if child.dep_ == "prep")}
    causes = trailing and not keys.isdisjoint(context.words("CausativeVerbs")) and not _happens(verb, context)
    return causes or lemma in context.words("SummingVerbs")


def _happens(verb: Token, context: Context) -> bool:
    """Whether the subjects of the main clause are events: "A storm hit Lima"."""
    main = context.clause(verb.head)
    kinds = [context.parsed.type_of(noun) for noun in main.subjects]
    return bool(kinds) and all(context.ontology.is_a(kind, "Event") for kind in kinds)


def _believed(verb: Token, context: Context) -> Token | None:
    """The noun before "believed to be" and the like, if the parser attaches the participle to the main verb.

    The gun in "hid a gun, believed to be stolen, in Lima".
    """
    before = verb.doc[verb.i - 2] if verb.i > 1 and verb.nbor(-1).text == "," else None
    hearsay = verb.lemma_.lower() in context.words("HearsayVerbs") and verb.tag_ in ("VBN", "VBD")
    if before is None or not hearsay or before.pos_ not in ("NOUN", "PROPN"):
        return None
    to_be = any(child.dep_ == "xcomp" and child.lemma_ == "be" for child in verb.rights)
    return before if to_be else None


def _is_compared(verb: Token) -> bool:
    """Whether the participle is in a comparison, and not about the subject: "cannot work as seen before"."""
    return any(child.lower_ == "as" and child.i == verb.left_edge.i for child in verb.lefts)


def _of_owner(clause: Clause, context: Context) -> Clause:
    """The clause with the governing noun's owner as its subject: Ana in "Ana's attempt to leave"."""
    owner = noun_phrases.possessor(clause.verb.head)
    return clause.by(CONSTRUCTION, subjects=members(owner, context)) if owner is not None else clause


def _with_object(verb: Token) -> Token | None:
    """The noun after "with" that is the participle's subject: Ana in "The evening closed with Ana singing".

    The parser attaches the participle to the main verb.
    """
    before = verb.doc[verb.i - 1]
    if verb.tag_ == "VBG" and before.dep_ == "pobj" and before.head.lower_ == "with":
        return before
    return None


def _topic(noun: Token) -> Token:
    """The noun that an apposition describes, if `noun` is in the apposition; otherwise `noun`.

    In "Ana Ruiz, a partner at Acme, called it off", it is Ana Ruiz both for "partner" and for "Acme".
    """
    while noun.dep_ == "appos" or (noun.dep_ == "pobj" and noun.head.head.dep_ == "appos"):
        noun = noun.head if noun.dep_ == "appos" else noun.head.head
    return noun


CONSTRUCTION = Construction(
    "participle",
    read,
    trust=0.62,
    after=("active", "passive", "parenthesis", "ranked"),
    why="it gives a subject to a clause without one",
)
