"""The data types of kg, from an article's bytes to statements about the world.

    Document --parse, extract--> Reading (Mentions, TimeExpressions, Claims) --resolve--> Knowledge

A *mention* and a *claim* refer to words of one document; an *entity*, an *event* and a *statement* are about
the world. Everything is frozen, hashable by value, and free of library types, so that a Reading can be
written to disk, compared, or sent to another process.

Offsets are character offsets, end exclusive. Those of mentions, times and claims count in `Document.text`;
those of `Evidence` count in the decoded file (`Document.locate` converts them).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten


class Factuality(StrEnum):
    """How the text presents a claim. Only ASSERTED claims can become plain facts (`Doubt`)."""

    ASSERTED = "asserted"  # the article itself says that it is or was so
    REPORTED = "reported"  # attributed to somebody in the article
    PLANNED = "planned"  # intended or scheduled
    POSSIBLE = "possible"  # may, could, if, a question
    NEGATED = "negated"  # the text says that it is not so


class Doubt(StrEnum):
    """Why a statement is not a plain fact: the complete table of reasons, as worded in the output files.

    Those of the first part are visible in the sentence (`Claim.lost`, `kg.extract.whole`), those of the
    second in the things that the statement relates (`kg.resolve.statements.plain`).
    """

    COMPLEMENT = "complement lost"  # "told Reed [that ...]", "turned the crowd [into an army]"
    LIST = "list read in part"  # "[crops such as] maize", "Ana [and Tom] agreed"
    PART = "part taken for the whole"  # "[most of] the miners"
    RESTRICTION = "restricting clause lost"  # "drivers [who had been drinking]"
    CUT = "phrase cut"  # "the right [to vote]", "head [of industry]"
    STANDARD = "comparison without its standard"  # "a greater force [than ...]"
    DENIED = "denied end"  # "found no survivors"
    FRAGMENT = "words without a clause"  # said "fair and just"
    FIGURE = "figure of speech"  # "changed hands", "paved the way"

    NOT_ASSERTED = "not asserted"  # reported, planned, possible or negated
    UNNAMED = "description without a name"  # "police", "the event"
    INDEFINITE = "description of no one in particular"  # "officials of the Senate", "a farmer in Peru"
    POINTING = "pronoun left open"  # "his father", "its opening"; in a whole clause also "the meeting"
    CIRCULAR = "circular"  # "elections in Lima" took place in "Lima"
    UNSURE = "unsure"  # its confidence is below the threshold


class BlockKind(StrEnum):
    """The kind of a block of an article."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"


class MentionKind(StrEnum):
    """The kind of words that form a mention."""

    NAME = "name"  # "Mr Reed", "Lima", "Japanese"
    NOMINAL = "nominal"  # "the president", "a series of reprisals"
    PRONOUN = "pronoun"  # "he", "their", "who"
    EVENT = "event"  # "the summit", or the verb of a clause


class Role(StrEnum):
    """The role of an argument in the event of a claim."""

    AGENT = "agent"
    PATIENT = "patient"
    RECIPIENT = "recipient"
    ATTRIBUTE = "attribute"
    CONTENT = "content"
    PLACE = "place"
    TIME = "time"
    OTHER = "other"


class Function(StrEnum):
    """The function of a part of a frame: an argument, or (from TIME on) an adjunct.

    An argument that a preposition marks is OBLIQUE; `Part.marker` says which ("from", "to", "with", "about").
    """

    WHO = "who"  # who does it, or of whom it is predicated
    WHOM = "whom"  # to whom or what it is done
    TO_WHOM = "to whom"
    CONTENT = (
        "content"  # the content of saying, thinking, wanting or causing: "that she left", "to sell the park"
    )
    ATTRIBUTE = "attribute"  # what somebody is, becomes or is called
    OBLIQUE = "oblique"
    TIME = "time"
    PLACE = "place"
    PURPOSE = "purpose"
    CAUSE = "cause"
    CONDITION = "condition"
    MANNER = "manner"
    COMPARISON = "comparison"
    AMOUNT = "amount"


class DependenceKind(StrEnum):
    """Why an article is not a witness independent of another."""

    CITES = "cites"  # names it as its source
    COPIES = "copies"  # shares long passages with it that are not quotations
    CREDITS = "credits"  # is signed by it, alone or with somebody: a news agency


class DecisionKind(StrEnum):
    """The kinds of user decisions."""

    MERGE = "merge"  # these are the same thing
    APART = "apart"  # these are different things
    TYPE = "type"  # it is of this class
    NAME = "name"  # it has this name
    IGNORE = "ignore"  # it should not be in the graph


# ---------------------------------------------------------------------------------------------
# Documents: the output of `kg.read` for a file


@dataclass(frozen=True, slots=True)
class Problem:
    """An error in the user's input: a value, not an exception, so that the rest continues."""

    path: str
    what: str  # "is not text: it holds NUL bytes"
    mend: str  # "Remove it from the folder, or save it as UTF-8 text."

    @classmethod
    def of_kg(cls, path: str, error: Exception) -> Problem:
        """The problem of an article on which kg fails: a bug in kg; the other articles are read."""
        message = shorten(f"{type(error).__name__}: {error}", 200, placeholder=" …").rstrip(": .")
        mend = "This is a bug in kg: please report it, with the article if you may."
        return cls(path, f"makes kg fail ({message})", mend)

    def __str__(self) -> str:
        return f"{self.path}: {self.what}. {self.mend}"


@dataclass(frozen=True, slots=True)
class Block:
    """A title, heading, paragraph or caption; `start` and `end` count in `Document.text`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Maps `length` characters of `Document.text` from `start` to the file.

    In the file they begin at `source_start` and have `source_length` characters. The two lengths differ only
    for a single character or run that the file writes differently ("&amp;", a line break with indentation);
    such a segment is never split.
    """

    start: int
    length: int
    source_start: int
    source_length: int


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that credits a news agency with the text, or part of it. Offsets count in the decoded file."""

    agency: str  # as written: "AFP"
    text: str  # the whole line: "Additional reporting by AFP"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata that the page states. Empty if it does not."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""  # of publication, ISO 8601, may be reduced: "2026-01-14", "2026-01", "2026"
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article without page furniture.

    `text` consists of the kept blocks, with a blank line between two of them. `segments` are in order and
    cover every character of the blocks.
    """

    id: str  # path below the given folder, with "/"; unique within a build
    text: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    metadata: Metadata = Metadata()
    digest: str = ""  # SHA-256 of the file and its side file, in hex
    dated_by: tuple[str, ...] = ()  # ids of the articles whose dates resolve its "Tuesday", if it has no date

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Convert offsets in `text` to offsets in the decoded file.

        >>> entity = Document("a.html", "A & B", (), (
        ...     Segment(0, 2, 10, 2), Segment(2, 1, 12, 5), Segment(3, 2, 17, 2)))
        >>> entity.locate(0, 3), entity.locate(3, 5)
        ((10, 17), (17, 19))
        """
        first, last = self._segment(start), self._segment(max(start, end - 1))
        if first.length == first.source_length:
            begin = first.source_start + (start - first.start)
        else:
            begin = first.source_start
        if last.length == last.source_length:
            finish = last.source_start + (end - last.start)
        else:
            finish = last.source_start + last.source_length
        return begin, finish

    def _segment(self, at: int) -> Segment:
        index = bisect_right(self.segments, at, key=lambda segment: segment.start) - 1
        return self.segments[max(index, 0)]


# ---------------------------------------------------------------------------------------------
# Readings: the output of `kg.language` and `kg.extract` for one document


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to something.

    `start`..`end` cover the name or noun phrase without an honorific or role before it ("Reed", not
    "President Reed"); `head_start`..`head_end` its head word.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    type: str  # local name of a class of the ontology: "Person", "Country", "Summit", "Thing"
    head_start: int
    head_end: int
    sentence: int  # index into Reading.sentences
    lemma: str = ""  # of the head word, in lower case unless it is a name
    title: str = ""  # "Mr", "President", "Prime Minister": as written before the name
    gender: str = ""  # "f", "m", "n", or "" if the words do not tell
    plural: bool = False
    determiner: str = ""  # "the", "a", "this", "his"; "" for a bare noun
    quoted: bool = False  # inside quotation marks that enclose more than the mention
    possessor: int = -1  # index of the mention of the possessor ("Japan's", "her"), or -1
    relational: str = ""  # for the adjective of a name ("Japanese"): the name meant ("Japan")
    told_end: int = -1  # end of the clause that tells which one: "a coating [that repels dirt]"; -1: none


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3: "Tuesday night", "last year", "20 minutes".

    `value` is the TIMEX3 value, "" if unresolved; `begin` and `finish` are the first and the last day, month
    or year of a DATE or TIME (ISO 8601, reduced precision allowed, both inclusive), "" for durations, sets
    and unresolved times.
    """

    start: int
    end: int
    text: str
    type: str  # "DATE", "TIME", "DURATION", "SET"
    value: str
    begin: str = ""
    finish: str = ""
    tense: str = ""  # of its clause, if the value is open: "past", "future" or "" (unclear)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` and `end` count in `Document.text`; a sentence never crosses a block boundary."""

    start: int
    end: int
    block: BlockKind


@dataclass(frozen=True, slots=True)
class Argument:
    """One end of a claim, in the words of the sentence.

    Exactly one of three: a mention (`mention` >= 0), a time (`time` >= 0), or a span of text that is no
    mention (a content clause, a quotation, a number, an adjective).
    """

    start: int
    end: int
    text: str
    role: Role
    mention: int = -1  # index into Reading.mentions
    time: int = -1  # index into Reading.times
    needs: tuple[int, ...] = ()  # of a text: its mentions that only other words of the article explain


@dataclass(frozen=True, slots=True)
class Relation:
    """The words that relate two arguments. `start`..`end` cover their head word only."""

    start: int
    end: int
    text: str  # as written: "was bought by"
    name: str  # local name: of the ontology ("bought"), or open ("stopped-short-of")
    label: str  # readable: "bought", "stopped short of"
    known: bool  # whether `name` is in the ontology
    inverted: bool = False  # the claim's object is the relation's subject ("was bought by")


WHOLE_CLAUSE = "whole clause"
"""The projection of a frame onto its subject and, in words, the rest of the clause."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a frame, in the words of the sentence."""

    function: Function
    argument: Argument
    marker: str = ""  # its preposition or conjunction: "into", "because"


@dataclass(frozen=True, slots=True)
class Frame:
    """The content of one clause, or of one noun that denotes an event or relation, before projection to
    triples.

    `start`..`end` cover the head word of the predicate.
    """

    start: int
    end: int
    text: str  # the predicate as written: "was not turned"
    lemma: str  # of its head word, with the particle: "turn down"
    relation: str  # local name of the relation of its first claim; "" if it has no claims
    rule: str  # the construction(s) that built it: "passive", "relative+active"
    sentence: int  # index into Reading.sentences
    parts: tuple[Part, ...] = ()  # in the order of `Function`, then of the text
    factuality: Factuality = Factuality.ASSERTED
    speaker: Argument | None = None
    scope: tuple[int, int] | None = None  # the word that decides its factuality; None if it is asserted
    event: int = -1  # index into Reading.mentions, as in its claims


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is said to have done or been what, in one sentence: a projection of a frame onto two of its parts.

    `object` is None for a clause with one participant only ("The talks failed"): it makes an event, but no
    statement.
    """

    subject: Argument
    relation: Relation
    object: Argument | None
    sentence: int  # index into Reading.sentences
    rule: str  # the construction(s) that produced it: "passive", "relative+active"
    confidence: float
    factuality: Factuality = Factuality.ASSERTED
    speaker: Argument | None = None  # the speaker, if reported
    time: int = -1  # index into Reading.times
    place: int = -1  # index into Reading.mentions
    event: int = -1  # index into Reading.mentions (of kind EVENT): its event
    narrative: int = -1  # index into Reading.times: the current day of the narrative, if `time` is -1
    interval: int = -1  # index into Reading.times: a bound of its time ("since 2019"), if `time` is -1
    agreement: float | None = (
        None  # the share of its parse that a second parser confirms, 0 to 1; None: no second parser
    )
    lost: tuple[Doubt, ...] = ()  # kinds of necessary parts that it omits, in the order of `Doubt`
    frame: int = -1  # index into Reading.frames
    projection: str = ""  # its kind of projection: "direct", "oblique" (`kg.extract.projections`)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything extracted from one document, still in the document's own words."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()  # in order of start, then end
    times: tuple[TimeExpression, ...] = ()  # in order of start
    claims: tuple[Claim, ...] = ()
    frames: tuple[Frame, ...] = ()  # in order of start; the claims are their projections


# ---------------------------------------------------------------------------------------------
# Knowledge: the output of `kg.resolve` for all readings


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that supports a statement or event. Offsets count in the decoded file."""

    document: str
    start: int
    end: int
    sentence: str  # for HTML: the text of file[start:end], without markup
    rule: str
    confidence: float
    surface: str = ""  # the words of the relation here: "was hosting"
    projection: str = ""  # as in the claim
    agreement: float | None = None  # as in the claim
    lost: tuple[Doubt, ...] = ()  # as in the claim
    open: int = 0  # number of words in its text whose referent is not named
    resolved: str = ""  # how an unnamed end was resolved: "pronoun", "kind", "surname"


@dataclass(frozen=True, slots=True)
class Time:
    """A time. ISO 8601, reduced precision allowed, both ends inclusive; `text` as written.

    One end of an interval may be open (""): "since 2019", "by 22 February". An interval contains the time of
    an event, or is the duration of a state; it never gives a day.
    """

    start: str
    end: str
    text: str
    told: bool = True  # of this event; False: only the surrounding sentences give the day
    interval: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """An object that is a literal: a quotation, a content clause, a number, a date."""

    value: str
    datatype: str = "string"  # local name in XML Schema: "string", "integer", "date", ...


@dataclass(frozen=True, slots=True)
class Background:
    """A file of the user's own RDF, known before the first article was read."""

    id: str  # its name: "staff.ttl"
    digest: str  # SHA-256 of its bytes, in hex
    triples: int


@dataclass(frozen=True, slots=True)
class Known:
    """A thing named in the background."""

    iris: tuple[str, ...]  # several if two files describe it
    label: str
    names: tuple[str, ...]  # all of them, sorted
    type: str  # local name of a class; "" if unknown
    background: tuple[str, ...]  # ids of the files, sorted
    families: tuple[str, ...] = ()  # family names of a person
    gender: str = ""  # "f", "m", or "" if unknown
    id: str = ""  # its id in this graph, if an earlier build assigned one


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in the world. `id` is the local name of its IRI, ASCII: "Ana_Ruiz"."""

    id: str
    label: str
    type: str  # local name of a class of the ontology
    aliases: tuple[str, ...] = ()  # sorted, without the label
    documents: tuple[str, ...] = ()  # ids, sorted
    named: bool = True  # False: known only by a description ("a series of reprisals")
    doubt: str = ""  # local name of another class with nearly as much evidence
    same: tuple[str, ...] = ()  # its IRIs in the background, sorted
    background: tuple[str, ...] = ()  # ids of the files that identified it, sorted


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its participants."""

    id: str
    label: str
    type: str
    participants: tuple[tuple[Role, str], ...] = ()  # (role, entity id), sorted
    time: Time | None = None
    place: str = ""  # entity id
    factuality: Factuality = Factuality.ASSERTED
    aliases: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    joined: tuple[str, ...] = ()  # ids of events with other dates that were identified with this one
    part_of: str = ""  # id of the event that it is part of: "agreed at the summit"
    details: tuple[tuple[Function, str], ...] = ()  # further content of its frames, in words; sorted


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim about things, with all the sentences that support it."""

    id: str  # local name of its IRI: "st-51ab09c2d1e3"
    subject: str  # id of an entity or event
    predicate: str  # local name of a relation, as in Relation.name
    object: str | Text  # id of an entity or event, or a text
    factuality: Factuality
    confidence: float  # the probability that it is right: says what its articles say, and can stand alone
    evidence: tuple[Evidence, ...]  # never empty; in order of document, start, rule
    label: str  # readable predicate: "hosted"
    known: bool  # whether the predicate is in the ontology
    speaker: str = ""  # entity id, or "" if there is no speaker or the speaker is unknown
    time: Time | None = None
    place: str = ""  # entity id
    event: str = ""  # event id
    independent: int = 1  # number of its independent articles
    doubts: tuple[Doubt, ...] = ()  # why it is not a plain fact, in the order of `Doubt`
    about: tuple[str, ...] = ()  # ids of the named entities mentioned in its object, if that is text; sorted

    @property
    def plain(self) -> bool:
        """Whether the statement is a plain fact: asserted, complete, both ends identified, certain."""
        return self.factuality is Factuality.ASSERTED and not self.doubts


@dataclass(frozen=True, slots=True)
class Dependence:
    """An article that is not a witness independent of another: it cites, copies or credits it."""

    id: str  # local name of its IRI: "dependence-51ab09c2d1e3"
    document: str  # id of the dependent article
    source: str  # id of the article that it depends on; or, if `outside`, the name of a publisher
    kind: DependenceKind
    evidence: tuple[
        Evidence, ...
    ]  # sentences of `document`; empty for a credit on the page or in its side file
    outside: bool = False  # the source is not one of the articles
    whole: bool = True  # False: only the sentences of `evidence` come from the source
    share: float = 0.0  # of a copy: the share of its own words (not quotations) that the source also has


@dataclass(frozen=True, slots=True)
class Value:
    """One of several conflicting values, with the articles that give it."""

    value: str  # id of an entity, local name of a class, or a literal
    label: str  # readable: "Lima", "film", "24 October 2023"
    documents: tuple[str, ...]  # ids, sorted
    evidence: tuple[Evidence, ...]  # never empty
    independent: int = 1  # number of independent articles
    datatype: str = ""  # of a literal: local name in XML Schema


@dataclass(frozen=True, slots=True)
class Conflict:
    """A single-valued property for which articles give several values."""

    id: str  # local name of its IRI: "conflict-51ab09c2d1e3"
    subject: str  # id of an entity or event
    property: str  # local name of a relation, or "type", "date", "place"
    label: str  # readable: "date", "signed the treaty"
    values: tuple[Value, ...]  # two or more; most independent articles first


@dataclass(frozen=True, slots=True)
class Reference:
    """How a decision identifies a thing or event.

    >>> str(Reference("Tom Reed")), str(Reference("Reed", ("a.txt", "b.txt")))
    ('Tom Reed', 'Reed in a.txt, b.txt')
    """

    name: str  # any of its names, or its id
    articles: tuple[str, ...] = ()  # only as used in these articles; empty: all

    def __str__(self) -> str:
        return f"{self.name} in {', '.join(self.articles)}" if self.articles else self.name


@dataclass(frozen=True, slots=True)
class Decision:
    """A user decision about things of the graph (`decisions.toml`)."""

    id: str  # local name of its IRI: "decision-51ab09c2d1e3"
    kind: DecisionKind
    about: tuple[Reference, ...]
    value: str = ""  # the new class or name
    by: str = ""
    date: str = ""  # ISO 8601
    why: str = ""
    nodes: tuple[str, ...] = ()  # ids of the entities and events that it affected, sorted
    fault: str = ""  # why it has no effect: "nothing in the graph is called Reed"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The content of a graph; each tuple sorted by id."""

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    dependences: tuple[Dependence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    decisions: tuple[Decision, ...] = ()
    background: tuple[Background, ...] = ()

    def nodes(self) -> dict[str, Entity | Event]:
        """Entities and events by id."""
        nodes: dict[str, Entity | Event] = {entity.id: entity for entity in self.entities}
        nodes.update((event.id, event) for event in self.events)
        return nodes
