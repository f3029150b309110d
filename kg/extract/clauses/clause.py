"""A clause: a verb with its arguments and complements, by grammatical function.

    Norvex bought Lumora from its founders.
    verb bought, subjects (Norvex), objects (Lumora), complements (from: founders)

The constructions of this package fill a clause in the order of their table (`kg.extract.clauses`): each takes
a clause and returns it with more functions filled. All tokens are heads of their phrases.
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
    """A prepositional phrase that the verb governs: "with", "out of" and its noun."""

    preposition: str
    head: Token


@dataclass(frozen=True, slots=True)
class Clause:
    """`rules` are the constructions that filled it, in order."""

    verb: Token
    rules: tuple[Construction, ...] = ()
    subjects: tuple[Token, ...] = ()  # of a passive: the patient
    objects: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()
    agents: tuple[Token, ...] = ()  # of a passive
    attributes: tuple[Token, ...] = ()  # "Ana is a pilot", "elected Ana mayor"
    complements: tuple[Complement, ...] = ()
    particle: str = ""
    passive: bool = False
    place: Token | None = None  # "Lima, where they met"
    times: tuple[Token, ...] | None = None  # for one of several parts, its own times; None: those of the verb
    parts: tuple[Clause, ...] = ()  # the clauses that it combines, which make claims in its place

    def by(self, rule: Construction, **changes: object) -> Clause:
        """The clause with `changes`, and `rule` added to its rules."""
        return replace(self, rules=(*self.rules, rule), **changes)  # type: ignore[arg-type]


Governor = Callable[["Token"], Clause]
"""Returns the complete clause of another verb of the sentence: a governor, never a dependent."""


@dataclass(frozen=True, slots=True)
class Construction:
    """A construction of English, as its module describes it to the table in `kg.extract.clauses`.

    Its trust is the share of its claims that were right when checked. The trusts of several constructions of
    one clause multiply; the trust of one that only adds to others (`adds`) counts only if it is alone.
    """

    name: str
    read: Callable[[Clause, Context], Clause]
    trust: float
    after: tuple[str, ...] = ()  # names of the constructions that must precede it
    why: str = ""  # the reason: what it needs from them
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a construction may use besides its clause."""

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
    """The dependents of each token, and their labels; cached with the parse, because spaCy traverses it each
    time.
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
