"""The sample conforms to the shapes; every violation is found."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse
from rdflib import Graph

from kg.ontology import load
from kg.rdf import conformance
from kg.rdf.convert import to_rdflib
from kg.rdf.graph import triples
from kg.rdf.names import BASE, PREFIXES
from kg.rdf.parts import GraphPart
from kg.rdf.shapes import violations
from tests.rdf.small import ontology
from tests.sample import disputed, knowledge

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("queries_parsed_once")]

HEADER = f"BASE <{BASE}>\n" + "".join(
    f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()
)


def graph() -> Graph:
    return to_rdflib(triple for part in triples(disputed(), ontology()).values() for triple in part)


def of_rdflib(known: Graph) -> list[Triple]:
    text = known.serialize(format="nt")
    return [Triple(*quad.triple) for quad in parse(text, RdfFormat.N_TRIPLES)]


def messages(found: list[str]) -> set[str]:
    """The violating node and the shape; only pyshacl names the value."""
    return {violation.partition(" (")[0] for violation in found}


def test_the_sample_conforms() -> None:
    assert violations(graph()) == []
    assert conformance.violations(of_rdflib(graph())) == []


def test_articles_that_agree_conform() -> None:
    found = triples(knowledge(), ontology())
    assert violations(to_rdflib(triple for part in GraphPart for triple in found[part])) == []


def test_the_sample_conforms_with_the_real_ontology() -> None:
    found = triples(disputed(), load())
    assert violations(to_rdflib(triple for part in GraphPart for triple in found[part])) == []


@pytest.mark.parametrize(
    ("update", "message"),
    [
        ("DELETE WHERE { d:st-01 rdf:subject ?x }", "a statement has exactly one subject"),
        ("DELETE WHERE { d:st-01 rdf:predicate ?x }", "a statement has exactly one predicate"),
        ("DELETE WHERE { d:st-01 rdf:object ?x }", "a statement has exactly one object"),
        ("DELETE WHERE { d:st-01 kg:factuality ?x }", "a statement has exactly one factuality"),
        ("INSERT DATA { d:st-01 kg:factuality kg:Doubted }", "a statement has exactly one factuality"),
        ("DELETE WHERE { d:st-01 kg:confidence ?x }", "a statement has one confidence"),
        ("INSERT DATA { d:st-01 kg:confidence 1.5 }", "a statement has one confidence"),
        ("DELETE WHERE { d:st-01 prov:wasDerivedFrom ?x }", "derived from at least one sentence"),
        ("DELETE WHERE { d:st-01 prov:qualifiedDerivation ?x }", "says how it was derived"),
        ("INSERT DATA { d:st-01 kg:independentSources 2 }", "independent sources"),
        ("DELETE WHERE { d:st-01 kg:plain ?x }", "says whether it is a plain fact"),
        ('INSERT DATA { d:st-01 kg:doubt "unsure" }', "without doubts"),
        ("DELETE WHERE { d:st-03 kg:doubt ?x }", "says why it is not a plain fact"),
        ('INSERT DATA { d:st-03 kg:doubt "hm" }', "a doubt is one of the known doubts"),
        ("DELETE WHERE { d:Ana_Ruiz kg:hosted ?x }", "a plain statement has its plain triple"),
        ("INSERT DATA { d:Tom_Reed kg:signed d:treaty-0a1b2c3d }", "a plain triple is backed"),  # reported
        ("INSERT DATA { d:Ana_Ruiz kg:signed d:treaty-0a1b2c3d }", "a plain triple is backed"),  # negated
        ("INSERT DATA { d:Tom_Reed kg:visited d:Lima }", "a plain triple is backed"),  # planned
        (
            "INSERT DATA { d:Tom_Reed kg:hosted d:Ana_Ruiz }",
            "a plain triple is backed",
        ),  # the wrong way round
        ("DELETE WHERE { d:Lima rdfs:label ?x }", "a thing has exactly one label"),
        ("INSERT DATA { d:Lima rdfs:label 'Lima City' }", "a thing has exactly one label"),
        ("DELETE WHERE { d:Lima a ?x }", "a thing has a class"),
        ("DELETE WHERE { d:event-1111aaaa kg:factuality ?x }", "an event has exactly one factuality"),
        ("INSERT DATA { d:event-1111aaaa a kg:UnassertedEvent }", "only an asserted event is a sem:Event"),
        (
            "DELETE { ?e kg:factuality kg:Asserted } INSERT { ?e kg:factuality kg:Planned } "
            "WHERE { ?e kg:factuality kg:Asserted ; sem:eventType ?x }",
            "only an asserted event is a sem:Event",
        ),
        (
            "DELETE { ?e kg:date ?d } INSERT { ?e kg:date '2026' } "
            "WHERE { ?e kg:date ?d ; sem:eventType ?x }",
            "a date is one xsd:date",
        ),
        ("INSERT DATA { d:st-05 kg:begin '2026-01-02'^^xsd:date }", "a time says whether it is precise"),
        (
            "INSERT DATA { d:st-05 kg:begin '2026-01-02'^^xsd:date ; kg:end '2026-01-01'^^xsd:date ; "
            "kg:datePrecision 'day' }",
            "not after the end",
        ),
        (
            "INSERT DATA { d:st-05 kg:date '2026-01-02'^^xsd:date ; kg:datePrecision 'month' }",
            "is not given as a day",
        ),
        (
            "DELETE { ?s nif:beginIndex ?x } INSERT { ?s nif:beginIndex 99999 } "
            "WHERE { ?s nif:beginIndex ?x }",
            "a sentence begins before it ends",
        ),
        ("DELETE WHERE { ?s nif:anchorOf ?x }", "a sentence has its words"),
        ("DELETE WHERE { ?s schema:isPartOf ?x }", "a sentence is part of exactly one article"),
        ("DELETE WHERE { ?d kg:rule ?x }", "a derivation names its rule"),
        ("DELETE WHERE { ?a dct:identifier ?x }", "an article has exactly one identifier"),
        ("DELETE WHERE { kg:hosted rdfs:label ?x }", "a relation has a label"),
        ("INSERT DATA { <article-a.txt> prov:wasDerivedFrom d:Lima }", "an article is derived from articles"),
        ("INSERT DATA { <article-a.txt> prov:wasQuotedFrom d:Lima }", "an article is copied from articles"),
        ("DELETE WHERE { d:dependence-01 kg:dependent ?x }", "a dependence is of exactly one article"),
        ("INSERT DATA { d:dependence-01 kg:source d:Lima }", "on exactly one other article or publisher"),
        ("DELETE WHERE { d:dependence-01 kg:dependenceKind ?x }", "a dependence is of one kind"),
        ("DELETE WHERE { d:dependence-01 prov:wasDerivedFrom ?x }", "has sentences that show it"),
        ("DELETE WHERE { d:conflict-01 kg:conflictSubject ?x }", "about exactly one thing"),
        ("DELETE WHERE { d:conflict-01 kg:conflictProperty ?x }", "about exactly one property"),
        ("DELETE WHERE { d:conflict-01 kg:side d:conflict-01-2 }", "at least two sides"),
        ("DELETE WHERE { d:conflict-01-1 kg:valueText ?x }", "exactly one value"),
        ("DELETE WHERE { d:conflict-01-1 kg:article ?x }", "is given by an article"),
        ("INSERT DATA { d:conflict-01-1 kg:independentSources 2 }", "counts its independent sources"),
        ("DELETE WHERE { d:decision-01 kg:decisionKind ?x }", "a decision is to merge"),
    ],
)
def test_a_broken_graph_is_found(update: str, message: str) -> None:
    broken = graph()
    before = set(broken)
    broken.update(HEADER + update)
    assert set(broken) != before
    found = violations(broken)
    assert any(message in violation for violation in found)
    assert messages(conformance.violations(of_rdflib(broken))) == messages(found)


def test_an_unsupported_shape_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = (
        'kg:S a sh:NodeShape ; sh:targetClass kg:City ; sh:property [ sh:path rdfs:label ; sh:pattern "x" ] .'
    )
    sh = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    turtle = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    (tmp_path / "shapes.ttl").write_text(f"{sh}{turtle}{said}", encoding="utf-8")
    monkeypatch.setattr(conformance, "folder", lambda: tmp_path)
    with pytest.raises(NotImplementedError, match="sh:pattern"):
        conformance.violations(of_rdflib(graph()))
