"""Handwritten readings: a text with its mentions marked, and claims between them.

    reading("a.txt", "{Mr} [Reed:Person] met [Ana Ruiz:Person].", ["Reed met Ana Ruiz"...])

A mark is `[words:Type flags]`; `{Title}` before it gives its title. A Type in capitals (PRONOUN) is a kind of
mention; `event.Summit` is an EVENT and `thing.Topic` a NOMINAL of that class; any other Type is the class of
a NAME. Flags: f m, plural, quoted, rel=Peru, of=WORDS (the possessor). A claim refers to its ends by the
words of the mark, "WORDS#2" for the second occurrence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.model import (
    Argument,
    Block,
    BlockKind,
    Claim,
    Document,
    Factuality,
    Mention,
    MentionKind,
    Reading,
    Relation,
    Role,
    Segment,
    Sentence,
    TimeExpression,
)
from kg.ontology import Ontology
from kg.resolve.knowledge import resolved_corpus

_MARK = re.compile(r"(?:\{(?P<title>[^}]*)\} )?\[(?P<text>[^\]:]+):(?P<type>\S+?)(?P<flags>( [^\]]+)?)\]")
_PRONOUN_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


@dataclass(frozen=True)
class Says:
    """A claim in short form: "Ruiz" "hosted" "Reed"; `object` in quotation marks is a text."""

    subject: str
    verb: str
    object: str = ""
    event: str = ""
    factuality: Factuality = Factuality.ASSERTED
    speaker: str = ""
    time: str = ""
    place: str = ""
    confidence: float = 0.8
    inverted: bool = False
    role: Role = Role.PATIENT


def bare(id_: str) -> str:
    """An id without its hash. A person of whom articles give only the name has an id with a hash."""
    return re.sub(r"-[0-9a-f]{8}$", "", id_)


def reading(name: str, marked: str, *claims: Says, times: tuple[TimeExpression, ...] = ()) -> Reading:
    """A Reading of the marked text; sentences end at ". " or at the end of a line."""
    text, mentions = _strip(marked)
    mentions = _own(mentions)
    starts = [0, *(match.end() for match in re.finditer(r"[.?!][”\"]?\s+|\n+", text))]
    ends = [*starts[1:], len(text)]
    sentences = tuple(
        Sentence(s, s + len(text[s:e].rstrip()), BlockKind.PARAGRAPH)
        for s, e in zip(starts, ends, strict=True)
        if text[s:e].strip()
    )
    placed = tuple(
        replace(m, sentence=max(i for i, s in enumerate(sentences) if s.start <= m.start))
        for m, _ in mentions
    )
    located = tuple(replace(t, start=text.index(t.text), end=text.index(t.text) + len(t.text)) for t in times)
    document = Document(
        name, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), (Segment(0, len(text), 0, len(text)),)
    )
    bare = Reading(document, sentences, placed, located)
    return replace(bare, claims=tuple(_claim(bare, says) for says in claims))


def _strip(marked: str) -> tuple[str, list[tuple[Mention, str]]]:
    text, at = "", 0
    mentions: list[tuple[Mention, str]] = []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        if mark["title"]:
            text += mark["title"] + " "
        words, flags = mark["text"], mark["flags"].split()
        start, end = len(text), len(text) + len(words)
        kind, _, type_ = mark["type"].rpartition(".")
        options = dict(flag.split("=", 1) for flag in flags if "=" in flag)
        pronoun = type_ == "PRONOUN"
        determiner = (
            words.split()[0].lower() if re.match(r"(?i)(the|an?|his|her|this|both)\b ", words) else ""
        )
        head = start + words.rfind(" ") + 1
        mentions.append(
            (
                Mention(
                    start,
                    end,
                    words,
                    {"": MentionKind.NAME, "event": MentionKind.EVENT, "thing": MentionKind.NOMINAL}[kind]
                    if not pronoun
                    else MentionKind.PRONOUN,
                    "Person" if pronoun else type_,
                    head,
                    end,
                    0,
                    lemma=_lemma(words.split()[-1], plural="plural" in flags) if kind else words.split()[-1],
                    title=mark["title"] or "",
                    gender=next((f for f in flags if f in ("f", "m")), "")
                    or (_PRONOUN_GENDER.get(words.lower(), "") if pronoun else ""),
                    plural="plural" in flags,
                    determiner=determiner if kind else "",
                    quoted="quoted" in flags,
                    relational=options.get("rel", "").replace("_", " "),
                ),
                options.get("of", "").replace("_", " "),
            )
        )
        text += words
        at = mark.end()
    return text + marked[at:], mentions


def _lemma(noun: str, *, plural: bool) -> str:
    """The singular of a noun; correct only for regular plurals."""
    return re.sub(r"ies$", "y", noun).removesuffix("s").lower() if plural else noun.lower()


def _own(mentions: list[tuple[Mention, str]]) -> list[tuple[Mention, str]]:
    """Set the possessor of each mention with `of=WORDS`: the last mention with these words that does not
    start after it.
    """
    found = []
    for mention, owner in mentions:
        at = [
            i for i, (m, _) in enumerate(mentions) if owner and m.text == owner and m.start <= mention.start
        ]
        found.append((replace(mention, possessor=at[-1]) if at else mention, owner))
    return found


def _find(bare: Reading, words: str) -> int:
    text, _, nth = words.partition("#")
    hits = [i for i, m in enumerate(bare.mentions) if m.text == text]
    return hits[int(nth or 1) - 1]


def _argument(bare: Reading, words: str, role: Role) -> Argument:
    if words.startswith(("“", '"')):
        start = bare.document.text.index(words)
        return Argument(start, start + len(words), words, role)
    for i, time in enumerate(bare.times):
        if time.text == words:
            return Argument(time.start, time.end, words, Role.TIME, time=i)
    index = _find(bare, words)
    mention = bare.mentions[index]
    return Argument(mention.start, mention.end, mention.text, role, mention=index)


def _claim(bare: Reading, says: Says) -> Claim:
    subject = _argument(bare, says.subject, Role.AGENT)
    object_ = _argument(bare, says.object, says.role) if says.object else None
    sentence = max(i for i, s in enumerate(bare.sentences) if s.start <= subject.start)
    name = says.verb.replace(" ", "-")
    return Claim(
        subject,
        Relation(subject.end, subject.end, says.verb, name, says.verb, False, says.inverted),
        object_,
        sentence,
        "active",
        says.confidence,
        says.factuality,
        _argument(bare, says.speaker, Role.AGENT) if says.speaker else None,
        next((i for i, t in enumerate(bare.times) if t.text == says.time), -1),
        _find(bare, says.place) if says.place else -1,
        _find(bare, says.event) if says.event else -1,
    )


def date(text: str, begin: str = "", finish: str = "") -> TimeExpression:
    """A time expression; its offsets are found in the text."""
    return TimeExpression(0, 0, text, "DATE", begin, begin, finish or begin)


def clusters(readings: Sequence[Reading], ontology: Ontology) -> list[list[str]]:
    """For each reading, resolved alone, the referent of each of its mentions."""
    corpus = resolved_corpus(readings, ontology)
    same = corpus.occurrences(ontology)
    found: list[list[str]] = [[] for _ in readings]
    for position, index in enumerate(corpus.order):
        nodes = corpus.told[position].nodes.renamed(same)
        count = len(readings[index].mentions)
        found[index] = [nodes.own.get(i) or f"mention-{position}-{i}" for i in range(count)]
    return found
