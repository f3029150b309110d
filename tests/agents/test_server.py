"""The MCP server, queried with the protocol's own client."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from kg import ontology, pipeline
from kg.agents import tools as made
from kg.agents.tools import Tools
from kg.errors import MissingError
from tests.conftest import run_beside
from tests.sample import knowledge

SENTENCE = {
    "sentence": "Ana Ruiz hosted Tom Reed in Lima on Monday.",
    "article": "a.txt",
    "start": 0,
    "end": 43,
    "published": "2026-01-13",
    "publisher": "The Example",
}


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    pytest.importorskip("mcp", reason="mcp is not installed")
    built = pipeline.Build(knowledge(), ontology.load())
    folder = tmp_path_factory.mktemp("agents") / "graph"
    pipeline.save(built, folder)
    return Tools(built, folder, seconds=60)


def ask(tools: Tools, tool: str, /, **arguments: Any) -> Any:
    from mcp import Client

    from kg.agents.server import server

    async def asked() -> Any:
        async with Client(server(tools)) as client:
            return await client.call_tool(tool, arguments)

    found = run_beside(asked())
    return found.content[0].text if found.is_error else found.structured_content


def test_every_tool_is_described_and_only_reads(tools: Tools) -> None:
    from mcp import Client

    from kg.agents.server import server

    async def listed() -> Any:
        async with Client(server(tools)) as client:
            return (await client.list_tools()).tools, client.instructions

    found, instructions = run_beside(listed())
    names = {each.name for each in found}
    assert names == {
        "overview", "find", "facts", "explain", "who_said_what", "path", "timeline", "sparql",
    }  # fmt: skip
    assert all(each.description and each.annotations.read_only_hint for each in found)
    assert "sentences" in instructions


def test_find_lists_the_possible_referents_of_a_name(tools: Tools) -> None:
    (found,) = ask(tools, "find", name="reed")["found"]
    assert (found["id"], found["type"], found["aliases"]) == ("Tom_Reed", "Person", ["Mr Reed", "Reed"])
    assert found["articles"] == ["a.txt", "news/b.txt"]
    assert ask(tools, "find", name="d:Ana_Ruiz")["found"][0]["label"] == "Ana Ruiz"
    assert ask(tools, "find", name="Tom Red")["near"] == ["Tom Reed"]


def test_facts_are_plain_and_have_their_sentences(tools: Tools) -> None:
    found = ask(tools, "facts", name="Reed")
    assert [each["text"] for each in found["facts"]] == [
        "Ana Ruiz hosted Tom Reed",
        "Tom Reed said “We will sign a treaty.”",
        "Ana Ruiz met Tom Reed",
    ]
    assert found["about"] == [{"id": "Tom_Reed", "label": "Tom Reed", "type": "Person"}]
    assert found["facts"][0]["sentences"] == [SENTENCE]
    assert ask(tools, "facts", name="Reed", limit=1)["left"] == 2


def test_explain_says_why_a_statement_is_not_a_fact(tools: Tools) -> None:
    (denied,) = ask(tools, "explain", subject="Ruiz", relation="signed")["facts"]
    assert (denied["factuality"], denied["plain"], denied["doubts"]) == ("negated", False, ["not asserted"])
    assert denied["sentences"][0]["sentence"] == "Ruiz did not sign the treaty."


def test_who_said_what(tools: Tools) -> None:
    found = ask(tools, "who_said_what", speaker="Reed")["facts"]
    assert [(each["text"], each["factuality"], each["speaker"]) for each in found] == [
        ("Tom Reed said “We will sign a treaty.”", "asserted", ""),
        ("Tom Reed signed a treaty", "reported", "Tom Reed"),
    ]
    assert ask(tools, "who_said_what", about="treaty", speaker="Ruiz")["facts"] == []
    assert len(ask(tools, "who_said_what", about="treaty")["facts"]) == 2


def test_a_path_consists_of_facts(tools: Tools) -> None:
    (way,) = ask(tools, "path", one="Reed", other="President of Peru")["ways"]
    assert [(step["one"]["id"], step["other"]["id"]) for step in way] == [
        ("Tom_Reed", "Ana_Ruiz"),
        ("Ana_Ruiz", "President_of_Peru"),
    ]
    assert way[0]["facts"][0]["sentences"] == [SENTENCE]
    assert ask(tools, "path", one="Reed", other="President of Peru", longest=1)["ways"] == []


def test_a_timeline_is_filtered_by_day_and_name(tools: Tools) -> None:
    found = ask(tools, "timeline", name="Lima", since="2026-01", until="2026-01-12")["events"]
    assert [(each["id"], each["days"]) for each in found] == [("event-1111aaaa", "2026-01-12")]
    assert found[0]["sentences"] == [SENTENCE]
    assert {each["label"] for each in found[0]["participants"]} == {"Ana Ruiz", "Tom Reed"}
    assert ask(tools, "timeline", since="2026-02")["events"] == []
    assert len(ask(tools, "timeline")["events"]) == 2


def test_sparql_returns_the_sentences_of_statements_and_is_limited(tools: Tools) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert "longer than 0.1 seconds" in ask(dataclasses.replace(tools, seconds=0.1), "sparql", query=slow)
    found = ask(tools, "sparql", query="SELECT ?s { ?s rdf:predicate kg:hosted }")
    assert found == {"columns": ["s"], "rows": [["d:st-01"]], "left": 0, "sentences": {"d:st-01": [SENTENCE]}}


def test_a_wrong_query_is_reported(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    # In this process, because it is faster.
    monkeypatch.setattr(made, "limited", lambda work, *_, **__: work())
    assert "syntax error" in ask(tools, "sparql", query="SELECT WHERE")
    assert "read-only" in ask(tools, "sparql", query="DELETE WHERE { ?a ?b ?c }")


def test_overview_counts(tools: Tools) -> None:
    found = ask(tools, "overview")
    assert (found["things"], found["events"], found["statements"], found["plain_facts"]) == (7, 2, 8, 4)
    assert found["articles"][0]["title"] == "Ruiz hosts Reed"


def test_without_the_package_the_message_says_what_to_install(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.agents.server import server

    monkeypatch.setitem(__import__("sys").modules, "mcp.server", None)
    with pytest.raises(MissingError, match=r"kg\[mcp\]"):
        server(tools)
