"""From words to relations: which relation of the ontology a verb, noun or adjective expresses.

A key is a value of the ontology's `kg:verb`, `kg:noun` or `kg:adjective`: "host", "meet with", "capital of",
"married to". A key without a relation becomes an open relation, named after its words in the past tense:
"stopped short of" -> `stopped-short-of`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.ontology import Ontology, RelationType

TEXT = "Text"  # stands for the class of an argument that mentions no thing: a clause, a number


class Lexicon:
    """The relations of an ontology, by the words that express them."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        relations = sorted(ontology.relations.values(), key=lambda relation: not relation.own)
        self._by_verb = _index((key, relation) for relation in relations for key in relation.verbs)
        self._by_noun = _index((key, relation) for relation in relations for key in relation.nouns)
        self._by_adjective = _index((key, relation) for relation in relations for key in relation.adjectives)

    def verb(self, key: str, subject: str, object_: str) -> RelationType | None:
        return self._fitting(self._by_verb.get(key, ()), subject, object_)

    def noun(self, key: str, subject: str, object_: str) -> RelationType | None:
        return self._fitting(self._by_noun.get(key, ()), subject, object_)

    def adjective(self, key: str, subject: str, object_: str) -> RelationType | None:
        return self._fitting(self._by_adjective.get(key, ()), subject, object_)

    def event_class(self, lemma: str) -> str:
        """The event class of the first relation with this verb that has one; "" if there is none."""
        return next((r.event_class for r in self._by_verb.get(lemma, ()) if r.event_class), "")

    def _fitting(self, relations: Iterable[RelationType], subject: str, object_: str) -> RelationType | None:
        """The relation that admits both classes; if several do, the user's own, then the most specific."""
        fitting = [
            relation
            for relation in relations
            if (
                self._holds(relation, subject, object_)
                if relation.strict
                else self._fits(relation, subject, object_)
            )
        ]
        return max(fitting, key=_precedence, default=None)

    def _holds(self, relation: RelationType, subject: str, object_: str) -> bool:
        """Whether the relation admits both classes; an unknown or more general class does not fit."""
        return self.ontology.admits(relation.subjects, subject) and self.ontology.admits(
            relation.objects, object_
        )

    def _fits(self, relation: RelationType, subject: str, object_: str) -> bool:
        return self._admits(relation.subjects, subject, strict=False) and self._admits(
            relation.objects, object_, strict=True
        )

    def _admits(self, allowed: tuple[str, ...], name: str, *, strict: bool) -> bool:
        """Whether a thing of the class `name` may belong to one of the allowed classes.

        If `strict`, as for objects, a thing of unknown class does not: "the coalition" may invade, but "a
        chord" cannot be hit.
        """
        if not allowed or name == "":
            return True
        if name in ("Thing", "Topic"):
            return not strict or bool({"Thing", name} & set(allowed))
        if name == TEXT:
            return "Thing" in allowed
        return self.ontology.admits(allowed, name) or any(self.ontology.is_a(a, name) for a in allowed)


def _precedence(relation: RelationType) -> tuple[bool, int, str]:
    return relation.own, bool(relation.subjects) + bool(relation.objects), relation.name


def _index(pairs: Iterable[tuple[str, RelationType]]) -> dict[str, tuple[RelationType, ...]]:
    found: dict[str, list[RelationType]] = defaultdict(list)
    for key, relation in pairs:
        found[key].append(relation)
    return {key: tuple(relations) for key, relations in found.items()}


@lru_cache(maxsize=4096)
def past_tense(lemma: str) -> str:
    """The past tense of a verb's lemma: "stop" -> "stopped", "be" -> "was"."""
    from lemminflect import getInflection

    return str((getInflection(lemma, tag="VBD") or (lemma,))[0])


@lru_cache(maxsize=4096)
def present_tense(lemma: str) -> str:
    """The third person singular of a verb's lemma: "stop" -> "stops", "be" -> "is"."""
    from lemminflect import getInflection

    return str((getInflection(lemma, tag="VBZ") or (f"{lemma}s",))[0])


@lru_cache(maxsize=4096)
def past_participle(lemma: str) -> str:
    """The past participle of a verb's lemma: "write" -> "written"."""
    from lemminflect import getInflection

    return str((getInflection(lemma, tag="VBN") or (past_tense(lemma),))[0])


@lru_cache(maxsize=4096)
def present_participle(lemma: str) -> str:
    """The present participle of a verb's lemma: "write" -> "writing"."""
    from lemminflect import getInflection

    return str((getInflection(lemma, tag="VBG") or (f"{lemma}ing",))[0])


def open_name(label: str) -> str:
    """The local name of an open relation: "stopped short of" -> "stopped-short-of"."""
    return "-".join("".join(c if c.isalnum() else " " for c in label.lower()).split())
