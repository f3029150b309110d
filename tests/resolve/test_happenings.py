"""Which event mentions of one document are one event."""

from dataclasses import replace

from kg.model import Mention, MentionKind, Reading
from kg.ontology import load
from kg.resolve.document.happenings import happenings
from tests.resolve.helper import reading

ONTOLOGY = load()


def summits(one: Reading) -> int:
    """The number of events. "Harbour Union" is a name wherever it occurs, even inside other marks."""
    at, name = one.document.text.rfind("Harbour Union"), "Harbour Union"
    sentence = max(i for i, s in enumerate(one.sentences) if s.start <= at)
    inner = Mention(at, at + 13, name, MentionKind.NAME, "Organization", at + 8, at + 13, sentence)
    mentions = tuple(sorted({*one.mentions, inner}, key=lambda m: (m.start, m.end)))
    known = {i: m.text for i, m in enumerate(mentions) if m.text == name}
    return len(happenings(replace(one, mentions=mentions), known, "", ONTOLOGY))


def test_the_summit_of_an_unmentioned_organisation_is_another_one() -> None:
    told = "[A summit:event.Summit] began. She had spoken at [the Harbour Union summit:event.Summit]."
    assert summits(reading("a", told)) == 2


def test_the_summit_of_a_mentioned_organisation_is_the_same_one() -> None:
    told = "The Harbour Union held [a summit:event.Summit]. [The Harbour Union summit:event.Summit] ended."
    first = reading("a", told)
    holder = Mention(4, 17, "Harbour Union", MentionKind.NAME, "Organization", 12, 17, 0)
    assert summits(replace(first, mentions=(holder, *first.mentions))) == 1
