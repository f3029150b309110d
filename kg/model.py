"""The values that flow through kg, from an article's bytes to statements about the world.

    Document --parse, extract--> Reading (Mentions, TimeExpressions, Claims) --resolve--> Knowledge

A *mention* and a *claim* point at words of one document; an *entity*, an *event* and a
*statement* point at things of the world. Everything is frozen, hashable by value, and free of
library types, so that a Reading can be written to disk, compared, or sent to another process.

Offsets are character offsets, end exclusive. Those of mentions, times and claims count in
`Document.text`; those of `Evidence` count in the decoded file (`Document.locate` leads there).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten


class Factuality(StrEnum):
    """How the text presents a claim. Only what is ASSERTED can become a plain triple (`Doubt`)."""

    ASSERTED = "asserted"  # the article itself says that it is or was so
    REPORTED = "reported"  # somebody in the article says so
    PLANNED = "planned"  # somebody intends it, or it is scheduled
    POSSIBLE = "possible"  # may, could, if, a question
    NEGATED = "negated"  # the text says that it is not so


class Doubt(StrEnum):
    """Why a statement is no plain fact: the one table of reasons, in the words that the files use.

    The first part is seen in the sentence (`Claim.lost`, `kg.extract.whole`), the second in the things
    that the statement relates (`kg.resolve.statements.plain`).
    """

    COMPLEMENT = "complement lost"  # "told Reed [that ...]", "turned the crowd [into an army]"
    LIST = "list read in part"  # "[crops such as] maize", "Ana [and Tom] agreed"
    PART = "part taken for the whole"  # "[most of] the miners"
    RESTRICTION = "restricting clause lost"  # "drivers [who had been drinking]"
    CUT = "phrase cut"  # "the right [to vote]", "head [of industry]"
    STANDARD = "comparison without its standard"  # "a greater force [than ...]"
    DENIED = "denied end"  # "found no survivors"
    FRAGMENT = "words without a clause"  # said "fair and just"

    NOT_ASSERTED = "not asserted"  # reported, planned, possible or negated
    UNNAMED = "description without a name"  # "police", "the event"
    INDEFINITE = "description of no one in particular"  # "officials of the Senate", "a farmer in Peru"
    POINTING = "pronoun left open"  # "his father", "its opening"; opened - "the meeting", in a whole clause
    CIRCULAR = "circular"  # "elections in Lima" took place in "Lima"
    UNSURE = "unsure"  # its confidence does not reach the threshold


class BlockKind(StrEnum):
    """What a stretch of an article is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"


class MentionKind(StrEnum):
    """What kind of words mention something."""

    NAME = "name"  # "Mr Reed", "Lima", "Japanese"
    NOMINAL = "nominal"  # "the president", "a series of reprisals"
    PRONOUN = "pronoun"  # "he", "their", "who"
    EVENT = "event"  # "the summit", or the verb of a clause


class Role(StrEnum):
    """What an argument is to the happening that a claim tells."""

    AGENT = "agent"
    PATIENT = "patient"
    RECIPIENT = "recipient"
    ATTRIBUTE = "attribute"
    CONTENT = "content"
    PLACE = "place"
    TIME = "time"
    OTHER = "other"


class Function(StrEnum):
    """What a part of a frame is to its predicate: an argument, or (from TIME on) an adjunct.

    An argument that a preposition marks is OBLIQUE; `Part.marker` says which ("from", "to", "with", "about").
    """

    WHO = "who"  # who does it, or what it is said of
    WHOM = "whom"  # whom or what it is done to
    TO_WHOM = "to whom"
    CONTENT = "content"  # what is said, thought, wanted or caused: "that she left", "to sell the park"
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
    """Why an article is no witness of its own beside another."""

    CITES = "cites"  # names it as where it has this from
    COPIES = "copies"  # shares long passages with it that are nobody's speech
    CREDITS = "credits"  # is signed by it, or by somebody "and" it: a news agency


class DecisionKind(StrEnum):
    """What a person can decide."""

    MERGE = "merge"  # these are one
    APART = "apart"  # these are not one
    TYPE = "type"  # it is of this class
    NAME = "name"  # it is called this
    IGNORE = "ignore"  # it is nothing that the graph should hold


# ---------------------------------------------------------------------------------------------
# Documents: what `kg.read` makes of a file


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the user's input: a value, not an exception, so that the rest goes on."""

    path: str
    what: str  # "is not text: it holds NUL bytes"
    mend: str  # "Remove it from the folder, or save it as UTF-8 text."

    @classmethod
    def of_kg(cls, path: str, error: Exception) -> Problem:
        """One article at which kg fails: the fault is kg's, and the other articles are read."""
        message = shorten(f"{type(error).__name__}: {error}", 200, placeholder=" …").rstrip(": .")
        mend = "The fault is kg's: please report it, with the article if you may."
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
    """Says that `length` characters of `Document.text` from `start` come from the file.

    They stand there from `source_start` and take up `source_length` characters. The two lengths
    differ only for a single character or run that the file writes otherwise ("&amp;", a line
    break with indentation); such a segment is never split.
    """

    start: int
    length: int
    source_start: int
    source_length: int


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that gives the text, or part of it, to a news agency. Offsets count in the decoded file."""

    agency: str  # as written: "AFP"
    text: str  # of the line: "Additional reporting by AFP"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself. Empty where it says nothing."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""  # of publication, ISO 8601, may be reduced: "2026-01-14", "2026-01", "2026"
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article without its page furniture.

    `text` is what is read: the kept blocks, a blank line between two of them. `segments` are in
    order and cover every character of the blocks.
    """

    id: str  # path below the folder that was given, with "/"; unique within a build
    text: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    metadata: Metadata = Metadata()
    digest: str = ""  # SHA-256 of the file's bytes and of its side file's, in hex
    dated_by: tuple[str, ...] = ()  # ids of the articles from whose dates its "Tuesday" counts: it has none

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Turn offsets in `text` into offsets in the decoded file.

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
# Readings: what `kg.language` and `kg.extract` make of one document


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for something.

    `start`..`end` cover the name or noun phrase without an honorific or role before it ("Reed",
    not "President Reed"); `head_start`..`head_end` its head word.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    type: str  # local name of a class of the ontology: "Person", "Country", "Summit", "Thing"
    head_start: int
    head_end: int
    sentence: int  # index into Reading.sentences
    lemma: str = ""  # of the head word, lower case unless a name
    title: str = ""  # "Mr", "President", "Prime Minister": as written before the name
    gender: str = ""  # "f", "m", "n", or "" where the words themselves do not say
    plural: bool = False
    determiner: str = ""  # "the", "a", "this", "his"; "" for a bare noun
    quoted: bool = False  # inside quotation marks that hold more than the mention
    possessor: int = -1  # index of the mention that owns this one ("Japan's", "her"), or -1
    relational: str = ""  # for an adjective of a name ("Japanese"): the name meant ("Japan")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3: "Tuesday night", "last year", "20 minutes".

    `value` is the TIMEX3 value, "" where nothing resolves it; `begin` and `finish` are the first
    and the last day, month or year that a DATE or TIME covers (ISO 8601, reduced precision
    allowed, both inclusive), "" for durations, sets and what is unresolved.
    """

    start: int
    end: int
    text: str
    type: str  # "DATE", "TIME", "DURATION", "SET"
    value: str
    begin: str = ""
    finish: str = ""
    tense: str = ""  # of its clause, where the value is open: "past", "future" or "" (unclear)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` and `end` count in `Document.text`; a sentence never reaches over a block's end."""

    start: int
    end: int
    block: BlockKind


@dataclass(frozen=True, slots=True)
class Argument:
    """One end of a claim, as the sentence words it.

    Exactly one of three: a mention (`mention` >= 0), a time (`time` >= 0), or else a stretch of
    text that names no thing (a content clause, a quotation, a number, an adjective).
    """

    start: int
    end: int
    text: str
    role: Role
    mention: int = -1  # index into Reading.mentions
    time: int = -1  # index into Reading.times
    needs: tuple[int, ...] = ()  # of a text: mentions in it that only other words of the article explain


@dataclass(frozen=True, slots=True)
class Relation:
    """The words that relate two arguments. `start`..`end` cover their head word only."""

    start: int
    end: int
    text: str  # as worded: "was bought by"
    name: str  # local name: of the ontology ("bought"), or open ("stopped-short-of")
    label: str  # readable: "bought", "stopped short of"
    known: bool  # whether `name` is a relation of the ontology
    inverted: bool = False  # the claim's object is the relation's subject ("was bought by")


WHOLE_CLAUSE = "whole clause"
"""The projection of a frame on its subject and, in words, all that the clause says of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a frame, as the sentence words it."""

    function: Function
    argument: Argument
    marker: str = ""  # the preposition or conjunction that introduces it: "into", "because"


@dataclass(frozen=True, slots=True)
class Frame:
    """What one clause tells, or one noun of a happening or relation: whole, before any triple is made of it.

    `start`..`end` cover the head word of the predicate.
    """

    start: int
    end: int
    text: str  # the predicate as worded: "was not turned"
    lemma: str  # of its head word, with its particle: "turn down"
    relation: str  # local name of the first relation that a claim of it has; "" where it makes none
    rule: str  # the construction(s) that filled it: "passive", "relative+active"
    sentence: int  # index into Reading.sentences
    parts: tuple[Part, ...] = ()  # in the order of `Function`, then of the text
    factuality: Factuality = Factuality.ASSERTED
    speaker: Argument | None = None
    scope: tuple[int, int] | None = None  # the word that decides its factuality; None where it is asserted
    event: int = -1  # index into Reading.mentions, as of its claims


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is said to have done or been what, in one sentence: a projection of a frame on two of its parts.

    `object` is None for a clause that tells of one participant only ("The talks failed"): it
    makes an event, but no statement.
    """

    subject: Argument
    relation: Relation
    object: Argument | None
    sentence: int  # index into Reading.sentences
    rule: str  # the construction(s) that read it: "passive", "relative+active"
    confidence: float
    factuality: Factuality = Factuality.ASSERTED
    speaker: Argument | None = None  # whose words it is, when reported
    time: int = -1  # index into Reading.times
    place: int = -1  # index into Reading.mentions
    event: int = -1  # index into Reading.mentions (of kind EVENT): the happening it tells
    narrative: int = -1  # index into Reading.times: the day that the story has come to, where `time` is -1
    interval: int = -1  # index into Reading.times: what bounds its time ("since 2019"), where `time` is -1
    agreement: float | None = (
        None  # how much of its parse a second parser confirms, 0 to 1; None: there is none
    )
    lost: tuple[Doubt, ...] = ()  # kinds of parts that it needs and leaves out, in the order of `Doubt`
    frame: int = -1  # index into Reading.frames
    projection: str = ""  # how it was made of its frame: "direct", "oblique" (`kg.extract.projections`)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one document, still in the document's own words."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()  # in order of start, then end
    times: tuple[TimeExpression, ...] = ()  # in order of start
    claims: tuple[Claim, ...] = ()
    frames: tuple[Frame, ...] = ()  # in order of start; the claims are their projections


# ---------------------------------------------------------------------------------------------
# Knowledge: what `kg.resolve` makes of all readings


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that says so. Offsets count in the decoded file."""

    document: str
    start: int
    end: int
    sentence: str  # for HTML: the text of file[start:end], without its markup
    rule: str
    confidence: float
    surface: str = ""  # the words of the relation here: "was hosting"
    projection: str = ""  # as of the claim
    agreement: float | None = None  # as of the claim
    lost: tuple[Doubt, ...] = ()  # as of the claim
    open: int = 0  # how many words of its text stand for what nothing names
    resolved: str = ""  # how an end was found that is not named here: "pronoun", "kind", "surname"


@dataclass(frozen=True, slots=True)
class Time:
    """When. ISO 8601, reduced precision allowed, both ends inclusive; `text` as worded.

    Of an interval one end may be open (""): "since 2019", "by 22 February". It says between which days
    something was, or that it was so all the while; never on which day.
    """

    start: str
    end: str
    text: str
    told: bool = True  # of this happening; False: only the sentences around it name the day
    interval: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """An object that is no node: a quotation, a content clause, a number, a date."""

    value: str
    datatype: str = "string"  # local name in XML Schema: "string", "integer", "date", ...


@dataclass(frozen=True, slots=True)
class Background:
    """A file of the user's own RDF, which was known before the first article was read."""

    id: str  # its name: "staff.ttl"
    digest: str  # SHA-256 of its bytes, in hex
    triples: int


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that the background names."""

    iris: tuple[str, ...]  # several where two files tell of it
    label: str
    names: tuple[str, ...]  # all of them, sorted
    type: str  # local name of a class; "" where nothing is said
    background: tuple[str, ...]  # ids of the files, sorted
    families: tuple[str, ...] = ()  # family names, of a person
    gender: str = ""  # "f", "m", or "" where nothing is said
    id: str = ""  # that it has in this graph, where an earlier build gave it one


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the world. `id` is the local name of its IRI, ASCII: "Ana_Ruiz"."""

    id: str
    label: str
    type: str  # local name of a class of the ontology
    aliases: tuple[str, ...] = ()  # sorted, without the label
    documents: tuple[str, ...] = ()  # ids, sorted
    named: bool = True  # False: known by a description only ("a series of reprisals")
    doubt: str = ""  # local name of another class, for which nearly as much speaks
    same: tuple[str, ...] = ()  # IRIs that the background has for it, sorted
    background: tuple[str, ...] = ()  # ids of the files that it was recognised by, sorted


@dataclass(frozen=True, slots=True)
class Event:
    """A happening, with who took part in it."""

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
    joined: tuple[str, ...] = ()  # ids of events that are dated otherwise and are taken to be this one
    part_of: str = ""  # id of the event at or during which it was: "agreed at the summit"
    details: tuple[tuple[Function, str], ...] = ()  # what else its frames tell of it, in words; sorted


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim about things, with all the sentences that make it."""

    id: str  # local name of its IRI: "st-51ab09c2d1e3"
    subject: str  # id of an entity or event
    predicate: str  # local name of a relation, as in Relation.name
    object: str | Text  # id of an entity or event, or a text
    factuality: Factuality
    confidence: float  # how likely it is right: says what its articles say, and can stand alone
    evidence: tuple[Evidence, ...]  # never empty; in order of document, start, rule
    label: str  # readable predicate: "hosted"
    known: bool  # whether the predicate is of the ontology
    speaker: str = ""  # entity id, or "" when unknown or nobody's
    time: Time | None = None
    place: str = ""  # entity id
    event: str = ""  # event id
    independent: int = 1  # how many of its articles are witnesses of their own
    doubts: tuple[Doubt, ...] = ()  # why it is no plain fact, in the order of `Doubt`

    @property
    def plain(self) -> bool:
        """Whether its triple stands as a fact: asserted, whole, both ends identified, sure."""
        return self.factuality is Factuality.ASSERTED and not self.doubts


@dataclass(frozen=True, slots=True)
class Dependence:
    """An article that is no witness of its own beside another: it cites it, copies it, credits it."""

    id: str  # local name of its IRI: "dependence-51ab09c2d1e3"
    document: str  # id of the article that depends
    source: str  # id of the article that it depends on; or, where `outside`, the name of a publisher
    kind: DependenceKind
    evidence: tuple[Evidence, ...]  # sentences of `document`; empty for a credit of the page or its side file
    outside: bool = False  # the source is none of the articles
    whole: bool = True  # False: only what stands in the sentences of `evidence` is the source's
    share: float = 0.0  # of a copy: how much of what `document` says in its own words the source says too


@dataclass(frozen=True, slots=True)
class Value:
    """One of several values where only one can be right, with the articles that give it."""

    value: str  # id of an entity, local name of a class, or a literal
    label: str  # readable: "Lima", "film", "24 October 2023"
    documents: tuple[str, ...]  # ids, sorted
    evidence: tuple[Evidence, ...]  # never empty
    independent: int = 1  # how many of the articles are witnesses of their own
    datatype: str = ""  # of a literal: local name in XML Schema


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property that has one value only, and for which articles give several."""

    id: str  # local name of its IRI: "conflict-51ab09c2d1e3"
    subject: str  # id of an entity or event
    property: str  # local name of a relation, or "type", "date", "place"
    label: str  # readable: "date", "signed the treaty"
    values: tuple[Value, ...]  # two or more; most independent articles first


@dataclass(frozen=True, slots=True)
class Reference:
    """What a decision calls a thing or event by.

    >>> str(Reference("Tom Reed")), str(Reference("Reed", ("a.txt", "b.txt")))
    ('Tom Reed', 'Reed in a.txt, b.txt')
    """

    name: str  # any of its names, or its id
    articles: tuple[str, ...] = ()  # only as these mean it; empty: all

    def __str__(self) -> str:
        return f"{self.name} in {', '.join(self.articles)}" if self.articles else self.name


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about things of the graph (`decisions.toml`)."""

    id: str  # local name of its IRI: "decision-51ab09c2d1e3"
    kind: DecisionKind
    about: tuple[Reference, ...]
    value: str = ""  # the class or the name that it gives
    by: str = ""
    date: str = ""  # ISO 8601
    why: str = ""
    nodes: tuple[str, ...] = ()  # ids of the entities and events that it shaped, sorted


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything a build knows; each tuple sorted by id."""

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
