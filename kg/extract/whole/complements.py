"""Checks of what a verb needs besides the claim's subject and object: clauses, phrases, other objects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import children, dependents
from kg.extract.clauses.relative import is_relative
from kg.extract.whole.claim import Claim, first_of, is_example
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPLEMENTS = ("xcomp", "ccomp", "oprd", "acomp", "dative")
# labels of parts that a word governs, such as "a route" in "due to take [a route]"
_GOVERNED = ("dobj", "pobj", "pcomp", "xcomp", "attr", "acomp", "oprd")


def lacks_complement(claim: Claim) -> bool:
    """Whether a complement of the verb, other than the claim's object, is missing.

    As in "asked the council [to act]", "described the deal [as dangerous]", "gave [a prize] to Reed". Not
    in "met the delegates"; nor in "said that ...", whose clause is the object; nor in "began to sing",
    whose predicate is "sing".
    """
    verb = claim.at
    return (
        any(_is_needed(claim, child) for child in children(verb, *_COMPLEMENTS))
        or any(_is_likeness(claim, clause) for clause in children(verb, "advcl"))
        or any(_is_forgotten(claim, noun) for noun in children(verb, "dobj"))
    )


def lacks_phrase(claim: Claim) -> bool:
    """Whether a prepositional phrase that the verb needs is missing: "turned the hall [into a school]".

    Not in "opened the hall in Lima".
    """
    lemma, words = claim.at.lemma_.lower(), claim.context.words("CompletingPrepositions")
    return any(
        f"{lemma} {preposition.lower_}" in words and _is_left_out(claim, preposition)
        for preposition in _prepositions(claim)
    )


def lacks_adverb(claim: Claim) -> bool:
    """Whether an adverb that says what becomes of the object is missing: "put Lima [ahead]".

    Not in "met Reed ahead of the talks" and "bought the mill back in May", where it begins a time.
    """
    verb, words = claim.at, claim.context.words("CompletingAdverbs")
    adverbs = children(verb, "advmod", "acomp", "prt", "oprd")
    objects = children(verb, "dobj", "nsubjpass")
    return bool(objects) and any(
        adverb.lower_ in words
        and adverb.i > objects[0].i
        and not children(adverb, "prep")
        and adverb.nbor(1).tag_ != "IN"
        and not claim.held(adverb)
        and adverb.lower_ not in claim.relation.text.lower().split()
        for adverb in adverbs
    )


def lacks_charge(claim: Claim) -> bool:
    """Whether the sentence does not say of what somebody is accused: "blamed rising prices".

    Not in "blamed them for its losses", "blamed the losses on prices", "accused them of theft".
    """
    verb = claim.at
    if verb.lemma_.lower() not in ("blame", "accuse"):
        return False
    links = ("for", "on") if verb.lemma_.lower() == "blame" else ("of",)
    accused = [noun for one in children(verb, "dobj") for noun in (one, *one.conjuncts)]
    told = any(p.lower_ in links for word in (verb, *accused) for p in children(word, "prep"))
    return not told and not children(verb, "ccomp", "xcomp", "advcl") and verb.dep_ != "amod"


def breaks_off(claim: Claim) -> bool:
    """Whether a claim with the whole clause ends before a complement: "named Lima, which ..., [as host]"."""
    verb, words = claim.at, claim.context.words("CompletingPrepositions")
    needed = [
        child
        for child in children(verb, "xcomp", "oprd", "acomp", "prep")
        if child.i > verb.i
        and (child.dep_ != "prep" or f"{verb.lemma_.lower()} {child.lower_}" in words)
        and not claim.is_of_time(child)
    ]
    if not all(any(map(claim.held, child.subtree)) for child in needed):
        return True
    rest = claim.ends[1]
    return any(
        child.dep_ in _GOVERNED and child.i > token.i and not rest.holds(child)
        for token in verb.subtree
        if rest.holds(token)
        for child in dependents(token)
    )


def lacks_gift(claim: Claim) -> bool:
    """Whether what is given is missing: "Tom was awarded by the mayor", where Tom is not the gift.

    Only if the receiver is a person or organisation, and so cannot be the gift.
    """
    verb = claim.at
    if verb.lemma_.lower() not in claim.context.words("GivingVerbs"):
        return False
    receiver = next((end.head for end in claim.ends if end.argument.role is Role.PATIENT), None)
    if receiver is None:
        return False
    if children(verb, "auxpass"):
        given = bool(children(verb, "dobj", "oprd"))
    else:  # also a gift to somebody: "gave the parks to Reed"
        given = receiver.dep_ != "dobj" or bool(children(verb, "dative", "prep"))
    return not given and claim.context.ontology.is_a(claim.context.parsed.type_of(receiver), "Agent")


def lacks_post(claim: Claim) -> bool:
    """Whether the office is missing: "Tom was elected in May"; not "was elected as mayor"."""
    verb = claim.at
    if verb.lemma_.lower() not in claim.context.words("ChoosingVerbs") or not children(verb, "auxpass"):
        return False
    posts = claim.context.words("PostPrepositions")
    told = any(
        child.lower_ in posts and not any(map(partial(_is_bare_post, claim), children(child, "pobj")))
        for child in children(verb, "prep", "dative")
    )
    return not told and not children(verb, "oprd", "attr", "dobj", "xcomp", "ccomp", "advcl")


def _is_bare_post(claim: Claim, noun: Token) -> bool:
    """Whether the office is not named: "was appointed to his post"; not "to his post at Norvex"."""
    time = all(claim.is_of_time(preposition) for preposition in children(noun, "prep"))
    bare = not children(noun, "compound", "amod", "nmod") and time
    return bool(children(noun, "poss")) and bare and noun.lemma_.lower() in claim.context.words("PostNouns")


def follows_nothing(claim: Claim) -> bool:
    """Whether the object of "follow" is missing: "Lima followed behind at 3%"; not "followed the talks"."""
    verb = claim.at
    if verb.lemma_.lower() != "follow" or children(verb, "auxpass"):
        return False
    told = children(verb, "dobj", "ccomp", "xcomp", "dative")
    return not told and not any(p.lower_ in ("from", "in", "up") for p in children(verb, "prep", "prt"))


def leaves_nothing(claim: Claim) -> bool:
    """Whether the clause omits what somebody left: "dropped out in May"; not "dropped out of the race"."""
    verb = claim.at
    particle = claim.context.clause(verb).particle
    key = f"{verb.lemma_.lower()} {particle}".strip()
    if key not in claim.context.words("LeavingVerbs") or children(verb, "dobj", "auxpass", "xcomp"):
        return False
    out = [word for word in dependents(verb) if word.lower_ == particle]
    inner = [p for word in out for p in children(word, "prep")]
    return not any(p.lower_ in ("of", "from", "as") for p in (*children(verb, "prep"), *inner))


def lacks_infinitive(claim: Claim) -> bool:
    """Whether an infinitive after a "for" phrase is missing: "called for the killers [to be tried]".

    Not "called for a vote to end the strike": there the infinitive states the purpose.
    """
    end = claim.ends[1]
    if not claim.relation.text.lower().endswith(" for") or end.head is None:
        return False
    after = claim.at.doc.char_span(end.start, end.end, alignment_mode="expand")
    to = claim.at.doc[after.end : after.end + 1] if after is not None else ()
    agents = claim.context.ontology.is_a(claim.context.parsed.type_of(end.head), "Agent")
    return agents and any(word.tag_ == "TO" and word.dep_ == "aux" for word in to)


def lacks_gerund(claim: Claim) -> bool:
    """Whether the gerund after the object is missing: "spent his time [promoting laws]"."""
    if claim.at.lemma_.lower() not in claim.context.words("SpendingVerbs"):
        return False
    clauses = children(claim.at, "advcl", "xcomp", "ccomp")
    clauses += [t for noun in children(claim.at, "dobj") for t in noun.subtree if t.dep_ == "acl"]
    doc = claim.at.doc
    beside = [
        clause
        for clause in clauses
        if clause.tag_ == "VBG" and "," not in (clause.left_edge.text, doc[clause.left_edge.i - 1].text)
    ]
    return any(not claim.held(clause) for clause in beside)


def lacks_measure(claim: Claim) -> bool:
    """Whether a noun of change comes without what changed: "Lima experienced dips, with Cusco unharmed".

    Not in "saw a rise in rents".
    """
    words = claim.context.words
    return any(
        noun.lemma_.lower() in words("ChangeNouns")
        and not children(noun, "prep", "compound", "nmod", "poss", "relcl", "acl")
        for noun in children(claim.at, "dobj")
        if claim.at.lemma_.lower() in words("UndergoingVerbs")
    )


def is_of_another(claim: Claim) -> bool:
    """Whether the office is relative to somebody who is not mentioned: "was picked to be his deputy".

    Not in "was picked by Ana as her deputy".
    """
    verb = claim.at
    if verb.lemma_.lower() not in claim.context.words("ChoosingVerbs"):
        return False
    if not children(verb, "auxpass") or children(verb, "agent"):
        return False
    posts = [*children(verb, "oprd", "attr")]
    posts += [n for to_be in children(verb, "xcomp") for n in children(to_be, "attr")]
    posts += [n for p in children(verb, "prep") if p.lower_ == "as" for n in children(p, "pobj")]
    return any(owner.tag_ == "PRP$" for post in posts for owner in children(post, "poss"))


def _is_needed(claim: Claim, complement: Token) -> bool:
    if complement.dep_ == "dative":  # another claim has the recipient: "gave a book [to Tom]"
        return False
    clause = complement.dep_ == "ccomp"
    before = clause and complement.i < claim.at.i
    # A semicolon begins another sentence: "said it was open; by May it had closed".
    behind = clause and any(t.text == ";" for t in claim.at.doc[claim.at.i : complement.left_edge.i + 1])
    return not (before or behind) and not any(
        claim.held(token) for token in (complement, *complement.subtree) if token.pos_ != "PUNCT"
    )


def _is_likeness(claim: Claim, clause: Token) -> bool:
    """Whether the parser takes a comparison for a clause: "described the deal [as dangerous]"."""
    like = any(child.lower_ == "as" and child.i == clause.left_edge.i for child in clause.lefts)
    known = f"{claim.at.lemma_.lower()} as" in claim.context.words("CompletingPrepositions")
    return like and known and not claim.held(clause)


def _is_forgotten(claim: Claim, noun: Token) -> bool:
    """Whether the object beside a complement is missing: "gave [a prize] to Reed".

    Not if it is in the name of the relation ("took part in"), nor if the claim is about an example of it
    ("visited towns such as Lima"): `parts.is_of_a_list` checks that.
    """
    # "a minute of silence" does not count as a time
    time = claim.context.parsed.is_time(noun) and not children(noun, "prep")
    if noun.lower_ in claim.relation.text.lower().split() or time:
        return False
    # "that" stands for the park, which is in the claim: "the park that she sold"
    if is_relative(noun, claim.context):
        return not any(map(claim.held, claim.context.clause(claim.at).objects))
    content = any(end.argument.role is Role.CONTENT for end in claim.ends)
    if content and claim.at.lemma_.lower() in claim.context.words("HearerVerbs"):
        return False  # complete without the hearer: "told Radio Lima that Tom had left"
    examples = [head for _, head in claim.heads() if is_example(head, claim.context)]
    if any(first_of(head).head.head.i == noun.i for head in examples):
        return False
    if any(head.dep_ == "appos" and head.head.i == noun.i for _, head in claim.heads()):
        return False  # the rival is in the claim as Tom Reed: "met her rival, Tom Reed"
    return not any(claim.held(token) for token in (noun, *noun.conjuncts))


def _prepositions(claim: Claim) -> Iterator[Token]:
    """The prepositions of the verb, and those of the claim's object.

    The parser may have attached the latter to the object by mistake.
    """
    yield from children(claim.at, "prep", "dative", "agent")
    for end, head in claim.heads():
        # a preposition of the subject is not the verb's: "Reed of Acme told Lima that ..."
        if head.head.i == claim.at.i and head.i > claim.at.i:
            yield from (child for child in children(head, "prep") if not end.holds(child))


def _is_left_out(claim: Claim, preposition: Token) -> bool:
    targets = list(preposition.rights)
    in_relation = claim.relation.text.lower().endswith(preposition.lower_)
    # a time is not the object of "called on": "called for talks on Monday"
    dates = claim.is_of_time(preposition)
    return bool(targets) and not (in_relation or dates) and not any(map(claim.held, targets))


def is_figure(claim: Claim) -> bool:
    """Whether verb and object are a figure of speech: "changed hands", "paved the way for a merger".

    Not in "played the role of a king".
    """
    verb, words = claim.at, claim.context.words("Figures")
    nouns = children(verb, "dobj", "nsubjpass")
    nouns += [noun for preposition in children(verb, "prep") for noun in children(preposition, "pobj")]
    return any(
        f"{verb.lemma_.lower()} {noun.lemma_.lower()}" in words
        and not (verb.lemma_ == "play" and any(p.lower_ == "of" for p in children(noun, "prep")))
        for noun in nouns
    )
