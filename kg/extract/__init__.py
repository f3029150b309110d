"""From parsed sentences to claims: one module per construction of English.

A clause is completed by `CLAUSE_RULES`, in order; then `CLAIM_RULES` say what it claims.
`PHRASE_RULES` read what noun phrases claim. Every module opens with the sentences it understands and
says what it leaves out; its test cases stand in tests/cases/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extract import (
    active,
    apposition,
    attitudes,
    complements,
    control,
    coordination,
    copula,
    nominal,
    parenthesis,
    participles,
    passive,
    possessives,
    predicates,
    relative,
    titles,
)
from kg.extract.build import Builder
from kg.extract.clause import Clause, Context, is_clause
from kg.extract.lexicon import Lexicon
from kg.extract.quoting import Speech
from kg.language import pipeline
from kg.language.reader import understand
from kg.model import Document, Mention, MentionKind, Reading
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.language.parsed import Parsed

CLAUSE_RULES: tuple[Callable[[Clause, Context], Clause], ...] = (
    active.read,
    passive.read,
    copula.read,
    complements.read,
    parenthesis.read,
    relative.read,
    participles.read,
    control.read,
    coordination.read,
)
CLAIM_RULES: tuple[Callable[[Builder, Clause], None], ...] = (predicates.read, attitudes.read)
PHRASE_RULES: tuple[Callable[[Builder], None], ...] = (
    titles.read,
    apposition.read,
    possessives.read,
    nominal.read,
    attitudes.quotations,
)


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
    clauses: dict[int, Clause] = {}

    def clause_of(verb: Token) -> Clause:
        if verb.i not in clauses:
            clauses[verb.i] = Clause(verb)  # what a dependent sees while its governor is being completed
            clause = Clause(verb)
            for rule in CLAUSE_RULES:
                clause = rule(clause, context)
            clauses[verb.i] = clause
        return clauses[verb.i]

    context = Context(parsed, ontology, clause_of)
    build = Builder(context, lexicon, Speech(context))
    for token in parsed.doc:
        if is_clause(token) and not parsed.is_name(token):
            for read in CLAIM_RULES:
                read(build, clause_of(token))
    for read_phrases in PHRASE_RULES:
        read_phrases(build)
    mentions = tuple(_typed(build, index, mention) for index, mention in enumerate(parsed.mentions))
    claims = tuple(
        dict.fromkeys(sorted(build.claims, key=lambda c: (c.sentence, c.relation.start, c.subject.start)))
    )
    return Reading(parsed.document, parsed.sentences, mentions, parsed.times, claims)


def _typed(build: Builder, index: int, mention: Mention) -> Mention:
    """A mention as the constructions left it; the verb of a clause gets the class of what it tells."""
    from dataclasses import replace

    mention = build.retyped.get(index, mention)
    if mention.kind is MentionKind.EVENT and mention.type == "Event":
        return replace(mention, type=build.lexicon.event_class(mention.lemma) or "Event")
    return mention
