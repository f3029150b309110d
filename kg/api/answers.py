"""Answers of a graph: programs iterate over them, notebooks show them as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.api import html
from kg.model import Conflict, Decision, Dependence, Evidence, Knowledge, Statement
from kg.rdf.names import XSD
from kg.store.explain import Explainer
from kg.store.query import Form, Result, Term, shorten
from kg.write import agreement

if TYPE_CHECKING:
    import pandas

Value: TypeAlias = str | int | float | bool | Decimal | date | datetime | None
Row: TypeAlias = dict[str, Value]

SHOWN = 20  # maximum number of rows that a Python shell shows

_INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
_READS: Mapping[str, Callable[[str], Value]] = MappingProxyType(
    {
        **{XSD + name: int for name in _INTEGERS},
        XSD + "decimal": Decimal,
        XSD + "double": float,
        XSD + "float": float,
        XSD + "boolean": lambda text: text in ("true", "1"),
        XSD + "date": date.fromisoformat,
        XSD + "dateTime": datetime.fromisoformat,
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Result):
    """The answer to a query. Iterating over it gives a dictionary for each row, with Python values.

    An IRI is a string with a prefix ("d:Ana_Ruiz"), which can be used in the next query; `rows` has the RDF
    terms. A triple is a row with subject, predicate and object. The answer to ASK is one row, and
    `bool(answer)` is its value; for other queries, `bool(answer)` tells whether there is any row.
    """

    @classmethod
    def of(cls, result: Result) -> Answer:
        return cls(result.form, result.names, result.triples, result.json)

    def __iter__(self) -> Iterator[Row]:
        if self.form is Form.YES_NO:
            yield {"answer": self.answer}
        elif self.form is Form.TRIPLES:
            for each in self.triples:
                ends = (each.subject, each.predicate, each.object)
                yield dict(zip(self.heads, map(self._value, ends), strict=True))
        else:
            for row in self.rows:
                yield dict(zip(self.columns, map(self._value, row), strict=True))

    def __len__(self) -> int:
        return 1 if self.form is Form.YES_NO else len(self.triples) or len(self.rows)

    def __bool__(self) -> bool:
        return self.answer

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the columns."""
        return {Form.YES_NO: ("answer",), Form.TRIPLES: ("subject", "predicate", "object")}.get(
            self.form, self.columns
        )

    def frame(self) -> pandas.DataFrame:
        """The answer as a pandas table whose columns have the types of their values. Raises
        kg.MissingError.
        """
        from kg.api import frames

        rows = [{k: float(v) if isinstance(v, Decimal) else v for k, v in row.items()} for row in self]
        types = frames.kinds(rows, self.heads)
        texts = {name for name, kind in types.items() if kind == frames.TEXT}
        told = [{k: str(v) if k in texts and v is not None else v for k, v in row.items()} for row in rows]
        return frames.typed(told, types)

    def _value(self, term: Term | None) -> Value:
        if isinstance(term, NamedNode):
            return shorten(term.value, self.names.prefixes)
        if not isinstance(term, Literal):
            return None if term is None else str(term)
        try:
            return _READS.get(term.datatype.value, str)(term.value)
        # what Python cannot represent, such as a date in the year 12000
        except (ValueError, ArithmeticError):
            return term.value

    def __repr__(self) -> str:
        columns, rows = self.table()
        shown = [columns, *rows[:SHOWN]]
        widths = [max(len(row[n]) for row in shown) for n in range(len(columns))]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in shown]
        return "\n".join([*lines, *([f"{SHOWN} of {len(rows):,} rows"] if len(rows) > SHOWN else [])])

    def _repr_html_(self) -> str:
        return html.table(*self.table())


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """Statements with their sentences: plain facts first, then asserted, reported, planned, possible and
    negated statements, each by confidence.
    """

    statements: tuple[Statement, ...]
    explainer: Explainer
    unknown: tuple[str, ...] = ()  # names that match nothing

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        lines = [f"Nothing is called “{name}”.{self._near(name)}" for name in self.unknown]
        for each in self.statements:
            lines.append(self.text(each))
            lines += [f"    “{e.sentence}” {where(e)}" for e in each.evidence]
        return "\n".join(lines or ["No such statement."])

    __repr__ = __str__

    def text(self, statement: Statement) -> str:
        """A statement in words, with factuality, speaker and time in brackets."""
        ends = self.explainer.label(statement.subject), self.explainer.label(statement.object)
        speaker = f", says {self.explainer.label(statement.speaker)}" if statement.speaker else ""
        time = f", {statement.time.text}" if statement.time else ""
        return f"{ends[0]} {statement.label} {ends[1]} ({statement.factuality}{speaker}{time})"

    def _near(self, name: str) -> str:
        near = self.explainer.similar(name)
        return f" Near: {', '.join(near)}." if near else ""

    def _repr_html_(self) -> str:
        if not self.statements:
            return html.note(str(self))
        rows = [
            (self.text(each), f"{each.confidence:.2f}", evidence.sentence, where(evidence))
            for each in self.statements
            for evidence in each.evidence
        ]
        return html.table(("statement", "confidence", "sentence", "where"), rows)


@dataclass(frozen=True, slots=True, repr=False)
class Check:
    """The result of `Graph.check`: whether the graph is valid, and where its articles disagree."""

    knowledge: Knowledge
    violations: tuple[str, ...]  # violations of the SHACL shapes, one sentence each

    @property
    def sound(self) -> bool:
        """Whether all triples conform to the shapes. The articles may disagree nevertheless."""
        return not self.violations

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.knowledge.conflicts

    @property
    def dependences(self) -> tuple[Dependence, ...]:
        return self.knowledge.dependences

    @property
    def idle_decisions(self) -> tuple[Decision, ...]:
        """The user's decisions that have no effect; `fault` says why."""
        return tuple(each for each in self.knowledge.decisions if each.fault)

    def __str__(self) -> str:
        sides = [" | ".join(row) for row in agreement.sides(self.knowledge)]
        said = "sound" if self.sound else f"{len(self.violations)} violations"
        unused = [" | ".join(row) for row in agreement.idle(self.knowledge)]
        return "\n".join([f"{said}, {len(self.conflicts)} conflicts", *self.violations, *sides, *unused])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        first = html.note("; ".join(self.violations) or "All triples conform to the shapes.")
        return first + html.table(agreement.SIDES, agreement.sides(self.knowledge))


def where(evidence: Evidence) -> str:
    """The location of a sentence in words: its article, and its offsets there."""
    return f"{evidence.document}, characters {evidence.start}-{evidence.end}"
