"""Adjacent names: the creator of a work, the location of a place, the affiliation of a person.

    Rain Hill's "Ice"; "Ice" by Rain Hill       Ice - created by - Rain Hill
    Acme's Swift 9 (of a product)               Swift 9 - created by - Acme
    "Snow" from the film Winter                 Snow - from - Winter
    Peru's Ana Ruiz; Ana Ruiz of Lima           Ana Ruiz - from - Peru
    Acme's Ana Ruiz; Tom Reed of Acme           Tom Reed - affiliated with - Acme
    Lima, Peru; the Rex Stadium in Lima         Lima - located in - Peru

Excludes possessives of common nouns ("Peru's economy" says only that Peru has one), and "of" between
places ("the Gulf of Mexico"), which is part of a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.extract.build import Builder
from kg.extract.clauses.clause import children
from kg.extract.phrases import roles, torn
from kg.extract.phrases.towns import may_contain
from kg.language import noun_phrases, nouns
from kg.language.names.capital_cities import capitals
from kg.language.parsed import Parsed
from kg.model import MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CHANNEL = re.compile(r"TV\d*$")  # the end of a channel's name: "RTV1"
_BODIES = ("Organization", "Place")
_MAKERS = ("Person", "Organization")
_MOSTLY = 0.5  # a noun denotes people if at least this fraction of its uses do


def read(build: Builder) -> None:
    parsed = build.context.parsed
    for index, mention in enumerate(parsed.mentions):
        if mention.kind is not MentionKind.NAME or mention.relational:
            continue
        _first, last = parsed.extent(mention)
        name = parsed.head(index)
        for link, other in _neighbours(build, name, last):
            _pair(build, name, link, other)


def _neighbours(build: Builder, name: Token, last: int) -> list[tuple[Token, Token]]:
    """The word after the name with the name that follows it: ("by", Rain Hill), (",", Peru), ("'s", Ice).

    A list of one pair, or empty.
    """
    parsed, doc = build.context.parsed, name.doc
    at = last
    while at < len(doc) and doc[at].tag_ != "POS" and (doc[at].is_quote or doc[at].text in "“”"):
        at += 1  # the apostrophe of a possessive is no quotation mark: "the Dogs' “Ice”"
    if at + 1 >= len(doc) or not parsed.in_one_sentence(at, name.i):
        return []
    link, at = doc[at], at + 1
    while at < len(doc) and not _is_proper(parsed, doc[at]) and _may_stand_between(doc[at], link):
        at += 1
    if at < len(doc) and _is_proper(parsed, doc[at]) and parsed.in_one_sentence(at, name.i):
        return [(link, doc[at])]
    return []


def _is_proper(parsed: Parsed, token: Token) -> bool:
    """Whether the token is part of a name that is used as a noun, unlike "Peruvian" in "by the Peruvian
    band Rain".
    """
    mention = parsed.mention(token) if parsed.is_name(token) else None
    return mention is not None and not mention.relational


def _may_stand_between(token: Token, link: Token) -> bool:
    """Whether the token may be between the names.

    It may be punctuation, an article, and after "by" and "from" a description of the name ("the animated
    film").
    """
    if token.is_quote or token.text in "“”" or token.dep_ == "det":
        return True
    return (
        link.lower_ in ("by", "from")
        and token.pos_ in ("ADJ", "NOUN", "VERB", "PUNCT", "ADV", "PROPN")
        and token.text != ","
    )


def _pair(build: Builder, name: Token, link: Token, other: Token) -> None:
    """Add the claim made by "'s", "by", "from", "of", "in" or a comma between two names, if any."""
    mine, theirs = _Kind(build, name), _Kind(build, other)
    word = link.lower_
    if word != "," and any(torn.is_torn(build, each) for each in (name, other)):
        return
    if word in noun_phrases.GENITIVE:
        if theirs.is_a("CreativeWork") and mine.is_a("CreativeWork"):
            if not _is_common_noun(build, other):
                _state(build, other, "from", name, link)
        elif _is_maker(mine, theirs) and not _has_maker(build, other, name) and not _airs(build, name):
            if _may_go_on(build, other):
                return
            _state(build, other, "createdBy", name, link)
        elif theirs.is_a("Person") and mine.is_a("Country", "Organization") and not _is_team(build, other):
            _state(build, other, _belonging(mine), name, link)
    elif word == "by" and mine.is_a("CreativeWork") and theirs.may_be(*_MAKERS):
        _state(build, name, "createdBy", other, link)
    elif word == "from" and mine.is_a("CreativeWork") and theirs.is_a("CreativeWork"):
        _state(build, name, "from", other, link)
    elif word == "of" and mine.is_a("Person") and _modifies(build, other):
        _of_body(build, name, link, other)
    elif (
        word == "of"
        and mine.is_a("Person")
        and not _is_team(build, name)
        and link.head.i == name.i
        and not noun_phrases.owns_next(other)
        and theirs.is_a("Organization", "Place")
        and not _is_office_of(build, name, other)
    ):
        _state(build, name, _belonging(theirs), other, link)
    elif other.i - link.i <= 2 and _is_inside(build, name, link, other):
        _state(build, name, "locatedIn", other, link)


def _may_go_on(build: Builder, title: Token) -> bool:
    """Whether a title of one common word may be the beginning of a longer one: Ana's "Ice and Snow",
    "Breakfast with Tom".
    """
    parsed, doc = build.context.parsed, title.doc
    _, end = parsed.extent(parsed.mentions[parsed.mention_index(title)])
    after = doc[end : end + 2]
    joined = len(after) == 2 and after[0].lower_ in ("and", "with", "for") and after[1].is_title
    return joined and _is_common_noun(build, title) and not any(word.is_quote for word in after)


def _is_common_noun(build: Builder, name: Token) -> bool:
    """Whether the name is a single common noun, and so the end of a longer name: "Winter's Child"."""
    text = build.context.parsed.mentions[build.context.parsed.mention_index(name)].text
    return " " not in text and bool(nouns.classes(text.lower()))


def _of_body(build: Builder, name: Token, link: Token, other: Token) -> None:
    """Add the affiliation with an organisation whose name contains a place.

    In "Ana Ruiz of the Norvale preservation office" it is with the office, not with Norvale.
    """
    body = build.context.parsed.head(build.context.parsed.mention_index(other)).head
    own = link.head.i == name.i and body.head.i == link.i and not noun_phrases.owns_next(body)
    if own and not _is_team(build, name) and _Kind(build, body).is_a("Organization"):
        _state(build, name, "affiliatedWith", body, link)


def _is_office_of(build: Builder, name: Token, other: Token) -> bool:
    """Whether the place belongs to the person's office or peerage, and is not where she is from.

    As in "Senator Ana Ruiz of Ohio" (`titles` makes that claim), "Lord Ruiz of Norvale".
    """
    parsed = build.context.parsed
    mention = parsed.mentions[parsed.mention_index(name)]
    first, _ = parsed.extent(mention)
    noun = name.doc[first - 1] if first else name
    if any(build.context.listed(word.lower_, "PeerTitles") for word in (noun, name.doc[first])):
        return True  # the place is part of the peerage: "became Lord Ruiz of Norvale"
    titled = mention.title.lower().split()[-1:] == [noun.lower_]
    if not (titled and build.context.listed(noun.lower_, "RoleNouns") and build.context.is_place(other)):
        return False
    return roles.is_institution(build, other, noun) and not roles.is_of_body(build, noun)


def _belonging(to: _Kind) -> str:
    """The relation that "of" expresses: "from" a place ("Ana Ruiz of Lima"), otherwise "affiliatedWith" ("of
    Norvex").
    """
    return "from" if to.is_a("Place") else "affiliatedWith"


def _is_inside(build: Builder, name: Token, link: Token, other: Token) -> bool:
    """Whether the first name is a place in the second: "Lima, Peru", "Rex Park in Lima"."""
    mine, theirs = _Kind(build, name), _Kind(build, other)
    if _is_planned(build, name) or _modifies(build, other):
        return False
    if link.text == ",":
        other_part = _is_listed(build, other) or _is_of_somebody(build, name, link) or _begins(build, other)
        return may_contain(build, other, name) and not (other_part or _names_thing_in(build, name, other))
    if (
        link.lower_ != "in"
        or not (mine.is_a("Place") and theirs.is_a("Place"))
        or mine.is_a("Country", "Region")
    ):
        return False
    # In "Lima faced Cusco in Oslo", the game took place in Oslo, but Cusco is not there.
    happens = name.dep_ == "dobj" and not theirs.is_a("Country", "Region")
    other_part = _is_translated(build, name) or _is_of_many(build, name) or _is_near(build, name, theirs)
    return not (happens or other_part)


def _is_near(build: Builder, name: Token, other: _Kind) -> bool:
    """Whether the name only says near which place something is, so that the place need not be in `other`.

    In "a mill near Norvale in Salt Town", only the mill is in Salt Town; in "near Norvale in Peru", Norvale
    is in Peru, too.
    """
    beside = name.dep_ == "pobj" and name.head.lower_ in build.context.words("NearPrepositions")
    return beside and not other.is_a("Country", "Region")


def _names_thing_in(build: Builder, town: Token, other: Token) -> bool:
    """Whether the second name belongs to something inside the town, rather than to a larger place around it.

    As in "at a hospital in Oslo, Nordhagen", "in an area near Norvale, Rex Hill". False for a country or
    province, which may follow the name of any town in it. After a capital, only its country is larger.
    """
    wide = _text(build, other)
    if wide in gazetteer.by_name() or wide.lower() in build.context.words("ProvinceNames"):
        return wide.lower() in build.context.words("ProvinceNames") and _is_province(build, town)
    above = town.head.head if town.dep_ == "pobj" else town
    some = noun_phrases.determiner(above) in ("a", "an") and not build.context.parsed.is_name(above)
    return _text(build, town) in capitals() or (some and above != town)


def _is_province(build: Builder, name: Token) -> bool:
    """Whether the name denotes a province and cannot denote a town: Ohio in "Ohio, Texas".

    Not for "New York, New York", nor for a town in Georgia called Georgia.
    """
    text = _text(build, name).lower()
    return text in build.context.words("ProvinceNames") and text not in build.context.words(
        "ProvincesNamedAsTowns"
    )


def _text(build: Builder, name: Token) -> str:
    return build.context.parsed.mentions[build.context.parsed.mention_index(name)].text


def _begins(build: Builder, country: Token) -> bool:
    """Whether the country is the subject of the next clause, or owns the subject; the town may be elsewhere.

    As in "In Nairobi, Peru signed it", "In Nairobi, Peru's envoy signed it".
    """
    parsed = build.context.parsed
    index = parsed.mention_index(country)
    _, last = parsed.extent(parsed.mentions[index])
    following = country.doc[last : last + 1].text
    subject = parsed.head(index).dep_ in ("nsubj", "nsubjpass") and following != ","
    return subject or following in noun_phrases.GENITIVE or _is_only_subject(country.doc, last)


def _is_only_subject(doc: Doc, last: int) -> bool:
    """Whether a verb without any other subject follows: "Opening at Rex Park, Peru scored twice"."""
    verb = doc[last] if last < len(doc) else None
    if verb is None or verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    return not children(verb, "nsubj", "nsubjpass") and verb.dep_ not in ("relcl", "acl")


def _is_planned(build: Builder, name: Token) -> bool:
    """Whether the thing with this name is only planned: "the planned Rex Tower in Lima"."""
    return any(build.context.listed(word.lower_, "PlannedMarks", "UnrealMarks") for word in name.lefts)


def _is_translated(build: Builder, name: Token) -> bool:
    """Whether the name is a translation in brackets of the name before it: "Salt Town (Villa Sal in
    Valdoran)".
    """
    parsed = build.context.parsed
    first, _ = parsed.extent(parsed.mentions[parsed.mention_index(name)])
    opening = name.doc[first - 1].text if first > 1 else ""
    return opening == "(" and parsed.is_name(name.doc[first - 2])


def _is_of_many(build: Builder, name: Token) -> bool:
    """Whether the name is one of several owners of a plural noun: "the streets of Salt Hill and Rex"."""
    first = next((each for each in name.conjuncts if each.dep_ == "pobj"), None)
    owner = first.head.head if first is not None and first.head.lower_ == "of" else None
    return owner is not None and owner.tag_ == "NNS" and not build.context.parsed.is_name(owner)


def _modifies(build: Builder, name: Token) -> bool:
    """Whether the name modifies a common noun after it: "in the Lima suburb of Rex", "in the Lima
    airport".
    """
    head = build.context.parsed.head(build.context.parsed.mention_index(name))
    noun = head.head
    return head.dep_ in ("compound", "nmod") and noun.i > head.i and not build.context.parsed.is_name(noun)


def _is_team(build: Builder, name: Token) -> bool:
    """Whether the name is a plural or follows "the", so that it is not a person's, even if classed so.

    As in "the Salt Hawks of Peru".
    """
    parsed = build.context.parsed
    first, last = parsed.extent(parsed.mentions[parsed.mention_index(name)])
    article = name.doc[first - 1].lower_ == "the" if first else False
    return article or name.doc[last - 1].tag_ == "NNPS"


def _is_maker(owner: _Kind, owned: _Kind) -> bool:
    """Whether the owner created the thing: a work by a person or an organisation, a product by a firm."""
    firm = owner.is_a("Organization") and not owner.is_a("MediaOutlet")
    return (owned.is_a("CreativeWork") and owner.may_be(*_MAKERS)) or (owned.is_a("Product") and firm)


def _airs(build: Builder, owner: Token) -> bool:
    """Whether the owner is a broadcaster or its channel, which shows what others make: "Radio Norvale's Salt
    Road"; "Norvale Two's Salt Road" if the article also mentions the broadcaster Norvale.
    """
    parsed, ontology = build.context.parsed, build.context.ontology
    words = parsed.mentions[parsed.mention_index(owner)].text.split()
    return any(map(_CHANNEL.search, words)) or any(
        ontology.is_a(mention.type, "MediaOutlet") and mention.text.split() in (words, words[:1])
        for mention in parsed.mentions
        if mention.kind is MentionKind.NAME
    )


def _has_maker(build: Builder, owned: Token, owner: Token) -> bool:
    """Whether the thing's name begins with a maker other than the owner: "Norvale Airways' Boeing 777"."""
    parsed = build.context.parsed
    first, _ = parsed.extent(parsed.mentions[parsed.mention_index(owned)])
    make = owned.doc[first].lower_
    mention = parsed.mentions[parsed.mention_index(owner)]
    return make in build.context.words("VehicleMakers") and make not in mention.text.lower()


def _is_listed(build: Builder, name: Token) -> bool:
    """Whether the name is a member of a list: "Lima, Peru and Oslo", "Lima, Peru, Oslo, and Cusco".

    A list may lack "and" if another town follows ("went to Lima, Cusco, Oslo") or if a colon introduces it
    ("Not used: Mora, Silva"), unless it names a country.
    """
    rest = name.doc[name.i :]
    parsed = build.context.parsed
    _, end = parsed.extent(parsed.mentions[parsed.mention_index(name)])
    before = name.doc[max(0, name.left_edge.i - 3) : name.left_edge.i]
    if any(token.text == ":" for token in before) and not _Kind(build, name).is_a("Country"):
        return True
    third = name.doc[end + 1] if end + 1 < len(rest.doc) and name.doc[end].text == "," else None
    if third is not None and parsed.is_name(third) and parsed.in_one_sentence(name.i, third.i):
        town = _Kind(build, third)
        if town.is_a("Place") and not town.is_a("Country", "Region", "Facility"):
            return True
    last = next((t for t in rest if not (parsed.is_name(t) or t.text == "," or t.dep_ == "det")), None)
    if last is None or last.lower_ not in ("and", "or"):
        return False
    return any(build.context.is_place(each) for each in name.doc[last.i + 1 : last.i + 3])


def _is_of_somebody(build: Builder, name: Token, comma: Token) -> bool:
    """Whether the name after the comma says who is meant by the noun before "of": "the friend of Lima, the
    United States".

    Lima is then not in the United States.
    """
    of, article = name.head, comma.nbor().dep_ == "det"
    head = of.head.lemma_.lower() if name.dep_ == "pobj" and of.lower_ == "of" else ""
    whose = build.context.listed(head, "RoleNouns") or nouns.classes(head).get("Person", 0.0) >= _MOSTLY
    return article and whose


class _Kind:
    """The class of a name, "" if unknown."""

    def __init__(self, build: Builder, name: Token) -> None:
        self.name = build.context.parsed.type_of(name)
        self.ontology = build.context.ontology

    def is_a(self, *classes: str) -> bool:
        return any(self.ontology.is_a(self.name, ancestor) for ancestor in classes)

    def may_be(self, *classes: str) -> bool:
        return not self.name or self.is_a(*classes)


def _state(build: Builder, subject: Token, name: str, object_: Token, link: Token) -> None:
    argument = build.argument(object_, Role.OTHER)
    word = "in" if link.text == "," else "of" if link.lower_ in noun_phrases.GENITIVE else link.lower_
    build.state(subject, name, argument, at=link, surface=f"is {word}", rule="possessive", confidence=0.85)
