"""Every format is read back as the same graph by two libraries, and a third if it is installed."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Quad, Triple, parse
from rdflib.compare import isomorphic

from kg.model import Entity, Evidence, Factuality, Knowledge, Statement, Text
from kg.rdf.convert import to_rdflib
from kg.rdf.graph import article_quads, triples
from kg.rdf.names import PREFIXES, Names
from kg.write.rdf_files import FORMATS, write
from tests.rdf.small import ontology
from tests.sample import knowledge

RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "nquads": "nquads",
    "trig": "trig",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
RAPPER = {"turtle": "turtle", "ntriples": "ntriples", "nquads": "nquads", "trig": "trig", "rdfxml": "rdfxml"}


def nasty() -> Knowledge:
    """The sample, with text that each format must escape in its own way."""
    text = "a\tb\r\nc\rd\n\"e\" 'f' \\g <h> &amp; ]]> {i} "
    text += "\u0085\u2028 é😀 \x01 \x7f http://x.example/ @en ^^ ''' \"\"\" "
    evidence = (Evidence("sp ace/ü#?.txt", 3, 9, text, "rule", 1.0, text),)
    said = Statement(
        "st-90", "Ana_Ruiz", "2-1 win?", Text(text), Factuality.ASSERTED, 1.0, evidence, text, False
    )
    entity = Entity("odd id/é", text, "Thing", (text + "2",), ("sp ace/ü#?.txt",))
    sample = knowledge()
    return replace(sample, entities=(*sample.entities, entity), statements=(*sample.statements, said))


TRIPLES = [triple for part in triples(nasty(), ontology()).values() for triple in part]
QUADS = article_quads(nasty(), ontology())


def written(format_: str, statements: list[Triple] | list[Quad]) -> bytes:
    file = BytesIO()
    write(statements, format_, file)
    return file.getvalue()


def given(format_: str) -> list[Triple] | list[Quad]:
    return QUADS if FORMATS[format_].quads else TRIPLES


@pytest.mark.parametrize("format_", FORMATS)
def test_pyoxigraph_reads_the_same_statements(format_: str) -> None:
    back = set(parse(written(format_, given(format_)), FORMATS[format_].rdf))
    if FORMATS[format_].quads:
        assert back == set(QUADS)
    else:
        assert back == {Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in TRIPLES}


@pytest.mark.parametrize("format_", FORMATS)
def test_rdflib_reads_an_isomorphic_graph(format_: str) -> None:
    data = written(format_, given(format_))
    if not FORMATS[format_].quads:
        back = rdflib.Graph().parse(data=data, format=RDFLIB[format_])
        assert isomorphic(back, to_rdflib(TRIPLES))
        return
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=RDFLIB[format_])
    names = {quad.graph_name for quad in QUADS} - {DefaultGraph()}
    for name in names:
        share = [Triple(q.subject, q.predicate, q.object) for q in QUADS if q.graph_name == name]
        found = rdflib.Graph()
        found += dataset.graph(rdflib.URIRef(name.value))  # type: ignore[union-attr]
        assert isomorphic(found, to_rdflib(share))
    everything = rdflib.Graph()
    for s, p, o, _ in dataset.quads():
        everything.add((s, p, o))
    assert isomorphic(everything, to_rdflib(TRIPLES))


@pytest.mark.parametrize("format_", RAPPER)
@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (Debian: raptor2-utils) is not installed")
def test_rapper_reads_the_same_number_of_statements(format_: str, tmp_path: Path) -> None:
    # rapper does not know JSON-LD, and counts a triple that is in two graphs twice.
    path = tmp_path / "file"
    path.write_bytes(written(format_, given(format_)))
    done = subprocess.run(
        ["rapper", "-q", "-i", RAPPER[format_], "-o", "nquads", str(path)], capture_output=True, check=True
    )
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == len(given(format_))


@pytest.mark.parametrize("format_", FORMATS)
def test_triples_and_quads_can_be_written_in_every_format(format_: str) -> None:
    """Quads lose their graphs in formats without them; triples are in the default graph."""
    merged = set(parse(written(format_, QUADS), FORMATS[format_].rdf))
    plain = set(parse(written(format_, TRIPLES), FORMATS[format_].rdf))
    assert plain == {Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in TRIPLES}
    if not FORMATS[format_].quads:
        assert merged == plain


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_graph_is_a_valid_file(format_: str) -> None:
    assert list(parse(written(format_, []), FORMATS[format_].rdf)) == []


def test_turtle_is_readable() -> None:
    sample = [triple for part in triples(knowledge(), ontology()).values() for triple in part]
    text = written("turtle", sample).decode()
    lines = text.splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes) and lines[: len(prefixes)] == prefixes
    assert "d:Ana_Ruiz a kg:Agent , kg:Person , kg:Thing , schema:Person , schema:Thing ;\n" in text
    assert "\tkg:hosted d:Tom_Reed ;\n" in text


def test_only_the_prefixes_in_use_are_declared() -> None:
    (first, *_) = [triple for triple in TRIPLES if "Lima" in str(triple.subject)]
    assert written("turtle", [first]).decode().splitlines()[:2] == [
        f"@prefix d: <{PREFIXES['d']}> .",
        f"@prefix kg: <{PREFIXES['kg']}> .",
    ]


def test_json_ld_is_short_and_has_its_context() -> None:
    import json

    document = json.loads(written("jsonld", TRIPLES))
    assert document["@context"] == dict(PREFIXES)
    (lima,) = [node for node in document["@graph"] if node["@id"] == "d:Lima"]
    assert lima == {
        "@id": "d:Lima",
        "@type": ["kg:City", "kg:Place", "kg:Thing", "schema:Place", "schema:Thing"],
        "kg:isNamed": lima["kg:isNamed"],
        "rdfs:label": "Lima",
    }


def test_another_base_is_shortened_too() -> None:
    base = "https://news.example/graph/"
    file = BytesIO()
    some = [triple for part in triples(knowledge(), ontology(), base).values() for triple in part]
    write(some, "turtle", file, Names(base).prefixes)
    assert b"d:Ana_Ruiz a " in file.getvalue()


@pytest.mark.parametrize("format_", FORMATS)
def test_writing_twice_gives_the_same_bytes(format_: str) -> None:
    assert written(format_, given(format_)) == written(format_, given(format_))
