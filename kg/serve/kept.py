"""A cache of answers, which stay valid because a graph does not change while it is served."""

from __future__ import annotations

import re
from collections import OrderedDict

from kg.serve.asked import MB, Question, Reply
from kg.serve.negotiation import ROWS, TRIPLES, choose

_MOST = 64 * MB  # maximum size of all cached answers together
_LARGEST = 4 * MB  # maximum size of an answer that is cached
# The result of these functions, and of SERVICE, differs between calls: the answer to a query that uses one is
# not cached.
_FICKLE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b|SERVICE", re.IGNORECASE)

_Key = tuple[str, tuple[str, ...], tuple[str, ...]]


class AnswerCache:
    """The most recently used answers, each in the formats that were requested."""

    def __init__(self) -> None:
        self._triples: dict[_Key, bool] = {}  # question -> whether its answer is triples (or else rows)
        self._answers: OrderedDict[tuple[_Key, str], Reply] = OrderedDict()
        self._size = 0

    def get(self, question: Question) -> Reply | None:
        """The answer, in the format that the question asks for; None if it is not cached in this format."""
        key = _key(question)
        if key not in self._triples:
            return None
        offer = choose(TRIPLES if self._triples[key] else ROWS, question.accept, question.format)
        place = key, offer.content_type if offer else ""
        if place not in self._answers:
            return None
        self._answers.move_to_end(place)
        return self._answers[place]

    def put(self, question: Question, answer: Reply) -> None:
        """Cache an answer, if it is small enough."""
        if len(answer.body) > _LARGEST or _FICKLE.search(question.text):
            return
        key = _key(question)
        self._triples[key] = answer.triples
        self._drop((key, answer.media_type))
        self._answers[key, answer.media_type] = answer
        self._size += _size(key, answer)
        while self._size > _MOST:
            self._drop(next(iter(self._answers)))
        if len(self._triples) > 2 * len(self._answers) + 100:
            self._triples = {key: self._triples[key] for key, _ in self._answers}

    def _drop(self, place: tuple[_Key, str]) -> None:
        answer = self._answers.pop(place, None)
        if answer:
            self._size -= _size(place[0], answer)


def _key(question: Question) -> _Key:
    return question.text, question.default_graphs, question.named_graphs


def _size(key: _Key, answer: Reply) -> int:
    """The approximate size of an answer in bytes. An answer in a file counts as `_LARGEST`, so that few files
    stay open.
    """
    return len(key[0]) + (len(answer.body) + 1000 if isinstance(answer.body, bytes) else _LARGEST)
