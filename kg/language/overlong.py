"""Discards the parse of sentences that are too long for extraction.

Extraction takes time at least quadratic in the length of a sentence. In a text without sentence ends ("and
Bob and Bob and ..."), spaCy's parser makes sentences of ten thousand words, which would take hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST = 500  # maximum number of words; the longest sentences of news have 150, lists without full stops 300
_PIECE = 100  # number of words of each flat tree with which `flatten` replaces a part of the sentence


def flatten(doc: Doc) -> None:
    """Replace the trees of sentences of more than `MOST` words by flat trees, from which no claims follow."""
    long = [sentence for sentence in doc.sents if len(sentence) > MOST]
    if not long:
        return
    array = doc.to_array(["HEAD", "DEP"]).view("int64")
    root, other = (doc.vocab.strings.add(label) for label in ("ROOT", "dep"))
    for sentence in long:
        for at in range(sentence.start, sentence.end):
            back = (at - sentence.start) % _PIECE
            array[at] = -back, other if back else root
    doc.from_array(["HEAD", "DEP"], array.view("uint64"))  # type: ignore[arg-type]  # spaCy's stub is wrong
