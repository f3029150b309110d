"""A common noun directly before a name says what the name is.

    the movie Blue Rain                 Blue Rain - is - the movie
    Ana's novel Salt Road               Salt Road - created by - Ana
    the world's biggest bank Norvex     Norvex - is - the world's biggest bank

Excludes nouns that are part of the name ("on state Route 94"). The person before "'s film" may only act in
it ("Ana's comedy Blue Rain"), and is its creator only if the article calls her a director or the like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.language import noun_phrases
from kg.model import MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_KINDS = ("WorkNouns", "OrganizationNouns", "PlaceNouns")


def read(build: Builder, name: Token, first: int) -> None:
    """Add the common noun directly before a name: "the movie Blue Rain"."""
    before = skip_marks(build, first - 1, -1)
    if before < 0:
        return
    noun = name.doc[before]
    parsed = build.context.parsed
    if noun.tag_ != "NN" or parsed.is_name(noun) or not parsed.in_one_sentence(noun.i, name.i):
        return
    if not any(noun.lemma_.lower() in build.context.words(kind) for kind in _KINDS) or _is_part(name, noun):
        return
    if any(child.tag_ == "WP$" for child in noun.lefts):
        return  # the name belongs to a relative clause: "Ana Ruiz, whose film Blue Rain won"
    begin, _ = noun_phrases.narrow(noun)
    begin = max((t.i for t in noun.doc[noun.left_edge.i : noun.i] if t.dep_ == "det"), default=begin)
    while begin > 1 and noun_phrases.is_hyphened(noun.doc[begin - 1]):
        begin -= 2  # include "Lima-based" in "the Lima-based firm Norvex"
    if begin > 1 and noun.doc[begin - 1].tag_ == "POS":
        begin = noun.doc[begin - 2].left_edge.i  # include the owner in "the world's biggest bank Norvex"
    owner = noun_phrases.possessor(noun)
    work = build.context.parsed.type_of(name) == "CreativeWork"
    airs = owner is not None and build.context.parsed.type_of(owner) == "MediaOutlet"
    if owner is not None and build.is_thing(owner) and work and not (airs or _may_star(build, noun, owner)):
        maker = build.argument(owner, Role.AGENT)  # Ana, in "Ana's novel Salt Road"
        build.state(name, "createdBy", maker, at=noun, surface=noun.text, rule="apposition", confidence=0.85)
    described = build.words(min(begin, noun.i), noun.i + 1, Role.ATTRIBUTE)
    build.state(name, "describedAs", described, at=noun, surface="is", rule="apposition", confidence=0.85)


def _may_star(build: Builder, noun: Token, owner: Token) -> bool:
    """Whether the owner of a film may only act in it: "Ana Ruiz's film Blue Rain".

    Not if the article gives the owner a title such as "director", nor if the owner is a studio.
    """
    parsed = build.context.parsed
    mention = parsed.mention(owner)
    if noun.lower_ not in build.context.words("ActedWorkNouns"):
        return False
    if mention is None or mention.kind is not MentionKind.NAME:
        return True
    if not build.context.ontology.is_a(mention.type, "Person"):
        return False
    makers, last = build.context.words("WorkMakerNouns"), mention.text.split()[-1]
    return not any(
        word in makers
        for other in parsed.mentions
        if other.kind is MentionKind.NAME and other.text.split()[-1:] == [last]
        for word in other.title.lower().split()
    )


def _is_part(name: Token, noun: Token) -> bool:
    """Whether the name is part of a longer phrase, or the noun is part of the name.

    As in "an office Christmas party", "on state Route 94", "the secretary of state Ana Ruiz".
    """
    within = name.dep_ == "compound" and name.head.i > name.i and name.head.pos_ == "NOUN"
    governed = noun.i > 0 and noun.doc[noun.i - 1].pos_ == "ADP" and noun.dep_ in ("compound", "nmod")
    return within or governed or (noun.dep_ == "pobj" and name.is_ancestor(noun))


def is_kind(build: Builder, noun: Token) -> bool:
    """Whether the noun is directly before a name and of a kind that `read` handles."""
    beside = skip_marks(build, noun.i + 1, 1)
    adjoining = beside < len(noun.doc) and build.context.parsed.is_name(noun.doc[beside])
    return adjoining and any(noun.lemma_.lower() in build.context.words(kind) for kind in _KINDS)


def skip_marks(build: Builder, at: int, step: int) -> int:
    """The first index from `at`, in steps of `step`, that is not a quotation mark."""
    doc = build.context.parsed.doc
    while 0 <= at < len(doc) and (doc[at].is_quote or doc[at].text in "“”"):
        at += step
    return at
