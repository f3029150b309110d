"""Any content of articles, side files, RDF and queries gives a result or a clear error message.

`KG_FUZZ=5000 python3 -m pytest -n 0 tests/test_fuzz.py` tries more and other examples.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg import ontology
from kg.model import Document, Problem
from kg.rdf import background
from kg.rdf.names import Names
from kg.rdf.ontology_checks import readable
from kg.read import Source, decisions, read, toml
from kg.store.query import QueryError, run
from tests.sample import knowledge

LONG = int(os.environ.get("KG_FUZZ", "0"))
CLASSES = ontology.load().classes


def examples(usual: int) -> settings:
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(
        max_examples=LONG or usual, derandomize=not LONG, deadline=None, suppress_health_check=checks
    )


def mixed(*pieces: str, most: int = 40) -> st.SearchStrategy[bytes]:
    """A strategy for fragments of a language in any order, mixed with other text and bytes."""
    known = st.sampled_from(pieces).map(str.encode)
    other = st.one_of(
        st.text(max_size=8).map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=8)
    )
    one = st.one_of(known, known, known, known, other)
    return st.lists(one, max_size=most).map(b" ".join) | st.lists(one, max_size=most).map(b"".join)


ARTICLES = mixed(
    *(
        "Ana Ruiz met Tom Reed",
        "in Lima",
        "on Monday",
        ".",
        "\n",
        "\n\n",
        "“",
        "”",
        "(",
        ")",
        "By Jo Doe",
        "LIMA -",
    ),
    *(
        "<p>",
        "</p>",
        "<html>",
        "<!--",
        "-->",
        "<script>",
        "<![CDATA[",
        "&#x110000;",
        "&#xd800;",
        "&amp;",
        "<table><td>",
    ),
    *(
        '<meta charset="utf-16">',
        '<meta http-equiv="a" content="text/html;charset=x">',
        "<time datetime='2026-99-99'>",
    ),
    *(
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":[[]]}</script>',
        "5 March 2026",
        "\x00",
    ),
    *("\ufeff", "\u202e", "\u0301", "\u2028", "\r", "2026-02-30", "99:99", "İ", "ﬁ", "𝔸", "https://[::1"),
)
SIDE_FILES = mixed(
    *(
        "title",
        "date",
        "publisher",
        "url",
        "author",
        "authors",
        "=",
        "\n",
        '"',
        "'",
        '"""',
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
    ),
    *(
        ",",
        ".",
        "#",
        "1979-05-27T07:32:00Z",
        "2026-01-14",
        "0x",
        "inf",
        "nan",
        "1e999",
        "true",
        "\\u0000",
        "\\ud800",
    ),
)
DECISIONS = mixed(
    *(
        "[[merge]]",
        "[[apart]]",
        "[[type]]",
        "[[name]]",
        "[[ignore]]",
        "[[same]]",
        "names",
        "name",
        "type",
        "why",
    ),
    *(
        "things",
        "event",
        "=",
        "\n",
        "[",
        "]",
        '"Ana Ruiz"',
        '"Tom Reed"',
        '"Person"',
        "'",
        ",",
        "1",
        "true",
        "{}",
    ),
)
TURTLE = mixed(
    *(
        "@prefix kg: <https://kg.example/ontology#> .",
        "@prefix : <a:> .",
        "@base <b:> .",
        "PREFIX a: <a:>",
        "<a:a>",
    ),
    *(
        "kg:Relation",
        "kg:verb",
        "a",
        "owl:Class",
        "<http://www.w3.org/2002/07/owl#Class>",
        ":x",
        "_:b",
        "[",
        "]",
        "(",
    ),
    *(
        ")",
        ";",
        ",",
        ".",
        "\n",
        '"run"',
        '"run"@en',
        '"1"^^<a:b>',
        '"""',
        "'''",
        "1.5e9",
        "true",
        "<<",
        ">>",
        "{",
        "}",
    ),
    *(
        "<http://www.w3.org/2000/01/rdf-schema#subClassOf>",
        "rdfs:label",
        "# x\n",
        "\\u12",
        "%zz",
        "<\\u0020>",
        "=>",
    ),
)
XML = mixed(
    *(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">',
        "</rdf:RDF>",
        "<a:b>",
        "</a:b>",
    ),
    *(
        "<rdf:Description",
        'rdf:about="a:a"',
        'rdf:ID="1"',
        'rdf:nodeID="x"',
        ">",
        "/>",
        "</rdf:Description>",
        "<rdf:li>",
    ),
    *(
        'rdf:parseType="Collection"',
        'rdf:parseType="Literal"',
        'xml:lang="x"',
        'xml:base=":"',
        "&lt;",
        "&x;",
        "<?x?>",
    ),
    *('<!DOCTYPE a [<!ENTITY x "y">]>', "<![CDATA[", "]]>", '<?xml version="1.0" encoding="utf-7"?>', "x"),
)
JSON_LD = mixed(
    *(
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        '"@id"',
        '"@type"',
        '"@context"',
        '"@graph"',
        '"@value"',
        '"@language"',
        '"@reverse"',
    ),
    *(
        '"@list"',
        '"@base"',
        '"@vocab"',
        '"a:b"',
        '"x"',
        "1",
        "1e400",
        "null",
        "true",
        '"\\ud800"',
        '"@version"',
        "1.1",
    ),
)
QUERIES = mixed(
    *(
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "*",
        "?a",
        "?b",
        "WHERE",
        "{",
        "}",
        "?a ?b ?c",
        ".",
        "FILTER",
        "(",
        ")",
    ),
    *(
        "OPTIONAL",
        "UNION",
        "MINUS",
        "GRAPH",
        "SERVICE",
        "<a:b>",
        "FROM",
        "LIMIT 5",
        "OFFSET -1",
        "ORDER BY",
        "GROUP BY",
    ),
    *(
        "COUNT(*)",
        "AS",
        "BIND",
        "VALUES",
        "REGEX(?a, '(a*)*b')",
        "kg:met",
        "kg:met*",
        "^",
        "/",
        "|",
        "d:Ana_Ruiz",
        "''",
    ),
    *(
        "INSERT DATA",
        "LOAD",
        "PREFIX x: <y:>",
        "BASE",
        "NOT EXISTS",
        "STRLEN",
        "CONCAT",
        "1/0",
        "<<",
        ">>",
        "#",
        "\n",
    ),
    most=25,
)


@examples(10)
@given(data=ARTICLES, side=SIDE_FILES, page=st.booleans())
def test_an_article_is_read_or_reported(data: bytes, side: bytes, page: bool, tmp_path: Path) -> None:
    path = tmp_path / ("a.html" if page else "a.txt")
    path.write_bytes(data)
    path.with_suffix(".toml").write_bytes(side)
    found = read(Source(path, path.name), any_language=True)
    assert isinstance(found, Document | Problem)
    if isinstance(found, Document):
        found.text.encode()
        for block in found.blocks:
            first, last = found.locate(block.start, block.end)
            assert 0 <= first < last


@examples(100)
@given(data=SIDE_FILES)
def test_a_side_file_is_a_table_or_refused(data: bytes) -> None:
    try:
        assert isinstance(toml.table(data, toml.MAX_SIDE_FILE), dict)
    except toml.TomlError as error:
        assert str(error)


@examples(60)
@given(data=DECISIONS)
def test_decisions_are_read_or_reported(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_bytes(data)
    decisions.read(path, CLASSES)


@pytest.mark.parametrize(
    ("suffix", "data"), [(".ttl", TURTLE), (".trig", TURTLE), (".rdf", XML), (".jsonld", JSON_LD)]
)
def test_background_is_read_or_refused(suffix: str, data: st.SearchStrategy[bytes], tmp_path: Path) -> None:
    @examples(60)
    @given(data=data)
    def try_out(data: bytes) -> None:
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        try:
            (told,) = background.read([path], Names())
        except background.BackgroundError as error:
            assert path.name in str(error)
        else:
            assert told.triples

    try_out()


@examples(60)
@given(data=TURTLE)
def test_an_ontology_is_read_or_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_bytes(data)
    try:
        readable(path)
    except ValueError as error:
        assert path.name in str(error)
    else:  # what kg reads, another parser must be able to read
        rdflib.Graph().parse(path, format="turtle")
        if LONG:
            ontology.load([path])


@pytest.fixture(scope="module")
def store() -> Store:
    from kg.rdf.graph import triples

    found = Store()
    for part in triples(knowledge(), ontology.load()).values():
        found.load(b"".join(b"%s .\n" % str(each).encode() for each in part[:20]), RdfFormat.N_TRIPLES)
    return found


@examples(100)
@given(text=QUERIES)
def test_a_query_is_answered_or_refused(text: bytes, store: Store) -> None:
    try:
        run(store, text.decode("utf-8", "replace"))
    except QueryError as error:
        assert str(error)
