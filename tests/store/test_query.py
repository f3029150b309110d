"""Queries over the sample: the named ones row by row, errors, forms and formats of results."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store

from kg.model import Factuality, Knowledge, Text
from kg.rdf.graph import triples
from kg.store import oxigraph
from kg.store.query import FORMATS, Form, NamedQuery, QueryError, ask, named, run
from tests.rdf.small import ontology
from tests.sample import disputed, knowledge
from tests.store.raw import DAY, certificate, tls

QUERIES = {query.name: query for query in named()}
BLANK = re.compile(r"\{(\w+)\}")
D = "https://kg.example/data/"


def stored(path: Path, known: Knowledge, base: str = "https://kg.example/data/") -> Store:
    parts = triples(known, ontology(), base)
    oxigraph.create(path, (triple for part in parts.values() for triple in part))
    return oxigraph.open_store(path)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield stored(tmp_path_factory.mktemp("store") / "sample", knowledge())


def rows(store: Store, name: str, **parameters: str) -> list[tuple[str, ...]]:
    return run(store, QUERIES[name].text, parameters).table()[1]


# -- named queries -----------------------------------------------------------------------------------


def test_who_met_whom(store: Store) -> None:
    assert rows(store, "who-met-whom") == [
        ("Ana Ruiz", "hosted", "Tom Reed", "2026-01-12", "Lima", "1", "d:st-01"),
        ("Ana Ruiz", "met", "Tom Reed", "", "Lima", "1", "d:st-05"),
    ]
    assert [row[-1] for row in rows(store, "who-met-whom", person="mr reed")] == ["d:st-01", "d:st-05"]
    assert [row[-1] for row in rows(store, "who-met-whom", person=f"<{D}Tom_Reed>")] == ["d:st-01", "d:st-05"]
    assert rows(store, "who-met-whom", person="Peru") == []


def test_what_a_person_did(store: Store) -> None:
    assert [row[:6] for row in rows(store, "what-a-person-did", person="ruiz")] == [
        ("Ana Ruiz", "hosted", "Tom Reed", "asserted", "2026-01-12", "Lima"),
        ("Ana Ruiz", "holds position", "President of Peru", "asserted", "", ""),
        ("Ana Ruiz", "met", "Tom Reed", "asserted", "", "Lima"),
        ("Ana Ruiz", "signed", "a treaty", "negated", "", ""),  # not a plain fact
    ]


def test_a_name_also_matches_by_its_aliases(store: Store) -> None:
    assert {row[0] for row in rows(store, "what-a-person-did", person="Mr Reed")} == {"Tom Reed"}
    assert rows(store, "what-a-person-did", person="nobody") == []


def test_how_two_are_connected(store: Store) -> None:
    direct = rows(store, "how-two-are-connected", one="Ruiz", other=f"<{D}Tom_Reed>")
    assert [row[0] for row in direct] == ["Ana Ruiz hosted Tom Reed", "Ana Ruiz met Tom Reed"]
    assert rows(store, "how-two-are-connected", one="President of Peru", other="Reed") == [
        ("Ana Ruiz holds position President of Peru", "Ana Ruiz hosted Tom Reed", "d:st-06", "d:st-01"),
        ("Ana Ruiz holds position President of Peru", "Ana Ruiz met Tom Reed", "d:st-06", "d:st-05"),
    ]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_question_has_a_blank_per_parameter_and_existing_columns(store: Store, query: NamedQuery) -> None:
    assert query.ask.endswith("?")
    assert sorted(BLANK.findall(query.ask)) == sorted(each.name for each in query.parameters)
    assert set(BLANK.findall(query.answer)) <= set(run(store, query.text).columns)
    assert all(each.meaning and each.example for each in query.parameters)


def test_timeline(store: Store) -> None:
    assert rows(store, "timeline") == [
        ("2026-01-12", "Ana Ruiz hosted Tom Reed", "meeting", "Lima", "asserted", "d:event-1111aaaa")
    ]


HOSTED = (
    "Lima", "Ana Ruiz hosted Tom Reed", "2026-01-12", "asserted", "Ana Ruiz, Tom Reed", "d:event-1111aaaa",
)  # fmt: skip


def test_events_at_a_place(store: Store) -> None:
    assert rows(store, "events-at-a-place", place="lim") == [
        ("Lima", "Ana Ruiz met Tom Reed", "", "asserted", "Ana Ruiz, Tom Reed", "d:event-2222bbbb"),
        HOSTED,
    ]
    assert rows(store, "events-at-a-place", place="Lima", month="2026-01") == [HOSTED]
    assert rows(store, "events-at-a-place", place=f"<{D}Lima>", month="2026") == [HOSTED]
    assert rows(store, "events-at-a-place", place="Lima", month="2026-02") == []
    assert rows(store, "events-at-a-place", place="Peru") == []


def test_where_a_triple_comes_from(store: Store) -> None:
    found = rows(store, "where-a-triple-comes-from", subject="Ruiz", relation="hosted", object="Reed")
    sentence = "Ana Ruiz hosted Tom Reed in Lima on Monday."
    expected = (
        "Ana Ruiz hosted Tom Reed",
        "asserted",
        "",
        "a.txt 0-43",
        sentence,
        "active",
        "0.9",
        "d:st-01",
    )
    assert found == [expected]
    assert rows(store, "where-a-triple-comes-from", subject="Ruiz", object=f"<{D}Lima>") == []
    assert len(rows(store, "where-a-triple-comes-from", subject="Reed")) == 4


def test_most_mentioned(store: Store) -> None:
    assert [row[:4] for row in rows(store, "most-mentioned")] == [
        ("Tom Reed", "person", "2", "6"),
        ("Ana Ruiz", "person", "2", "4"),
        ("Lima", "city", "2", "1"),
        ("President of Peru", "position", "1", "1"),
        ("Alpine <Rail> & Co", "company", "1", "0"),
        ("Peru", "country", "1", "0"),
    ]


def test_who_said_what(store: Store) -> None:
    assert rows(store, "who-said-what") == [
        ("Tom Reed", "claimed", "Tom Reed signed a treaty", "reported", "a.txt", "d:st-03"),
        ("Tom Reed", "said", "We will sign a treaty.", "asserted", "a.txt", "d:st-02"),
    ]
    assert len(rows(store, "who-said-what", speaker="Mr Reed", topic="treaty")) == 2
    assert len(rows(store, "who-said-what", topic=f"<{D}treaty-0a1b2c3d>")) == 1
    assert rows(store, "who-said-what", topic="the sea") == rows(store, "who-said-what", speaker="Ruiz") == []


def test_a_quotation_is_about_the_referents_of_its_words(tmp_path: Path) -> None:
    said = replace(knowledge().statements[1], object=Text("She will sign."), about=("Ana_Ruiz",))
    held = stored(tmp_path / "s", replace(knowledge(), statements=(said,)))
    for topic in ("ruiz", "President Ana", f"<{D}Ana_Ruiz>"):
        assert [row[2] for row in rows(held, "who-said-what", topic=topic)] == ["She will sign."]
    assert rows(held, "who-said-what", topic=f"<{D}Tom_Reed>") == []  # a speaker is not a topic


def test_a_possibility_stated_by_a_speaker_is_not_a_claim(tmp_path: Path) -> None:
    claim = replace(knowledge().statements[2], factuality=Factuality.POSSIBLE)
    found = rows(stored(tmp_path / "s", replace(knowledge(), statements=(claim,))), "who-said-what")
    assert [row[3] for row in found] == ["possible"]


def test_only_people_and_organisations_meet(tmp_path: Path) -> None:
    met = knowledge().statements[4]
    country = replace(met, id="st-21", object="Peru")
    company = replace(met, id="st-22", object="Alpine_Rail_Co")
    ally = replace(met, id="st-23", predicate="discussed", label="discussed")
    found = rows(
        stored(tmp_path / "s", replace(knowledge(), statements=(country, company, ally))), "who-met-whom"
    )
    assert [row[:3] for row in found] == [("Ana Ruiz", "met", "Alpine <Rail> & Co")]


def test_article_overview(store: Store) -> None:
    assert rows(store, "article-overview") == [
        ("news/b.txt", "", "7", "3", "Other Paper", "<script>alert(1)</script>"),
        ("a.txt", "2026-01-13", "5", "5", "The Example", "Ruiz hosts Reed"),
    ]


def test_articles_that_agree_do_not_disagree(store: Store) -> None:
    assert rows(store, "disagreements") == []
    assert rows(store, "dependences") == []


def test_disagreements(tmp_path: Path) -> None:
    held = stored(tmp_path / "s", disputed())
    assert [row[0] for row in rows(held, "disagreements", topic="alpine")] == ["Alpine <Rail> & Co"] * 2
    assert len(rows(held, "disagreements", topic=f"<{D}Tom_Reed>")) == 4  # he took part in two events
    assert [row[:5] for row in rows(held, "disagreements")] == [
        ("Alpine <Rail> & Co", "type", "company", "1", "a.txt, news/b.txt"),
        ("Alpine <Rail> & Co", "type", "person", "1", "news/b.txt"),
        ("Ana Ruiz hosted Tom Reed", "date", "12 January 2026", "1", "a.txt"),
        ("Ana Ruiz hosted Tom Reed", "date", "2025", "1", "news/b.txt"),
        ("Ana Ruiz met Tom Reed", "place", "Lima", "1", "a.txt"),
        ("Ana Ruiz met Tom Reed", "place", "Peru", "1", "news/b.txt"),
    ]


def test_dependences(tmp_path: Path) -> None:
    sentence = disputed().dependences[0].evidence[0].sentence
    assert rows(stored(tmp_path / "s", disputed()), "dependences") == [
        ("news/b.txt", "cites", "a.txt", "some", "", sentence),
        ("news/b.txt", "copies", "a.txt", "all", "0.5", sentence),
        ("news/b.txt", "credits", "Lima Post", "all", "", ""),
    ]


@pytest.mark.parametrize("name", QUERIES)
def test_a_named_query_explains_itself(name: str, store: Store) -> None:
    query = QUERIES[name]
    assert query.title and query.description.endswith(".")
    assert all(parameter.meaning and parameter.example for parameter in query.parameters)
    run(store, query.text, {parameter.name: parameter.example for parameter in query.parameters})


@pytest.mark.parametrize("name", QUERIES)
def test_a_named_query_gives_the_same_in_another_store(name: str, store: Store) -> None:
    """rdflib represents other stores: the queries use no extensions of Oxigraph."""
    result = run(store, QUERIES[name].text)
    graph = rdflib.Graph()
    for quad in store:
        graph.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")
    found = graph.query(QUERIES[name].text, initNs=result.names.prefixes)
    assert [str(each) for each in found.vars or ()] == list(result.columns)
    mine = [tuple("" if term is None else term.value for term in row) for row in result.rows]  # type: ignore[union-attr]
    theirs = [tuple("" if term is None else str(term) for term in row) for row in found]  # type: ignore[union-attr]
    assert sorted(mine) == sorted(theirs)


# -- any query ---------------------------------------------------------------------------------------


def test_prefixes_are_predefined(store: Store) -> None:
    assert run(store, "SELECT ?who { d:Ana_Ruiz kg:hosted ?who }").table() == (("who",), [("d:Tom_Reed",)])


def test_prefixes_may_also_be_declared(store: Store) -> None:
    typed = "PREFIX d: <https://kg.example/data/> PREFIX my: <https://kg.example/ontology#>\n"
    assert len(run(store, typed + "SELECT ?who { d:Ana_Ruiz my:hosted ?who }").rows) == 1


def test_the_data_prefix_is_that_of_the_build(tmp_path: Path) -> None:
    other = stored(tmp_path / "s", knowledge(), "https://news.example/graph/")
    assert run(other, "SELECT ?who { d:Ana_Ruiz kg:hosted ?who }").table()[1] == [("d:Tom_Reed",)]


def test_ask(store: Store) -> None:
    result = run(store, "ASK { d:Ana_Ruiz kg:hosted d:Tom_Reed }")
    assert (result.form, result.answer, result.table()) == (Form.YES_NO, True, (("answer",), [("yes",)]))
    assert json.loads(result.render("json"))["boolean"] is True
    assert not run(store, "ASK { d:Tom_Reed kg:hosted d:Ana_Ruiz }").answer


def test_construct_is_sorted_turtle_with_prefixes(store: Store) -> None:
    result = run(store, "CONSTRUCT { ?s kg:hosted ?o . ?o a kg:Guest } WHERE { ?s kg:hosted ?o }")
    assert result.render("turtle") == (
        "@prefix d: <https://kg.example/data/> .\n"
        "@prefix kg: <https://kg.example/ontology#> .\n"
        "\n"
        "d:Ana_Ruiz kg:hosted d:Tom_Reed .\n"
        "d:Tom_Reed a kg:Guest .\n"
    )


def test_blank_nodes_of_a_template_have_stable_names(store: Store) -> None:
    query = "CONSTRUCT { [] kg:who ?s } WHERE { ?s a kg:Person }"
    assert run(store, query).render("turtle") == run(store, query).render("turtle")


def test_describe(store: Store) -> None:
    result = run(store, "DESCRIBE d:Lima")
    assert ("d:Lima", "rdfs:label", "Lima") in result.table()[1]
    assert result.form is Form.TRIPLES


def test_rows_in_every_format(store: Store) -> None:
    result = run(store, "SELECT ?o ?l { ?o rdfs:label ?l ; a kg:Company }")
    assert result.render("csv") == "o,l\r\nhttps://kg.example/data/Alpine_Rail_Co,Alpine <Rail> & Co\r\n"
    assert result.render("tsv") == '?o\t?l\n<https://kg.example/data/Alpine_Rail_Co>\t"Alpine <Rail> & Co"\n'
    assert json.loads(result.render("json"))["results"]["bindings"][0]["l"]["value"] == "Alpine <Rail> & Co"
    assert "Alpine &lt;Rail&gt; &amp; Co" in result.render("xml")


@pytest.mark.parametrize("format_", [*FORMATS, "turtle", "pdf"])
def test_a_query_form_is_shown_only_in_its_formats(store: Store, format_: str) -> None:
    for query, fits in (
        ("SELECT ?s { ?s a kg:Person }", format_ in FORMATS),
        ("ASK { ?s a kg:Person }", format_ in FORMATS),
        ("DESCRIBE d:Lima", format_ == "turtle"),
    ):
        if fits:
            assert run(store, query).render(format_)
        else:
            with pytest.raises(QueryError, match="cannot be shown as"):
                run(store, query).render(format_)


def test_a_table_holds_no_control_characters(tmp_path: Path) -> None:
    first = replace(knowledge().statements[1], object=Text("red \x1b[31m\nalert\x9b1m\u2028"))
    other = stored(tmp_path / "s", replace(knowledge(), statements=(first,)))
    ((shown,),) = run(other, "SELECT ?o { ?s kg:said ?o }").table()[1]
    assert shown == "red \ufffd[31m alert 1m "


@pytest.mark.parametrize(
    ("query", "line", "column", "message"),
    [
        (
            "SELECT ?s { ?s a foo:bar }",
            1,
            18,
            'unknown prefix "foo:"; known are d:, dct:, foaf:, kg:, kgr:, ',
        ),
        ("SELECT ?s WHERE { ?s a kg:Person . FILTER(?x = ) }", 1, 48, "syntax error at: )"),
        ("SELECT ?s {\n ?s kg:met ?o\n} ORDER BYE ?s", 3, 11, "syntax error at: E"),
        ("SELECT ?s WHERE {\n ?s ?p ?o .\n ?s ?p\n}\nORDER BY ?s", 3, 2, "syntax error at"),
        ("SELECT ?s WHERE ?s ?p ?o", 1, 17, 'expected "{"'),
        ("SELECT ?s { ?s ?p ?o", 1, 21, "the query ends too early"),
        ("", 1, 1, "the query ends too early"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40, "The SELECT contains a variable that is unbound"),
    ],
)
def test_an_invalid_query_is_reported_with_its_position(
    store: Store, query: str, line: int, column: int, message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, query)
    assert message in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_query_never_writes_or_accesses_the_network(store: Store) -> None:
    before = len(store)
    for query in ("INSERT DATA { <a:a> <b:b> 1 }", "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"):
        with pytest.raises(QueryError):
            run(store, query)
    assert len(store) == before


# -- the store ---------------------------------------------------------------------------------------


def test_a_store_has_each_triple_once_in_the_default_graph(store: Store) -> None:
    parts = triples(knowledge(), ontology())
    assert len(store) == sum(map(len, parts.values()))
    assert list(store.named_graphs()) == []


def test_an_existing_store_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        oxigraph.create(tmp_path / "s", ())


def test_an_expired_certificate_of_a_service_is_reported_with_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tls(certificate(tmp_path, -2 * DAY, -DAY), monkeypatch) as url:
        query = f"SELECT * {{ SERVICE <{url}/> {{ ?a ?b ?c }} }}"
        with (
            pytest.raises(QueryError, match=rf"certificate expired.* \(SERVICE <{url}/>\)"),
            ask(Store(), query, {}, services=True) as rows,
        ):
            list(rows)


def test_a_missing_store_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        oxigraph.open_store(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_opening_and_querying_loads_no_heavy_library_and_is_fast(tmp_path: Path) -> None:
    stored(tmp_path / "s", knowledge())
    code = (
        "import sys, pathlib\n"
        "from kg.store import oxigraph, query\n"
        "store = oxigraph.open_store(pathlib.Path(sys.argv[1]))\n"
        "assert query.run(store, 'ASK { ?s ?p ?o }').answer\n"
        "assert query.named()\n"
        "assert not {'spacy', 'rdflib', 'networkx', 'numpy'} & sys.modules.keys()\n"
    )
    before = os.times()
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "s")], check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 2  # seconds of processor time; usually 0.1, but more on a busy machine


def test_a_store_is_loaded_in_batches(tmp_path: Path) -> None:
    lines = [f"<http://e.org/{n}> <http://e.org/p> <http://e.org/{n % 3}> .\n" for n in range(7)]
    (tmp_path / "one.nt").write_text("".join(lines[:4]))
    (tmp_path / "two.nt").write_text("".join(lines[3:]))  # one line is in both files
    oxigraph.load(tmp_path / "s", [tmp_path / "one.nt", tmp_path / "two.nt"], most=3)
    assert len(oxigraph.open_store(tmp_path / "s")) == 7
