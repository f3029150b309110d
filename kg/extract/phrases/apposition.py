"""Apposition: a noun phrase beside a name says what it is.

    Ana Ruiz, a pilot from Lima, ...            Ana Ruiz - holds position - pilot
    Peru's president, Ana Ruiz, ...             Ana Ruiz - holds position - president
    Ana's sons Tom and Jim                      Tom - child of - Ana
    the secretary of state Ana Ruiz             Ana Ruiz - holds position - secretary of state
    the movie Blue Rain                         Blue Rain - is - movie (`beside`)
    Tom Reed, 45, of Lima, ...                  Tom Reed - age - 45 (`ages`)

Appositions are found by their pattern (name, comma, article), because the parser finds only one in six.
Excludes lists ("Ana Ruiz, a pilot, and Tom Reed met"), noun phrases that begin a separate clause ("Ana
Ruiz, the judge ruled, lied"), and phrases beside the name that belong to another word (in "the picture on
Rex Square, a symbol of hope", the picture may be the symbol).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.clauses.clause import children
from kg.extract.naming import name_of
from kg.extract.phrases import ages, beside, sorts
from kg.extract.phrases.roles import Saying, describe, one_of, relate
from kg.extract.phrases.towns import may_contain
from kg.language import noun_phrases
from kg.model import Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARTICLES = frozenset(["a", "an", "the", "one", "his", "her", "its", "their"])
_LETTERS = re.compile(r"(?:[A-Z]\.)+[A-Z]?")  # initials of an honour or order, as in "Ana Ruiz, O.S.N."


def read(build: Builder) -> None:
    parsed = build.context.parsed
    for index, mention in enumerate(parsed.mentions):
        if mention.kind is not MentionKind.NAME or mention.relational:
            continue
        first, last = parsed.extent(mention)
        head = parsed.head(index)
        ages.read(build, head, last)
        _after(build, head, last)
        _before(build, head)
        _of_several(build, head)
        _office(build, head, first)
        beside.read(build, head, first)


def _skip_letters(build: Builder, comma: int) -> int:
    """Index of the comma after a degree or honour: the second comma in "Ana Ruiz, PhD, the mayor".

    If no degree or honour follows the comma at index `comma`, that index.
    """
    doc, words = build.context.parsed.doc, build.context.words("PostNominals")
    behind = [token.i for token in doc[comma + 1 : comma + 5] if token.text == ","]
    if comma >= len(doc) or doc[comma].text != "," or not behind:
        return comma
    letters = doc[comma + 1 : behind[0]].text.replace(" ", "")
    known = letters.replace(".", "").lower() in words or _LETTERS.fullmatch(letters)
    return behind[0] if known else comma


def _after(build: Builder, name: Token, last: int) -> None:
    """Add the description after a name: "Ana Ruiz, a pilot, ..."."""
    doc = name.doc
    comma = beside.skip_marks(build, last, 1)
    if comma + 2 < len(doc) and doc[comma].text == "," and doc[comma + 1].text.isdigit():
        comma += 2  # skips the age in "Ana Ruiz, 31, a nurse"
    comma = _skip_letters(build, comma)
    if comma + 1 >= len(doc) or doc[comma].text not in (",", "—", "–"):
        return
    if not build.context.parsed.in_one_sentence(comma, name.i):
        return
    noun = _phrase_from(build, comma + 1)
    if noun is None:
        return
    name = _described(build, name, noun)
    if any(is_otherwise(build, name, noun) for is_otherwise in _OTHERWISE):
        return
    if sorts.is_act(noun) and build.context.is_place(name):
        # The noun is a further aim in a list: "an end to the war in Peru, the repeal of a law and the end of
        # ...".
        return
    for described in _joined(noun):
        if sorts.may_be(build, name, described):
            describe(build, name, described, _saying(build, described))


def _joined(noun: Token) -> list[Token]:
    """The noun and its conjuncts, which also describe the name: "a judge and the chair of Acme"."""
    return [noun, *(t for t in noun.conjuncts if t.i > noun.i and t.pos_ == "NOUN")]


def _described(build: Builder, name: Token, noun: Token) -> Token:
    """The name that the noun describes, which is not always the nearest one.

    A noun for people describes the person in "Ana Ruiz of Peru, a pilot", not the country. Likewise in
    "Ana Ruiz was born in Lima, the daughter of a pilot"; in "Norvale, Peru, a town of weavers" the noun
    describes the town.
    """
    parsed = build.context.parsed
    if (town := _town_before(build, name)) is not None:
        return town
    if (whole := _whole_of(build, name, noun)) is not None:
        return whole
    for_people = build.context.listed(noun.lemma_.lower(), "RoleNouns", "PersonNouns", "KinshipNouns")
    if not for_people or parsed.type_of(name) == "Person" or name.dep_ != "pobj":
        return name
    above = name.head.head
    if not parsed.is_name(above) and above.dep_ == "appos" and not noun_phrases.determiner(noun):
        # in "Ana Ruiz, chair of Acme, owner of Rex Park", the second noun also describes Ana Ruiz
        above = above.head
    if above.pos_ == "VERB":
        subjects = (child for child in above.children if child.dep_ in ("nsubj", "nsubjpass"))
        above = next((child for child in subjects if above.lemma_ == "bear"), above)
    person = parsed.is_name(above) and parsed.type_of(above) == "Person"
    return above if person else name


def _whole_of(build: Builder, place: Token, noun: Token) -> Token | None:
    """The organisation whose name ends with a place, if the noun can describe only the organisation: "Reed's
    of Norvale, the paper maker".
    """
    parsed, above = build.context.parsed, place.head.head
    if place.dep_ != "pobj" or place.head.lower_ != "of" or not build.context.is_place(place):
        return None
    if build.context.listed(noun.lemma_.lower(), "PlaceNouns") or not parsed.is_name(above):
        return None
    body = build.context.ontology.is_a(parsed.type_of(above), "Organization")
    # an "'s" may be between the name and "of"
    beside = place.head.i - parsed.extent(_mention(build, above))[1] <= 1
    return above if body and beside else None


def _town_before(build: Builder, name: Token) -> Token | None:
    """The place before a comma, if the name after it is only its country or region; None otherwise."""
    first, _ = build.context.parsed.extent(_mention(build, name))
    before = name.doc[first - 2] if first >= 2 and name.doc[first - 1].text == "," else None
    if before is None or not build.context.parsed.is_name(before):
        return None
    return before if may_contain(build, name, before) else None


def _before(build: Builder, name: Token) -> None:
    """Add the description before a name and a comma: "the mayor of Lima, Ana Ruiz"."""
    comma = beside.skip_marks(build, build.context.parsed.extent(_mention(build, name))[0] - 1, -1)
    candidates = [name.head] if name.dep_ == "appos" else []
    if comma > 0 and name.doc[comma].text == ",":
        candidates += _nouns_before(build, comma)
    noun = next((n for n in candidates if name_of(n, build.context) == name), None)
    if (
        noun is None
        or beside.is_kind(build, noun)
        or _is_title(build, noun, name)
        or _names_another(build, noun, name)
        or _is_of_previous(build, noun)
        or _is_made_by(noun, name)
        or _is_of_joined(build, noun, name)
        # the name is that of the whole, not of its part: "part of the project, Blue Rain"
        or (one_of(noun) is not None and not noun_phrases.is_plural(noun))
    ):
        return
    describe(build, name, noun, _saying(build, noun))


def _of_several(build: Builder, name: Token) -> None:
    """Add the description before several names to each of them: "her children Eva and Tom Reed"."""
    first = next((each for each in (name, *name.conjuncts) if each.dep_ == "appos"), name)
    noun, parsed = first.head, build.context.parsed
    kin = noun.tag_ == "NNS" and build.context.listed(noun.lemma_.lower(), "KinshipNouns")
    if first.dep_ != "appos" or not kin or not children(first, "conj") or not parsed.is_name(first):
        return
    adjoining = parsed.extent(_mention(build, first))[0] == noun.i + 1
    if adjoining and parsed.type_of(name) == "Person":
        relate(build, name, noun, _saying(build, noun))


def _is_made_by(noun: Token, name: Token) -> bool:
    """Whether the name after the noun is that of its maker: "a poster by the painters Nine Lanterns"."""
    makers = (target for by in children(noun, "prep") if by.lower_ == "by" for target in children(by, "pobj"))
    closed = any(token.text == "," for token in noun.doc[noun.i : name.i])
    return not closed and any(noun.i < maker.i < name.i for maker in makers)


def _office(build: Builder, name: Token, first: int) -> None:
    """Add the office directly before a name if it is a noun with "of".

    As in "the secretary of state Ana Ruiz", "chair of the Rex Board Senator Ana Ruiz".
    """
    begin = first - len(_mention(build, name).title.split())
    for noun in name.lefts:
        if noun.dep_ == "nmod" and noun.lower_ in build.context.words("RoleNouns"):
            _, end = noun_phrases.wide(noun, build.context.parsed.is_time)
            if noun.i + 1 < end and end in (begin, first) and noun.nbor().lower_ == "of":
                describe(build, name, noun, _saying(build, noun))


def _saying(build: Builder, noun: Token) -> Saying:
    return Saying(noun, "is", "apposition", 0.85, build.noun_status(noun))


def _mention(build: Builder, name: Token) -> Mention:
    mention = build.context.parsed.mention(name)
    assert mention is not None  # every name is a mention
    return mention


def _nouns_before(build: Builder, comma: int) -> list[Token]:
    """The heads of noun phrases that end before the comma, the longest phrase first."""
    token = build.context.parsed.doc[comma - 1]
    is_time = build.context.parsed.is_time
    heads = [head for head in (token, *token.ancestors) if head.pos_ == "NOUN"]
    return [head for head in reversed(heads) if noun_phrases.wide(head, is_time)[1] == comma]


def _is_of_joined(build: Builder, noun: Token, name: Token) -> bool:
    """Whether the name belongs to another noun, which "and" joins to this one.

    As in "has one boat and another one, Blue Rain", "his son, Tom Reed, and nephew, Jim Holm"; not in "the
    chair and owner, Ana Ruiz".
    """
    first, _ = build.context.parsed.extent(_mention(build, name))
    named = (each for each in children(noun, "appos") if each.i < first)
    apart = {noun, *(each for each in named if build.context.parsed.is_name(each))}
    for word in noun.doc[noun.i + 1 : first]:
        if word.dep_ != "cc" or word.head not in apart:
            continue
        others = (each for each in children(word.head, "conj") if word.i < each.i < first)
        if word.head != noun or any(noun_phrases.determiner(each) or each.lower_ == "one" for each in others):
            return True
    return False


def _names_another(build: Builder, noun: Token, name: Token) -> bool:
    """Whether the noun describes an earlier name than `name`: the wife is Ana in "his wife Ana and son
    Tom".
    """
    parsed = build.context.parsed
    other = parsed.mention_index(noun.nbor()) if noun.i + 1 < name.i and parsed.is_name(noun.nbor()) else -1
    return other >= 0 and other != parsed.mention_index(name)


def _is_of_previous(build: Builder, noun: Token) -> bool:
    """Whether the noun directly follows a person's name and describes that person.

    As in "Tom Reed Former envoy to Peru, Ana Ruiz, and others", where the envoy is Tom Reed.
    """
    first, _ = noun_phrases.narrow(noun)
    before = noun.doc[first - 1] if first else noun
    parsed = build.context.parsed
    behind = before.i < noun.i and parsed.is_name(before) and parsed.in_one_sentence(before.i, noun.i)
    return behind and parsed.type_of(before) == "Person"


def _is_title(build: Builder, noun: Token, name: Token) -> bool:
    """Whether the noun is a title ("the singer Ana Ruiz"): the module `titles` handles it."""
    first, _ = build.context.parsed.extent(_mention(build, name))
    titles = len(_mention(build, name).title.split())
    return first - titles <= noun.i < first


def _phrase_from(build: Builder, at: int) -> Token | None:
    """The head of the common noun phrase that begins at token `at`, if it can be an apposition; None
    otherwise.

    An apposition begins with an article or a possessive, or its head denotes a role or a relative.
    """
    doc = build.context.parsed.doc
    first = doc[at]
    head = first
    while (
        head.dep_
        in (
            "det",
            "amod",
            "compound",
            "poss",
            "nummod",
            "nmod",
            "advmod",
            "predet",
            "case",
            "npadvmod",
            "quantmod",
        )
        and head.head.i > head.i
    ):
        head = head.head
    if not _is_common(build, head) or (
        head.i == at and head.tag_ == "NN" and head.lemma_.lower() not in build.context.words("RoleNouns")
    ):
        return None
    owned = first.dep_ == "poss" or noun_phrases.possessor(head) is not None
    bare_role = build.context.listed(head.lemma_.lower(), "RoleNouns", "KinshipNouns")
    following = doc[head.i + 1 : head.i + 3]
    if first.tag_ == "WP$":
        return None  # belongs to a relative clause: "Tom Reed, whose lawyer Ana Ruiz ..."
    if any(token.tag_ in ("WDT", "WP", "WP$") and token.head.dep_ == "prep" for token in following):
        return None  # belongs to a relative clause: "the Reeds, members of which family met"
    if len([child for child in head.lefts if child.dep_ == "det"]) > 1:
        return None  # "the pilot" describes neither name: "Tom Reed and Ana Ruiz - the former the pilot"
    if first.lower_ not in _ARTICLES and not owned and not bare_role:
        return None
    return head if head.i - at <= 10 else None


def _is_listed(_build: Builder, name: Token, noun: Token) -> bool:
    """Whether name and noun are both members of a list: "Ana, a pilot and Tom met", "Ana, a pilot, nor a
    guard".
    """
    if noun.dep_ == "conj" and noun.head.i == name.i:
        return True
    joined = [t for t in noun.conjuncts if t.i > noun.i]
    if not joined:
        return False
    if any(token.lower_ == "nor" for token in noun.doc[noun.i : joined[-1].i]):
        return True
    end = joined[-1].right_edge.i + 1
    closed = end >= len(noun.doc) or noun.doc[end].text in (",", ".", ";", ")", "—", "–")
    return not closed or any(t.pos_ == "PROPN" for t in joined)


def _is_repeated(_build: Builder, name: Token, noun: Token) -> bool:
    """Whether the noun resumes the same noun before it and does not describe the name.

    As in "The rate for Rex Bay — the rate at which ...".
    """
    return name.dep_ == "pobj" and any(above.lemma_ == noun.lemma_ for above in name.ancestors)


def _is_of_next(build: Builder, name: Token, noun: Token) -> bool:
    """Whether the noun may describe the next name: "Mr Reed, the mayor of Lima, Ms Ruiz, and others".

    Likewise where titles follow each other: "President Tom Reed, Senior Adviser to the Mayor Ana Ruiz".
    Not after "a": "a pilot" describes the name before it.
    """
    parsed, doc = build.context.parsed, noun.doc
    _, end = noun_phrases.wide(noun, parsed.is_time)
    titled = bool(_mention(build, name).title) and doc[noun_phrases.narrow(noun)[0]].text[:1].isupper()
    within = [t for t in doc[noun.i : end] if parsed.is_name(t) and parsed.type_of(t) == "Person"]
    if titled and within:
        return True
    if noun_phrases.determiner(noun) in ("a", "an") or end + 1 >= len(doc) or doc[end].text != ",":
        return False
    following = next((t for t in doc[end + 1 : end + 4] if parsed.is_name(t)), None)
    if following is None or parsed.type_of(following) != "Person" or parsed.type_of(name) != "Person":
        return False
    first, last = parsed.extent(_mention(build, following))
    honoured = all(t.text[:1].isupper() for t in doc[end + 1 : first])
    return honoured and last < len(doc) and doc[last].lower_ in (",", "and")


def _is_next_office(build: Builder, name: Token, noun: Token) -> bool:
    """Whether the named person has a title already, so that the noun may be somebody else's office.

    As in "Captain Ana Ruiz, the harbour chief, and guards", "Minister Tom Reed, Director of the Rex Office
    and ...", which list several people.
    """
    words = _mention(build, name).title.lower().split()
    office = any(build.context.listed(word, "RoleNouns") and word != "professor" for word in words)
    _, end = noun_phrases.wide(noun, build.context.parsed.is_time)
    joined = any(token.lower_ == "and" for token in noun.doc[noun.i : end + 2])
    return office and joined and noun_phrases.determiner(noun) in ("the", "")


def _is_subject(_build: Builder, name: Token, noun: Token) -> bool:
    """Whether the noun is the subject of what follows: "After the fire in Lima, the council saw ...".

    The parser may also take an apposition for the subject, but a comma ends an apposition ("Ana, a pilot,
    saw"). If the name is in a phrase before the subject, a comma proves nothing ("In Lima, the council,
    which met on Monday, saw ...").
    """
    if noun.dep_ not in ("nsubj", "nsubjpass"):
        return False
    between = noun.doc[noun.i + 1 : noun.head.i]
    open_ = not any(token.text in (",", "—", "–") for token in between)
    return open_ or any(
        part.is_ancestor(name) for part in children(noun.head, "prep", "advcl") if part.i < noun.i
    )


def _is_common(build: Builder, head: Token) -> bool:
    """Whether the head is a common noun; "MP" and "CEO" are, although the parser tags them as names."""
    if build.context.parsed.is_name(head):
        return False
    return head.pos_ == "NOUN" or head.lower_ in build.context.words("RoleNouns")


# The conditions under which a noun phrase after a name and a comma describes something other than the name.
_OTHERWISE: tuple[Callable[[Builder, Token, Token], bool], ...] = (
    _is_listed,
    _is_repeated,
    _is_subject,
    _is_of_next,
    _is_next_office,
)
