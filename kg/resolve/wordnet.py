"""Which words name happenings, and which name the same, as WordNet has it (`ontology/wordnet.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.ontology import folder


@dataclass(frozen=True, slots=True)
class Word:
    """What WordNet says of a word, or of a verb of two ("pull over")."""

    happens: str  # "!": a noun that mostly names a happening; "?": one that may; else "-"
    senses: frozenset[str] = frozenset()  # of verbs, shared with other words
    effects: frozenset[str] = frozenset()  # the senses of what they bring about


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
    """Whether a noun, by its lemma, mostly names a happening.

    >>> happens("nomination"), happens("nominee"), happens("party")
    (True, False, False)
    """
    return _words().get(noun, _NOTHING).happens == "!"


def may_happen(noun: str) -> bool:
    """Whether a noun that mostly names something else can name a happening.

    >>> may_happen("party"), may_happen("table")
    (True, False)
    """
    return _words().get(noun, _NOTHING).happens == "?"


def senses(lemma: str) -> frozenset[str]:
    """The senses of a verb, or of the verbs that a noun comes from; none for words of very many senses.

    >>> bool(senses("purchase") & senses("buy")), bool(senses("acquisition") & senses("acquire"))
    (True, True)
    >>> bool(senses("arrest") & senses("buy")), senses("take")
    (False, frozenset())
    """
    return _words().get(lemma, _NOTHING).senses


def effects(lemma: str) -> frozenset[str]:
    """The senses of what a verb brings about.

    >>> bool(effects("kill") & senses("die")), bool(effects("kill") & senses("eat"))
    (True, False)
    """
    return _words().get(lemma, _NOTHING).effects


def is_verb(words: str) -> bool:
    """Whether two words are one verb.

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
    """The nouns that take up a noun, being as wide or wider (`ontology/wider.tsv`).

    >>> "company" in wider("airline"), "airline" in wider("company"), "premier" in wider("prime minister")
    (True, False, True)
    """
    return _wider().get(noun, frozenset())


def is_wider(wide: str, noun: str) -> bool:
    """Whether one noun can take up the other: "the event" what was called a festival.

    >>> is_wider("company", "airline"), is_wider("event", "festival"), is_wider("airline", "company")
    (True, True, False)
    """
    if wide in ("event", "occasion") and (happens(noun) or may_happen(noun)):
        return True
    return wide == noun or wide in wider(noun)
