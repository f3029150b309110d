"""Who says something: the subjects of speech verbs, and the authors of statements, claims and reports.

Ana Ruiz said that rents rose.                  speech_subjects: Ruiz
The ministry issued a statement saying ...      writer of "statement": the ministry
Ana's claim that rents rose                     owner of "claim": Ana
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.clauses.parenthesis import speaker_of, speech_verb
from kg.extract.reality.said_clauses import content_of
from kg.language import noun_phrases
from kg.model import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEDIA = ("in", "on")
_FARTHEST = 400  # maximum number of tokens between somebody's statement and "the statement said"


def speech_subjects(verb: Token, context: Context) -> tuple[Token, ...]:
    """The speakers: the subjects of a verb of saying or thinking, or the agents of a passive.

    The fleet in "“The ship left,” the fleet said"; Ana in "Rents rose, Ana said, adding that ...", not the
    rents.
    """
    clause = context.clause(verb)
    if clause.passive:
        return clause.agents
    saying = saying_above(verb, context)
    if saying is not None:
        return (
            (speaker_of(saying, context),) if saying.dep_ == "parataxis" else speech_subjects(saying, context)
        )
    if context.parsed.is_quoted(verb):
        return clause.subjects
    return tuple(s for s in clause.subjects if not context.parsed.is_quoted(s)) or clause.subjects


def saying_above(verb: Token, context: Context) -> Token | None:
    """The speech verb whose speaker goes on in a participle, if the parser attaches that to what was said.

    "said" in "Rents rose, Ana said, adding that ...", "Ana said she was glad, adding that ..."; None in
    "Ana said Tom had left, saying goodbye to nobody", where the participle has no content clause.
    """
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or children(verb, "nsubj"):
        return None
    governor = verb.head
    set_in = speech_verb(governor, context)
    if set_in is not None and set_in.i < verb.i:
        return set_in
    above = governor.head
    if governor.dep_ != "ccomp" or not context.listed(above.lemma_.lower(), "SpeechVerbs", "DenialVerbs"):
        return None
    goes_on = verb.lemma_.lower() in context.words("SpeechVerbs") and content_of(verb) is not None
    return above if above.i < verb.i and (governor.i < above.i or goes_on) else None


def speech_of_governor(verb: Token, context: Context) -> Token | None:
    """The verb's first speaker, or if that is a statement, its author; None if there is none."""
    speakers = speech_subjects(verb, context)
    return author(speakers[0], context) if speakers else None


def author(noun: Token, context: Context) -> Token | None:
    """The author of the words that the noun denotes: the ministry for "a statement from the ministry".

    None if unknown ("An inquiry found"). The noun itself if it does not denote words.
    """
    parsed = context.parsed
    if parsed.is_name(noun) or noun.lemma_.lower() not in context.words("AuthoredNouns"):
        return noun
    told = owner_of_words(noun, context) or writer(noun, context) or _issuer(noun, context)
    mention = parsed.mention(noun)
    return noun if told is None and mention is not None and mention.kind is not MentionKind.EVENT else told


def writer(noun: Token, context: Context) -> Token | None:
    """Who issues a message: the ministry in "The ministry issued a statement saying it was closed"; or None.

    If the message is from somebody, that person: the king in "issued a note from the king".
    """
    verb = noun.head
    issued = context.listed(verb.lemma_.lower(), "IssuingVerbs", "WritingVerbs")
    if not issued or noun.dep_ not in ("dobj", "nsubjpass"):
        return None
    clause = context.clause(verb)
    senders = [s for p in children(verb, "prep") if p.lower_ == "from" for s in children(p, "pobj")]
    senders = [s for s in senders if context.ontology.is_a(context.parsed.type_of(s), "Person")]
    return next(iter((*senders, *(clause.agents if clause.passive else clause.subjects))), None)


def _issuer(noun: Token, context: Context) -> Token | None:
    """The author of "the statement", from an earlier "said in a statement"; None if there is none."""
    if not any(child.lower_ == "the" for child in noun.lefts):
        return None
    for before in reversed(noun.doc[max(noun.i - _FARTHEST, 0) : noun.left_edge.i]):
        if before.lemma_ != noun.lemma_ or before.dep_ != "pobj" or before.head.lower_ not in _MEDIA:
            continue
        verb = before.head.head
        if verb.lemma_.lower() in context.words("SpeechVerbs") and not context.parsed.is_quoted(verb):
            return next(iter(context.clause(verb).subjects), None)
    return None


def owner_of_words(noun: Token, context: Context) -> Token | None:
    """Whose words a noun denotes: Ana's in "Ana's claim", "remarks by Ana", "a statement from Ana".

    None if it does not say whose, as in "Tuesday's report".
    """
    owners = [noun_phrases.possessor(noun)]
    owners += [
        owner
        for p in children(noun, "prep")
        if p.lower_ in context.words("AuthorPrepositions")
        for owner in children(p, "pobj")
    ]
    owners += [
        owner  # the ministry in "a statement released by the ministry"
        for issued in children(noun, "acl")
        if issued.tag_ in ("VBN", "VBD") and issued.lemma_.lower() in context.words("IssuingVerbs")
        for by in children(issued, "agent", "prep")
        if by.lower_ == "by"
        for owner in children(by, "pobj")
    ]
    owners += [
        name  # Norvex in "a Norvex press release"
        for name in children(noun, "compound", "nmod")
        if context.parsed.is_name(name)
        and context.ontology.is_a(context.parsed.type_of(name), "Organization")
    ]
    return next((owner for owner in owners if owner is not None and not context.parsed.is_time(owner)), None)
