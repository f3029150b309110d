"""The server over the sample: its description, limits, dereferencing of IRIs, access control."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from kg.rdf.names import Names
from kg.serve.app import ServerSettings
from tests.serve.site import ENDLESS, LIMITS, serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with serving(folder) as client:
        yield client


def ask(client: TestClient, query: str, accept: str = "text/csv"):  # type: ignore[no-untyped-def]
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return client.post("/sparql", content=query, headers=headers)


# -- the endpoint ------------------------------------------------------------------------------------


def test_prefixes_need_not_be_typed(client: TestClient) -> None:
    assert (
        ask(client, "SELECT ?who { ?a kg:hosted d:Tom_Reed ; rdfs:label ?who }").text == "who\r\nAna Ruiz\r\n"
    )


def test_head_gives_what_get_gives_without_the_body(client: TestClient) -> None:
    got, head = (client.request(method, "/sparql?query=ASK%7B%7D") for method in ("GET", "HEAD"))
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"] != "0"
    assert client.head("/sparql?query=ASK").status_code == 400


def test_options_lists_the_methods(client: TestClient) -> None:
    response = client.options("/sparql")
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_without_a_query_it_describes_itself(client: TestClient) -> None:
    response = client.get("/sparql")
    graph = rdflib.Graph().parse(data=response.text, format="turtle")
    service = rdflib.URIRef("http://localhost/sparql")
    assert (service, rdflib.RDF.type, SD.Service) in graph
    assert (service, SD.endpoint, service) in graph
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert len(list(graph.objects(service, SD.resultFormat))) == 8
    assert not list(graph.objects(service, SD.feature))
    count = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text.split()[1]
    counts = set(graph.objects(predicate=rdflib.VOID.triples))
    assert counts == {rdflib.Literal(int(count))}
    for accept in ("application/rdf+xml", "application/ld+json", "application/n-triples"):
        other = client.get("/sparql", headers={"Accept": accept}).content
        known = RdfFormat.from_media_type(accept)
        assert known
        assert len({*parse(other, format=known)}) == len(graph)


def test_a_browser_is_redirected_to_the_query_page(client: TestClient) -> None:
    response = client.get("/sparql", headers=BROWSER, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/")


def test_service_is_federated_only_if_allowed(folder: Path) -> None:
    query = "ASK { SERVICE SILENT <http://localhost:1/> { ?s ?p ?o } }"
    with serving(folder, ServerSettings(LIMITS, services=True)) as client:
        assert ask(client, query, "application/json").json()["boolean"] is True
        assert "BasicFederatedQuery" in client.get("/sparql").text


# -- limits ------------------------------------------------------------------------------------------

BOMB = (
    "SELECT (STRLEN(?h) AS ?n) { BIND ('xxxxxxxxxxxxxxxxxxxxxxxx' AS ?a) "
    + " ".join(
        f"BIND (CONCAT({', '.join([f'?{one}'] * 30)}) AS ?{two})"
        for one, two in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "}"
)

# Numbers, words and dates, which Oxigraph orders inconsistently (in a circle).
MIXED = (
    "SELECT ?a { VALUES ?a { "
    + " ".join(
        f"{n * 7919 % 99991} '{n * 7907 % 99991}' '{1000 + n * 7901 % 8999}-01-01'^^xsd:date"
        for n in range(99)
    )
    + " } } ORDER BY ?a"
)


def test_an_endless_query_is_stopped_and_others_continue(client: TestClient) -> None:
    with ThreadPoolExecutor(5) as threads:
        begun = time.monotonic()
        endless = [threads.submit(ask, client, f"{ENDLESS} #{number}") for number in range(4)]
        time.sleep(0.3)
        quick = ask(client, "ASK { ?a kg:met ?b }", "application/json")
        assert quick.json()["boolean"] is True
        for each in endless:
            assert each.result().status_code == 503
            assert "took longer than 2 seconds" in each.result().text
        assert time.monotonic() - begun < 2 * (LIMITS.seconds + LIMITS.waiting)


def test_a_query_that_exhausts_memory_is_stopped(folder: Path) -> None:
    with serving(folder, limits=replace(LIMITS, seconds=60)) as client:
        response = ask(client, BOMB)
        assert response.status_code == 500
        assert "more than 256 MB of memory" in response.text
        assert ask(client, "ASK {}", "application/json").json()["boolean"] is True
        response = ask(client, MIXED)
        assert response.status_code == 500
        assert "values of several types" in response.text


def test_an_answer_is_complete_or_an_error(client: TestClient) -> None:
    response = ask(client, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000")
    assert response.status_code == 403
    assert "longer than 1 MB" in response.text


def test_a_triple_found_twice_is_sent_once(client: TestClient) -> None:
    query = "CONSTRUCT { ?a a kg:Found } { { ?a kg:met ?b } UNION { ?a kg:met ?b } }"
    text = ask(client, query, "application/n-triples").text
    assert text.count("\n") == len(set(text.splitlines())) > 0


# -- dereferencing of IRIs ---------------------------------------------------------------------------


def test_a_program_gets_the_triples_of_a_thing(client: TestClient) -> None:
    response = client.get("/data/Ana_Ruiz", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=response.text, format="turtle")
    ana = rdflib.URIRef("https://kg.example/data/Ana_Ruiz")
    assert (ana, rdflib.RDFS.label, rdflib.Literal("Ana Ruiz")) in graph
    tom = rdflib.URIRef("https://kg.example/data/Tom_Reed")
    assert (tom, rdflib.RDFS.label, rdflib.Literal("Tom Reed")) in graph  # labels of linked things, too
    assert list(graph.subjects(rdflib.RDF.subject, ana))


def test_the_address_can_name_the_format(client: TestClient) -> None:
    assert client.get("/data/Ana_Ruiz?format=jsonld").headers["content-type"] == "application/ld+json"
    refused = client.get("/data/Ana_Ruiz?format=xlsx")
    assert (refused.status_code, "turtle" in refused.text) == (406, True)


def test_a_person_gets_a_page_with_sentences(client: TestClient) -> None:
    response = client.get("/data/Ana_Ruiz", headers=BROWSER)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Ana Ruiz</h1>" in response.text
    assert "Ana Ruiz hosted Tom Reed in Lima on Monday." in response.text
    assert 'href="/data/Tom_Reed"' in response.text
    assert "Accept" in response.headers["vary"]


def test_an_article_is_reported_with_its_sentences(client: TestClient) -> None:
    page = client.get("/data/article-a.txt", headers=BROWSER).text
    assert "<h1>Ruiz hosts Reed</h1>" in page
    assert page.index("Ana Ruiz hosted") < page.index("Ruiz did not sign")
    triples = client.get("/data/article-a.txt").text
    assert "nif:anchorOf" in triples


def test_text_of_articles_is_only_text(client: TestClient) -> None:
    article = Names().article("news/b.txt").rpartition("/")[2]
    for name in (article, "Alpine_Rail_Co", "Ana_Ruiz"):
        response = client.get(f"/data/{name}", headers=BROWSER)
        assert response.status_code == 200
        page = response.text
        assert "<script>alert" not in page
        assert "<Rail>" not in page
    assert "Alpine &lt;Rail&gt; &amp; Co" in client.get("/data/Alpine_Rail_Co", headers=BROWSER).text


def test_relations_and_the_ontology_are_found_too(client: TestClient) -> None:
    assert "stopped short of" in client.get("/relation/stopped-short-of").text
    assert 'id="hosted"' in client.get("/ontology", headers=BROWSER).text
    whole = client.get("/ontology").text
    assert "kg:hosted a " in whole and "owl:versionInfo" in whole
    assert "kg:insulted a " in whole  # a relation that the graph does not use
    assert "a void:Dataset" in client.get("/.well-known/void").text


@pytest.mark.parametrize(
    "path", ["/data/Nobody", "/data/%3E%20%7D", '/data/a"b', "/nowhere", "/static/../app.py"]
)
def test_missing_things_give_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(path, headers=BROWSER).status_code == 404


# -- access control ----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "192.0.2.7"])
def test_local_host_names_and_addresses_are_served(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.evil.example", "[x"]
)
def test_an_unknown_host_name_is_rejected(client: TestClient, host: str) -> None:
    response = client.get("/sparql?query=ASK%7B%7D", headers={"Host": host})
    assert response.status_code == 421
    assert "boolean" not in response.text


def test_other_sites_may_ask_only_if_they_are_allowed(folder: Path, client: TestClient) -> None:
    here, there = {"Origin": "https://site.example"}, {"Origin": "https://other.example"}
    assert "access-control-allow-origin" not in client.get("/sparql", headers=here).headers
    settings = ServerSettings(LIMITS, names=("graph.example",), origins=("https://site.example",))
    with serving(folder, settings) as open_to_one:
        allowed = open_to_one.get("/sparql", headers={**here, "Host": "graph.example"})
        assert allowed.headers["access-control-allow-origin"] == "https://site.example"
        assert "access-control-allow-origin" not in open_to_one.get("/sparql", headers=there).headers
        before = {
            **here,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type, x-requested-with",
        }
        assert open_to_one.options("/sparql", headers=before).status_code == 200


def test_cross_site_requests_are_not_computed(client: TestClient) -> None:
    behind = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client.get("/sparql?query=ASK%7B%7D", headers=behind).status_code == 403
    for origin in ("https://evil.example", "null"):  # older browsers report nothing but the origin
        assert client.get("/sparql?query=ASK%7B%7D", headers={"Origin": origin}).status_code == 403
    ours = {"Origin": "http://localhost:8000"}
    assert client.get("/sparql?query=ASK%7B%7D", headers=ours).status_code == 200
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/data/Ana_Ruiz", headers=followed).status_code == 200


def test_pages_cannot_load_external_content(client: TestClient) -> None:
    for path in ("/", "/explorer", "/data/Ana_Ruiz"):
        policy = client.get(path, headers=BROWSER).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "sandbox" in client.get("/sparql").headers["content-security-policy"]


def test_the_vocabulary_has_the_completions_of_the_editor(client: TestClient) -> None:
    known = json.loads(client.get("/vocabulary.json").text)
    kinds = {term["name"]: term["kind"] for term in known["terms"]}
    assert kinds["kg:hosted"] == "relation"
    assert kinds["kg:Person"] == "class"
    assert kinds["rdfs:label"] == "property"
    assert kinds["kg:Asserted"] == "value"
    assert known["prefixes"]["d"] == "https://kg.example/data/"
    asked = json.loads(client.get("/questions.json").text)
    assert "who-met-whom" in {query["name"] for query in asked}


def test_a_cached_file_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/static/main.js")
    assert first.headers["content-type"].startswith("text/javascript")
    again = client.get("/static/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
