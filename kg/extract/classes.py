"""The class of a common noun in its context, from weighted evidence.

    the trawler sank            Vehicle     WordNet: the senses of the noun, by frequency
    the bank of the river       Place       the parser: the class of the phrase in this sentence
    the source said             Person      the verb: a place does not speak
    Ana Ruiz, a star            Person      the name beside it
    dozens of lorries           Vehicle     the noun that is counted
    the poor, those who fled    Group       the parser, the relative pronoun
    she won the junior title    Award       the verb: nobody wins a text
    Amber is the dark horse     Thing       a work called a person: a figure of speech
    the Amir spoke              Person      a name without other evidence, by the noun in it

A noun in a word list (`RoleNouns`, `PlaceNouns` ...) has the class of the list, unless both the sentence and
WordNet contradict this. An abstract noun without an article stays a Topic. Several people or organisations
are a Group. Excludes positions, and mentions whose class a construction corrected (`Builder.retyped`);
without evidence, the mention keeps its class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.language import noun_phrases, nouns
from kg.language.news.component import noun_class
from kg.model import Claim, Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# Noun classes of the parser -> classes of kg; the first is the default for a noun that is not in WordNet.
_MADE = ("Artefact", "Vehicle", "Facility", "Product", "Document", "CreativeWork", "Award", "BodyPart")
_PARSER = (
    ("person", ("Person", "Group")),
    ("place", ("Place", "Facility")),
    ("organization", ("Organization", "Group")),
    ("object", _MADE),
    ("event", ("Activity",)),
    ("time", ("Period",)),
    ("substance", ("Substance",)),
    ("animal", ("Animal",)),
    ("plant", ("Plant",)),
    ("abstract", ("", "Idea", "Quality", "Quantity", "Activity", "Law", "Document")),
)
_UNKNOWN = ("Thing", "Topic")
_HONOURS = ("title", "crown")
# an abstract noun of these classes without an article stays a Topic
_GENERAL = ("Idea", "Quality", "Activity")
_SOMEBODY = ("Person", "Group", "Organization")
_TEXTS = ("Document", "CreativeWork", "Law", "Idea")
# Word lists of verbs that show the class of a noun, the noun's function, and its class: "the carrier docked".
_VERBS = (
    ("PersonalVerbs", ("nsubj",), _SOMEBODY),
    ("PersonalPassives", ("nsubjpass", "dobj"), _SOMEBODY),
    ("VehicleVerbs", ("nsubj", "nsubjpass", "dobj"), ("Vehicle",)),
    ("TextVerbs", ("nsubjpass", "dobj"), _TEXTS[:3]),
    ("FoundingVerbs", ("nsubjpass", "dobj"), ("Organization",)),
)
_NOT_KIND = ("Event", "Position")  # types of mentions that `typed` leaves as they are

_LISTED = 0.5  # votes for the class of a word list; the votes for the senses in WordNet add up to 1
# The parser's vote for a noun that is not in WordNet, and for one that is.
_GUESS, _SLIGHT = 0.35, 0.15
# Factors by which evidence multiplies the votes for a class.
_BY_PARSER, _BY_VERB, _BY_SPEECH, _BY_NAME, _BY_RELATION = 6.0, 10.0, 2.0, 6.0, 3.0
# A rare sense gets at least these votes before the parser's or the verb's factor is applied.
_RARE, _WANTED = 0.2, 0.3
_ENOUGH = 0.25  # minimum votes for the class of a common noun
_CLEAR = 0.7  # minimum votes for the class of a name
_RUNNING = ("Person", "Group", "PoliticalParty")  # classes of those who stand for election
# classes that a name may get from the noun in it
_NAMED = ("Person", "Organization", "Facility", "Vehicle", "Document", "Law", "Award", "Place")


def typed(build: Builder, mentions: Iterable[Mention]) -> Iterator[str]:
    """The class of each mention, in order; for a common noun, the one that fits its sentence best."""
    kinds = _Kinds(build, tuple(mentions))
    return (kinds.of(index) for index in range(len(kinds.mentions)))


class _Kinds:
    def __init__(self, build: Builder, mentions: tuple[Mention, ...]) -> None:
        self.build, self.mentions = build, mentions
        self.parsed, self.ontology = build.context.parsed, build.context.ontology
        self.admitted = _admitted(build)
        self.found: dict[int, str] = {}

    def of(self, index: int) -> str:
        if index not in self.found:
            # a provisional value, in case the mention leads back to itself
            self.found[index] = self.mentions[index].type
            self.found[index] = self._of(index)
        return self.found[index]

    def _of(self, index: int) -> str:
        mention = self.mentions[index]
        own = self.parsed.mentions[index].type
        if mention.kind is MentionKind.NAME and own == "Thing" and not mention.relational:
            return self._of_name(index)
        if mention.kind is not MentionKind.NOMINAL or mention.type != own or own in _NOT_KIND:
            return mention.type
        noun = self.parsed.head(index)
        if self._is_ticket(noun):
            return "Group"
        counted = self._counted(noun)
        if counted >= 0:
            kind = self.of(counted)
            kind = "Activity" if self.ontology.is_a(kind, "Event") else kind
        elif sense := self._sense(noun):
            kind = sense
        else:
            kind = self._weighed(index, noun, mention)
        if kind in _UNKNOWN:
            return own
        if own == "Topic" and kind in _GENERAL:
            return own
        several = mention.plural or counted >= 0
        return "Group" if several and kind in ("Person", "Organization") else kind

    def _sense(self, noun: Token) -> str:
        """The class of a noun if its use excludes its most frequent sense.

        "Thing" if the use shows no other sense, "" if it excludes nothing. A title that is won or lost is
        not a text, and a seat not furniture ("won the title", "lost her seat"; not "read the title", "left
        his seat"). "His counterpart" is a person, and "his mission" is not an embassy. A game that is not
        an event is a video game.
        """
        lemma, context = noun.lemma_.lower(), self.build.context
        if noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in context.words("PrizeVerbs"):
            if lemma in _HONOURS:
                return "Award"
            return "Thing" if lemma == "seat" else ""
        owner = noun_phrases.possessor(noun)
        named = self.parsed.mention(owner) if owner is not None else None
        whose = named is not None and (named.type == "Person" or named.text.lower() in ("his", "her"))
        if lemma == "game":
            return "CreativeWork"
        if lemma == "counterpart" and owner is not None:
            return "Person" if whose else "Thing"
        return "Activity" if lemma == "mission" and whose else ""

    def _is_ticket(self, noun: Token) -> bool:
        """Whether the noun is a ticket of people who stand for election.

        As in "the Ruiz/Reed ticket", "the Green Party ticket of Ana Ruiz".
        """
        if noun.lemma_.lower() not in self.build.context.words("TicketNouns"):
            return False
        inside = (self.parsed.mention(word) for word in noun.subtree if self.parsed.is_name(word))
        return any(each is not None and each.type in _RUNNING for each in inside)

    def _of_name(self, index: int) -> str:
        """The class of a name that the parser left open, judged by the noun in the name and the verb.

        As in "the Amir spoke", "the Rail Federation", "joined the Lab". Unchanged if the evidence is weak.
        """
        text = _noun_of(self.mentions[index].text)
        style = text in self.build.context.words("StyleNouns")
        votes = {"Person": 1.0} if style else dict(nouns.classes(text))
        for kinds, factor in (
            *self._by_use(self.parsed.head(index)),
            *((each, _BY_RELATION) for each in self.admitted[index]),
        ):
            self._raise(votes, kinds, factor, _WANTED if factor == _BY_VERB else 0.0)
        best = max(sorted(votes), key=lambda kind: votes[kind], default="")
        return best if votes.get(best, 0.0) >= _CLEAR and best in _NAMED else self.mentions[index].type

    def _counted(self, noun: Token) -> int:
        """Index of the mention that a noun of number or part counts, or -1.

        That of the lorries in "dozens of lorries", and of the churches in "one of the churches".
        """
        context = self.build.context
        part = noun.pos_ in ("NUM", "DET", "PRON", "ADJ") or any(
            noun.lemma_.lower() in context.words(name) or noun.lower_ in context.words(name)
            for name in ("GroupNouns", "Partitives")
        )
        if not part:
            return -1
        things = (
            self.parsed.mention_index(word)
            for child in noun.rights
            if child.lower_ == "of" and child.dep_ == "prep"
            for word in child.rights
            if word.dep_ == "pobj"
        )
        return next((index for index in things if index >= 0 and self._may_be_counted(index)), -1)

    def _may_be_counted(self, index: int) -> bool:
        """Whether a noun of number or part may count the mention.

        It may count anything without a name, but of things with a name only places ("the rest of East
        Africa").
        """
        mention = self.mentions[index]
        return mention.kind is not MentionKind.NAME or self.ontology.is_a(mention.type, "Place")

    def _weighed(self, index: int, noun: Token, mention: Mention) -> str:
        votes = self._by_word(noun, mention)
        said = dict(_PARSER).get(noun_class(noun.doc, noun.i), ())
        guess = _SLIGHT if votes else _GUESS
        self._raise(votes, said, _BY_PARSER, _RARE)
        if "Idea" in said and "CreativeWork" in votes:
            # To the parser, films are abstract. Votes for a rare sense stay low: "frame" is seldom a film.
            votes["CreativeWork"] *= _BY_PARSER
        for kind in said[:1]:
            votes.setdefault(kind, guess)
        for kinds, factor in (*self._by_use(noun), *((each, _BY_RELATION) for each in self.admitted[index])):
            self._raise(votes, kinds, factor, _WANTED if factor == _BY_VERB else 0.0)
        best = max(sorted(votes), key=lambda kind: votes[kind], default="")
        beside = self._name_beside(noun)
        if beside is not None and beside.type == "CreativeWork":
            if best in ("Document", "Idea"):
                return beside.type  # as in "Amber, a comic book adaptation"
            if best == "Person":
                return "Thing"  # a figure of speech: "Amber is the dark horse"
        return best if best and votes[best] >= _ENOUGH else mention.type

    def _by_word(self, noun: Token, mention: Mention) -> dict[str, float]:
        """Votes for classes of the noun, by WordNet and the word lists.

        WordNet may give a more specific class than a list.
        """
        before = noun.doc[noun.i - 1].lower_ if noun.i else ""
        acronym = noun.text[-1:] == "s" and noun.text[:-1].isupper()  # "MPs", whose lemma may be "mps"
        lemma = (noun.text[:-1] if acronym else noun.lemma_).lower()
        if whole := noun_phrases.hyphenated(noun):
            if whole in self.build.context.words("PlayerNouns"):
                return {"Person": 1.0}
            if votes := dict(nouns.classes(whole) or nouns.classes(whole.replace("-", ""))):
                return votes
        votes = dict(nouns.classes(f"{before} {lemma}") or nouns.classes(lemma))
        own = mention.type if mention.type not in _UNKNOWN else self.ontology.class_of_word.get(lemma, "")
        if own and not self.ontology.is_a(own, "Event"):
            # In WordNet, "comedy" is also a message: the votes for such a sense count for the work.
            if own == "CreativeWork":
                shown = lemma in self.build.context.words("ShownWorkNouns")
                for wide in ("Idea", "Document") if shown else ("Idea",):
                    votes[own] = votes.get(own, 0.0) + votes.pop(wide, 0.0)
                votes = {kind: vote for kind, vote in votes.items() if vote}
            finer = [kind for kind in votes if self.ontology.is_a(kind, own)]
            listed = max(finer, key=lambda kind: votes[kind], default=own)
            votes[listed] = votes.get(listed, 0.0) + _LISTED
        return votes

    def _raise(
        self, votes: dict[str, float], kinds: Iterable[str], factor: float, least: float = 0.0
    ) -> None:
        """Multiply the votes for these classes and their subclasses by `factor`.

        Votes below `least` are first raised to it.
        """
        wanted = tuple(kinds)
        for kind, vote in votes.items():
            if any(kind == each or (each and self.ontology.is_a(kind, each)) for each in wanted):
                votes[kind] = factor * (max(vote, least) if kind else vote)

    # -- how the noun is used ------------------------------------------------------------------------------

    def _by_use(self, noun: Token) -> Iterator[tuple[tuple[str, ...], float]]:
        """The classes that the noun's use in the sentence suggests, with the factor for their votes."""
        context, verb = self.build.context, noun.head
        lemma = verb.lemma_.lower()
        if _is_who(noun):
            yield _SOMEBODY, _BY_VERB
        for name, places, kinds in _VERBS:
            if noun.dep_ in places and lemma in context.words(name):
                yield kinds, _BY_VERB
        if noun.dep_ == "nsubj" and lemma in context.words("SpeechVerbs"):
            yield _SOMEBODY, _BY_VERB
            yield _TEXTS, _BY_SPEECH  # texts may speak, too: "the report says"
        if self._is_part_of_body(noun):
            yield ("Organization",), _BY_VERB
        beside = self._name_beside(noun)
        if beside is not None and beside.type != "Thing":
            yield (beside.type, *self._above(beside.type)), _BY_NAME

    def _above(self, kind: str) -> tuple[str, ...]:
        known = self.ontology.classes.get(kind)
        return tuple(each for each in (known.parents if known else ()) if each not in ("Thing", "Agent"))

    def _is_part_of_body(self, noun: Token) -> bool:
        """Whether the noun is part of an organisation, and so may be one itself.

        As in "the youth wing of the Rail Union".
        """
        after = (word for child in noun.rights if child.lower_ == "of" for word in child.rights)
        names = (self.parsed.mention(word) for word in after if self.parsed.is_name(word))
        return any(name is not None and self.ontology.is_a(name.type, "Organization") for name in names)

    def _name_beside(self, noun: Token) -> Mention | None:
        """The name that the noun describes ("Ana Ruiz, a star", "Ana Ruiz was a star"), if any."""
        beside = [child for child in noun.children if child.dep_ == "appos"]
        if noun.dep_ == "appos":
            beside.append(noun.head)
        elif noun.dep_ == "attr" and noun.head.lemma_ == "be":
            beside += [child for child in noun.head.lefts if child.dep_ == "nsubj"]
        found = (self.parsed.mention(word) for word in beside)
        return next((each for each in found if each is not None and each.kind is MentionKind.NAME), None)


def _noun_of(name: str) -> str:
    """The noun in a name: "federation" in "Rail Federation", "centre" in "Centre for Insects"; or ""."""
    words = [word for word in name.lower().split() if word.isalpha()]
    joint = next((n for n, word in enumerate(words) if n and word in ("of", "for")), len(words))
    return words[joint - 1] if words else ""


def _is_who(noun: Token) -> bool:
    """Whether a relative "who" follows the noun, as in "those who fled"."""
    clauses = (child for child in noun.children if child.dep_ == "relcl")
    return any(word.lower_ in ("who", "whom") for clause in clauses for word in clause.children)


def _admitted(build: Builder) -> list[list[tuple[str, ...]]]:
    """For each mention, the classes that the relations of its claims require."""
    found: list[list[tuple[str, ...]]] = [[] for _ in build.context.parsed.mentions]
    for claim in build.claims:
        for index, kinds in _ends(claim, build):
            if index >= 0 and kinds and kinds not in found[index]:
                found[index].append(kinds)
    return found


def _ends(claim: Claim, build: Builder) -> Iterator[tuple[int, tuple[str, ...]]]:
    known = build.context.ontology.relations.get(claim.relation.name) if claim.relation.known else None
    if known is None:
        return
    subject, object_ = claim.subject.mention, claim.object.mention if claim.object else -1
    if claim.relation.inverted:
        subject, object_ = object_, subject
    yield subject, known.subjects
    yield object_, known.objects
