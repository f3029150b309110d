"""The pages in a real browser: writing a query, reading its answer, and what the pages never do."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tests.serve.conftest import Open

if TYPE_CHECKING:
    from playwright.sync_api import Page


def write(page: Page) -> None:
    """Open the editor."""
    page.wait_for_selector("html[data-ready]")
    if page.is_hidden("#text"):
        page.click("#write")


def ask(page: Page, text: str) -> None:
    write(page)
    page.fill("#text", text)
    page.keyboard.press("Control+Enter")


def test_rows_become_a_table_with_links_to_local_pages(page: Open) -> None:
    opened = page()
    ask(opened, "SELECT ?a ?name { ?a kg:hosted ?b ; rdfs:label ?name }")
    assert opened.inner_text("#table td:nth-child(2)") == "Ana Ruiz"
    assert "1 row in" in opened.inner_text("#state")
    opened.click("#table a")
    assert opened.inner_text("h1") == "Ana Ruiz"
    assert "Ana Ruiz hosted Tom Reed in Lima on Monday." in opened.inner_text("main")


def test_syntax_highlighting_does_not_change_the_text(page: Open) -> None:
    opened = page()
    write(opened)
    text = (
        'SELECT ?a # <b>bold</b>\nWHERE {\n  ?a rdfs:label "A & <i>B</i>" ; kg:hosted ?c ; kg:hostled ?d\n}'
    )
    opened.fill("#text", text)
    assert opened.eval_on_selector("#colours", "each => each.textContent").rstrip("\n") == text
    for kind, words in {
        "keyword": ["SELECT", "WHERE"],
        "comment": ["# <b>bold</b>"],
        "string": ['"A & <i>B</i>"'],
        "unknown": ["kg:hostled"],
    }.items():
        assert opened.eval_on_selector_all(f"#colours .{kind}", "all => all.map(e => e.textContent)") == words


def test_relations_variables_and_names_are_completed_by_keyboard(page: Open) -> None:
    opened = page()
    write(opened)
    opened.fill("#text", "")
    opened.focus("#text")
    opened.keyboard.type("SELECT ?person { ?pe")
    opened.wait_for_selector("#completions:not([hidden])")
    opened.keyboard.press("Enter")
    opened.keyboard.type(" kg:hos")
    assert opened.inner_text("#completions li[aria-selected=true] b") == "kg:hosted"
    opened.keyboard.press("Tab")
    opened.keyboard.type(" d:tom")
    opened.wait_for_selector("#completions:not([hidden])")
    opened.keyboard.press("Enter")
    opened.keyboard.type(" }")
    assert opened.input_value("#text") == "SELECT ?person { ?person kg:hosted d:Tom_Reed }"
    opened.keyboard.press("Escape")
    opened.keyboard.press("Tab")  # leaves the field
    assert opened.evaluate("document.activeElement.id") == "run"


def test_an_error_is_reported_and_marked_at_its_position(page: Open) -> None:
    opened = page()
    ask(opened, "SELECT * {\n  ?a nope:met ?b\n}")
    opened.wait_for_selector("#problem:not([hidden])")
    assert 'unknown prefix "nope:"' in opened.inner_text("#problem")
    assert opened.inner_text("#colours .wrong").strip() == "?a nope:met ?b"
    ask(opened, "ASK { ?a kg:met ?b }")
    opened.wait_for_selector(".yesno")
    assert opened.inner_text(".yesno") == "Yes"
    assert not opened.is_visible("#problem")


def test_triples_are_drawn_and_can_be_downloaded(page: Open) -> None:
    opened = page()
    ask(opened, "CONSTRUCT { ?a kg:met ?b . ?a rdfs:label ?n } { ?a kg:met ?b ; rdfs:label ?n }")
    opened.wait_for_selector("html[data-drawn='2']")
    assert opened.is_visible("#network canvas")
    with opened.expect_download() as loading:
        opened.click("#downloads button:has-text('JSON-LD')")
    assert loading.value.suggested_filename == "answer.jsonld"
    held = json.loads(Path(loading.value.path()).read_text())
    assert {node["@id"] for node in held["@graph"]} == {"d:Ana_Ruiz", "d:Tom_Reed"}
    opened.click("#views button:has-text('Table')")
    assert opened.locator("#table tbody tr").count() == 4


def test_a_link_restores_the_query(page: Open) -> None:
    first = page()
    ask(first, "SELECT ?name { d:Lima rdfs:label ?name }")
    first.wait_for_selector("#table td")
    again = page(first.url.partition("/#")[2] and "#" + first.url.partition("#")[2])
    again.wait_for_selector("#table td")
    assert again.inner_text("#table td") == "Lima"


def test_a_failed_download_is_reported(page: Open) -> None:
    opened = page()
    ask(opened, "ASK {}")
    opened.wait_for_selector(".yesno")
    opened.route("**/sparql", lambda route: route.fulfill(status=400, body="too busy"))
    opened.click("#downloads button:has-text('CSV')")
    opened.locator("#state", has_text="no file: too busy").wait_for()


def test_rows_are_sorted_and_searched(page: Open) -> None:
    opened = page()
    ask(opened, 'SELECT ?name ?n { VALUES (?name ?n) { ("Tom" 10) ("Ana" 9) ("Bo" UNDEF) ("Eve" 100) } }')
    opened.wait_for_selector("#table td")

    def first() -> list[str]:
        return opened.locator("#table td:first-child").all_inner_texts()

    opened.click("#table th button:text-is('n')")
    assert first() == ["Ana", "Tom", "Eve", "Bo"]  # by value; missing values come last
    opened.click("#table th button:text-is('n')")
    assert first() == ["Eve", "Tom", "Ana", "Bo"]
    opened.fill("#find", "1")
    assert first() == ["Eve", "Tom"]
    assert opened.inner_text("#matches") == "2 of 4"
    opened.fill("#find", "nobody")
    assert first() == ["Nothing was found."]


def test_earlier_queries_can_be_repeated(page: Open) -> None:
    opened = page()
    assert not opened.is_visible("#recent")
    ask(opened, "SELECT ?name { d:Lima rdfs:label ?name }")
    opened.wait_for_selector("#table td")
    ask(opened, "ASK { ?a kg:met ?b }")
    opened.wait_for_selector(".yesno")
    again = page()
    again.select_option("#recent", label="SELECT ?name { d:Lima rdfs:label ?name }")
    again.wait_for_selector("#table td")
    assert again.inner_text("#table td") == "Lima"


def test_a_query_can_be_copied_as_a_command(page: Open, address: str) -> None:
    opened = page()
    write(opened)
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.fill(
        "#text", "SELECT ?name { d:Lima rdfs:label ?name FILTER (?name != 'it''s') }".replace("''", "\\'")
    )
    opened.click("#curl")
    opened.locator("#state", has_text="copied").wait_for()
    command = shlex.split(opened.evaluate("navigator.clipboard.readText()"))
    assert command[:3] == ["curl", f"{address}sparql", "--data-urlencode"]
    assert command[3] == f"query={opened.input_value('#text')}"


def test_lines_become_comments_and_lines_again(page: Open) -> None:
    opened = page()
    write(opened)
    opened.fill("#text", "SELECT *\n{\n}")
    opened.evaluate("document.getElementById('text').setSelectionRange(0, 10)")
    opened.keyboard.press("Control+/")
    assert opened.input_value("#text") == "# SELECT *\n# {\n}"
    opened.keyboard.press("Control+/")
    assert opened.input_value("#text") == "SELECT *\n{\n}"


def test_quoted_triples_are_shown(page: Open) -> None:
    opened = page()
    ask(opened, "SELECT * { BIND (<<( d:Lima rdfs:label 'a b' )>> AS ?said) }")
    opened.wait_for_selector("#table td")
    assert opened.inner_text("#table td") == "<<( d:Lima rdfs:label a b )>>"
    ask(opened, "CONSTRUCT { ?a kg:met <<( ?a kg:met ?a )>> } { VALUES ?a { d:Lima } }")
    opened.wait_for_selector("html[data-drawn='2']")
    opened.click("#views button:has-text('Table')")
    cells = opened.locator("#table td").all_inner_texts()
    assert cells == ["d:Lima", "kg:met", "<<( d:Lima kg:met d:Lima )>>"]


def test_text_of_articles_is_shown_as_text(page: Open) -> None:
    opened = page()
    ask(
        opened,
        "SELECT ?what { ?a schema:headline|rdfs:label ?what FILTER CONTAINS(?what, '<') } ORDER BY ?what",
    )
    opened.wait_for_selector("#table td")
    shown = opened.locator("#table td").all_inner_texts()
    assert shown == ["<script>alert(1)</script>", "Alpine <Rail> & Co"]
    assert opened.locator("#table script").count() == 0


def test_the_explorer_is_linked(page: Open) -> None:
    opened = page("explorer")
    frame = opened.frame_locator("#drawing")
    frame.locator("#graph canvas").first.wait_for()
    opened.click("nav a:has-text('Ask')")
    opened.wait_for_selector("html[data-ready]")


DENSE = """async () => {
  const { Network } = await import("/static/network.js");
  const { overlap } = await import("/static/labels.js");
  const iri = (name) => ({ type: "uri", value: `https://graph.example/${name}` });
  const triples = [];
  for (let hub = 0; hub < 4; hub += 1) {
    for (let leaf = 0; leaf < 40; leaf += 1) {
      triples.push([iri(`hub ${hub}`), iri("knows"), iri(`thing number ${hub * 15 + leaf}`)]);
    }
  }
  const names = { words: ({ value }) => value.slice(22), label: () => "knows", address: () => "" };
  document.getElementById("answer").hidden = document.getElementById("network").hidden = false;
  const network = new Network(document.getElementById("network"), triples, names);
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  while (!document.documentElement.dataset.drawn) await wait(50);
  await wait(300);
  const { labels } = network;
  const crossing = labels.placed.filter((one, at) =>
    labels.placed.slice(at + 1).some((other) => overlap(one, other)));
  const told = { nodes: labels.nodes.length, placed: labels.placed.length, crossing: crossing.length };
  const shown = () => labels.placed.map(({ words }) => words);
  const hidden = labels.nodes.find(({ words }) => !shown().includes(words));
  labels.pointed = hidden.id;
  labels.drawing.redraw();
  await wait(300);
  return { ...told, pointed: hidden.words, then: shown() };
}"""


def test_labels_in_a_crowded_network_do_not_overlap_and_appear_on_hover(page: Open) -> None:
    opened = page()
    opened.wait_for_selector("html[data-ready]")
    told = opened.evaluate(DENSE)
    assert told["nodes"] == 4 + 85
    assert 20 < told["placed"] < told["nodes"]  # too many for the available space
    assert told["crossing"] == 0
    assert told["pointed"] in told["then"]
    assert "knows" in told["then"]  # the labels of its relations appear, too
