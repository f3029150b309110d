"""A network with handwritten scores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.language.news.scorer import ModelColumns, Scores

LABELS = ("ROOT", "nsubj", "dobj", "punct", "dep")
TAGS = ("NNP", "VBD", ".", "NN")
NAMES = ("O", "B-PERSON", "I-PERSON", "B-GPE", "I-GPE")
NOUNS = ("-", "person", "place")
ABOUT = ModelColumns(LABELS, TAGS, NAMES, NOUNS, longest=40, version="by hand")


@dataclass(frozen=True)
class Word:
    """What the scores should predict for a word.

    `head` is relative: -1 is the word before. If it is 0 or outside the window, the word is a root.
    """

    head: int = 0
    label: str = "dep"
    tag: str = "NN"
    name: str = "O"
    noun: str = "-"
    starts: bool = False


@dataclass(frozen=True)
class ByHand:
    """Predicts for each word what `words` gives, or what `every` computes from the words of its window."""

    words: Mapping[str, Word] = field(default_factory=dict)
    every: Callable[[Sequence[str]], Sequence[Word]] | None = None
    about: ModelColumns = ABOUT
    asked: list[list[list[str]]] = field(default_factory=list)  # the windows of each batch

    def length(self, word: str) -> int:
        return len(word)

    def scores(self, some: Sequence[Sequence[str]]) -> list[Scores]:
        self.asked.append([list(words) for words in some])
        return [self._scores(words) for words in some]

    def labels(self, dependents: np.ndarray, heads: np.ndarray) -> np.ndarray:
        assert dependents.shape == heads.shape
        return dependents

    def _scores(self, words: Sequence[str]) -> Scores:
        size, about = len(words) + 1, self.about
        arcs, starts = np.zeros((size, size), np.float32), np.full(size, -1, np.float32)
        labels, tags, names, nouns = (
            np.zeros((size, len(columns)), np.float32)
            for columns in (about.labels, about.tags, about.names, about.nouns)
        )
        said = self.every(words) if self.every else [self.words.get(word, Word()) for word in words]
        for row, word in enumerate(said, 1):
            above = row + word.head if word.head else 0
            arcs[row, above if 0 <= above < size else 0] = 9
            labels[row, about.labels.index(word.label)] = 9
            tags[row, about.tags.index(word.tag)] = 9
            names[row, about.names.index(word.name)] = 9
            nouns[row, about.nouns.index(word.noun)] = 9
            starts[row] = 1 if word.starts else -1
        return Scores(arcs, labels, labels, tags, starts, names, nouns)
