"""Finds the name of what a description denotes, if the name stands beside the description.

    The mayor of Lima, Ana Ruiz, resigned.      the mayor is Ana Ruiz
    her husband Tom Reed                        the husband is Tom Reed
    the movie "Blue Rain"                       the movie is Blue Rain

Excludes plurals ("the brothers Tom and Jim") and lists ("the mayor, Tom Reed and Ana Ruiz").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.language import noun_phrases

if TYPE_CHECKING:
    from spacy.tokens import Token


def name_of(noun: Token, context: Context) -> Token | None:
    """The head word of the name that says whom a noun phrase means: Ruiz for "the president, Ana Ruiz"."""
    # a title, which the parser tags like a name: "Prime Minister"
    in_capitals = noun.pos_ == "PROPN" and noun.lower_ in context.words("RoleNouns")
    if (noun.pos_ != "NOUN" and not in_capitals) or context.parsed.is_name(noun) or _is_a_word(noun, context):
        return None
    if (name := titled(noun, context) or _joint(noun, context)) is not None:
        return name
    if noun_phrases.is_plural(noun):
        return _team(noun, context)
    for child in children(noun, "appos"):
        if context.parsed.is_name(child) and child.i > noun.i and not _is_listed(child):
            fits = _agree(noun, child, context) and not _is_farther(noun, child, context)
            whole = not (_is_short(child) or _is_within_quotes(noun, child, context))
            return child if fits and whole else None
    return _after_comma(noun, context)


def _team(noun: Token, context: Context) -> Token | None:
    """The name of a team directly after a plural noun for its players: Panama in "the debutants Panama"."""
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    adjoining = following.head.i in (noun.i, noun.head.i) or noun.head.i == following.i
    mention = context.parsed.mention(following) if context.parsed.is_name(following) and adjoining else None
    teams = ("Country", "Organization", "SportsTeam")
    if mention is None or mention.relational or mention.type not in teams:
        return None
    return context.parsed.head(context.parsed.mention_index(following))


def _after_comma(noun: Token, context: Context) -> Token | None:
    """The name after a noun phrase and a comma: an apposition that the parser has missed."""
    doc = noun.doc
    _, end = noun_phrases.wide(noun, context.parsed.is_time)
    if end + 1 >= len(doc) or doc[end].text != "," or not context.parsed.in_one_sentence(end, noun.i):
        return None
    index = context.parsed.name_of.get(end + 1, -1)
    marked = (
        noun_phrases.determiner(noun) or noun_phrases.possessor(noun) is not None or _is_office(noun, context)
    )
    if index < 0 or not marked:
        return None
    name = context.parsed.head(index)
    _, after = context.parsed.extent(context.parsed.mentions[index])
    subject = noun.dep_ in ("nsubj", "nsubjpass")
    marks = (",", ".", ";", "”", '"')
    closed = after >= len(doc) or doc[after].text in marks or (subject and doc[after].pos_ in ("VERB", "AUX"))
    common = name.head.pos_ == "NOUN" and not context.parsed.is_name(name.head)
    # The name of the bridge, not of the collapse: "a collapse of a bridge, Rex Bridge".
    of_another = name.dep_ == "appos" and common and name.head.i != noun.i
    if not closed or of_another or _is_listed(name) or name.dep_ in ("nsubj", "nsubjpass"):
        return None
    if _is_farther(noun, name, context):
        return None
    return name if _agree(noun, name, context) else None


def _is_farther(noun: Token, name: Token, context: Context) -> bool:
    """Whether the name is only that of the larger place that contains the place named before it.

    As in "the factory in Brackwater, Valdora", "the city of Brackwater, Valdora"; not in "the capital of
    Peru, Lima", "the largest city of Peru, Lima".
    """
    first, _ = context.parsed.extent(context.parsed.mentions[context.parsed.mention_index(name)])
    before = noun.doc[first - 2] if first > 1 and noun.doc[first - 1].text == "," else noun
    if before.i <= noun.i or not context.parsed.is_name(before) or not context.is_place(name):
        return False
    lemma = noun.lemma_.lower()
    of = before.dep_ == "pobj" and before.head.lower_ == "of"
    if of and context.listed(lemma, "SettlementNouns"):  # "the city of Lima, Peru" is Lima, not Peru
        return context.parsed.type_of(before) not in ("Country", "Region")
    return not (of and context.listed(lemma, "CityNouns", "RegionNouns"))


def _is_office(noun: Token, context: Context) -> bool:
    """Whether a name restricts the role, which then needs no article: "Norvex chief executive, Ana Ruiz"."""
    first, _ = noun_phrases.narrow(noun)
    narrowed = any(context.parsed.is_name(token) for token in noun.doc[first : noun.i])
    return narrowed and noun.lower_ in context.words("RoleNouns")


def _is_short(name: Token) -> bool:
    """Whether the name abbreviates the preceding phrase: "the letter of intent (LOI)"."""
    bracketed = name.i > 0 and name.nbor(-1).text == "("
    return bracketed and sum(map(str.isupper, name.text)) > 1


def _is_within_quotes(noun: Token, name: Token, context: Context) -> bool:
    """Whether the name is only a part of a quoted text: Blue Rain in "on the theme 'Towards Blue Rain'"."""
    first, _ = context.parsed.extent(context.parsed.mentions[context.parsed.mention_index(name)])
    marks = [t for t in noun.doc[noun.i + 1 : first - 1] if t.is_quote and t.tag_ != "POS"]
    # a space before the last mark: it opens a quotation
    return bool(marks) and bool(marks[-1].nbor(-1).whitespace_)


def _is_a_word(noun: Token, context: Context) -> bool:
    """Whether the noun says that a word is mentioned, not a thing: "the word Snow", "a giant letter M"."""
    return noun.lemma_.lower() in context.words("ExpressionNouns")


def titled(noun: Token, context: Context) -> Token | None:
    """The person named directly after a capitalised role: Ana Ruiz in "Tom Reed and Mayor Ana Ruiz"."""
    role = noun.lower_ in context.words("RoleNouns") and noun.text[:1].isupper()
    index = context.parsed.name_of.get(noun.i + 1, -1) if role and not noun_phrases.is_plural(noun) else -1
    if index < 0 or context.parsed.is_name(noun):
        return None
    mention = context.parsed.mentions[index]
    opens = context.parsed.extent(mention)[0] == noun.i + 1
    return context.parsed.head(index) if opens and mention.type == "Person" else None


def _joint(noun: Token, context: Context) -> Token | None:
    """The person after two capitalised titles: Ana Ruiz in "Chairman and Treasurer Ana Ruiz".

    Not after titles with an article.
    """
    doc = noun.doc
    if noun.i + 2 >= len(doc) or doc[noun.i + 1].lower_ not in ("and", "&") or noun_phrases.determiner(noun):
        return None
    role = noun.lower_ in context.words("RoleNouns") and noun.text[:1].isupper()
    if not role or noun_phrases.is_plural(noun):
        return None
    for token in doc[noun.i + 2 : noun.i + 8]:
        index = context.parsed.name_of.get(token.i, -1)
        if index >= 0:
            mention = context.parsed.mentions[index]
            titled = mention.type == "Person" and mention.title and mention.title[:1].isupper()
            titles = len(mention.title.split())
            return context.parsed.head(index) if titled and token.i - titles == noun.i + 2 else None
        if not token.text[:1].isupper():
            return None
    return None


def _is_listed(name: Token) -> bool:
    return name.dep_ == "conj" or any(child.dep_ in ("cc", "conj") for child in dependents(name))


def _agree(noun: Token, name: Token, context: Context) -> bool:
    """Whether noun and name may denote the same thing: both a person, or neither.

    A noun such as "broker" may also denote a firm: "the broker Salt & Reed".
    """
    kind = context.parsed.type_of(name)
    if context.listed(noun.lemma_.lower(), "AgentRoles") and context.ontology.is_a(kind, "Organization"):
        return True
    if context.listed(noun.lemma_.lower(), "RoleNouns", "KinshipNouns", "PersonNouns"):
        return kind in ("Person", "")
    return kind != "Person"
