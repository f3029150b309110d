"""Reads treebanks in CoNLL-U, and aligns their words with the tokens of kg's tokenizer.

Treebanks and spaCy's tokenizer split text into words differently. The parser sees spaCy's tokens, so the
trees of treebanks are transferred to spaCy's tokens before training.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from training.scheme import Word, to_spacy

IGNORE = -100  # the target of a token that does not count in the loss


@dataclass(frozen=True, slots=True)
class Entity:
    """A phrase that GUM annotates as an entity. `start`, `end` (exclusive): indices of words."""

    start: int
    end: int
    kind: str
    core: tuple[int, ...]  # the words that identify the phrase ("minspan")


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence of a treebank. `spans`: start and end (exclusive) of each word in `text`, in characters."""

    document: str
    id: str
    text: str
    words: tuple[Word, ...]
    spans: tuple[tuple[int, int], ...]
    opens_paragraph: bool
    entities: tuple[Entity, ...] | None = None  # None: the treebank does not annotate them


@dataclass(slots=True)
class _Raw:
    comments: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)


def read(path: Path) -> Iterator[Gold]:
    """The sentences of a CoNLL-U file, in order, except those whose words do not match their text."""
    document = path.stem
    for raw in _raw(path):
        document = raw.comments.get("newdoc id", document)
        words = tuple(
            Word(row[1], row[2], row[3], row[4], int(row[6]) - 1, row[7]) for row in raw.rows if row[6] != "_"
        )
        text = raw.comments.get("text", "")
        spans = _located(text, [word.form for word in words])
        if spans is None or not words or len(words) != len(raw.rows):
            continue
        marked = any("Entity=" in row[9] for row in raw.rows) or "_GUM_" in f"_{path.stem}"
        yield Gold(
            document,
            raw.comments.get("sent_id", ""),
            text,
            words,
            spans,
            "newpar" in raw.comments or "newpar id" in raw.comments or "newdoc id" in raw.comments,
            tuple(_entities(raw.rows)) if marked else None,
        )


def _raw(path: Path) -> Iterator[_Raw]:
    raw = _Raw()
    with path.open(encoding="utf-8") as lines:
        for line in map(str.rstrip, lines):
            if not line:
                if raw.rows:
                    yield raw
                raw = _Raw()
            elif line.startswith("#"):
                name, _, value = line[1:].partition("=")
                raw.comments[name.strip()] = value.strip()
            else:
                row = line.split("\t")
                if row[0].isdigit():  # an ordinary word, not a multiword token or an empty node
                    raw.rows.append(row)
    if raw.rows:
        yield raw


def _located(text: str, forms: Sequence[str]) -> tuple[tuple[int, int], ...] | None:
    """The start and end of each word form in the text, in order; None if one is missing."""
    spans, at = [], 0
    for form in forms:
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(form, at):
            return None
        spans.append((at, at + len(form)))
        at += len(form)
    return tuple(spans)


_BRACKET = re.compile(r"\([^()]+\)?|[^()]+\)")  # the mark of an entity that begins, ends, or does both


def _entities(rows: Sequence[Sequence[str]]) -> Iterator[Entity]:
    """The entities of a sentence, which the last column gives as "Entity=(2-event-new-...(3-object-...".

    An opening bracket is followed by group, kind, status, salience, centering and minimal span; a closing
    bracket is preceded by the group.
    """
    stack: list[tuple[str, str, str, int]] = []
    for at, row in enumerate(rows):
        value = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for piece in _BRACKET.findall(value):
            fields = piece.strip("()").split("-")
            if piece.startswith("("):
                core = fields[5] if len(fields) > 5 else ""
                stack.append((fields[0], fields[1], core, at))
            if piece.endswith(")"):
                index = next((i for i in reversed(range(len(stack))) if stack[i][0] == fields[0]), None)
                if index is not None:
                    _, kind, core, start = stack.pop(index)
                    inner = tuple(start + int(n) - 1 for n in core.split(",") if n.isdigit())
                    yield Entity(start, at + 1, kind, inner)


def on_tokens(
    gold: Gold, tokens: Sequence[tuple[int, int]]
) -> tuple[list[int], list[str], list[str], list[int]] | None:
    """The tree and tags of a sentence, transferred to other tokens (character spans of its text).

    Returns for each token its head (for the root, its own index), its label and tag ("" if the treebank gives
    none), and the word of the treebank that it represents. A token that contains several words represents the
    topmost in the tree. If several tokens make up one word, the last represents it, and the others are
    attached to the last. None if a word is in no token, or a token contains no word.
    """
    held = [[w for w, other in enumerate(gold.spans) if _overlap(other, span)] for span in tokens]
    if not all(held) or {w for words in held for w in words} != set(range(len(gold.spans))):
        return None
    arcs = to_spacy(gold.words)
    owner = [
        max(range(len(gold.spans)), key=lambda w: (_overlap(gold.spans[w], span), -w)) for span in tokens
    ]
    place: dict[int, int] = {}  # word -> the token that represents it
    for at, words in enumerate(held):
        for word in words:
            place[word] = at
    for at, word in enumerate(owner):
        if len(held[at]) > 1:
            inside = set(held[at])
            tops = [w for w in held[at] if place[w] == at and (arcs[w][0] not in inside or arcs[w][0] == w)]
            owner[at] = tops[0] if tops else word
    heads, labels, tags = [], [], []
    for at, word in enumerate(owner):
        if place[word] != at:  # one of several tokens of a word, but not the last
            heads.append(place[word])
            labels.append("")
            tags.append("")
            continue
        head, label = arcs[word]
        heads.append(at if head == word else place[head])
        labels.append("ROOT" if head == word else label)
        tags.append(gold.words[word].tag if len(held[at]) == 1 else "")
    return heads, labels, tags, owner


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def is_tree(heads: Sequence[int]) -> bool:
    """Whether all heads lead to one root (which is its own head)."""
    roots = [i for i, head in enumerate(heads) if head == i]
    if len(roots) != 1:
        return False
    for start in range(len(heads)):
        at, seen = start, 0
        while heads[at] != at:
            at, seen = heads[at], seen + 1
            if seen > len(heads):
                return False
    return True


def files(folder: Path, pattern: str) -> list[Path]:
    """The files in a folder that match a pattern, sorted, so that every run reads them in the same order."""
    return sorted(folder.glob(pattern))


def sentences(paths: Iterable[Path]) -> Iterator[Gold]:
    """The sentences of several files, in order."""
    for path in paths:
        yield from read(path)
