"""The nouns and modifiers that an article uses for the things that it names.

    "Ana Ruiz, the Peruvian minister"           minister; Peru
    "President Ana Ruiz"                        president
    "the Lima Lantern Festival"                 festival; lima, lantern
    "the Bank of Norhaven"                      bank; norhaven
    "budget airline Norvex"                     airline; budget
    "Merok district"                            district
    "a song called Salt"                        song
    "Merok mayor Tom Reed"                      Merok: city, town

The left column is the text; the right column lists the nouns and, after a semicolon, the modifiers. The name
or adjective of a country counts as a modifier ("Peruvian", "Peru's"), and so does the possessor ("her son").
Other articles are not used, nor are words before names of people that are not titles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.gazetteer import by_adjective, by_name
from kg.model import Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import names, wordnet
from kg.resolve.document.things import DEFINITE, without_article
from kg.resolve.document.within import Kind, Local

_ADDRESS = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "madam"}
)  # forms of address; unlike titles such as "president", they do not help to identify a person
# Word lists of nouns that can be the head of an organisation's or a place's name ("Ministry of Health").
_HEADS = (
    "OrganizationWords",
    "GovernmentBodyWords",
    "SubjectBodies",
    "FacilityWords",
    "RegionNouns",
    "CityNouns",
)
# Word lists of nouns that can stand before a name and say what it is ("budget airline Norvex").
_DESCRIPTORS = (
    *("OrganizationNouns", "CompanyNouns", "MediaOutletNouns", "BodyNouns", "WorkNouns", "ProductNouns"),
    *("DeviceNouns", "RegionNouns", "CityNouns", "PlaceNouns", "LawNouns", "AwardNouns", "EventWords"),
)
_PLACES = ("PlaceNouns", "RegionNouns", "CityNouns", "FacilityWords")
_WIDE_PLACES = frozenset({"region", "city", "site", "building"})
# Title of a person -> nouns for the place before the title: Merok in "Merok mayor Tom Reed" is a city or
# town.
_GOVERNED = {
    "mayor": ("city", "town"),
    "governor": ("state", "province"),
    "chief minister": ("state",),
}
_REACH = 30  # characters before a description that are searched for a word such as "former"
_LOWER_RANKS = frozenset({"deputy", "vice", "assistant", "associate", "junior", "sub", "under", "shadow"})
_RANKS = _LOWER_RANKS | {"chief", "prime"}
# Function words, which do not help to distinguish two referents.
_SMALL = frozenset(
    {"the", "a", "an", "of", "in", "for", "to", "at", "on", "and", "s", "s'", "this", "that", "by", "from"}
)
_BEFORE = re.compile(r"((?:[A-Za-z][\w'’-]* ){1,4})[“\"‘']?$")  # up to four words before a name
_AFTER = re.compile(r" ([a-z]+)\b")  # the word after a name
_CALLED = re.compile(
    r",? ?(?:called|named|titled|entitled|dubbed|known as|codenamed|code-named),? (?:the )?[“\"‘']?$"
)
_DEFINITE = DEFINITE | {"its", "his", "her", "their"}


@dataclass(frozen=True, slots=True)
class Called:
    """A noun by which the article calls a thing."""

    noun: str
    at: int  # index of the mention that shows this; only later descriptions can use the noun for the thing
    past: bool = False  # whether the noun no longer applies: "former president"


class Designations:
    """The nouns and modifiers by which a document calls its named things."""

    def __init__(
        self,
        reading: Reading,
        locals_: Sequence[Local],
        owner: Mapping[int, int],
        described: Mapping[int, int],
        ontology: Ontology,
    ) -> None:
        self.reading, self.locals, self.owner, self.ontology = reading, locals_, owner, ontology
        self.past = ontology.words.get("PastMarks", frozenset())
        self.heads = frozenset().union(*(ontology.words.get(name, ()) for name in _HEADS))
        self.descriptors = frozenset().union(*(ontology.words.get(name, ()) for name in _DESCRIPTORS))
        self.starts = [mention.start for mention in reading.mentions]
        # offset -> (mention that ends there, its named thing)
        self.ending: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for index, i in owner.items():
            self.ending[reading.mentions[index].end].append((index, i))
        self.places = _WIDE_PLACES.union(*(ontology.words.get(name, ()) for name in _PLACES))
        self.nouns: defaultdict[int, list[Called]] = defaultdict(list)
        self.words: defaultdict[int, set[str]] = defaultdict(set)
        # description -> the thing that it names: "the project called Salt" -> Salt
        self.named: dict[int, int] = {}
        for i, local in enumerate(locals_):
            self._by_name(i, local)
        for index, i in sorted(described.items()):
            self._described(index, i)
        for index, mention in enumerate(reading.mentions):
            if mention.kind is MentionKind.NOMINAL and not mention.plural and mention.determiner:
                self._naming(index, mention)

    def dwellers(self, area: str, before: int) -> list[int]:
        """Indices of the people known to be from a country who are mentioned before the mention `before`."""
        word = _area(area)
        return [
            i
            for i, local in enumerate(self.locals)
            if local.kind is Kind.PERSON and local.mentions[0] < before and word in self.words[i]
        ]

    def words_of(self, mention: Mention) -> frozenset[str]:
        """The words of a description without its noun and without function words.

        The name or adjective of a country becomes "@" and the country's name: "Peruvian" is "@Peru".
        """
        start, end = mention.head_start - mention.start, mention.head_end - mention.start
        areas = [(m, i) for m, i in self.within(mention) if self.locals[i].kind is Kind.AREA]
        text = list(mention.text)
        text[start:end] = " " * (end - start)
        found = set()
        for index, i in areas:
            area = self.reading.mentions[index]
            text[area.start - mention.start : area.end - mention.start] = " " * (area.end - area.start)
            found.add(_area(self.locals[i].name))
        return frozenset(found | _content(without_article("".join(text))))

    def within(self, mention: Mention) -> list[tuple[int, int]]:
        """The resolved mentions inside a description and its possessor, as pairs of mention and `Local`."""
        found = {m for m in (mention.possessor,) if m >= 0}
        first, last = bisect_left(self.starts, mention.start), bisect_left(self.starts, mention.end)
        for index in range(first, last):
            other = self.reading.mentions[index]
            if other.end <= mention.end and other is not mention:
                found.add(index)
        return [(m, self.owner[m]) for m in sorted(found) if m in self.owner]

    def whose(self, mention: Mention) -> str:
        """An artificial word for the referent of the possessor: the same for "Ruiz's" and for "her".

        "" if the description has no possessor, if its referent is unknown, or if it is a country.
        """
        i = self.owner.get(mention.possessor, -1) if mention.possessor >= 0 else -1
        return f"@@{i}" if i >= 0 and self.locals[i].kind is not Kind.AREA else ""

    def called(self, noun: str, before: int) -> dict[int, bool]:
        """Index of each thing called by a noun or a hyponym before the mention `before` -> whether only
        formerly ("former president").
        """
        found: dict[int, bool] = {}
        for i, some in self.nouns.items():
            fits = [one for one in some if one.at < before and wordnet.is_wider(noun, one.noun)]
            if fits:
                found[i] = all(one.past for one in fits)
        return found

    # -- Sources --------------------------------------------------------------------------------

    def _by_name(self, i: int, local: Local) -> None:
        """Record the nouns and modifiers that the name itself and the words beside it contain."""
        first = local.mentions[0]
        self.words[i].update(word for m in local.mentions for word in names.words(self._text(m)))
        self.words[i].update(local.words)
        for word in self._text(first).replace("'s", "").replace("’s", "").split():
            area = by_name().get(word) or by_adjective().get(word)
            if area is not None:
                self.words[i].add(_area(area.name))
        if local.kind in (Kind.OTHER, Kind.PLACE) and len(local.words) > 1:
            for noun in {local.words[-1], *_before_of(local.words, self.heads)}:
                self.nouns[i].append(Called(noun, first))
        for index in local.mentions:
            mention = self.reading.mentions[index]
            if mention.kind is not MentionKind.NAME or mention.relational:
                continue
            if local.kind is Kind.PERSON:
                self._titled(i, index, mention)
                self._from(i, index)
            else:
                self._beside(i, index, mention)

    def _titled(self, i: int, index: int, mention: Mention) -> None:
        """Record the title before a name, as nouns and as modifiers.

        In "former Peruvian foreign minister Ana Ruiz", "foreign minister" is a noun that no longer applies.
        """
        title = names.words(mention.title) if mention.title else ()
        if not title or title[-1] in _ADDRESS:
            return
        start = self.reading.sentences[mention.sentence].start
        text = self.reading.document.text[start : mention.start]
        before = _phrase(text[: text.rfind(mention.title)])
        past = bool(self.past & {*map(str.lower, before), *title} or title[0] == "ex")
        self._governed(" ".join(title), mention)
        full = (*(word.lower() for word in before[-1:] if word.lower() in _LOWER_RANKS), *title)
        phrases = list(_unranked(full))
        if _RANKS.isdisjoint(full):
            nouns = self.ontology.words.get("RoleNouns", frozenset())
            phrases += [word for word in title if word in nouns or word == title[-1]]
        self.nouns[i] += [Called(phrase, index, past) for phrase in phrases]
        self.words[i].update(title, self._plain(before))

    def _from(self, i: int, index: int) -> None:
        """Record the country before the name: "Peru's Ana Ruiz", "Peruvian Ana Ruiz"."""
        area = self.reading.mentions[index - 1]
        between = self.reading.document.text[area.end : self.reading.mentions[index].start]
        one = self.owner.get(index - 1, -1) if index else -1
        if one >= 0 and self.locals[one].kind is Kind.AREA and between.strip("'’s ") == "":
            self.words[i].add(_area(self.locals[one].name))

    def _governed(self, title: str, person: Mention) -> None:
        """Record the nouns that a title implies for the place before it.

        In "Merok mayor Tom Reed", they are "city" and "town", for Merok.
        """
        start = person.start - len(person.title) - 1
        for index, i in self.ending.get(start - 1, ()):
            if self.locals[i].kind in (Kind.PLACE, Kind.OTHER):
                self.nouns[i] += [Called(noun, index) for noun in _GOVERNED.get(title, ())]

    def _beside(self, i: int, index: int, mention: Mention) -> None:
        """Record the noun before or after the name: "budget airline Norvex", "Merok district".

        After "the", a noun before the name is not recorded if a word follows the name, which may be the verb
        of a relative clause: in "the airline Norvex left", Norvex is not the airline.
        """
        start = self.reading.sentences[mention.sentence].start
        text = self.reading.document.text
        before, after = _phrase(text[start : mention.start]), _AFTER.match(text, mention.end)
        others = [word for word in before[:-1] if word[:1].isupper() and word not in by_adjective()]
        # the noun belongs to another name, as in "Lima district Norvex"
        anothers = bool(others) and before[-1] in self.places
        if (
            before
            and before[-1] in self.descriptors
            and not anothers
            and not (_DEFINITE & set(before) and after)
        ):
            self._call(i, before[-1], index)
            self.words[i].update(self._plain(before))
        regions = self.ontology.words.get("RegionNouns", frozenset())
        if after and after[1] in regions:
            self._call(i, after[1], index)

    def _described(self, index: int, i: int) -> None:
        """Record the words of a description that is predicated of a thing: "Ruiz is a chief judge"."""
        mention = self.reading.mentions[index]
        words = self.words_of(mention)
        start = max(mention.start - _REACH, 0)
        before = self.reading.document.text[start : mention.start].lower().split()[-1:]
        past = bool(self.past & {*words, *before})
        text = mention.text[: mention.head_end - mention.start]
        phrase = names.words(without_article(text))
        # the last two words, because they may be one noun: "chief judge"
        nouns = {*_unranked(phrase[-2:] if _LOWER_RANKS.isdisjoint(phrase) else phrase)}
        nouns |= {" ".join(phrase)}
        nouns |= {mention.lemma} if _RANKS.isdisjoint(words) else set()
        for noun in sorted(nouns):
            self._call(i, noun, index, past=past)
        self.words[i].update(words - self.past, {self.whose(mention)} - {""})

    def _call(self, i: int, noun: str, index: int, *, past: bool = False) -> None:
        """Record a noun for a thing; for a country or place, only if it is a noun for places."""
        last = noun.rpartition(" ")[2]
        place = not self.places.isdisjoint((last, *wordnet.wider(last)))
        if self.locals[i].kind not in (Kind.AREA, Kind.PLACE) or place:
            self.nouns[i].append(Called(noun, index, past))

    def _naming(self, index: int, mention: Mention) -> None:
        """Record the noun before "called" and a name: "song" in "a song called Salt"."""
        for other in range(index + 1, min(index + 4, len(self.reading.mentions))):
            name = self.reading.mentions[other]
            between = self.reading.document.text[mention.end : name.start]
            if other in self.owner and name.kind is MentionKind.NAME and _CALLED.fullmatch(between):
                i = self.owner[other]
                if self.locals[i].kind in (Kind.OTHER, Kind.PLACE):
                    self.named[index] = i
                    self._call(i, mention.lemma, index)
                    self.words[i].update(self.words_of(mention))
                return

    # -- Words ----------------------------------------------------------------------------------

    def _text(self, index: int) -> str:
        return self.reading.mentions[index].text

    def _plain(self, some: Sequence[str]) -> Iterator[str]:
        """The words `some`, normalised; the name or adjective of a country becomes "@" and its name."""
        for word in some:
            area = by_adjective().get(word.removesuffix("s").removesuffix("'")) or by_adjective().get(word)
            area = area or by_name().get(re.sub(r"['’]s?$", "", word))
            yield _area(area.name) if area is not None else names.words(word)[0]


def _unranked(title: Sequence[str]) -> Iterator[str]:
    """The whole title, and each pair of adjacent words in it that is not after a lower rank.

    "Former foreign minister" gives "foreign minister", but "deputy prime minister" not "prime minister".
    """
    yield " ".join(title)
    for at, pair in enumerate(pairwise(title)):
        if _LOWER_RANKS.isdisjoint(title[:at]):
            yield " ".join(pair)


def _area(name: str) -> str:
    """The artificial word for a country: "@Peru"."""
    return f"@{name}"


def _content(text: str) -> set[str]:
    return {word for word in names.words(text) if word not in _SMALL} - {""}


def _phrase(text: str) -> list[str]:
    """The last words of the text that can belong to one noun phrase: at most four, all after any
    preposition or "and".
    """
    found = _BEFORE.search(text)
    words = found[1].split() if found else []
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower() in _SMALL - {"the", "this", "that", "a", "an"}:
            return words[at + 1 :]
    return words


def _before_of(words: Sequence[str], heads: Collection[str]) -> Iterator[str]:
    """The noun before "of" or "for" in a name, if it is a common noun: "ministry" of "Ministry of Health",
    "battle" of "Battle of Lima".
    """
    for noun, joint in pairwise(words):
        if joint in ("of", "for") and (noun in heads or wordnet.wider(noun) or wordnet.happens(noun)):
            yield noun
            return
