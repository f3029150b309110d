"""Checks of what is said, thought and written: whether the content of a message is there, and complete."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.whole.claim import Claim
from kg.language.names.grammar_words import QUOTES
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

# labels of the words that say what a noun is about
_TOLD_OF = ("acl", "relcl", "ccomp", "compound", "nmod", "appos")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OPENING = 5  # number of words at the beginning of what is said that may refer back
# tags of the word after a "so" that marks a conclusion: "so the mill closed"; not "so many mills"
_NOUN_OPENINGS = ("DT", "EX", "PRP", "PRP$", "NNP")
# the mark that opens the next paragraph of a quotation
_PARAGRAPH_MARK = re.compile(r"([.!?]\s+)[“\"]")
_FEWEST = 4  # minimum number of words of a clause that can be quoted on its own
# prepositions of an occasion, whose topic is not the topic of the speech: "spoke after the vote on rents"
_OCCASIONS = ("following", "after", "before")


def lacks_content(claim: Claim) -> bool:
    """Whether the claim omits what a hearer is told: "told the delegates".

    Not in "told the delegates that Tom had left", if the object is the content.
    """
    return not any(end.argument.role is Role.CONTENT for end in claim.ends) and _hears(claim)


def rules_nothing(claim: Claim) -> bool:
    """Whether the content of a verdict or message is missing: "ruled on the same day", "posted on Chirp".

    Not in "ruled against Norvex".
    """
    verb, topics = claim.at, claim.context.words("TopicPrepositions")
    if verb.lemma_.lower() not in claim.context.words("VerdictVerbs") or children(verb, "auxpass"):
        return False
    told = children(verb, "dobj", "ccomp", "xcomp", "oprd", "acomp")
    told += [clause for clause in children(verb, "advcl") if claim.held(clause)]
    prepositions = [p for p in children(verb, "prep") if p.lower_ in (*topics, "in")]
    return not told and all(claim.is_of_time(p) or _tells_where(claim, p) for p in prepositions)


def lacks_quotation(claim: Claim) -> bool:
    """Whether the claim leaves out a quotation: "called the deal “unfair”", "a statement read, “We ...”"."""
    doc, content = claim.at.doc, claim.ends[1].argument.role is Role.CONTENT
    span = doc.char_span(claim.ends[1].start, claim.ends[1].end, alignment_mode="expand")
    if span is None or span.end >= claim.at.right_edge.i or claim.ends[1].start < claim.at.idx:
        return False
    after = [t for t in doc[span.end : span.end + 2] if t.text != ","]
    opening = bool(after) and (after[0].tag_ == "``" or after[0].text == "“")
    calling = claim.at.lemma_.lower() in claim.context.words("QuotedLabelVerbs")
    return opening and (content or calling)


def _tells_where(claim: Claim, preposition: Token) -> bool:
    kinds = [claim.context.parsed.type_of(noun) for noun in children(preposition, "pobj")]
    where = ("Place", "Organization", "CreativeWork")
    known = any(claim.context.ontology.is_a(kind, name) for kind in kinds for name in where)
    return preposition.lower_ in ("in", "on") and known


def lacks_theme(claim: Claim) -> bool:
    """Whether an attitude is named without its theme: "expressed its support by letter", "rejected calls".

    Not in "expressed its support for Peru", "denied involvement in the raid", "voiced support, saying ...".
    """
    words, verb = claim.context.words, claim.at
    if verb.pos_ != "VERB" or children(verb, "auxpass"):
        return False
    nouns = words("RequestNouns")
    if verb.lemma_.lower() in words("ExpressingVerbs"):
        nouns |= words("ThemeNouns")
    clauses = children(verb, "ccomp", "xcomp", "advcl")
    return any(
        noun.lemma_.lower() in nouns
        and not _is_taken_up(noun, claim.context)
        and not any(t.dep_ in ("acl", "relcl") and claim.held(t) for t in noun.subtree)
        and not any(map(claim.held, (*children(noun, *_TOLD_OF), *clauses)))
        and not any(map(partial(_is_theme, claim), (*children(noun, "prep"), *children(verb, "prep"))))
        for noun in children(verb, "dobj")
    )


def _is_theme(claim: Claim, preposition: Token) -> bool:
    theme = preposition.lower_ in claim.context.words("ThemePrepositions") and claim.held(preposition)
    return theme and not claim.is_of_time(preposition) and not claim.is_of_place(preposition)


def lacks_message(claim: Claim) -> bool:
    """Whether a message is named without its content: "issued a joint statement in Lima".

    Not in "issued a ruling against Acme", "gave a speech on rents", "posted a letter saying ...", "made a
    law announcement".
    """
    words = claim.context.words
    if claim.at.lemma_.lower() not in words("MessagingVerbs"):
        return False
    return any(
        claim.context.listed(noun.lemma_.lower(), "AuthoredNouns", "MessageNouns")
        and not children(noun, "compound", "nmod", "nummod", "acl", "relcl", "appos")
        and not any(map(partial(_is_topic, claim), (*children(noun, "prep"), *children(claim.at, "prep"))))
        and not any(claim.held(clause) for clause in children(claim.at, "ccomp", "xcomp"))
        and not any(claim.held(clause) and clause.tag_ == "VBG" for clause in children(claim.at, "advcl"))
        for noun in children(claim.at, "dobj")
    )


def _is_topic(claim: Claim, preposition: Token) -> bool:
    topic = preposition.lower_ in claim.context.words("MessageTopics") and claim.held(preposition)
    return topic and not claim.is_of_time(preposition) and not claim.is_of_place(preposition)


def says_somebody(claim: Claim) -> bool:
    """Whether a person or organisation is the object of "say", which is a parse error.

    As in "Lima said Tom Reed's words were wise".
    """
    said = claim.ends[1].head
    if claim.at.lemma_.lower() != "say" or said is None or said.dep_ != "dobj":
        return False
    return claim.context.ontology.is_a(claim.context.parsed.type_of(said), "Agent")


def tells_nothing(claim: Claim) -> bool:
    """Whether a claim with the whole clause does not tell what was said.

    As in "spoke to the media", "was quoted as saying", "spoke after the vote on the law"; not in "spoke
    about the law".
    """
    verb, words = claim.at, claim.ends[1].argument
    lemma, topics = verb.lemma_.lower(), claim.context.words("TopicPrepositions")
    saying = children(verb, "prep") and words.text.lower().split()[-2:] == ["as", "saying"]
    if saying or (lemma in claim.context.words("SpeechVerbs") and _says_this(claim)):
        return True
    if lemma not in claim.context.words("TalkingVerbs"):
        return False
    occasions = [p for p in children(verb, "prep") if p.lower_ in _OCCASIONS]
    beside = {t.i for p in occasions for t in p.subtree}
    within = (t for t in verb.subtree if words.start <= t.idx < words.end and t.i not in beside)
    told = (t for t in within if t.lower_ in topics and t.pos_ in ("ADP", "SCONJ"))
    return all(claim.is_of_time(p) or claim.is_of_place(p) for p in told)


def _says_this(claim: Claim) -> bool:
    """Whether the object does not tell what was said: "said this while visiting Lima", "said in a statement".

    Not in "answered the question".
    """
    verb = claim.at
    if children(verb, "xcomp", "ccomp", "oprd", "acomp", "advmod"):
        return False
    said = children(verb, "dobj")
    if not said:
        return verb.lemma_.lower() in ("say", "add") and not children(verb, "auxpass")
    return all(noun.pos_ == "PRON" for noun in said)


def _hears(claim: Claim) -> bool:
    """Whether the object is a hearer: a person or organisation that is told or asked something.

    If the relation is inverted, whether the subject is.
    """
    if claim.at.lemma_.lower() not in claim.context.words("HearerVerbs"):
        return False
    ontology, parsed = claim.context.ontology, claim.context.parsed
    other = claim.ends[0 if claim.relation.inverted else 1].head
    kind = parsed.type_of(other) if other is not None else ""
    return ontology.is_a(kind, "Agent")


def is_fragment(claim: Claim) -> bool:
    """Whether a subject or object in words is no complete clause, date or amount: "fair and just".

    What is said needs a finite verb and four words, unless it is an infinitive ("to resign").
    """
    for end in claim.ends:
        argument = end.argument
        if argument.mention >= 0 or argument.time >= 0:
            continue
        words = claim.tokens_of(argument)
        if argument.role is Role.CONTENT:
            return not _is_complete(words) or _is_half_quoted(words, argument.text, claim.at)
        if any(t.like_num or t.pos_ == "NUM" for t in words):
            continue
        return not any(t.pos_ in ("NOUN", "PROPN") for t in words)
    return False


def holds_hearer(claim: Claim) -> bool:
    """Whether the hearer may be part of the content: "told [Radio Lima the truth is known]".

    "Tell" has a hearer. If there is none between the verb and the content, the parser may have taken the
    hearer for the beginning of the content.
    """
    verb, content = claim.at, claim.ends[1].argument
    if content.role is not Role.CONTENT or verb.lemma_.lower() not in claim.context.words("TellingVerbs"):
        return False
    words = claim.tokens_of(content)
    directly = bool(words) and words[0].i == verb.i + 1 and words[0].lower_ != "that"
    heard = children(verb, "dobj", "dative", "auxpass")
    return directly and not any(noun.i < words[0].i for noun in heard)


def _is_half_quoted(words: list[Token], text: str, verb: Token) -> bool:
    """Whether the content begins inside a quotation that ends in it, and after words that are left out:
    "[Claims that “]costs” - moving the mill - are to blame".

    Not if the quotation directly follows the verb: "said “costs” are to blame". Nor if the mark opens the
    next paragraph of a quotation: "The mill is shut. “It is old".
    """
    before = words[0].nbor(-1) if words and words[0].i else None
    if before is None or before.text not in QUOTES:
        return False
    text = _PARAGRAPH_MARK.sub(r"\1", text)
    odd = text.count('"') % 2 == 1 or text.count("”") > text.count("“")
    opening = verb.doc[max(before.i - 2, 0) : before.i]
    return odd and not before.is_sent_start and verb not in opening


def is_conclusion(claim: Claim) -> bool:
    """Whether what is said refers to words before it: "So, we left", "For example, the mill is closed".

    Not "so far", "but we left".
    """
    if claim.ends[1].argument.role is not Role.CONTENT:
        return False
    words = claim.tokens_of(claim.ends[1].argument)
    opening, known = [word.lower_ for word in words[:_OPENING]], claim.context.words("ConcludingOpeners")
    if any(" ".join(opening[:length]) in known for length in range(1, _OPENING)):
        return True
    if opening[:1] != ["so"] or len(words) < _FEWEST:
        return False
    return words[1].i > words[0].i + 1 or words[1].tag_ in _NOUN_OPENINGS  # as in "So, we left"


def _lacks_subject(words: list[Token]) -> bool:
    """Whether the words begin with a finite verb whose subject is elsewhere: "was benefiting most from it".

    Not in a question: "was it closed?".
    """
    first = words[0]
    if first.tag_ not in _FINITE:
        return False
    verb = first.head if first.dep_ in ("aux", "auxpass") else first
    return not any(noun in words for noun in children(verb, "nsubj", "nsubjpass", "expl", "csubj"))


def _is_complete(words: list[Token]) -> bool:
    if words and _lacks_subject(words):
        return False
    if words and words[0].lower_ == "to":
        return len(words) > 1 and words[-1].lower_ not in ("do", "be")
    verbs = any(t.tag_ in _FINITE or (t.tag_ == "VB" and not _is_after_to(t)) for t in words)
    cut = bool(words) and words[-1].tag_ in ("IN", "DT", "CC", "TO", "PRP$") and words[-1].dep_ != "prt"
    return verbs and len(words) >= _FEWEST and not cut


def _is_after_to(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to", which needs no subject: "plans expected to be signed"."""
    above = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    return any(child.tag_ == "TO" for child in above.lefts)


def _is_taken_up(noun: Token, context: Context) -> bool:
    """Whether the noun refers to something mentioned before: "defended the decision"."""
    return (
        noun.i > 0
        and noun.nbor(-1).lower_ in {"the", *context.words("Demonstratives")}
        and not any(child.dep_ == "prep" for child in noun.rights)
    )
