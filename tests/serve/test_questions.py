"""The questions of the query page in a real browser, without knowledge of SPARQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.serve.conftest import Open

if TYPE_CHECKING:
    from playwright.sync_api import Page

MET = "form[data-name=who-met-whom]"
DID = "form[data-name=what-a-person-did]"


def answers(page: Page) -> list[str]:
    """The answers, after their sentences have loaded."""
    page.wait_for_selector("html[data-told]")
    return [words.removesuffix("On the graph") for words in page.locator(".told li > p").all_inner_texts()]


def test_a_name_is_completed_and_the_chosen_one_is_queried(page: Open) -> None:
    opened = page()
    opened.wait_for_selector("html[data-ready]")
    opened.click(f"{MET} input")
    opened.keyboard.type("mr re")
    opened.click(f"{MET} [role=option]:has-text('Tom Reed')")
    assert answers(opened) == [
        "Ana Ruiz hosted Tom Reed, 12 January 2026, in Lima",
        "Ana Ruiz met Tom Reed, in Lima",
    ]
    assert opened.inner_text("#asked") == "Who met Tom Reed?"
    assert "Ana Ruiz hosted Tom Reed in Lima on Monday." in opened.inner_text(".told blockquote")
    assert "a.txt, characters 0 to 43" in opened.inner_text(".told blockquote")
    assert opened.get_attribute(".told blockquote a", "href") == "/data/article-a.txt"


def test_the_keyboard_alone_is_enough(page: Open) -> None:
    opened = page()
    opened.wait_for_selector("html[data-ready]")
    opened.focus(f"{DID} input")
    opened.keyboard.type("ru")
    opened.wait_for_selector(f"{DID} [role=option]")
    opened.keyboard.press("ArrowDown")
    field = opened.locator(f"{DID} input")
    assert field.get_attribute("aria-activedescendant") == "what-a-person-did-person-0"
    opened.keyboard.press("Enter")
    told = answers(opened)
    assert opened.evaluate("document.activeElement.id") == "asked"
    assert field.input_value() == "Ana Ruiz"
    assert told[0] == "Ana Ruiz hosted Tom Reed, 12 January 2026, in Lima"
    assert "Ana Ruiz signed a treatydenied" in [words.replace("\n", "") for words in told]


def test_typed_words_are_queried_unchanged(page: Open) -> None:
    opened = page()
    opened.wait_for_selector("html[data-ready]")
    opened.fill(f"{DID} input", 'ru"iz')
    opened.press(f"{DID} input", "Enter")
    opened.locator("#sentences", has_text="The articles say nothing of this.").wait_for()
    opened.fill(f"{DID} input", "")
    opened.click(f"{DID} button")  # a required blank is empty: no query is sent
    assert "ru%22iz" in opened.url
    assert opened.evaluate("document.activeElement.name") == "person"


def test_months_are_those_of_the_graph(page: Open) -> None:
    opened = page()
    opened.wait_for_selector("html[data-ready]")
    at = "form[data-name=events-at-a-place]"
    opened.fill(f"{at} input[name=place]", "Lima")
    opened.click(f"{at} input[name=month]")
    opened.click(f"{at} [role=option]:has-text('January 2026')")
    assert answers(opened) == ["12 January 2026: Ana Ruiz hosted Tom Reed"]
    assert opened.inner_text("#asked") == "What happened at Lima in January 2026?"


def test_an_answer_opens_the_graph_page_at_its_relation(page: Open) -> None:
    opened = page("#question=who-met-whom&person=d%3ATom_Reed")
    answers(opened)
    assert opened.get_attribute(".told a:has-text('Ana Ruiz')", "href") == "/explorer#thing=Ana_Ruiz"
    opened.click(".told .open")
    opened.frame_locator("#drawing").locator("#card h2", has_text="Ana Ruiz and Tom Reed").wait_for()


def test_a_chosen_thing_is_the_only_one_that_is_looked_at(page: Open) -> None:
    opened = page("#question=what-a-person-did&person=d%3ATom_Reed")
    answers(opened)
    opened.click("#edit")
    tom = "<https://kg.example/data/Tom_Reed>"
    assert f"VALUES (?person ?a) {{ ({tom} {tom}) }}" in opened.input_value("#text")


def test_the_query_can_be_read_and_changed(page: Open) -> None:
    opened = page("#question=who-met-whom&person=d%3ATom_Reed")
    assert len(answers(opened)) == 2
    assert opened.input_value(f"{MET} input") == "Tom Reed"
    opened.click("#edit")
    text = opened.input_value("#text")
    assert "VALUES ?person { <https://kg.example/data/Tom_Reed> }" in text
    opened.fill("#text", text.replace("kg:met, kg:hosted,", "kg:met,").replace("Tom_Reed", "Ana_Ruiz"))
    opened.keyboard.press("Control+Enter")
    opened.locator("#state", has_text="1 answer in").wait_for()
    assert answers(opened) == ["Ana Ruiz met Tom Reed, in Lima"]
    opened.click("#views button:has-text('Table')")
    assert opened.locator("#table td").first.inner_text() == "Ana Ruiz"


def test_back_returns_to_the_previous_question(page: Open) -> None:
    opened = page("#question=who-met-whom")
    assert len(answers(opened)) == 2
    opened.click("button:has-text('What happened when?')")
    opened.locator("#asked", has_text="What happened when?").wait_for()
    opened.go_back()
    opened.locator("#asked", has_text="Who met any person?").wait_for()


def test_each_question_is_answered(page: Open) -> None:
    opened = page()
    opened.wait_for_selector("html[data-ready]")
    opened.fill("form[data-name=how-two-are-connected] input[name=one]", "President of Peru")
    opened.fill("form[data-name=how-two-are-connected] input[name=other]", "Reed")
    opened.fill("form[data-name=where-a-triple-comes-from] input[name=subject]", "Reed")
    opened.fill(f"{DID} input", "Reed")
    opened.fill("form[data-name=events-at-a-place] input[name=place]", "Lima")
    for form in opened.locator("#questions form").all():
        asked = (form.get_attribute("data-name") or "").removesuffix("?")
        form.locator("button").click()
        opened.wait_for_function(f"location.hash.includes('question={asked}')")
        opened.locator("#state", has_text=re.compile(r"\d+ (answer|row)s? in")).wait_for()
        assert opened.is_hidden("#problem"), asked


def test_a_busy_server_is_reported_and_earlier_answers_stay(page: Open) -> None:
    opened = page("#question=who-met-whom")
    assert len(answers(opened)) == 2
    opened.route("**/sparql", lambda route: route.fulfill(status=400, body="all workers are busy"))
    opened.click(f"{MET} button")
    opened.locator("#problem", has_text="all workers are busy").wait_for()
