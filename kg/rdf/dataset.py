"""The description of a graph for catalogues and users: VoID and DCAT, and its build in PROV.

    d: a void:Dataset, dcat:Dataset ; dct:license <...> ; void:triples 21043 ; void:vocabulary kg: ;
        prov:wasGeneratedBy d:build-activity .
    d:build-activity a prov:Activity ; prov:used d:article-a.txt ; prov:wasAssociatedWith d:kg-software .

The description contains no time unless the user gives one, so that equal builds give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Triple

from kg.model import Knowledge
from kg.ontology import KG
from kg.rdf.names import DCT, FOAF, NIF, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, VOID, Names
from kg.rdf.parts import in_order
from kg.rdf.terms import datum, link, published

DCAT = "http://www.w3.org/ns/dcat#"
_VOCABULARIES = (KG, SCHEMA, SEM, PROV, NIF, SKOS, DCT)


@dataclass(frozen=True, slots=True)
class Described:
    """Metadata of a graph that only the user can give; empty values are omitted from the description."""

    title: str = ""
    license: str = ""  # an IRI
    issued: str = ""  # a day: "2026-05-04"

    def __bool__(self) -> bool:
        return bool(self.title or self.license or self.issued)


def triples(knowledge: Knowledge, about: Mapping[str, Any], base: str, described: Described) -> list[Triple]:
    """The description of a graph, sorted. `about`: the content of build.json; `base`: namespace of `d:`."""
    return in_order(_triples(knowledge, about, Names(base), described))


def _triples(
    knowledge: Knowledge, about: Mapping[str, Any], names: Names, described: Described
) -> Iterator[Triple]:
    data, build, maker = names.base, names.base + "build-activity", names.base + "kg-software"
    for kind in (VOID + "Dataset", DCAT + "Dataset", PROV + "Entity"):
        yield link(data, RDF + "type", kind)
    if described.title:
        yield datum(data, RDFS + "label", described.title)
        yield datum(data, DCT + "title", described.title)
    if described.license:
        yield link(data, DCT + "license", described.license)
    value, datatype = published(described.issued)
    if value:
        yield datum(data, DCT + "issued", value, datatype)
        yield datum(build, PROV + "endedAtTime", f"{value}T00:00:00Z", "dateTime")
    counts = about["counts"]
    yield datum(data, VOID + "uriSpace", data)
    yield datum(data, VOID + "triples", str(sum(counts["triples"].values())), "integer")
    yield datum(data, VOID + "entities", str(counts["entities"] + counts["events"]), "integer")
    yield datum(data, VOID + "documents", str(counts["articles"]), "integer")
    yield from (link(data, VOID + "vocabulary", each) for each in _VOCABULARIES)
    yield link(data, PROV + "wasGeneratedBy", build)
    yield link(build, RDF + "type", PROV + "Activity")
    yield link(build, PROV + "wasAssociatedWith", maker)
    yield link(build, PROV + "used", KG.rstrip("#"))
    for document in knowledge.documents:
        yield link(build, PROV + "used", names.article(document.id))
        yield link(names.article(document.id), RDF + "type", PROV + "Entity")
    for background in knowledge.background:
        yield link(build, PROV + "used", names.background(background.id))
    yield link(maker, RDF + "type", PROV + "SoftwareAgent")
    yield link(maker, RDF + "type", PROV + "Agent")
    yield datum(maker, FOAF + "name", "kg")
    yield datum(maker, SCHEMA + "softwareVersion", str(about["kg"]))
    model = " ".join(filter(None, (str(about["parser"]), str(about.get("parser_version", "")))))
    yield datum(build, RDFS + "comment", f"Read by the parser {model}.")
