"""Forbidden operations in a query, and parameters that remain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.store.sparql import QueryError, check, substitute

PARAMETER = 'SELECT ?x WHERE { VALUES ?name { "" } BIND (?name AS ?x) }'


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o.SERVICE ?g { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://localhost:1/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://localhost:1/>{ ?s ?p ?o } }",
        "SELECT * { ?s a kg:a.SERVICE<http://localhost:1/>{ ?s ?p ?o } }",
        "PREFIX x: <http://localhost:1/> SELECT * { ?s a kg:Person SERVICEx:y{ ?s ?p ?o } }",
        "PREFIX x: <http://localhost:1/> SELECT * { ?s ?p 5.SERVICEx:y{ ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p <http://a#> SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''it''s''' SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'a\\'' SERVICE <http://localhost:1/> { ?s ?p 'b' } }",
        "SELECT * { ?s ?p <http://a/\\u0041'> SERVICE <http://localhost:1/> { ?s ?p 'b' } }",
        "SELECT * { FILTER(?a<?b) SERVICE <http://localhost:1/> { ?s ?p ?o } FILTER(?a>?b) }",
        "SELECT * { # comment\n SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } } } }",
    ],
)
def test_a_query_cannot_access_the_network(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "the SERVICE" }',
        "SELECT * { ?s rdfs:label '''the \n 'SERVICE' ''' }",
        "SELECT ?service { ?service a kg:Service } # SERVICE",
        "SELECT * { ?s a <https://schema.org/Service> }",
        "SELECT * { ?s a d:Secret_Service }",
        "SELECT * { ?s rdfs:label 'service'@en }",
    ],
)
def test_the_word_service_is_not_forbidden(query: str) -> None:
    check(query)


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:a> <b:b> 1 }", "PREFIX x: <a:>\nclear all", "LOAD <file:///x>"]
)
def test_an_update_is_refused_with_its_keyword(update: str) -> None:
    with pytest.raises(QueryError, match="read-only"):
        check(update)


@pytest.mark.parametrize("brackets", ["{" * 3000, "(" * 5000, "{ (" * 1500])
def test_a_query_that_would_crash_the_parser_is_refused(brackets: str) -> None:
    with pytest.raises(QueryError, match="nested"):
        check("ASK { FILTER " + brackets)


def test_an_error_has_its_position() -> None:
    with pytest.raises(QueryError) as caught:
        check("SELECT *\n{ SERVICE <http://localhost:1/> { } }")
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert str(caught.value).endswith("  { SERVICE <http://localhost:1/> { } }\n    ^")


@given(st.text())
def test_any_value_remains_one_term(value: str) -> None:
    if value.startswith("<") and value.endswith(">"):
        return
    rows = list(Store().query(substitute(PARAMETER, {"name": value})))  # type: ignore[arg-type]
    assert [row["x"].value for row in rows] == [value]


@pytest.mark.parametrize(
    "value", ['" } } DROP ALL #', '"} ?s ?p ?o {', "\\", '\\"', "\n#", "'''", "?x", "UNDEF", "<a> } b"]
)
def test_a_value_cannot_become_syntax(value: str) -> None:
    rows = list(Store().query(substitute(PARAMETER, {"name": value})))  # type: ignore[arg-type]
    assert [row["x"].value for row in rows] == [value]


def test_an_iri_in_angle_brackets_is_an_iri() -> None:
    assert substitute("VALUES ?name { }", {"name": "<a:b>"}) == "VALUES ?name { <a:b> }"


def test_an_iri_may_be_as_short_as_answers_show_it() -> None:
    prefixes = {"d": "https://kg.example/data/"}
    short = {
        value: substitute("VALUES ?name { }", {"name": value}, prefixes)
        for value in ("d:Ana", "d: Ana", "e:Ana")
    }
    assert short["d:Ana"] == "VALUES ?name { <https://kg.example/data/Ana> }"
    assert short["d: Ana"] == 'VALUES ?name { "d: Ana" }'
    assert short["e:Ana"] == 'VALUES ?name { "e:Ana" }'


@pytest.mark.parametrize("value", ["<a b>", '<a:"> } ?s ?p ?o { <x:>', "\ud800"])
def test_a_value_that_is_not_a_term_is_refused(value: str) -> None:
    with pytest.raises(QueryError, match="parameter name"):
        substitute(PARAMETER, {"name": value})


def test_every_block_of_a_parameter_and_no_other_is_filled() -> None:
    text = "VALUES ?a { 1 2 } # VALUES ?a { }\n values $a{} VALUES ?b { 'VALUES ?a { }' } VALUES (?a ?b) { }"
    assert (
        substitute(text, {"a": "x"}) == 'VALUES ?a { "x" } # VALUES ?a { }\n values $a{ "x" } '
        "VALUES ?b { 'VALUES ?a { }' } VALUES (?a ?b) { }"
    )


def test_an_unknown_parameter_is_refused_with_the_known_ones() -> None:
    with pytest.raises(QueryError, match=r"no parameter nam \(it has name\)"):
        substitute(PARAMETER, {"nam": "x"})
