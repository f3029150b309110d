"""The lines of triples in a Turtle file."""

from __future__ import annotations

import pytest
from rdflib import BNode, Graph

from kg import ontology
from kg.rdf.lines import Lines

TEXT = """@prefix a: <http://a.example/> .
PREFIX b: <http://b.example/#>
@base <http://base.example/> .

a:one a b:Thing ; # a comment. With a dot; and "quotes
    b:says "two ; three . four" , 'it''s' ;
    b:long \"\"\"first
second "quoted" \"\"\" ;
    b:holds [ b:inner "x" ; b:more ( 1 2 ) ] , a:two ;
    b:number 3.5 , true ;
    b:typed "7"^^b:int , "hallo"@de .
<rel> b:says "last" .
a:one b:again a:dotted.name .
"""
A, B = "http://a.example/", "http://b.example/#"


@pytest.mark.parametrize(
    ("terms", "line"),
    [
        ((A + "one",), 5),
        ((A + "one", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", B + "Thing"), 5),
        ((A + "one", B + "says", "two ; three . four"), 6),
        ((A + "one", B + "long"), 7),
        ((A + "one", B + "holds", A + "two"), 9),
        ((A + "one", B + "number", "true"), 10),
        ((A + "one", B + "typed", "hallo"), 11),
        (("http://base.example/rel", B + "says", "last"), 12),
        ((A + "one", B + "again", A + "dotted.name"), 13),
        ((A + "one", B + "again", "another"), 13),
        ((A + "one", B + "missing"), 5),
        ((A + "nobody",), 0),
        ((A + "one", B + "inner"), 5),
    ],
)
def test_a_triple_has_its_line(terms: tuple[str, ...], line: int) -> None:
    assert Lines(TEXT).of(*terms) == line


def test_an_iri_is_shown_as_written_in_the_file() -> None:
    lines = Lines(TEXT)
    assert [lines.name(iri) for iri in (A + "one", B + "x", "urn:x")] == ["a:one", "b:x", "<urn:x>"]


@pytest.mark.parametrize("path", ontology.files(), ids=lambda path: path.name)
def test_every_triple_of_kgs_ontology_is_found_at_its_line(path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, rows = Lines(text), text.splitlines()
    for subject, predicate, thing in Graph().parse(data=text, format="turtle"):
        if isinstance(subject, BNode):  # a blank node in brackets has no name to find it by
            continue
        line = lines.of(str(subject), str(predicate), str(thing))
        assert line
        if not isinstance(thing, BNode):
            end = lines.name(str(thing)) if "://" in str(thing) else str(thing).replace('"', '\\"')
            assert end in rows[line - 1] or f"<{thing}>" in rows[line - 1]
