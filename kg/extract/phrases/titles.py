"""Titles before names.

    President Ana Ruiz                      Ana Ruiz - holds position - President
    Peru's Prime Minister Ana Ruiz          Ana Ruiz - holds position - Prime Minister; position in Peru
    Acme spokesman Tom Reed                 Tom Reed - holds position - spokesman; position in Acme
    President Ana Ruiz of Peru              Ana Ruiz - holds position - President; position in Peru
    In Peru, president Ana Ruiz             the same
    Youth and Sports Minister Tom Reed      Tom Reed - holds position - Youth and Sports Minister
    Chairman and Treasurer Ana Ruiz         Ana Ruiz - holds position - Chairman, and Treasurer
    the former Peru captain Tom Reed        Tom Reed - formerly held position - captain
    Peruvian singer Ana Ruiz                Ana Ruiz - is - Peruvian singer

Excludes honorifics ("Mr", "Dr", "His Majesty"), which only show that the name is a person's, titles inside
other names ("King Harald University"), and nouns for companies ("the insurance broker Salt & Reed").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.clauses.clause import children
from kg.extract.naming import titled
from kg.extract.phrases import roles, tenure, torn
from kg.extract.phrases.office_of import Title, head_of, institution, marks_of, mention_of, person
from kg.extract.reality.status import Status
from kg.language import noun_phrases
from kg.model import Argument, Factuality, Mention, MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_AND = ("and", "&")
_OF_TEAMS = ("captain", "skipper")  # "his captain Ana Ruiz" is his team's, not his
_BODY_WORDS = (
    "OrganizationWords",
    "GovernmentBodyWords",
    "FacilityWords",
    "CompanyWords",
    "MediaOutletWords",
    "AwardWords",
    "PortfolioWords",
)


def read(build: Builder) -> None:
    parsed = build.context.parsed
    for index, mention in enumerate(parsed.mentions):
        if mention.kind is not MentionKind.NOMINAL:
            continue
        if mention.type != "Position" and titled(parsed.head(index), build.context) is None:
            continue
        holder = _holder(build, mention)
        if holder is None or _is_body(build, holder) or _is_verb(parsed.head(index)):
            continue
        if build.context.ontology.is_a(parsed.type_of(holder), "Organization"):
            continue  # the noun describes a company: "the insurance broker Salt & Reed"
        first, last = parsed.extent(mention)
        first = _last_of_two(build, parsed.head(index), _first(build, parsed.head(index), first))
        title = _without_rank(build, Title(index, first, last, parsed.head(index), holder))
        owner = institution(build, title)
        _claim(build, title, owner)
        _joined(build, title, owner)


def _holder(build: Builder, title: Mention) -> Token | None:
    """The name directly after the title; None if there is none."""
    parsed = build.context.parsed
    _, end = parsed.extent(title)
    for token in parsed.doc[end : end + 3]:  # skips an honorific: "President Dr Ana Ruiz"
        if parsed.is_name(token):
            return token
    return None


def _is_body(build: Builder, holder: Token) -> bool:
    """Whether the name after the title denotes an organisation, so that the title is part of that name.

    As in "King Harald University", "the club Executive Committee", "Deputy Youth and Sports Minister".
    """
    first, last = build.context.parsed.extent(mention_of(build, holder))
    return any(build.context.listed(token.lower_, *_BODY_WORDS) for token in holder.doc[first:last])


def _is_verb(noun: Token) -> bool:
    """Whether the word before the name is a verb with a subject: "Norvale host Salt Town on Sunday"."""
    return noun.text.islower() and bool(children(noun, "nsubj", "nsubjpass"))


# -- the extent of the title -----------------------------------------------------------------------------


def _first(build: Builder, noun: Token, first: int) -> int:
    """Index of the first token of the whole title: "Youth and Sports Minister", "acting president".

    Words of style before it are left out: "Majesty".
    """
    doc, words = noun.doc, build.context.words
    while first < noun.i and doc[first].lower_ in words("StyleNouns"):
        first += 1
    if noun.lower_ in words("PortfolioHeads"):
        first = _portfolio(build, doc[first])
    while first and doc[first - 1].lower_ in words("TitleModifiers") and not _is_other(build, doc[first - 1]):
        first -= 1
    return first


def _last_of_two(build: Builder, noun: Token, first: int) -> int:
    """Index of the first token of a title, without another title before it in lower case.

    In "the union's chairperson President Ana Ruiz", the title is "President". Not so in "acting
    President", "deputy Prime Minister", whose first word belongs to the title.
    """
    if not noun.text[:1].isupper():
        return first
    listed = build.context.listed
    ends = (
        word.i + 1
        for word in noun.doc[first : noun.i]
        if word.is_lower and listed(word.lower_, "RoleNouns", "StandingNouns", "AchieverNouns")
        if not listed(word.lower_, "TitleModifiers", "DeputyMarks")
    )
    return max(ends, default=first)


def _without_rank(build: Builder, title: Title) -> Title:
    """The title without the rank of its holder after it: "Director" in "Director Professor Ana Ruiz".

    Not in "Lieutenant Colonel Ana Ruiz", which is one rank.
    """
    noun = title.noun
    if noun.i <= title.first or not build.context.listed(noun.lower_, "RankTitles"):
        return title
    office = noun.nbor(-1)
    listed = build.context.listed
    if not listed(office.lower_, "RoleNouns") or listed(office.lower_, "RankTitles", "TitleModifiers"):
        return title
    return replace(title, noun=office, last=noun.i)


def _portfolio(build: Builder, start: Token) -> int:
    """Index of the first token of a minister's portfolio, with its conjuncts: "Youth and Sports Minister"."""
    found = at = int(start.i)
    words = build.context.words("PortfolioWords")
    while at and (start.doc[at - 1].lower_ in (*_AND, ",") or start.doc[at - 1].lower_ in words):
        at -= 1
        if start.doc[at].lower_ in words and start.doc[at].text[:1].isupper() == start.text[:1].isupper():
            found = at
    return found


def _is_other(build: Builder, word: Token) -> bool:
    """Whether a word before the title is no part of it: it is in the sentence before, or part of a name
    ("Alpine First").
    """
    parsed = build.context.parsed
    return parsed.is_name(word) or not parsed.in_one_sentence(word.i, word.i + 1)


def _joined(build: Builder, title: Title, owner: Token | None) -> None:
    """Add the first of two titles of one person, joined by "and".

    As in "Chairman and Treasurer Ana Ruiz", "former governor and US senator Ana Ruiz".
    """
    doc, at = title.noun.doc, _start(build, title, owner) - 1
    while at > 1 and doc[at].lower_ in marks_of(build):
        at -= 1
    if at < 1 or doc[at].lower_ not in _AND:
        return
    noun = doc[at - 1]
    parsed = build.context.parsed
    index = parsed.mention_index(noun)
    is_role = noun.lower_ in build.context.words("RoleNouns")
    if not is_role or index < 0 or parsed.is_name(noun) or not parsed.in_one_sentence(noun.i, at):
        return
    if noun.dep_ == "nmod" and noun.head == head_of(build, title.holder):
        first = _first_of_joined(build, noun)
    elif noun.text[:1].isupper() and doc[title.first].text[:1].isupper():
        first = _first_in_capitals(build, noun)
    else:
        return
    if first and doc[first - 1].pos_ == "DET":
        return  # may be two people: "the Chairman and Treasurer Ana Ruiz"
    other = Title(index, first, at, noun, title.holder)
    _claim(build, other, institution(build, other) or owner)


def _first_in_capitals(build: Builder, noun: Token) -> int:
    doc, parsed, first = noun.doc, build.context.parsed, int(noun.i)
    while first and doc[first - 1].text[:1].isupper() and not parsed.is_name(doc[first - 1]):
        if doc[first - 1].pos_ not in ("PROPN", "NOUN", "ADJ") or not parsed.in_one_sentence(
            first - 1, noun.i
        ):
            break
        first -= 1
    return first


def _first_of_joined(build: Builder, noun: Token) -> int:
    """Index of the first word of a title in lower case: "police chief and mayor Ana Ruiz".

    Words such as "former" and names are left out.
    """
    doc, parsed, first = noun.doc, build.context.parsed, int(noun.i)
    marks = marks_of(build)
    while first and doc[first - 1].head == noun and doc[first - 1].dep_ in ("compound", "amod", "nmod"):
        if parsed.is_name(doc[first - 1]) or doc[first - 1].lower_ in marks:
            break
        first -= 1
    return first


def _start(build: Builder, title: Title, owner: Token | None) -> int:
    """Index of the first token of the title, or of the name before it that narrows it ("US senator")."""
    if owner is None or owner.i > title.first:
        return title.first
    return build.context.parsed.extent(mention_of(build, owner))[0]


# -- its claims -----------------------------------------------------------------------------------------


def _claim(build: Builder, title: Title, owner: Token | None) -> None:
    status = build.noun_status(title.noun)
    place = _origin(build, title) if owner is None else None
    marks = _words_before(build, title, owner)
    if place is not None and (before := _word_before(build, place.i)) is not None:
        marks.append(before)  # as in "the former Peruvian singer Ana Ruiz"
    # words of the title itself: "former Reed adviser and judge Ana Ruiz"
    own = title.noun.lefts if title.noun.dep_ == "nmod" else ()
    past = any(build.context.listed(mark.lower_, "PastMarks") for mark in (*marks, *own)) or _has_ended(
        build, title, owner
    )
    for mark in marks:
        if build.context.listed(mark.lower_, "PlannedMarks", "UnrealMarks"):
            status = Status(Factuality.POSSIBLE, scope=mark).under(status)
    begin = place.i if place is not None else _start_of_rank(title)
    if begin is not None:
        described = build.words(begin, title.last, Role.ATTRIBUTE)
        _state(build, title, "formerlyDescribedAs" if past else "describedAs", described, status)
        return
    if owner is not None and (first := _start_with_case(build, title, owner)) is not None:
        described = build.words(first, title.last, Role.ATTRIBUTE)
        _state(build, title, "formerlyDescribedAs" if past else "describedAs", described, status)
        return
    if owner is not None and (begin := _start_with_body(build, title, owner)) is not None:
        title, owner = replace(title, first=begin), None
    whose = person(build, title) if owner is None and title.noun.lower_ not in _OF_TEAMS else None
    position = _position(build, title, owner, whose)
    _state(build, title, "formerlyHeldPosition" if past else "holdsPosition", position, status)
    if whose is not None and not past:
        roles.relate(build, title.holder, title.noun, roles.Saying(title.noun, "is", "title", 0.9, status))
    if owner is not None:
        where = build.argument(owner, Role.OTHER)
        relation = build.relation(title.noun, position.text, build.known("positionIn"))
        build.add(position, relation, where, at=title.noun, rule="title", confidence=0.9, status=status)


def _start_with_case(build: Builder, title: Title, owner: Token) -> int | None:
    """Index of the first token of a title with the name of a case: "Norvex prosecutor Ana Ruiz".

    She is prosecutor in the case, perhaps against Norvex, not of Norvex. None for other titles.
    """
    if owner.i > title.noun.i or owner.dep_ not in ("compound", "nmod"):
        return None
    body = build.context.parsed.type_of(owner) in ("Organization", "Company", "SportsTeam")
    case = title.noun.lemma_.lower() in build.context.words("CaseRoles")
    return int(owner.left_edge.i) if body and case else None


def _start_of_rank(title: Title) -> int | None:
    """Index of the first token of a title that is a superlative, not an office: "Peru's biggest broker
    Norvex".

    None for other titles.
    """
    doc, noun = title.noun.doc, title.noun
    if not any(word.tag_ == "JJS" for word in doc[title.first : noun.i]):
        return None
    owner = noun_phrases.possessor(noun)
    return int(owner.left_edge.i) if owner is not None and owner.i < title.first else title.first


def _start_with_body(build: Builder, title: Title, owner: Token) -> int | None:
    """Index of the first token of an office with its organisation, if the latter cannot be given by itself.

    None if it can. It cannot if only a part of its name is known ("British and Irish Hawks coach"), if a word
    such as "Deputy" precedes it ("Deputy UK ambassador"), or if it denotes a member of a group or party: a
    "Tory leader" is not a leader "of Tory".
    """
    if owner.i > title.first:
        return None
    mention = mention_of(build, owner)
    first, _ = build.context.parsed.extent(mention)
    before = _word_before(build, first)
    for word in (title.noun.doc[first], before):
        if word is not None and build.context.listed(word.lower_, "DeputyMarks"):
            return int(word.i)
    whole = torn.start(build, owner)
    # a nationality does not count as a member: the "Iraqi leader" is the leader of Iraq
    member = not mention.relational and (mention.type == "Group" or _has_plural(build, mention))
    return whole if whole < first or member else None


def _has_plural(build: Builder, name: Mention) -> bool:
    """Whether the article uses the name in the plural, too: "Lib Dem" beside "the Lib Dems"."""
    mentions = build.context.parsed.mentions
    return any(each.kind is MentionKind.NAME and each.text == f"{name.text}s" for each in mentions)


def _has_ended(build: Builder, title: Title, owner: Token | None) -> bool:
    """Whether the position in the title has ended.

    As in "former governor and US Senator Ana Ruiz", "following the death of Senator Ana Ruiz".
    """
    first = _start(build, title, owner)
    name = head_of(build, title.holder)
    if tenure.is_left(name, build.context) or _has_prefix(title.noun):
        return True
    return tenure.is_shared(title.noun, first, build.context)


def _has_prefix(noun: Token) -> bool:
    """Whether "ex-" precedes the whole phrase: "ex-children's presenter Ana Ruiz"."""
    owners = (child for child in noun.lefts if child.dep_ == "poss")
    return any(word.lower_ in ("ex", "ex-") for owner in owners for word in owner.lefts)


def _position(build: Builder, title: Title, owner: Token | None, whose: Token | None) -> Argument:
    """The argument for the title; its mention gets the title's extent and its organisation or place
    (`owner`).

    `whose`, the person before the title ("Mr Reed's lawyer"), is part of the argument's words.
    """
    parsed = build.context.parsed
    of = owner if owner is not None else whose
    owner_index = parsed.mention_index(of) if of is not None else -1
    named = whose is not None and parsed.is_name(whose)
    first = parsed.extent(parsed.mentions[owner_index])[0] if named else title.first
    words = build.words(first, title.last, Role.ATTRIBUTE)
    build.retype(
        title.index,
        type="Position",
        kind=MentionKind.NOMINAL,
        start=words.start,
        end=words.end,
        text=words.text,
        possessor=owner_index,
    )
    return Argument(words.start, words.end, words.text, Role.ATTRIBUTE, mention=title.index)


def _state(build: Builder, title: Title, name: str, what: Argument, status: Status) -> None:
    who = build.argument(title.holder, Role.PATIENT)
    relation = build.relation(title.noun, "is", build.known(name))
    office = not build.context.listed(title.noun.lower_, "OccupationNouns")
    held = office and name == "holdsPosition"
    time = tenure.year_of(head_of(build, title.holder), build.context) if held else -1
    build.add(who, relation, what, at=title.noun, rule="title", confidence=0.93, status=status, time=time)


def _words_before(build: Builder, title: Title, owner: Token | None) -> list[Token]:
    """The words directly before the title, and before the name that narrows it ("former Peru captain")."""
    found = [_word_before(build, title.first)]
    if owner is not None and owner.i < title.first:
        _, last = build.context.parsed.extent(mention_of(build, owner))
        # "former" modifies Peru, not the captain: "former Peru's captain"
        if title.noun.doc[last].lower_ not in noun_phrases.GENITIVE:
            found.append(_word_before(build, _first_of_owners(build, owner)))
    return [word for word in found if word is not None]


def _first_of_owners(build: Builder, owner: Token) -> int:
    """Index of the first token of the whole name that narrows a title, or of a name joined to it by "and".

    As in "former Rivers and Peru captain".
    """
    parsed, first = build.context.parsed, torn.start(build, owner)
    doc = owner.doc
    while first > 1 and doc[first - 1].lower_ in _AND and parsed.is_name(doc[first - 2]):
        before = mention_of(build, doc[first - 2])
        if before.type == "Person" or not parsed.in_one_sentence(first - 2, first):
            break
        first = torn.start(build, parsed.head(parsed.mention_index(doc[first - 2])))
    return first


def _word_before(build: Builder, start: int) -> Token | None:
    doc = build.context.parsed.doc
    while start > 1 and doc[start - 1].text == "-":  # the prefix counts as a word: "ex-minister"
        start -= 1
    if not start or not build.context.parsed.in_one_sentence(start - 1, start):
        return None
    return doc[start - 1]


def _origin(build: Builder, title: Title) -> Token | None:
    """The first token of the name before an occupation, if it is an origin and no institution; None
    otherwise.

    As in "Peruvian singer Ana Ruiz", "US singer". Likewise before what somebody has won ("Salt Marathon
    champion Ana Ruiz") or is suspected of ("Salt Road suspect Ana Ruiz").
    """
    standing = title.noun.lower_ in build.context.words("StandingNouns")
    personal = build.context.listed(title.noun.lower_, "OccupationNouns", "DiocesanRoles")
    playing = title.noun.lower_ in build.context.words("TeamPlayerNouns")
    if not title.first or not (standing or personal or playing):
        return None
    before = title.noun.doc[title.first - 1]
    mention = build.context.parsed.mention(before)
    if mention is None or mention.kind is not MentionKind.NAME:
        return None
    if playing and not mention.relational:
        return None  # Peru is the team, not the origin: "Peru striker Ana Ruiz"
    part = standing or title.noun.lower_ in build.context.words("AchieverNouns")
    first, _ = build.context.parsed.extent(mention)
    country = mention.relational or mention.type == "Country"
    while country and first > 1 and noun_phrases.is_hyphened(before.doc[first - 1]):
        first -= 2  # include both parts of "Peruvian-US singer"
    return before.doc[first] if country or part else None
