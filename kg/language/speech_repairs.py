"""Repairs parses of reported speech: its speaker, hearer and content.

    "Rents rose," Ana told Tom                          Tom is the hearer, not the subject of another clause
    "Rents," Ana said, "rose"                           one content clause around the speaker
    Lima sold the mill, the council has reported        the first clause is what the council reported
    Reed said he is well, but had been robbed           the second clause is reported, too
    Norvex said on Monday it had lost                   it was said on Monday
    Reed sued over an injury he said he had             what is said belongs to the injury

Unchanged: two clauses with speech verbs of their own ("Ana said ..., she added").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language import lists

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.language.repairs import Arcs

_NOMINAL = ("NN", "NNS", "NNP", "NNPS", "PRP")
_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


def _children(token: Token, *labels: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in labels]


def infinitive_of_asking(verb: Token) -> Arcs:
    """New arcs for the content of a request, parsed as a purpose: "called on the council to act".

    Not "drove to Lima to act", which is a purpose.
    """
    asking = verb.head
    prepositions = [child for child in _children(asking, "prep") if child.i < verb.i]
    if verb.dep_ != "advcl" or verb.tag_ != "VB" or not prepositions or _children(verb, "mark"):
        return {}
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts)
    asked = f"{asking.lemma_} {prepositions[-1].lower_}" in lists.words(verb.doc, "AskingPhrases")
    return {verb.i: (asking.i, "xcomp")} if to and asked else {}


def subject_after_for(verb: Token) -> Arcs:
    """New arcs for an infinitive with its subject after "for", parsed as a purpose: "called for the mayor to
    resign".

    Not "called for help to save the mill", which is a purpose: help saves nothing by itself.
    """
    asking = verb.head
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts)
    if verb.dep_ != "advcl" or not infinitive or _children(verb, "mark", *_SUBJECTS):
        return {}
    if asking.lemma_.lower() not in lists.words(verb.doc, "ForClauseVerbs"):
        return {}
    for for_ in _children(asking, "prep"):
        for noun in _children(for_, "pobj"):
            acts = noun.pos_ == "PROPN" or noun.lemma_.lower() in lists.words(verb.doc, "RoleNouns")
            if for_.lower_ == "for" and acts and noun.right_edge.i + 1 == verb.left_edge.i:
                return {for_.i: (verb.i, "mark"), noun.i: (verb.i, "nsubj")}
    return {}


def day_of_speech(word: Token) -> Arcs:
    """New arcs for the day of a report, parsed as the day of what is reported: "said on Monday it had lost".

    Not in "said on Monday, it had lost", nor of longer times: "said last year it had lost" may be either.
    """
    clause, day = word.head, word
    if word.dep_ == "prep" and word.lower_ == "on":
        days = _children(word, "pobj")
        day = days[0] if len(days) == 1 else word
    elif word.dep_ not in ("npadvmod", "advmod"):
        return {}
    said = clause.head
    if clause.dep_ != "ccomp" or day.lower_ not in lists.words(word.doc, "ReportDays"):
        return {}
    subjects = _children(clause, *_SUBJECTS)
    between = word.left_edge.i == said.i + 1 == clause.left_edge.i
    if not subjects or not between or subjects[0].left_edge.i != word.right_edge.i + 1:
        return {}
    spoken = said.lemma_.lower() in lists.words(word.doc, "SpeechVerbs")
    return {word.i: (said.i, word.dep_)} if spoken else {}


def speaker_taken_for_object(verb: Token) -> Arcs:
    """New arcs for a speaker after the verb, parsed as its object: "Rents have risen, added the minister"."""
    told = verb.head
    nouns = _children(verb, "dobj")
    if (
        verb.dep_ != "conj"
        or verb.tag_ != "VBD"
        or verb.nbor(-1).text != ","
        or verb.lower_ not in lists.words(verb.doc, "InvertedSpeech")
        or told.pos_ not in ("VERB", "AUX")
        or any(child.i < verb.i for child in _children(told, "cc"))
        or _children(verb, *_SUBJECTS)
        or len(nouns) != 1
        or nouns[0].right_edge.i + 1 < verb.sent.end - 1
    ):
        return {}
    return {verb.i: (told.i, "parataxis"), nouns[0].i: (verb.i, "nsubj")}


def speaker_behind_quotation(noun: Token) -> Arcs:
    """New arcs for a speaker after a rare speech verb, parsed as its object: “We lost,” tweeted the director
    Ana Ruiz.
    """
    verb = noun.head
    if noun.dep_ != "dobj" or verb.i == 0 or verb.tag_ != "VBD" or _children(verb, *_SUBJECTS, "aux"):
        return {}
    said = any(clause.i < verb.i for clause in _children(verb, "ccomp")) and verb.nbor(-1).is_quote
    spoken = verb.lemma_.lower() in lists.words(noun.doc, "SpeechVerbs")
    told = verb.lemma_.lower() in lists.words(noun.doc, "TellingVerbs")
    return {noun.i: (verb.i, "nsubj")} if said and spoken and not told else {}


def clause_behind_colon(verb: Token) -> Arcs:
    """New arcs for a clause after a colon, parsed as the content clause of "says": "The name says it all: it
    is a radio".
    """
    saying = verb.head
    pointed = any(noun.lower_ == "it" for noun in _children(saying, "dobj"))
    colon = any(token.text == ":" for token in verb.doc[saying.i : verb.i])
    return {verb.i: (saying.i, "parataxis")} if verb.dep_ == "ccomp" and pointed and colon else {}


def speaker_behind_words(verb: Token) -> Arcs:
    """New arcs for the end of what is said, parsed as a second speaker: "about its device, Salt Duo, says
    Ana".

    Not in "Ana says Tom left", which has a speaker before the verb and none behind it.
    """
    subjects = _children(verb, "nsubj")
    if len(subjects) != 2 or not subjects[0].i < verb.i < subjects[1].i:
        return {}
    first = subjects[0]
    opening = next(word.i for word in first.subtree if not word.is_punct)
    inverted = verb.nbor(-1).text == "," and subjects[1].left_edge.i == verb.i + 1
    noun = verb.doc[opening - 2] if opening > verb.sent.start + 1 else None
    if not inverted or noun is None or noun.nbor(1).text != "," or noun.pos_ not in ("NOUN", "PROPN"):
        return {}
    return {first.i: (noun.i, "appos")}


def hearer_taken_for_subject(noun: Token) -> Arcs:
    """New arcs for an addressee that is parsed as a subject.

    For example, Radio Lima in "told Radio Lima her staff left" and in "“We left,” Reed told Radio Lima". The
    speaker never follows such a verb: nobody writes "“We left,” told Reed".
    """
    if noun.dep_ != "nsubj" or noun.left_edge.i == 0:
        return {}
    verb, told = noun.head, noun.doc[noun.left_edge.i - 1]
    if told.pos_ != "VERB" or told.lemma_.lower() not in lists.words(noun.doc, "TellingVerbs"):
        return {}
    said = verb.dep_ == "ccomp" and verb.head == told
    others = [other for other in _children(verb, "nsubj", "nsubjpass") if other != noun]
    taken = verb == told or (said and any(noun.i < other.i for other in others))
    return {noun.i: (told.i, "dobj")} if taken and not _children(told, "dobj", "dative") else {}


def hearer_in_subject(noun: Token) -> Arcs:
    """New arcs for an addressee that is parsed as part of the subject of the content clause.

    For example, "the Lima station NORTEL" in "told the Lima station NORTEL safety rules had changed". The
    verb requires an addressee, which ends with the last proper noun before the common nouns. Not in "could
    tell Lima was angry", where "tell" has another meaning.
    """
    told, first = noun.head.head, noun.left_edge
    if (
        noun.dep_ not in _SUBJECTS[:2]
        or noun.tag_ not in ("NN", "NNS")
        or noun.head.dep_ != "ccomp"
        or told.i != first.i - 1
        or told.lemma_.lower() not in lists.words(noun.doc, "TellingVerbs")
        or _children(told, "dobj", "dative")
        or any(aux.lower_ in ("can", "could") for aux in _children(told, "aux"))
    ):
        return {}
    words = noun.doc[first.i : noun.i]
    hearer = next((word for word in reversed(words) if word.tag_ in ("NNP", "NNPS")), None)
    if hearer is None or any(word.dep_ in ("poss", "case") for word in words):
        return {}
    outside = [word for word in words if word.i < hearer.i < word.head.i]
    return {hearer.i: (told.i, "dobj"), **{word.i: (hearer.i, word.dep_) for word in outside}}


def quotation_around_speech(word: Token) -> Arcs:
    """New arcs for a quoted sentence that "said Ana" interrupts: “Our team,” said Ana, “has won”.

    The two parts may also be an auxiliary and its verb (“We have,” she said, “won”), or a verb and its
    content clause (“I think,” she said, “we won”).
    """
    said = word.head
    if said.pos_ != "VERB" or said.lemma_.lower() not in lists.words(word.doc, "SpeechVerbs"):
        return {}
    rest = next((clause for clause in _children(said, "ccomp") if clause.i > said.i), None)
    end = word.right_edge.i
    marks = word.doc[end - 1 : end + 2] if word.right_edge.is_quote else word.doc[end + 1 : end + 3]
    broken = any(mark.text == "," for mark in marks) and any(mark.is_quote for mark in marks)
    if word.i > said.i or rest is None or not broken:
        return {}
    if any(child.i < rest.i for child in _children(rest, "cc", "expl")):
        return {}
    between = word.doc[said.i : rest.i]
    if not any(mark.is_quote for mark in between):
        return {}
    subjects = _children(rest, *_SUBJECTS)
    own = _children(word, *_SUBJECTS)
    if not subjects and not own and word.tag_ in (*_NOMINAL, "DT") and _is_tensed(rest):
        return {word.i: (rest.i, "nsubjpass" if _children(rest, "auxpass") else "nsubj")}
    if not subjects and own and word.lemma_ == "be" and rest.pos_ in ("NOUN", "PROPN", "ADJ"):
        return {rest.i: (word.i, "acomp" if rest.pos_ == "ADJ" else "attr")}
    if not subjects and own and word.pos_ == "AUX" and len(list(word.children)) <= len(own) + len(marks):
        kind = "auxpass" if word.lemma_ == "be" and rest.tag_ == "VBN" else "aux"
        return {word.i: (rest.i, kind), **{one.i: (rest.i, one.dep_) for one in own}}
    thinks = word.lemma_.lower() in lists.words(word.doc, "SpeechVerbs") | lists.words(
        word.doc, "BeliefVerbs"
    )
    if subjects and own and thinks and not _children(word, "ccomp", "xcomp", "dobj", "prep", "acomp"):
        return {rest.i: (word.i, "ccomp")}
    return {}


def _is_tensed(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(
        aux.tag_ in (*_FINITE, "MD") for aux in _children(verb, "aux", "auxpass")
    )


def report_behind_clause(verb: Token) -> Arcs:
    """New arcs for a speech verb after its content clause, parsed as a second main clause: "Lima sold the
    mill, the council has reported".
    """
    clause = verb.head if verb.dep_ == "conj" else verb.sent.root
    subjects = _children(verb, "nsubj")
    if not (
        verb.dep_ in ("conj", "relcl")
        and verb.tag_ in (*_FINITE, "VBN")
        and clause.dep_ == "ROOT"
        and clause.i < verb.i
        and clause.pos_ in ("VERB", "AUX")
        and verb.lemma_.lower() in lists.words(verb.doc, "SpeechVerbs")
        # "Ana said ..., she added" has two speech verbs
        and clause.lemma_.lower() not in lists.words(verb.doc, "SpeechVerbs")
        and len(subjects) == 1
    ):
        return {}
    first, last = subjects[0].left_edge.i, verb.right_edge.i + 1
    told = _children(verb, "dobj", "ccomp", "xcomp", "prep", "advcl", "conj", "auxpass", "acomp", "oprd")
    linked = [word for word in (*_children(clause, "cc"), *_children(verb, "cc", "mark")) if word.i < verb.i]
    behind = [word for word in verb.doc[last : clause.right_edge.i + 1] if not word.is_punct]
    comma = next((word for word in reversed(verb.doc[clause.i : first]) if not word.is_quote), clause)
    if told or linked or behind or comma.text != ",":
        return {}
    return {verb.i: (verb.i, "ROOT"), clause.i: (verb.i, "ccomp")}


def report_of_noun(verb: Token) -> Arcs:
    """New arcs for a speech verb in a relative clause without a pronoun, parsed as the main verb: "Reed is
    suing the mill over an injury he said he suffered".

    Not in "The mill is losing money, he said", nor in "The mill is losing money he said".
    """
    before = [clause for clause in _children(verb, "ccomp") if clause.i < verb.i]
    behind = [clause for clause in _children(verb, "ccomp") if clause.i > verb.i]
    subjects = _children(verb, "nsubj")
    if (
        verb.dep_ != "ROOT"
        or verb.lemma_.lower() not in lists.words(verb.doc, "SpeechVerbs")
        or len(before) != 1
        or not behind
        or len(subjects) != 1
        or subjects[0].tag_ != "PRP"
        or before[0].i >= subjects[0].i
    ):
        return {}
    noun = subjects[0].nbor(-1)
    if noun.tag_ not in ("NN", "NNS") or not before[0].is_ancestor(noun):
        return {}
    return {before[0].i: (before[0].i, "ROOT"), verb.i: (noun.i, "relcl")}


def clause_around_participle(verb: Token) -> Arcs:
    """New arcs for the verb of a reported clause that is parsed as coordinated with the speech verb.

    The parser takes a participle between commas for the clause's verb: "expected" instead of "recognised" in
    "told them that the draft, expected to be signed on Friday, recognised the need".
    """
    said = verb.head
    between = [clause for clause in _children(said, "ccomp") if said.i < clause.i < verb.i]
    if (
        verb.dep_ != "conj"
        or verb.tag_ not in _FINITE
        or said.lemma_.lower() not in lists.words(verb.doc, "SpeechVerbs")
        or len(between) != 1
        or _children(verb, *_SUBJECTS)
        or any(said.i < cc.i < verb.i for cc in _children(said, "cc"))
    ):
        return {}
    participle = between[0]
    subjects, marks = _children(participle, "nsubj", "nsubjpass"), _children(participle, "mark")
    bare = participle.tag_ == "VBN" and not _children(participle, "aux", "auxpass")
    if not bare or len(subjects) != 1 or participle.nbor(-1).text != "," or verb.nbor(-1).text != ",":
        return {}
    return {
        verb.i: (said.i, "ccomp"),
        subjects[0].i: (verb.i, "nsubj"),
        **{mark.i: (verb.i, "mark") for mark in marks},
        participle.i: (subjects[0].i, "acl"),
    }


def past_of_the_past(verb: Token) -> Arcs:
    """New arcs for a reported clause that is parsed as coordinated with the speech verb.

    Its "had" or "would" shows that it is reported: "Reed said he is well, but had been robbed". A clause with
    its own subject must have the same auxiliary as the reported clause before it: "Reed said two cars had
    burned, but nobody had been hurt". Not in "Reed said he is well and left" and "Reed said he is well, but
    the firm had sold the mill".
    """
    said = verb.head
    earlier = [word for word in _children(verb, "aux") if word.lower_ in ("had", "would")]
    contents = [clause for clause in _children(said, "ccomp") if said.i < clause.i < verb.i]
    if (
        verb.dep_ != "conj"
        or said.tag_ != "VBD"
        or said.lemma_.lower() not in lists.words(verb.doc, "SpeechVerbs")
        or _children(said, "aux")
        or not earlier
        or len(contents) != 1
    ):
        return {}
    alike = any(word.lower_ == earlier[0].lower_ for word in _children(contents[0], "aux"))
    if _children(verb, *_SUBJECTS) and not alike:
        return {}
    links = [cc for cc in _children(said, "cc") if contents[0].i < cc.i < verb.i]
    return {verb.i: (contents[0].i, "conj"), **{cc.i: (contents[0].i, "cc") for cc in links}}
