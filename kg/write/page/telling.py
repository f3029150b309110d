"""Puts statements into words, for lines of text on the front page: "Ana Ruiz opened the bridge".

Only statements are used that can be understood alone and say that something happened: not states, quotations,
plans, or what is told in passing. A sentence that is too long is shortened by cutting adjuncts from its end.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.model import Event, Evidence, Function, Statement
from kg.ontology import Ontology
from kg.resolve.statements.glosses import FULL_NAME

LONG = 100  # maximum number of characters of a sentence
LEAST = 4  # minimum number of words of a sentence
KEPT = 6  # minimum number of words that are left when a sentence is cut at a preposition
SAME = 0.7  # a sentence says nothing new if at least this share of its words is in the headline
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "his", "her", "its", "their"})
ADJUNCTS = frozenset({Function.PURPOSE, Function.CAUSE, Function.MANNER, Function.COMPARISON})
# rules that read clauses in which something is told in passing, not as news
BESIDE = frozenset({"relative", "participle"})
# rules that read descriptions: "Ana Ruiz, founder of Alpine"
DESCRIBING = frozenset({"apposition", "modifier", "possessive", "title"})
# Words that need the sentences around them ("this"), or that only a speaker uses ("we").
_NEAR = re.compile(r"\b(?:this|these|those|here|now|respectively|I|[Ww]e|us|[Oo]ur|[Mm]y|[Yy]ou|[Yy]our)\b")
# A clause that only says when something was, at the beginning of a sentence: "Before Ana Ruiz left Peru,
# ...".
_SETTING = re.compile(r"(?:Before|Since)\s[^,]*,")
_AUXILIARY = re.compile(r"(?:is|are|was|were|be|been|being|has|have|had|\w+ly)\Z")
# A description or pronoun with its referent in brackets, "the country [Peru]" or "him [Tom Reed]". The
# referent alone replaces the whole match.
_REFERENT = re.compile(
    r"\b(?:[Tt]h(?:e|is|at|ose|ese)(?:\s[a-z-]+){1,3}|[Hh]im|[Hh]er|[Hh]e|[Ss]he|[Ii]t)\s\[([A-Z][^]]*)\]"
)
_ACRONYM = re.compile(r"\s\([A-Z][\w&.-]{1,9}\)")
# Where a sentence can end: before a subordinate clause, an apposition or a list, or else before an adjunct.
_CLAUSE = re.compile(
    r"""[,;]\s | \s[–—-]\s
    | \s(?:who|which|whose|where|when|while|after|before|because|since|until|amid|despite|following|including
    |according|such\sas)\s""",
    re.VERBOSE,
)
_OPENED, _CLOSED = re.compile(r"(?<!\S)['‘](?=\w)"), re.compile(r"(?<=[\w.])['’](?![\w])")
# A comma in a list: "came first[, second and] third", after which the sentence cannot end.
_LIST = re.compile(r",\s(?:[\w’'-]+,\s)*[\w’'-]+,?\s(?:and|or)\s")
# A preposition that belongs to the verb or noun before it: "accused Tom Reed of [hiding it]".
_BOUND = re.compile(r"\s(?:of|about|from|into|with|on|at|in|than|over|against|under)\Z")
_ADJUNCT = re.compile(r"\s(?:in|on|at|during|against|under)\s")
_MARKER = re.compile(
    r"(?:,|\s(?:in\sorder|to|after|before|for|by|as|because|while|when|since|despite|following|through))+\Z"
)
# A season or year before this one. "Last week" and "last month" may be the news.
_LAST_YEAR = re.compile(
    r"\blast (?:year|season|spring|summer|autumn|fall|winter|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(?:years|decades|centuries)\s(?:ago|earlier|before)\b")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b(?![,.]?\d)")


@dataclass(frozen=True)
class Telling:
    """Decides whether a statement says that something happened, by lists of verbs in `ontology`."""

    ontology: Ontology

    def happens(self, fact: Statement) -> bool:
        """Whether a statement with words as its object tells, in a main clause, what happened.

        True for "was arrested in Lima" and "is building a bridge", false for "was staying there", "was known
        for it", "was set to leave", "said so".
        """
        return self.acts(fact) and _verb(fact.label)[0] not in self._speech

    def acts(self, fact: Statement) -> bool:
        """Whether a statement with words as its object tells, in a main clause, what somebody did. As
        `happens`, but speech counts, too ("announced a plan", "promised to leave").
        """
        verb, progressive = _verb(fact.label)
        words = fact.label.split()
        lasting = progressive and words[0] in ("was", "were")
        planned = words[0] in ("was", "were", "is", "are") and _target(fact).startswith("to ")
        state = words[0] in ("is", "are") and not progressive  # "is surrounded by mills"
        return not (lasting or planned or state or verb in self._states) and not is_beside(fact)

    @cached_property
    def _states(self) -> frozenset[str]:
        return self._forms("StateVerbs", "HavingVerbs")

    @cached_property
    def _speech(self) -> frozenset[str]:
        return self._forms("SpeechVerbs")

    def _forms(self, *lists: str) -> frozenset[str]:
        """All inflected forms of the verbs in these word lists of the ontology."""
        from lemminflect import getAllInflections

        verbs = {verb for name in lists for verb in self.ontology.words.get(name, ())}
        forms = (
            form for verb in verbs for some in getAllInflections(verb, upos="VERB").values() for form in some
        )
        return frozenset((*verbs, *forms))


def is_beside(fact: Statement) -> bool:
    """Whether a statement comes only from relative or participial clauses: "Ana Ruiz, who had left Peru,
    ...".
    """
    return all(BESIDE & set(piece.rule.split("+")) for piece in fact.evidence)


def is_described(fact: Statement) -> bool:
    """Whether a statement comes only from descriptions, not from a clause: "Ana Ruiz, founder of Alpine,
    ...".
    """
    return all(DESCRIBING & set(piece.rule.split("+")) for piece in fact.evidence)


def in_words(subject: str, fact: Statement, target: str, event: Event | None = None, most: int = LONG) -> str:
    """A statement as a sentence of at most `most` characters: "Ana Ruiz hosted Tom Reed"; "" if it cannot be
    shortened to that.

    `target`: the words of the object; `event`: the event of the statement, whose adjuncts can be cut off.
    """
    target = FULL_NAME.sub(r"\3\2", target)
    whole = _REFERENT.sub(r"\1", _ACRONYM.sub("", f"{subject} {fact.label} {target}"))
    if len(whole) <= most:
        return whole
    begun = len(f"{subject} {fact.label} ")
    return next((short for end in _ends(whole, begun, event, most) if (short := _at(whole, end))), "")


def _ends(whole: str, begun: int, event: Event | None, most: int) -> Iterator[int]:
    """The offsets at which a sentence may be cut, the best first; none is before `begun`."""
    adjuncts = [text for function, text in (event.details if event else ()) if function in ADJUNCTS]
    known = [whole.find(text, begun) for text in adjuncts]
    clauses = [
        *(place for place in known if place > 0),
        *(each.start() for each in _CLAUSE.finditer(whole, begun)),
    ]
    yield from sorted((end for end in clauses if end <= most and not _LIST.match(whole, end)), reverse=True)
    for each in reversed(list(_ADJUNCT.finditer(whole, begun, most + 1))):
        before = whole[begun : each.start()].split()
        if len(whole[: each.start()].split()) >= KEPT and before and not before[-1].endswith(("ed", "ing")):
            yield each.start()


def _at(whole: str, end: int) -> str:
    """The sentence up to the offset `end`; "" if it cannot end there."""
    short = _MARKER.sub("", whole[:end].rstrip(" ,;–—-"))
    if _BOUND.search(short) or short.rsplit(" ", 1)[-1].isdecimal():
        return ""
    balanced = all(short.count(one) == short.count(other) for one, other in ("()", "“”", "[]"))
    balanced = balanced and len(_OPENED.findall(short)) == len(_CLOSED.findall(short))
    return short if balanced and short.count('"') % 2 == 0 else ""


def is_whole(words: str, most: int = LONG) -> bool:
    """Whether the words are a whole sentence of fitting length, which can be understood without context: it
    is not cut, contains no explanation in brackets, does not end with a bare number, and so on.
    """
    split = words.split()
    return (
        len(split) >= LEAST
        and len(words) <= most
        and "…" not in words
        and "[" not in words
        and words.count("(") == words.count(")")
        and words.count('"') % 2 == 0
        and not split[-1].isdecimal()
        and not ("between" in split and "and" not in split)
        and " was born " not in words
        and not (split[-2].lower() in POINTING and split[-1].islower())
        and not _NEAR.search(words)
    )


def only_dates(fact: Statement, articles: Collection[str]) -> bool:
    """Whether the articles tell a statement only to say when something else happened."""

    def dates(piece: Evidence) -> bool:
        clause = _SETTING.match(piece.sentence)
        if not clause or not piece.surface:
            return False
        return piece.surface in clause[0] and piece.surface not in piece.sentence[clause.end() :]

    pieces = [piece for piece in fact.evidence if piece.document in articles]
    return bool(pieces) and all(map(dates, pieces))


def is_long_ago(words: str, year: int) -> bool:
    """Whether the words contain a date more than a year before the year of the news.

    >>> is_long_ago("Tom Reed left Lima 30 years ago", 2026), is_long_ago("Ana Ruiz won it in 2019", 2026)
    (True, True)
    >>> is_long_ago("Ana Ruiz signed 1,250 treaties", 2026), is_long_ago("Reed won it in 2025", 2026)
    (False, False)
    """
    years = [int(found) for found in _YEAR.findall(words)]
    return bool(_AGO.search(words)) or bool(years and year and max(years) < year - 1)


def is_of_last_year(sentence: str) -> bool:
    """Whether a sentence tells what happened in an earlier season or year.

    >>> is_of_last_year("Ruiz had a good year last August when she won her first title.")
    True
    >>> is_of_last_year("Ruiz won her first title last Friday.")
    False
    """
    return bool(_LAST_YEAR.search(sentence))


def repeats(words: str, headline: str) -> bool:
    """Whether the headline already says what the words say.

    >>> title = "Bus driver rejects what the council of Lowick said about his licence"
    >>> repeats("Bus driver rejected council", title), repeats("Tom Reed lost his licence in Lowick", title)
    (True, False)
    """
    told, said = (re.findall(r"\w{4,}", text.lower()) for text in (words, headline))
    stems = {word[:5] for word in said}
    return bool(told) and sum(word[:5] in stems for word in told) >= SAME * len(told)


def is_circular(words: str, subject: str, others: Iterable[str]) -> bool:
    """Whether a sentence names its subject again, outside the other names in it.

    >>> is_circular("Lowick recorded Lowick's first case", "Lowick", ["Lowick"])
    True
    >>> is_circular("Lowick beat Lowick Town", "Lowick", ["Lowick", "Lowick Town"])
    False
    """
    rest = words.removeprefix(subject)
    for name in others:
        rest = rest.replace(name, " ") if name != subject else rest
    return any(word[0].isupper() and re.search(rf"\b{re.escape(word)}\b", rest) for word in subject.split())


def _target(fact: Statement) -> str:
    return "" if isinstance(fact.object, str) else fact.object.value


def _verb(label: str) -> tuple[str, bool]:
    """The main verb in the words of a relation, and whether it is in a progressive form.

    >>> _verb("was originally jailed"), _verb("was speaking"), _verb("came out")
    (('jailed', False), ('speaking', True), ('came', False))
    """
    words = label.split()
    main = next((word for word in words if not _AUXILIARY.match(word)), words[-1])
    return main, words[0] != main and main.endswith("ing")
