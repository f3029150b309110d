"""The lines drawn for a story on the front page whose news contains no fact about two named things."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Document, Doubt, Entity, Evidence, Factuality, Knowledge, Metadata, Statement, Text
from kg.write.page.front_page import Story, stories
from tests.sample import knowledge
from tests.write.conftest import WORDS, Open

LEAD = "Ana Ruiz rejected the offers of two banks from Lima on Monday."
LATE = 5000


def piece(sentence: str = LEAD, start: int = 0, rule: str = "active") -> tuple[Evidence, ...]:
    return (Evidence("a.txt", start, start + len(sentence), sentence, rule, 0.9, "rejected"),)


def did(verb: str, rest: str, key: str = "st-90", who: str = "Ana_Ruiz") -> Statement:
    """A plain fact with words as its object, from the first sentence of the article."""
    said = Text(rest)
    asserted = Factuality.ASSERTED
    return Statement(
        key, who, f"{verb}-text", said, asserted, 0.8, piece(), verb, False, event="event-9", independent=1
    )


def known(*facts: Statement, text: str = LEAD, others: tuple[Entity, ...] = ()) -> Knowledge:
    """One article with these facts, and the people of the sample."""
    sample = knowledge()
    [paper] = [each for each in sample.documents if each.id == "a.txt"]
    block = replace(paper.blocks[0], end=len(text))
    paper = Document("a.txt", text, (block,), paper.segments, Metadata("Banks turned away"))
    entities = tuple(replace(each, documents=("a.txt",)) for each in (*sample.entities, *others))
    return replace(
        sample,
        documents=(paper,),
        entities=entities,
        events=(),
        statements=facts,
        conflicts=(),
        dependences=(),
    )


def sketched(*facts: Statement, text: str = LEAD, others: tuple[Entity, ...] = ()) -> list[tuple[str, ...]]:
    """For each line: the subject, the label, and the object (a thing or words)."""
    made = known(*facts, text=text, others=others)
    return [(line.one, line.label, line.other or line.words) for line in story(made).sketch]


def story(made: Knowledge) -> Story:
    [only] = stories(made, WORDS, sorted(made.nodes()))
    return only


def office(key: str = "st-80") -> tuple[Statement, Statement]:
    """Tom Reed holds an office in Lima; both statements are from the first sentence of the article."""
    sample = knowledge().statements[5]
    held = replace(sample, id=key, subject="Tom_Reed", object="office", evidence=piece())
    seat = replace(held, id=f"{key}x", subject="office", predicate="positionIn", object="Lima")
    return held, seat


def held(label: str) -> Entity:
    return Entity("office", label, "Position", (), ())


def test_a_story_shows_who_did_what() -> None:
    assert sketched(did("rejected", "the offers of two banks")) == [
        ("Ana_Ruiz", "rejected", "the offers of two banks")
    ]


def test_a_story_with_news_between_two_things_has_no_sketch() -> None:
    hosted = replace(knowledge().statements[0], evidence=piece("Ana Ruiz hosted Tom Reed."))
    only = story(known(hosted, did("rejected", "the offers of two banks")))
    assert only.facts == ("st-01",)
    assert only.sketch == ()


def test_those_who_did_the_same_are_joined_to_the_same_words() -> None:
    other = did("rejected", "the offers of two banks", "st-91", "Tom_Reed")
    lines = sketched(did("rejected", "the offers of two banks"), other)
    assert [line[0] for line in lines] == ["Ana_Ruiz", "Tom_Reed"]
    assert len({line[2] for line in lines}) == 1


def test_an_act_of_several_in_the_headline_is_not_drawn_again() -> None:
    both = (
        did("rejected", "the offers of banks"),
        did("rejected", "the offers of banks", "st-91", "Tom_Reed"),
    )
    made = known(*both)
    title = Metadata("Ana Ruiz and Tom Reed rejected the offers of banks")
    again = replace(made, documents=(replace(made.documents[0], metadata=title),))
    assert len(story(made).sketch) == 2
    assert story(again).sketch == ()


def test_an_event_far_from_the_beginning_is_no_act() -> None:
    late = replace(
        did("rejected", "the offers of two banks"), evidence=piece("Ana Ruiz rejected them.", LATE)
    )
    assert sketched(late) == []


def test_a_doubtful_fact_is_an_act_only_if_it_is_the_first_sentence_and_complete() -> None:
    unsure = replace(did("rejected", "the offers of two banks"), doubts=(Doubt.UNSURE,), confidence=0.5)
    assert len(sketched(unsure)) == 1
    assert sketched(replace(unsure, evidence=piece("Ana Ruiz rejected the offers.", 100))) == []
    assert sketched(replace(unsure, doubts=(Doubt.UNSURE, Doubt.POINTING))) == []
    assert sketched(replace(unsure, evidence=piece(rule="active+relative"))) == []
    assert sketched(replace(unsure, factuality=Factuality.POSSIBLE)) == []


def test_words_that_cannot_be_understood_alone_are_no_act() -> None:
    assert sketched(did("rejected", "the offers of banks in this country")) == []
    assert sketched(did("rejected", 'an offer that was "the best')) == []
    assert sketched(did("was expelled on", "2026-01-12")) == []


def test_a_plan_is_an_act_but_a_state_is_none() -> None:
    plan = replace(did("promised", "to sell the old mill"), evidence=piece(rule="speech"))
    assert sketched(plan) == [("Ana_Ruiz", "promised", "to sell the old mill")]
    assert sketched(did("lived", "in the old mill of Lima")) == []


def test_a_quotation_is_an_act_of_a_person_only_without_cuts() -> None:
    said = replace(did("said", "the mill would be sold"), evidence=piece(rule="speech"))
    assert sketched(said) == [("Ana_Ruiz", "said", "the mill would be sold")]
    assert sketched(replace(said, subject="Alpine_Rail_Co")) == []
    assert sketched(replace(said, object=Text("the mill is old. It will be sold"))) == []
    rest = ", which had been closed since the floods of that winter," * 3
    assert sketched(replace(said, object=Text(f"the mill{rest} would be sold"))) == []


def test_the_office_of_somebody_is_a_line_to_its_place() -> None:
    assert sketched(*office(), others=(held("mayor of Lima"),)) == [("Tom_Reed", "mayor of", "Lima")]
    for label in ("spokesman for Lima", "mayor"):  # "mayor" lacks its town
        assert sketched(*office(), others=(held(label),)) == []


def test_an_office_that_is_mentioned_late_is_no_line() -> None:
    late = tuple(replace(each, evidence=piece("Tom Reed is mayor.", LATE)) for each in office())
    text = "The offers of two banks were rejected on Monday."
    assert sketched(*late, text=text, others=(held("mayor of Lima"),)) == []


def test_beside_an_act_only_people_or_places_in_the_headline_have_offices() -> None:
    act = did("rejected", "the offers of two banks")
    assert len(sketched(act, *office(), others=(held("mayor of Lima"),))) == 1
    made = known(act, *office(), others=(held("mayor of Lima"),))
    [paper] = made.documents
    titled = replace(made, documents=(replace(paper, metadata=Metadata("Banks turned away by Lima")),))
    assert [line.label for line in story(titled).sketch] == ["rejected", "mayor of"]


def test_a_line_between_two_things_begins_its_article_and_needs_no_more_than_its_object() -> None:
    unsure = (Doubt.UNSURE,)
    praised = replace(did("praised", ""), object="Tom_Reed", doubts=unsure, confidence=0.5)
    assert sketched(praised) == [("Ana_Ruiz", "praised", "Tom_Reed")]
    assert sketched(replace(praised, label="spoke at", object="Lima")) == []
    assert sketched(replace(praised, confidence=0.2)) == []


def test_an_arrest_is_news_whoever_made_it() -> None:
    police = Entity("police", "Police", "Organization", (), ("a.txt",), named=False)
    arrested = replace(
        did("arrested", "", who="police"), predicate="arrested", object="Tom_Reed", known=True, confidence=0.1
    )
    arrested = replace(arrested, doubts=(Doubt.UNNAMED, Doubt.UNSURE))
    again = replace(arrested, id="st-92", subject="police-2")
    other = replace(police, id="police-2")
    assert sketched(arrested, again, others=(police, other)) == [("police", "arrested", "Tom_Reed")]
    praised = replace(arrested, predicate="praised", label="praised")
    assert sketched(praised, others=(police,)) == []
    assert story(known(arrested, others=(police,))).opening == ""  # the line tells it


def test_what_happened_in_an_earlier_season_is_no_sketch() -> None:
    assert sketched(did("rejected", "the offers of two banks")) != []
    last = "Last June Ana Ruiz rejected the offers of two banks."
    far = replace(did("rejected", "the offers of two banks"), evidence=piece(last, start=300))
    assert sketched(far, text=LEAD + " " * 300 + last) == []
    ago = "Some 65 years ago Ana Ruiz rejected the offers of two banks."
    assert sketched(replace(far, evidence=piece(ago)), text=ago) == []


def test_words_end_neither_within_a_list_nor_before_what_a_verb_needs() -> None:
    rest = (
        "the first, second and third prize of the great fair of all the villages beside the old river of Lima"
    )
    assert all("first," not in line[2] for line in sketched(did("won", f"{rest}, which rises in the hills")))
    hidden = (
        "Tom Reed of hiding the letters of the council of Lima in a cellar under the mill beside the river"
    )
    assert all(
        not line[2].endswith(" of") for line in sketched(did("accused", f"{hidden}, which had no door"))
    )


def test_the_sketch_is_drawn_from_left_to_right_or_downwards_and_opens(opened: Open) -> None:
    held_, seat = office()
    first = known(did("rejected", "the offers of two banks"), held_, seat, others=(held("mayor of Lima"),))
    second = replace(first.documents[0], id="b.txt", metadata=Metadata("Lima elects its mayor"))
    said = tuple(replace(each, document="b.txt") for each in piece())
    there = tuple(replace(each, evidence=(*said, *said)) for each in (held_, seat))
    entities = tuple(
        replace(each, documents=("b.txt",) if each.id in ("Tom_Reed", "office", "Lima") else ("a.txt",))
        for each in first.entities
    )
    made = replace(
        first,
        documents=(*first.documents, second),
        entities=entities,
        statements=(first.statements[0], *there),
    )
    shown = opened(made)
    drawings = shown.tab.locator(".drawing svg")
    labels = drawings.evaluate_all("all => all.map((each) => each.getAttribute('aria-label'))")
    assert sorted(labels) == ["Ana Ruiz rejected the offers of two banks", "Tom Reed mayor of Lima"]
    arrows = shown.tab.locator(".drawing .line line").evaluate_all(
        "all => all.map((line) => ['x1', 'y1', 'x2', 'y2'].map((name) => Number(line.getAttribute(name))))"
    )
    assert all(x2 > x1 or y2 > y1 for x1, y1, x2, y2 in arrows)
    boxes = shown.tab.locator(".drawing text").evaluate_all(
        "all => all.map((text) => text.getBBox()).map(({ x, y, width, height }) => [x, y, width, height])"
    )
    assert all(high > 0 for *_, high in boxes)
    shown.tab.locator(".drawing text", has_text="rejected").click()
    shown.tab.wait_for_selector("#card h2:has-text('Ana Ruiz')")
