"""Looks words up in WordNet: nouns for events, synonymous verbs, and hypernyms of nouns.

The data are in `ontology/wordnet.tsv` and `ontology/wider.tsv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.ontology import folder


@dataclass(frozen=True, slots=True)
class Word:
    """What WordNet says about a word, or a phrasal verb ("pull over")."""

    happens: str  # "!": a noun that mostly denotes an event; "?": a noun that may denote one; otherwise "-"
    senses: frozenset[str] = frozenset()  # ids of a verb's senses; synonyms have one in common
    effects: frozenset[str] = frozenset()  # ids of the senses of verbs for its effect: "die" for "kill"


@cache
def _words() -> Mapping[str, Word]:
    found = {}
    with (folder() / "wordnet.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                word, happens, *senses = line.rstrip("\n").split("\t")
                found[word] = Word(happens, *(frozenset(some.split()) for some in senses))
    return found


_NOTHING = Word("-")


def happens(noun: str) -> bool:
    """Whether a noun, by its lemma, mostly denotes an event.

    >>> happens("nomination"), happens("nominee"), happens("party")
    (True, False, False)
    """
    return _words().get(noun, _NOTHING).happens == "!"


def may_happen(noun: str) -> bool:
    """Whether a noun that mostly denotes something else can denote an event.

    >>> may_happen("party"), may_happen("table")
    (True, False)
    """
    return _words().get(noun, _NOTHING).happens == "?"


def senses(lemma: str) -> frozenset[str]:
    """The senses of a verb, or of the verbs from which a noun is derived; empty for a word with very many.

    >>> bool(senses("purchase") & senses("buy")), bool(senses("acquisition") & senses("acquire"))
    (True, True)
    >>> bool(senses("arrest") & senses("buy")), senses("take")
    (False, frozenset())
    """
    return _words().get(lemma, _NOTHING).senses


def effects(lemma: str) -> frozenset[str]:
    """The senses of the verbs that denote the effect of a verb: those of "die" for "kill".

    >>> bool(effects("kill") & senses("die")), bool(effects("kill") & senses("eat"))
    (True, False)
    """
    return _words().get(lemma, _NOTHING).effects


def is_verb(words: str) -> bool:
    """Whether two words form a phrasal verb.

    >>> is_verb("pull over"), is_verb("pull table")
    (True, False)
    """
    return " " in words and words in _words()


@cache
def _wider() -> Mapping[str, frozenset[str]]:
    found = {}
    with (folder() / "wider.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                noun, wide = line.rstrip("\n").split("\t")
                found[noun] = frozenset(wide.split())
    return found


def wider(noun: str) -> frozenset[str]:
    """The nouns that can refer back to something called by a noun: its synonyms and hypernyms.

    >>> "company" in wider("airline"), "airline" in wider("company"), "premier" in wider("prime minister")
    (True, False, True)
    """
    return _wider().get(noun, frozenset())


def is_wider(wide: str, noun: str) -> bool:
    """Whether the noun `wide` can refer back to something called by `noun`: "the event" to a festival.

    >>> is_wider("company", "airline"), is_wider("event", "festival"), is_wider("airline", "company")
    (True, True, False)
    """
    if wide in ("event", "occasion") and (happens(noun) or may_happen(noun)):
        return True
    return wide == noun or wide in wider(noun)
