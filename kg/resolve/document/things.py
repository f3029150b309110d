"""Clusters the descriptions of one document into unnamed things.

    "an old letter ... the letter" -> old letter;  "Ruiz's office ... her office" -> Ruiz's office
    "the Peruvian government ... the government" -> Peruvian government
    "Peru's president", "Peruvian President", "president of Peru" -> the office "president", owned by Peru
    "a coating that repels dirt ... the coating" -> coating that repels dirt

If an article describes two different letters, a later "the letter" becomes a third thing. Synonyms ("the
note" for a letter) are not recognised. Things of two documents are never merged, except topics and offices
(`entities`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import ids, names, types

_ARTICLES = frozenset({"the", "a", "an", "no"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})  # determiners of something already known
_NEW = frozenset({"a", "an", "another"})
_QUOTES = ' "“”„«»,;:'  # characters removed at both ends of a label
_POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our"})
_OWN = " own"  # dropped after a name: "her own office" becomes "Ruiz's office"
_INSIDE = 4  # number of mentions before and after a description that are searched for mentions inside it
# Words that describe nothing: a phrase of only such words ("the others") has no referent without its context.
_POINTERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "such", "one", "ones", "another", "other", "others",
     "each", "both", "all", "some", "any", "none", "no", "many", "most", "more", "much", "few", "several",
     "same", "latter", "former", "first", "second", "last", "next", "something", "anything", "nothing",
     "everything", "someone", "anyone", "everyone", "somebody", "anybody", "everybody", "nobody",
     "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "lot", "bit"}
)  # fmt: skip
# The words between an office and its owner: " of " in "mayor of [Lima]".
_LINK = re.compile(r"[\s,]*\b(of|at|for|in|with|from|on)(\s+the)?\s*$", re.IGNORECASE)
# The same, with a description of the owner: " of carmaker " in "boss of carmaker [Norvex]".
_LOOSE = re.compile(r"[\s,]*\b(?:of|at|for)(?: the)?(?: [a-z][a-z-]*){1,3}\s*$")
_ENVOY = re.compile(r"(\bto)(?:\s+the)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Whose:
    """A possessive pronoun in a label, with a known referent: "her" in "her old office"."""

    start: int  # offset in the label, like `end`
    end: int
    mention: int  # index into Reading.mentions


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A thing without a name, known only by descriptions."""

    id: str  # "" for topics and offices, which get their ids from all documents together
    form: str  # its normalised words, with the key of its possessor: the same for all its mentions
    label: str
    type: str
    spellings: tuple[str, ...]  # the other descriptions of it, as written; sorted
    mentions: tuple[int, ...]  # indices into Reading.mentions
    owner: int = -1  # for an office: index of the mention of its country or organisation; -1 if unknown
    whose: tuple[Whose, ...] = ()  # the possessive pronouns in its label


def unnamed(
    reading: Reading, known: Mapping[int, str], article: str, ontology: Ontology
) -> tuple[Unnamed, ...]:
    """The things described by the document's noun phrases, in order of first mention.

    `known`: mention -> key of its referent, if resolved; `article`: a key of the document, from
    `ids.of_articles`.
    """
    groups: dict[tuple[str, int], list[int]] = {}
    found: list[Unnamed] = []
    described = _Described()
    for index, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.NOMINAL or index in known or _nobody(mention):
            continue
        if mention.type == "Position":
            found.append(_office(index, reading, known, ontology))
        else:
            owned = mention.possessor in known or _is_named_inside(index, reading, ontology)
            thing = described.which(mention, _form(mention, reading, known), owned)
            groups.setdefault(thing, []).append(index)
    found += [_thing(reading, form, n, some, known, article, ontology) for (form, n), some in groups.items()]
    return tuple(sorted(found, key=lambda thing: thing.mentions[0]))


class _Described:
    """The things described so far in a document.

    Each is a pair: its form (see `Unnamed.form`), and a number that distinguishes things of the same form.
    """

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()  # form -> number of things introduced with it
        # head noun -> the things to which a bare "the office" can refer
        self.heads: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)

    def which(self, mention: Mention, form: str, owned: bool) -> tuple[str, int]:
        """The thing described by a mention with this form.

        `owned`: whether the mention says whose the thing is. Number 0 of a form is the referent of a definite
        phrase without a clear antecedent.
        """
        determiner = mention.determiner.lower()
        if determiner in _NEW:
            self.made[form] += 1
            thing = form, self.made[form]
        else:
            thing = form, 1 if self.made[form] == 1 else 0
            heads = self.heads[mention.lemma]
            if determiner == "the" and form == "|" + mention.lemma and len(heads) == 1:
                # a bare noun after a longer description: "her old office ... the office"
                thing = next(iter(heads))
        if not mention.plural and (determiner in _NEW or owned):
            self.heads[mention.lemma].add(thing)
        return thing


def _is_named_inside(index: int, reading: Reading, ontology: Ontology) -> bool:
    """Whether the description is of an organisation or place and contains a name that identifies it.

    For example, "the Peruvian government" and "the port of Lima".
    """
    mention = reading.mentions[index]
    if mention.determiner.lower() != "the" or not any(
        ontology.is_a(mention.type, sort) for sort in ("Organization", "Place")
    ):
        return False
    beside = (*reading.mentions[max(index - 3, 0) : index], *reading.mentions[index + 1 : index + 4])
    return any(
        other.kind is MentionKind.NAME and mention.start <= other.start and other.end <= mention.end
        for other in beside
    )


def _nobody(mention: Mention) -> bool:
    """Whether the words describe nothing by themselves: "one", "the others", "this"."""
    return all(word in _POINTERS or word.isdigit() for word in names.words(mention.text))


def without_article(text: str) -> str:
    """The words without a leading article, on one line.

    >>> without_article("the  old letter"), without_article("a"), without_article("his dream")
    ('old letter', 'a', 'his dream')
    """
    return _without(_ARTICLES, text)


def _without(words: frozenset[str], text: str) -> str:
    first, _, rest = " ".join(text.split()).partition(" ")
    return rest if rest and first.lower() in words else f"{first} {rest}".strip()


def _form(mention: Mention, reading: Reading, known: Mapping[int, str]) -> str:
    """The normal form of a description: the key of its possessor (or ""), "|", and its normalised words."""
    owner, text = "", mention.text
    if mention.possessor in known:
        possessor = reading.mentions[mention.possessor]
        if possessor.start == mention.start and possessor.end < mention.end:
            owner = known[mention.possessor]
            text = _after_owner(text[possessor.end - mention.start :])
    return f"{owner}|{' '.join(names.words(_without(DEFINITE, without_article(text))))}"


def _after_owner(text: str) -> str:
    """The text without the genitive ending at its start: "office" of "'s office"."""
    return re.sub(r"^['’]?s?\b|^['’]", "", text).strip()


def _thing(
    reading: Reading,
    form: str,
    number: int,
    indices: list[int],
    known: Mapping[int, str],
    article: str,
    ontology: Ontology,
) -> Unnamed:
    mentions = [reading.mentions[i] for i in indices]
    label = without_article(mentions[0].text).strip(_QUOTES)
    type_ = types.decide(Counter(mention.type for mention in mentions), ontology)
    bare = not mentions[0].determiner and mentions[0].possessor < 0 and label == mentions[0].text
    topic = type_ == "Topic" and bare
    id_ = "" if topic else f"{ids.slug(label)}-{ids.digest(8, article, form, str(number))}"
    whose = tuple(whose_of(indices[0], label, reading, known))
    label += told_behind(mentions, reading)
    others = {" ".join(mention.text.split()) for mention in mentions} - {label}
    return Unnamed(id_, form, label, type_, tuple(sorted(others)), tuple(indices), whose=whose)


def told_behind(mentions: Sequence[Mention], reading: Reading) -> str:
    """The restrictive clause in the first mention of a thing, if all later mentions lack modifiers; else "".

    For example, " that repels dirt" if "a coating that repels dirt" is later called "the coating".
    `mentions`: all mentions of the thing, in order.
    """
    first, *later = mentions
    new = first.determiner.lower() in _NEW and first.told_end > first.end
    bare = [m.determiner.lower() in DEFINITE and m.end == m.head_end for m in later]
    tail = reading.document.text[first.end : first.told_end]
    return f" {' '.join(tail.split())}" if new and bare and all(bare) else ""


def whose_of(index: int, label: str, reading: Reading, known: Container[int]) -> Iterator[Whose]:
    """The possessive pronouns in the label of a mention that have a known referent, in order.

    For example, "her" in "her old office" and "his" in "the inquiry into his death"; not the "her" of "a
    photograph of her". `known`: the mentions with a known referent.
    """
    mention = reading.mentions[index]
    before = mention.text.find(label)  # the label lacks the article
    if before < 0:
        return  # not found, because the text of the mention has a line break, and the label has none
    first = mention.start + before
    owners = {other.possessor for other in reading.mentions[index : index + _INSIDE]}
    for at in range(max(index - _INSIDE, 0), min(index + _INSIDE, len(reading.mentions))):
        other = reading.mentions[at]
        inside = first <= other.start and other.end <= first + len(label)
        if inside and at in known and at in owners and other.text.lower() in _POSSESSIVES:
            yield Whose(other.start - first, other.end - first, at)


def with_owners(label: str, whose: Iterable[Whose], names_of: Mapping[int, str]) -> str:
    """The label with names instead of possessive pronouns: "Ana Ruiz's old office" for "her own old office".

    `names_of`: mention -> name of its referent; a pronoun whose mention is missing stays.

    >>> with_owners("her own old boat", [Whose(0, 3, 7)], {7: "Ana Ruiz"})
    "Ana Ruiz's old boat"
    """
    parts, end = list[str](), 0
    for each in whose:
        if each.mention in names_of:
            owner = names.genitive(names_of[each.mention])
            parts.append(f"{label[end : each.start]}{owner}")
            end = each.end + (len(_OWN) if label.startswith(_OWN, each.end) else 0)
    return "".join((*parts, label[end:]))


def _before_owner(text: str) -> str:
    """The office in the words before its owner; the text unchanged if the owner is only part of a name.

    >>> _before_owner("mayor of the "), _before_owner("boss of carmaker "), _before_owner("envoy to the ")
    ('mayor', 'boss', 'envoy to')
    >>> _before_owner("governor of South ")
    'governor of South '
    """
    for link, left in ((_LINK, ""), (_ENVOY, r"\1"), (_LOOSE, "")):
        if link.search(text):
            return link.sub(left, text).strip()
    return text


def _office(index: int, reading: Reading, known: Mapping[int, str], ontology: Ontology) -> Unnamed:
    """The office that a mention of a position describes.

    Its label lacks the owner, the article and words such as "former", which are not part of the office. An
    envoy's keeps "to": the ambassador to Peru is not Peru's.
    """
    mention = reading.mentions[index]
    owner = mention.possessor if mention.possessor in known else -1
    text = mention.text
    if owner >= 0:
        possessor = reading.mentions[owner]
        if mention.start <= possessor.start and possessor.end <= mention.end:
            before, after = text[: possessor.start - mention.start], text[possessor.end - mention.start :]
            if possessor.start < mention.head_start:
                text = _after_owner(after)
            elif (shorter := _before_owner(before)) != before:
                text = shorter
            else:
                # only a part of the owner's name is known: "Australia" in "governor of South Australia"
                owner = -1
        elif mention.end < possessor.start <= mention.end + len(", "):
            text = _before_owner(f"{text} ").strip()  # the owner follows: "analyst at research firm [Norvex]"
    lists = ("PastMarks", "PlannedMarks", "LeavingMarks", "OfficeMarks")
    marks = frozenset[str]().union(*(ontology.words.get(name, ()) for name in lists))
    label = re.sub(r"^(ex|then)-", "", without_article(text), flags=re.IGNORECASE)
    while label != (shorter := _without(marks, label)):
        label = shorter
    spelling = " ".join(mention.text.split())
    others = {spelling} - {label} if owner < 0 else {spelling}
    return Unnamed(
        "", " ".join(names.words(label)), label, "Position", tuple(sorted(others)), (index,), owner
    )
