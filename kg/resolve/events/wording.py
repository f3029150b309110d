"""Finds words for the same kind of event, such as "arrest" and "detained", or "shooting" and "shot"."""

from __future__ import annotations

from collections import defaultdict

from kg.ontology import Ontology
from kg.resolve import wordnet
from kg.resolve.stories import stem

_PEOPLE = ("er", "or", "ist", "ian")  # endings of nouns that denote people, not events: "player"


class Wording:
    """Gives words keys: two words with a key (stem, relation or sense) in common denote one kind of event."""

    def __init__(self, ontology: Ontology) -> None:
        # stem of a word -> relations that it expresses
        self._relations: defaultdict[str, set[str]] = defaultdict(set)
        for relation in ontology.relations.values():
            if relation.event_class in ("", "Event", "SpeechAct", "Meeting") or relation.stative:
                continue
            # the noun without the preposition after it, as in "arrest of"
            nouns = (noun.rpartition(" ")[0] for noun in relation.nouns)
            for word in (*relation.verbs, *nouns):
                if word and " " not in word and not word.endswith(_PEOPLE):
                    self._relations[stem(word)].add(relation.name)

    def sure(self, lemma: str) -> frozenset[str]:
        """The certain keys of a word: its stem, and the relations that it expresses."""
        root = stem(lemma)
        return frozenset({root, *(f"={relation}" for relation in self._relations.get(root, ()))})

    def likely(self, lemma: str) -> frozenset[str]:
        """The keys of `sure`, and the word's senses and effects in WordNet: "die" is an effect of "kill"."""
        senses = wordnet.senses(lemma) | wordnet.effects(lemma)
        return self.sure(lemma) | {f"#{sense}" for sense in senses}

    def suffered(self, participle: str) -> str:
        """The verb with this regular past participle, if the verb expresses a relation; otherwise "".

        "sack" for "sacked", but "" for "gifted".
        """
        doubled = participle[-4:-3] == participle[-3:-2]
        verbs = (participle[:-1], participle[:-2], participle[:-3] if doubled else "")
        return next((verb for verb in verbs if stem(verb) in self._relations), "")
