"""Clusters the names of one document into named things, called locals.

    "Ana Ruiz ... Ms Ruiz ... Peruvian ... the Rail Union (RU) ... RU" -> Ana Ruiz, Peru, Rail Union

One name means one thing in a document, with one exception: "Ruiz" may mean different people at different
positions. A person's short name refers to somebody with a fuller name; if several are possible, to the one
who is salient at that position; if that is ambiguous, to a further person. `coreference` resolves pronouns
and descriptions ("he", "the president").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kg.gazetteer import Country, by_adjective, by_name
from kg.model import BlockKind, Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import names, types
from kg.resolve.gender import gender_of_name


class Kind(StrEnum):
    """The kinds of named things. Names of different kinds never denote the same thing."""

    AREA = "area"  # an area of the gazetteer
    PERSON = "person"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Local:
    """A named thing of one document."""

    kind: Kind
    name: str  # the fullest spelling, without "the" or "Mr"; for an area its name in the gazetteer
    key: str  # normal form of `name`; without the legal form ("Inc.") of an organisation
    mentions: tuple[int, ...]  # indices into Reading.mentions, in order; names only
    votes: Mapping[str, int]  # class -> number of votes for it by the classes of the mentions
    acronyms: frozenset[str] = frozenset()  # keys of its acronyms
    titles: frozenset[str] = frozenset()  # titles before the name, in lower case: "president"
    gender: str = ""
    # keys of possible longer forms: the name with one or two capitalised words before it in the text
    longer: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()  # for a person: nouns of titles and descriptions ("minister")

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name, normalised by `names.words`."""
        return names.words(self.name)

    @property
    def weak(self) -> bool:
        """Whether it is a person known only by a name of one word ("Ruiz"), which many people may share."""
        return self.kind is Kind.PERSON and len(self.words) == 1


@dataclass(frozen=True, slots=True)
class _Name:
    """A mention that is a name."""

    index: int  # into Reading.mentions
    mention: Mention
    spelling: str
    key: str
    plain: str  # for comparison with other names of things: key without "Inc.", "Index" or "Hurricane"
    words: tuple[str, ...]
    acronym: str  # "RU" in the single mention "Rail Union (RU)"
    area: str  # its name in the gazetteer; "" if it is no area
    vote: str  # the class for which the mention votes; "" for an adjective ("Peruvian")
    certain: bool  # whether a form of address or title shows that it is a person
    gender: str

    @property
    def sentence(self) -> int:
        return self.mention.sentence


_ONE_BEFORE, _TWO_BEFORE = (re.compile(rf"(?<!\S)(?:[A-Z][\w.&-]*[ -]){{{n}}}$") for n in (1, 2))
_REACH = 60  # number of characters before a name that are searched for capitalised words of the same name
_CLEARLY = 3  # "Korea" means the fuller name mentioned at least this many times as often as any other
_Group = tuple[Kind, str]  # kind and key: mentions that have both in common are of one thing
VAGUE = frozenset({"Person", "Organization", "Thing"})
"""Classes that the parser often gives to names that it does not know."""


def is_named(mention: Mention) -> bool:
    """Whether the mention is a name, including that of an event ("World War II")."""
    return mention.kind is MentionKind.NAME or (
        mention.kind is MentionKind.EVENT and not mention.lemma.islower() and mention.lemma != ""
    )


def locals_of(reading: Reading, ontology: Ontology) -> tuple[Local, ...]:
    """The named things of a document, in order of their first mention."""
    tails = {word for some in ("IndexWords", "IndexModifiers") for word in ontology.words.get(some, ())}
    lists = ("StormWords", "StormModifiers")
    storms = {"storm"}.union(*(ontology.words.get(some, ()) for some in lists))
    single = dwellers(reading)
    found = [
        _name(i, m, tails, storms) for i, m in enumerate(reading.mentions) if is_named(m) and i not in single
    ]
    people, others = _persons(found, ontology)
    groups: dict[int, _Group] = {}
    groups.update(_group_others(others, reading))
    kin = named_for_kin((name.index for name in people), reading, ontology)
    headed = {n.words for n in people if reading.sentences[n.sentence].block is BlockKind.TITLE}
    groups.update(_group_people(people, kin, headed, ontology))
    members: defaultdict[_Group, list[_Name]] = defaultdict(list)
    for name in found:
        members[groups[name.index]].append(name)
    return tuple(_local(group, some, reading, ontology) for group, some in members.items())


def dwellers(reading: Reading) -> frozenset[int]:
    """Indices of the mentions that refer to one person by nationality.

    For example, "The Qatari won" and "the Spaniard was sold"; not "the Qatari team won". Such a mention
    denotes neither the country nor a group.
    """
    subjects = {claim.subject.mention for claim in reading.claims}
    return frozenset(index for index in subjects if index >= 0 and _is_dweller(reading, index))


def _is_dweller(reading: Reading, index: int) -> bool:
    mention = reading.mentions[index]
    before = reading.document.text[max(mention.start - len("the "), 0) : mention.start].lower()
    return bool(mention.relational) and not mention.plural and before == "the "


def _name(index: int, mention: Mention, tails: Container[str], storms: Container[str]) -> _Name:
    text = " ".join(mention.text.split())
    acronym = ""
    if match := re.fullmatch(r"(\S.*?) ?\(([\w.&]{2,10})\)", text):
        text, acronym = match.groups() if names.may_spell(match[2], match[1]) else (text, "")
    spelling = names.clean(text)
    area = by_name().get(mention.relational or spelling)
    if area is None and mention.relational:
        area = by_adjective().get(spelling)
    relational = mention.relational
    dweller = area is not None and spelling in area.demonyms and spelling not in area.adjectives
    people = bool(relational) and (mention.plural or dweller)  # people by nationality: "Peruvians", "a Dane"
    if people:
        area, relational = None, ""
    vote = "Group" if people else "" if relational else mention.type
    key = plain = names.key(relational or spelling)
    if vote:
        own = " ".join(_own_name(spelling.split(), storms)) if vote == "Disaster" else spelling
        plain = names.index_key(own, tails) if vote == "Index" else names.organisation_key(own)
    return _Name(
        index,
        mention,
        spelling,
        key,
        plain,
        names.words(spelling),
        acronym,
        area.name if area else "",
        vote,
        bool(mention.title) or mention.gender in ("f", "m"),
        mention.gender if mention.gender in ("f", "m") else "",
    )


def _own_name(words: Sequence[str], storms: Container[str]) -> Sequence[str]:
    """The name of a storm without its kind: "Wilma" of "Tropical Storm Wilma"."""
    first = next((i for i, word in enumerate(words) if word.lower() not in storms), 0)
    return words[first:]


def _persons(found: Sequence[_Name], ontology: Ontology) -> tuple[list[_Name], list[_Name]]:
    """The names of people, and all other names.

    A form of address or a title decides; otherwise the majority of the mentions with the same spelling.
    """
    votes: Counter[str] = Counter()
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for name in found:
        if name.vote:
            kinds[name.key].add(name.vote)
            votes[name.key] += (2 if name.certain else 1) if ontology.is_a(name.vote, "Person") else -1
    full = [name.words for name in found if votes[name.key] > 0 and len(name.words) > 1]
    short = {word for words in full for word in (words[0], words[-1])}

    def is_person(name: _Name) -> bool:
        if name.certain and ontology.is_a(name.vote, "Person"):
            return True
        if name.area:  # a surname that is also a country: "Jordan", if the article also names Dana Jordan
            return votes[name.key] > 0 and bool(name.vote) and name.key in short
        # A surname alone that is labelled as an organisation is more often an error of the parser than an
        # organisation with the name of a person in the same article.
        vague = bool(name.vote) and kinds[name.key] <= VAGUE
        return votes[name.key] > 0 or (name.key in short and vague)

    return [n for n in found if is_person(n)], [n for n in found if not is_person(n)]


# -- Names of things other than people -------------------------------------------------------------


def _group_others(others: Sequence[_Name], reading: Reading) -> dict[int, _Group]:
    expansions = {**_short_companies(others), **_acronyms(others, reading)}
    areas = Counter(name.area for name in others if name.area)
    groups: dict[int, _Group] = {}
    for name in others:
        if name.area:
            area = name.area if name.mention.relational else _fuller_area(name.area, areas)
            groups[name.index] = (Kind.AREA, area)
        else:
            groups[name.index] = (Kind.OTHER, expansions.get(name.plain, name.plain))
    return groups


def _short_companies(others: Sequence[_Name]) -> dict[str, str]:
    """Key of a company's one-word name -> key of its full name ("Norvex" -> "Norvex Motor Company").

    Only if no other company's name begins with that word, and the full name has a legal form ("Company"):
    "Norvex Pictures" may be a part of Norvex.
    """
    companies = [name for name in others if name.vote == "Company" and not name.area]
    longer: defaultdict[str, set[str]] = defaultdict(set)  # first word -> keys of longer names
    for name in companies:
        if len(name.words) > 1 and name.plain != name.words[0]:
            longer[name.words[0]].add(name.plain)
    legal = {name.plain for name in companies if name.plain != name.key}
    alone = {name.plain for name in companies if len(name.words) == 1}
    return {
        short: min(longer[short]) for short in alone if len(longer[short]) == 1 and longer[short] <= legal
    }


def _fuller_area(area: str, areas: Mapping[str, int]) -> str:
    """The longer area name for which `area` is short: "South Korea" for "Korea".

    It is the only one in the article that ends with `area`, or the one named far more often than the others.
    If there is none, or if `area` itself is a country, the result is `area`.
    """
    fuller = sorted((other for other in areas if other.endswith(" " + area)), key=lambda one: -areas[one])
    if not fuller or isinstance(by_name()[area], Country):
        return area
    clear = len(fuller) == 1 or areas[fuller[0]] >= _CLEARLY * areas[fuller[1]]
    return fuller[0] if clear else area


def _acronyms(others: Sequence[_Name], reading: Reading) -> dict[str, str]:
    """Key of each acronym -> key of its expansion in this document, if there is only one."""
    plain = [name for name in others if not name.area and name.vote]
    full = {n.plain: n.spelling for n in plain if len(n.words) > 1 and not names.is_acronym(n.spelling)}
    told: defaultdict[str, set[str]] = defaultdict(set)
    for before, after in pairwise(plain):
        between = reading.document.text[before.mention.end : after.mention.start]
        closed = reading.document.text.startswith(")", after.mention.end)
        begins = closed and names.may_begin(after.spelling, before.spelling)
        if between in ("(", " (") and (begins or names.may_spell(after.spelling, before.spelling)):
            told[after.plain].add(before.plain)
    for name in plain:
        if name.acronym:
            short = names.key(name.acronym)
            told[short].add(name.plain)
            told[names.index_key(short, ())].add(name.plain)
    for name in plain:
        if names.is_acronym(name.spelling) and name.plain not in told:
            told[name.plain] |= {key for key, text in full.items() if names.spells(name.spelling, text)}
    return {short: next(iter(keys)) for short, keys in told.items() if len(keys) == 1 and short not in keys}


# -- People ----------------------------------------------------------------------------------------


def _group_people(
    people: Sequence[_Name], kin: Container[int], headed: Iterable[tuple[str, ...]], ontology: Ontology
) -> dict[int, _Group]:
    """Index of each name of a person -> the group of the person, whose key is that of the fullest name.

    `kin`: the result of `named_for_kin`; `headed`: the words of the names in the headline.
    """
    forms = _Forms(name.words for name in people)
    late = _late_relatives(people, kin)
    royal = _royal(people, ontology)
    fuller = {
        form: _fuller(form, set() if form in royal else forms.fuller(form) - late.get(form, set()))
        for form in forms.all
    }
    topics = {fuller[words][0] for words in headed if len(words) > 1 and len(fuller[words]) == 1}
    bearers = _Bearers(people, fuller, kin, topics, ontology)
    return {name.index: (Kind.PERSON, bearers.choose(name)) for name in people}


def _royal(people: Sequence[_Name], ontology: Ontology) -> frozenset[tuple[str, ...]]:
    """The given names that are not short for anything, because a royal title precedes them.

    In "Prince Carl", "Carl" is not short for Carl Reed. Not included: "Omar" of "Prince Omar" if the article
    also has "Prince Omar Hassan".
    """
    titles = ontology.words.get("RoyalTitles", frozenset())
    titled = {name.words for name in people if name.mention.title.lower().rpartition(" ")[2] in titles}
    longer = [form for form in titled if len(form) > 1]
    single = (form for form in titled if len(form) == 1)
    return frozenset(form for form in single if not any(names.abbreviates(form, one) for one in longer))


def _late_relatives(
    people: Sequence[_Name], kin: Container[int]
) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """Each name -> those of its fuller names that it is not short for, because they first occur later in the
    document, and only for somebody's relative.

    For example, Reed is not Tom Reed in "Reed was born in Lima, the son of the banker Tom Reed".
    """
    first: dict[tuple[str, ...], int] = {}
    for name in people:
        first.setdefault(name.words, name.index)
    told = {name.words for name in people if name.index not in kin}
    relatives = _Forms(form for form in first if form not in told)
    return {form: {one for one in relatives.fuller(form) if first[one] > at} for form, at in first.items()}


class _Forms:
    """The names of people, indexed by first and last word.

    Every short name shares its first or its last word with the fuller name.
    """

    def __init__(self, some: Iterable[tuple[str, ...]]) -> None:
        self.all = frozenset(some)
        self.by_end: defaultdict[tuple[int, str], set[tuple[str, ...]]] = defaultdict(set)
        for form in self.all:
            for end in self._ends(form):
                self.by_end[end].add(form)

    def fuller(self, form: tuple[str, ...]) -> set[tuple[str, ...]]:
        """The longer names that `form` may be short for."""
        near = {other for end in self._ends(form) for other in self.by_end.get(end, ())}
        return {other for other in near if names.abbreviates(form, other)}

    @staticmethod
    def _ends(form: tuple[str, ...]) -> list[tuple[int, str]]:
        words, _ = names.generation(form)
        return [(at, words[at]) for at in (0, -1)] if words else []


def _fuller(form: tuple[str, ...], longer: set[tuple[str, ...]]) -> list[str]:
    """Keys of the fullest of the names `longer`, sorted; the key of `form` itself if `longer` is empty."""
    fullest = [one for one in longer if not any(names.abbreviates(one, other) for other in longer)]
    return sorted({"".join(one) for one in fullest or [form]})


def named_for_kin(some: Iterable[int], reading: Reading, ontology: Ontology) -> set[int]:
    """Those of the mentions `some` that name a person only as somebody's relative.

    For example, "the son of the banker Tom Reed", "Tom Reed's son", "her father, Tom Reed", "her parents, Tom
    Reed and Ana Ruiz", "born to Tom Reed". A surname after such a mention still refers to the main person.
    Not included: a relative who speaks ("her father, Tom Reed, said"), because "Reed" may then be the
    relative.
    """
    nouns = "|".join(sorted(ontology.words.get("KinshipNouns", ())))
    before = re.compile(rf"\b(?:(?:{nouns})(?:s|ren)? (?:of|to)|born to) [^,.;:()“”\"]*$", re.IGNORECASE)
    after = re.compile(rf"['’]s? (?:\w+ )?(?:{nouns})\b")
    # a plural noun and the names before the last one: "parents, Tom Reed and [Ana Ruiz]"
    several = r"(?:s,? (?:[A-Z][\w.'’-]*[ ,]+)*(?:and )?)"
    beside = re.compile(rf"(?i:\b(?:his|her|their) (?:\w+ ){{0,2}}(?:{nouns}))(?:,? |{several})$")
    heard = {claim.subject.mention for claim in reading.claims if claim.projection == "content"}
    found = set()
    for index in some:
        mention = reading.mentions[index]
        text = reading.document.text[reading.sentences[mention.sentence].start : mention.start]
        owned = beside.search(text) and index not in heard
        if owned or before.search(text) or after.match(reading.document.text, mention.end):
            found.add(index)
    return found


class _Bearers:
    """A pass over the document that chooses the bearer of each person's name, using the previous choices."""

    def __init__(
        self,
        people: Sequence[_Name],
        fuller: Mapping[tuple[str, ...], list[str]],
        kin: Container[int],
        topics: Container[str],
        ontology: Ontology,
    ) -> None:
        self.fuller = fuller
        self.kin = kin
        self.topics = topics  # keys of people whom the headline names in full
        self.opening: dict[int, str] = {}  # sentence -> key of the first person named in it
        self.gender: dict[str, str] = {}
        full = (name.words for name in people if len(name.words) > 1)
        self.given = {"".join(words): gender_of_name(words, ontology) for words in full}
        self.titles: defaultdict[str, set[str]] = defaultdict(set)
        self.last: dict[str, int] = {}  # person -> sentence of the last mention by full name
        self.latest: dict[str, int] = {}  # person -> sentence of the last mention by any name
        self.established: dict[tuple[str, ...], str] = {}  # short name -> the first person called so
        for name in people:
            if len(fuller[name.words]) == 1:
                self.titles[fuller[name.words][0]].add(names.title_key(name.mention.title))

    def choose(self, name: _Name) -> str:
        """The key of the person whom the next name means."""
        candidates = self.fuller[name.words]
        fits = [one for one in candidates if self._fits(name, one)]
        chosen = fits[0] if len(fits) == 1 else self._nearest(name, fits)
        if not chosen:  # ambiguous: the name is assigned to a further person
            return "/".join(("".join(name.words), name.gender))
        if name.index not in self.kin:
            self.opening.setdefault(name.sentence, chosen)
        if name.gender:
            self.gender.setdefault(chosen, name.gender)
        if name.index not in self.kin:
            self.latest[chosen] = name.sentence
        if len(candidates) == 1 and "".join(name.words) == chosen:
            if name.index not in self.kin:
                self.last[chosen] = name.sentence
        else:
            self.established.setdefault(name.words, chosen)
        return chosen

    def _fits(self, name: _Name, one: str) -> bool:
        known = self.gender.get(one, "")
        # the given name of the fuller form can exclude it: "Ms Ruiz" is not Tom Ruiz
        if not known and "".join(name.words) != one:
            known = self.given.get(one, "")
        return not (known and name.gender and known != name.gender)

    def _nearest(self, name: _Name, fits: Sequence[str]) -> str:
        """The key of one of several possible bearers; "" if ambiguous.

        The first of these rules that applies decides: the only one with this title or gender; the one in the
        headline; the one meant by this short name before (ambiguous if another was mentioned by full name
        since); the last one mentioned by full name.
        """
        title = names.title_key(name.mention.title)
        titled = [one for one in fits if title and title in self.titles[one]]
        gendered = [one for one in fits if name.gender and self.gender.get(one) == name.gender]
        for told in (titled, gendered):
            if len(told) == 1:
                return told[0]
        if topic := self._topic(name, fits):
            return topic
        usual = self.established.get(name.words, "")
        if usual in fits:
            since = max((self.last.get(one, -1) for one in fits if one != usual), default=-1)
            return usual if since <= self.latest.get(usual, -1) else ""
        latest = max((self.last[one] for one in fits if one in self.last), default=-1)
        nearest = [one for one in fits if self.last.get(one) == latest]
        return nearest[0] if len(nearest) == 1 else ""

    def _topic(self, name: _Name, fits: Sequence[str]) -> str:
        """The only possible bearer whom the headline names; "" if there is none.

        An article calls the person in its headline by surname, and that person's relatives by full name. Also
        "" if this sentence or the previous one begins with another bearer: "Tom Ruiz is her brother. Ruiz
        ...".
        """
        topics = [one for one in fits if one in self.topics]
        begun = {self.opening.get(name.sentence - 1), self.opening.get(name.sentence)} & set(fits)
        return topics[0] if len(topics) == 1 and begun <= set(topics) else ""


# -- Locals ----------------------------------------------------------------------------------------


def _local(group: _Group, members: Sequence[_Name], reading: Reading, ontology: Ontology) -> Local:
    kind, key = group
    votes: Counter[str] = Counter()
    for name in members:
        if name.vote:
            # whether the parser took a person's surname for something else, such as a company
            surname = kind is Kind.PERSON and name.vote in VAGUE
            votes["Person" if surname else name.vote] += 2 if name.certain else 1
    if kind is Kind.OTHER and ontology.is_a(types.decide(votes, ontology), "Place"):
        kind = Kind.PLACE
    genders = {name.gender for name in members if name.gender}
    return Local(
        kind=kind,
        name=key if kind is Kind.AREA else fullest(Counter(name.spelling for name in members)),
        key=key,
        mentions=tuple(name.index for name in members),
        votes=votes,
        acronyms=frozenset(
            names.index_key(text, ()) if name.vote == "Index" else names.key(text)
            for name in members
            for text in (name.acronym, name.spelling)
            if kind is not Kind.PERSON and names.is_acronym(text)
        ),
        titles=frozenset(t for name in members if (t := names.title_key(name.mention.title))),
        gender=genders.pop() if len(genders) == 1 else "",
        longer=frozenset(key for name in members for key in _longer(name, reading)),
    )


def _longer(name: _Name, reading: Reading) -> Iterator[str]:
    """Keys of possible longer forms of a name, in case the parser found only a part of the name.

    For example, "Bright Stars" for "Stars" if "Bright" precedes in the text.
    """
    start = name.mention.start
    before = reading.document.text[max(start - _REACH, 0) : start]
    for found in (_ONE_BEFORE.search(before), _TWO_BEFORE.search(before)):
        if found and not name.mention.title:
            yield names.key(found[0] + name.spelling)


def fullest(spellings: Mapping[str, int]) -> str:
    """The best of several spellings of one thing (spelling -> how often it occurs).

    The one with the most words (a company's legal form does not count). Among spellings with equally many
    words, those in capitals or with a possessive "'s" come last; then the most frequent one is chosen, then
    the first by code point.

    >>> fullest({"Ruiz": 9, "Ana Ruiz": 1, "RUIZ": 3, "Ana Ruiz's": 2})
    'Ana Ruiz'
    """

    def rank(spelling: str) -> tuple[int, bool, bool, int, bool, str]:
        parts = names.words(spelling)
        bare = names.organisation_key(spelling) != names.key(spelling)
        letters = len("".join(parts))
        shouted = spelling.isupper() and letters > 4 and len(parts) > 1
        slipped = spelling.endswith(("'s", "’s"))
        return (-len(parts) + bare, shouted, slipped, -spellings[spelling], bare, spelling)

    return min(spellings, key=rank) if len(spellings) > 1 else next(iter(spellings))
