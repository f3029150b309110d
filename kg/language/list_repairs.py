"""Repairs parses of lists in which a member, or a detail such as its age, has the wrong role.

    Tom Reed aged 41, his daughter Anna aged 13 and six others died     "aged" is not a verb
    Ana Ruiz (Labour), Tom Reed (Greens) and Eva Holm won               the Greens are not a winner
    Ana Ruiz won gold, Tom Reed silver                                  Tom Reed did not win gold
    Peru, Kenya join the pact                                           both join the pact
    Ana sold Lima and Oslo and Tom bought Quito                         Tom was not sold
    They have plans to build a mill and report they are late            they do not plan to report
    Ana's "fine idea" won                                               Ana did not win
    Ana, a mayor, and coach Tom Reed were suspended                     Tom Reed is no mayor

Unchanged: "The cheese aged 12 months", "In Lima, Peru joins the pact".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language import lists

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.language.repairs import Arcs

_OLDEST = 120  # maximum number after "aged" that is taken for a person's age
_ALIKE = (("PERSON",), ("GPE", "NORP"), ("ORG",))  # groups of entity labels that members of one list share
_SUBJECTS = ("nsubj", "nsubjpass")


def age_taken_for_verb(aged: Token) -> Arcs:
    """New arcs for an age that is parsed as a verb.

    For example, "Tom Reed aged 41, his daughter Anna aged 13, and six others died".
    """
    noun = _whose_age(aged)
    if noun is None or aged.dep_ == "amod":
        return {}
    number = aged.nbor()
    arcs = {aged.i: (noun.i, "amod"), number.i: (aged.i, "npadvmod")}
    others = [child for child in aged.children if child not in (noun, number)]
    verb = _verb_behind(aged)
    behind = {child.i: (noun.i, child.dep_) for child in others if child != verb and child.i > aged.i}
    if aged.dep_ != "ROOT":
        if noun.head == aged:
            arcs[noun.i] = (aged.head.i, "appos" if aged.head.pos_ in ("NOUN", "PROPN") else noun.dep_)
        return arcs | behind
    if verb is None:
        return arcs | behind | {noun.i: (noun.i, "ROOT")} if noun.head == aged else {}
    arcs |= behind | {verb.i: (verb.i, "ROOT")}
    if noun.head == aged:
        arcs |= {noun.i: (verb.i, "nsubj")} | {w.i: (noun.i, "conj") for w in verb.lefts if _is_subject(w)}
    return arcs


def _verb_behind(aged: Token) -> Token | None:
    """The first verb coordinated with this "aged" or with a later one; None if there is none.

    For example, "died" in "Tom Reed aged 41, his daughter Anna aged 13, and six others died".
    """
    for word in aged.children:
        if word.dep_ == "conj" and word.pos_ in ("VERB", "AUX"):
            return word if _whose_age(word) is None else _verb_behind(word)
    return None


def _is_subject(word: Token) -> bool:
    return word.dep_ in _SUBJECTS


def _whose_age(aged: Token) -> Token | None:
    """The name of the person directly before "aged 41"; None in "The cheese aged 12 months"."""
    doc, at = aged.doc, aged.i
    if aged.lower_ != "aged" or at == 0 or at + 1 >= len(doc) or not doc[at + 1].text.isdigit():
        return None
    following = doc[at + 2] if at + 2 < len(doc) else None
    counts = following is not None and following.head != following and doc[at + 1].head == following
    if int(doc[at + 1].text) > _OLDEST or (counts and following is not None and following.pos_ == "NOUN"):
        return None
    noun = doc[at - 1]
    return noun if noun.ent_type_ == "PERSON" and noun.dep_ != "compound" else None


def bracket_taken_for_member(word: Token) -> Arcs:
    """New arcs for a bracket after a name, parsed as a list member: "Tom Reed (Greens) and Eva Holm"."""
    doc, first, last = word.doc, word.left_edge.i, word.right_edge.i
    if word.dep_ != "conj" or first < 2 or last + 1 >= len(doc):
        return {}
    inner = first if doc[first].text != "(" else first + 1
    closed = doc[last].text == ")" or doc[last + 1].text == ")"
    before = doc[inner - 2] if inner >= 2 else word
    own = doc[inner - 1].text == "(" and closed and before.ent_type_ == "PERSON"
    return {word.i: (word.head.i, "appos")} if own and word.head == before else {}


def gapped_subject(name: Token) -> Arcs:
    """New arcs for the subject of a gapped clause, parsed as a second subject of the first clause's verb.

    For example, Tom Reed in "Ana Ruiz won gold, Tom Reed silver".
    """
    verb = name.head
    if name.dep_ != "nsubj" or name.i < verb.i or verb.pos_ != "VERB":
        return {}
    first = [child for child in verb.lefts if child.dep_ in _SUBJECTS]
    objects = [child for child in verb.children if child.dep_ == "dobj" and verb.i < child.i < name.i]
    return {name.i: (verb.i, "dep")} if first and objects else {}


def owner_taken_for_subject(owner: Token) -> Arcs:
    """New arcs for an owner before a quoted subject, parsed as another subject: "Ana Ruiz's “fine idea” won".

    Not in "Ana Ruiz's idea won", where the parser needs no help.
    """
    behind = owner.doc[owner.i + 1 : owner.i + 3]
    if owner.dep_ not in _SUBJECTS or len(behind) < 2 or behind[0].tag_ != "POS" or not behind[1].is_quote:
        return {}
    subjects = (word for word in owner.head.children if _is_subject(word) and word.i > owner.i)
    owned = next(subjects, None)
    return {owner.i: (owned.i, "poss")} if owned is not None and owned.left_edge.i == behind[1].i else {}


def member_taken_for_apposition(name: Token) -> Arcs:
    """New arcs for the second person of a list, parsed as a second apposition of the first: "Ana Ruiz, the
    former mayor, and Lima coach Tom Reed were suspended".

    Not in "Ana Ruiz, the mayor and a friend of Reed, was suspended", where the verb is singular.
    """
    first = name.head.head if name.head.dep_ == "appos" else name.head
    if name.dep_ not in ("appos", "conj") or name.ent_type_ != "PERSON" or first.ent_type_ != "PERSON":
        return {}
    described = next((w for w in first.children if w.dep_ == "appos" and first.i < w.i < name.i), None)
    links = [w for w in described.children if w.dep_ == "cc"] if described is not None else []
    if described is None or described.tag_ != "NN" or not links or links[-1].nbor(-1).text != ",":
        return {}
    verb = first.head
    finite = [verb, *(word for word in verb.children if word.dep_ in ("aux", "auxpass"))]
    plural = any(word.tag_ == "VBP" or word.lower_ == "were" for word in finite)
    if not plural:
        return {}
    arcs = {name.i: (first.i, "conj"), links[-1].i: (first.i, "cc")}
    title = name.left_edge.nbor(-1)
    if title.tag_ == "NN" and title.head == first and title.dep_ == "conj":
        arcs[title.i] = (name.i, "compound")
    return arcs


def member_taken_for_subject(name: Token) -> Arcs:
    """New arcs for the second person of a list, parsed as a second subject: "Ana Ruiz, the former mayor, and
    Lima coach Tom Reed were suspended".
    """
    before = [word for word in name.head.lefts if _is_subject(word) and word.i < name.i]
    if not _is_subject(name) or not before or name.ent_type_ != before[-1].ent_type_:
        return {}
    linked = any(w.dep_ == "cc" and w.i + 1 == name.left_edge.i for w in before[-1].children)
    return {name.i: (before[-1].i, "conj")} if linked else {}


def subject_taken_for_member(verb: Token) -> Arcs:
    """New arcs for a subject that is parsed as a list member before its verb.

    For example, "other towns" in "warned Lima and other towns flooded roads".
    """
    noun = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBZ", "VBP") or noun.dep_ != "conj":
        return {}
    own = [child for child in verb.children if child.dep_ in (*_SUBJECTS, "aux", "auxpass", "expl")]
    links = [cc for cc in noun.head.children if cc.dep_ == "cc" and cc.i == noun.left_edge.i - 1]
    if own or not links or noun.pos_ not in ("NOUN", "PROPN") or noun.right_edge.i + 1 != verb.i:
        return {}
    return {noun.i: (verb.i, "nsubj"), links[0].i: (verb.head.i, "cc")}


def report_in_plan(verb: Token) -> Arcs:
    """New arcs for a verb that is parsed as part of a plan.

    For example, "report" in "Firms have plans to widen the road and report they are late".
    """
    plan = verb.head
    noun = plan.head
    main = noun.head
    content = [c for c in verb.children if c.dep_ == "ccomp" and any(_is_subject(w) for w in c.lefts)]
    if (
        verb.dep_ != "conj"
        or verb.tag_ not in ("VB", "VBP")
        or plan.dep_ != "acl"
        or noun.dep_ != "dobj"
        or main.tag_ != "VBP"
        or not content
        or verb.lemma_.lower() not in lists.words(verb.doc, "SpeechVerbs")
    ):
        return {}
    links = [cc for cc in plan.children if cc.dep_ == "cc" and plan.i < cc.i < verb.i]
    return {verb.i: (main.i, "conj")} | {cc.i: (main.i, "cc") for cc in links}


def member_of_headline(name: Token) -> Arcs:
    """New arcs for a name that is parsed as an apposition, although the plural verb shows a list.

    For example, Kenya in "Peru, Kenya join the pact".
    """
    first, doc, at = name.head, name.doc, name.i + 1
    alike = any(first.ent_type_ in kinds and name.ent_type_ in kinds for kinds in _ALIKE)
    if name.dep_ != "appos" or not alike or first.dep_ not in _SUBJECTS or at >= len(doc):
        return {}
    start = next((entity.start for entity in doc.ents if entity.start <= name.i < entity.end), name.i)
    between = doc[first.i + 1 : start]
    verb = first.head
    plural = doc[at].tag_ == "VBP" and doc[at].head in (verb, verb.head) and first.tag_ == "NNP"
    bare = not any(child.dep_ in ("det", "cc", "conj") for child in (*name.children, *first.children))
    joined = [token.text for token in between] == [","] and plural and bare
    return {name.i: (first.i, "conj"), between[0].i: (first.i, "punct")} if joined else {}
