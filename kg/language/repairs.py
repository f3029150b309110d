"""Corrects parse trees that contradict the parser's own tags or what a verb requires.

Each repair examines one token and returns the arcs that change (`Arcs`), or {} if the token needs no repair.
For each token, the repairs are tried in the order of `REPAIRS`, and the first that returns arcs is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.language import list_repairs, lists, speech_repairs, title_repairs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Arcs = Mapping[int, tuple[int, str]]
"""Token -> its new head and label; the head of a root is the token itself."""

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_COMPLEMENTS = ("ccomp", "acomp", "oprd", "advmod", "xcomp", "dobj")
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
    doc.from_array(["HEAD", "DEP"], array)  # type: ignore[arg-type]  # spaCy's stub is wrong


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
    """New arcs for a name that is parsed as a modal verb although no infinitive follows: "Will Osei signed
    the treaty", "May Osei met her".
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


def _small_clause_without_subject(word: Token) -> Arcs:
    """New arcs for an object's predicate that is parsed as a separate clause: "a friend" in "considered Reed
    a friend".
    """
    verb = word.head
    objects = [noun for noun in _children(verb, "dobj") if noun.i < word.i]
    verbless = word.pos_ in ("NOUN", "ADJ") and not _children(word, *_SUBJECTS, "aux", "cop", "mark")
    return {word.i: (verb.i, "oprd")} if word.dep_ == "ccomp" and verbless and objects else {}


def _complement_before_object(word: Token) -> Arcs:
    """New arcs for the object's predicate between a verb and its object, which is read as a particle: "made
    public her letters", "threw open the doors".

    Not in "made good use of it", where the adjective modifies the object, nor in "felt free the whole day".
    """
    inside = word.dep_ == "amod" and any(c.i > word.i for c in _children(word.head, "poss", "det"))
    verb = word.head.head if inside else word.head  # before "her", an adjective is outside the noun phrase
    shape = word.tag_ == "JJ" or word.lower_ == "short"  # "short" is tagged as an adverb
    if word.i != verb.i + 1 or not shape or not (inside or word.dep_ in _COMPLEMENTS):
        return {}
    if verb.lemma_.lower() not in lists.words(word.doc, "ComplementVerbs"):
        return {}
    objects = [noun for noun in (*_children(verb, "dobj"), *_children(word, "dobj")) if noun.i > word.i]
    return {word.i: (verb.i, "prt"), objects[0].i: (verb.i, "dobj")} if objects else {}


def _amount_taken_for_object(noun: Token) -> Arcs:
    """New arcs for an amount of change, parsed as an object: "The index fell 6 percent (32 points)"."""
    if noun.dep_ != "dobj" or noun.i < noun.head.i:
        return {}
    measured = noun.lower_ in ("%", "percent") or any(child.dep_ == "nummod" for child in noun.lefts)
    astray = measured and noun.head.lemma_ in lists.words(noun.doc, "ScaleVerbs")
    return {noun.i: (noun.head.i, "npadvmod")} if astray else {}


def _comparative_of_number(word: Token) -> Arcs:
    """New arcs for "fewer" in "fewer than one in ten mills", whose arc crosses that of "than"."""
    than = word.nbor(1) if word.i + 1 < len(word.doc) else word
    if word.tag_ not in ("JJR", "RBR") or than.lower_ != "than" or than.dep_ != "quantmod":
        return {}
    number = than.head
    astray = number.i > than.i and than.i < word.head.i < number.i
    return {word.i: (number.i, word.dep_)} if astray else {}


Repair = Callable[["Token"], Arcs]


def _subject_of_perfect(noun: Token) -> Arcs:
    """New arcs for the subject of an active verb in the perfect, parsed as the subject of a passive: "Lima
    has postponed by a week the vote".
    """
    verb = noun.head
    auxiliaries = _children(verb, "aux", "auxpass")
    perfect = verb.tag_ == "VBN" and any(word.lemma_ == "have" for word in auxiliaries)
    if noun.dep_ != "nsubjpass" or not perfect or any(w.lemma_ in ("be", "get") for w in auxiliaries):
        return {}
    return {noun.i: (verb.i, "nsubj")}


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
    speech_repairs.infinitive_of_asking,
    speech_repairs.subject_after_for,
    speech_repairs.day_of_speech,
    _complement_before_object,
    _small_clause_without_subject,
    _amount_taken_for_object,
    _comparative_of_number,
    speech_repairs.speaker_taken_for_object,
    speech_repairs.speaker_behind_quotation,
    speech_repairs.speaker_behind_words,
    speech_repairs.clause_behind_colon,
    speech_repairs.hearer_taken_for_subject,
    speech_repairs.hearer_in_subject,
    speech_repairs.quotation_around_speech,
    _subject_of_perfect,
    speech_repairs.past_of_the_past,
    speech_repairs.clause_around_participle,
    speech_repairs.report_behind_clause,
    speech_repairs.report_of_noun,
    title_repairs.title_taken_for_member,
    title_repairs.person_taken_for_apposition,
    title_repairs.title_of_possessor,
    title_repairs.two_titles,
    title_repairs.name_behind_office,
    title_repairs.body_before_office,
    title_repairs.role_beside_name,
    list_repairs.age_taken_for_verb,
    list_repairs.bracket_taken_for_member,
    list_repairs.gapped_subject,
    list_repairs.owner_taken_for_subject,
    list_repairs.member_taken_for_apposition,
    list_repairs.member_taken_for_subject,
    list_repairs.member_of_headline,
    list_repairs.subject_taken_for_member,
    list_repairs.report_in_plan,
)
