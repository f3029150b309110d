"""Finds the evidence that one mention of a name gives for its type.

    the city of Norhaven; Norhaven, Ontario     a city: by the noun before it, or by the region after it
    Lima Stadium, Union of Harbour Towns        by the head words of the name
    hits such as Amber; Salt, a web browser     a work, a product: by a list, an apposition or "is"
    Reed, 49, had left                          a person, who has an age
    Merok United beat Norhaven                  a team, because a team does not beat a place

Each piece of evidence is a class and a weight. The modules `forms`, `uses`, `adjacent` and `groups` give
further evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.language import nouns
from kg.language.names import adjacent, forms, groups, uses
from kg.language.names.grammar_words import DASHES, QUOTES
from kg.language.names.name import UNKNOWN, Name, NameSearch, is_brand, is_capital, is_genitive

if TYPE_CHECKING:
    from spacy.tokens import Token

# The weights of evidence; the unit is one vote of the model, which has one vote per mention.
SLIGHT, FAIR, STRONG, SURE = 1, 2, 4, 12

PLACES = ("Place", "City", "Region", "Facility", "Country")
# Class -> word list of nouns that denote its members; the first list that contains a noun decides.
_NOUNS = (
    ("City", "CityNouns"),
    ("Region", "RegionNouns"),
    ("MusicGroup", "MusicGroupNouns"),
    ("Company", "CompanyNouns"),
    ("PoliticalParty", "PoliticalPartyNouns"),
    ("MediaOutlet", "MediaOutletNouns"),
    ("Award", "AwardNouns"),
    ("Law", "LawNouns"),
    ("Index", "IndexNouns"),
    ("Product", "ProductNouns"),
    ("CreativeWork", "WorkNouns"),
    ("Person", "RoleNouns"),
    ("Person", "PersonNouns"),
    ("Person", "KinshipNouns"),
    ("Organization", "OrganizationNouns"),
    ("Place", "PlaceNouns"),
    ("Organization", "TeamNouns"),
)
# Classes that the head word of a name can show, by the word lists "IndexWords", "CompanyWords" and so on.
_HEADS = (
    *("Index", "Company", "GovernmentBody", "PoliticalParty", "SportsTeam", "Facility", "MediaOutlet"),
    *("Award", "Law", "Competition", "Conference", "Summit", "Attack", "Disaster", "Event"),
    *("Region", "Place", "Organization"),
)
_THINGS = ("CreativeWork", "MusicGroup", "Product", "Award", "MediaOutlet")
_MANY = (
    4  # minimum number of words of a name whose last word decides, although the model takes it for a person's
)
_LISTING = frozenset(["like", "as", "including"])
_INSIDE = ("compound", "nmod", "amod")
_SCORE = re.compile(r"\b\d{1,3} ?[-–] ?\d{1,3}\b")
_VERSION = re.compile(r"\d+\.\d+")
_MATERIAL = ("Vehicle", "Animal", "Plant")
_WHERE = ("in", "at", "near")
_OF_PLACE = ("City", "Region", "Place")


class MentionEvidence:
    """Finds the evidence for the type of each mention of a name in a document."""

    def __init__(self, text: NameSearch, names: Sequence[Name]) -> None:
        self.text = text
        self.at = {i: name for name in names for i in range(name.start, name.end)}
        people_of_two = (text.words_of(name).split() for name in names if name.type == "Person")
        self.people_words = {word for words in people_of_two if len(words) > 1 for word in words}
        self.alone = {text.words_of(name) for name in names if name.end - name.start == 1}
        self.spellings = {text.words_of(name) for name in names}

    def of(self, name: Name) -> Iterator[tuple[str, int]]:
        """The classes that a mention of a name indicates, each with its weight."""
        if name.relational:
            return
        title = self.text.doc[name.title_start : name.start]
        if name.gender or (len(title) and name.type not in PLACES):
            person = name.gender or any(
                self.text.is_role(t) and not self.text.listed(t, "AgentRoles") for t in title
            )
            person = person and not (name.end - name.start == 1 and forms.makes_substance(self.text, title))
            yield "Person", SURE if person else SLIGHT
        head = self.text.doc[name.start : name.end].root
        yield from self._own_words(name)
        yield from forms.evidence(self.text, name, STRONG, SURE)
        yield from self._county(name)
        yield from self._nouns_before(name, head)
        yield from self._nouns_behind(name, head)
        yield from self._nouns_said_of(name, head)
        yield from self._in_a_list(head)
        yield from self._in_a_chain(name)
        if name.type in ("Person", UNKNOWN) and self._is_beside_places(head):
            yield "Place", FAIR
        yield from self._surroundings(name, head)
        yield from uses.evidence(self.text, name, head, FAIR, STRONG)
        yield from adjacent.evidence(self.text, name, head, FAIR, STRONG)
        yield from groups.evidence(name, head, STRONG)
        yield from self._opponent(name, head)

    def _opponent(self, name: Name, head: Token) -> Iterator[tuple[str, int]]:
        """Evidence that the name of a place denotes a team, because places do not win.

        For example, "Merok United beat Norhaven" and "Merok lost to Norhaven 3-1".
        """
        if name.type not in _OF_PLACE:
            return
        verb = _contest_of(self.text, head)
        subjects = (child for child in verb.children if child.dep_ == "nsubj") if verb is not None else ()
        winner = next((self.at[each.i] for each in subjects if each.i in self.at), None)
        if verb is None or winner is None:
            return
        teams = winner.type in ("Organization", "SportsTeam") and head.dep_ != "nsubj"
        if teams or (winner.type in PLACES and _SCORE.search(" ".join(t.text for t in verb.subtree))):
            yield "Organization", FAIR

    def _own_words(self, name: Name) -> Iterator[tuple[str, int]]:
        """Evidence from the head word of the name, which is the last one or the one before "of".

        The evidence is weak for people's names, which may end with any word.
        """
        words = [t for t in self.text.doc[name.start : name.end] if not t.is_punct]
        plain = [t for t in words if not t.text[0].isdigit()]
        version = 0 < len(plain) < len(words) and words[-1] is not plain[-1]
        branded = bool(plain) and is_brand(plain[0]) and (len(plain) == 1 or plain[0].text in self.alone)
        if branded or (version and name.type in ("Organization", "Person")):
            yield "Product", FAIR  # a brand or a version: "iGull", "iGull Mini", "Bluebird 4"
        capitals = (t.lower_ for t in words if t.text.isupper())
        versioned = name.type not in PLACES and self._has_version(name)
        if versioned or not self.text.ontology.words["ProductWords"].isdisjoint(capitals):
            yield "Product", STRONG  # a version, or a word for products in capitals: "Bluebird OS"
        while len(words) > 1 and (words[-1].like_num or _is_numeral(words[-1])):
            words.pop()
        if len(words) < 2:
            return
        if self._is_firm(words):
            yield "Organization", STRONG
            return
        joint = next((n for n, t in enumerate(words) if n and t.lower_ in ("of", "for", "on")), len(words))
        personal = name.type == "Person" and len(words) < _MANY
        weight = SLIGHT if personal or name.type == "CreativeWork" else STRONG
        for word in dict.fromkeys((words[-1], words[joint - 1])):
            for kind in _HEADS:
                if kind != "Company" and word is words[-1] and joint < len(words):
                    continue
                if kind == "Company" and branded:
                    continue  # a product, in spite of a word for companies: "iGull Software"
                if word.lower_ in self.text.ontology.words.get(f"{kind}Words", ()):
                    body = kind == "Conference" and any(
                        map(is_genitive, self.text.doc[name.start : name.end])
                    )
                    # with a genitive, an organisation rather than a conference: "Music Makers' Forum"
                    yield "Organization" if body else kind, weight
                    return
        if (
            name.type == "Place"
            and words[0].text in gazetteer.by_name()
            and not _is_of_place(self.text, words)
        ):
            yield "Organization", FAIR  # a country with another word: "China Salt"
        if words[0].lower_ in ("mount", "lake"):
            yield "Place", weight

    def _has_version(self, name: Name) -> bool:
        """Whether the document also gives a version of the named thing: "Bluebird" beside "Bluebird 1.0"."""
        own = f"{self.text.words_of(name)} "
        return any(
            spelling.startswith(own) and _VERSION.fullmatch(spelling.removeprefix(own))
            for spelling in self.spellings
        )

    def _is_firm(self, words: Sequence[Token]) -> bool:
        """Whether the words are a person's full name, which the document also contains, and a word for firms:
        "Ana Ruiz Chambers" beside "Ana Ruiz"; not "Tom Chambers".
        """
        owner = self.text.doc[words[0].i : words[-1].i].text
        return self.text.listed(words[-1], "FirmWords") and " " in owner and owner in self.spellings

    def _county(self, name: Name) -> Iterator[tuple[str, int]]:
        """Evidence that the name denotes a county: "Norvikshire", "County Salt"; not "Shire Books"."""
        first, last = self.text.doc[name.start], self.text.doc[name.end - 1]
        county = first.lower_ == "county" and first is not last
        if name.type in PLACES and (county or last.lower_.endswith("shire")):
            yield "Region", STRONG

    def _nouns_before(self, name: Name, head: Token) -> Iterator[tuple[str, int]]:
        before = self._before(name)
        if before is not None and before.text in QUOTES and before.i:
            before = self.text.doc[before.i - 1]
        if before is not None and before.text == "The" and before.i:
            before = self.text.doc[before.i - 1]  # skips the article of a title: "the film The Salt Road"
        if before is not None and before.i not in self.text.taken and _same_phrase(before, head):
            if before.tag_ == "NNS" and self.text.listed(before, "RoleNouns") and _is_single(head):
                if name.type != "Person":
                    yield "Organization", FAIR  # plural role, one name: "said analysts Norvex"
            else:
                yield from self._by_agent(name, before)  # a noun such as "movie" in "the movie Blue Rain"
        if before is not None and self.text.listed(before, "TitlingParticiples"):
            yield from self._titled(before)

    def _nouns_behind(self, name: Name, head: Token) -> Iterator[tuple[str, int]]:
        after = self._after(name)
        if after is not None and after.pos_ == "NOUN" and head.head.i >= after.i and head.dep_ in _INSIDE:
            if self.text.listed(after, "AwardNouns"):
                yield "Award", STRONG  # as in "the Golden Goat award"
            elif self.text.listed(after, "IllnessNouns") and name.type not in PLACES:
                yield UNKNOWN, STRONG  # an illness, which has no class: "the Norv-2 pandemic"
            elif name.type == UNKNOWN and self.text.listed(head.head, "ProductNouns", "WorkNouns"):
                yield from self._by_noun(head.head, SLIGHT)  # as in "the Bluebird music player"
        if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.i == head.head.i - 1:
            noun = head.head.head
            pursuit = self.text.listed(noun, "PursuitNouns")  # as in "a game of Tarok"
            for kind, weight in self._by_noun(noun, STRONG):
                if kind in _OF_PLACE or pursuit:
                    yield kind, weight  # as in "the city of Norhaven"

    def is_called_a_thing(self, name: Name, head: Token) -> bool:
        """Whether the noun before the name denotes something that is not a person: "the hit musical Mama
        Lina".
        """
        if self.text.words_of(name) in self.people_words:
            return False  # in "the duo Ana", "Ana" may be the Ana Ruiz whom the document also names
        before = self._nouns_before(name, head)
        return any(kind in _THINGS and weight >= STRONG for kind, weight in before)

    def _titled(self, participle: Token) -> Iterator[tuple[str, int]]:
        """The class of something "titled" with the name, with its weight.

        It is the class of the noun, if that has one ("a law titled Salt"), otherwise a work ("an offering
        entitled Blue Rain").
        """
        noun = participle.head if participle.dep_ == "acl" else None
        yield from [*(self._by_noun(noun, STRONG) if noun is not None else ())] or [("CreativeWork", STRONG)]

    def _nouns_said_of(self, name: Name, head: Token) -> Iterator[tuple[str, int]]:
        """Evidence from apposition and copula: "two songs: Blue Rain", "Huaca, a temple", "Salt is a
        browser".
        """
        nouns = [child for child in head.children if child.dep_ == "appos"]
        if head.dep_ == "appos":
            nouns.append(head.head)
        elif head.dep_ == "conj" and head.head.dep_ == "appos":
            nouns.append(head.head.head)
        elif head.dep_ == "nsubj" and head.head.lemma_ == "be":
            nouns += [child for child in head.head.children if child.dep_ == "attr"]
        where = head.dep_ == "pobj" and head.head.lower_ in _WHERE
        for noun in nouns:
            if noun.i in self.text.taken:
                continue
            for kind, weight in self._by_agent(name, noun):
                # the noun describes Ana, not Kestora: "Ana was born in Kestora, the daughter of a judge"
                if kind != "Person" or not where:
                    yield kind, weight

    def _in_a_list(self, head: Token) -> Iterator[tuple[str, int]]:
        """Evidence from the noun before a list of names: "hits such as Amber", "companies including Acme"."""
        first = head
        if head.i + 1 < len(head.doc) and is_genitive(head.doc[head.i + 1]):
            return  # a possessor, not a member of the list: "hits such as Nine Lanterns’ Amber"
        while first.dep_ in ("conj", "nmod", "compound"):
            first = first.head
        noun = first.head.head
        if first.dep_ == "pobj" and first.head.lower_ in _LISTING and noun.tag_ == "NNS" and noun.i < first.i:
            yield from self._by_noun(noun, STRONG)

    def _is_beside_places(self, head: Token) -> bool:
        """Whether the name is coordinated with a country or with two other places: "Peru and Kestora", "Lima,
        Kestora and Cuzco"; not "Peru's and Reed's", nor "Lima and Reed".
        """
        names = [self.at.get(other.i) for other in head.conjuncts]
        others = [name for name in names if name is not None and not name.relational]
        country = any(name.type == "Country" for name in others)
        return country or (len(others) > 1 and all(name.type in PLACES for name in others))

    def _in_a_chain(self, name: Name) -> Iterator[tuple[str, int]]:
        """Evidence that a name denotes a town before its region, or that region: "Kanata, Ontario".

        No evidence of a town in "Norhaven, Peru".
        """
        before, after = self._before(name), self._after(name)
        if after is not None and after.text == ",":
            wider = self.at.get(name.end + 1)
            # not before the name of a country, where provinces are as frequent as towns
            if wider is not None and wider.type != "Country" and self._lies_in(name, wider):
                yield "City", FAIR
        if before is not None and before.text == ",":
            narrower = self.at.get(name.start - 2)
            if narrower is not None and name.type == "Place" and self._lies_in(narrower, name):
                yield "Region", FAIR

    def _lies_in(self, one: Name, other: Name) -> bool:
        first = self.text.doc[one.start : one.end].root
        last = self.text.doc[other.start : other.end].root
        if one.type not in ("Place", UNKNOWN) or first.dep_ == "conj":
            return False
        after = self._after(other)
        listed = after is not None and (after.text == "," or after.dep_ == "cc" or is_genitive(after))
        ends = one.type == "Place" and first.dep_ == "pobj" and not listed
        chained = last.dep_ in ("appos", "npadvmod") and first in last.ancestors
        return (chained or ends) and other.type in ("Country", "Place")

    def _surroundings(self, name: Name, head: Token) -> Iterator[tuple[str, int]]:
        before, after = self._before(name), self._after(name)
        numbered = self.text.doc[name.end - 1].like_num  # versions, not ages: "Bluebird 95, 98"
        if after is not None and after.text == "," and not numbered and _is_age(self.text, name.end + 1):
            yield "Person", STRONG
        if any(child.dep_ == "relcl" and _has_who(child) for child in head.children):
            yield "Person", FAIR
        if (
            name.type in ("CreativeWork", "Product", UNKNOWN)
            and head.text.endswith("s")
            and self._owns_a_work(name)
        ):
            yield "Organization", FAIR  # the makers of a work: "Nine Lanterns' “Slow River”"
        if before is None:
            return
        if name.type == "Person" and before.lower_ == "the" and before.head.i == head.i:
            # not a person, because of the article: "the Beatles", "the Dax"
            yield ("Group" if head.text.endswith("s") else UNKNOWN), FAIR
        if before.text == "The" and before.i and is_genitive(self.text.doc[before.i - 1]):
            yield "CreativeWork", STRONG  # capitalised article after a genitive: "Ana Ruiz's The Salt Road"
        posted = before.lower_ in ("on", "via") and self.text.listed(
            before.head, "PostingNouns", "SpeechVerbs"
        )
        if posted and name.type in ("Person", UNKNOWN):
            yield "Organization", STRONG  # the site of a post: "a post on X"

    def _owns_a_work(self, name: Name) -> bool:
        at = name.end + 2
        work = self.at.get(at) if at < len(self.text.doc) else None
        opens = work is not None and self.text.doc[at - 1].text in QUOTES
        return opens and is_genitive(self.text.doc[name.end])

    def _before(self, name: Name) -> Token | None:
        return self.text.doc[name.start - 1] if name.start else None

    def _after(self, name: Name) -> Token | None:
        return self.text.doc[name.end] if name.end < len(self.text.doc) else None

    def _by_agent(self, name: Name, noun: Token) -> Iterator[tuple[str, int]]:
        """Strong evidence from a noun. A noun that also fits people is no evidence of an organisation: "the
        film-maker Tom Reed".
        """
        for kind, weight in self._by_noun(noun, STRONG):
            if (kind, name.type) != ("Organization", "Person") or not self.text.listed(noun, "AgentNouns"):
                yield kind, weight

    def _by_noun(self, noun: Token, weight: int) -> Iterator[tuple[str, int]]:
        if noun.pos_ not in ("NOUN", "PROPN") or noun.tag_ in ("NNP", "NNPS"):
            return
        pair = f"{self.text.doc[max(noun.i - 1, 0)].lower_} {noun.lemma_.lower()}"  # such as "music player"
        for kind, words in _NOUNS:
            if self.text.listed(noun, words) or pair in self.text.ontology.words[words]:
                shared = kind == "Person" and self.text.listed(noun, "AgentRoles")
                yield kind, SLIGHT if shared else weight
                return
        if self.text.listed(noun, "IllnessNouns", "PursuitNouns"):
            yield UNKNOWN, weight
            return
        event = self.text.ontology.class_of_word.get(noun.lemma_.lower(), "")
        if event:
            yield event, weight
        elif (shares := nouns.classes(noun.lemma_.lower())) and len(shares) == 1:
            yield from ((kind, weight) for kind in shares if kind in _MATERIAL)


def _contest_of(text: NameSearch, head: Token) -> Token | None:
    """The verb of a contest in which the name denotes one side: "beat Norhaven", "lost to Norhaven", "played
    against Norhaven"; None if there is none.
    """
    verb = head.head
    if head.dep_ == "pobj":
        to, verb = verb, verb.head
        against = to.lower_ == "against" or (to.lower_ == "to" and verb.lemma_ == "lose")
        return verb if against and text.listed(verb, "MatchVerbs") else None
    lists = ("OpponentVerbs",) if head.dep_ == "dobj" else ("OpponentVerbs", "MatchVerbs")
    return verb if head.dep_ in ("nsubj", "dobj") and text.listed(verb, *lists) else None


def _same_phrase(token: Token, other: Token) -> bool:
    """Whether two tokens are in one phrase: one depends on the other, or both depend on the same head."""
    return token.head.i in (other.i, other.head.i) or other.head.i == token.i


def _is_single(head: Token) -> bool:
    """Whether the name is not one of several: not in "singers Ana Ruiz and Tom Reed"."""
    several = any(child.dep_ in ("conj", "cc", "appos") for child in head.children)
    return (
        not several
        and head.dep_ != "conj"
        and head.doc[head.i + 1 : head.i + 2].text not in (",", "and", "&")
    )


def _is_of_place(text: NameSearch, words: Sequence[Token]) -> bool:
    """Whether the words of a name show that it is a place: "Peru Valley", "Lima, Peru", "Mexico City"."""
    lists = ("PlaceWords", "RegionWords", "FacilityWords", "CityNouns", "PlaceNouns", "PlaceModifiers")
    return any(not is_capital(word) for word in words) or text.listed(words[-1], *lists)


def _is_numeral(token: Token) -> bool:
    return bool(set(token.text) <= set("IVXLC"))


def _is_age(text: NameSearch, at: int) -> bool:
    """Whether an age follows: "Reed, 49, had left"."""
    if at + 1 >= len(text.doc):
        return False
    age, comma = text.doc[at], text.doc[at + 1]
    return age.text.isdigit() and 5 < int(age.text) < 110 and comma.text in (",", *DASHES)


def _has_who(verb: Token) -> bool:
    return any(child.lower_ == "who" for child in verb.children)
