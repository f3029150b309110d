"""Which name a description stands for, when both stand side by side.

    The mayor of Lima, Ana Ruiz, resigned.      the mayor is Ana Ruiz
    her husband Tom Reed                        the husband is Tom Reed
    the movie "Blue Rain"                       the movie is Blue Rain

Leaves out: plurals ("the brothers Tom and Jim"), lists ("the mayor, Tom Reed and Ana Ruiz").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.language import phrases

if TYPE_CHECKING:
    from spacy.tokens import Token


def name_of(noun: Token, context: Context) -> Token | None:
    """The head of the name that says who or what the noun's phrase means."""
    if noun.pos_ != "NOUN" or context.parsed.is_name(noun):
        return None
    if phrases.is_plural(noun):
        return _team(noun, context)
    for child in children(noun, "appos"):
        if context.parsed.is_name(child) and child.i > noun.i and not _is_listed(child):
            return child if _agree(noun, child, context) else None
    return _after_comma(noun, context)


def _team(noun: Token, context: Context) -> Token | None:
    """As in "the debutants Panama": a team is spoken of in the plural."""
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    adjoining = following.head.i in (noun.i, noun.head.i) or noun.head.i == following.i
    mention = context.parsed.mention(following) if context.parsed.is_name(following) and adjoining else None
    teams = ("Country", "Organization", "SportsTeam")
    if mention is None or mention.relational or mention.type not in teams:
        return None
    return context.parsed.head(context.parsed.mention_index(following))


def _after_comma(noun: Token, context: Context) -> Token | None:
    """NOUN PHRASE, NAME, - by the pattern, where the parser has missed it."""
    doc = noun.doc
    _, end = phrases.wide(noun, context.parsed.is_time)
    if end + 1 >= len(doc) or doc[end].text != "," or not context.parsed.in_one_sentence(end, noun.i):
        return None
    index = context.parsed.name_of.get(end + 1, -1)
    if index < 0 or not (phrases.determiner(noun) or phrases.possessor(noun) is not None):
        return None
    name = context.parsed.head(index)
    _, after = context.parsed.extent(context.parsed.mentions[index])
    subject = noun.dep_ in ("nsubj", "nsubjpass")
    marks = (",", ".", ";", "”", '"')
    closed = after >= len(doc) or doc[after].text in marks or (subject and doc[after].pos_ in ("VERB", "AUX"))
    common = name.head.pos_ == "NOUN" and not context.parsed.is_name(name.head)
    of_another = (
        name.dep_ == "appos" and common and name.head.i != noun.i
    )  # "a collapse of a bridge, Rex Bridge"
    if not closed or of_another or _is_listed(name) or name.dep_ in ("nsubj", "nsubjpass"):
        return None
    if context.is_place(name) and context.parsed.is_name(doc[end - 1]) and context.is_place(doc[end - 1]):
        return None  # "the factory in Brackwater, Valdora": where Brackwater lies
    return name if _agree(noun, name, context) else None


def _is_listed(name: Token) -> bool:
    return name.dep_ == "conj" or any(child.dep_ in ("cc", "conj") for child in dependents(name))


def _agree(noun: Token, name: Token, context: Context) -> bool:
    """A word for people goes with a person's name, and only with one."""
    kind = context.parsed.type_of(name)
    if context.listed(noun.lemma_.lower(), "RoleNouns", "KinshipNouns", "PersonNouns"):
        return kind in ("Person", "")
    return kind != "Person"
