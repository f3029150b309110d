"""Runs the network with ONNX Runtime: words of a window -> scores for all their possible annotations.

The folder of a model contains `scores.onnx` and `labels.onnx` (the network), `vocab.txt` (its word pieces)
and `about.json` (the meaning of the columns of the scores).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.language.news.pieces import Pieces, shape
from kg.language.news.votes import Votes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent / "model"
_FILES = ("about.json", "labels.onnx", "scores.onnx", "vocab.txt")
_SCORES = ("arcs", "label_dep", "label_head", "tags", "starts", "names", "nouns")


_NO_VOTES = Votes()


@dataclass(frozen=True, slots=True)
class ModelColumns:
    """The meaning of the columns of the scores."""

    labels: tuple[str, ...]  # labels of dependencies, including "ROOT"
    tags: tuple[str, ...]  # tags of the Penn Treebank
    names: tuple[str, ...]  # "O", "B-PERSON", "I-PERSON", ...
    nouns: tuple[str, ...]  # "-" for words that are not nouns
    longest: int  # maximum number of pieces of a window
    version: str
    votes: Votes = _NO_VOTES  # the weights of a second parse


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one window of n words.

    Row and column 0 are for the root, row and column i (from 1) for the i-th word. In the shapes, b is the
    size of a vector, and T, K, C are the numbers of tags, name tags and noun classes.
    """

    arcs: Floats  # [n + 1, n + 1]: row: dependent, column: head
    label_dep: Floats  # [n + 1, b]: vectors of the words as dependents, from which `labels` computes scores
    label_head: Floats  # [n + 1, b]: vectors of the words as heads, also for `labels`
    tags: Floats  # [n + 1, T]
    starts: Floats  # [n + 1]: above 0 if a sentence begins with the word
    names: Floats  # [n + 1, K]
    nouns: Floats  # [n + 1, C]


class Scorer(Protocol):
    """The interface of a network, as `component` uses it."""

    @property
    def about(self) -> ModelColumns: ...

    def length(self, word: str) -> int:
        """The number of pieces of a word, at least 1."""
        ...

    def scores(self, some: Sequence[Sequence[str]]) -> list[Scores]:
        """The scores of the windows of one batch, each given by its words."""
        ...

    def labels(self, dependents: Floats, heads: Floats) -> Floats:
        """The scores [m, D] of all labels for m arcs, given by rows of `label_dep` and of `label_head`."""
        ...


def is_there(folder: Path = FOLDER) -> bool:
    """Whether a folder contains all files of a model."""
    return all((folder / name).is_file() for name in _FILES)


def about(folder: Path = FOLDER) -> ModelColumns:
    """The metadata of the model in a folder, from its about.json."""
    held = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    labels, tags, names, nouns = (tuple(held[name]) for name in ("labels", "tags", "names", "nouns"))
    votes = Votes(**held.get("votes", {}))
    return ModelColumns(labels, tags, names, nouns, int(held["longest"]), str(held["version"]), votes)


def digest(folder: Path = FOLDER) -> str:
    """The SHA-256 digest of all files of a model, in hexadecimal digits."""
    files = (hashlib.sha256((folder / name).read_bytes()).digest() for name in _FILES)
    return hashlib.sha256(b"".join(files)).hexdigest()


class OnnxScorer:
    """A `Scorer` that runs the model in a folder with ONNX Runtime."""

    def __init__(self, folder: Path = FOLDER, threads: int = 1) -> None:
        """Load a model. `threads`: number of threads for each batch, on which the scores do not depend."""
        self.about = about(folder)
        self._pieces = Pieces.load(folder / "vocab.txt")
        self._cls, self._sep = (self._pieces.vocabulary[piece] for piece in ("[CLS]", "[SEP]"))
        self._scores = _session(folder / "scores.onnx", threads)
        self._labels = _session(folder / "labels.onnx", threads)

    def length(self, word: str) -> int:
        return len(self._pieces.of(word))

    def scores(self, some: Sequence[Sequence[str]]) -> list[Scores]:
        found = self._scores.run(list(_SCORES), self._inputs(some))
        return [
            Scores(
                *(
                    _cut(name, scores[row], len(words) + 1)
                    for name, scores in zip(_SCORES, found, strict=True)
                )
            )
            for row, words in enumerate(some)
        ]

    def labels(self, dependents: Floats, heads: Floats) -> Floats:
        found: Floats = self._labels.run(["labels"], {"label_dep": dependents, "label_head": heads})[0]
        return found

    def _inputs(self, some: Sequence[Sequence[str]]) -> dict[str, NDArray[np.int64]]:
        """The network's inputs for the words of B windows, padded with 0: `pieces` and `shapes` [B, L], and
        `first` [B, N + 1], the position of each word's first piece.
        """
        import numpy as np

        cut = [[self._pieces.of(word) for word in words] for words in some]
        size = len(some), 2 + max(sum(map(len, words)) for words in cut)
        pieces, shapes = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        first = np.zeros((len(some), 1 + max(map(len, some))), dtype=np.int64)
        for row, (words, parts) in enumerate(zip(some, cut, strict=True)):
            lengths = np.array([len(part) for part in parts])
            end = 1 + int(lengths.sum())
            pieces[row, 0], pieces[row, end] = self._cls, self._sep
            pieces[row, 1:end] = [piece for part in parts for piece in part]
            shapes[row, 1:end] = np.repeat([shape(word) for word in words], lengths)
            first[row, 1 : len(words) + 1] = 1 + np.cumsum(lengths) - lengths
        return {"pieces": pieces, "shapes": shapes, "first": first}


def _cut(name: str, scores: Floats, size: int) -> Floats:
    """The scores of one window without the padding, which scores of arcs have in both dimensions."""
    return scores[:size, :size] if name == "arcs" else scores[:size]


def _session(path: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads do not busy-wait
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.use_deterministic_compute = True
    options.log_severity_level = 3  # log errors only
    # The weights are stored as bytes. With this option, they become floats once, on loading, not in each run.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
