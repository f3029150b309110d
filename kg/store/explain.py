"""Finds the statements about names as a person types them, and their sentences.

A name matches a thing by label or alias, ignoring case and hyphens; if none matches, by a part of a label or
alias ("kang" finds "Kang Min Jun"). The search needs a `Knowledge`, but no SPARQL store.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from kg.model import Entity, Event, Factuality, Knowledge, Statement, Text
from kg.ontology import Ontology

_ORDER = {factuality: rank for rank, factuality in enumerate(Factuality)}


@dataclass(frozen=True)
class Explainer:
    """Answers questions about one graph."""

    knowledge: Knowledge
    ontology: Ontology

    def explain(self, subject: str, predicate: str = "", object_: str = "") -> tuple[Statement, ...]:
        """The matching statements; an empty predicate or object matches everything.

        Without an `object_`, the name `subject` may also match the object of a statement. A statement of a
        symmetric relation is found with subject and object exchanged, too. The order is: plain facts, other
        asserted statements, reported, planned, possible and negated ones; within each group, the highest
        confidence first.
        """
        subjects = self.matches(subject)
        objects = self.matches(object_)

        def fits(statement: Statement) -> bool:
            if predicate and not self._is_called(statement, predicate):
                return False
            end = statement.object
            if statement.subject in subjects and (not object_ or self._is_object(end, objects, object_)):
                return True
            if not object_:
                return end in subjects
            return self._is_symmetric(statement) and end in subjects and statement.subject in objects

        found = (statement for statement in self.knowledge.statements if fits(statement))
        return tuple(sorted(found, key=lambda s: (not s.plain, _ORDER[s.factuality], -s.confidence, s.id)))

    def matches(self, name: str) -> frozenset[str]:
        """Ids of the entities and events to which a name may refer; an id ("d:Ana_Ruiz") refers to exactly
        one.
        """
        if (id_ := name.removeprefix("d:")) in self._nodes:
            return frozenset((id_,))
        wanted = _normal(name)
        if not wanted:
            return frozenset()
        exact = frozenset(key for key, names in self._names.items() if wanted in names)
        return exact or frozenset(
            key for key, names in self._names.items() if any(wanted in known for known in names)
        )

    def similar(self, name: str) -> tuple[str, ...]:
        """Labels of up to five things with a similar name, the most similar first. Useful for a name that
        matches nothing.
        """
        return tuple(dict.fromkeys(self._nodes[keys[0]].label for keys in self._close(name)))[:5]

    def near(self, name: str) -> tuple[str, ...]:
        """Ids of the things whose name, or a word of it, is similar to `name`; the most similar first."""
        return tuple(dict.fromkeys(key for keys in self._close(name) for key in keys))

    def _close(self, name: str) -> list[list[str]]:
        """For each name, or word of a name, that is similar to `name`: the ids of the things that have it.
        The most similar come first.

        A word (but not a whole name) must also begin with the same letter: nobody types "crane" for "range".
        """
        wanted = _normal(name)
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for key, names in self._names.items():
            words = {word for known in names for word in known.split() if word[:1] == wanted[:1]}
            for known in sorted({*names, *words}):
                holders[known].append(key)
        close = difflib.get_close_matches(wanted, sorted(holders), n=10, cutoff=0.7)
        return [holders[known] for known in close]

    def label(self, end: str | Text) -> str:
        """The subject or object of a statement for people: a label, or text in quotation marks."""
        return f"“{end.value}”" if isinstance(end, Text) else self._nodes[end].label

    def marks(self, statement: Statement, sentence: str) -> tuple[tuple[int, int], ...]:
        """The spans of a sentence that are names of a statement's subject or object: offsets, end
        exclusive.
        """
        ends = (self._nodes[e] for e in (statement.subject, statement.object) if isinstance(e, str))
        names = {name for node in ends for name in (node.label, *node.aliases)}
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        pattern = r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"
        return tuple(match.span() for match in re.finditer(pattern, sentence, re.IGNORECASE))

    @cached_property
    def _nodes(self) -> dict[str, Entity | Event]:
        return self.knowledge.nodes()

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {
            key: tuple(_normal(name) for name in (node.label, *node.aliases))
            for key, node in self._nodes.items()
        }

    def _is_called(self, statement: Statement, predicate: str) -> bool:
        """Whether the words that the user typed (`predicate`) occur in the local name or label of the
        relation (or of one of its super-properties), or in the words for the relation in a sentence.
        """
        known = self.ontology.relations.get(statement.predicate)
        above = (self.ontology.relations.get(name) for name in (known.parents if known else ()))
        names = [statement.predicate, statement.label, *(e.surface for e in statement.evidence)]
        names += [name for relation in above if relation for name in (relation.name, relation.label)]
        return any(f" {_normal(predicate)} " in f" {_normal(name)} " for name in names)

    def _is_symmetric(self, statement: Statement) -> bool:
        known = self.ontology.relations.get(statement.predicate)
        return known is not None and known.symmetric

    @staticmethod
    def _is_object(end: str | Text, objects: frozenset[str], name: str) -> bool:
        return _normal(name) in _normal(end.value) if isinstance(end, Text) else end in objects


def _normal(name: str) -> str:
    """The name for comparison: in lower case and NFC, with a single space for each hyphen or underscore."""
    return " ".join(re.sub(r"[-_‐-―]", " ", normalize("NFC", name)).casefold().split())
