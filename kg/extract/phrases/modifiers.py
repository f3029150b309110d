"""Claims made from the words before a noun about its referent: origin, base, owner, age, founder.

    Lima-born singer Ana Ruiz                   Ana Ruiz - born in - Lima
    Norvex, a Lima-based company                Norvex - based in - Lima
    Acme-owned Lumora                           Acme - owns - Lumora
    the 34-year-old nurse Ana Ruiz              Ana Ruiz - age - 34
    Norvex founder Ana Ruiz                     Ana Ruiz - founded - Norvex

The claims are about the name in the noun phrase, or the name or pronoun of which the phrase is predicated.
Excludes restricted modifiers ("partly Acme-owned", "the former Norvex owner"), modifiers separated from the
noun by another name ("the Lima-based Norvex founder Ana Ruiz"), nationalities except for birth ("the
Peruvian-led team"), and offices whose relation to the name is unclear ("US ambassador", "Acme professor",
"Acme manager").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.clauses.clause import children, dependents
from kg.extract.naming import name_of
from kg.extract.phrases.tenure import is_over
from kg.model import Argument, Factuality, MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.ontology import RelationType

_CONFIDENCE = 0.85  # of a claim, before `Builder.add` considers how reliable the parse is
_SAID = ("describedAs", "holdsPosition")  # relations whose object is a noun phrase predicated of the subject
_HYPHENS = ("-", "‐", "‑", "–")
# prepositions that the office may imply: a "Norvex founder" is founder of Norvex, a "Peru striker" plays for
# Peru
_OFFICE = ("of", "for", "at", "to")
_OLDEST = 120  # years; this number and higher ones are not read as ages


def read(build: Builder) -> None:
    for noun, who in _meant(build):
        _age(build, noun, who)
        _origin(build, noun, who)
        _office(build, noun, who)


def _meant(build: Builder) -> list[tuple[Token, Argument]]:
    """The nouns, each with the argument for the name or pronoun that it refers to.

    That is the name itself, the name in apposition, or the subject of the predicate.
    """
    parsed = build.context.parsed
    found: dict[int, Argument] = {}
    for index, mention in enumerate(parsed.mentions):
        head = parsed.head(index)
        if mention.kind is MentionKind.NAME and not mention.relational:
            found[head.i] = build.argument(head, Role.PATIENT)
        elif mention.kind is MentionKind.NOMINAL and (name := name_of(head, build.context)) is not None:
            found[head.i] = build.argument(name, Role.PATIENT)
    for claim in build.claims:
        said = claim.object if claim.relation.name in _SAID else None
        span = parsed.doc.char_span(said.start, said.end) if said is not None else None
        if span is None or claim.factuality is not Factuality.ASSERTED:
            continue
        if claim.subject.mention < 0 or parsed.mentions[claim.subject.mention].kind is MentionKind.NOMINAL:
            continue
        found.setdefault(span.root.i, claim.subject)
    return [(parsed.doc[at], who) for at, who in sorted(found.items()) if who.mention >= 0]


# -- age -----------------------------------------------------------------------------------------------


def _age(build: Builder, noun: Token, who: Argument) -> None:
    """Add the age in "34-year-old Ana Ruiz"."""
    if build.type_of(who) != "Person":
        return
    for old in children(noun, "amod"):
        years = next((year for year in children(old, "npadvmod") if year.lower_ == "year"), None)
        number = (
            next(iter(children(years, "nummod")), None) if years is not None and old.lower_ == "old" else None
        )
        if number is None or not number.text.isdigit() or int(number.text) >= _OLDEST:
            continue
        if not _is_marked(build, old) and not _is_interrupted(build, old, noun, who):
            age = build.words(number.i, number.i + 1, Role.ATTRIBUTE)
            _state(build, who, build.known("age"), age, old, "is")


# -- origin, base, owner -------------------------------------------------------------------------------


def _origin(build: Builder, noun: Token, who: Argument) -> None:
    """Add what a participle after a name and a hyphen says of the noun: "Lima-based", "Acme-owned"."""
    for participle in children(noun, "amod", "nmod", "compound"):
        name = _hyphened(build, participle)
        if name is None or participle.i > noun.i or _is_marked(build, participle):
            continue
        if _is_interrupted(build, participle, noun, who) or _is_joined(build, who):
            continue
        mention = build.context.parsed.mention(name)
        assert mention is not None  # every name is a mention
        other = build.argument(name, Role.OTHER)
        if build.context.is_place(name):
            known = build.lexicon.adjective(
                f"{participle.lower_} in", build.type_of(who), build.type_of(other)
            )
            if known is not None and (not mention.relational or known.name == "bornIn"):
                _state(build, who, known, other, participle, f"{participle.lower_} in")
                continue
        if mention.relational or participle.lower_ not in build.context.words("DoerParticiples"):
            continue
        known = build.lexicon.verb(participle.lemma_.lower(), build.type_of(other), build.type_of(who))
        if known is not None:
            _state(build, other, known, who, participle, participle.lower_)


def _hyphened(build: Builder, participle: Token) -> Token | None:
    """The name before the participle and its hyphen: Lima in "Lima-based"; None if there is none."""
    doc, at = participle.doc, participle.i - 2
    if participle.tag_ not in ("VBN", "VBD", "JJ") or at < 0 or doc[at + 1].text not in _HYPHENS:
        return None
    spaced = doc[at].whitespace_ or doc[at + 1].whitespace_
    parsed = build.context.parsed
    if spaced or not parsed.is_name(doc[at]):
        return None
    mention = parsed.mention(doc[at])
    if mention is None or mention.kind is not MentionKind.NAME or parsed.extent(mention)[1] != at + 1:
        return None
    first, _ = parsed.extent(mention)
    # In "the Lima, Peru-based firm", "Peru" is only a part of the place.
    joined = first > 0 and doc[first - 1].text in (",", "/", *_HYPHENS)
    return None if joined else doc[at]


# -- possession -----------------------------------------------------------------------------------------


def _office(build: Builder, noun: Token, who: Argument) -> None:
    """Add the office and its owner in "Norvex founder Ana Ruiz", "Peru's captain Ana Ruiz"."""
    lemma, first = noun.lemma_.lower(), noun.i
    named = build.context.parsed.is_name(noun)
    if (
        named
        or lemma not in build.context.words("CompoundRoles")
        or any(c.dep_ == "prep" for c in noun.rights)
    ):
        return
    if first > 1 and noun.nbor(-1).text in _HYPHENS:  # the whole word is "co-founder"
        lemma, first = f"{noun.nbor(-2).lower_}-{lemma}", first - 2
    name = _name_before(build, first)
    if name is None or is_over(noun, noun, build.context, dated=False) or _is_marked(build, name):
        return
    other = build.argument(name, Role.OTHER)
    if build.type_of(other) in ("", "Thing") or other.mention == who.mention:
        return
    keys = (f"{lemma} {preposition}" for preposition in _OFFICE)
    types = build.type_of(who), build.type_of(other)
    known = next((relation for key in keys if (relation := build.lexicon.noun(key, *types))), None)
    if known is not None and not (known.event_class and _cannot_be_made(build, known, *types)):
        _state(build, who, known, other, noun, noun.text)


def _cannot_be_made(build: Builder, known: RelationType, subject: str, other: str) -> bool:
    """Whether the name before an agent noun cannot be the object of the verb in the noun.

    The "Lima designer" did not design Lima.
    """
    ontology = build.context.ontology
    place = ontology.is_a(other, "Place") and bool(known.complete)
    return place and not ontology.is_complete(known.name, subject, other)


def _name_before(build: Builder, at: int) -> Token | None:
    """The name that ends before the token `at`, or before "'s"; None for a nationality."""
    doc, parsed = build.context.parsed.doc, build.context.parsed
    before = at - 2 if at > 1 and doc[at - 1].tag_ == "POS" else at - 1
    if before < 0 or not parsed.is_name(doc[before]) or not parsed.in_one_sentence(before, at):
        return None
    mention = parsed.mention(doc[before])
    if mention is None or mention.kind is not MentionKind.NAME or mention.relational:
        return None
    return parsed.head(parsed.mention_index(doc[before]))


# -- helpers -------------------------------------------------------------------------------------------


def _is_marked(build: Builder, word: Token) -> bool:
    """Whether a modifier of `word` says that what it states is over, planned, partial or untrue."""
    mention = build.context.parsed.mention(word)
    first = min(word.left_edge.i, build.context.parsed.extent(mention)[0] if mention is not None else word.i)
    before = word.doc[max(0, first - 2) : word.i]
    lists = ("PastMarks", "PlannedMarks", "LeavingMarks", "UnrealMarks", "Negators")
    restricted = any(child.pos_ == "ADV" and child.i < word.i for child in dependents(word))
    return restricted or any(build.context.listed(token.lower_, *lists) for token in before)


def _is_interrupted(build: Builder, word: Token, noun: Token, who: Argument) -> bool:
    """Whether another name is between word and noun: "the Lima-based Norvex founder" may mean Norvex."""
    parsed = build.context.parsed
    return any(_is_other(build, token, who) for token in parsed.doc[word.i + 1 : noun.i])


def _is_joined(build: Builder, who: Argument) -> bool:
    """Whether "and" and a capitalised word follow, which may belong to the name: "School of Rivers and
    Lakes".
    """
    doc = build.context.parsed.doc
    _, end = build.context.parsed.extent(build.context.parsed.mentions[who.mention])
    joined = end + 1 < len(doc) and doc[end].lower_ in ("and", "&")
    return joined and doc[end + 1].text[:1].isupper()


def _is_other(build: Builder, token: Token, who: Argument) -> bool:
    return build.context.parsed.is_name(token) and build.context.parsed.mention_index(token) != who.mention


def _state(
    build: Builder, who: Argument, known: RelationType, other: Argument, at: Token, surface: str
) -> None:
    if any(
        _ends(claim.subject, claim.object) == _ends(who, other) and claim.relation.name == known.name
        for claim in build.claims
    ):
        return
    build.add(
        who,
        build.relation(at, surface, known),
        other,
        at=at,
        rule="modifier",
        confidence=_CONFIDENCE,
        status=build.noun_status(at),
    )


def _ends(*ends: Argument | None) -> list[tuple[int, int]]:
    return [(end.start, end.end) for end in ends if end is not None]
