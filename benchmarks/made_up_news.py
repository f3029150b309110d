"""Makes synthetic news about a known world: Readings, and the referent of each mention.

    news(1_000, seed=1) -> 1,000 articles on some 250 stories

The news is not derived from any article. Names are made of syllables, so that some people share a first or a
family name, and a few both. A story is one event (its kind, participants, place, time) that several articles
report in different words: with another verb or noun, with full names first and family names later, with the
acronym of an organisation, with a hyphen in a name or the family name first, with the day or only the
weekday. Some stories continue: the same people meet again on another day, which is another event. Each
article also has sentences with words of its story, a comment, and a reference to an earlier event. Readings
are made without a parser, so that a benchmark measures only resolving.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from re import findall

from kg.gazetteer import countries
from kg.model import (
    Argument,
    Block,
    BlockKind,
    Claim,
    Document,
    Factuality,
    Mention,
    MentionKind,
    Metadata,
    Reading,
    Relation,
    Role,
    Segment,
    Sentence,
    TimeExpression,
)

_SYLLABLES = findall(
    r"\w+",
    "ba be bo da de dor fa fen gal go ha hel in ja kan ko la lin lo ma mer mo na nel no or pa per ra ren ri "
    "ro sa sel ta ten to va vel vi wen yo za zo",
)
_FIRST = findall(
    r"\w+",
    "Ana Ben Carla Dan Eva Finn Gil Hana Ivo Jana Kim Leo Mia Nils Olga Paul Rosa Sam Tara Uma Vera Wim "
    "Yara Zoe",
)
_ROLES = {
    "politics": ("President", "Senator", "Minister", "Governor", "Mayor"),
    "sport": ("Coach", "Goalkeeper", "Golfer"),
    "art": ("Singer", "Novelist", "Painter"),
    "justice": ("Judge", "Lawyer", "Detective"),
}
_TAILS = ("Rail Union", "Energy Group", "Trade Council", "Steel Works", "Motor Company", "Health Board")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Kind:
    """A kind of event: its class, verbs as (past, lemma), nouns, and the kinds of agent and patient."""

    type: str
    relation: str
    verbs: tuple[tuple[str, str], ...]
    nouns: tuple[str, ...]
    ends: str  # what agent and patient are: "pp" two people, "po" a person and an organisation, and so on


KINDS = (
    Kind("Meeting", "met", (("met", "meet"),), ("meeting",), "pp"),
    Kind("LegalCase", "arrested", (("arrested", "arrest"), ("detained", "detain")), ("arrest",), "pp"),
    Kind("Transaction", "bought", (("bought", "buy"), ("acquired", "acquire")), ("acquisition",), "oo"),
    Kind("Visit", "visited", (("visited", "visit"),), ("visit",), "po"),
    Kind("LegalCase", "sued", (("sued", "sue"),), ("lawsuit",), "po"),
    Kind("Competition", "defeated", (("defeated", "defeat"), ("beat", "beat")), ("defeat",), "pp"),
)  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """A person, organisation or place of the synthetic world."""

    id: str
    name: str
    type: str
    gender: str = ""
    title: str = ""
    acronym: str = ""


@dataclass(frozen=True)
class Happening:
    id: str
    kind: Kind
    one: Thing
    other: Thing
    place: Thing
    day: date


@dataclass(frozen=True)
class Article:
    """A Reading with the referents of its mentions."""

    reading: Reading
    entities: dict[int, str]  # index of a mention -> id of a Thing
    events: dict[int, str]  # index of a mention -> id of a Happening


def news(count: int, seed: int = 1) -> list[Article]:
    """`count` articles, the same for the same seed."""
    random = Random(seed)
    made = list(_written(count, random))
    random.shuffle(made)
    return made


def in_order(count: int, seed: int = 1) -> Iterator[Article]:
    """The same articles as `news` gives, but one at a time, and in the order of their ids."""
    return _written(count, Random(seed))


def _written(count: int, random: Random) -> Iterator[Article]:
    world = _World(random, max(count // 4, 5))
    done = 0
    last: Happening | None = None
    while done < count:
        happening = world.happening(last if last and random.random() < 0.2 else None)
        words = [world.word() for _ in range(12)]
        for _ in range(min(count - done, 1 + int(random.expovariate(1 / 3)))):
            yield _Writer(random, world, happening, last, words, done).article()
            done += 1
        last = happening


class _World:
    """The people and things of the world."""

    def __init__(self, random: Random, size: int) -> None:
        self.random, self.size, self.told = random, size, 0
        families = [self.word(2).title() for _ in range(size)]
        fields = sorted(_ROLES)
        self.people = []
        for n in range(2 * size):
            title = random.choice(_ROLES[random.choice(fields)])
            first = random.choice(_FIRST)
            if random.random() < 0.2:
                first += " " + random.choice(_FIRST)
            name = f"{first} {random.choice(families)}"
            self.people.append(Thing(f"person-{n}", name, "Person", random.choice("fm"), title))
        names = {f"{self.word(2).title()} {random.choice(_TAILS)}" for _ in range(size)}
        self.firms = [
            Thing(f"firm-{n}", name, "Organization", acronym="".join(word[0] for word in name.split()))
            for n, name in enumerate(sorted(names))
        ]
        cities = {self.word(3).title() for _ in range(max(size // 4, 3))}
        self.cities = [Thing(f"city-{n}", name, "City") for n, name in enumerate(sorted(cities))]
        self.countries = [Thing(c.name, c.name, "Country") for c in countries() if "(" not in c.name]

    def word(self, syllables: int = 0) -> str:
        length = syllables or self.random.choice((2, 3, 3))
        return "".join(self.random.choice(_SYLLABLES) for _ in range(length))

    def happening(self, again: Happening | None) -> Happening:
        """A new happening; with `again`, of the same kind, people and place as that one, on a later day."""
        self.told += 1
        id_ = f"happening-{self.told}"
        day = date(2026, 1, 1) + timedelta(days=self.random.randrange(365))
        if again is not None:
            later = again.day + timedelta(days=self.random.randrange(20, 200))
            return Happening(id_, again.kind, again.one, again.other, again.place, later)
        kind = self.random.choice(KINDS)
        sides = [self.random.sample(self.people if end == "p" else self.firms, 2) for end in kind.ends]
        return Happening(id_, kind, sides[0][0], sides[1][1], self.random.choice(self.cities), day)


@dataclass
class _Writer:
    """Writes one article."""

    random: Random
    world: _World
    happening: Happening
    before: Happening | None
    words: Sequence[str]
    number: int
    text: str = ""
    mentions: list[Mention] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    entities: dict[int, str] = field(default_factory=dict)
    events: dict[int, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def article(self) -> Article:
        h = self.happening
        self.tell(h, full_date=self.random.random() < 0.7)
        self.filler()
        self.look_back_at_noun(h)
        self.comment(h.one if h.one.type == "Person" else self.random.choice(self.world.people))
        self.filler()
        if self.before is not None and self.before.id != h.id and self.random.random() < 0.3:
            self.tell(self.before, full_date=True)
        self.comment(self.random.choice(self.world.people))
        self.filler()
        length = len(self.text)
        document = Document(
            f"{self.number:06}.txt",
            self.text,
            (Block(BlockKind.PARAGRAPH, 0, length),),
            (Segment(0, length, 0, length),),
            Metadata(date=(h.day + timedelta(days=1)).isoformat()),
        )
        reading = Reading(
            document, tuple(self.sentences), tuple(self.mentions), tuple(self.times), tuple(self.claims)
        )
        return Article(reading, self.entities, self.events)

    # -- sentences ---------------------------------------------------------------------------------

    def tell(self, h: Happening, *, full_date: bool) -> None:
        """Write "President Ana Ruiz met Tom Reed in Lima on 13 May 2026.", or the like."""
        start = len(self.text)
        one = self.thing(h.one)
        past, lemma = self.random.choice(h.kind.verbs)
        verb = self.mention(past, MentionKind.EVENT, h.kind.type, lemma=lemma)
        self.events[verb] = h.id
        other = self.thing(h.other)
        self.write("in")
        place = self.thing(h.place)
        self.write("on")
        time = self.time(h.day, full_date)
        self.relate(one, verb, other, h.kind.relation, time, place, known=True)
        self.end(start)

    def look_back_at_noun(self, h: Happening) -> None:
        """Write "The meeting in Lima pleased the dorgal.", or the like."""
        start = len(self.text)
        noun = self.random.choice(h.kind.nouns)
        event = self.mention(f"The {noun}", MentionKind.EVENT, h.kind.type, lemma=noun, determiner="The")
        self.events[event] = h.id
        self.write("pleased")
        self.mention(f"the {self.random.choice(self.words)}", MentionKind.NOMINAL, "Thing", determiner="the")
        self.end(start)

    def comment(self, who: Thing) -> None:
        start = len(self.text)
        person = self.thing(who)
        said = self.mention("praised", MentionKind.EVENT, "Event", lemma="praise")
        what = self.mention(
            f"the {self.random.choice(self.words)}", MentionKind.NOMINAL, "Thing", determiner="the"
        )
        self.relate(person, said, what, "praised")
        self.end(start)

    def filler(self) -> None:
        for _ in range(2):
            start = len(self.text)
            for word in self.random.sample(list(self.words), 3):
                self.mention(f"a {word}", MentionKind.NOMINAL, "Thing", determiner="a")
                self.write("near")
            if self.random.random() < 0.5:
                self.thing(self.random.choice(self.world.countries))
            self.end(start)

    # -- words -------------------------------------------------------------------------------------

    def write(self, text: str) -> int:
        """Add words; returns their offset."""
        if self.text and not self.text.endswith(" "):
            self.text += " "
        self.text += text
        return len(self.text) - len(text)

    def end(self, start: int) -> None:
        self.text += ". "
        begin = start + (self.text[start] == " ")
        self.sentences.append(Sentence(begin, len(self.text) - 1, BlockKind.PARAGRAPH))

    def mention(self, text: str, kind: MentionKind, type_: str, **more: str) -> int:
        start = self.write(text)
        head = start + text.rfind(" ") + 1
        lemma = more.pop("lemma", text.rsplit(maxsplit=1)[-1])
        self.mentions.append(
            Mention(start, start + len(text), text, kind, type_, head, start + len(text),
                    len(self.sentences), lemma, **more)  # type: ignore[arg-type]
        )  # fmt: skip
        return len(self.mentions) - 1

    def thing(self, thing: Thing) -> int:
        """A name as an article writes it: in full at first, then shorter."""
        again = thing.id in self.named
        self.named.add(thing.id)
        title = ""
        if thing.type == "Person":
            name = self.person(thing, again=again)
            title = thing.title if not again and self.chance(0.6) else ""
        elif thing.acronym and again:
            name = thing.acronym
        else:
            name = f"{thing.name} ({thing.acronym})" if thing.acronym and self.chance(0.5) else thing.name
        if title:
            self.write(title)
        index = self.mention(name, MentionKind.NAME, thing.type, title=title)
        self.entities[index] = thing.id
        return index

    def person(self, person: Thing, *, again: bool) -> str:
        """The name of a person in one of its forms: "Hana Mia Ruiz", "Hana-Mia Ruiz", "Ruiz Hana Mia"; later
        "Ruiz".
        """
        first, _, family = person.name.rpartition(" ")
        if again:
            return family
        if self.chance(0.3):
            first = first.replace(" ", "-")
        return f"{family} {first}" if self.chance(0.05) else f"{first} {family}"

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def time(self, day: date, full: bool) -> int:
        text = f"{day.day} {day:%B} {day.year}" if full else _DAYS[day.weekday()]
        start = self.write(text)
        value = day.isoformat() if full else ""
        self.times.append(TimeExpression(start, start + len(text), text, "DATE", value, value, value))
        return len(self.times) - 1

    # -- claims ------------------------------------------------------------------------------------

    def relate(
        self, one: int, verb: int, other: int, name: str, time: int = -1, place: int = -1, *,
        known: bool = False,
    ) -> None:  # fmt: skip
        event = self.mentions[verb]
        relation = Relation(event.start, event.end, event.text, name, name, known)
        self.claims.append(
            Claim(self.argument(one, Role.AGENT), relation, self.argument(other, Role.PATIENT),
                  len(self.sentences), "active", 0.9, Factuality.ASSERTED, None, time, place, verb)
        )  # fmt: skip

    def argument(self, index: int, role: Role) -> Argument:
        mention = self.mentions[index]
        return Argument(mention.start, mention.end, mention.text, role, mention=index)
