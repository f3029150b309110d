"""Corrects the beginning and the end of a name if the model marks too many or too few words.

    the Acme Corp's -> Acme Corp          "Ms Ruiz" -> Ruiz          Lund -> Lund-Parker
    Iron Goats’ Amber -> Iron Goats, Amber                          Slow River by Chic -> Slow River, Chic

Excluded: a genitive inside a title or a place name ("Tiger's Bay"), unless the document shows elsewhere that
the possessor is a name by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.language.names.capital_cities import capitals
from kg.language.names.grammar_words import DASHES, JOINTS, NAME_EDGES, QUOTES
from kg.language.names.name import Name, NameSearch, is_capital, is_genitive, is_joined, opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NO_COMMA = ("PERSON", "GPE", "NORP")
_VERBS = ("VERB", "AUX")
_LONG = 7  # words with at least this many letters are not syllables of names such as "Kang Min-jun"
BODIES = (
    *("CompanyWords", "OrganizationWords", "CompetitionWords", "GovernmentBodyWords", "LawWords"),
    *("FacilityWords", "AwardWords", "SubjectBodies", "MediaOutletWords", "PoliticalPartyWords"),
)
"""Names of word lists. A name that ends with a word from these lists does not denote a person, but an
organisation, an event or something similar.
"""
_PARTISANS = ("crat", "publican")  # endings of nouns for members of a party
# Endings of nouns for members of a group.
_GROUP_ENDINGS = ("ist", "ists", "ian", "crat", "crats", "lican", "licans", "ite", "ites")


def pieces(text: NameSearch, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """The extents of the names in a span that the model marks as one name."""
    for first, last in _unbroken(text, start, end, label):
        for one in _without_genitive(text, first, last, label):
            yield repaired(text, *one, label)


def repaired(text: NameSearch, start: int, end: int, label: str) -> tuple[int, int]:
    """The extent of the name in a span that contains no breaks between names; may be empty (start = end)."""
    start, end = trimmed(text, *with_hyphens(text, start, end), label)
    if start < end and label == "PERSON":
        start, end = _with_descent(text, _with_given_name(text, start, end), end)
    elif start < end:
        start = with_letter_word(text, start)
    return (start, with_faction(text, with_number(text, end))) if start < end else (start, end)


def _unbroken(text: NameSearch, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """The parts of a span between tokens that separate names.

    The separating tokens are line breaks, quotation marks, dashes and times; also verbs, unless the label is
    the one for works.
    """
    piece = start
    for i in range(start, end):
        token = text.doc[i]
        dash = token.text in DASHES and _stands_alone(token) and _is_long(text, piece, i, end)
        pair = _links_places(token) and not opens_pair(text, token, end)
        comma = token.text == "," and label in _NO_COMMA
        verb = token.pos_ in _VERBS and token.text.islower() and label != "WORK_OF_ART"
        author = token.lower_ == "by" and label == "WORK_OF_ART" and i > start and is_capital(text.doc[i - 1])
        quote = token.text in QUOTES or (
            token.text == "`" and "`" in (text.doc[i - 1].text, token.nbor().text)
        )
        two = (
            _joins_two_names(token, piece, end)
            or _is_credit(text, token)
            or _is_rank(text, token, piece, end)
        )
        if token.is_space or quote or i in text.times or dash or pair or comma or verb or author or two:
            yield piece, i
            piece = i + 1
    yield piece, end


def _joins_two_names(token: Token, start: int, end: int) -> bool:
    """Whether the token is an "and" between two full names: "Silver Dogs and Blue Harbour".

    Not in "Ruiz and Sons" and "Salt and Silver Bank".
    """
    if token.lower_ != "and" or token.i - start < 2 or end - token.i < 3:
        return False
    left, right = token.doc[start : token.i], token.doc[token.i + 1 : end]
    full = all(is_capital(word) for word in (*left, *right))
    return full and right.root.dep_ == "conj" and right.root.head == left.root


def _is_rank(text: NameSearch, token: Token, start: int, end: int) -> bool:
    """Whether the token is an abbreviated office between a place or body and a name: "Lima SP Ana Ruiz"."""
    inside = start < token.i < end - 1
    return inside and token.text.isupper() and text.listed(token, "RoleLetters", "RankLetters")


def _is_credit(text: NameSearch, token: Token) -> bool:
    """Whether the word introduces a picture's credit: "Image" in "Ana Ruiz Image: Tom Reed"."""
    after = text.doc[token.i + 1] if token.i + 1 < len(text.doc) else token
    return after.text == ":" and text.listed(token, "CreditWords")


def _stands_alone(dash: Token) -> bool:
    return dash.i > 0 and not is_joined(dash.doc[dash.i - 1]) and not is_joined(dash)


def _links_places(dash: Token) -> bool:
    """Whether a dash joins two countries, regions or capital cities: "Lima-Oslo ties"."""
    if dash.text not in DASHES or not 0 < dash.i < len(dash.doc) - 1:
        return False
    sides = (dash.nbor(-1).text, dash.nbor().text)
    return all(side in capitals() or side in gazetteer.by_name() for side in sides)


def opens_pair(text: NameSearch, dash: Token, end: int) -> bool:
    """Whether a dash joins two areas in an organisation's name: "the Peru-Chile Friendship Society"."""
    after = text.doc[dash.i + 1 : end]
    return _links_places(dash) and any(text.listed(word, *BODIES) for word in after[1:])


def _is_long(text: NameSearch, start: int, dash: int, end: int) -> bool:
    """Whether a dash with spaces separates two names: "Salt Lake - Acme"; not in "Wal - Mart"."""
    return dash - start > 1 or sum(not is_genitive(token) for token in text.doc[dash + 1 : end]) > 1


def _without_genitive(text: NameSearch, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """The two parts of a name with a genitive, if the document shows that the possessor is a name by itself.

    For example, "Iron Goats" and "Amber" for "Iron Goats’ Amber". Otherwise the whole span.
    """
    for i in range(start + 1, end - 1):
        if is_genitive(text.doc[i]) and not _is_irish(text.doc[i]) and _owns(text, start, i, label):
            yield _run_before(text, start, i), i
            yield i + 1, end
            return
    yield start, end


def _is_irish(mark: Token) -> bool:
    """Whether the mark is the apostrophe of an Irish name: "Rory O' Shea"."""
    return mark.nbor(-1).text == "O" and not mark.nbor(-1).whitespace_


def _owns(text: NameSearch, start: int, end: int, label: str) -> bool:
    cut = start > 0 and text.doc[start - 1].tag_ in ("NNP", "NNPS") and is_capital(text.doc[start - 1])
    owner = text.doc[start:end].text
    elsewhere = any(
        entity.end <= start or entity.start >= end for entity in text.entities_called.get(owner, ())
    )
    return cut or elsewhere or (label in ("PERSON", "ORG") and end - start > 1)


def _run_before(text: NameSearch, start: int, end: int) -> int:
    """The start of the span after extending it to the proper nouns directly before it."""
    while (
        start > 0
        and text.doc[start - 1].tag_ in ("NNP", "NNPS")
        and (start <= text.doc[start - 1].head.i < end or not text.doc[start - 1].ent_type_)
        and is_capital(text.doc[start - 1])
        and start - 1 not in text.taken
        and start - 1 not in text.times
        and not text.is_role(text.doc[start - 1])
        and not text.is_honorific(text.doc[start - 1])
    ):
        start -= 1
    return start


def _with_given_name(text: NameSearch, start: int, end: int) -> int:
    """The start of a person's name, with a given name that the model omitted.

    For example, "Bakari" in "Bakari Odhiambo", but not "Quaker" in "Quaker Tom Reed".
    """
    if end - start > 1:
        return start
    first = _run_before(text, start, end)
    while first < start and (
        is_group_noun(text.doc[first]) or text.doc[first].ent_type_ not in ("", "PERSON")
    ):
        first += 1
    return first


def _with_descent(text: NameSearch, start: int, end: int) -> tuple[int, int]:
    """The extent of a person's name with all its parts around a word of descent.

    For example, "Salma bint Omar", of which the model may mark only one part. Not in "the old bin Omar used".
    """
    doc, descent = text.doc, text.ontology.words["DescentWords"]
    while start >= 2 and doc[start - 1].lower_ in descent and _is_part_of_name(text, start - 2):
        start -= 2
    while end < len(doc) and doc[end].lower_ in descent:
        end += 1
    if doc[end - 1].lower_ in descent:
        while end < len(doc) and _is_part_of_name(text, end):
            end += 1
    while doc[end - 1].lower_ in descent:
        end -= 1
    return start, end


def _is_part_of_name(text: NameSearch, at: int) -> bool:
    token = text.doc[at]
    free = at not in text.taken and at not in text.times
    return free and is_capital(token) and token.pos_ == "PROPN" and not text.is_role(token)


def with_faction(text: NameSearch, end: int) -> int:
    """The end of a party's name with its faction in brackets: "RWP (Loyalist)", which is not the RWP."""
    doc = text.doc
    if end + 2 >= len(doc) or (doc[end].text, doc[end + 2].text) != ("(", ")"):
        return end
    party = doc[end - 1].text.isupper() or text.listed(doc[end - 1], "PoliticalPartyWords")
    return end + 3 if party and is_group_noun(doc[end + 1]) and is_capital(doc[end + 1]) else end


def with_letter_word(text: NameSearch, start: int) -> int:
    """The start of a name, with a word such as "K-pop" if it is directly before: "the band K-pop Foxes".

    Not in "the K-pop band Foxes".
    """
    doc = text.doc
    if (
        start < 3
        or doc[start - 2].text != "-"
        or not is_joined(doc[start - 3])
        or not is_joined(doc[start - 2])
    ):
        return start
    letter, word = doc[start - 3], doc[start - 1]
    opens = len(letter) == 1 and letter.text.isupper() and word.text.islower() and word.whitespace_
    return start - 3 if opens and not text.taken & {start - 3, start - 1} else start


def with_hyphens(text: NameSearch, start: int, end: int) -> tuple[int, int]:
    """The extent with all words joined by hyphens, of which the model may mark only one.

    For example, "Lund-Parker" and "Min-jun"; not "pro-China", "China-based" and "Obama-style", where the word
    joined to the name is not part of the name.
    """
    doc = text.doc
    while (
        start >= 2
        and doc[start - 1].text == "-"
        and (not _links_places(doc[start - 1]) or opens_pair(text, doc[start - 1], end))
        and is_joined(doc[start - 2])
        and is_joined(doc[start - 1])
        and (
            doc[start - 2].text[0].isupper() or doc[start - 2].lower_ in text.ontology.words["NameParticles"]
        )
    ):
        start -= 2
    while (
        end + 1 < len(doc)
        and doc[end].text == "-"
        and not _links_places(doc[end])
        and is_joined(doc[end - 1])
        and is_joined(doc[end])
        and (doc[end + 1].text[0].isupper() or _is_syllable(doc[end + 1], start) or _is_joint(doc[end + 1]))
    ):
        end += 2
    while end - start >= 3 and doc[end - 2].text == "-" and _is_modifier(doc[end - 1], start):
        end -= 2
    return start, end


def _is_syllable(token: Token, start: int) -> bool:
    """Whether a lower-case word after a hyphen is a syllable of a given name, not a verb or adjective.

    For example, "jun" in "Kang Min-jun" and "on" in "Kang Sei-on".
    """
    if token.i - 3 < start:
        return False
    short = len(token.nbor(-2)) < _LONG and len(token.nbor(-3)) < _LONG
    plain = token.tag_ in ("NN", "NNP") or (short and token.tag_ in ("DT", "IN", "RB", "RP", "UH"))
    return plain and not _is_modifier(token, start)


def _is_joint(token: Token) -> bool:
    """Whether the word joins two parts of a place name by hyphens: "on" in "Stoke-on-Trent"."""
    if token.i + 2 >= len(token.doc) or token.lower_ not in JOINTS | NAME_EDGES:
        return False
    return token.doc[token.i + 1].text == "-" and token.doc[token.i + 2].text[0].isupper()


def _is_modifier(token: Token, start: int) -> bool:
    """Whether the word after a hyphen is not part of the name: "based" in "China-based", "critic" in
    "Quaker-critic".
    """
    if not token.text.islower():
        return False
    return token.tag_ in ("VBN", "VBD", "VBG", "JJ") or token.i - 2 == start


def trimmed(text: NameSearch, start: int, end: int, label: str) -> tuple[int, int]:
    """The extent without articles, honorifics and roles at its start, and without genitives, punctuation and
    words such as "of" at its end.
    """
    doc = text.doc
    while start < end and (
        doc[start].lower_ in NAME_EDGES
        or (
            text.is_honorific(doc[start])
            and (label == "PERSON" or doc[start].lower_ not in text.ontology.words["PersonHonorifics"])
        )
        or is_genitive(doc[start])
        or _is_mark(doc[start])
        or (start < end - 1 and opens_title(text, start, end, label) and doc[start].text[0].isupper())
        or _is_prefix(text, start, end)
        or (label == "PERSON" and start < end - 1 and _is_partisan(doc[start]))
    ):
        start += 1  # drops "the", "Ms", "President", "Crown Prince", "ex-"
    while start < end and (
        is_genitive(doc[end - 1])
        or _is_mark(doc[end - 1])
        or (doc[end - 1].text in JOINTS and not _is_hyphened(doc, end - 1))
        or doc[end - 1].text == "&"
        or _is_plain_person(text, start, end)
        or _is_prefix_of_role(text, end)
        or (end - start > 3 and _is_prefix_of_role(text, end - 2))
    ):
        end -= 1
    if start + 2 < end and doc[start + 1].lower_ == "of" and _is_plain_people(text, doc[start]):
        return trimmed(text, start + 2, end, label)  # drops a common noun for people: "Critics of Acme"
    return start, end


def _is_hyphened(doc: Doc, at: int) -> bool:
    """Whether a hyphen joins the word to the one before it: "on" in "Kang Sei-on"."""
    return at > 1 and doc[at - 1].text == "-" and is_joined(doc[at - 1]) and is_joined(doc[at - 2])


def _is_plain_person(text: NameSearch, start: int, end: int) -> bool:
    """Whether a name ends with a common noun for a person: "international" in "Peru international"."""
    last = text.doc[end - 1]
    return end - start > 1 and last.text.islower() and text.listed(last, "RoleNouns", "PersonNouns")


def _is_prefix_of_role(text: NameSearch, end: int) -> bool:
    """Whether the word before `end` is a prefix of a role: "Co" in "the Salt Party Co-Chairman"."""
    behind = text.doc[end : end + 2]
    hyphen = len(behind) == 2 and behind[0].text == "-" and is_joined(behind[0])
    return hyphen and text.doc[end - 1].lower_ in ("co", "vice", "deputy") and text.is_role(behind[1])


def _is_prefix(text: NameSearch, start: int, end: int) -> bool:
    """Whether the span begins with a prefix: "ex" in "ex-Norvex".

    `trimmed` then removes the hyphen as punctuation.
    """
    hyphen = text.doc[start + 1] if start + 1 < end else None
    return hyphen is not None and hyphen.text == "-" and text.listed(text.doc[start], "NamePrefixes")


def with_article(text: NameSearch, name: Name) -> Name:
    """The name with its article, if the article is capitalised inside a sentence.

    For example, "told The Harbour Times" and "in The Gambia".
    """
    if name.start == 0 or name.title_start < name.start or name.relational:
        return name
    article = text.doc[name.start - 1]
    belongs = article.text == "The" and name.start - 1 not in text.taken | text.headline
    if not belongs or not _is_inside(article):
        return name
    return replace(name, start=article.i, title_start=article.i)


def _is_inside(token: Token) -> bool:
    """Whether a lower-case word is directly before the token, so that a capital letter is evidence of a name.

    At the start of a sentence and after a colon, any word may be capitalised.
    """
    before = token.doc[token.i - 1] if token.i else None
    return before is not None and before.is_alpha and before.text.islower() and not opens_sentence(token)


def opens_title(text: NameSearch, start: int, end: int, label: str) -> bool:
    """Whether the name begins with a title, or with the modifier of one: "Crown" in "Crown Prince Omar"."""
    if is_title(text, start, end, label):
        return True
    opens = label == "PERSON" and text.listed(text.doc[start], "RoleModifiers")
    after = text.doc[start + 1]
    return opens and (text.is_role(after) or text.is_honorific(after))


def is_title(text: NameSearch, start: int, end: int, label: str) -> bool:
    """Whether the role word that begins a name is a title; "General" of "General Foods" is not."""
    role, last = text.doc[start], text.doc[end - 1]
    if not text.is_role(role) or (label == "PERSON" and is_given_name(text, role)):
        return False
    if label == "PERSON" or not text.listed(role, "AmbiguousRoles"):
        return True
    return end - start > 2 and not text.listed(last, *BODIES)


def is_given_name(text: NameSearch, word: Token) -> bool:
    """Whether a word that can be a title is a given name, because a title or company precedes.

    For example, Sultan in "Norvex CEO Sultan Belt" and "the CEO of the Norvex Company Sultan Belt", but not
    Dean in "Deputy Dean".
    """
    if not is_capital(word) or not text.listed(word, "GivenTitles") or not word.i:
        return False
    office, following = text.doc[word.i - 1], text.doc[word.i + 1 : word.i + 2]
    of_body = office.ent_type_ == "ORG" and any(token.ent_type_ == "PERSON" for token in following)
    return of_body or (text.is_role(office) and not text.listed(office, "DeputyMarks"))


def _is_plain_people(text: NameSearch, token: Token) -> bool:
    return (
        token.tag_ in ("NNS", "NNPS")
        and text.listed(token, "RoleNouns", "PersonNouns")
        and opens_sentence(token)
        and token.text not in text.capitals_inside
    )


def is_group_noun(token: Token) -> bool:
    """Whether the word has the ending of a noun for members of a group: "Quaker", "Democrat"."""
    return bool(token.text.endswith(_GROUP_ENDINGS) and len(token) > 5)


def _is_partisan(token: Token) -> bool:
    """Whether the word is a party member before a name: "Democrat Ruiz", "Republican Tom Reed"."""
    return is_capital(token) and token.text.endswith(_PARTISANS)


def _is_mark(token: Token) -> bool:
    return bool(token.is_punct or token.is_space or token.text in QUOTES or token.text == "`")


def with_number(text: NameSearch, end: int) -> int:
    """The end of the name with a number or letter after it: "iGull 4", "Group F", "World Cup 2018".

    Not with the score in "Norvik 3 – 0 Lima".
    """
    doc = text.doc
    if end >= len(doc) or end in text.times or end in text.taken or not doc[end - 1].whitespace_:
        return end
    token = doc[end]
    if token.is_sent_start or not _is_tag(token) or doc[end - 1].ent_type_ in ("PERSON", "GPE", "NORP"):
        return end
    after = doc[end + 1] if end + 1 < len(doc) else None
    counts = token.dep_ == "nummod" and token.head.i > token.i
    if counts or (
        after is not None and ((after.text in (*DASHES, "%", ",") and after.text != ",") or after.like_num)
    ):
        return end
    return end + 1


def _is_tag(token: Token) -> bool:
    """Whether the token is a number of up to four digits, one letter, or digits with letters ("3GS")."""
    if len(token.text) > 4:
        return False
    if token.text[0].isdigit():
        return token.text.replace(".", "").isalnum()
    return len(token.text) == 1 and token.text.isupper() and token.tag_ == "NNP"
