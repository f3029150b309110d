"""Names that are parts of a longer name in the text.

    Salt Road Games swimmer Ana Ruiz            not the swimmer of the "Games"
    British and Irish Hawks coach Tom Reed      not the coach of the "Irish Hawks"
    Voice of the Hills presenter Ana Ruiz       not the presenter of the "Hills"
    Radio Norvale's The Rain Biz programme      the radio did not create "Rain"

What is said about the longer name is not true of its part. A title, a word such as "former" ("former Norvex
boss") or a nationality ("the Peruvian Rex Bank") before a name is not part of the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.build import Builder

if TYPE_CHECKING:
    from spacy.tokens import Token

# Lists of words that may be capitalised before a name without being part of it.
_MARKS = (
    "RoleNouns",
    "PastMarks",
    "PlannedMarks",
    "LeavingMarks",
    "UnrealMarks",
    "TitleModifiers",
    "DeputyMarks",
)
_PROGRAMMES = ("programme", "program", "show")
_MODIFIERS = ("compound", "amod", "nmod")


def is_torn(build: Builder, name: Token) -> bool:
    """Whether capitalised words directly before or after a name belong to it."""
    first, _ = _extent(build, name)
    return start(build, name) < first or _continues(build, name)


def start(build: Builder, name: Token) -> int:
    """Index of the first token of the longer name that contains the name, or of the name itself if it is
    whole.
    """
    first, last = _extent(build, name)
    if build.context.parsed.type_of(name) == "Person":
        return first  # a capitalised word before a person may be a title or an occupation
    if (other := _joined(build, name, first)) is not None:
        return other
    at = first
    while at > 0 and _belongs(build, name.doc[at - 1], first, last):
        at -= 1
    return at


def _extent(build: Builder, name: Token) -> tuple[int, int]:
    parsed = build.context.parsed
    index = parsed.mention_index(name)
    return parsed.extent(parsed.mentions[index]) if index >= 0 else (name.i, name.i + 1)


def _belongs(build: Builder, word: Token, first: int, last: int) -> bool:
    """Whether a capitalised word before a name modifies it: "Salt" in "Salt Road Games"."""
    parsed = build.context.parsed
    inside = word.dep_ in _MODIFIERS and word.i < word.head.i < last
    capital = word.text[:1].isupper() and word.is_alpha and word.pos_ in ("PROPN", "ADJ", "NOUN")
    if not (inside and capital and parsed.in_one_sentence(word.i, first)):
        return False
    if build.context.listed(word.lower_, *_MARKS):
        return False
    mention = parsed.mention(word) if parsed.is_name(word) else None
    if mention is not None:
        return not mention.relational and mention.type not in ("Country", "Region", "City")
    if parsed.type_of(word.doc[first]) == "Group" and first <= word.head.i:
        return True  # as "Liberal" in "Liberal Democrat leader Ana Ruiz", even at the start of the sentence
    opens = word.i == 0 or not parsed.in_one_sentence(word.i - 1, word.i)
    return not opens or word.tag_ == "NNP" or _stands_elsewhere(word)


def _stands_elsewhere(word: Token) -> bool:
    """Whether the word, which opens a sentence, is also capitalised inside a sentence, where the same word
    follows it.
    """
    stem = word.nbor().lower_
    return any(
        token.text == word.text and not token.is_sent_start and token.nbor().lower_.startswith(stem)
        for token in word.doc[:-1]
        if token.i != word.i
    )


def _joined(build: Builder, name: Token, first: int) -> int | None:
    """Index of the first token of a name that begins before "and" or "of the"; None if the name does not.

    As in "British and Irish Hawks", "Voice of the Hills".
    """
    doc, opening = name.doc, name.doc[first]
    other = opening.head
    if opening.dep_ == "conj" and other.i < first and other.tag_ == "JJ" and other.text[:1].isupper():
        return int(other.i)
    article = first > 2 and doc[first - 1].lower_ == "the" and doc[first - 2].lower_ == "of"
    whole = doc[first - 3] if article else None
    if whole is None or whole.tag_ != "NNP" or not build.context.parsed.in_one_sentence(whole.i, first):
        return None
    mention = build.context.parsed.mention(whole)
    person = mention is not None and mention.type == "Person"
    # modifiers are allowed: "Top of the Hills presenter"
    marks = (each for each in _MARKS if each != "TitleModifiers")
    return None if person or build.context.listed(whole.lower_, *marks) else int(whole.i)


def _continues(build: Builder, name: Token) -> bool:
    """Whether the word after a name is part of it: "Rain Biz", "Breakfast with Reed programme"."""
    parsed, doc = build.context.parsed, name.doc
    _, last = _extent(build, name)
    if last >= len(doc) or not parsed.in_one_sentence(last - 1, last):
        return False
    word = doc[last]
    if word.tag_ in ("NNP", "NNPS") and word.text[:1].isupper():
        # the word does not belong to another name, or the parser puts both words into one phrase
        own = not parsed.is_name(word) or doc[last - 1].head == word
        return own and not (build.context.listed(word.lower_, *_MARKS) or parsed.is_time(word))
    if word.dep_ != "prep" or last + 1 >= len(doc) or not parsed.is_name(doc[last + 1]):
        return False
    kinds = (each for each in word.children if each.dep_ == "pobj" and each.i > last + 1)
    return any(each.tag_ == "NN" and each.lower_ in _PROGRAMMES for each in kinds)
