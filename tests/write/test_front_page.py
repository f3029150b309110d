"""The first view of several stories."""

from __future__ import annotations

from dataclasses import replace

from kg.model import (
    Block,
    BlockKind,
    Document,
    Doubt,
    Entity,
    Event,
    Evidence,
    Knowledge,
    Metadata,
    Statement,
    Text,
    Time,
)
from kg.write.page import data
from kg.write.page.display import excerpt, opening
from kg.write.page.front_page import Story, stories
from tests.sample import knowledge
from tests.write.conftest import WORDS, Open
from tests.write.synthetic import invented


def two_stories() -> Knowledge:
    """The sample, and a copy with other people at another place."""
    known = knowledge()
    other = {entity.id: f"Other_{entity.id}" for entity in known.entities} | {
        event.id: f"{event.id}x" for event in known.events
    }

    def name(document: str) -> str:
        return f"other/{document}"

    def told(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(replace(piece, document=name(piece.document)) for piece in evidence)

    documents = tuple(
        replace(each, id=name(each.id), metadata=Metadata("Elsewhere, others meet"))
        for each in known.documents
    )
    entities: tuple[Entity, ...] = tuple(
        replace(
            e, id=other[e.id], label=f"New {e.label}", aliases=(), documents=tuple(map(name, e.documents))
        )
        for e in known.entities
    )
    events: tuple[Event, ...] = tuple(
        replace(
            e,
            id=other[e.id],
            participants=tuple((role, other[key]) for role, key in e.participants),
            place=other.get(e.place, ""),
            documents=tuple(map(name, e.documents)),
            evidence=told(e.evidence),
        )
        for e in known.events
    )
    statements = tuple(
        replace(
            s,
            id=f"{s.id}x",
            subject=other[s.subject],
            object=other[s.object] if isinstance(s.object, str) else s.object,
            speaker=other.get(s.speaker, ""),
            place=other.get(s.place, ""),
            event=other.get(s.event, ""),
            evidence=told(s.evidence),
        )
        for s in known.statements
    )
    return replace(
        known,
        documents=(*known.documents, *documents),
        entities=(*known.entities, *entities),
        events=(*known.events, *events),
        statements=(*known.statements, *statements),
    )


def found(known: Knowledge) -> list[Story]:
    return stories(known, WORDS, sorted(known.nodes()))


def test_articles_with_the_same_names_are_one_story() -> None:
    assert [story.articles for story in found(two_stories())] == [
        ("a.txt", "news/b.txt"),
        ("other/a.txt", "other/news/b.txt"),
    ]


def test_a_story_has_one_line_per_pair_the_most_interesting_one() -> None:
    [story] = found(knowledge())
    assert story.facts == ("st-01",)  # hosted; met relates the same two
    assert story.roles["Ana_Ruiz"] == "President of Peru"
    assert "President_of_Peru" not in story.things  # it is shown below her name


def test_statements_with_doubts_besides_unsure_are_not_lines() -> None:
    known = knowledge()
    cut = tuple(replace(s, doubts=(Doubt.COMPLEMENT,)) for s in known.statements)
    assert found(replace(known, statements=cut))[0].facts == ()


def test_the_headline_is_a_title_or_the_beginning_of_the_article() -> None:
    known = knowledge()
    assert found(known)[0].headline in {document.metadata.title for document in known.documents}
    text = "The ferry to Lowick sank on Monday. Nobody was hurt."
    untitled = Document("c.txt", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), ())
    assert opening(untitled) == "The ferry to Lowick sank on Monday"
    long = " ".join(["A long story of many words goes on"] * 9)
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(long)),)
    assert opening(replace(untitled, text=long, blocks=blocks)).endswith("\N{NO-BREAK SPACE}…")


def test_a_long_first_sentence_is_cut_to_a_whole_one() -> None:
    def begins(text: str, *verbs: str) -> str:
        return opening(Document("c.txt", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), ()), verbs)

    left = "The last ferry to Lowick left the harbour before dawn with the two crews of the lost boats, who"
    assert begins(f"{left} had waited for it all night.", "left") == left.removesuffix(", who")
    aside = (
        "The last ferry to Lowick, which left the harbour before dawn with the two crews of the lost boats"
    )
    assert begins(f"{aside} and all mail, has sunk.", "left") == "The last ferry to Lowick has sunk"
    setting = "With a week to go until the ferry sailed, the crews of both boats met in the old harbour"
    whole = f"{setting} of Lowick for a talk about all that had happened"
    assert begins(f"{whole}.", "met") == whole
    # A phrase that may belong to the verb is not cut silently: "linked the delay with the strike".
    linked = "The head of the harbour linked the delay of the last ferry that was to sail that night "
    rest = "with the strike of the crews of both boats, to which nobody in Lowick had paid attention"
    assert begins(f"{linked}{rest} till then.", "linked").startswith(linked + "with the strike")


def test_a_headline_has_no_agency_before_it_and_is_no_question_word() -> None:
    def begins(text: str) -> str:
        return opening(Document("c.txt", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), ()))

    assert begins("(Agency) - The ferry sank on Monday.") == "The ferry sank on Monday"
    assert begins("Gazette News, 26 March - The ferry sank on Monday.") == "The ferry sank on Monday"
    assert begins("Lowick: The ferry sank on Monday.") == "The ferry sank on Monday"
    assert begins("Why? The ferry had sunk on Monday.") == "The ferry had sunk on Monday"
    assert begins("Why?") == "Why?"


def test_a_story_without_a_line_has_the_beginning_of_its_article() -> None:
    known = knowledge()
    cut = tuple(replace(s, doubts=(Doubt.COMPLEMENT,)) for s in known.statements)
    [story] = found(replace(known, statements=cut, events=()))
    assert not (story.facts or story.sketch or story.events)
    assert story.opening
    assert story.opening in known.documents[0].text
    assert found(known)[0].opening == ""


def test_the_beginning_of_an_article_is_not_its_headline() -> None:
    def begins(text: str, headline: str) -> str:
        blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),)
        return excerpt(Document("c.txt", text, blocks, ()), headline)

    text = "The ferry to Lowick sank on Monday. Its crew of nine was saved."
    assert begins(text, "The ferry to Lowick sank on Monday") == "Its crew of nine was saved."
    assert begins(text, "The ferry to Lowick sank\N{NO-BREAK SPACE}…") == "Its crew of nine was saved."
    assert begins(text, "Nine saved") == "The ferry to Lowick sank on Monday."
    assert (
        begins("(Played in Lima.) What now? The ferry sank on Monday.", "A loss")
        == "The ferry sank on Monday."
    )
    long = "The ferry sank " + "and sank " * 40
    assert begins(long, "A loss").endswith("\N{NO-BREAK SPACE}…")


def test_an_old_event_is_no_line_unless_the_story_is_about_it() -> None:
    known = knowledge()
    old = Time("1910-08-29", "1945-09-02", "from 1910 to 1945")
    undated = [s for s in known.statements if s.id != "st-01"]
    hosted = replace(known.statements[0], time=old)
    now = Time("2026-01-13", "2026-01-13", "Tuesday")
    signed = [
        replace(known.statements[0], id=f"st-3{n}", object=end, time=now)
        for n, end in enumerate(["Lima", "Peru", "Alpine_Rail_Co"])
    ]
    background = replace(known, events=(), statements=(*undated, hosted, *signed))
    assert "st-01" not in found(background)[0].facts
    history = replace(known, events=(), statements=(*undated, hosted))
    assert "st-01" in found(history)[0].facts


NAMED = ("Tom_Reed", "Lima")


def told(*labels: tuple[str, int], facts: tuple[Statement, ...] = ()) -> Story:
    """The story of one article. `labels`: the words and the offset of each event; `facts`: other facts."""
    known = knowledge()
    [lead] = [d for d in known.documents if d.id == "a.txt"]
    events, statements = [], list(facts)
    for number, (label, start) in enumerate(labels):
        said = (at(known.events[0].evidence[0], start),)
        key = f"event-{number}"
        events.append(replace(known.events[0], id=key, label=label, type="Event", time=None, evidence=said))
        verb, _, rest = label.removeprefix("Ana Ruiz ").partition(" ")
        words = replace(known.statements[0], id=f"st-9{number}", predicate="did-text", known=False, event=key)
        statements.append(
            replace(words, label=verb, object=Text(rest), time=None, evidence=said, doubts=(), about=NAMED)
        )
    entities = tuple(replace(each, documents=(lead.id,)) for each in known.entities)
    one = replace(known, documents=(lead,), entities=entities, statements=tuple(statements), conflicts=())
    [story] = found(replace(one, events=tuple(events)))
    return story


def at(piece: Evidence, start: int) -> Evidence:
    return replace(piece, document="a.txt", start=start)


def test_an_event_that_needs_its_article_to_be_understood_is_left_out() -> None:
    assert told(("Ana Ruiz hosted Tom Reed in Lima", 0)).events == ("event-0",)
    assert told(("Ana Ruiz praised Tom Reed", 0)).events == ("event-0",)
    for label in (
        "Ana Ruiz welcomed the announcement",
        "Ana Ruiz of Lima shot 29",
        "Ana Ruiz hosted Reed (of",
        "Ana Ruiz shared it between Reed",
        "Ana Ruiz was born in Lima",
        "Ana Ruiz attacked the rules in this country",
        "Ana Ruiz wrote We were not in step at all",
    ):
        assert told((label, 0)).events == ()


def test_an_event_is_told_in_the_words_of_its_statement() -> None:
    story = told(("Ana Ruiz earned a promotion to judge in Lima", 0))
    assert story.words == ("Ana Ruiz earned a promotion to judge in Lima",)


def test_an_event_that_names_its_subject_again_is_left_out() -> None:
    assert told(("Ana Ruiz lost a temper that Ruiz has in Lima", 0)).events == ()
    assert told(("Ana Ruiz lost a temper that Reed has in Lima", 0)).events == ("event-0",)


def test_an_event_that_the_headline_tells_is_left_out() -> None:
    assert told(("Ana Ruiz hosts Reed in a village beside Lima", 0)).events == ("event-0",)
    assert told(("Ana Ruiz hosts a Mr Reed", 0)).events == ()


def test_an_event_without_a_whole_statement_is_left_out() -> None:
    known = knowledge()
    event = replace(known.events[0], id="event-9", label="Ana Ruiz hosted Tom Reed in Lima")
    assert found(replace(known, events=(event,), statements=()))[0].events == ()
    cut = replace(known.statements[0], event="event-9", doubts=(Doubt.CUT,))
    assert found(replace(known, events=(event,), statements=(cut,)))[0].events == ()


def test_a_description_of_somebody_is_no_line() -> None:
    """A line is what happened: "Ana Ruiz, founder of Alpine Rail" is a description, as is a birth."""
    known = knowledge()
    fact = next(each for each in known.statements if each.predicate == "hosted")

    def lines(predicate: str, other: str, event: str) -> tuple[str, ...]:
        early = (at(fact.evidence[0], 0),)
        is_so = replace(fact, predicate=predicate, object=other, event=event, time=None, evidence=early)
        return found(replace(known, events=(), conflicts=(), statements=(is_so,)))[0].facts

    assert lines("founded", "Alpine_Rail_Co", "event-1") == (fact.id,)
    assert lines("founded", "Alpine_Rail_Co", "") == ()
    assert lines("bornIn", "Lima", "") == ()
    assert lines("marriedTo", "Tom_Reed", "") == (fact.id,)


def test_the_news_is_what_the_article_begins_with() -> None:
    died, studied = "Ana Ruiz died in a hospital", "Ana Ruiz studied in a village"
    assert told((died, 0), (studied, 900)).events == ("event-0",)
    assert told((studied, 900), (died, 0)).events == ("event-1",)
    assert told((studied, 900)).events == ()  # far from the beginning: its background


def test_an_act_told_twice_is_one_event() -> None:
    assert len(told(("Ana Ruiz died in a hospital", 0), ("Ana Ruiz died at age 80", 60)).events) == 1


def test_background_at_the_end_of_an_article_is_no_line_beside_its_news() -> None:
    known = knowledge()
    met = next(each for each in known.statements if each.predicate == "met")
    end = (at(met.evidence[0], 700),)
    late = replace(met, id="st-80", object="Lima", time=None, evidence=end)
    assert told(facts=(late,)).facts == ("st-80",)
    assert told(("Ana Ruiz died in a hospital", 0), facts=(late,)).facts == ()
    assert told(facts=(replace(late, evidence=(at(met.evidence[0], 2000),)),)).facts == ()


def test_somebody_who_only_reports_a_story_is_not_one_of_its_faces() -> None:
    known = knowledge()
    papers = tuple(replace(d, metadata=replace(d.metadata, authors=("Tom Reed",))) for d in known.documents)
    alone = replace(known, events=(), statements=())
    assert "Tom_Reed" in found(alone)[0].things
    assert "Tom_Reed" not in found(replace(alone, documents=papers))[0].things


def test_the_page_refers_to_things_by_its_own_numbers() -> None:
    core = data(two_stories(), WORDS)["core"]
    labels = core["things"]["label"]
    assert [len(story["articles"]) for story in core["stories"]] == [2, 2]
    assert {labels[thing] for thing in core["stories"][1]["things"]} >= {"New Ana Ruiz", "New Tom Reed"}


def test_the_first_view_of_several_stories_is_a_front_page_that_opens_each(opened: Open) -> None:
    shown = opened(two_stories())
    assert shown.tab.locator(".headline").all_inner_texts() == ["Ruiz hosts Reed", "Elsewhere, others meet"]
    assert shown.tab.locator(".drawing svg").first.get_attribute("aria-label") == "Ana Ruiz hosted Tom Reed"
    shown.click(".headline >> nth=1")
    assert shown.title() == "Elsewhere, others meet"
    drawn = shown.tab.evaluate("() => graphPage.stage.things.map((thing) => graphPage.graph.label(thing))")
    assert drawn
    assert all(label.startswith("New ") for label in drawn)
    shown.tab.click("#trail button")
    assert shown.tab.locator(".headline").count() == 2
    shown.search("New Tom Reed")
    assert shown.tab.locator("#front").is_hidden()
    assert "New Ana Ruiz" in shown.tab.evaluate(
        "() => graphPage.stage.things.map((thing) => graphPage.graph.label(thing))"
    )


def test_a_layout_that_glides_into_place_fills_the_room_beside_its_card(opened: Open) -> None:
    shown = opened(invented(60, 150), 1280, 720)
    shown.tab.emulate_media(reduced_motion="no-preference")
    shown.tab.evaluate("() => graphPage.open(0)")
    shown.tab.wait_for_timeout(50)
    shown.tab.wait_for_function("() => !graphPage.stage.gliding")
    # the zoom fits the final layout, not the view while things were still moving
    zoom, least = shown.tab.evaluate("() => [graphPage.stage.camera.zoom, graphPage.stage.camera.limits[0]]")
    assert zoom > 1.5 * least


def test_the_graph_is_drawn_behind_the_stories(opened: Open) -> None:
    shown = opened(two_stories())
    shown.tab.click("#as-graph")
    assert shown.pixels("#2f6fdb") > 500
    shown.tab.click("#as-stories")
    shown.tab.click("#as-graph")
    assert shown.pixels("#2f6fdb") > 500


def test_the_legend_of_the_front_page_is_of_the_lines_that_it_draws(opened: Open) -> None:
    known = two_stories()
    unsure = replace(
        known, statements=tuple(_unsure(s) if s.id.endswith("x") else s for s in known.statements)
    )
    for graph, dotted in ((known, False), (unsure, True)):
        shown = opened(graph)
        assert shown.tab.locator(".drawing .line line").count() == 2
        drawn = shown.tab.locator(".drawing .line line").evaluate_all(
            "all => all.map((line) => line.getAttribute('stroke-dasharray') || 'solid')"
        )
        assert sorted(drawn) == (["2 3", "solid"] if dotted else ["solid", "solid"])
        legend = shown.tab.inner_text("#marks")
        assert "asserted:" in legend
        assert ("doubtful: asserted too, but perhaps misread" in legend) == dotted
        assert "larger" not in legend  # all symbols have one size
        assert shown.tab.locator("#factualities").is_hidden()
        shown.tab.click("#as-graph")
        assert "the larger" in shown.tab.inner_text("#marks")
        assert shown.tab.locator("#factualities").is_visible()


def _unsure(fact: Statement) -> Statement:
    return replace(fact, doubts=fact.doubts or (Doubt.UNSURE,), confidence=0.55)


def test_the_numbers_of_the_front_page_say_what_they_count(opened: Open) -> None:
    known = two_stories()
    shown = opened(known)
    named = shown.tab.evaluate("() => graphPage.graph.things.kind.filter((kind) => kind === 0).length")
    assert f"{named} names" in shown.tab.inner_text("#summary")
    told = shown.tab.inner_text("#limit-text")
    assert told.startswith("In the graph: ")
    assert told.endswith(" things with these filters")
    shown.tab.click("#as-graph")
    assert shown.tab.inner_text("#limit-text") == told.replace("In the graph", "Shown")


def test_a_statement_that_only_dates_another_event_is_no_line() -> None:
    known = knowledge()
    fact = next(each for each in known.statements if each.predicate == "hosted")

    def lines(sentence: str) -> tuple[str, ...]:
        piece = replace(at(fact.evidence[0], 0), sentence=sentence, surface="hosted")
        one = replace(fact, evidence=(piece,))
        return found(replace(known, events=(), conflicts=(), statements=(one,)))[0].facts

    assert lines("Before Ana Ruiz hosted Tom Reed, the village was quiet.") == ()
    assert lines("Before the vote, Ana Ruiz hosted Tom Reed.") == (fact.id,)
    assert lines("Ana Ruiz hosted Tom Reed before the vote, officials said.") == (fact.id,)


def test_an_event_in_words_is_what_happened() -> None:
    assert told(("Ana Ruiz lost a case in Lima", 0)).events == ("event-0",)
    for label in (
        "Ana Ruiz spent years in the north of Lima",  # lasts
        "Ana Ruiz lived in the old town of Lima",  # a state
        "Ana Ruiz announced a new plan for Lima",  # words
        "Ana Ruiz won a race in Lima 30 years ago",
    ):
        assert told((label, 0)).events == ()


def test_a_long_event_ends_before_an_adjunct_or_is_left_out() -> None:
    won = "Ana Ruiz won her second gold medal at the games of Lima"
    late = f"{won} after she had left all others far behind in the last mile of the race"
    assert told((late, 0)).words == (won,)
    torn = (
        "Ana Ruiz signed papers of a contract between the owners of the mill and people of all the villages"
    )
    assert told((f"{torn} beside the river", 0)).events == ()


def test_a_line_of_a_relation_that_kg_does_not_know_is_news_only_at_the_beginning_and_if_sure() -> None:
    known = knowledge()
    fact = next(each for each in known.statements if each.predicate == "hosted")

    def lines(start: int, confidence: float, label: str = "was arrested in") -> tuple[str, ...]:
        said = (at(fact.evidence[0], start),)
        made = replace(fact, predicate="was-arrested-in", known=False, label=label, object="Lima", time=None)
        made = replace(made, evidence=said, confidence=confidence)
        return found(replace(known, events=(), conflicts=(), statements=(made,)))[0].facts

    assert lines(0, 0.8) == (fact.id,)
    assert lines(0, 0.4) == ()
    assert lines(700, 0.8) == ()
    assert lines(0, 0.8, "was staying in") == ()


def test_a_thing_that_matters_more_in_other_stories_is_background() -> None:
    known = two_stories()
    hosted = next(each for each in known.statements if each.id == "st-01")
    here = replace(hosted.evidence[0], document="other/a.txt")
    there = [replace(hosted.evidence[0], document=name) for name in ("a.txt", "news/b.txt")]
    shared = replace(hosted, evidence=(*there, here), independent=3)
    others = tuple(each for each in known.statements if each.id != "st-01")
    first, second = found(replace(known, statements=(*others, shared)))
    assert "st-01" in first.facts and "st-01" not in second.facts


def test_somebody_who_is_only_credited_is_no_face() -> None:
    known = knowledge()
    credit = "Jo Poe contributed reporting from Lima."
    said = replace(known.statements[0].evidence[0], document="a.txt", start=500, sentence=credit)
    poe = Entity("Jo_Poe", "Jo Poe", "Person", (), ("a.txt",))
    fact = replace(
        known.statements[0], id="st-70", subject="Jo_Poe", object=Text("reporting"), evidence=(said,)
    )
    one = replace(known, entities=(*known.entities, poe), statements=(*known.statements, fact))
    assert "Jo_Poe" not in found(one)[0].things
    other = replace(fact, evidence=(replace(said, sentence="Jo Poe contributed soup."),))
    assert "Jo_Poe" in found(replace(one, statements=(*known.statements, other)))[0].things
