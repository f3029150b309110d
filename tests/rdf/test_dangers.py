"""RDF that would take excessive time or memory is refused with its line; ordinary files are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple

from kg import ontology
from kg.pipeline import OntologyError, build
from kg.rdf import background, dangers
from kg.rdf.dangers import Danger
from kg.rdf.names import RDFS, Names
from kg.rdf.ontology_checks import readable

HEAD = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">\n'
MANY = 30_000
UP = NamedNode(RDFS + "subClassOf")

DANGEROUS: dict[str, tuple[RdfFormat, bytes, str, int]] = {
    "brackets": (RdfFormat.TURTLE, b"<a:a> <a:p>\n" + b"[<a:p>" * MANY, "nested more than 200", 2),
    "lists": (RdfFormat.TRIG, b"<a:a> <a:p> " + b"(" * MANY, "nested more than 200", 1),
    "JSON": (RdfFormat.JSON_LD, b'{\n"a:b":' + b"[" * MANY, "nested more than 200", 2),
    "elements": (RdfFormat.RDF_XML, HEAD + b"<rdf:Description><a:p>" * MANY, "nested more than 200", 2),
    "attributes": (
        RdfFormat.RDF_XML,
        HEAD + b"<rdf:Description %s/></rdf:RDF>" % b" ".join(b'a:p%d=""' % n for n in range(MANY)),
        "more than 1,000 attributes",
        2,
    ),
    "entities": (
        RdfFormat.RDF_XML,
        b'<!DOCTYPE a [<!ENTITY a "%s">]>\n' % (b"x" * 900)
        + HEAD
        + b"<rdf:Description><a:p>%s</a:p></rdf:Description></rdf:RDF>" % (b"&a;" * MANY),
        "expanding entities",
        3,
    ),
    "entities in an attribute": (
        RdfFormat.RDF_XML,
        b'<!DOCTYPE a [<!ENTITY a "%s">]>\n' % (b"x" * 900)
        + HEAD
        + b'<rdf:Description a:p="%s"/></rdf:RDF>' % (b"&a;" * MANY),
        "expanding entities",
        3,
    ),
    "entities of entities": (
        RdfFormat.RDF_XML,
        b'<!DOCTYPE a [<!ENTITY a "x">\n<!ENTITY b "&a;&a;">]>\n' + HEAD,
        "expanding entities",
        2,
    ),
    "a long string": (RdfFormat.TURTLE, b'<a:a> <a:p>\n"%s" .' % (b"x" * 17_000_000), "line of more than", 2),
    "a long text of XML": (
        RdfFormat.RDF_XML,
        HEAD + b"<rdf:Description><a:p>%s</a:p></rdf:Description></rdf:RDF>" % (b"x" * 17_000_000),
        "text of more than 16 MB",
        2,
    ),
    "a long text": (RdfFormat.JSON_LD, b'[\n"%s"]' % (b"x" * 17_000_000), "text of more than 16 MB", 2),
}


def spent() -> float:
    """Seconds of processor time of this process and of its child processes that have ended."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("what", DANGEROUS)
def test_excessive_structures_are_refused_with_their_line(what: str) -> None:
    form, data, told, line = DANGEROUS[what]
    begun = spent()
    found = dangers.of_data(data, form)
    assert found
    assert told in found.what
    assert found.line == line
    assert spent() - begun < 3


def test_parsing_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dangers, "_SECONDS", 1.0)
    monkeypatch.setattr(dangers, "_PER_MB", 0)
    terms = b",".join(b'"t%d":"a:%d"' % (n, n) for n in range(20_000))
    nodes = b",".join(b'{"@id":"a:%d","@context":{},"t1":"x"}' % n for n in range(20_000))
    data = b'{"@context":{%s},"@graph":[%s]}' % (terms, nodes)
    assert dangers.of_data(data, RdfFormat.JSON_LD) == Danger(
        "takes more than 1 seconds to parse: it has excessive nesting or repetition"
    )


def test_parsing_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dangers, "_MEMORY", 40_000_000)
    monkeypatch.setattr(dangers, "_TIMES", 0)
    found = dangers.of_data(b'<a:a> <a:p> "%s" .' % (b"x" * 15_000_000), RdfFormat.TURTLE)
    assert found
    assert "MB of memory" in found.what


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (RdfFormat.TURTLE, b"'''\n" + b"\\'''\n" * MANY),
        (RdfFormat.TURTLE, b'"""\n' + b'\\"""\n' * MANY),
        (RdfFormat.TURTLE, b'"' + b'\\"' * MANY),
        (RdfFormat.TURTLE, b"'" + b"\\'" * MANY),
        (RdfFormat.TURTLE, b"<" * MANY),
        (RdfFormat.JSON_LD, b'"' + b'\\"' * MANY),
        (RdfFormat.RDF_XML, HEAD + b"<a" * MANY),
    ],
)
def test_texts_without_an_end_take_no_time(form: RdfFormat, text: bytes) -> None:
    begun = spent()
    dangers.of_data(text, form)
    assert spent() - begun < 5


@pytest.mark.parametrize(
    "text",
    [
        b"<a:a> <a:p> a:%s ." % (b"\\(" * 1000),
        b'<a:a> <a:p> "%s" .' % (b"[" * 1000),
        b"<a:a> <a:p> '''\n%s''' ." % (b"(" * 1000),
        b'<a:a> <a:p> """%s\\"""" . # %s' % (b'"[' * 1000, b"[" * 1000),
        b"<a:a> <a:%s> <a:b> ." % (b"(" * 1000),
    ],
)
def test_brackets_in_strings_names_and_comments_do_not_count(text: bytes) -> None:
    assert dangers.of_data(text, RdfFormat.TURTLE) is None


def test_the_files_of_kg_pass() -> None:
    for file in ontology.files():
        assert dangers.of_ontology(file.read_bytes()) is None, file


def test_background_is_refused_with_file_line_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "staff.ttl"
    file.write_bytes(DANGEROUS["brackets"][1])
    with pytest.raises(background.BackgroundError, match=r"staff\.ttl, line 2: is nested more than 200 deep"):
        background.read([file], Names())


@pytest.mark.parametrize("declared", ['<!ENTITY x SYSTEM "{}">', '<!ENTITY % y SYSTEM "{}"> %y;'])
def test_no_entity_reads_another_file(tmp_path: Path, declared: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    file = tmp_path / "staff.rdf"
    entity = declared.format((tmp_path / "secret.txt").as_uri())
    person = "<rdf:Description rdf:about='a:a'><a:p>&x;</a:p></rdf:Description></rdf:RDF>"
    file.write_text(f"<!DOCTYPE a [{entity}]>{HEAD.decode()}{person}")
    with pytest.raises(background.BackgroundError) as refused:
        background.read([file], Names())
    assert "secret." not in str(refused.value)


def chain(length: int) -> str:
    links = "".join(f"<c:{n}> a owl:Class ; rdfs:subClassOf <c:{n + 1}> .\n" for n in range(length))
    return f"@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix rdfs: <{RDFS}> .\n{links}"


def test_an_ontology_is_refused_with_file_line_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(chain(2_500))
    begun = spent()
    told = r"own\.ttl, line 3: <c:0> has more than 100 classes or relations above it"
    with pytest.raises(ValueError, match=told):
        readable(file)
    with pytest.raises(OntologyError, match=told):
        build([tmp_path], ontology_files=[file])
    assert spent() - begun < 10
    file.write_text(chain(80))
    assert readable(file) == chain(80)
    for data, why in (
        (b"#" * 6_000_000, "larger than 5 MB"),
        (b"<a:a> <a:p>" + b"[" * 60, "more than 50 deep"),
    ):
        file.write_bytes(data)
        with pytest.raises(ValueError, match=why):
            readable(file)


def test_cycles_terminate() -> None:
    names = [NamedNode(f"c:{n}") for n in range(300)]
    circle = [Triple(one, UP, other) for one, other in zip(names, names[1:] + names[:1], strict=True)]
    assert dangers.of_chains([*circle[:50], Triple(names[50], UP, names[0])]) is None
    found = dangers.of_chains(circle)
    assert found
    assert "above it" in found[1]


def test_a_background_with_a_long_chain_is_read_in_seconds(tmp_path: Path) -> None:
    from kg.rdf.known import known

    file = tmp_path / "staff.ttl"
    people = "".join(f'<i:{n}> a <c:0> ; <https://schema.org/name> "Quinn Vale{n}" .\n' for n in range(1_000))
    file.write_text(chain(2_500) + people)
    begun = spent()
    told = background.read([file], Names())
    assert len(known(told, ontology.load(), Names())) == 1_000
    assert spent() - begun < 10
