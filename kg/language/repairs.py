"""Corrects trees of the parser that contradict its own tags or what a verb requires.

Each repair examines one token and returns the arcs that change (`Arcs`), or {} if the token needs no repair.
For each token, the repairs are tried in the order of `REPAIRS`, and the first that returns arcs is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.language import list_repairs, lists, title_repairs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Arcs = Mapping[int, tuple[int, str]]
"""Token -> its new head and label; the head of a root is the token itself."""

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_NOMINAL = ("NN", "NNS", "NNP", "NNPS", "PRP")


def mend(doc: Doc) -> None:
    """Apply the repairs, sentence by sentence.

    A sentence is left unchanged if its repairs together would not give a single tree.
    """
    for token in doc:
        if _is_participle(token):
            token.tag_ = "VBN"
    arcs: dict[int, tuple[int, str]] = {}
    for sentence in doc.sents:
        found: dict[int, tuple[int, str]] = {}
        for token in sentence:
            found |= next(filter(None, (repair(token) for repair in REPAIRS)), {})
        if found and _is_tree(sentence, found):
            arcs |= found
    if not arcs:
        return
    array = doc.to_array(["HEAD", "DEP"])
    for at, (head, label) in arcs.items():
        # Unsigned: the hash of "nummod" (the label of a number in an office before a name) exceeds int64.
        array[at] = (head - at) % 2**64, doc.vocab.strings.add(label)
    doc.from_array(["HEAD", "DEP"], array)  # type: ignore[arg-type]  # its stub says otherwise


def _is_participle(verb: Token) -> bool:
    """Whether a verb that is tagged as past tense is a participle, because it follows "when" without a
    subject.

    For example, "When asked about it, she left".
    """
    if verb.tag_ != "VBD" or verb.dep_ != "advcl" or verb.i == 0:
        return False
    before = verb.nbor(-1)
    opens = before.head.i == verb.i and before.lower_ in lists.words(verb.doc, "ParticipleConjunctions")
    return opens and not _children(verb, *_SUBJECTS)


def _is_tree(sentence: Span, arcs: Arcs) -> bool:
    """Whether the sentence with these new arcs is one tree, with no head outside the sentence."""
    import networkx

    heads = {token.i: arcs[token.i][0] if token.i in arcs else token.head.i for token in sentence}
    tree = networkx.DiGraph((head, at) for at, head in heads.items() if at != head)
    return heads.keys() == set(tree) and networkx.is_arborescence(tree)


def _children(token: Token, *labels: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in labels]


def _verb_taken_for_noun(token: Token) -> Arcs:
    """New arcs for a verb that is parsed as part of a name, although it has a subject: "Police allege Tom
    Reed stole it".
    """
    noun = token.head
    clause = noun.head
    subjects = [c for c in _children(token, "nsubj", "compound") if c.i < token.i and c.tag_.startswith("NN")]
    if (
        token.tag_ not in _FINITE
        or token.dep_ not in ("compound", "amod", "nmod")
        or len(subjects) != 1
        or noun.dep_ not in ("nsubj", "nsubjpass")
        or clause.pos_ not in ("VERB", "AUX")
        or not token.i < noun.i < clause.i
    ):
        return {}
    above = token.i if clause.dep_ == "ROOT" else clause.head.i
    return {
        token.i: (above, clause.dep_),
        subjects[0].i: (token.i, "nsubj"),
        clause.i: (token.i, "ccomp"),
    }


def _swallowed_main_clause(verb: Token) -> Arcs:
    """New arcs for a main clause that is parsed as the object of a relative clause: "left" in "Some users who
    saw the film left the club".

    No change after "that" or a verb of saying, where such a parse may be right: "Anyone who says we lost".
    """
    relative = verb.head
    noun = relative.head
    if not (
        verb.dep_ == "ccomp"
        and verb.tag_ == "VBD"
        and relative.dep_ == "relcl"
        and relative.i < verb.i
        and noun.dep_ == "ROOT"
        and noun.pos_ in ("NOUN", "PROPN")
        and not _children(verb, "mark")
        and relative.lemma_.lower() not in lists.words(verb.doc, "BareContentVerbs")
    ):
        return {}
    subjects = _children(verb, *_SUBJECTS)
    if len(subjects) != 1 or subjects[0].dep_ != "nsubj" or not relative.i < subjects[0].i < verb.i:
        return {}
    later = [child for over in (noun, relative) for child in over.children if child.i > verb.i]
    return {
        verb.i: (verb.i, "ROOT"),
        noun.i: (verb.i, "nsubj"),
        subjects[0].i: (relative.i, "dobj"),
        **{child.i: (verb.i, child.dep_) for child in later},
    }


def _subject_taken_for_apposition(verb: Token) -> Arcs:
    """New arcs for a subject that is parsed as an apposition.

    For example, "a memo" in "According to the Lima Post, a memo at Norvex showed ...".
    """
    if (
        verb.tag_ not in _FINITE
        or verb.dep_ not in ("ROOT", "ccomp")
        or _children(verb, *_SUBJECTS, "auxpass")
    ):
        return {}
    for phrase in _children(verb, "prep", "advcl"):
        for noun in phrase.subtree:
            if noun.dep_ == "appos" and noun.right_edge.i + 1 == verb.i and noun.i > noun.head.i:
                start = noun.left_edge.i
                commas = [token.i for token in noun.doc[start - 1 : verb.i] if token.text == ","]
                if commas == [start - 1] and not _children(noun, "conj"):
                    return {noun.i: (verb.i, "nsubj")}
    return {}


def _participle_before_noun(participle: Token) -> Arcs:
    """New arcs for an adjective in -ing that is parsed as a verb with an object.

    For example, "matching" in "dressed in matching tops" and "wore matching tops".
    """
    nouns = _children(participle, "dobj")
    if (
        participle.tag_ != "VBG"
        or participle.dep_ not in ("pcomp", "xcomp")
        or participle.lower_ not in lists.words(participle.doc, "AdjectivalParticiples")
        or participle.i + 1 >= len(participle.doc)
        or participle.doc[participle.i + 1].pos_ not in ("NOUN", "ADJ")
        or len(nouns) != 1
    ):
        return {}
    head, noun = participle.head, nouns[0]
    above = head if participle.dep_ == "xcomp" else head.head
    others = [child for child in participle.children if child.i > participle.i and child != noun]
    return {
        participle.i: (noun.i, "amod"),
        noun.i: (head.i, "dobj" if participle.dep_ == "xcomp" else "pobj"),
        **{child.i: (above.i, child.dep_) for child in others},
    }


def _apposition_taken_for_attribute(noun: Token) -> Arcs:
    """New arcs for an apposition that is parsed as complement of "be": "the part" in "The error was in the
    program, the part that counts".
    """
    if noun.dep_ != "attr" or noun.head.lemma_ != "be" or noun.left_edge.i == 0:
        return {}
    before = noun.doc[noun.left_edge.i - 1]
    for preposition in _children(noun.head, "prep"):
        nouns = _children(preposition, "pobj")
        if before.text == "," and noun.head.i < preposition.i < before.i and nouns:
            return {noun.i: (nouns[0].i, "appos")}
    return {}


def _heading_before_colon(noun: Token) -> Arcs:
    """New arcs for a heading that is parsed as head of the clause after its colon: "Lima: Climber killed in
    fall".
    """
    heading = noun.head
    between = noun.doc[heading.i + 1 : noun.left_edge.i]
    if noun.dep_ != "appos" or heading.dep_ != "ROOT" or heading.i > noun.i or heading.pos_ != "PROPN":
        return {}
    if [token.text for token in between] != [":"] or heading.left_edge.i != heading.sent.start:
        return {}
    later = [child for child in heading.children if child.i > noun.i]
    return {
        noun.i: (noun.i, "ROOT"),
        heading.i: (noun.i, "dep"),
        between[0].i: (heading.i, "punct"),
        **{child.i: (noun.i, child.dep_) for child in later},
    }


def _conjunction_taken_for_object(verb: Token) -> Arcs:
    """New arcs for a conjunction "that" which is parsed as the object of a relative clause.

    The clause already has an object: "the disclosure that he lent a player money".
    """
    objects = _children(verb, "dobj")
    that = [token for token in objects if token.lower_ == "that" and token.i < verb.i]
    own = any(token.i > verb.i for token in objects) and bool(_children(verb, "nsubj"))
    return {that[0].i: (verb.i, "mark")} if verb.dep_ == "relcl" and that and own else {}


def _infinitive_of_headline(verb: Token) -> Arcs:
    """New arcs for a headline's infinitive, parsed as a relative clause: "Ana Ruiz to host the games"."""
    to = [child for child in verb.lefts if child.lower_ == "to" and child.dep_ == "aux"]
    relative = verb.dep_ == "relcl" and verb.tag_ == "VB" and bool(to) and verb.head.dep_ == "ROOT"
    return {verb.i: (verb.head.i, "acl")} if relative and not _children(verb, *_SUBJECTS) else {}


def _dependent_of_auxiliary(word: Token) -> Arcs:
    """New arcs for a word that is attached to an auxiliary, not to the verb: "Never has she invited him"."""
    auxiliary = word.head
    if auxiliary.dep_ not in ("aux", "auxpass") or word.dep_ in ("aux", "conj", "cc", "ROOT"):
        return {}
    return {word.i: (auxiliary.head.i, word.dep_)}


def _auxiliary_of_condition(auxiliary: Token) -> Arcs:
    """New arcs for an auxiliary that begins a condition but is parsed into the main clause: "Had they voted
    against it, he would have left".
    """
    clause = auxiliary.head
    opens = auxiliary.dep_ == "aux" and auxiliary.i == auxiliary.sent.start
    if not opens or auxiliary.lower_ not in ("had", "should", "were"):
        return {}
    conditions = (verb for verb in _children(clause, "advcl", "ccomp") if auxiliary.i < verb.i < clause.i)
    return next(({auxiliary.i: (v.i, "aux")} for v in conditions if _children(v, *_SUBJECTS)), {})


def _name_taken_for_modal(word: Token) -> Arcs:
    """New arcs for a name that is parsed as a modal verb, without an infinitive: "Will Osei signed the
    treaty", "May Osei met her".
    """
    verb = word.head
    if word.dep_ != "aux" or word.tag_ != "MD" or verb.tag_ not in _FINITE or not word.is_title:
        return {}
    after = word.nbor() if word.i + 1 < len(word.doc) else word
    is_subject = after.tag_ == "NNP" and after.dep_ in ("nsubj", "compound")
    return {word.i: (after.i if after.dep_ == "nsubj" else after.head.i, "compound")} if is_subject else {}


def _infinitive_after_used(verb: Token) -> Arcs:
    """New arcs for an infinitive after "used" that is parsed as a purpose: "Reed used to teach".

    Not in "Reed used the hall to teach", which is a purpose.
    """
    used = verb.head
    to = next((child for child in verb.lefts if child.lower_ == "to" and child.dep_ == "aux"), None)
    adjunct = verb.dep_ == "advcl" and verb.tag_ == "VB" and used.lower_ == "used" and used.tag_ == "VBD"
    return {verb.i: (used.i, "xcomp")} if adjunct and to is not None and to.i == used.i + 1 else {}


def _clause_with_subject(verb: Token) -> Arcs:
    """New arcs for a clause with a subject that is labelled `xcomp`, which is for clauses without subjects.

    For example, "wants Reed to leave".
    """
    own = verb.dep_ == "xcomp" and _children(verb, "nsubj", "nsubjpass")
    return {verb.i: (verb.head.i, "ccomp")} if own else {}


def _infinitive_of_adjective(verb: Token) -> Arcs:
    """New arcs for an infinitive that is labelled as object of a preposition, although it complements an
    adjective: "is due to meet her".
    """
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts)
    taken = verb.dep_ == "pcomp" and verb.tag_ == "VB" and verb.head.pos_ == "ADJ" and to
    return {verb.i: (verb.head.i, "xcomp")} if taken else {}


def _infinitive_of_asking(verb: Token) -> Arcs:
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


def _small_clause_without_subject(word: Token) -> Arcs:
    """New arcs for an object's predicate that is parsed as a separate clause: "a friend" in "considered Reed
    a friend".
    """
    verb = word.head
    objects = [noun for noun in _children(verb, "dobj") if noun.i < word.i]
    verbless = word.pos_ in ("NOUN", "ADJ") and not _children(word, *_SUBJECTS, "aux", "cop", "mark")
    return {word.i: (verb.i, "oprd")} if word.dep_ == "ccomp" and verbless and objects else {}


def _amount_taken_for_object(noun: Token) -> Arcs:
    """New arcs for an amount of change, parsed as an object: "The index fell 6 percent (32 points)"."""
    if noun.dep_ != "dobj" or noun.i < noun.head.i:
        return {}
    measured = noun.lower_ in ("%", "percent") or any(child.dep_ == "nummod" for child in noun.lefts)
    astray = measured and noun.head.lemma_ in lists.words(noun.doc, "ScaleVerbs")
    return {noun.i: (noun.head.i, "npadvmod")} if astray else {}


Repair = Callable[["Token"], Arcs]


def _speaker_taken_for_object(verb: Token) -> Arcs:
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


def _speaker_behind_quotation(noun: Token) -> Arcs:
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


def _hearer_taken_for_subject(noun: Token) -> Arcs:
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


def _hearer_in_subject(noun: Token) -> Arcs:
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


def _quotation_around_speech(word: Token) -> Arcs:
    """New arcs for a quoted sentence that "said Ana" interrupts: “Our team,” said Ana, “has won”.

    The two parts may also be an auxiliary and its verb (“We have,” she said, “won”), or a verb and its
    content (“I think,” she said, “we won”).
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


def _report_behind_clause(verb: Token) -> Arcs:
    """New arcs for a speech verb that is parsed as a second clause after its content: "Lima sold the mill,
    the council has reported".
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


def _past_of_the_past(verb: Token) -> Arcs:
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


REPAIRS: tuple[Repair, ...] = (
    _verb_taken_for_noun,
    _swallowed_main_clause,
    _subject_taken_for_apposition,
    _participle_before_noun,
    _apposition_taken_for_attribute,
    _heading_before_colon,
    _conjunction_taken_for_object,
    _infinitive_of_headline,
    _dependent_of_auxiliary,
    _auxiliary_of_condition,
    _name_taken_for_modal,
    _infinitive_after_used,
    _clause_with_subject,
    _infinitive_of_adjective,
    _infinitive_of_asking,
    _small_clause_without_subject,
    _amount_taken_for_object,
    _speaker_taken_for_object,
    _speaker_behind_quotation,
    _hearer_taken_for_subject,
    _hearer_in_subject,
    _quotation_around_speech,
    _past_of_the_past,
    _report_behind_clause,
    title_repairs.title_taken_for_member,
    title_repairs.person_taken_for_apposition,
    title_repairs.two_titles,
    title_repairs.name_behind_office,
    title_repairs.body_before_office,
    title_repairs.role_beside_name,
    list_repairs.age_taken_for_verb,
    list_repairs.bracket_taken_for_member,
    list_repairs.gapped_subject,
    list_repairs.member_of_headline,
    list_repairs.subject_taken_for_member,
    list_repairs.report_in_plan,
)
