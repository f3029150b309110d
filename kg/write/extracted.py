"""Makes a row of `kg extract` of a Reading: mentions, times, frames and claims with their offsets.

    {"id": str,
     "mentions": [{"start", "end", "kind": "entity" | "event" | "pronoun", "type", "cluster"}],
     "times":    [{"start", "end", "type", "value"}],
     "claims":   [{"subject", "object": {"start", "end", "text", "role"},
                   "relation": {"start", "end", "text", "id": IRI},
                   "factuality", "speaker": {"start", "end", "text"} | null, "confidence", "rule",
                   "projection", "frame": index}],
     "frames":   [{"start", "end", "text", "lemma", "relation", "rule",
                   "parts": [{"function", "marker", "start", "end", "text"}],
                   "factuality", "speaker", "scope": {"start", "end"} | null}]}

A frame is the content of one clause, or of one noun that denotes an event or relation; claims are its
projections. Offsets count characters of the given text, end exclusive.

Mentions with the same cluster refer to the same thing, in all rows of a call (`kg.resolve.chains.chains`). A
name is a mention without its titles ("Ana Ruiz" in "Dr. Ana Ruiz"). A phrase of several words gives two
mentions, the phrase and its head word ("23 pirates", "pirates"), because annotation schemes differ; but a
phrase that begins with a name, or has a name after its head ("the son of Tom Reed"), gives only its head
word. Times are mentions as well. Wider phrases ("Dr. Ana Ruiz", "the son of Tom Reed", "in the Bay of Lima",
"Ruiz's") are further mentions of the thing that they contain, without a type.

The role of a subject or object is its role in the event; in claims of noun phrases ("Ana Ruiz, a pilot"), it
is "other". The claim of a clause without an object ("The talks failed") has an empty object, at the end of
its relation. Three kinds of claims are left out: a claim without an object, if another claim with the same
subject and relation has one; a claim whose subject contains its object; and a whole clause whose parts are in
other claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.model import WHOLE_CLAUSE, Argument, Claim, Frame, MentionKind, Reading, Role
from kg.rdf.names import Names
from kg.resolve.chains.marks import Link

_KIND = {MentionKind.EVENT: "event", MentionKind.PRONOUN: "pronoun"}


def row(reading: Reading, links: Sequence[Link]) -> dict[str, Any]:
    """The row of a reading. `links`: its mentions with their referents."""

    def place(start: int, end: int) -> dict[str, Any]:
        start, end = reading.document.locate(start, end)
        return {"start": start, "end": end}

    def argument(argument: Argument, *, happens: bool) -> dict[str, Any]:
        where = place(argument.start, argument.end)
        role = argument.role if happens else Role.OTHER
        return {**where, "text": argument.text, "role": role.value}

    def claim(claim: Claim) -> dict[str, Any]:
        relation = claim.relation
        nothing = Argument(relation.end, relation.end, "", Role.OTHER)
        speaker = claim.speaker
        happens = relation.start in happenings
        return {
            "subject": argument(claim.subject, happens=happens),
            "relation": {
                **place(relation.start, relation.end),
                "text": relation.text,
                "id": names.relation(relation.name, relation.known),
            },
            "object": argument(claim.object or nothing, happens=happens),
            "factuality": claim.factuality.value,
            "speaker": {**place(speaker.start, speaker.end), "text": speaker.text} if speaker else None,
            "confidence": claim.confidence,
            "rule": claim.rule,
            "projection": claim.projection,
            "frame": claim.frame,
        }

    def frame(frame: Frame) -> dict[str, Any]:
        speaker = frame.speaker
        return {
            **place(frame.start, frame.end),
            "text": frame.text,
            "lemma": frame.lemma,
            "relation": frame.relation,
            "rule": frame.rule,
            "parts": [
                {
                    "function": part.function.value,
                    "marker": part.marker,
                    **place(part.argument.start, part.argument.end),
                    "text": part.argument.text,
                }
                for part in frame.parts
            ],
            "factuality": frame.factuality.value,
            "speaker": {**place(speaker.start, speaker.end), "text": speaker.text} if speaker else None,
            "scope": place(*frame.scope) if frame.scope else None,
        }

    names = Names()
    happenings = {m.head_start for m in reading.mentions if m.kind is MentionKind.EVENT}
    complete = {_key(each) for each in reading.claims if each.object is not None}
    parted = {_key(c) for c in reading.claims if c.object is not None and c.projection != WHOLE_CLAUSE}
    return {
        "id": reading.document.id,
        "mentions": [
            {
                **place(link.start, link.end),
                "kind": _KIND.get(link.kind, "entity"),
                "type": link.type,
                "cluster": link.chain,
            }
            for link in links
        ],
        "times": [
            {**place(time.start, time.end), "type": time.type, "value": time.value} for time in reading.times
        ],
        "claims": [
            claim(each)
            for each in reading.claims
            if (each.object is not None or _key(each) not in complete)
            and not (each.projection == WHOLE_CLAUSE and _key(each) in parted)
            and not _repeats(each)
        ],
        "frames": [frame(each) for each in reading.frames],
    }


def _repeats(claim: Claim) -> bool:
    """Whether the subject of a claim contains its object ("partner at Acme", position in, "Acme")."""
    one, other = claim.subject, claim.object
    return other is not None and one.start <= other.start and other.end <= one.end


def _key(claim: Claim) -> tuple[int, int]:
    return claim.subject.start, claim.relation.start
