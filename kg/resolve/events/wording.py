"""Which words denote one kind of event: "arrest", "arrested", "detained"; "shooting", "shot"."""

from __future__ import annotations

from collections import defaultdict

from kg.ontology import Ontology
from kg.resolve import wordnet
from kg.resolve.stories import stem

_PEOPLE = ("er", "or", "ist", "ian")  # "player for" does not denote an event of playing


class Wording:
    """Keys that words for one kind of event share: stem, relations, and senses."""

    def __init__(self, ontology: Ontology) -> None:
        self._relations: defaultdict[str, set[str]] = defaultdict(set)  # stem -> relations
        for relation in ontology.relations.values():
            if relation.event_class in ("", "Event", "SpeechAct", "Meeting") or relation.stative:
                continue
            nouns = (noun.rpartition(" ")[0] for noun in relation.nouns)  # "arrest of"
            for word in (*relation.verbs, *nouns):
                if word and " " not in word and not word.endswith(_PEOPLE):
                    self._relations[stem(word)].add(relation.name)

    def sure(self, lemma: str) -> frozenset[str]:
        """The stem and relations: words that share one denote one kind of event."""
        root = stem(lemma)
        return frozenset({root, *(f"={relation}" for relation in self._relations.get(root, ()))})

    def likely(self, lemma: str) -> frozenset[str]:
        """As `sure`, and the senses of the word and of its effects ("killed", "died"), from WordNet."""
        senses = wordnet.senses(lemma) | wordnet.effects(lemma)
        return self.sure(lemma) | {f"#{sense}" for sense in senses}

    def suffered(self, participle: str) -> str:
        """The verb of a relation with a regular past participle: "sacked"; "" for "gifted"."""
        doubled = participle[-4:-3] == participle[-3:-2]
        verbs = (participle[:-1], participle[:-2], participle[:-3] if doubled else "")
        return next((verb for verb in verbs if stem(verb) in self._relations), "")
