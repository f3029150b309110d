"""Finds phrases in a text, such as the content of a claim, that refer to something earlier in the article.

    Ana opened the school in Peru.              nothing: "in Peru" says which school
    Ana defended the launch of her book.        her: Ana
    Ana took part in the meeting.               the meeting: which?
    Ana asked for this kind of plan.            this kind: which?
    Ana asked for such a plan.                  such a plan: which? But not of "such a plan as Tom's"
    Ana liked gardens like these.               these: which?
    Ana freed the three suspects.               the three suspects: whom? But not of "the 1962 constitution"
    Ana met the Peruvian minister.              the Peruvian minister: which? But not of "the Peruvian navy"
    Ana saw the region, which has seen fires.   the region: which?
    Ana wore jackets with names on them.        nothing: the jackets precede "them"
    Ana said it was hard to breathe.            nothing: "it" is the clause that follows

`kg.resolve.statements.glosses` adds their referents in brackets, if known. Excludes "I" and "we", which refer
to the speaker, and "the" before something unique ("the world", "the internet").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.model import Argument, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_EXPLAINING = ("prep", "relcl", "acl", "appos", "poss")  # labels of modifiers that say which one a noun means
_FOLLOWING = ("ccomp", "xcomp", "csubj", "advcl")  # clauses that "it" stands for: "it is hard to breathe"
_BE = ("be", "'s", "’s")
# word lists of nouns that a country does not make unique: it has several ministers, but one navy
_ONE_OF_MANY = ("PersonNouns", "RoleNouns", "CompanyNouns")


def needing(argument: Argument, context: Context) -> tuple[int, ...]:
    """The indices, in order, of mentions in the argument's text whose referents are named only elsewhere."""
    parsed = context.parsed
    span = parsed.doc.char_span(argument.start, argument.end, alignment_mode="expand")
    if span is None:
        return ()
    found = {parsed.mention_at.get(token.i, -1): token for token in span if _needs(token, span, context)}
    return tuple(sorted(index for index in found if index >= 0))


def _needs(token: Token, span: Span, context: Context) -> bool:
    mention = context.parsed.mention(token)
    if mention is None or token.i in context.parsed.name_of:
        return False
    if mention.kind is MentionKind.PRONOUN:
        if token.tag_ not in ("PRP", "PRP$", "DT") or token.lower_ in context.words("SpeakerPronouns"):
            return False
        if _is_empty(token, context):
            return False
        return not any(_may_be(token, before, context) for before in span if before.i < token.i)
    if token.tag_ == "DT" and token.lower_ in context.words("Demonstratives"):
        return _is_open(token, span, context)
    if mention.determiner in context.words("Demonstratives"):
        return True
    if _is_such(token):
        return not _has_clause_before(token, span)
    if mention.determiner and token.lower_ in ("one", "ones"):
        return _is_other_one(token, span)
    if mention.determiner != "the" or token.lemma_.lower() in context.words("UniqueNouns"):
        return False
    return not _is_explained(token, span, context)


def _is_open(demonstrative: Token, span: Span, context: Context) -> bool:
    """Whether "this" or "these", without a noun, has no referent in the text.

    Not in "those who left", nor in "prices rose, and this hurt".
    """
    if any(child.dep_ in _EXPLAINING for child in demonstrative.rights):
        return False
    before = (token for token in span if token.i < demonstrative.i)
    return not _has_clause_before(demonstrative, span) and not any(
        _may_be(demonstrative, noun, context) for noun in before
    )


def _has_clause_before(token: Token, span: Span) -> bool:
    """Whether the token may refer to a clause before it: "if they fight, [such a step] is wrong".

    Not in "they want [such a step]", where the only clause before the token governs it.
    """
    above = {verb.i for verb in token.ancestors}
    return any(
        verb.i < token.i and verb.pos_ in ("VERB", "AUX") and verb.dep_ not in ("aux", "auxpass")
        for verb in span
        if verb.i not in above
    )


def _is_other_one(one: Token, span: Span) -> bool:
    """Whether "one" stands for a noun that the text lacks: "the last one"; not "the one who left"."""
    explained = (child.left_edge for child in one.rights if child.dep_ in _EXPLAINING)
    if any(first.i == one.i + 1 and not first.is_punct for first in explained):
        return False
    return not any(token.pos_ in ("NOUN", "PROPN") for token in span if token.i < one.left_edge.i)


def _is_such(noun: Token) -> bool:
    """Whether "such" refers to something earlier: "such plans", "such a plan".

    Not if the phrase itself says which: "such a plan as Tom's", "such a hot day that the road melted".
    """
    if not any(child.lower_ == "such" for child in noun.lefts):
        return False
    return not any(child.lower_ in ("as", "that") for child in noun.rights) and not any(
        clause.i > noun.i and next(clause.subtree).lower_ == "that"
        for clause in (*children(noun, "relcl", "acl", "ccomp"), *children(noun.head, "ccomp", "advcl"))
    )


def _is_empty(pronoun: Token, context: Context) -> bool:
    """Whether "it" or "us" is an expletive.

    As in "it is hard to breathe", "it seems that he left", "it was Ana who left", "let's go".
    """
    if pronoun.lower_ in ("'s", "’s"):
        return True
    verb = pronoun.head
    if pronoun.lower_ != "it":
        return False
    judged = [verb] if verb.pos_ == "ADJ" else children(verb, "oprd", "acomp")
    before = pronoun.dep_ in ("dobj", "nsubj") and verb.lemma_ not in _BE
    if before and any(each.i > pronoun.i and children(each, *_FOLLOWING) for each in judged):
        return True  # an expletive object: "called it unlikely that he left", "made it hard to leave"
    if verb.lemma_ in _BE:
        said = [child for child in verb.rights if child.dep_ in ("acomp", "attr", "prep", "oprd")]
        # also the second adjective, as in "it is wrong but easy to leave"
        said += [other for each in said for other in each.conjuncts]
        bare = (clause for each in said if _is_bare(each) for clause in children(each, "relcl", "acl"))
        if any(clause.tag_ == "VB" for clause in bare):
            return True  # an expletive: "it is time to leave"; not "it is a plan to leave"
        nouns = [noun for each in said if each.dep_ == "prep" for noun in children(each, "pobj")]
        cleft = (clause for each in (*said, *nouns) for clause in children(each, "relcl", "acl"))
        return any(children(each, *_FOLLOWING) for each in (verb, *said)) or any(
            next(clause.subtree).lower_ in ("who", "that") for clause in cleft
        )
    if verb.lemma_ == "take" and _is_effort(verb):
        return True
    follows = bool(children(verb, "ccomp", "xcomp", "csubj"))
    return pronoun.dep_ == "expl" or (
        follows and (pronoun.dep_ == "nsubjpass" or verb.lemma_ in context.words("ImpersonalVerbs"))
    )


def _is_effort(verb: Token) -> bool:
    """Whether the verb has an infinitive with an object: "it will take a year to build the hall".

    Not in "it took a year to grow".
    """
    clauses = [clause for clause in children(verb, "advcl") if clause.tag_ == "VB"]
    to = (clause for clause in clauses if any(child.lower_ == "to" for child in clause.lefts))
    return bool(children(verb, "dobj", "npadvmod")) and any(children(each, "dobj", "ccomp") for each in to)


def _is_bare(noun: Token) -> bool:
    return not any(child.dep_ in ("det", "poss") for child in noun.lefts)


def _may_be(pronoun: Token, noun: Token, context: Context) -> bool:
    """Whether an earlier noun in the text may be a pronoun's antecedent: "jackets with names on them"."""
    if noun.lower_ == "those" and children(noun, "relcl", "acl"):
        return pronoun.lower_ in context.words("PluralPronouns")  # as in "those who sold their houses"
    if noun.lower_ in context.words("IndefinitePronouns"):
        return pronoun.lower_ in context.words("PluralPronouns")  # as in "anyone may stay if they pay"
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if pronoun.dep_ == "pobj" and pronoun.head.head == noun:
        return False  # "these" are not the gardens themselves: "gardens like these"
    if pronoun.dep_ in ("dobj", "dative") and noun.head == pronoun.head:
        return False  # "it" is not Lima, which would be "itself": "Lima regretted it"
    person = context.ontology.is_a(context.parsed.type_of(noun), "Person")
    if pronoun.lower_ in context.words("PersonalPronouns"):
        return person
    if pronoun.lower_ in context.words("PluralPronouns"):
        kind = context.parsed.type_of(noun)
        # An organisation is several people: "the club said nothing, but they will pay".
        several = (
            noun.tag_ in ("NNS", "NNPS") or kind == "Group" or context.ontology.is_a(kind, "Organization")
        )
        return several or bool(children(noun, "conj"))
    return not person and noun.tag_ in ("NN", "NNP")


def _is_explained(noun: Token, span: Span, context: Context) -> bool:
    """Whether modifiers say which one the noun means.

    As in "the school in Peru", "the Lima summit", "the last day", "the man who sold it".
    """
    own = [child for child in dependents(noun) if span.start <= child.i < span.end]
    if any(child.dep_ in _EXPLAINING and not _is_added(child, span, context) for child in own):
        return True
    if any(child.dep_ == "nummod" and (child.i > noun.i or context.parsed.is_time(child)) for child in own):
        return True
    if any(child.tag_ == "JJS" or child.lower_ in context.words("RankingAdjectives") for child in own):
        return True
    before = [child for child in own if child.i < noun.i]
    words = [word for child in before for word in (child, *children(child, "compound", "nmod"))]
    named = [word for word in words if context.parsed.is_name(word)]
    if any(noun.lemma_.lower() in context.words(name) for name in _ONE_OF_MANY):
        named = [word for word in named if word.pos_ != "ADJ"]
    return bool(named)


def _is_added(clause: Token, span: Span, context: Context) -> bool:
    """Whether a relative clause only adds information about something already known.

    As in "the region, which has seen fires".
    """
    opening = clause.left_edge
    if clause.dep_ != "relcl" or (opening.lower_ != "which" and opening.nbor(-1).text != ","):
        return False
    return not any(context.parsed.is_name(token) for token in clause.subtree if token.i < span.end)
