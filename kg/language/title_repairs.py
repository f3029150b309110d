"""Repairs parses in which a title is not attached to the name after it, or is attached to the wrong name.

    Minister Ana Ruiz and energy minister Tom Reed      "energy minister" is Reed's title, not a third person
    former Salt Island governor and senator Ana Ruiz    one person with two titles
    the secretary of state Ana Ruiz                     Ruiz is the secretary
    Bank of Salt Governor Ana Ruiz                      Ruiz is the bank's governor
    former team colleague Ana Ruiz                      Ruiz is the colleague
    Ana Ruiz, the actor Victor's mother                 Victor is the actor

Unchanged: titles of two people with a plural verb ("Coach and player Tom Reed clash").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language import lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.language.repairs import Arcs

# Labels of a noun phrase that the parser may wrongly split in two: title and name both get the label.
_SECOND = ("nsubj", "nsubjpass", "dobj")
_BESIDE = ("conj", "appos")
_LONGEST_OFFICE = 8  # maximum distance in tokens from the "of" of an office to the name of its holder
_PLURAL = ("are", "were", "have")


def title_taken_for_member(title: Token) -> Arcs:
    """New arcs for a title that is parsed as a list member: "Minister Ana Ruiz and energy minister Tom Reed,
    Peruvian minister Eva Holm".
    """
    name = _name_behind(title)
    if name is None or title.dep_ not in _BESIDE or not _is_title(title):
        return {}
    if name.dep_ not in _BESIDE or name.head not in (title, title.head) or _has_article(title):
        return {}
    arcs = {title.i: (name.i, "compound")}
    if name.head == title:
        before = title.head
        listed = before.ent_type_ == "PERSON" or title.dep_ == "conj"
        arcs[name.i] = (before.i, "conj" if listed else title.dep_)
    behind = [child for child in title.rights if child.i > name.i]
    return arcs | {child.i: (name.i, "conj" if _is_joined(child) else child.dep_) for child in behind}


def person_taken_for_apposition(name: Token) -> Arcs:
    """New arcs for another person, parsed as an apposition although "and" precedes: "Ana Ruiz, and president
    Eva Holm".
    """
    astray = name.dep_ == "appos" and name.head.ent_type_ == "PERSON" and _is_joined(name)
    return {name.i: (name.head.i, "conj")} if astray else {}


def title_of_possessor(title: Token) -> Arcs:
    """New arcs for the title of a possessor, parsed as an apposition: "Ana Ruiz, the actor Tom's mother"."""
    name = _name_behind(title)
    if name is None or title.dep_ != "appos" or name.dep_ != "poss" or not _is_title(title):
        return {}
    kin = name.head
    if kin.head != title.head or kin.dep_ not in _BESIDE:
        return {}
    moved = {child.i: (name.i, child.dep_) for child in title.lefts}
    return moved | {title.i: (name.i, "compound"), kin.i: (title.head.i, "appos")}


def two_titles(first: Token) -> Arcs:
    """New arcs for two titles of one person, the first of which is parsed as another person.

    For example, "former Salt governor and senator Ana Ruiz". Not with a second article ("a governor and a
    senator Ana Ruiz"), and not if the first title is an office that somebody seeks: "ran for president and
    mayor Tom Reed for senator".
    """
    doc, at = first.doc, first.i + 1
    if not _is_title(first) or first.dep_ in ("compound", "nmod") or at + 2 >= len(doc):
        return {}
    if doc[at].lower_ not in ("and", "&") or any(w.dep_ in ("det", "poss", "nummod") for w in first.lefts):
        return {}
    joined = [w for w in first.children if w.dep_ in _BESIDE and w.i > at]
    name = next((w for w in joined if w.ent_type_ == "PERSON" and w.dep_ in _BESIDE), None)
    if name is None or first.sent != name.sent:
        return {}
    start = _first_of_entity(name)
    second = doc[start - 1]
    between = doc[at + 1 : start]
    if not len(between) or not _is_title(second) or any(w.is_punct or w.pos_ == "DET" for w in between):
        return {}
    own = all(w == second or w.head in (second, name) or w.head in between for w in between)
    before = doc[first.left_edge.i - 1] if first.left_edge.i > first.sent.start else None
    listed = first.dep_ in _BESIDE and (before is None or before.lower_ not in ("and", "with"))
    before_office = lists.words(doc, "OfficePrepositions")
    office = first.dep_ in ("attr", "oprd") or (first.dep_ == "pobj" and first.head.lower_ in before_office)
    if not own or listed or office or (first.dep_ in _SECOND and _is_plural(first.head)):
        return {}
    arcs = {first.i: (name.i, "nmod"), second.i: (name.i, "compound")}
    arcs[name.i] = (name.i, "ROOT") if first.dep_ == "ROOT" else (first.head.i, first.dep_)
    return arcs | {w.i: (name.i, w.dep_) for w in first.rights if w.i > name.i}


def name_behind_office(name: Token) -> Arcs:
    """New arcs for a name after the office that the person holds: "the secretary of state Ana Ruiz",
    "Minister of Health Ana Ruiz".

    Also in "the chair of the Rivers Committee Senator Ana Ruiz". Not in "the aide of President Ana Ruiz" and
    "the director of Hospital Ana Ruiz".
    """
    doc = name.doc
    first = _first_of_entity(name)
    start = _before_titles(name, first)
    of = _office_before(name, start)
    if of is None:
        return {}
    office = of.head
    between = doc[of.i + 1 : start]
    objects = [word for word in _children(of, "pobj") if word.i < start]
    second = name.dep_ in _SECOND and name.head == office.head and office.dep_ == name.dep_
    last = between.root if start == first else between[-1]
    attached = last.head.i in range(start, name.i + 1)
    if not (second or name.head == of) or not (objects or attached):
        return {}
    arcs = {name.i: (office.head.i, office.dep_), office.i: (name.i, "nmod")}
    if office.dep_ == "ROOT":
        arcs[name.i] = (name.i, "ROOT")
    if objects:
        return arcs
    strays = [word for word in between if word != last and word.head not in between]
    return arcs | {last.i: (of.i, "pobj")} | {word.i: (last.i, word.dep_) for word in strays}


def body_before_office(name: Token) -> Arcs:
    """New arcs for an organisation that is parsed as a subject, although it belongs to the title of the
    person after it: "Bank of Salt Governor Ana Ruiz resigned".
    """
    roles = lists.words(name.doc, "RoleNouns")
    titles = [word for word in name.lefts if word.dep_ in ("compound", "nmod") and word.lower_ in roles]
    if name.dep_ not in _SECOND or name.ent_type_ != "PERSON" or not titles:
        return {}
    bodies = _children(name.head, name.dep_)
    body = next((word for word in bodies if word.right_edge.i + 1 == titles[0].left_edge.i), None)
    return {body.i: (name.i, "nmod")} if body is not None and body.ent_type_ == "ORG" else {}


def role_beside_name(name: Token) -> Arcs:
    """New arcs for a role that is parsed as a second subject or object beside the name: "Former team
    colleague Ana Ruiz said".

    Not in "the colleague Ana Ruiz met", where the role has an article, nor in "colleague and friend Ana
    Ruiz".
    """
    if name.dep_ not in _SECOND or name.ent_type_ != "PERSON" or name.i > name.head.i:
        return {}
    people = lists.words(name.doc, "RoleNouns") | lists.words(name.doc, "PersonNouns")
    people |= lists.words(name.doc, "KinshipNouns")
    role = next(
        (
            noun
            for noun in _children(name.head, name.dep_)
            if noun.i + 1 == name.left_edge.i and noun.tag_ == "NN" and noun.lower_ in people
        ),
        None,
    )
    bare = role is not None and all(word.dep_ in ("amod", "compound", "nmod") for word in role.children)
    return {role.i: (name.i, "compound")} if role is not None and bare else {}


def _office_before(name: Token, first: int) -> Token | None:
    """The "of" of an office such as "secretary of state" before a person's name; None if there is none.

    Only a few words, without other people's roles, may be between the "of" and the name. `first`: the first
    token of the name, or of the title directly before it.
    """
    doc = name.doc
    if name.ent_type_ != "PERSON" or _first_of_entity(name) == name.i:
        return None
    of = next(
        (word for word in reversed(doc[max(0, first - _LONGEST_OFFICE) : first]) if word.lower_ == "of"), None
    )
    if of is None or of.i + 1 >= first or of.dep_ != "prep" or of.head.i != of.i - 1 or of.sent != name.sent:
        return None
    roles, people = lists.words(doc, "RoleNouns"), lists.words(doc, "PersonNouns")
    others = roles | people | lists.words(doc, "KinshipNouns") | lists.words(doc, "Honorifics")
    between = doc[of.i + 1 : _before_brackets(doc, first)]
    plain = all(w.is_alpha or w.text in ("&", ",") for w in between) and not any(
        w.lower_ in others for w in between
    )
    # whether an organisation's name with an article precedes the person's: "of the Salt Institute Ana Ruiz"
    whole = len(between) > 2 and between[0].tag_ == "DT"
    bodies = lists.words(doc, "FacilityWords") | lists.words(doc, "OrganizationWords")
    body = not whole and between[-1].lower_ in bodies
    single = of.head.tag_ in ("NN", "NNP") and between[-1].is_alpha
    return of if plain and single and not body and of.head.lower_ in roles else None


def _before_titles(name: Token, first: int) -> int:
    """The index of the title directly before the name, if it needs no organisation ("Senator Ana Ruiz").

    Otherwise `first`, the index of the name's first token.
    """
    doc = name.doc
    alone = lists.words(doc, "SeatTitles")
    return first - 1 if first and doc[first - 1].lower_ in alone and doc[first - 1].is_title else first


def _name_behind(title: Token) -> Token | None:
    """The head of the person's name directly after the title; None if there is none."""
    doc, at = title.doc, title.i + 1
    if at >= len(doc) or doc[at].ent_iob_ != "B" or doc[at].ent_type_ != "PERSON":
        return None
    end = at + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    head = doc[at:end].root
    return head if head.sent == title.sent else None


def _is_title(word: Token) -> bool:
    return word.tag_ in ("NN", "NNP") and word.lower_ in lists.words(word.doc, "RoleNouns")


def _is_joined(name: Token) -> bool:
    """Whether the name is a person's and "and" is directly before its phrase."""
    first = name.left_edge.i
    return name.ent_type_ == "PERSON" and first > name.head.i + 1 and name.doc[first - 1].lower_ == "and"


def _has_article(noun: Token) -> bool:
    return any(word.dep_ == "det" and word.lower_ in ("a", "an") for word in noun.lefts)


def _is_plural(verb: Token) -> bool:
    """Whether the verb or its auxiliary is plural, so that it has several subjects: "clash", "are both
    there".
    """
    forms = [verb, *_children(verb, "aux", "auxpass")]
    return any(word.tag_ == "VBP" or word.lower_ in _PLURAL for word in forms)


def _first_of_entity(word: Token) -> int:
    at = word.i
    while at > 0 and word.doc[at].ent_iob_ == "I":
        at -= 1
    return at


def _children(token: Token, *labels: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in labels]


def _before_brackets(doc: Doc, at: int) -> int:
    """The start of a one-word bracket directly before `at`, if there is one; otherwise `at`.

    For example, the bracket in "Member of Parliament (MP) Ana Ruiz".
    """
    return at - 3 if at > 3 and doc[at - 1].text == ")" and doc[at - 3].text == "(" else at
