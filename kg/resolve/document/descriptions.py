"""Resolves definite descriptions of one document to named things.

    "President Ana Ruiz arrived. The president spoke."           The president: Ana Ruiz
    "Ruiz hired her niece, Eva Paz. Her niece sang."             Her niece: Eva Paz
    "Budget airline Norvex cut jobs. The company ..."            The company: Norvex, as an airline (WordNet)
    "the Lima Lantern Festival ... The festival, the event"      both: the Lima Lantern Festival
    "The project, called Salt, ..."                              The project: Salt
    "Peru's Ana Ruiz won. The Peruvian ..."                      The Peruvian: Ana Ruiz
    "Peru voted. The country ..."                                The country: Peru (`kinds`)

A description refers to a thing that the article called by the same noun, or by a hyponym, if all other words
of the description also apply to that thing ("the Peruvian minister" is not a Chilean); otherwise to a salient
thing of the kind that its noun denotes. If there are several candidates, the only one that the last sentences
name is chosen, otherwise the topic of the article (`salience`). If something without a name ("a company in
Lima") was introduced after the candidate, "the company" stays unresolved. "The former president" does not
match a president; "the president" matches neither a former president nor a vice president.

Not resolved: plurals (see `pairs` for two things), descriptions with a restrictive clause ("the company that
..."), future or possible referents ("the next president"), and nouns with a unique referent ("the public").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import wordnet
from kg.resolve.document.designations import Designations
from kg.resolve.document.kinds import Kinds
from kg.resolve.document.salience import Scene
from kg.resolve.document.within import Kind, Local, dwellers

_DEFINITE = frozenset({"the", "this", "that"})  # determiners of a description that can be resolved
_POINTING = frozenset({"this", "that"})
_NEW = frozenset({"a", "an", "another"})
# Nouns that can denote an organisation of almost any kind.
_ANY_BODY = frozenset({"agency", "body", "group", "institution", "organization", "organisation"})
# Words after a noun by which the phrase itself identifies its referent, so that this need not have been
# mentioned before: "the company that bought the mill".
_TELLS_APART = re.compile(
    r"\s+(that|which|who|whose|where|whom|of|behind|called|named|known|founded|formed|based|owned|responsible)\b"
    r"|(?:, \w+)*,? and \w+ of\b"  # further nouns before "of": "the family, friends and fans of Ruiz"
)
_OFFICE = re.compile(r"\b(?:office|post|position|role|title|figure) of $")
_REACH = 30  # characters before a description that are searched for `_OFFICE`
# A hypernym ("the company" for an airline) can refer to a thing mentioned at most this many sentences before.
_NEAR = 2


# Nouns that can denote a place of almost any kind.
_ANY_PLACE = frozenset({"site", "facility", "venue", "complex", "building", "area", "region", "territory"})
# The general classes in which things compete as referents of a hypernym (`_Walk._rivals`).
_SORTS = ("Organization", "Place", "Event", "CreativeWork", "Product", "Thing")


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a description that its referent must match."""

    index: int  # of its mention
    noun: str
    words: frozenset[str]  # the other words: modifiers and the possessor
    past: bool  # whether a modifier such as "former" says that the noun no longer applies


def resolve(
    reading: Reading,
    locals_: Sequence[Local],
    described: Mapping[int, int],
    taken: Mapping[int, int],
    ontology: Ontology,
) -> dict[int, int]:
    """Index of each resolved description -> index of its `Local`.

    `described`: descriptions predicated of a named thing -> the thing; `taken`: mentions other than names
    that are resolved already -> their referents.
    """
    owner = {mention: i for i, local in enumerate(locals_) for mention in local.mentions} | dict(taken)
    walk = _Walk(reading, locals_, owner, described, ontology)
    single = dwellers(reading)
    found: dict[int, int] = {}
    for index, mention in enumerate(reading.mentions):
        if index in owner or (index in described and index not in single):
            continue
        one = walk.dweller(index, mention) if index in single else walk.meant(index, mention)
        if one is not None:
            found[index] = one
            walk.scene.add(index, one)
        elif mention.kind is MentionKind.NOMINAL and not mention.plural:
            walk.unknown.append(index)
    return found


class _Walk:
    """A pass over a document in reading order; it records to which things later descriptions can refer."""

    def __init__(
        self,
        reading: Reading,
        locals_: Sequence[Local],
        owner: Mapping[int, int],
        described: Mapping[int, int],
        ontology: Ontology,
    ) -> None:
        self.reading, self.locals, self.described, self.ontology = reading, locals_, described, ontology
        self.designations = Designations(reading, locals_, owner, described, ontology)
        self.scene = Scene(reading, locals_, owner)
        self.kinds = Kinds(reading, locals_, owner, ontology)
        self.unknown: list[int] = []
        words = ontology.words
        self.not_yet = words.get("PlannedMarks", frozenset()) | words.get("UnrealMarks", frozenset())
        self.unique = words.get("UniqueNouns", frozenset())

    def meant(self, index: int, mention: Mention) -> int | None:
        """The index of the named thing to which a description refers; None if unclear."""
        if index in self.designations.named:
            return self.designations.named[index]
        said = self._said(index, mention)
        if said is None:
            return None
        one = self._called(said)
        if one is None and not said.words and not said.past:
            one = self._of_kind(said)
        if one is None or self.scene.is_partner(index, one) or self._is_another(said, one):
            return None
        happens = mention.kind is MentionKind.EVENT
        return None if happens and not self.kinds.is_a(one, "Event") else one

    def dweller(self, index: int, mention: Mention) -> int | None:
        """The only recently mentioned person from a country, for a nationality without a noun ("The Qatari").

        None if several people are known to be from the country, or none.
        """
        some = self.designations.dwellers(mention.relational, index)
        near = len(some) == 1 and self.scene.last(index, some[0]) >= mention.sentence - _NEAR
        return some[0] if near and not self.scene.is_partner(index, some[0]) else None

    def _said(self, index: int, mention: Mention) -> _Said | None:
        determiner, whose = mention.determiner.lower(), self.designations.whose(mention)
        if mention.plural or mention.type == "Position" or not (determiner in _DEFINITE or whose):
            return None  # "president" in "is the president" means the office, not its holder
        if mention.kind not in (MentionKind.NOMINAL, MentionKind.EVENT) or not mention.lemma.islower():
            return None
        before = self.reading.document.text[max(mention.start - _REACH, 0) : mention.start]
        if self.kinds.is_named_next(index) or _OFFICE.search(before):
            return None
        words = self._words(mention) | ({whose} - {""})
        past = bool(words & self.designations.past)
        words -= self.designations.past
        apart = not words and _TELLS_APART.match(self.reading.document.text, mention.end)
        if apart or words & self.not_yet or (mention.lemma in self.unique and not words):
            return None
        return _Said(index, mention.lemma, words, past)

    # -- By an earlier noun ---------------------------------------------------------------------

    def _called(self, said: _Said) -> int | None:
        bearers = self._bearers(said)
        if not bearers:
            return None
        mention = self.reading.mentions[said.index]
        exact = frozenset(i for i in bearers if self._exactly(said, i))
        rivals = bearers if said.words else bearers | self._rivals(said, bearers - exact)
        last = {i: self.scene.last(said.index, i) for i in rivals}
        one = min(bearers)
        near = last[one] >= mention.sentence - _NEAR
        if len(bearers) == 1 and (near or (one in exact and mention.determiner.lower() not in _POINTING)):
            others = [at for i, at in last.items() if i != one]
            if max(others, default=-1) < (last[one] if near else 0):
                return one
        return self.scene.at_hand(said.index, rivals, bearers, 1)

    def _exactly(self, said: _Said, one: int) -> bool:
        """Whether the article called the thing by this very noun, not only by a hyponym.

        Always True if the description has further words.
        """
        return bool(said.words) or any(called.noun == said.noun for called in self.designations.nouns[one])

    def _rivals(self, said: _Said, wider: frozenset[int]) -> frozenset[int]:
        """Other things mentioned before that the description could mean.

        These are the things of the kind that its noun denotes, and those that share a general class
        (`_SORTS`) with one of `wider`, the things called by a hyponym of the noun.
        """
        kind = self.kinds.of(said.index)
        sorts = [sort for i in wider for sort in _SORTS if self.kinds.is_a(i, sort)]
        found = {i for i in range(len(self.locals)) if any(self.kinds.is_a(i, sort) for sort in sorts)}
        found |= kind.rivals if kind is not None else set()
        return frozenset(i for i in found if self.scene.last(said.index, i) >= 0)

    def _bearers(self, said: _Said) -> frozenset[int]:
        """Things called by this noun or a hyponym, to which the description's other words also apply."""
        whole = (
            self.designations.called(" ".join((*sorted(said.words), said.noun)), said.index)
            if said.words
            else {}
        )
        some = {**self.designations.called(said.noun, said.index), **whole}
        found = {
            i
            for i, past in some.items()
            if past == said.past and (i in whole or said.words <= self.designations.words[i])
            if self._fits(said, i)
        }
        return frozenset(self._fullest(found))

    def _fits(self, said: _Said, one: int) -> bool:
        """Whether the class of a thing agrees with the noun: "the site" cannot be a ministry."""
        kind = self.kinds.of(said.index)
        unknown = self.kinds.is_a(one, "Thing") and self._exactly(said, one)
        if kind is not None and one not in kind.rivals and not unknown:
            return False
        type_ = self.reading.mentions[said.index].type
        person = self.locals[one].kind is Kind.PERSON
        if type_ in ("Person", "Organization", "Group", "Place") and (type_ == "Person") != person:
            return False
        if said.noun in _ANY_PLACE and not self._exactly(said, one):
            return self.kinds.is_a(one, "Place")
        if said.noun == "group" and self.kinds.is_a(one, "GovernmentBody") and not self._exactly(said, one):
            return False  # a court is no group, although WordNet's "group" is wider than "court"
        if said.noun in _ANY_BODY and not self._exactly(said, one):
            return self.kinds.is_a(one, "Organization") and (kind is None or one in kind.sure)
        return not self._is_inside(said.index, one)

    def _is_inside(self, index: int, one: int) -> bool:
        """Whether the description is inside another description of the thing `one`.

        It then cannot refer to that thing: in "Peru, a land in the region", "the region" is not Peru.
        """
        mention = self.reading.mentions[index]
        return any(
            i == one
            and self.reading.mentions[other].start <= mention.start
            and mention.end <= self.reading.mentions[other].end
            for other, i in self.described.items()
        )

    def _fullest(self, bearers: set[int]) -> set[int]:
        """The candidates without those whose words are all in another candidate's longer name.

        Of "Lima School" and "Lima Art School", only the second is left.
        """
        words = {i: set(self.locals[i].words) for i in bearers if self.locals[i].kind is not Kind.PERSON}
        parts = {i for i, some in words.items() for other in words.values() if len(some) > 1 and some < other}
        return bearers - parts

    # -- By kind --------------------------------------------------------------------------------

    def _of_kind(self, said: _Said) -> int | None:
        kind = self.kinds.of(said.index)
        if kind is None:
            return self.kinds.own_name(said.index)
        one = self.scene.only(said.index, kind.rivals, kind.sure)
        if one is None and kind.salient:
            one = self.scene.at_hand(said.index, kind.rivals, kind.sure, kind.clear)
        return one

    # -- Evidence against -----------------------------------------------------------------------

    def _is_another(self, said: _Said, one: int) -> bool:
        """Whether an unnamed referent is possible: one introduced since the thing `one` was last mentioned.

        For example, after "Norvex grew. A company in Lima shrank.", "the company" is not necessarily Norvex.
        """
        mentions = self.reading.mentions
        last = self.scene.last_mention(said.index, one)
        sentence = mentions[last].sentence if last >= 0 else -1
        for index in reversed(self.unknown):
            other = mentions[index]
            if other.sentence < sentence:
                return False
            same = other.lemma == said.noun
            if not same and (said.noun in _ANY_BODY or not wordnet.is_wider(said.noun, other.lemma)):
                continue
            if self._after_as(other):
                continue
            if other.determiner.lower() in _NEW:
                return True
            if same and not self._words(other) <= self.designations.words[one]:
                return True
        return False

    def _after_as(self, mention: Mention) -> bool:
        """Whether the description follows "as" or "like", so that it introduces no new referent.

        For example, "founded as an agency".
        """
        return self.reading.document.text[: mention.start].endswith((" as ", " like "))

    def _words(self, mention: Mention) -> frozenset[str]:
        """The words of a description that its referent must match, without the noun.

        After "this" or "that", words after the noun do not count: nothing of "this project in Peru".
        """
        if mention.determiner.lower() not in _POINTING:
            return self.designations.words_of(mention)
        text = mention.text[: mention.head_end - mention.start]
        return self.designations.words_of(replace(mention, end=mention.head_end, text=text))
