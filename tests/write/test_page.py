"""The page in a real browser: drawing, search, and security."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.model import Conflict, Doubt, Factuality, Knowledge, Metadata, Text, Value
from kg.write.page import data, page
from kg.write.page.embed import joined, unpacked
from tests.sample import knowledge
from tests.write.conftest import WORDS, Open
from tests.write.synthetic import hostile, invented, pair, several


def facts(known: Knowledge) -> dict[str, dict[str, Any]]:
    """Id of each statement -> its fields."""
    columns = data(known, WORDS)["core"]["facts"]
    return {
        key: {name: column[at] for name, column in columns.items()} for at, key in enumerate(columns["id"])
    }


# -- Without a browser -------------------------------------------------------------------------


def test_a_doubtful_fact_says_why() -> None:
    known = knowledge()
    told = replace(known.statements[0], doubts=(Doubt.COMPLEMENT,))
    made = data(replace(known, statements=(told,)), WORDS)
    assert made["core"]["factualities"][made["core"]["facts"]["factuality"][0]] == "doubtful"
    assert made["facts-0"][0][-1] == ["complement lost"]


def test_the_page_of_five_articles_stays_small() -> None:
    assert len(page(invented(100, 400), WORDS).encode()) < 1_000_000


def test_the_embedded_data_are_the_given_data() -> None:
    made = unpacked(page(knowledge(), WORDS))
    assert set(made) == {"core", "facts-0", "happenings-0", "sentences-0"}
    assert made["core"]["things"]["label"][:2] == ["Ana Ruiz", "Tom Reed"]
    assert len(made["facts-0"]) == len(knowledge().statements)


def test_no_text_of_an_article_is_in_the_page_as_markup() -> None:
    text = page(hostile(), WORDS)
    assert "hacked" not in text
    blocks = text.count('<script type="application/gzip"')
    assert text.count("</script") == blocks + 2  # plus the library and our module


def test_modules_are_bundled_without_imports_exports_and_comments() -> None:
    one = "// One.\n\n/**\n * @type {number}\n */\nexport const one = 1; // stays\n"
    two = 'import { one } from "./one.js";\n/** @type {number} */ (one).x;\n'
    assert joined([one, two]) == "const one = 1; // stays\n\n/** @type {number} */ (one).x;\n"


def test_statements_implied_by_a_name_are_marked() -> None:
    known = knowledge()
    post = replace(
        known.statements[5], id="st-90", subject="President_of_Peru", object="Peru", predicate="positionIn"
    )
    found = facts(replace(known, statements=(*known.statements, post)))
    assert found["st-90"]["slight"]  # "President of Peru" has Peru in its name
    assert not found["st-06"]["slight"]


def test_a_relation_without_words_marks_no_words() -> None:
    known = knowledge()

    def surface(rule: str, words: str) -> str:
        evidence = (replace(known.statements[0].evidence[0], rule=rule, surface=words),)
        only = replace(known, events=(), statements=(replace(known.statements[0], evidence=evidence),))
        quotes = data(only, WORDS)["facts-0"][0][3]
        found: str = quotes[0][1]
        return found

    assert surface("apposition", "is") == ""  # "Ana Ruiz, the mayor, ..."
    assert surface("active+copula", "is") == "is"
    assert surface("possessive", "by") == "by"


def test_only_web_addresses_become_links() -> None:
    def url(address: str) -> str:
        known = knowledge()
        documents = tuple(replace(doc, metadata=Metadata(url=address)) for doc in known.documents)
        links: list[dict[str, str]] = data(replace(known, documents=documents), WORDS)["core"]["articles"]
        return links[0]["url"]

    assert url("https://paper.example/a?b=c") == "https://paper.example/a?b=c"
    for address in (
        "javascript:hacked()",
        " javascript:x",
        "data:text/html,x",
        "//x",
        "http://[",
        "file:///etc",
    ):
        assert url(address) == ""


def test_classes_that_look_alike_are_one_row_of_the_legend() -> None:
    families = {look["name"] for look in data(knowledge(), WORDS)["core"]["families"]}
    assert {"Person", "Organization", "Place", "Country", "Event"} <= families
    assert not {"Company", "City", "Meeting"} & families


def test_the_most_important_things_come_first() -> None:
    core = data(invented(100, 400), WORDS)["core"]
    assert len(core["first"]["things"]) <= 22
    assert max(core["first"]["things"]) < 60  # the number of a thing is its rank
    assert core["things"]["radius"] == sorted(core["things"]["radius"], reverse=True)


@pytest.mark.slow
def test_the_same_knowledge_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib; from tests.write.test_page import invented, page, WORDS;"
        "print(hashlib.sha256(page(invented(60, 150), WORDS).encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(digests) == 1


# -- What is shown -----------------------------------------------------------------------------


def test_the_first_view_draws_named_things_and_plain_facts(opened: Open) -> None:
    shown = opened(knowledge())
    # Ruiz, Reed and the position; the visit to Lima is only planned, the treaty has no name
    assert (shown.count("nodes"), shown.count("edges")) == (3, 3)
    assert shown.pixels("#2f6fdb") > 500  # two persons
    assert shown.pixels("#57606a") > 100  # a position


def test_show_all_draws_every_thing_and_every_relation(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.click("#all")
    assert (shown.count("nodes"), shown.count("edges")) == (9, 7)
    assert shown.count("lines") > 7  # also to the participants of events
    shown.tab.click("#reset")
    assert (shown.count("nodes"), shown.count("edges")) == (3, 3)


def test_fewer_things_are_shown_with_the_slider(opened: Open) -> None:
    shown = opened(invented(60, 150))
    before = shown.count("nodes")
    shown.tab.locator("#limit").fill("40")
    assert 2 <= shown.count("nodes") <= 10 < before


def test_the_slider_says_how_many_things_there_are(opened: Open) -> None:
    shown = opened(knowledge())
    assert shown.tab.inner_text("#limit-text") == "Shown: all 3 things with these filters"
    shown.tab.locator("#limit").fill("0")
    words = "the 2 that matter most of 3 things with these filters"
    assert shown.tab.inner_text("#limit-text") == f"Shown: {words}"
    assert shown.tab.locator("#limit").get_attribute("aria-valuetext") == words


OVERLAPS = """() => {
    const { camera, labels, graph, chosen } = graphPage.stage;
    const boxes = [];
    const wide = (rows, size, weight) => Math.max(...rows.map((text) => labels.width(text, size, weight)));
    for (const { thing, rows, across, down } of labels.names) {
        const [x, y] = camera.toScreen(graph.things.x[thing], graph.things.y[thing]);
        boxes.push([x + across, y + down, wide(rows, 13.5, 600), rows.length * 15]);
    }
    for (const { rows, spot } of labels.relations)
        boxes.push([...spot, wide(rows, 12, 400), rows.length * 13]);
    const clash = (a, b) =>
        Math.abs(a[0] - b[0]) * 2 < a[2] + b[2] && Math.abs(a[1] - b[1]) * 2 < a[3] + b[3];
    const overlaps = boxes.filter((one, at) => boxes.slice(at + 1).some((other) => clash(one, other))).length;
    return [overlaps, labels.names.length / chosen.size, labels.relations.length];
}"""


@pytest.mark.parametrize(("width", "height"), [(1360, 850), (390, 844)])
def test_no_labels_overlap_at_first_and_nearly_every_thing_has_one(
    opened: Open, width: int, height: int
) -> None:
    overlaps, named, relations = opened(invented(120, 400), width, height).tab.evaluate(OVERLAPS)
    assert overlaps == 0
    assert named >= 0.9
    assert relations >= 3


# Selects the things with these numbers one after the other. For each view: how many labels overlap another,
# how many neighbours are out of view, and how many lines have a label and how many there are.
CHOSEN = """async (numbers) => {
    const { stage } = graphPage;
    const found = [];
    for (const thing of numbers) {
        document.querySelector("#reset").click();
        await graphPage.open(thing);
        stage.settle();
        const { things, lines } = stage.state.emphasis;
        const hidden = [...things].filter((other) => !stage.sees(other));
        found.push([(OVERLAPS)()[0], hidden.length, stage.labels.relations.length, lines.size]);
    }
    return found;
}""".replace("OVERLAPS", OVERLAPS)


@pytest.mark.parametrize(("width", "height"), [(1360, 850), (390, 844)])
def test_around_a_selected_thing_no_labels_overlap_and_its_neighbours_are_visible(
    opened: Open, width: int, height: int
) -> None:
    views = opened(invented(120, 400), width, height).tab.evaluate(CHOSEN, list(range(0, 60, 4)))
    assert [overlaps for overlaps, *_ in views] == [0] * 15
    assert sum(hidden > 0 for _, hidden, *_ in views) <= 1
    named, lines = (sum(view[at] for view in views) for at in (2, 3))
    assert named >= 0.5 * lines > 6, (named, lines)


# Labels of things in the drawing that are cut at its edge.
CUT = """() => {
    const { labels, camera: { width, height }, camera, graph } = graphPage.stage;
    const { x, y } = graph.things;
    const inside = (left, top) => left >= 0 && top >= 0 && left <= width && top <= height;
    return labels.names.filter(({ thing, rows, across, down }) => {
        const [left, top] = camera.toScreen(x[thing], y[thing]);
        const half = Math.max(...rows.map((row) => labels.width(row, 13.5))) / 2;
        const high = rows.length * 8;
        const corner = (side) => [left + across + side * half, top + down + side * high];
        return inside(left, top) && !(inside(...corner(-1)) && inside(...corner(1)));
    }).map(({ rows }) => rows.join(" "));
}"""


@pytest.mark.parametrize(("width", "height"), [(1360, 850), (390, 844)])
def test_no_label_is_cut_at_the_edge_of_the_view(opened: Open, width: int, height: int) -> None:
    shown = opened(invented(120, 400), width, height)
    for _ in range(4):  # ever closer
        assert shown.tab.evaluate(CUT) == []
        shown.tab.evaluate("() => { graphPage.stage.camera.zoomBy(1.4); graphPage.stage.settle(); }")


def test_a_thing_and_its_neighbours_alone_are_drawn_with_all_their_relations(opened: Open) -> None:
    shown = opened(invented(120, 400))
    described = """(thing) => graphPage.choice.neighbours(thing).slice(0, 24).filter(
        (other) => graphPage.graph.kind(other) === "described").length"""
    chosen = next(thing for thing in range(100) if shown.tab.evaluate(described, thing))
    with shown.next_card():
        shown.tab.evaluate("(thing) => { graphPage.open(thing); }", chosen)
    with shown.next_card():
        shown.tab.click("#card .actions button:has-text('Only this')")
    drawn = "(chosen) => graphPage.selection.lines.filter(({ a, b }) => a === chosen || b === chosen).length"
    assert shown.tab.evaluate(drawn, chosen) == shown.count("nodes") - 1 > 1


def test_types_are_toggled_in_the_legend(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.uncheck("#families input[value=Position]")
    assert (shown.count("nodes"), shown.count("edges")) == (2, 2)


def test_relations_are_toggled_by_factuality(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.check("#factualities input[value=planned]")
    assert (shown.count("nodes"), shown.count("edges")) == (4, 4)  # Lima is added
    shown.tab.uncheck("#factualities input[value=asserted]")
    assert (shown.count("nodes"), shown.count("edges")) == (2, 1)


def test_asserted_statements_with_doubts_can_be_switched_on(opened: Open) -> None:
    known = knowledge()
    met = {"st-05": (Doubt.UNNAMED, Doubt.UNSURE)}
    told = tuple(replace(s, doubts=met.get(s.id, s.doubts)) for s in known.statements)
    shown = opened(replace(known, statements=told))
    before = shown.count("edges")
    shown.tab.select_option("#relation", label="met (1)")
    assert shown.count("edges") == 0
    shown.tab.check("#factualities input[value=doubtful]")
    assert shown.count("edges") == 1
    shown.tab.click("#reset")
    assert shown.count("edges") == before


def test_one_article_or_one_relation_alone_can_be_shown(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.select_option("#article", label="Ruiz hosts Reed")
    assert (shown.count("nodes"), shown.count("edges")) == (2, 1)
    shown.tab.click("#reset")
    shown.tab.select_option("#relation", label="met (1)")
    assert (shown.count("nodes"), shown.count("edges")) == (2, 1)


def test_if_the_filters_hide_everything_the_page_suggests_changes(opened: Open) -> None:
    shown = opened(knowledge())
    options = shown.tab.locator("#relation option").all_inner_texts()
    shown.tab.select_option("#relation", label=next(each for each in options if "sign" in each))
    assert shown.count("nodes") == 0
    assert "Nothing passes these filters together." in shown.tab.inner_text("#nothing")
    shown.tab.locator("#nothing button", has_text="unnamed").first.click()
    assert shown.count("edges") >= 1


# In the visible part, the number of things without a label, of lines shorter than the height of a label, and
# of things out of view.
UNREADABLE = """() => {
    const { stage, graph } = graphPage;
    const { x, y, radius } = graph.things;
    const named = new Set(stage.labels.names.map(({ thing }) => thing));
    const { zoom } = stage.camera;
    return [
        stage.things.filter((thing) => !named.has(thing)).length,
        stage.lines.filter(({ a, b }) =>
            zoom * Math.hypot(x[a] - x[b], y[a] - y[b]) - radius[a] - radius[b] < 16).length,
        stage.things.filter((thing) => !stage.sees(thing)).length,
    ];
}"""


def test_filtered_things_are_laid_out_again_with_all_labels(opened: Open) -> None:
    shown = opened(invented(60, 150), 1360, 850)
    choices = ("criticised", "met", "praised", "hosted")
    labels = shown.tab.locator("#relation option").all_inner_texts()
    for words in choices:
        shown.tab.select_option("#relation", label=next(each for each in labels if each.startswith(words)))
        shown.tab.evaluate("() => graphPage.stage.laid")
        assert shown.tab.evaluate(UNREADABLE) == [0, 0, 0], words
        assert shown.tab.evaluate(OVERLAPS)[0] == 0, words


def test_events_are_omitted_nodes_or_folded_into_lines(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.select_option("#happenings", "nodes")
    assert shown.count("nodes") == 3 + 2 + 1  # both meetings, and Lima, their place
    shown.tab.select_option("#happenings", "lines")
    assert shown.count("nodes") == 3 + 1


def test_things_in_few_articles_can_be_hidden(opened: Open) -> None:
    shown = opened(invented(60, 150))
    before = shown.count("edges")
    shown.tab.locator("#witnesses").fill("3")
    assert 0 < shown.count("edges") < before
    assert shown.tab.inner_text("#witnesses-text") == "at least 3 independent articles"


def dated() -> Knowledge:
    """Three relations of a pair: in 2024, in 2026, and without a date."""
    known = several()
    days = ("2024-05-01", "2026-01-12")
    told = [replace(fact, time=None) for fact in known.statements[:2]]
    for number, day in enumerate(days):
        when = replace(knowledge().events[0].time, start=day, end=day)
        told.append(
            replace(told[0], id=f"st-7{number}", predicate="praised", label=f"praised {number}", time=when)
        )
    undated = tuple(replace(each, metadata=replace(each.metadata, date="")) for each in known.documents)
    return replace(known, documents=undated, statements=tuple(told))


def test_a_period_is_selected_with_the_pointer(opened: Open) -> None:
    shown = opened(dated())
    assert shown.count("edges") == 4
    bars = shown.tab.locator("#brush > svg").bounding_box()
    assert bars
    shown.tab.mouse.move(bars["x"] + bars["width"] * 0.7, bars["y"] + 20)
    shown.tab.mouse.down()
    shown.tab.mouse.move(bars["x"] + bars["width"] * 0.9, bars["y"] + 20, steps=3)
    shown.tab.mouse.up()
    assert shown.tab.inner_text("#brush output") == "12 January 2026"
    assert shown.count("edges") == 3
    shown.tab.uncheck("#undated")
    assert shown.count("edges") == 1


def test_a_period_is_selected_with_the_keyboard(opened: Open) -> None:
    shown = opened(dated())
    shown.tab.focus("#brush input >> nth=1")
    shown.tab.keyboard.press("ArrowLeft")
    assert shown.tab.inner_text("#brush output") == "1 May 2024"
    assert shown.count("edges") == 3


def test_statements_implied_by_a_name_can_be_switched_on(opened: Open) -> None:
    known = knowledge()
    post = replace(
        known.statements[5], id="st-90", subject="President_of_Peru", object="Peru", predicate="positionIn"
    )
    shown = opened(replace(known, statements=(*known.statements, post)))
    assert shown.count("nodes") == 3
    shown.tab.check("#kinds input[value=slight]")
    assert (shown.count("nodes"), shown.count("edges")) == (4, 4)


def test_a_thing_is_expanded_into_its_neighbours(opened: Open) -> None:
    shown = opened(knowledge())
    shown.click_at(shown.where("Tom Reed"))
    assert "Show 2 hidden neighbours" in shown.card()
    shown.click("#expand")
    assert shown.count("nodes") == 5  # the treaty and Lima are added
    assert shown.tab.locator("#expand").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_empty_knowledge_gives_a_page_that_says_so(opened: Open, scheme: str) -> None:
    shown = opened(Knowledge(), scheme=scheme)
    assert shown.tab.inner_text("#nothing") == "The graph is empty."


def test_a_single_thing_without_relations_is_shown(opened: Open) -> None:
    shown = opened(replace(knowledge(), entities=knowledge().entities[1:2], events=(), statements=()))
    assert shown.count("nodes") == 1


def test_a_graph_of_claims_alone_is_shown(opened: Open) -> None:
    known = knowledge()
    claims = tuple(replace(statement, factuality=Factuality.REPORTED) for statement in known.statements)
    assert opened(replace(known, statements=claims)).count("edges") > 0


def test_a_thousand_things_are_shown_at_once_with_details_on_zoom(opened: Open) -> None:
    shown = opened(invented(700, 2000, 40))
    shown.tab.click("#all")
    assert shown.count("nodes") >= 1000
    assert shown.pixels("#2f6fdb") > 100
    drawn = shown.tab.evaluate("() => graphPage.stage.chosen.size")
    assert drawn <= 160  # all others are dots
    named = shown.tab.evaluate("() => graphPage.stage.labels.names.map(({ thing }) => thing)")
    assert set(range(30)) <= set(named)  # what matters most, wherever it stands
    shown.tab.mouse.move(*shown.where(shown.tab.evaluate("() => graphPage.graph.label(0)")))
    for _ in range(12):
        shown.tab.mouse.wheel(0, -120)
    shown.tab.wait_for_timeout(200)
    boxed = "() => [...graphPage.stage.chosen].length / graphPage.stage.labels.names.length"
    assert shown.tab.evaluate(boxed) < 1.2  # nearly all have their labels


# -- Finding -----------------------------------------------------------------------------------


def test_search_finds_other_names_without_case_or_accents(opened: Open) -> None:
    known = knowledge()
    entities = tuple(
        replace(entity, aliases=("Tomás Ñuñez",)) if entity.id == "Tom_Reed" else entity
        for entity in known.entities
    )
    shown = opened(replace(known, entities=entities))
    shown.tab.keyboard.press("/")
    shown.tab.keyboard.type("tomas nun")
    assert "Tom Reed" in shown.tab.locator("#hits li").all_inner_texts()[0]
    assert "also “Tomás Ñuñez”" in shown.tab.inner_text("#hits")  # the reason why it was found
    with shown.next_card():
        shown.tab.keyboard.press("Enter")
    assert shown.title() == "Tom Reed"
    shown.tab.keyboard.press("Escape")
    assert shown.tab.locator("#card").is_hidden()


def test_search_lists_hits_to_choose_from_with_the_arrow_keys(opened: Open) -> None:
    shown = opened(invented(60, 150))
    shown.tab.fill("#search", "tom")
    second = shown.tab.locator("#hits li span").nth(1).inner_text()
    shown.tab.press("#search", "ArrowDown")
    with shown.next_card():
        shown.tab.press("#search", "Enter")
    assert shown.title() == second


def test_search_shows_a_thing_that_the_filters_hide(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("a treaty")
    assert shown.count("nodes") == 3  # the thing itself and those related to it
    assert "known by a description" in shown.card()


def test_search_finds_sentences_and_their_statements(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.fill("#search", "did not sign")
    shown.tab.wait_for_selector("#hits mark")
    with shown.next_card():
        shown.tab.press("#search", "Enter")
    assert shown.title() == "A sentence"
    assert "Ruiz did not sign the treaty." in shown.card()
    assert "negated" in shown.card()


# -- Cards -------------------------------------------------------------------------------------


def test_clicking_a_node_shows_its_facts_and_their_sentences(opened: Open) -> None:
    shown = opened(knowledge())
    shown.click_at(shown.where("Ana Ruiz"))
    card = shown.card()
    assert "Also: President Ana Ruiz · Ruiz" in card
    assert "Ana Ruiz hosted Tom Reed in Lima on Monday." in card
    assert "Ruiz hosts Reed · The Example · 13 January 2026 · a.txt" in card
    assert "12 January 2026 (“Monday”)" in card
    assert shown.tab.locator("#card mark").first.inner_text() == "hosted"


def test_a_card_shows_speakers_and_factuality(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Tom Reed")
    card = shown.card()
    assert "reported · according to Tom Reed" in card
    assert "said “We will sign a treaty.”" in card
    assert "planned" in card


def test_a_card_orders_plain_facts_by_date_or_article(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Ana Ruiz")
    dates = shown.tab.locator("#card .story > .date, #card .story > .rest").all_inner_texts()
    rest = "Less plain: doubtful, reported, planned, denied"
    assert dates == ["12 January 2026", "No date", rest, "13 January 2026, by its article"]


def test_a_card_summarises_the_thing_without_repetition(opened: Open) -> None:
    known = knowledge()
    again = replace(known.statements[0], id="st-91", time=None)
    shown = opened(replace(known, statements=(*known.statements, again)))
    shown.search("Ana Ruiz")
    lines = shown.tab.locator("#card .sum").all_inner_texts()
    assert lines == ["President of Peru", "mostly with Tom Reed; in or about Lima"]
    assert "told 1 more time" in shown.card()
    count = shown.tab.inner_text("#card .chip >> nth=0 >> small")
    assert f"{count} statements in 2 articles" in shown.card()


def test_a_question_finds_facts_and_articles(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.fill("#search", "who hosted Reed")
    shown.tab.wait_for_selector("#hits strong")
    hits = shown.tab.locator("#hits li").all_inner_texts()
    assert hits[0] == "Facts"
    assert hits[1].startswith("Ana Ruiz hosted Tom Reed")
    shown.tab.fill("#search", "January 2026")
    shown.tab.wait_for_selector("#hits li:has-text('Articles')")
    shown.click("#hits li:has-text('Ruiz hosts Reed')")
    assert shown.title() == "Ruiz hosts Reed"


def test_a_question_word_finds_whole_words_of_relations(opened: Open) -> None:
    """The word "won" matches neither "Wonder" nor "won't"; it matches "defeated", a kind of winning."""
    known = knowledge()
    fact = next(each for each in known.statements if each.predicate == "hosted")
    told = (
        replace(fact, id="st-70", predicate="defeated", label="defeated"),
        replace(fact, id="st-71", predicate="praised", label="praised", object=Text("a wonder of the world")),
        replace(fact, id="st-72", predicate="won", label="won", object=Text("the cup"), event=""),
        replace(fact, id="st-73", predicate="won", label="won", object="Lima", event=""),
    )
    shown = opened(replace(known, statements=(*known.statements, *told)))

    def facts(question: str) -> set[str]:
        shown.tab.fill("#search", "")
        shown.tab.fill("#search", question)
        shown.tab.wait_for_selector("#hits strong")
        return set(shown.tab.locator("#hits li:has(strong) span").all_inner_texts())

    won = {"Ana Ruiz defeated Tom Reed", "Ana Ruiz won “the cup”", "Ana Ruiz won Lima"}
    assert facts("who won") == won
    assert facts("who won a medal") == won  # nobody won a medal, so the answer is everybody who won something
    assert facts("who won the cup") == won


def test_a_path_does_not_lead_through_an_unidentified_role(opened: Open) -> None:
    """Two people are not connected merely because both are called president."""
    known = knowledge()
    fact = next(each for each in known.statements if each.predicate == "hosted")
    role = next(each for each in known.entities if each.id == "President_of_Peru")
    bare = replace(role, id="president-01", label="president", named=False, aliases=())
    other = replace(
        next(each for each in known.entities if each.id == "Tom_Reed"), id="Vera", label="Vera Moss"
    )
    are = [
        replace(
            fact, id=f"st-6{at}", subject=who, predicate="holdsPosition", label="holds position", object=what
        )
        for at, (who, what) in enumerate(
            [("Ana_Ruiz", "president-01"), ("Vera", "president-01"), ("Tom_Reed", "Lima"), ("Vera", "Lima")]
        )
    ]
    shown = opened(replace(known, entities=(*known.entities, bare, other), statements=(fact, *are)))
    shown.search("Ana Ruiz")
    shown.tab.click("#path-to")
    shown.tab.fill("#goal", "Vera Moss")
    with shown.next_card():
        shown.tab.press("#goal", "Enter")
    assert "president" not in shown.tab.inner_text("#card .chain")
    assert "president" not in "".join(shown.tab.locator("#card .way").all_inner_texts())
    shown.search("president")  # but it can be one of the two ends
    shown.tab.click("#path-to")
    shown.tab.fill("#goal", "Vera Moss")
    with shown.next_card():
        shown.tab.press("#goal", "Enter")
    assert "president → Vera Moss" in shown.tab.inner_text("#card .chain")


def test_another_path_between_two_things_is_offered(opened: Open) -> None:
    known = knowledge()
    joined = [
        replace(
            known.statements[1], id=f"st-8{at}", subject=one, object="Peru", predicate="metIn", label="met in"
        )
        for at, one in enumerate(("President_of_Peru", "treaty-0a1b2c3d"))
    ]
    asserted = [replace(each, factuality=Factuality.ASSERTED, speaker="", doubts=()) for each in joined]
    shown = opened(replace(known, statements=(*known.statements, *asserted)))
    shown.search("President of Peru")
    shown.tab.click("#path-to")
    shown.tab.fill("#goal", "treaty")
    with shown.next_card():
        shown.tab.press("#goal", "Enter")
    first = shown.tab.inner_text("#card .chain")
    shown.click("#card .way")
    assert shown.tab.inner_text("#card .chain") != first


def test_a_card_can_be_filtered_by_relation(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Ana Ruiz")
    before = shown.tab.locator("#card .fact").count()
    shown.tab.locator("#card .chip", has_text="met").click()
    assert shown.tab.locator("#card .fact").count() == 1 < before
    assert "Ana Ruiz met Tom Reed" in shown.card()


def test_the_card_of_a_place_lists_its_events(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Lima")
    shown.tab.locator("#card .chip", has_text="happened here").click()
    assert "Ana Ruiz hosted Tom Reed" in shown.card()


def test_clicking_a_relation_shows_its_sentences(opened: Open) -> None:
    shown = opened(pair())
    shown.click_at(shown.line("Ana Ruiz", "Tom Reed"))
    assert shown.title() == "Ana Ruiz and Tom Reed"
    assert "1 relation" in shown.card()
    assert "Ana Ruiz hosted Tom Reed in Lima on Monday." in shown.card()


def test_relations_of_one_pair_are_one_line_until_it_is_clicked(opened: Open) -> None:
    drawn = "() => graphPage.stage.near.edges.length"
    shown = opened(several())
    assert (shown.count("edges"), shown.count("lines"), shown.tab.evaluate(drawn)) == (2, 1, 1)
    titles = shown.tab.evaluate("() => graphPage.stage.labels.relations[0].rows")
    assert titles == ["hosted", "2 relations"]
    shown.click_at(shown.line("Ana Ruiz", "Tom Reed"))
    assert shown.tab.evaluate(drawn) == 2
    card = shown.card()
    assert "2 relations" in card
    assert "hosted" in card and "met" in card
    shown.tab.keyboard.press("Escape")
    assert shown.tab.evaluate(drawn) == 1


def test_a_line_of_several_relations_lists_them_on_hover(opened: Open) -> None:
    shown = opened(several())
    shown.tab.check("#factualities input[value=reported]")
    shown.tab.check("#kinds input[value=dull]")  # praise
    shown.tab.mouse.move(*shown.line("Ana Ruiz", "Tom Reed"), steps=3)
    shown.tab.wait_for_selector("#tooltip", timeout=2000)
    tip = shown.tab.inner_text("#tooltip")
    assert "3 relations: 2 asserted, 1 reported" in tip
    assert "hosted, met, praised" in tip


def test_a_single_relation_of_a_pair_drawn_apart_can_be_opened(opened: Open) -> None:
    shown = opened(several())
    shown.click_at(shown.line("Ana Ruiz", "Tom Reed"))
    course = """(label) => {
        const { near, camera } = graphPage.stage;
        const id = near.edges.getIds().find((each) => near.edges.get(each).id.endsWith(
            String(graphPage.graph.facts.relation.indexOf(graphPage.graph.relations.indexOf(label)))));
        return near.courseOf(id, [0.5], camera).at[0];
    }"""
    shown.click_at(shown.point(course, "met"))
    assert "1 relation" in shown.card()
    assert "met" in shown.card() and "hosted" not in shown.tab.inner_text("#card .claim")
    assert shown.tab.evaluate("() => graphPage.stage.near.edges.length") == 2  # the pair is still drawn apart


@pytest.mark.parametrize(
    ("sentence", "surface", "marked"),
    [
        ("Minister Ruiz is here.", "is", ["is"]),
        ("Minister Ruiz sings.", "is", []),  # not a part of another word
        ("Ruiz (who hosted Reed) left.", "hosted", ["hosted"]),
        ("Ruiz was, at last, hosting Reed.", "was hosting", []),
    ],
)
def test_the_words_of_a_relation_are_marked_as_whole_words(
    opened: Open, sentence: str, surface: str, marked: list[str]
) -> None:
    shown = opened(several(sentence, surface))
    shown.search("Ana Ruiz")
    quote = shown.tab.locator("#card blockquote", has_text=sentence).first
    assert quote.locator("mark").all_inner_texts() == marked


def test_a_name_in_a_card_opens_its_card(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Ana Ruiz")
    with shown.next_card():
        shown.tab.locator("#card .link", has_text="Tom Reed").first.click()
    assert shown.title() == "Tom Reed"


def test_hovering_over_a_node_shows_a_tooltip(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.mouse.move(*shown.where("Ana Ruiz"), steps=3)
    shown.tab.wait_for_selector("#tooltip", timeout=2000)
    assert "person · 4 statements in 2 articles" in shown.tab.inner_text("#tooltip")


def test_the_path_between_two_things_is_shown_step_by_step(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("President of Peru")
    shown.tab.click("#path-to")
    shown.tab.fill("#goal", "treaty")
    with shown.next_card():
        shown.tab.press("#goal", "Enter")
    assert "From President of Peru to a treaty" in shown.title()
    assert "President of Peru → Ana Ruiz → a treaty" in shown.card()
    assert "did not sign" in shown.card()  # that step is a denial, and is marked as such
    assert "negated" in shown.card()


def contested() -> Knowledge:
    """The sample, with two dates for the first meeting."""
    known = knowledge()
    event = known.events[0]
    values = tuple(
        Value(day, label, (name,), event.evidence)
        for day, label, name in (
            ("2026-01-12", "12 January 2026", "a.txt"),
            ("2023-10-24", "24 October 2023", "news/b.txt"),
        )
    )
    return replace(known, conflicts=(Conflict("conflict-1", event.id, "date", "date", values),))


def test_conflicts_are_marked_and_explained(opened: Open) -> None:
    shown = opened(contested())
    shown.search("Ana Ruiz hosted")
    conflict = shown.tab.inner_text("#card .conflict")
    assert "The articles disagree: date" in conflict
    assert "12 January 2026 · 1 independent article" in conflict
    assert "24 October 2023" in conflict
    assert "news/b.txt" in conflict
    shown.tab.mouse.move(*shown.where("Ana Ruiz hosted Tom Reed"), steps=3)
    shown.tab.wait_for_selector("#tooltip", timeout=2000)
    assert "the articles disagree" in shown.tab.inner_text("#tooltip")


# -- Saving ------------------------------------------------------------------------------------


def test_the_address_contains_the_state_of_the_view(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.check("#factualities input[value=planned]")
    shown.tab.uncheck("#families input[value=Position]")
    shown.search("Lima")
    fragment = shown.tab.evaluate("() => location.hash")
    again = opened(knowledge(), fragment=fragment)
    assert again.title() == "Lima"
    assert (again.count("nodes"), again.count("edges")) == (shown.count("nodes"), shown.count("edges"))
    assert not again.tab.is_checked("#families input[value=Position]")


def test_an_address_of_another_graph_does_no_harm(opened: Open) -> None:
    fragment = "#thing=Nobody&show=x&relation=none&dates=a,b&line=A+B&with=%3Cimg%3E&factuality=odd"
    assert opened(knowledge(), fragment=fragment).tab.locator("#card").is_hidden()


def test_the_view_is_saved_as_table_and_pictures(opened: Open) -> None:
    shown = opened(knowledge())
    rows = list(csv.DictReader(shown.download("#save-csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == shown.count("edges")
    hosting = next(row for row in rows if row["relation"] == "hosted")
    assert (hosting["subject"], hosting["object"], hosting["from"]) == ("Ana Ruiz", "Tom Reed", "2026-01-12")
    assert hosting["sentence"] == "Ana Ruiz hosted Tom Reed in Lima on Monday."
    picture = shown.download("#save-png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[20:24]) > 20 + shown.tab.evaluate(
        "graphPage.stage.camera.height"
    )  # the legend
    drawing = shown.download("#save-svg").read_text(encoding="utf-8")
    assert drawing.startswith("<svg") and ">Ana Ruiz</text>" in drawing and "<script" not in drawing
    assert ">person</text>" in drawing  # the legend


def test_a_cell_is_never_a_formula(opened: Open) -> None:
    known = several()
    people = tuple(
        replace(entity, label="=1+1") if entity.id == "Tom_Reed" else entity for entity in known.entities
    )
    text = opened(replace(known, entities=people)).download("#save-csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text and ",=1+1" not in text


# -- Security ----------------------------------------------------------------------------------


def test_hostile_text_does_nothing_anywhere(opened: Open) -> None:
    shown = opened(hostile())
    elements = "img, iframe, object, form form, #card script, a[href^=javascript]"
    shown.tab.click("#all")
    for hit in range(8):
        shown.tab.fill("#search", "img")
        with shown.next_card():
            shown.tab.locator("#hits li[role=option]").nth(hit).click()
        assert "<img src=x onerror=hacked()>" in shown.card()
        assert shown.tab.locator(elements).count() == 0
    shown.tab.mouse.move(*shown.point("() => [300, 300]", None), steps=2)
    shown.tab.click("#as-table")
    assert shown.tab.locator("#table td").count() > 0
    assert shown.tab.locator(elements).count() == 0
    shown.download("#save-svg")
    assert shown.tab.locator("script:not([type='application/gzip'])").count() == 2
    assert "<img src=x onerror=hacked()>" in shown.tab.inner_text("h1")  # as text


def test_an_injected_script_would_not_run(opened: Open) -> None:
    shown = opened(knowledge())
    button = "<button id=bait onclick=hacked()>bait</button>"
    shown.tab.evaluate(f"document.querySelector('.tools').insertAdjacentHTML('beforeend', '{button}')")
    shown.tab.click("#bait")
    assert "script-src-attr" in shown.trouble
    assert "hacked" not in shown.trouble
    shown.trouble.clear()  # the reports of the policy, expected here
