"""The ontology as others read it: every term once, with its kind, words and ends; reasoners find no
inconsistency."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg import ontology, pipeline
from kg.ontology import KG
from kg.rdf import namespace, whole_ontology
from kg.rdf.conformance import violations
from kg.rdf.graph import triples
from kg.rdf.names import OWL, RDF, RDFS, SEM
from kg.rdf.terms import link
from tests.sample import disputed, knowledge

pytestmark = pytest.mark.slow

TYPE = NamedNode(RDF + "type")
KINDS = {OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}


@cache
def everything() -> list[Triple]:
    """The whole ontology."""
    return list(whole_ontology.triples())


@cache
def data() -> list[Triple]:
    """The triples of two samples."""
    parts = [part for known in (knowledge(), disputed()) for part in triples(known, ontology.load()).values()]
    return [triple for part in parts for triple in part]


@cache
def values() -> dict[tuple[str, str], list[Literal | NamedNode]]:
    """Subject and predicate -> their objects in the ontology."""
    found = defaultdict[tuple[str, str], list[Literal | NamedNode]](list)
    for triple in everything():
        found[str(triple.subject), triple.predicate.value].append(triple.object)
    return found


def said(iri: str, predicate: str) -> list[Literal | NamedNode]:
    return values().get((f"<{iri}>", predicate), [])


def test_no_term_is_declared_twice() -> None:
    declared = Counter(
        name
        for path in ontology.files()
        for name in re.findall(r"^([\w-]+:[\w-]+) a ", path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert [name for name, times in declared.items() if times > 1] == []
    for term in {t.subject for t in everything() if isinstance(t.subject, NamedNode)}:
        for predicate in ("label", "comment"):
            assert len(said(term.value, RDFS + predicate)) <= 1, term


def test_the_ontology_describes_itself() -> None:
    (version,) = said(whole_ontology.IRI, OWL + "versionInfo")
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{version.value}"' in project
    assert NamedNode(OWL + "Ontology") in said(whole_ontology.IRI, RDF + "type")


def test_every_term_in_the_data_is_declared() -> None:
    classes = {t.object.value for t in data() if t.predicate == TYPE and isinstance(t.object, NamedNode)}
    properties = {t.predicate.value for t in data()}
    for term in sorted(each for each in classes | properties if each.startswith(KG)):
        kinds = {kind.value for kind in said(term, RDF + "type")} & KINDS
        assert len(kinds) == 1 or term in (KG + name for name in ("Asserted", "Reported")), term
        assert said(term, RDFS + "label") and said(term, RDFS + "comment"), term
        if term in properties:
            assert said(term, RDFS + "domain") and said(term, RDFS + "range"), term


def test_a_decision_in_the_news_is_not_a_review_decision() -> None:
    known = disputed()
    banned = replace(known.events[0], type="Decision")
    whole = replace(known, events=(banned, *known.events[1:]))
    found = triples(whole, ontology.load())
    assert violations(triple for part in found.values() for triple in part) == []


def test_no_property_has_both_literals_and_things_as_values() -> None:
    for found in (data(), everything()):
        kinds: dict[str, set[bool]] = {}
        for triple in found:
            if triple.predicate.value.startswith((KG, "https://kg.example/relation/")):
                kinds.setdefault(triple.predicate.value, set()).add(isinstance(triple.object, Literal))
        assert [name for name, both in kinds.items() if len(both) > 1] == []


def test_a_relation_to_literals_has_its_own_iri() -> None:
    assert said(KG + "showed-text", RDF + "type").count(NamedNode(OWL + "DatatypeProperty")) == 1
    assert NamedNode(KG + "expressed-text") in said(KG + "said", RDFS + "subPropertyOf")
    assert NamedNode(OWL + "ObjectProperty") in said(KG + "showed", RDF + "type")


def test_functional_properties_are_hidden_from_reasoners() -> None:
    kinds = {t.object.value for t in everything() if t.predicate == TYPE}
    assert OWL + "AsymmetricProperty" not in kinds and said(KG + "bornIn", RDF + "type")
    assert NamedNode(OWL + "FunctionalProperty") not in said(KG + "bornIn", RDF + "type")
    assert said(KG + "bornIn", KG + "functional")


def test_the_namespace_is_configurable() -> None:
    moved = namespace.moved(everything(), "https://news.example/terms#")
    assert len(moved) == len(everything()) and KG.rstrip("#") not in "".join(map(str, moved)).replace('"', "")
    assert not namespace.is_namespace("news")


def closed(found: set[Triple]) -> set[Triple]:
    """The RDFS closure: domains, ranges, super-classes and super-properties."""
    rules = {
        name: [(t.subject, t.object) for t in found if t.predicate.value == RDFS + name]
        for name in ("domain", "range", "subClassOf", "subPropertyOf")
    }
    while True:
        more = set[Triple]()
        above = {name: {} for name in rules}  # type: dict[str, dict[object, list[object]]]
        for name, pairs in rules.items():
            for one, other in pairs:
                above[name].setdefault(one, []).append(other)
        for t in found:
            more |= {Triple(t.subject, p, t.object) for p in above["subPropertyOf"].get(t.predicate, ())}
            more |= {Triple(t.subject, TYPE, c) for c in above["domain"].get(t.predicate, ())}
            if isinstance(t.object, NamedNode):
                more |= {Triple(t.object, TYPE, c) for c in above["range"].get(t.predicate, ())}
            if t.predicate == TYPE:
                more |= {Triple(t.subject, TYPE, c) for c in above["subClassOf"].get(t.object, ())}
        if more <= found:
            return found
        found = found | more


def test_the_rdfs_closure_adds_no_nonsense() -> None:
    theirs = {
        link(SEM + "hasActor", RDFS + "range", SEM + "Actor"),
        link(SEM + "eventType", RDFS + "domain", SEM + "Event"),
    }
    types = {
        (t.subject, t.object.value) for t in closed({*everything(), *data(), *theirs}) if t.predicate == TYPE
    }

    def of(name: str) -> set[object]:
        return {subject for subject, class_ in types if class_ == name}

    assert of(SEM + "Actor") <= of(KG + "Agent") and of(SEM + "Actor")
    assert not of(KG + "Topic") & of(KG + "Agent")
    assert not of(KG + "UnassertedEvent") & (of(KG + "Event") | of(SEM + "Event"))


def consistent(found: set[Triple], path: Path) -> bool:
    import owlready2

    serialize(found, str(path), RdfFormat.N_TRIPLES)
    world = owlready2.World()
    loaded = world.get_ontology(path.as_uri()).load()
    try:
        with loaded:
            owlready2.sync_reasoner_hermit(
                world, infer_property_values=False, debug=0, ignore_unsupported_datatypes=True
            )
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return list(world.inconsistent_classes()) == []


reasoning = pytest.mark.skipif(
    importlib.util.find_spec("owlready2") is None or shutil.which("java") is None,
    reason="owlready2 or Java is missing",
)


@reasoning
def test_an_owl_reasoner_finds_ontology_and_data_consistent(tmp_path: Path) -> None:
    assert consistent({*everything(), *data()}, tmp_path / "all.nt")
    nonsense = link("https://kg.example/data/Ana_Ruiz", RDF + "type", KG + "Organization")
    assert not consistent({*everything(), *data(), nonsense}, tmp_path / "wrong.nt")


@reasoning
def test_an_owl_reasoner_finds_the_seeds_consistent(tmp_path: Path) -> None:
    built = pipeline.build([Path(__file__).parents[2] / "seeds"])
    parts = built.triples.values()
    assert consistent({*everything(), *(triple for part in parts for triple in part)}, tmp_path / "all.nt")
