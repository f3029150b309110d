"""Adds glosses in brackets: the referents of a text's pronouns and descriptions, which replace its context.

    Ana - said - "he [Tom Reed] had left"
    Ana - said - "Tom [Tom Reed] had left"
    Ana - said - "We [Norvex] will open a mill"         Ana is chief executive of Norvex
    Ana - worked - "in the capital [Lima] for years"
    Ana - sold - "her house"                            no gloss: "her" is Ana, the subject

Words whose referent is unknown are counted; each lowers the confidence (`kg.resolve.statements.confidence`).
Some of them make a text impossible to understand without its article, so that the statement is no plain fact
(`Doubt.POINTING`):

    Reed - said - "the execution was hard"              the execution of what?
    A ferry sank. Reed - said - "Ana built the ferry"   which ferry? It was introduced before the text
    Ana retired. Reed - promised - "to respect the decision"    which decision? It is an event of the article
    Reed - said - "they let this menace grow"           which menace?
    Reed - said - "a ruling in their favour is due"     in whose favour?
    Reed - said - "they voted after closing the mill"   which mill? (in a short text with no other names)

Others do not:

    Reed - said - "he fell into the sea"                "the sea" is clear without the article
    Reed - said - "I like snow. This passion is old"    the first sentence may explain "this passion"
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from kg.model import (
    WHOLE_CLAUSE,
    Argument,
    Claim,
    Doubt,
    Frame,
    Function,
    Mention,
    MentionKind,
    Reading,
    Role,
)
from kg.ontology import Ontology
from kg.resolve.document.pronouns import HE_OR_SHE, INTRODUCTIONS
from kg.resolve.nodes import Nodes
from kg.resolve.statements import case_nouns, in_full, spoken_for, taken_up

# A noun phrase of only an article and a noun, of which only the number of words is used. A further word may
# identify the referent: "the private sector".
_BARE = ("the", "execution")
_POINTING = frozenset(("this", "that", "these", "those"))
_SUCH = frozenset(("such",))
_FAR = frozenset(("that", "those"))
_TAKING_UP = frozenset(("new", "same"))  # modifiers for something introduced before: "the new bureau"
# Modifiers that do not identify a referent by themselves: "the remaining five".
_LEAVING_OPEN = in_full.NUMBERS | frozenset(
    ("current", "following", "former", "last", "latest", "next", "other", "previous", "recent", "remaining",
     "third", "fourth", "very", "entire", "whole")
)  # fmt: skip
_ENDS = (Function.WHO, Function.WHOM, Function.TO_WHOM, Function.OBLIQUE)
_ASIDE = frozenset(
    ("relative", "participle", "nominal", "apposition", "title", "possessive")
)  # rules of frames that are not clauses of their own, but parts of a noun phrase or adjuncts
_OTHERS = frozenset(("one", "other"))  # words that stand for another noun: "the last one", "the others"
_COMMON_SORTS = frozenset(
    ("City", "Company", "Country", "GovernmentBody", "Group", "Organization", "Person", "Place", "Region")
)  # classes of things that are often mentioned in general, without a particular referent: "the government"
_TITLE = 2  # maximum number of words between a comma and the name of a subject, for a title: "Prime Minister"
# Maximum numbers of names in a text, and of words in its first sentence, that say little besides a
# description.
_FEW, _SHORT = 1, 24
# Nouns after "this" that mean the present, and refer to nothing in the article: "at this time".
_NOW = frozenset(("moment", "time", "stage", "point", "generation", "century"))
_LONGEST = 8  # maximum number of words of a description with a name that is used as a gloss
_QUOTES = " “”\"‘’'"
# the end of a sentence, but not the dot of "Ms.", of an initial or of "..."
_SENTENCE = re.compile(r"(?<![A-Z.])(?<![A-Z][a-z])\. |[?!;] ")
# A short name with the full name as its gloss: "Reed [Tom Reed]", "Reed's [Tom Reed's]". Groups: the word,
# the genitive, the full name.
FULL_NAME = re.compile(r"\b([^\W_]+)((?:['’]s)?) \[((?:[^\]]* )?\1(?: [^\]]*?)?)(?:'s)?\]")
_NEXT_PARAGRAPH = re.compile(r"([.!?])\s+[\"“](?=[A-Z])")  # the mark that opens a paragraph of a quotation
# Classes of things whose names are not short for longer ones: "Peru" is not "Team Peru".
_AREAS = frozenset(("City", "Country", "Region"))
_FAMILY = re.compile(r" (?:brothers|sisters|twins|siblings|family|couple|clan)\b")  # "the Reed brothers"
_ENDING = re.compile(r"['’](?:s|re|ve|ll|d)\b")  # "Reed's", "we're", "we'll"
_OWNING = frozenset(("his", "her", "its", "their"))


def glossed(
    reading: Reading,
    nodes: Nodes,
    claim: Claim,
    labels: Mapping[str, str],
    known: Mapping[str, bool],
    near: Container[str],
    bodies: Mapping[str, str],
    ontology: Ontology,
) -> tuple[Claim, int]:
    """The claim with glosses in its text, and the number of expressions in the text without a known referent.

    `labels`: id -> label; `known`: id of each thing that can be identified without the sentence -> whether by
    a name; `near`: ids of things that need no gloss, such as the subject; `bodies`: id of a speaker -> id of
    the body that is meant by "we" (`spoken_for`).
    """
    said = claim.object
    if said is None or said.mention >= 0 or said.time >= 0:
        return claim, 0
    document = reading.document.text
    gap = _gap(said, document)
    parts, left_open, end, pointing = list[str](), 0, said.start, False
    explained = set[int]()
    given = set[tuple[str, ...]]()  # each expression that has a gloss, with the names in it
    short = _short_names(said, reading, nodes, labels, known, near)
    body = labels.get(bodies.get(nodes.get(claim.subject.mention), ""), "") if _is_speech(claim) else ""
    we, genitive = spoken_for.first_we(said, reading) if body and body not in said.text else (-1, "")
    if we >= 0:
        short[we] = body + genitive
    for index in sorted({*said.needs, *short}):
        mention = reading.mentions[index]
        if index in short:
            told = any(short[index] in part for part in parts)
            if not told and end <= mention.start and not gap[0] < mention.end <= gap[1]:
                ending = _ENDING.match(document, mention.end, said.end)
                stop = ending.end() if ending else mention.end
                own = "'s" if ending and ending[0].endswith("s") else ""
                parts.append(f"{_without(end, stop, gap, document)} [{short[index]}{own}]")
                end = stop
            continue
        ids = nodes.of(Argument(mention.start, mention.end, mention.text, Role.OTHER, mention=index))
        if ids and all(id_ in near for id_ in ids):
            continue
        if not ids and taken_up.is_subject(index, claim, reading, ontology):
            continue
        names = [labels[id_] for id_ in ids if id_ in labels and _identifies(labels[id_], known.get(id_))]
        if not names and len(ids) < 2 and (full := in_full.described(mention, reading, said.start)):
            names = [full]
        if any(_is_named_after(mention, id_, said, reading, nodes) for id_ in ids):
            names, pointing = [], True  # the referent is wrong: in "he met Reed's wife", "he" is not Reed
        if not names or len(names) < len(ids):
            left_open += not (claim.projection == WHOLE_CLAUSE and _is_told_here(index, said, reading))
            pointing = pointing or _needs_the_article(index, said, reading)
        elif _may_be_added(names, said, mention, end, parts) and (mention.text.lower(), *names) not in given:
            given.add((mention.text.lower(), *names))  # explained once: "he [Tom Reed] sold what he had"
            owning = "'s" if mention.text.lower() in _OWNING and _is_owner(index, reading) else ""
            parts.append(f"{_without(end, mention.head_end, gap, document)} [{' and '.join(names)}{owning}]")
            end = mention.head_end
        if names and len(names) >= len(ids):
            explained.add(index)
    first = _SENTENCE.search(document, said.start, said.end)
    pointing = pointing or case_nouns.leaves_open(
        said, first.start() if first else said.end, explained, reading, ontology
    )
    parts.append(_without(end, said.end, gap, document))
    text = "".join(parts) if said.needs or short else said.text
    text = _with_marks(text, document[said.start - 1 : said.start], document[said.end : said.end + 2])
    lost = (*claim.lost, Doubt.POINTING) if pointing else claim.lost
    return replace(claim, object=replace(said, text=text), lost=lost), left_open


def _with_marks(text: str, before: str, after: str) -> str:
    """The text with balanced quotation marks: without those that open the next paragraph of a quotation, and
    with the opening or closing one beside it in the document (`before`, `after`).

    >>> _with_marks('The mill is shut. "It is old', "", '".')
    'The mill is shut. It is old'
    >>> _with_marks('it was done "in a good way', "", '".')
    'it was done "in a good way"'
    >>> _with_marks('high rents" are to blame', '"', ".")
    '"high rents" are to blame'
    """
    if text.count('"') % 2 == 0 and text.count("“") == text.count("”"):
        return text
    text = _NEXT_PARAGRAPH.sub(r"\1 ", text)
    opened = text.count("“") - text.count("”")
    if text.count('"') % 2 == 1 and '"' in before + after:
        closes = re.search(r'\w"', text) and not re.search(r'"\w', text)
        return f'"{text}' if closes and before == '"' else (f'{text}"' if '"' in after else text)
    if opened < 0 and before == "“":
        return f"“{text}"
    return f"{text}”" if opened > 0 and "”" in after else text


def _may_be_added(
    names: Sequence[str], said: Argument, mention: Mention, end: int, parts: Sequence[str]
) -> bool:
    """Whether a gloss with these names can follow the mention and tells something new.

    `parts`: the text up to the offset `end`, with its glosses. A pronoun may repeat one of them: "Reed [Tom
    Reed] met Ruiz, and he [Tom Reed] left"; a description need not: "Reed [Tom Reed] is the answer".
    """
    if not end <= mention.head_end <= said.end or all(name in said.text for name in names):
        return False
    repeats = len(names) == 1 and any(names[0] in part for part in parts)
    return mention.kind is MentionKind.PRONOUN or not repeats


def _is_speech(claim: Claim) -> bool:
    """Whether the text of a claim is what its subject says."""
    return claim.projection == "content" and claim.rule == "speech"


def _short_names(
    said: Argument,
    reading: Reading,
    nodes: Nodes,
    labels: Mapping[str, str],
    known: Mapping[str, bool],
    near: Container[str],
) -> dict[int, str]:
    """Index of each mention in a text that is one word of a longer name, which the text does not contain ->
    that name: "Reed" -> "Tom Reed".

    Only the first mention of each thing.
    """
    found = dict[int, str]()
    first = bisect_left(reading.mentions, said.start, key=lambda mention: mention.start)
    for index, mention in enumerate(reading.mentions[first:], first):
        if mention.start >= said.end:
            break
        id_ = nodes.get(index)
        if (
            mention.kind is not MentionKind.NAME
            or id_ in near
            or not known.get(id_)
            or mention.end > said.end
            or mention.type in _AREAS
            or _FAMILY.match(reading.document.text, mention.end)
            or reading.document.text[mention.start - 1 : mention.start] == "["  # an insertion of the article
        ):
            continue
        name = labels.get(id_, "")
        words = name.split()
        if len(words) > 1 and mention.text in words and name not in said.text and name not in found.values():
            found[index] = name
    return found


def _gap(said: Argument, document: str) -> tuple[int, int]:
    """The span of the document between a text's start and end that the text omits; empty if it omits none.

    For example, `said Ana` in "“Rents,” said Ana, “rose”".
    """
    whole = document[said.start : said.end]
    if whole == said.text:
        return said.end, said.end
    same = next((i for i, (a, b) in enumerate(zip(whole, said.text, strict=False)) if a != b), 0)
    begin = len(said.text[:same].rstrip())
    rest = len(said.text[begin:].lstrip())
    return said.start + begin, said.end - rest


def _without(start: int, end: int, gap: tuple[int, int], document: str) -> str:
    """The document's text from `start` to `end` without the span `gap`."""
    if start <= gap[0] and gap[1] < end:
        return f"{document[start : gap[0]]} {document[gap[1] : end]}"
    return document[start:end]


def _is_told_here(index: int, said: Argument, reading: Reading) -> bool:
    """Whether a description's modifiers identify its referent: "the death penalty", "the 400 m hurdles".

    Not in "the penalty" without modifiers, nor in "the new penalty" and "the remaining five".
    """
    mention = reading.mentions[index]
    if mention.determiner.lower() != "the" or mention.kind is MentionKind.PRONOUN:
        return False
    modifiers = set(mention.text[: mention.head_start - mention.start].lower().split()) - {"the"}
    return bool(modifiers - _TAKING_UP - _LEAVING_OPEN) and not _needs_the_article(index, said, reading)


def _identifies(label: str, named: bool | None) -> bool:
    """Whether a thing's label, as a gloss, tells the reader which thing is meant: "Lima", but not "vote".

    `named`: whether the thing can be identified by a name; None if it cannot be identified without its
    sentence.
    """
    if label.islower() or label.partition(" ")[0].lower() in in_full.QUANTIFYING:
        return False  # a quantified phrase is no gloss: "most banks in Lima" does not explain "the banks"
    return bool(named) or (named is False and label.count(" ") < _LONGEST)


def _is_owner(index: int, reading: Reading) -> bool:
    """Whether a pronoun ("her") is a possessive."""
    return any(mention.possessor == index for mention in reading.mentions[index : index + 3])


def _is_named_after(mention: Mention, id_: str, said: Argument, reading: Reading, nodes: Nodes) -> bool:
    """Whether the text names a pronoun's supposed referent later in the sentence.

    That referent is then probably wrong: Reed for "his" in "After his arrest, Lima released Reed", and Ana
    for "her" in "pushed her as Ana left". False if the name is the subject after an initial phrase: "he" is
    Reed in "when he came, Reed spoke".
    """
    if mention.kind is not MentionKind.PRONOUN:
        return False
    document = reading.document.text
    initial = document[said.start : said.end].split(" ", 1)[0].lower() in INTRODUCTIONS
    first = bisect_right(reading.mentions, mention.start, key=lambda other: other.start)
    for at, other in enumerate(reading.mentions[first:], first):
        if other.sentence != mention.sentence or other.end > said.end:
            return False
        if other.kind is MentionKind.NAME and nodes.get(at) == id_:
            _, comma, between = document[mention.end : other.start].rpartition(",")
            return not (initial and comma and between.count(" ") <= _TITLE)
    return False


def _needs_the_article(index: int, said: Argument, reading: Reading) -> bool:
    """Whether words without a known referent make the text impossible to understand without its article."""
    mention = reading.mentions[index]
    if mention.kind is MentionKind.PRONOUN or mention.text.lower() in _POINTING:
        later = _SENTENCE.search(reading.document.text[said.start : mention.start])
        person = mention.text.lower() in HE_OR_SHE  # in a subordinate clause, "he" is probably the speaker
        return not later and (not person or _is_about(index, said, reading))
    if mention.kind is MentionKind.NAME or mention.head_start == mention.start:
        return False
    before = reading.document.text[said.start : mention.start]
    words = mention.text.lower().split()
    if not before.strip(_QUOTES) and len(words) == len(_BARE):
        return True
    if mention.lemma in _NOW or _SENTENCE.search(before) or _is_told_within(mention, said, reading):
        return False
    told_of = any(time.start < mention.end and mention.start < time.end for time in reading.times)
    if mention.determiner.lower() == "the":
        return not told_of and _takes_up(index, words, said, reading)
    if words[0] in _SUCH:
        return True
    # the words after the noun may identify the referent: "those under his command"
    further = mention.determiner.lower() in _FAR and mention.head_end < mention.end
    return mention.determiner.lower() in _POINTING and not told_of and not further


def _takes_up(index: int, words: list[str], said: Argument, reading: Reading) -> bool:
    """Whether a description with "the" refers to something introduced before the text.

    For example, "the two men", "the new bureau", and "the company" in "he left the company". Not an adjunct
    in a clause about named things: "Ruiz and Reed met on the bridge".
    """
    mention = reading.mentions[index]
    if mention.lemma in _OTHERS:
        return True
    if not in_full.NUMBERS.isdisjoint(words[1:]):
        return True
    bare = len(words) == len(_BARE) or (len(words) == len(_BARE) + 1 and words[1] in _TAKING_UP)
    happens = mention.kind is MentionKind.EVENT
    if not bare or not (happens or _is_told_before(mention, said, reading)):
        return False
    alone = mention.type not in _COMMON_SORTS and _says_little_else(said, reading)
    return _is_about(index, said, reading) or (alone and _is_told_before(mention, said, reading))


def _says_little_else(said: Argument, reading: Reading) -> bool:
    """Whether the first sentence of a text is short, and the text contains at most one name."""
    names = {
        mention.text
        for mention in reading.mentions
        if mention.kind is MentionKind.NAME and said.start <= mention.start and mention.end <= said.end
    }
    first = _SENTENCE.split(said.text, 1)[0]
    return len(names) <= _FEW and first.count(" ") < _SHORT


def _is_about(index: int, said: Argument, reading: Reading) -> bool:
    """Whether a mention is an argument of the text's main verb, or of a content clause of that verb.

    Not "it" in "changes that it brought".
    """
    inside = [frame for frame in reading.frames if said.start <= frame.start < said.end]
    main = next((frame for frame in inside if _ASIDE.isdisjoint(frame.rule.split("+"))), None)
    for _ in inside:
        if main is None:
            break
        if any(part.argument.mention == index for part in main.parts if part.function in _ENDS):
            return True
        main = _content(main, inside)
    return False


def _content(frame: Frame, inside: list[Frame]) -> Frame | None:
    """The frame of the clause that is a frame's content: "he left" in "believes that he left"; None if none.

    `inside`: the frames among which it is searched.
    """
    parts = [part.argument for part in frame.parts if part.function is Function.CONTENT]
    return next((f for f in inside for a in parts if f is not frame and a.start <= f.start < a.end), None)


def _is_told_within(mention: Mention, said: Argument, reading: Reading) -> bool:
    """Whether the text itself may have introduced the referent of a description.

    By the same noun ("a song ... this song") or by another noun in the plural ("pumps failed ... these
    machines").
    """
    return any(
        other.lemma == mention.lemma
        or (
            mention.determiner.lower() != "the"
            and (mention.plural and other.plural and other.type not in ("Person", "Group"))
        )
        for other in reading.mentions
        if other.kind in (MentionKind.NOMINAL, MentionKind.EVENT)
        and said.start <= other.start
        and other.end < mention.start
    )


def _is_told_before(mention: Mention, said: Argument, reading: Reading) -> bool:
    """Whether the article used this noun, or a name that ends with it, before the text.

    For example, "a ferry sank ... the ferry" and "the Salt Ferry ... the ferry". A bare plural does not
    count: "people left ... the people".
    """
    return any(
        _noun(other) == mention.lemma
        and other.plural == mention.plural
        and (other.determiner or not other.plural)
        for other in reading.mentions
        if other.end <= said.start and other.kind is not MentionKind.PRONOUN
    )


def _noun(mention: Mention) -> str:
    """The lemma of the head noun; for a name its last word in lower case."""
    if mention.kind is MentionKind.NAME:
        return mention.text.rpartition(" ")[2].lower()
    return mention.lemma
