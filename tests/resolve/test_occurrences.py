"""One event reported in several places is one event; different events stay separate."""

from __future__ import annotations

import pytest

from kg.model import Event, Factuality, Reading, Role
from kg.ontology import Class, Ontology, RelationType
from kg.resolve import resolve
from kg.resolve.stories import stem
from tests.resolve.helper import Says, bare, clusters, date, reading

_PARENTS = {
    "Thing": (), "Person": ("Thing",), "Organization": ("Thing",), "Place": ("Thing",),
    "City": ("Place", "Thing"), "Country": ("Place", "Thing"), "Event": ("Thing",),
    "Meeting": ("Event", "Thing"), "Summit": ("Meeting", "Event", "Thing"), "Attack": ("Event", "Thing"),
    "LegalCase": ("Event", "Thing"), "Visit": ("Event", "Thing"), "SpeechAct": ("Event", "Thing"),
}  # fmt: skip


def _relation(name: str, verbs: tuple[str, ...], nouns: tuple[str, ...], class_: str) -> RelationType:
    return RelationType(
        name, "", name, "", (), (), verbs, nouns, (), (), (), False, False, False, class_, (), ()
    )


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    classes = {name: Class(name, "", name, "", parents, (), (), "", "") for name, parents in _PARENTS.items()}
    arrested = _relation("arrested", ("arrest", "detain"), ("arrest of",), "LegalCase")
    return Ontology(classes, {"arrested": arrested})


def met(name: str, *, when: str = "", day: str = "", noun: str = "met", **says: object) -> Reading:
    """An article in which Ana Ruiz and Tom Reed meet."""
    words = f"[Ana Ruiz:Person] [{noun}:event.Meeting] [Tom Reed:Person] {when}. [A band:thing.Thing] played."
    claim = Says("Ana Ruiz", "met", "Tom Reed", event=noun, time=when, **says)  # type: ignore[arg-type]
    return reading(name, words, claim, times=(date(when, day),) if when else ())


def meetings(*readings: Reading, ontology: Ontology) -> list[Event]:
    return [event for event in resolve(readings, ontology).events if event.type == "Meeting"]


def test_the_meeting_of_two_articles_is_one_event(ontology: Ontology) -> None:
    (event,) = meetings(met("a"), met("b"), ontology=ontology)
    assert event.documents == ("a", "b")
    assert {bare(id_) for _, id_ in event.participants} == {"Ana_Ruiz", "Tom_Reed"}


def test_meetings_on_different_days_stay_separate(ontology: Ontology) -> None:
    dated = met("a", when="13 May", day="2026-05-13"), met("b", when="2 June", day="2026-06-02")
    assert len(meetings(*dated, ontology=ontology)) == 2
    # a mention that could be either is merged with neither
    assert len(meetings(*dated, met("c"), ontology=ontology)) == 3


def test_a_statement_has_the_time_of_its_event(ontology: Ontology) -> None:
    undated, dated = met("a", when="Wednesday"), met("b", when="13 May", day="2026-05-13")
    knowledge = resolve([undated, dated], ontology)
    assert [s.time and s.time.start for s in knowledge.statements] == ["2026-05-13"]


def test_another_weekday_in_the_text_prevents_merging(ontology: Ontology) -> None:
    undated, dated = met("a", when="Friday"), met("b", when="13 May", day="2026-05-13")
    assert len(meetings(undated, dated, ontology=ontology)) == 2


def test_an_event_long_ago_is_another_event(ontology: Ontology) -> None:
    assert len(meetings(met("a"), met("b", when="2019", day="2019"), ontology=ontology)) == 2


def test_an_event_last_year_is_another_event(ontology: Ontology) -> None:
    assert len(meetings(met("a"), met("b", when="last year"), ontology=ontology)) == 2


def test_an_event_at_last_years_forum_is_another_event(ontology: Ontology) -> None:
    at_forum = reading(
        "b",
        "[Ana Ruiz:Person] [met:event.Meeting] [Tom Reed:Person] at [last year's forum:event.Event]. "
        "[A band:thing.Thing] played.",
        Says("Ana Ruiz", "met", "Tom Reed", event="met"),
        Says("Ana Ruiz", "met at", "last year's forum", event="met", role=Role.OTHER),
    )
    assert len(meetings(met("a"), at_forum, ontology=ontology)) == 2


def test_a_meeting_of_other_people_is_another_meeting(ontology: Ontology) -> None:
    other = reading(
        "b",
        "[Ana Ruiz:Person] [met:event.Meeting] [Eva Diaz:Person]. [A band:thing.Thing] played.",
        Says("Ana Ruiz", "met", "Eva Diaz", event="met"),
    )
    assert len(meetings(met("a"), other, ontology=ontology)) == 2


def test_a_denied_event_and_an_asserted_event_are_two(ontology: Ontology) -> None:
    denied = met("b", factuality=Factuality.NEGATED)
    assert len(meetings(met("a"), denied, ontology=ontology)) == 2


def test_a_first_meeting_is_another(ontology: Ontology) -> None:
    other = reading(
        "b",
        "[the first meeting:event.Meeting] of [Ana Ruiz:Person] and [Tom Reed:Person]. "
        "[A band:thing.Thing] played.",
        Says("Ana Ruiz", "met", "Tom Reed", event="the first meeting"),
    )
    assert len(meetings(met("a"), other, ontology=ontology)) == 2


def test_articles_on_different_stories_report_different_events(ontology: Ontology) -> None:
    """One common person is not enough unless the articles are on one story."""
    one = reading(
        "a", "Police [arrested:event.LegalCase] [Tom Reed:Person]. [A band:thing.Thing] played.",
        Says("Tom Reed", "arrested", "Tom Reed", event="arrested", inverted=True),
    )  # fmt: skip
    two = reading(
        "b",
        "[Tom Reed:Person] [arrested:event.LegalCase]. [The harvest:thing.Thing], [the tax:thing.Thing] "
        "and [the bridge:thing.Thing] of [Lima:City], [Cuzco:City] and [Trujillo:City] [failed:event.Event].",
        Says("Tom Reed", "arrested", "Tom Reed", event="arrested", inverted=True),
    )  # fmt: skip
    assert len([e for e in resolve([one, two], ontology).events if e.type == "LegalCase"]) == 2


def test_two_words_for_one_relation_denote_one_event(ontology: Ontology) -> None:
    text = "[Ana Ruiz:Person] [{}:event.LegalCase] [Tom Reed:Person]. [A band:thing.Thing] played."
    one, two = (
        reading(name, text.format(verb), Says("Ana Ruiz", "arrested", "Tom Reed", event=verb))
        for name, verb in (("a", "arrest"), ("b", "detain"))
    )
    assert len([e for e in resolve([one, two], ontology).events if e.type == "LegalCase"]) == 1


def test_hosting_and_meeting_are_one_event(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Ana Ruiz:Person] [hosted:event.Meeting] [Tom Reed:Person] for [a summit meeting:event.Meeting]. "
        "[The meeting:event.Meeting] ended.",
        Says("Ana Ruiz", "hosted", "Tom Reed", event="hosted"),
    )
    ids = clusters([one], ontology)[0]
    assert ids[1] == ids[3] == ids[4]


def test_events_at_a_meeting_have_its_date(ontology: Ontology) -> None:
    one = reading(
        "a",
        "[Ana Ruiz:Person] [spoke:event.Event] at [the summit:event.Summit] on 13 May. "
        "[Ruiz:Person] opened [the summit:event.Summit].",
        Says("Ana Ruiz", "spoke at", "the summit", event="spoke", role=Role.OTHER),
        Says("the summit", "took place", "13 May", role=Role.TIME),
        times=(date("13 May", "2026-05-13"),),
    )
    spoke = next(s for s in resolve([one], ontology).statements if s.label == "spoke at")
    assert spoke.time and spoke.time.start == "2026-05-13"


def test_the_order_of_articles_does_not_matter(ontology: Ontology) -> None:
    some = [met("a"), met("b", when="13 May", day="2026-05-13"), met("c", when="Wednesday")]
    assert resolve(some, ontology) == resolve(some[::-1], ontology)


def test_a_verb_and_its_nouns_have_the_same_stem() -> None:
    assert stem("announce") == stem("announcement")
    assert stem("arrive") == stem("arrival")
    assert stem("shoot") == stem("shooting")
    assert stem("visit") != stem("vision")


def _at_summit(verb: str, relation: str, kind: str = "event.Summit") -> list[Event]:
    one = reading(
        "a",
        f"[Ana Ruiz:Person] [{verb}:event.Event] at [the summit:{kind}]. [A band:thing.Thing] sang.",
        Says("Ana Ruiz", verb, event=verb),
        Says("Ana Ruiz", relation, "the summit", event=verb, role=Role.OTHER),
    )
    return [event for event in resolve([one], _aiming()).events if event.part_of]


def _aiming() -> Ontology:
    classes = {name: Class(name, "", name, "", parents, (), (), "", "") for name, parents in _PARENTS.items()}
    return Ontology(classes, {}, {"AimingVerbs": frozenset({"laughed"})})


def test_an_event_at_a_summit_is_part_of_it() -> None:
    (part,) = _at_summit("agreed", "agreed at")
    assert part.label.startswith("Ana Ruiz agreed")


def test_a_target_or_an_event_that_is_not_a_gathering_has_no_parts() -> None:
    assert _at_summit("laughed", "laughed at") == []
    assert _at_summit("died", "died at", "event.Attack") == []
    assert len(_at_summit("died", "died during", "event.Attack")) == 1


def test_two_events_within_each_other_are_not_parts() -> None:
    one = reading(
        "a",
        "[Ana Ruiz:Person] [spoke:event.Event] during [the talks:event.Meeting].",
        Says("Ana Ruiz", "spoke during", "the talks", event="spoke", role=Role.OTHER),
        Says("Ana Ruiz", "talked during", "spoke", event="the talks", role=Role.OTHER),
    )
    assert [event for event in resolve([one], _aiming()).events if event.part_of] == []
