"""The passive: the subject is the patient, "by" marks the agent.

    Lumora was bought by Norvex.                    Norvex - bought - Lumora
    Bridge built by convicts                        convicts - built - Bridge (a headline)
    Reed arrested in Lima                           Reed - was arrested in - Lima (a headline)
    Reed elected party leader                       Reed is the patient (a headline)
    With the bridge closed by snow, they left.      snow - closed - bridge (a participle with its own subject)
    The bridge was built in 1932.                   bridge - was built in - 1932 (the agent is not given)

Excludes "by" with a time, a manner or an amount ("by Friday", "by train", "by 3 percent").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Construction, Context, children, dependents
from kg.extract.clauses.coordination import by_phrase, members
from kg.model import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    patients = children(verb, "nsubjpass", "csubjpass")
    if not patients and not children(verb, "auxpass"):
        return _headline(clause, context)
    subjects = tuple(m for child in patients for m in members(child, context)) or clause.subjects
    doers = by_phrase(verb, context)
    for other in children(verb, "conj"):  # Ana is the agent of both verbs: "was written and signed by Ana"
        if (
            not doers
            and other.i == verb.i + 2
            and other.tag_ == "VBN"
            and not children(other, "nsubj", "nsubjpass", "aux", "auxpass")
        ):
            doers = by_phrase(other, context)
    return clause.by(CONSTRUCTION, subjects=subjects, agents=doers, passive=True, particle=_stranded(clause))


def _headline(clause: Clause, context: Context) -> Clause:
    """The clause, turned into a passive if it is a headline like "Bridge built by convicts".

    It lacks the auxiliary, and the parser takes the participle for a past tense.
    """
    verb, parsed = clause.verb, context.parsed
    block = parsed.sentences[parsed.sentence_of[verb.i]].block
    headline = block in (BlockKind.TITLE, BlockKind.HEADING) and verb.tag_ in ("VBD", "VBN")
    if headline and (_is_chosen(clause, context) or _is_fined(clause, context)):
        return clause.by(CONSTRUCTION, attributes=clause.objects, objects=(), passive=True)
    if clause.objects:
        return clause
    if verb.tag_ == "VBN" and clause.subjects and _is_absolute(verb, context):
        return clause.by(CONSTRUCTION, agents=by_phrase(verb, context), passive=True)
    if not headline or verb.lemma_.lower() not in context.ontology.transitive_verbs:
        return clause  # active clauses may contain "by", too: "Ruiz walked by river"
    doers = tuple(doer for doer in by_phrase(verb, context) if parsed.mention(doer) is not None)
    passive = doers or (verb.lemma_.lower() in context.words("UndergoneVerbs") and not _aims(verb))
    return clause.by(CONSTRUCTION, agents=doers, passive=True) if passive and clause.subjects else clause


def _is_chosen(clause: Clause, context: Context) -> bool:
    """Whether somebody was chosen for an office that has no article: "Reed elected party leader"."""
    verb, parsed = clause.verb, context.parsed
    if verb.lemma_.lower() not in context.words("ChoosingVerbs") or children(verb, "aux", "prep"):
        return False
    persons = all(parsed.is_name(noun) and parsed.type_of(noun) == "Person" for noun in clause.subjects)
    offices = [noun for noun in clause.objects if not parsed.is_name(noun) and noun.tag_ != "NNS"]
    bare = not any(child.dep_ in ("det", "poss", "nummod") for noun in offices for child in noun.lefts)
    return bool(clause.subjects) and persons and bool(offices) and bare and offices == list(clause.objects)


def _is_fined(clause: Clause, context: Context) -> bool:
    """Whether the object is a sum that the subject has to pay: "Norvex fined $2m for bribery"."""
    fined = clause.verb.lemma_.lower() in context.words("FiningVerbs") and not children(clause.verb, "aux")
    sums = all(noun.tag_ == "CD" or children(noun, "nummod") for noun in clause.objects)
    return fined and bool(clause.subjects) and bool(clause.objects) and sums


def _is_absolute(verb: Token, context: Context) -> bool:
    """Whether the verb is the participle of an absolute clause: "with the bridge closed", "kept it closed".

    Elsewhere the tag VBN without an auxiliary is often wrong.
    """
    marks = [child.lower_ for child in children(verb, "mark", "aux")]
    kept = verb.dep_ == "ccomp" and not marks and verb.head.lemma_ in context.words("KeepingVerbs")
    return kept or (verb.dep_ == "advcl" and marks == ["with"])


def _aims(verb: Token) -> bool:
    """Whether "at" follows, so that the verb is active: "Reed fired at police"."""
    return any(child.lower_ == "at" and child.i == verb.i + 1 for child in dependents(verb))


def _stranded(clause: Clause) -> str:
    """The verb's particle, or a preposition without a noun ("at" in "was laughed at by them"), or ""."""
    alone = [
        p.lower_ for p in children(clause.verb, "prep") if p.i == clause.verb.i + 1 and not dependents(p)
    ]
    return clause.particle or (alone[0] if alone else "")


CONSTRUCTION = Construction(
    "passive",
    read,
    trust=0.94,
    after=("active",),
    why="its subject is the patient; with an object it is not a headline",
)
