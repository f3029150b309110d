"""A clause: a verb with its arguments and complements, by grammatical function.

    Norvex bought Lumora from its founders.
    verb bought, subjects (Norvex), objects (Lumora), complements (from: founders)

The constructions of this package complete a clause in the order of their table (`kg.extract.clauses`):
each takes a clause and returns it with more functions filled. A token in a clause is the head of its
phrase.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.language.parsed import Parsed
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Complement:
    """A prepositional phrase that the verb governs: the preposition ("with", "out of") and the head of its
    noun phrase.
    """

    preposition: str
    head: Token


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and the phrases with a function in its clause.

    `rules`: the constructions that found them, in order.
    """

    verb: Token
    rules: tuple[Construction, ...] = ()
    subjects: tuple[Token, ...] = ()  # of a passive: the patient
    objects: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()
    agents: tuple[Token, ...] = ()  # only of a passive
    attributes: tuple[Token, ...] = ()  # what is predicated: "Ana is a pilot", "elected Ana mayor"
    complements: tuple[Complement, ...] = ()
    particle: str = ""
    passive: bool = False
    place: Token | None = None  # antecedent of "where": Lima in "Lima, where they met"
    # the times of a clause that is one of several `parts`; None stands for all times of the verb
    times: tuple[Token, ...] | None = None
    # the clauses that it combines; if there are any, they make claims in its place
    parts: tuple[Clause, ...] = ()

    def by(self, rule: Construction, **changes: object) -> Clause:
        """A copy of the clause with `changes`, and `rule` added to its rules."""
        return replace(self, rules=(*self.rules, rule), **changes)  # type: ignore[arg-type]


Governor = Callable[["Token"], Clause]
"""Returns the complete clause of another verb of the sentence: a governor, never a dependent."""


@dataclass(frozen=True, slots=True)
class Construction:
    """How one construction of English completes a clause; each module of this package defines one.

    `trust` is the fraction of its claims that were right in a manual check. The trusts of all constructions
    that completed a clause are multiplied. A construction that only adds to what others found (`adds`) is
    left out of the product, unless it is the only one.
    """

    name: str
    read: Callable[[Clause, Context], Clause]
    trust: float
    after: tuple[str, ...] = ()  # names of the constructions that must precede it
    why: str = ""  # why they must precede it
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a construction may use besides its clause: the parsed document, the ontology, other clauses."""

    parsed: Parsed
    ontology: Ontology
    clause: Governor

    def words(self, name: str) -> frozenset[str]:
        return self.ontology.words[name]

    def listed(self, word: str, *lists: str) -> bool:
        """Whether one of the word lists contains the word."""
        return any(word in self.ontology.words[name] for name in lists)

    def is_place(self, token: Token) -> bool:
        """Whether the token's phrase mentions a place."""
        kind = self.parsed.type_of(token)
        return self.ontology.is_a(kind, "Place")


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents with one of these labels, in the order of the text."""
    tokens, theirs = _table(token.doc)[token.i]
    return [child for child, label in zip(tokens, theirs, strict=True) if label in labels] if tokens else []


def dependents(token: Token) -> list[Token]:
    """All dependents, in the order of the text."""
    return _table(token.doc)[token.i][0]


def _table(doc: Doc) -> list[tuple[list[Token], list[str]]]:
    """The dependents of each token, and their labels.

    The table is cached with the parse, because spaCy traverses the tree each time.
    """
    table: list[tuple[list[Token], list[str]]] | None = doc.user_data.get("kg.dependents")
    if table is None:
        table = [([], []) for _ in range(len(doc))]
        for token in doc:
            head = token.head.i
            if head != token.i:
                table[head][0].append(token)
                table[head][1].append(token.dep_)
        doc.user_data["kg.dependents"] = table
    return table
