"""Roles: the position that somebody holds and its organisation or place; and relational nouns.

    Ana Ruiz, a partner at Acme         Ana Ruiz - holds position - partner at Acme
    Peru's president, Ana Ruiz          Ana Ruiz - holds position - president (of Peru)
    Tom Reed, a former judge            Tom Reed - formerly held position - judge
    Lima, the capital of Peru           Lima - capital of - Peru
    Huaca, a temple in Lima             Huaca - is - a temple

Apposition, copula and titles share `describe`, which predicates a noun phrase of somebody or something.
Excludes nouns negated by an adjective ("the fake doctor", "a would-be actor").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.extract.build import Builder
from kg.extract.clauses.clause import children
from kg.extract.phrases.tenure import is_over, year_of
from kg.extract.reality.status import Status
from kg.language import noun_phrases, nouns
from kg.model import Argument, Factuality, Mention, MentionKind, Relation, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_LAW_TOKENS = 4  # the tokens "-", "in", "-", "law"
_IN = frozenset(["of", "at", "for", "in", "with", "from", "on", "to", "by", "about", "against", "over"])

# a place after "from" is no employer: "a nurse from Lima"
_OFFICE = frozenset(("of", "at", "for", "in", "with", "on", "to"))
# classes of things whose descriptions may change from year to year
_LASTING = ("Person", "Group", "Organization", "Place")
_LONGEST_CLAUSE = 20  # maximum number of tokens of a clause that belongs to a description
_BODIES = ("Organization", "Company", "PoliticalParty")
_LEADING = "leads"  # the name of a relation in the ontology
_POINTERS = ("former", "latter")  # they refer to an owner without its name: "the latter's girlfriend"
_INNER_MARKS = ("-", "'", "’")  # punctuation within a clause that belongs to a description
# If the next word has one of these tags, the clause is not over: to end it here would cut it.
_PHRASES = ("NOUN", "PROPN", "ADJ", "DET", "NUM", "ADP", "PRON")


@dataclass(frozen=True, slots=True)
class Saying:
    """How a noun phrase is predicated of something: the predicating word, the factuality, and the claim's
    confidence.
    """

    at: Token  # the copula, or the noun of an apposition
    surface: str  # "was", "is" for an apposition
    rule: str
    confidence: float
    status: Status
    time: int = -1  # index of the time expression, such as that of "In 1984 she was the mayor"


def describe(build: Builder, subject: Token, noun: Token, saying: Saying) -> None:
    """Add what `noun` says of `subject`: a position, a relation to a third thing, or a description."""
    if any(owner.lower_ in _POINTERS for owner in _owners(noun)) or _has_portfolio(noun, build):
        return
    for word in noun.lefts:
        if build.context.listed(word.lower_, "PlannedMarks", "UnrealMarks"):
            saying = replace(saying, status=Status(Factuality.POSSIBLE, scope=word).under(saying.status))
        if word.lower_ == "no":  # negates the noun: "is no friend of Tom"
            saying = replace(saying, status=Status(Factuality.NEGATED, scope=word).under(saying.status))
    lasting = any(
        build.context.ontology.is_a(build.context.parsed.type_of(subject), kind) for kind in _LASTING
    )
    past = is_over(noun, saying.at, build.context, dated=lasting)
    # A qualified noun expresses no relation: "Quito, the financial capital of Peru" is not Peru's capital.
    qualified = any(build.context.listed(word.lower_, "QualifyingMarks") for word in noun.lefts)
    related = not (past or qualified) and relate(build, subject, noun, saying)
    if any(build.context.listed(target.lower_, "StyleNouns") for _, target in _targets(noun)):
        return  # the phrase would end at the style, without the person: "the son of His Highness the Prince"
    if _is_office(build, subject, noun, past=past):
        _hold(build, subject, noun, "formerlyHeldPosition" if past else "holdsPosition", saying)
    elif not related or (_is_doer(build, noun) and not _in_law(noun)):
        _say(build, subject, "formerlyDescribedAs" if past else "describedAs", _whole(build, noun), saying)


def _has_portfolio(noun: Token, build: Builder) -> bool:
    """Whether the part of an organisation that an officer leads follows a comma, without an article.

    As in "Norvex's managing director, broadband services"; not in "the managing director, husband of Ana
    Ruiz, left", where a description follows.
    """
    if not build.context.listed(noun.lemma_.lower(), "PartRoles"):
        return False
    _, last = noun_phrases.wide(noun, build.context.parsed.is_time)
    after = noun.doc[last : last + 2]
    if len(after) < 2 or after[0].text != "," or not after[1].is_lower:
        return False
    parts = [word for word in (after[1], after[1].head) if word.i >= after[1].i]
    nouns_only = all(word.pos_ in ("NOUN", "ADJ") and noun_phrases.determiner(word) == "" for word in parts)
    person = any(
        build.context.listed(word.lemma_.lower(), "RoleNouns", "OccupationNouns", "KinshipNouns")
        or nouns.classes(word.lemma_.lower()).get("Person", 0.0) > 0
        for word in parts
    )
    timed = build.context.parsed.is_time(after[1])
    return nouns_only and after[1].pos_ == "NOUN" and not person and not timed


def _is_office(build: Builder, subject: Token, noun: Token, *, past: bool) -> bool:
    """Whether the subject holds an office that the noun names, and is not only described by it.

    "a partner at Acme", "the mayor" are offices; "a keen drummer", "the Peruvian drummer", "one of the
    partners" and "the pilot who found the wreck" are descriptions.
    """
    is_person = build.context.parsed.type_of(subject) in ("Person", "Group", "")
    lemma = noun.lemma_.lower()
    if lemma not in build.context.words("RoleNouns") or lemma in build.context.words("StandingNouns"):
        return False
    if not is_person or one_of(noun) is not None:
        return False
    if past or _institution(build, noun) is not None:
        return True
    if lemma in build.context.words("OccupationNouns") and any(_names_within(build, noun)):
        return False
    return noun_phrases.determiner(noun) not in ("a", "an", "another") and _end(build, noun) is None


def _whole(build: Builder, noun: Token) -> Argument:
    """The argument for a description, with "one of" before the noun and a restrictive clause after it.

    As in "one of the founders", "the pilot who found it".
    """
    phrase, one, end = build.phrase(noun, Role.ATTRIBUTE), one_of(noun), _end(build, noun)
    first, last = noun_phrases.wide(noun, build.context.parsed.is_time)
    if _in_law(noun):
        return build.words(first, noun.i + 1 + _LAW_TOKENS, Role.ATTRIBUTE)
    adverb = noun.doc[first].lower_ in build.context.words("FocusAdverbs")  # as in "also a pilot"
    if phrase.mention < 0 or (one is None and end is None and not adverb):
        return phrase
    start = one.left_edge.i if one is not None else first + adverb
    words = build.words(start, last if end is None else end, Role.ATTRIBUTE)
    if one is not None:
        return words
    # The clause adds words to the mention of the noun, which is still the same mention.
    build.retype(phrase.mention, start=words.start, end=words.end, text=words.text)
    return replace(words, mention=phrase.mention)


def one_of(noun: Token) -> Token | None:
    """The "one", "some" or "part" in "one of the founders", if the noun is "founders"; None otherwise."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return above if above is not None and above.lower_ in ("one", "some", "part") else None


def _end(build: Builder, noun: Token) -> int | None:
    """Index of the token after the clause that restricts the noun ("the first woman to lead Peru"); None if
    there is none.
    """
    _, last = noun_phrases.wide(noun, build.context.parsed.is_time)
    for clause in children(noun, "relcl", "acl"):
        if clause.left_edge.i != last or clause.right_edge.i - last > _LONGEST_CLAUSE:
            continue
        inside = noun.doc[last : clause.right_edge.i + 1]
        if any(token.is_punct and token.text not in _INNER_MARKS for token in inside):
            continue
        end = clause.right_edge.i + 1
        cut = end < len(noun.doc) and noun.doc[end].pos_ in _PHRASES
        return None if cut else end
    return None


def _hold(build: Builder, subject: Token, noun: Token, name: str, saying: Saying) -> None:
    """Add the position named by `noun`, held by `subject`, and the position's organisation or place."""
    position = _office(build, noun)
    if position.mention < 0:
        return
    place = _institution(build, noun)
    owner = build.context.parsed.mention_index(place) if place is not None else -1
    if saying.rule == "apposition" and saying.time < 0 and name == "holdsPosition":
        saying = replace(saying, time=year_of(subject, build.context))
    words = {"start": position.start, "end": position.end, "text": position.text}
    build.retype(position.mention, type="Position", kind=MentionKind.NOMINAL, possessor=owner, **words)
    _say(build, subject, name, position, saying)
    if place is not None and owner != position.mention:
        where = build.argument(place, Role.OTHER)
        relation = build.relation(noun, position.text, build.known("positionIn"))
        _add(build, position, relation, where, saying)


def _office(build: Builder, noun: Token) -> Argument:
    """The argument for an office: without "other" ("the other judge") and "at the time" ("the judge at the
    time").
    """
    phrase = build.phrase(noun, Role.ATTRIBUTE)
    span = noun.doc.char_span(phrase.start, phrase.end)
    if span is None:
        return phrase
    other = next((word for word in noun.lefts if word.lower_ == "other"), None)
    then = next((p for p, target in _targets(noun) if p.lower_ == "at" and target.lower_ == "time"), None)
    first = span.start if other is None else other.i + 1
    last = span.end if then is None or then.right_edge.i + 1 != span.end else then.i
    return replace(build.words(first, last, Role.ATTRIBUTE), mention=phrase.mention)


def _say(build: Builder, subject: Token, name: str, object_: Argument, saying: Saying) -> None:
    relation = build.relation(saying.at, saying.surface, build.known(name))
    _add(build, build.argument(subject, Role.PATIENT), relation, object_, saying)


def _add(build: Builder, who: Argument, relation: Relation, other: Argument, saying: Saying) -> None:
    build.add(
        who,
        relation,
        other,
        at=saying.at,
        rule=saying.rule,
        time=saying.time,
        confidence=saying.confidence,
        status=saying.status,
    )


def _institution(build: Builder, noun: Token) -> Token | None:
    """The organisation, country or place to which the office belongs; None if none is named.

    As in "partner at Acme", "Peru's president", "Peruvian president".
    """
    listed = _listed_body(build, noun)
    within = (
        body for target in _office_of(build, noun) if (body := _within(build, noun, target)) is not None
    )
    bodies = [name for name in _names_within(build, noun) if build.context.parsed.type_of(name) in _BODIES]
    # leads Norvex, not Peru: "the Norvex leader in Peru"
    at = [*within, *_office_of(build, noun)]
    names = [*_owners(noun), *bodies, *at, *_names_within(build, noun), *listed]
    return next((token for token in names if is_institution(build, token, noun)), None)


def is_institution(build: Builder, token: Token, noun: Token) -> bool:
    """Whether the office of `noun` can belong to the thing that the token names.

    An occupation does not belong to a country, a town or a nationality ("Peruvian singer", "US singer",
    "Lima lawyer"), unless it is the chief one ("Peru's chief doctor"). An office in a diocese does not
    belong to a country ("Peruvian bishop"). What somebody has won ("Salt Marathon champion") or suffered
    ("Salt Road victim") is no office.
    """
    if build.context.listed(noun.lemma_.lower(), "AchieverNouns", "StandingNouns"):
        return False
    mention = build.context.parsed.mention(token)
    if mention is None or mention.kind is not MentionKind.NAME or mention.type in ("Person", "CreativeWork"):
        return False
    if token.tag_ == "JJ" and not mention.relational:
        return False  # the adjective names a party, and not the committee: "a Green committee member"
    if mention.relational and build.context.listed(noun.lemma_.lower(), "TeamPlayerNouns"):
        return False  # she is from Peru, but may play for any team: "Peruvian striker Ana Ruiz"
    if mention.relational and (_is_of_region(mention) or _is_of_name(build, mention)):
        # the adjective is in the organisation's name: "European Commissioner", "Salt Irish coach"
        return False
    if token.i + 2 < len(token.doc) and token.nbor(1).text in "-‑" and not token.whitespace_:
        return False  # where somebody works, not the office: "a Lima-based fund manager"
    if token.lower_ in build.context.words("CourtDistricts"):
        return False  # a judge's title, not an office of the district: "Lima District Judge Ana Ruiz"
    people = mention.type == "Group"  # an ethnic group: "a Marathi journalist"
    country = mention.type == "Country" or mention.relational
    # A name in capitals that the parser takes for a place may be an organisation's: "BBC journalist".
    place = country or (build.context.is_place(token) and not token.text.isupper())
    if noun.i > 0 and noun.nbor(-1).lower_ in build.context.words("ChiefModifiers"):
        return True
    if country and noun.lemma_.lower() in build.context.words("DiocesanRoles"):
        return False
    return not (people or place) or noun.lemma_.lower() not in build.context.words("OccupationNouns")


def _is_of_region(adjective: Mention) -> bool:
    """Whether the adjective does not stand for one country, to which an office could belong: "European"."""
    return not isinstance(gazetteer.by_name().get(adjective.relational), gazetteer.Country)


def _is_of_name(build: Builder, adjective: Mention) -> bool:
    """Whether a nationality directly follows the name of a place and is part of a longer name.

    As "Irish" in "Salt Town Irish".
    """
    first, _ = build.context.parsed.extent(adjective)
    before = build.context.parsed.doc[first - 1] if first else None
    return before is not None and build.context.parsed.is_name(before) and build.context.is_place(before)


def is_of_body(build: Builder, noun: Token) -> bool:
    """Whether the words of the office name its organisation: "committee chairman", "union leader"."""
    before = noun.nbor(-1) if noun.i else noun
    return before.i < noun.i and build.context.listed(before.lower_, "OrganizationNouns", "OrganizationWords")


def _office_of(build: Builder, noun: Token) -> list[Token]:
    """The nouns after "of", "at", "for", "in" and the like, to which the office may belong.

    Excludes the place to which a person is sent: Peru in "Acme's representative in Peru".
    """
    sent = noun.lemma_.lower() in build.context.words("SentRoles")
    links = _OFFICE - {"in"} if sent else _OFFICE
    return [target for preposition, target in _targets(noun) if preposition.lower_ in links]


def _within(build: Builder, noun: Token, part: Token) -> Token | None:
    """The organisation that contains `part`: the institute in "head of the Rivers Office at the Lima
    Institute".

    None if there is none.
    """
    first = build.context.parsed.mention(part)
    if first is None or first.type in ("Person", "Country"):
        return None
    prepositions = [p for p in (*children(part, "prep"), *children(noun, "prep")) if p.i > part.i]
    found = None
    for preposition in prepositions:
        for target in children(preposition, "pobj"):
            mention = build.context.parsed.mention(target)
            if mention is None or mention.kind is not MentionKind.NAME or mention == first:
                continue  # a preposition within a name: "the Department of Rivers"
            body = build.context.ontology.is_a(mention.type, "Organization")
            where = build.context.ontology.is_a(mention.type, "Place") and mention.type != "Facility"
            # the noun after "at" is an organisation, whatever class the parser gives it
            if preposition.lower_ == "at" and not where:
                return target
            # "in" introduces a larger organisation: "the Mills Unit in the Trade Department at Acme"
            if preposition.lower_ == "in" and body:
                found = _within(build, noun, target)
            if preposition.lower_ == "of" and body and is_institution(build, target, noun):
                found = target
            if found is not None:
                return found
    return None


def _listed_body(build: Builder, noun: Token) -> list[Token]:
    """The organisation after the office and a comma, in a list: "Tom Reed, director, Salt River Hospital,
    said".

    The list is empty if there is none.
    """
    doc = noun.doc
    if noun.i + 2 >= len(doc) or doc[noun.i + 1].text != "," or noun.i < 1:
        return []
    name = doc[noun.i + 2]
    parsed = build.context.parsed
    bare = not noun_phrases.determiner(noun) and doc[noun_phrases.narrow(noun)[0] - 1].text == ","
    if not bare or not parsed.is_name(name) or not parsed.in_one_sentence(noun.i, name.i):
        return []
    mention = parsed.mentions[parsed.mention_index(name)]
    _, end = parsed.extent(mention)
    closed = end < len(doc) and doc[end].text == ","
    is_body = build.context.ontology.is_a(mention.type, "Organization") or mention.type == "Facility"
    return [name] if closed and is_body else []


def _owners(noun: Token) -> Iterator[Token]:
    owner = noun_phrases.possessor(noun)
    if owner is not None:
        yield owner


def _targets(noun: Token) -> Iterator[tuple[Token, Token]]:
    """The prepositions of the noun, each with its object."""
    for preposition in children(noun, "prep"):
        if preposition.lower_ in _IN:
            for target in children(preposition, "pobj"):
                if target.pos_ != "ADJ":  # an adjective names nothing: "editor at large"
                    yield preposition, target


def _names_within(build: Builder, noun: Token) -> Iterator[Token]:
    """The names inside the noun phrase: "Peruvian president", "Acme spokesman"; not a creed ("an Orthodox
    principal").
    """
    first, _ = noun_phrases.narrow(noun)
    for token in noun.doc[first : noun.i]:
        mention = build.context.parsed.mention(token) if build.context.parsed.is_name(token) else None
        if mention is not None and (mention.relational or token.tag_ != "JJ"):
            yield token


def relate(build: Builder, subject: Token, noun: Token, saying: Saying) -> bool:
    """Add the relations that the noun expresses: "capital of Peru", "Peru's capital", "her sister".

    Returns whether there are any.
    """
    targets = [(preposition.lower_, target) for preposition, target in _targets(noun)]
    of_field = any(word == "of" and not build.context.parsed.is_name(target) for word, target in targets)
    # With a field after "of", the owner has no relation: "Acme's director of research" directs only its
    # research.
    listed = build.context.listed
    acting = listed(noun.lemma_.lower(), "RoleNouns")  # may be "for" the owner: "Ana's lawyer" acts for her
    owned = ("of", "for") if acting else ("of",)
    owners = [(word, owner) for owner in _owners(noun) for word in owned]
    pairs = targets if of_field else [*targets, *owners]
    lemma = noun.lemma_.lower() + _in_law(noun)
    personal = listed(lemma, "RoleNouns") and not listed(lemma, "AgentRoles")
    bare = () if _is_doer(build, noun) and _is_lesser(build, noun) else (lemma,)
    # the noun alone, and with the noun before it: "city", "capital city"
    names = [*bare, *(f"{c.lower_} {lemma}" for c in children(noun, "compound"))]
    found: set[tuple[int, str]] = set()
    for preposition, target in pairs:
        if not build.is_thing(target) or target.lower_ in _POINTERS or listed(target.lower_, "StyleNouns"):
            continue
        who, other = build.argument(subject, Role.PATIENT), build.argument(target, Role.OTHER)
        mine, theirs = build.type_of(who), build.type_of(other)
        keys = [f"{name} {preposition}" for name in names]
        known = next((r for key in keys if (r := build.lexicon.noun(key, mine, theirs))), None)
        # The lexicon may relate the owner to the subject: in "Lima, Ana's hometown", Ana to Lima. Not for an
        # office such as "ambassador", whose holder is the subject.
        turning = () if personal else keys
        turned = next((r for key in turning if (r := build.lexicon.noun(key, theirs, mine))), None)
        expressed = known or turned
        if expressed is None or (expressed.event_class and not _is_doer(build, noun)):
            continue
        if expressed.name == _LEADING and _is_for_area(build, noun):
            continue  # she does not lead Acme: "Acme's European head"
        if (target.i, expressed.name) in found:
            continue
        surface = f"{saying.surface} {noun.text}{_in_law(noun)} {preposition}"
        relation = build.relation(noun, surface, expressed, inverted=known is None)
        _add(build, who, relation, other, saying)
        found.add((target.i, expressed.name))
    return bool(found)


def _in_law(noun: Token) -> str:
    """The rest of a noun for relatives by marriage: "-in-law" in "son-in-law", "sisters-in-law"; "" for
    others.
    """
    behind = noun.doc[noun.i + 1 : noun.i + 1 + _LAW_TOKENS].text.lower()
    return behind if behind == "-in-law" else ""


def _is_lesser(build: Builder, noun: Token) -> bool:
    """Whether modifiers say that the office is a lesser one: "press director of Acme", "deputy head of Acme".

    Not in "chief director".
    """
    listed = build.context.listed
    return any(
        listed(word.lower_, "DeputyMarks")
        or (word.dep_ == "compound" and word.pos_ == "NOUN" and not listed(word.lower_, "ChiefModifiers"))
        for word in noun.lefts
    )


def _is_for_area(build: Builder, noun: Token) -> bool:
    """Whether the office is for an area only: "European head of Acme", "UK head of Acme", "regional head".

    Not in "the Peruvian head of Acme", who may be from Peru.
    """
    return any(build.context.listed(word.lower_, "AreaMarks") or _is_area(build, word) for word in noun.lefts)


def _is_area(build: Builder, word: Token) -> bool:
    area = build.context.parsed.mention(word)
    if area is None or area.kind is not MentionKind.NAME or word.dep_ not in ("amod", "compound", "nmod"):
        return False
    return _is_of_region(area) if area.relational else area.type in ("Country", "Region")


def _is_doer(build: Builder, noun: Token) -> bool:
    """Whether the noun denotes a person who does or did something ("founder", "winner"), not the event."""
    people = ("RoleNouns", "KinshipNouns", "PersonNouns", "AgentNouns")
    return any(noun.lemma_.lower() in build.context.words(name) for name in people)
