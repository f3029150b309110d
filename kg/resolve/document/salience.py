"""Finds the named thing that is salient at the position of a description.

    "Norvex cut jobs. The company ..."                     Norvex, the only candidate
    "Norvex, Acme and others met. [...] Norvex sold ... Norvex ... The company ..."
                                                           Norvex, the topic of the article
    "Norvex bought Acme. The company ..."                  ambiguous
    "Norvex grew. Acme shrank. Reed left the company."     ambiguous
    "Norvex left the company"                              not Norvex, which is the subject of the verb
    "Norvex and Acme met. Norvex said ... The company added ..."   Norvex: the speaker continues
    "Peru voted. [...] In Chile, Reed left the country."   Chile: the setting of the sentence

Sentences are searched backwards from the description; the first one that mentions a candidate decides. If it
mentions several, only the topic of the article can be meant, and only if no claim has the others as
arguments.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.model import Reading
from kg.resolve.document.within import Kind, Local

# The topic of an article has at least `_OFTEN` mentions, and `_CLEARLY` times those of any other candidate.
_OFTEN, _CLEARLY = 3, 3
_BEGINNING = 2  # index of the last sentence of the opening: the title, and one or two sentences of the text
_QUOTES = " “”\"‘’'"
_REACH = 1  # a thing that is not the topic is salient if mentioned at most this many sentences back


class Scene:
    """The resolved mentions of a document, and which thing is salient at a position."""

    def __init__(self, reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int]) -> None:
        self.reading, self.locals, self.owner = reading, locals_, dict(owner)
        self.spoken: defaultdict[int, list[int]] = defaultdict(list)  # sentence -> resolved mentions
        self.mentions: defaultdict[int, list[int]] = defaultdict(list)  # named thing -> mentions, in order
        for index in sorted(owner):
            self.spoken[reading.mentions[index].sentence].append(index)
            self.mentions[owner[index]].append(index)
        # mention -> the other arguments of the claims in which it is an argument
        self.with_: defaultdict[int, set[int]] = defaultdict(set)
        for claim in reading.claims:
            if claim.object is not None:
                self.with_[claim.subject.mention].add(claim.object.mention)
                self.with_[claim.object.mention].add(claim.subject.mention)
        self.speaks = {
            argument.mention
            for claim in reading.claims
            for argument in (claim.speaker, claim.subject if "speech" in claim.rule else None)
            if argument is not None and argument.mention >= 0
        }
        self.serves = {
            mention.possessor for mention in reading.mentions if mention.type in ("Position", "Person")
        }

    def add(self, index: int, local: int) -> None:
        """Record the referent of a description."""
        if index in self.owner:  # "the Qatari" was recorded as a mention of Qatar and now is one of a person
            self.mentions[self.owner[index]].remove(index)
        self.owner[index] = local
        insort(self.mentions[local], index)
        self.spoken[self.reading.mentions[index].sentence].append(index)

    def last_mention(self, index: int, one: int) -> int:
        """The index of the last mention of the named thing `one` before the mention `index`; -1 if none."""
        some = self.mentions.get(one, [])
        at = bisect_left(some, index)
        return some[at - 1] if at else -1

    def last(self, index: int, one: int) -> int:
        """The sentence of the last mention of a named thing before the mention `index`; -1 if there is
        none.
        """
        mention = self.last_mention(index, one)
        return self.reading.mentions[mention].sentence if mention >= 0 else -1

    def only(self, index: int, rivals: frozenset[int], sure: frozenset[int]) -> int | None:
        """The only one of the possible referents (`rivals`) that was mentioned before the description.

        None if it is not certain (not in `sure`), or if neither this nor the previous sentence mentions it.
        """
        sentence = self.reading.mentions[index].sentence
        before = {i for i in rivals if self.locals[i].mentions[0] < index}
        near = {self.owner[m] for back in (0, 1) for m in self._before(index, sentence - back)}
        one = next(iter(before)) if len(before) == 1 else -1
        fits = one in near and one in sure and not self.is_partner(index, one)
        return one if fits else None

    def at_hand(self, index: int, rivals: frozenset[int], sure: frozenset[int], clear: int) -> int | None:
        """The one of the possible referents (`rivals`) that is clearly the nearest, or the article's topic.

        None if it is not certain (not in `sure`). A referent in the previous sentence is clearly the nearest
        only if the `clear` sentences before that one mention no other. If the description is itself a
        speaker, the speaker of the previous sentence counts as the nearest.
        """
        if (one := self._speaker(index, rivals)) is not None:
            return one if one in sure and not self.is_partner(index, one) else None
        if (one := self._setting(index, rivals)) is not None:
            return one
        sentence = self.reading.mentions[index].sentence
        about = self._about(rivals)
        for back in range(_REACH + 1):
            here = [m for m in self._before(index, sentence - back) if self.owner[m] in rivals]
            some = {self.owner[m] for m in here}
            if not some:
                continue
            one = about if len(some) > 1 else next(iter(some))
            if one not in some or one not in sure or (about >= 0 and one != about):
                return None
            further = range(sentence - back - clear, sentence - back) if back and one != about else ()
            if any(self.owner[m] in rivals - {one} for at in further for m in self.spoken.get(at, ())):
                return None
            others = [m for m in here if self.owner[m] != one]
            passive = all(not self.with_[m] for m in others)
            mine = [m for m in here if self.owner[m] == one]
            told = one == about or any(self._takes_part(m) for m in mine)
            return one if passive and told and not self.is_partner(index, one) else None
        if (one := self._alone(index, rivals)) is not None:
            about = one
        seen = about >= 0 and self.locals[about].mentions[0] < index
        return about if seen and about in sure and not self.is_partner(index, about) else None

    def _setting(self, index: int, rivals: frozenset[int]) -> int | None:
        """The only country before the description in the sentence, if the sentence begins with "In" and the
        country's name: "In Peru, ... the country".
        """
        sentence = self.reading.mentions[index].sentence
        here = [m for m in self._before(index, sentence) if self.owner[m] in rivals]
        one = self.owner[here[0]] if len({self.owner[m] for m in here}) == 1 else -1
        if one < 0 or self.locals[one].kind is not Kind.AREA:
            return None
        start = self.reading.sentences[sentence].start
        opening = self.reading.document.text[start : self.reading.mentions[here[0]].start]
        return one if opening.lower().strip(_QUOTES) in ("in", "in the", "across", "throughout") else None

    def _alone(self, index: int, rivals: frozenset[int]) -> int | None:
        """The only country so far, if mentioned early, repeatedly and not only by adjective ("a Peruvian
        tourist").

        None if the rest of the article mentions another country as often, which may be the article's setting.
        """
        before = {i for i in rivals if self.locals[i].mentions[0] < index}
        one = next(iter(before)) if len(before) == 1 else -1
        if one < 0 or self.locals[one].kind is not Kind.AREA:
            return None
        mentions = [m for m in self.locals[one].mentions if m < index]
        named = any(not self.reading.mentions[m].relational for m in mentions)
        early = self.reading.mentions[mentions[0]].sentence <= _BEGINNING
        others = (len(self.locals[i].mentions) for i in rivals - before)
        first = max(others, default=0) < len(self.locals[one].mentions)
        return one if named and early and first and len(mentions) > 1 else None

    def _speaker(self, index: int, rivals: frozenset[int]) -> int | None:
        """The only speaker of the previous sentence, if the description is a speaker itself and that speaker
        one of `rivals`: "Norvex said ... The company added ...".
        """
        if index not in self.speaks:
            return None
        before = self._before(index, self.reading.mentions[index].sentence - 1)
        some = {self.owner[m] for m in before if m in self.speaks}
        one = next(iter(some)) if len(some) == 1 else -1
        return one if one in rivals else None

    def _before(self, index: int, sentence: int) -> list[int]:
        return [m for m in self.spoken.get(sentence, ()) if m < index]

    def _about(self, rivals: frozenset[int]) -> int:
        """The candidate that is the article's topic: named far more often than the others; -1 if none."""
        counts = Counter({i: len(self.locals[i].mentions) for i in sorted(rivals)}).most_common(2)
        if not counts or counts[0][1] < _OFTEN:
            return -1
        clear = len(counts) == 1 or counts[0][1] >= _CLEARLY * counts[1][1]
        return counts[0][0] if clear else -1

    def _takes_part(self, index: int) -> bool:
        """Whether the mention does more than modify a noun, as the names do in "a Peruvian farmer" and
        "Norvex manager Tom Reed".
        """
        return not self.reading.mentions[index].relational and index not in self.serves

    def is_partner(self, index: int, one: int) -> bool:
        """Whether a claim has both the description and the thing `one` as arguments, so that they differ.

        For example, "Norvex left the company".
        """
        return any(self.owner.get(other, -1) == one for other in self.with_[index])
