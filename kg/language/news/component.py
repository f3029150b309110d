"""Defines kg's parser as a component of a spaCy pipeline.

Its input is a Doc from the tokenizer, or one with another parser's annotation, which is then stored as the
second parse (`kg.language.second_parse`). It sets tags, trees, sentences, entities and the classes of nouns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.language import boundaries, second_parse
from kg.language.news import scorer, spans, trees, votes
from kg.language.news.windows import Window, batches, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.language.news.scorer import Scorer, Scores
    from kg.language.second_parse import Second

NAME = "kg_news"
_NOUNS = "kg.nouns"
_NO_NOUN = "-"
_SPACE_LABEL, _SPACE_TAG, _ROOT_LABEL = "dep", "_SP", "ROOT"


def noun_class(doc: Doc, token: int) -> str:
    """The class of the noun at a token index: "person", "event" and others.

    "" if the token is not a noun, or if the parser predicts no classes.
    """
    found = doc.user_data.get(_NOUNS)
    return str(found[token]) if isinstance(found, tuple) else ""


def register() -> None:
    """Register the component with spaCy as `NAME`. A second call changes nothing."""
    from spacy.language import Language

    Language.factory(NAME, default_config={"folder": str(scorer.FOLDER), "threads": 1}, func=_made)


def _made(nlp: Language, name: str, folder: str, threads: int) -> Parser:  # noqa: ARG001 (spaCy's interface)
    return Parser(scorer.OnnxScorer(Path(folder), threads))


@dataclass(frozen=True, slots=True)
class Words:
    """The predictions for the words of one window. Token indices refer to the Doc."""

    starts: tuple[int, ...]  # first tokens of the sentences
    heads: dict[int, int]  # token -> its head; a root is its own head
    labels: dict[int, str]
    tags: dict[int, str]
    nouns: dict[int, str]
    entities: tuple[tuple[int, int, str], ...]  # (start, end (exclusive), label)


@dataclass(frozen=True, slots=True)
class Parser:
    """The component, which spaCy calls with each Doc. `scorer` is the network."""

    scorer: Scorer

    def __call__(self, doc: Doc) -> Doc:
        second_parse.keep(doc)
        words = [token.text for token in doc]
        marks = boundaries.of(doc)
        lengths = [0 if word.isspace() else self.scorer.length(word) for word in words]
        found: list[Words] = []
        second = second_parse.second(doc)
        names_of = votes.marks(second) if second is not None else {}
        for batch in batches(windows(marks, lengths, self.scorer.about.longest)):
            found += self._read(batch, words, second, names_of)
        _annotate(doc, found)
        return doc

    def _read(
        self,
        batch: Sequence[Window],
        words: Sequence[str],
        second: Second | None,
        names_of: Mapping[int, str],
    ) -> Iterator[Words]:
        """The predictions for the windows of one batch, in order."""
        import numpy as np

        about = self.scorer.about
        scores = self.scorer.scores([[words[i] for i in window.words] for window in batch])
        if second is not None:
            scores = [
                votes.counted(each, window, second, names_of, about)
                for each, window in zip(scores, batch, strict=True)
            ]
        sentences = [_sentences(each, window) for each, window in zip(scores, batch, strict=True)]
        heads = [_heads(each, bounds) for each, bounds in zip(scores, sentences, strict=True)]
        labels = self.scorer.labels(
            np.concatenate([each.label_dep[1:] for each in scores]),
            np.concatenate([each.label_head[above] for each, above in zip(scores, heads, strict=True)]),
        )
        if second is not None:
            ends = np.cumsum([len(window.words) for window in batch])[:-1]
            for part, window, above in zip(np.split(labels, ends), batch, heads, strict=True):
                votes.on_labels(part, window, above.tolist(), second, about)
        chosen = iter(self._labels(labels, np.concatenate(heads)))
        for window, each, bounds, above in zip(batch, scores, sentences, heads, strict=True):
            yield self._words(window, each, bounds, above, [next(chosen) for _ in window.words])

    def _labels(self, scores: NDArray[np.float32], heads: NDArray[np.int64]) -> list[str]:
        """The best label of each arc; ROOT for roots, and for nothing else."""
        import numpy as np

        names = self.scorer.about.labels
        is_root = np.array([name == _ROOT_LABEL for name in names])
        allowed = is_root[None, :] == (heads == trees.ROOT)[:, None]
        return [names[int(best)] for best in np.where(allowed, scores, -np.inf).argmax(axis=1)]

    def _words(
        self,
        window: Window,
        scores: Scores,
        bounds: Sequence[tuple[int, int]],
        heads: NDArray[np.int64],
        labels: Sequence[str],
    ) -> Words:
        about, words = self.scorer.about, window.words
        tags, nouns = scores.tags[1:].argmax(axis=1), scores.nouns[1:].argmax(axis=1)
        return Words(
            starts=tuple(words[first] for first, _ in bounds),
            heads={i: words[head - 1] if head else i for i, head in zip(words, heads.tolist(), strict=True)},
            labels=dict(zip(words, labels, strict=True)),
            tags={i: about.tags[tag] for i, tag in zip(words, tags.tolist(), strict=True)},
            nouns={i: about.nouns[noun] for i, noun in zip(words, nouns.tolist(), strict=True)},
            entities=tuple(
                (words[first + start], words[first + end - 1] + 1, label)
                for first, last in bounds
                for start, end, label in spans.entities(scores.names[1 + first : 1 + last], about.names)
            ),
        )


def _sentences(scores: Scores, window: Window) -> list[tuple[int, int]]:
    """First word and end (exclusive) of each sentence of a window, numbered from 0 in the window."""
    begins = (scores.starts[1:] > 0).tolist()
    size = len(window.words)
    firsts = [i for i in range(size) if i == 0 or (window.free[i] and begins[i])]
    return list(zip(firsts, [*firsts[1:], size], strict=True))


def _heads(scores: Scores, bounds: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """The head of each of the n words of a window: 0 for a root, otherwise the number of the head, from 1."""
    import numpy as np

    found = np.zeros(len(scores.arcs) - 1, dtype=np.int64)
    for first, last in bounds:
        columns = [0, *range(1 + first, 1 + last)]
        local = np.array(trees.heads(scores.arcs[1 + first : 1 + last][:, columns]))
        found[first:last] = np.where(local > 0, local + first, 0)
    return found


def _annotate(doc: Doc, found: Sequence[Words]) -> None:
    """Write the predictions into the Doc."""
    import numpy as np
    from spacy.tokens import Span

    heads = {i: head for each in found for i, head in each.heads.items()}
    labels = {i: label for each in found for i, label in each.labels.items()}
    tags = {i: tag for each in found for i, tag in each.tags.items()}
    nouns = {i: noun for each in found for i, noun in each.nouns.items()}
    heads |= _of_spaces(doc, heads)
    if len(doc):
        add, size = doc.vocab.strings.add, range(len(doc))
        array = np.zeros((len(doc), 3), dtype=np.uint64)
        array[:, 0] = np.array([heads[i] - i for i in size], dtype=np.int64).view(np.uint64)
        array[:, 1] = [add(labels.get(i, _SPACE_LABEL)) for i in size]
        array[:, 2] = [add(tags.get(i, _SPACE_TAG)) for i in size]
        doc.from_array(["HEAD", "DEP", "TAG"], array)  # type: ignore[arg-type]  # spaCy's stub is wrong
    entities = sorted(entity for each in found for entity in each.entities)
    doc.set_ents([Span(doc, start, end, label) for start, end, label in entities], default="outside")
    doc.user_data[_NOUNS] = tuple(
        "" if (noun := nouns.get(i, _NO_NOUN)) == _NO_NOUN else noun for i in range(len(doc))
    )


def _of_spaces(doc: Doc, heads: Mapping[int, int]) -> dict[int, int]:
    """The heads of white-space tokens: the word before; at the start of the text, the next word on the line.

    Without such a word, the token is a sentence by itself.
    """
    found: dict[int, int] = {}
    before = -1
    for token in doc:
        if token.i in heads:
            before = token.i
        elif before >= 0:
            found[token.i] = before
        else:
            found[token.i] = token.i
    first = min(heads, default=-1)
    if first > 0 and "\n" not in doc[:first].text:
        found |= dict.fromkeys(range(first), first)
    return found
