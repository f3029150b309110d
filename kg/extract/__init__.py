"""Turns parsed sentences into frames and claims, with one module per construction of English.

    clauses/        complete a clause: which phrase has which function for its verb
    reality/        decide the factuality and the speaker of a clause
    frames          collects the complete content of a clause
    projections/    decide which claims a frame makes
    phrases/        make claims from noun phrases, without a verb
    whole/          finds what a claim leaves out of its sentence

The docstring of each construction gives example sentences and exclusions; its test cases are prose in
tests/cases/. `lexicon` finds the relation that a word expresses, `build` makes the claims.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract import classes, clauses, foreign, frames, phrases, projections
from kg.extract.build import Builder, surface_of
from kg.extract.clauses.clause import Clause, Context
from kg.extract.headlines import dated_headlines
from kg.extract.lexicon import Lexicon
from kg.extract.narrative import narrated
from kg.extract.projections import attitudes, bounds
from kg.extract.reality.quoting import Speech
from kg.language import pipeline
from kg.language.reader import understand
from kg.language.verbs import is_predicate
from kg.model import Document, Mention, MentionKind, Problem, Reading
from kg.ontology import Ontology, folder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from kg.language.lists import Lists
    from kg.language.parsed import Parsed

_READERS = ("spacy", "lemminflect", "numpy", "thinc")  # libraries that affect how a text is read


def read_all(
    documents: Iterable[Document], ontology: Ontology, parser: str = pipeline.DEFAULT
) -> Iterator[Reading | Problem]:
    """Read documents, in order: yields the Reading of each, or a Problem if kg fails on the document.

    `parser`: a name, as in `kg.language.pipeline`. The parser is loaded once, and documents are parsed in
    batches. Errors that concern all documents (no parser, no ontology) are raised.
    """
    read = batch_reader(ontology, parser)
    rest = iter(documents)
    while batch := list(islice(rest, pipeline.BATCH)):
        yield from read(batch)


def batch_reader(
    ontology: Ontology, parser: str = pipeline.DEFAULT
) -> Callable[[Sequence[Document]], Iterator[Reading | Problem]]:
    """A function that reads up to `pipeline.BATCH` documents per call, in order, like `read_all`.

    The parser is loaded here, not when the function is first called.
    """
    nlp = pipeline.load(parser)
    lexicon = Lexicon(ontology)

    def read(document: Document, doc: Doc | None) -> Reading | Problem:
        try:
            if doc is None:
                doc = next(pipeline.parse(nlp, [document.text], ontology.words))
            return extract(understand(doc, document, ontology), ontology, lexicon)
        except Exception as error:  # any exception concerns this document only; the others are read
            return _failed(document, error)

    return lambda batch: map(read, batch, _parsed(nlp, batch, ontology.words))


def _parsed(nlp: Language, batch: Sequence[Document], words: Lists) -> Sequence[Doc | None]:
    """The parse of each document, or None for every document if one of them fails or memory runs out.

    The caller then parses the documents one by one. By then the exception, which keeps the batch in memory,
    has been released.
    """
    try:
        return list(pipeline.parse(nlp, (document.text for document in batch), words))
    except Exception:
        logging.getLogger(__name__).debug("a batch cannot be parsed", exc_info=True)
        return [None] * len(batch)


def _failed(document: Document, error: Exception) -> Problem:
    """The `Problem` to report for a document on which kg fails; the traceback goes to the log.

    Even a MemoryError does not end the run: the memory is free again afterwards, and most other documents are
    shorter.
    """
    logging.getLogger(__name__).debug("%s cannot be read", document.id, exc_info=error)
    if isinstance(error, MemoryError):
        what = f"takes more memory than there is: it holds {len(document.text):,} characters of text"
        return Problem(document.id, what, "Split it into articles, or make more memory free.")
    return Problem.of_kg(document.id, error)


def fingerprint(ontology_files: Iterable[Path] = (), parser: str = pipeline.DEFAULT) -> str:
    """A digest of everything that a reading depends on, except the article: code, ontology, parser.

    `ontology_files`: the user's ontology. Versions of kg with the same digest give the same readings.

    Raises ParserError.
    """
    root = Path(__file__).parents[1]
    code = (p for part in ("language", "extract") for p in sorted((root / part).rglob("*.py")))
    # confidence.toml is left out: it is used only after reading, to judge statements
    told = (path for path in sorted(folder().rglob("*.*")) if path.name != "confidence.toml")
    files = (*sorted(root.glob("*.py")), *code, *told, *ontology_files)
    readers = pipeline.identity(parser), *((name, version(name)) for name in _READERS)
    digest = hashlib.sha256(str(readers).encode())
    for path in files:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def reader(ontology: Ontology, parser: str = pipeline.DEFAULT) -> Callable[[Document], Reading]:
    """A function that reads one document.

    The parser is loaded here, not when the function is first called.
    """
    nlp = pipeline.load(parser)
    lexicon = Lexicon(ontology)

    def read(document: Document) -> Reading:
        doc = next(pipeline.parse(nlp, [document.text], ontology.words))
        return extract(understand(doc, document, ontology), ontology, lexicon)

    return read


def extract(parsed: Parsed, ontology: Ontology, lexicon: Lexicon) -> Reading:
    """The reading of a parsed document: its mentions, times, frames and claims."""
    complete: dict[int, Clause] = {}

    def clause_of(verb: Token) -> Clause:
        if verb.i not in complete:
            # provisional: returned if a construction asks for this clause while it is being completed
            complete[verb.i] = Clause(verb)
            clause = Clause(verb)
            for construction in clauses.CONSTRUCTIONS:
                clause = construction.read(clause, context)
            complete[verb.i] = clause
        return complete[verb.i]

    context = Context(parsed, ontology, clause_of)
    build = Builder(context, lexicon, Speech(context))
    for token in parsed.doc:
        if is_predicate(token) and not parsed.is_name(token):
            clause = clause_of(token)
            build.frames[token.i] = frames.of_clause(build, clause, surface_of(clause))
            projections.read(build, clause)
    build.projection = "content"
    attitudes.quotations(build)
    attitudes.nouns(build)
    build.projection = "noun phrase"
    for read_phrases in phrases.RULES:
        read_phrases(build)
    worded = tuple(_typed(build, index, mention) for index, mention in enumerate(parsed.mentions))
    kinds = classes.typed(build, worded)
    mentions = tuple(replace(mention, type=kind) for mention, kind in zip(worded, kinds, strict=True))
    left = foreign.sentences(parsed, context.words("ForeignWords"))
    english = [claim for claim in build.claims if claim.sentence not in left]
    dated = narrated(bounds.bounded(english, context), context, lexicon.event_class)
    ordered = sorted(
        dated_headlines(dated, context),
        key=lambda c: (c.sentence, c.relation.start, c.subject.start),
    )
    told, whole = build.projected(ordered)
    return Reading(parsed.document, parsed.sentences, mentions, parsed.times, told, whole)


def _typed(build: Builder, index: int, mention: Mention) -> Mention:
    """The mention, with the class that a construction gave it, if any; for a verb, the class of its event."""
    mention = build.retyped.get(index, mention)
    if mention.kind is MentionKind.EVENT and mention.type == "Event":
        return replace(mention, type=build.lexicon.event_class(mention.lemma) or "Event")
    return mention
