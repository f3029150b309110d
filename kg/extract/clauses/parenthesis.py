"""A speech verb in the middle or at the end of the reported speech.

    The council, Ana Ruiz said, has sold the park.          council - sold - park (reported by Ana Ruiz)
    “The council,” Ana Ruiz said, “has sold the park.”      council - sold - park (reported by Ana Ruiz)
    The council has sold the park, officials say.           council - sold - park (reported by officials)
    The council has sold the park, records show.            council - sold - park (reported)

The parser attaches the speech verb to the verb of the content, and may give the speech verb the subjects
of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Construction, Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token


def speech_verb(verb: Token, context: Context) -> Token | None:
    """The speech verb inserted into the verb's clause: "said" in "The council, Ana said, has sold the park".

    A verb of thinking or finding counts, too, if it has no content of its own: "has sold the park, records
    show".
    """
    for child in children(verb, "parataxis"):
        lemma = child.lemma_.lower()
        found = lemma in context.words("BeliefVerbs") and not children(
            child, "dobj", "ccomp", "xcomp", "prep", "acomp", "prt"
        )
        if (found or lemma in context.words("SpeechVerbs")) and children(child, "nsubj"):
            return child
    return None


def speaker_of(verb: Token, context: Context) -> Token:
    """The subject of a speech verb: of several, one outside the quotation, and of these the nearest."""
    subjects = children(verb, "nsubj")
    outside = [subject for subject in subjects if not context.parsed.is_quoted(subject)] or subjects
    return min(outside, key=lambda subject: (abs(subject.i - verb.i), subject.i))


def read(clause: Clause, context: Context) -> Clause:
    speech = speech_verb(clause.verb, context)
    if speech is None or clause.subjects:
        return clause
    speaker = speaker_of(speech, context)
    subjects = tuple(s for s in children(speech, "nsubj") if s.i != speaker.i)
    return clause.by(CONSTRUCTION, subjects=subjects) if subjects else clause


CONSTRUCTION = Construction(
    "parenthesis",
    read,
    trust=0.8,
    after=("active", "passive"),
    why="it gives a subject to a clause without one",
)
