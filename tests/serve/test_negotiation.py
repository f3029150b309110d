"""The format of an answer."""

import pytest

from kg.serve.negotiation import PAGE, ROWS, TRIPLES, choose, names


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("*", "json"),
        ("text/csv", "csv"),
        ("text/*", "csv"),
        ("TEXT/CSV ; charset=utf-8", "csv"),
        ("application/sparql-results+xml;q=0.3, text/tab-separated-values;q=0.9", "tsv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("text/csv;q=nonsense, application/json", "json"),
        (",;,", "json"),
    ],
)
def test_rows_are_sent_in_the_preferred_format(accept: str, name: str) -> None:
    offer = choose(ROWS, accept)
    assert offer is not None
    assert offer.name == name


def test_the_most_specific_media_range_counts() -> None:
    offer = choose(TRIPLES, "text/turtle;q=0.1, text/*;q=0.9, application/rdf+xml;q=0.2")
    assert offer is not None
    assert offer.media_type == "text/n3"


def test_no_acceptable_format() -> None:
    assert choose(ROWS, "image/png, text/turtle") is None
    assert choose(ROWS, "*/*;q=0") is None


def test_a_format_name_overrides_the_header_if_the_answer_can_have_it() -> None:
    assert choose(TRIPLES, "text/turtle", "rdf") == choose(TRIPLES, "application/rdf+xml")
    assert choose(TRIPLES, "application/n-triples", "csv") == choose(TRIPLES, "application/n-triples")


@pytest.mark.parametrize("name", ["jsonld", "json-ld", "json", "application/ld+json", "application/ld json"])
def test_format_names_of_other_endpoints_are_understood(name: str) -> None:
    assert choose(TRIPLES, "text/turtle", name) in TRIPLES
    assert (choose(TRIPLES, "text/turtle", name) or TRIPLES[0]).name == "jsonld"


def test_browsers_get_pages_and_programs_get_triples() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert choose((*TRIPLES, PAGE), browser) is PAGE
    assert choose((*TRIPLES, PAGE), "*/*") is TRIPLES[0]


def test_the_message_names_each_format_once() -> None:
    assert names(TRIPLES) == "text/turtle, application/n-triples, application/ld+json, application/rdf+xml"
