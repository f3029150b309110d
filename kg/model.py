"""The data types of kg, from an article's bytes to statements about the world.

    Document --parse, extract--> Reading (Mentions, TimeExpressions, Claims) --resolve--> Knowledge

A *mention* and a *claim* refer to words of one document; an *entity*, an *event* and a *statement* are about
the world. "Thing" means an entity or an event. Everything is frozen, hashable by value, and free of library
types, so that a Reading can be written to disk, compared, or sent to another process.

Offsets count characters; ends are exclusive. Offsets of mentions, times and claims refer to `Document.text`,
those of `Evidence` to the decoded file (`Document.locate` converts them).
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
    POSSIBLE = "possible"  # after "may", "could" or "if", or in a question
    NEGATED = "negated"  # the text says that it is not so


class Doubt(StrEnum):
    """Why a statement is not a plain fact: all reasons, as worded in the output files.

    The first group concerns the sentence: what the claim leaves out or distorts (`Claim.lost`,
    `kg.extract.whole`; in the examples, the words in brackets are left out). The second group concerns the
    statement and the things that it relates (`kg.resolve.statements.plain`).
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
    POINTING = "pronoun left open"  # "his father", "its opening"; in a whole clause, also "the meeting"
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
    """The role of a claim's argument in the event that the claim describes."""

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

    An argument with a preposition is OBLIQUE; `Part.marker` is the preposition ("from", "to", "with",
    "about").
    """

    WHO = "who"  # the logical subject: who acts, or of whom something is said
    WHOM = "whom"  # the logical direct object
    TO_WHOM = "to whom"  # the indirect object
    CONTENT = "content"  # what is said, thought, wanted or caused: "that she left", "to sell the park"
    ATTRIBUTE = "attribute"  # what the subject or object is, becomes or is called
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
    """Why an article is not evidence independent of its source (another article, or a news agency)."""

    CITES = "cites"  # the article names the source
    COPIES = "copies"  # the article shares long passages with the source, apart from quotations
    CREDITS = "credits"  # the article is signed by the source, alone or with somebody else


class DecisionKind(StrEnum):
    """The kinds of user decisions."""

    MERGE = "merge"  # several things are the same
    APART = "apart"  # several things are different
    TYPE = "type"  # a thing is of this class
    NAME = "name"  # a thing has this name
    IGNORE = "ignore"  # a thing should not be in the graph


# ---------------------------------------------------------------------------------------------
# Documents: the output of `kg.read` for a file


@dataclass(frozen=True, slots=True)
class Problem:
    """An error in the user's input: a value, not an exception, so that the rest of the input is processed."""

    path: str
    what: str  # what is wrong, to be read after the path: "is not text: it holds NUL bytes"
    mend: str  # what to do: "Remove it from the folder, or save it as UTF-8 text."

    @classmethod
    def of_kg(cls, path: str, error: Exception) -> Problem:
        """The problem with an article that makes kg raise an unexpected exception, because of a bug in kg."""
        message = shorten(f"{type(error).__name__}: {error}", 200, placeholder=" …").rstrip(": .")
        mend = "This is a bug in kg: please report it, with the article if you may."
        return cls(path, f"makes kg fail ({message})", mend)

    def __str__(self) -> str:
        return f"{self.path}: {self.what}. {self.mend}"


@dataclass(frozen=True, slots=True)
class Block:
    """A title, heading, paragraph or caption; `start` and `end` are offsets in `Document.text`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Maps `length` characters of `Document.text`, from offset `start` on, to the file.

    In the file they begin at `source_start` and have `source_length` characters. The two lengths differ only
    if the file writes the characters differently ("&amp;" for "&", a line break and indentation for a space);
    such a segment is never split.
    """

    start: int
    length: int
    source_start: int
    source_length: int


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that credits a news agency with the text, or part of it. Offsets refer to the decoded file."""

    agency: str  # as written: "AFP"
    text: str  # the whole line: "Additional reporting by AFP"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page states about the article. A field is empty if the page does not state it."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""  # of publication, ISO 8601, perhaps without day or month: "2026-01-14", "2026-01", "2026"
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article without page furniture (navigation, advertisements, comments).

    `text` consists of the article's blocks, with a blank line between any two of them. `segments` are in
    order and cover every character of the blocks.
    """

    id: str  # path below the given folder, with "/"; unique within a build
    text: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    metadata: Metadata = Metadata()
    digest: str = ""  # SHA-256 of the file and of its side file (metadata), in hex
    # If the article has no date: ids of the articles whose dates tell which day its "Tuesday" means.
    dated_by: tuple[str, ...] = ()

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

    `start` and `end` delimit the name or noun phrase without an honorific or role before it ("Reed", not
    "President Reed"); `head_start` and `head_end` its head word.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    type: str  # local name of a class of the ontology: "Person", "Country", "Summit", "Thing"
    head_start: int
    head_end: int
    sentence: int  # index into Reading.sentences
    lemma: str = ""  # lemma of the head word, in lower case unless the mention is a name
    title: str = ""  # "Mr", "President", "Prime Minister": as written before the name
    gender: str = ""  # "f", "m", "n", or "" if the words do not show it
    plural: bool = False
    determiner: str = ""  # "the", "a", "this", "his"; "" for a bare noun
    quoted: bool = False  # inside quotation marks that enclose more than the mention
    possessor: int = -1  # index of the mention of the possessor ("Japan's", "her"), or -1
    relational: str = ""  # for an adjective of a place ("Japanese"): the name of the place ("Japan")
    told_end: int = -1  # end of a restrictive clause after it ("a coating [that repels dirt]"); -1: none


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression, as in the annotation standard TIMEX3: "Tuesday night", "last year", "20 minutes".

    `value` is the TIMEX3 value, "" if unresolved; `begin` and `finish` are the first and the last day, month
    or year of a DATE or TIME (ISO 8601, both inclusive), "" for durations, sets and unresolved times.
    """

    start: int
    end: int
    text: str
    type: str  # "DATE", "TIME", "DURATION", "SET"
    value: str
    begin: str = ""
    finish: str = ""
    tense: str = ""  # tense of its clause, if needed to resolve it: "past", "future" or "" (unclear)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; it never crosses a block boundary. `start` and `end` are offsets in `Document.text`."""

    start: int
    end: int
    block: BlockKind


@dataclass(frozen=True, slots=True)
class Argument:
    """The subject or object of a claim, in the words of the sentence.

    It is either a mention (`mention` >= 0), or a time (`time` >= 0), or a span of text that is neither (a
    content clause, a quotation, a number, an adjective).
    """

    start: int
    end: int
    text: str
    role: Role
    mention: int = -1  # index into Reading.mentions
    time: int = -1  # index into Reading.times
    needs: tuple[int, ...] = ()  # indices of mentions in `text` that only the rest of the article explains


@dataclass(frozen=True, slots=True)
class Relation:
    """The words that relate two arguments. `start` and `end` delimit their head word only."""

    start: int
    end: int
    text: str  # as written: "was bought by"
    name: str  # local name: the ontology's ("bought"), or made from the words ("stopped-short-of")
    label: str  # readable: "bought", "stopped short of"
    known: bool  # whether `name` is in the ontology
    inverted: bool = False  # the claim's object is the relation's subject ("was bought by")


WHOLE_CLAUSE = "whole clause"
"""The name of the projection of a frame onto its subject and, in words, the rest of the clause."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a frame, in the words of the sentence."""

    function: Function
    argument: Argument
    marker: str = ""  # the preposition or conjunction before it: "into", "because"


@dataclass(frozen=True, slots=True)
class Frame:
    """The content of one clause, or of one noun that denotes an event or relation, before projection to
    triples.

    `start` and `end` delimit the head word of the predicate.
    """

    start: int
    end: int
    text: str  # the predicate as written: "was not turned"
    lemma: str  # lemma of the predicate's head word, with a particle: "turn down"
    relation: str  # local name of the relation of the frame's first claim; "" if it has no claims
    rule: str  # the rule or rules that built it: "passive", "relative+active"
    sentence: int  # index into Reading.sentences
    parts: tuple[Part, ...] = ()  # in the order of `Function`, then of the text
    factuality: Factuality = Factuality.ASSERTED
    speaker: Argument | None = None
    scope: tuple[int, int] | None = None  # the word that decides the factuality ("not"); None if asserted
    event: int = -1  # index into Reading.mentions, as in its claims


@dataclass(frozen=True, slots=True)
class Claim:
    """A subject, a relation and an object in one sentence: a projection of a frame onto two of its parts.

    `object` is None for a clause with only one participant ("The talks failed"), which yields an event, but
    no statement.
    """

    subject: Argument
    relation: Relation
    object: Argument | None
    sentence: int  # index into Reading.sentences
    rule: str  # the rule or rules that produced it: "passive", "relative+active"
    confidence: float
    factuality: Factuality = Factuality.ASSERTED
    speaker: Argument | None = None  # the speaker, if reported
    time: int = -1  # index into Reading.times
    place: int = -1  # index into Reading.mentions
    event: int = -1  # index into Reading.mentions (of kind EVENT): the event that the claim describes
    narrative: int = -1  # index into Reading.times: the day that sentences before it give, if `time` is -1
    interval: int = -1  # index into Reading.times: one bound of its time ("since 2019"), if `time` is -1
    # the fraction of the claim's parse that a second parser confirms, 0 to 1; None without a second parser
    agreement: float | None = None
    lost: tuple[Doubt, ...] = ()  # which necessary parts the claim leaves out, in the order of `Doubt`
    frame: int = -1  # index into Reading.frames
    projection: str = ""  # kind of projection: "direct", "oblique" (`kg.extract.projections`)


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
    """A sentence that supports a statement or event. Offsets refer to the decoded file."""

    document: str
    start: int
    end: int
    sentence: str  # what the file contains from `start` to `end`; from HTML, without markup
    rule: str
    confidence: float
    surface: str = ""  # the words of the relation in this sentence: "was hosting"
    projection: str = ""  # as in the claim
    agreement: float | None = None  # as in the claim
    lost: tuple[Doubt, ...] = ()  # as in the claim
    open: int = 0  # number of words in the claim's text whose referent is not named
    resolved: str = ""  # how a subject or object without full name was resolved: "pronoun", "kind", "surname"


@dataclass(frozen=True, slots=True)
class Time:
    """A time. `start` and `end`: ISO 8601, perhaps without day or month, both inclusive; `text`: as written.

    One end of an interval may be open (""): "since 2019", "by 22 February". An event takes place at some time
    within its interval; a state lasts for the whole interval.
    """

    start: str
    end: str
    text: str
    told: bool = True  # whether the event's own sentence gives the time; False: only sentences around it do
    interval: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """An object that is a literal: a quotation, a content clause, a number, a date."""

    value: str
    datatype: str = "string"  # local name in XML Schema: "string", "integer", "date", ...


@dataclass(frozen=True, slots=True)
class Background:
    """A file of the user's own RDF, known before the first article was read."""

    id: str  # the file's name: "staff.ttl"
    digest: str  # SHA-256 of its bytes, in hex
    triples: int


@dataclass(frozen=True, slots=True)
class Known:
    """A person, organisation or other entity that a background file names."""

    iris: tuple[str, ...]  # several if two files describe it
    label: str
    names: tuple[str, ...]  # all names, sorted
    type: str  # local name of a class; "" if unknown
    background: tuple[str, ...]  # ids of the files that name it, sorted
    families: tuple[str, ...] = ()  # family names of a person
    gender: str = ""  # "f", "m", or "" if unknown
    id: str = ""  # the entity's id in this graph, if an earlier build assigned one


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or other thing that is not an event. `id`: local name of its IRI."""

    id: str
    label: str
    type: str  # local name of a class of the ontology
    aliases: tuple[str, ...] = ()  # other names, sorted
    documents: tuple[str, ...] = ()  # ids of the articles that mention it, sorted
    named: bool = True  # False: known only by a description ("a series of reprisals")
    doubt: str = ""  # local name of another class with nearly as much evidence
    same: tuple[str, ...] = ()  # its IRIs in background files, sorted
    background: tuple[str, ...] = ()  # ids of the background files that name it, sorted


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
    part_of: str = ""  # id of the event that it is part of: for "agreed at the summit", of the summit
    details: tuple[tuple[Function, str], ...] = ()  # other parts of its frames, in words; sorted


@dataclass(frozen=True, slots=True)
class Statement:
    """What one or more claims say about things, with all the sentences that support it."""

    id: str  # local name of its IRI: "st-51ab09c2d1e3"
    subject: str  # id of an entity or event
    predicate: str  # local name of a relation, as in Relation.name
    object: str | Text  # id of an entity or event, or a text
    factuality: Factuality
    confidence: float  # the probability that it is right: true to its articles, and clear without them
    evidence: tuple[Evidence, ...]  # never empty; in order of document, start, rule
    label: str  # readable predicate: "hosted"
    known: bool  # whether the predicate is in the ontology
    speaker: str = ""  # entity id, or "" if there is no speaker or the speaker is unknown
    time: Time | None = None
    place: str = ""  # entity id
    event: str = ""  # event id
    independent: int = 1  # number of articles that say so independently of each other
    doubts: tuple[Doubt, ...] = ()  # why it is not a plain fact, in the order of `Doubt`
    about: tuple[str, ...] = ()  # if the object is text: ids of the named entities that it mentions, sorted

    @property
    def plain(self) -> bool:
        """Whether the statement is a plain fact: asserted, and without doubts."""
        return self.factuality is Factuality.ASSERTED and not self.doubts


@dataclass(frozen=True, slots=True)
class Dependence:
    """Why an article is not independent of a source: it cites, copies or credits the source."""

    id: str  # local name of its IRI: "dependence-51ab09c2d1e3"
    document: str  # id of the dependent article
    source: str  # id of the article that it depends on; or, if `outside`, the name of a publisher
    kind: DependenceKind
    # sentences of the dependent article; empty if the page or its side file credits the source
    evidence: tuple[Evidence, ...]
    outside: bool = False  # whether the source is not one of the articles of the build
    whole: bool = True  # False: only the sentences of `evidence` come from the source
    share: float = 0.0  # for a copy: the fraction of its words outside quotations that are also in the source


@dataclass(frozen=True, slots=True)
class Value:
    """One of several conflicting values, with the articles that give it."""

    value: str  # id of an entity, local name of a class, or a literal
    label: str  # readable: "Lima", "film", "24 October 2023"
    documents: tuple[str, ...]  # ids, sorted
    evidence: tuple[Evidence, ...]  # never empty
    independent: int = 1  # number of independent articles
    datatype: str = ""  # of a literal: local name in XML Schema ("date"); otherwise ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several values, from different articles, of a property that can have only one."""

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
    nodes: tuple[str, ...] = ()  # ids of the entities and events that the decision affected, sorted
    fault: str = ""  # why it has no effect: "nothing in the graph is called Reed"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The content of a graph; each tuple is sorted by id."""

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
