"""The user's RDF: what is imported from a file, and what is refused."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg import ontology
from kg.model import Background, Entity, Known
from kg.ontology import KG, folder
from kg.pipeline import OntologyError, build
from kg.rdf.background import BackgroundError, quads, read
from kg.rdf.convert import to_rdflib
from kg.rdf.graph import triples
from kg.rdf.known import known
from kg.rdf.names import Names
from kg.rdf.parts import GraphPart
from kg.rdf.shapes import violations
from kg.write import rdf_files
from tests.sample import knowledge

WORDS = ontology.load()
NAMES = Names()
PREFIXES = """
@prefix kg: <https://kg.example/ontology#> . @prefix d: <https://kg.example/data/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix ex: <https://staff.example/> .
"""


def things(folder: Path, *files: str) -> dict[str, Known]:
    """Last part of the first IRI -> thing, for the things that files with this Turtle name."""
    paths = [folder / f"{number}.ttl" for number in range(len(files))]
    for path, text in zip(paths, files, strict=True):
        path.write_text(PREFIXES + text, encoding="utf-8")
    found = known(read(paths, NAMES), WORDS, NAMES)
    return {each.iris[0].rpartition("/")[2]: each for each in found}


# -- Files


@pytest.mark.parametrize("form", list(rdf_files.FORMATS))
def test_every_export_format_is_read_back(tmp_path: Path, form: str) -> None:
    facts = triples(knowledge(), WORDS)[GraphPart.FACTS]
    path = tmp_path / f"graph{rdf_files.FORMATS[form].suffix}"
    with path.open("wb") as file:
        rdf_files.write(facts, form, file)
    (told,) = read([path], NAMES)
    assert list(told.triples) == facts
    assert {each.id for each in known([told], WORDS, NAMES)} >= {"Ana_Ruiz", "Tom_Reed", "Alpine_Rail_Co"}


def test_a_file_is_a_named_graph_without_blank_nodes(tmp_path: Path) -> None:
    path = tmp_path / "my staff.ttl"
    path.write_text(PREFIXES + "ex:1 ex:room [ ex:floor 3 ] , [ ex:floor 4 ] .", encoding="utf-8")
    found = quads(read([path], NAMES), NAMES)
    assert {each.graph_name for each in found} == {NamedNode(NAMES.background("my staff.ttl"))}
    assert not [term for each in found for term in each if isinstance(term, BlankNode)]
    assert found == quads(read([path], NAMES), NAMES)
    assert len(found) == 4


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.ttl", "\n<a:a> <a:b> 'c' ;; .\n<a:a> oops .", r"a.ttl, line 3: is not Turtle"),
        ("a.ttl", "", "contains no triple"),
        ("a.xlsx", "name,age", "has an unknown file extension"),
        ("a.ttl", "<a:a> <a:b> <<( <a:c> <a:d> 'e' )>> .", "RDF 1.2"),
        ("a.jsonld", '{"@context": "https://schema.org/", "name": "x"}', "kg fetches nothing"),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r/>', "is not RDF/XML"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BackgroundError, match=told):
        read([tmp_path / name], NAMES)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.rdf", '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><r/>', "expanding entities"),
        ("a.rdf", f"<!DOCTYPE r [<!ENTITY a '{'lol' * 999}'>]><r/>", "expanding entities"),
        ("a.jsonld", '{"http://b":' * 5000 + "1" + "}" * 5000, "nested more than 200 deep"),
        ("a.nt", f'<http://a> <http://b> "{"x" * 20_000_000}" .', "line of more than"),
    ],
)
def test_a_file_that_would_crash_the_parser_is_refused(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BackgroundError, match=told):
        read([tmp_path / name], NAMES)


def test_only_a_file_is_opened(tmp_path: Path) -> None:
    """A pipe would block, and a device has no end."""
    (tmp_path / "loop.ttl").symlink_to("loop.ttl")
    (tmp_path / "zero.ttl").symlink_to("/dev/zero")
    (tmp_path / "folder.ttl").mkdir()
    os.mkfifo(tmp_path / "pipe.ttl")
    for path in tmp_path.iterdir():
        with pytest.raises(BackgroundError, match=f"{path}: cannot be read "):
            read([path], NAMES)
        with pytest.raises(OntologyError, match=f"{path}: cannot be read "):
            build([], ontology_files=[path])


def test_entities_for_namespaces_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.owl").write_text(
        """<!DOCTYPE rdf:RDF [<!ENTITY staff "https://staff.example/">]>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:f="http://xmlns.com/foaf/0.1/">
        <f:Person rdf:about="&staff;17"><f:name>Ana Ruiz</f:name></f:Person></rdf:RDF>""",
        encoding="utf-8",
    )
    (told,) = read([tmp_path / "a.owl"], NAMES)
    assert {each.subject.value for each in told.triples} == {"https://staff.example/17"}


def test_a_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<https://a.example/> <https://b.example/> 1 .", encoding="utf-8-sig")
    (told,) = read([tmp_path / "a.ttl"], NAMES)
    assert len(told.triples) == 1


def test_two_files_with_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BackgroundError, match="has the name of another background file"):
        read([tmp_path / "a.ttl", tmp_path / "b" / ".." / "a.ttl"], NAMES)


# -- Names


def test_names_and_classes_of_the_usual_vocabularies_are_known(tmp_path: Path) -> None:
    found = things(
        tmp_path,
        """
        ex:a a foaf:Person ; foaf:name "Ana Ruiz" ; foaf:nick "La Jefa" ; foaf:gender "female" .
        ex:b a schema:Person ; schema:name "Tom Reed" ; schema:gender schema:Male ; schema:familyName "Reed" .
        ex:c a vcard:Individual ; vcard:given-name "Petra" ; vcard:family-name "Novak" .
        ex:d a org:FormalOrganization ; skos:prefLabel "Norvex"@en , "ノルベクス"@ja ;
            skos:altLabel "Norvex Holdings" .
        ex:e a schema:City ; rdfs:label "Lima" .
        ex:f rdfs:label "Of No Class" .
        """,
    )
    assert {name: (one.label, one.type, one.gender) for name, one in found.items()} == {
        "a": ("Ana Ruiz", "Person", "f"),
        "b": ("Tom Reed", "Person", "m"),
        "c": ("Petra Novak", "Person", ""),
        "d": ("Norvex", "Organization", ""),
        "e": ("Lima", "City", ""),
        "f": ("Of No Class", "", ""),
    }
    assert found["a"].names == ("Ana Ruiz", "La Jefa")
    assert found["b"].families == ("Reed",)
    assert set(found["d"].names) == {"Norvex", "Norvex Holdings", "ノルベクス"}


def test_a_file_can_declare_its_own_terms(tmp_path: Path) -> None:
    found = things(
        tmp_path,
        """
        ex:Club rdfs:subClassOf kg:SportsTeam . ex:called rdfs:subPropertyOf foaf:name .
        ex:a a ex:Club ; ex:called "Northport Rovers" .
        """,
    )
    assert (found["a"].label, found["a"].type) == ("Northport Rovers", "SportsTeam")


def test_what_no_article_would_name_is_omitted(tmp_path: Path) -> None:
    found = things(
        tmp_path,
        """
        ex:Person a owl:Class ; rdfs:label "Person" .
        ex:meeting a kg:Meeting ; rdfs:label "Ana Ruiz met Tom Reed" .
        ex:treaty a kg:Thing ; rdfs:label "a treaty" ; kg:isNamed false .
        ex:x a foaf:Person ; foaf:name "X" .
        """,
    )
    assert found == {}


def test_things_in_two_files_are_merged_by_iri_name_or_same_as(tmp_path: Path) -> None:
    one = 'ex:a a foaf:Person ; foaf:name "Ana Ruiz" . ex:c a foaf:Person ; foaf:name "Kwame Okoro" .'
    other = """d:Ana_Ruiz a foaf:Person ; foaf:name "Ana Ruiz" . ex:a foaf:name "Ana Ruiz" .
    ex:d a foaf:Person ; foaf:name "K. Okoro" ; owl:sameAs ex:c ."""
    found = things(tmp_path, one, other)
    assert {each.iris for each in found.values()} == {
        ("https://kg.example/data/Ana_Ruiz", "https://staff.example/a"),
        ("https://staff.example/c", "https://staff.example/d"),
    }
    assert found["Ana_Ruiz"].id == "Ana_Ruiz"
    assert found["Ana_Ruiz"].background == ("0.ttl", "1.ttl")


def test_namesakes_in_one_file_stay_separate(tmp_path: Path) -> None:
    found = things(
        tmp_path, 'ex:a a foaf:Person ; foaf:name "Ana Ruiz" . ex:b a foaf:Person ; foaf:name "Ana Ruiz" .'
    )
    assert len(found) == 2


@pytest.mark.parametrize(
    ("class_", "ours"),
    [
        ("dbo:City", "City"),
        ("dbo:SoccerClub", "SportsTeam"),
        ("dbo:Mayor", "Person"),
        ("dbo:Newspaper", "MediaOutlet"),
        ("schema:Airport", "Facility"),
        ("wd:Q515", "City"),
        ("wd:Q7278", "PoliticalParty"),
    ],
)
def test_classes_of_other_vocabularies_are_mapped(tmp_path: Path, class_: str, ours: str) -> None:
    text = f"""@prefix dbo: <http://dbpedia.org/ontology/> . @prefix wd: <http://www.wikidata.org/entity/> .
        @prefix wdt: <http://www.wikidata.org/prop/direct/> .
        ex:a a {class_} ; rdfs:label "Norvex" . ex:b wdt:P31 {class_} ; rdfs:label "Brantal" ."""
    assert {each.type for each in things(tmp_path, text).values()} == {ours}


def test_every_mapped_class_exists() -> None:
    quads = parse(path=folder() / "background.ttl", format=RdfFormat.TURTLE)
    meant = {quad.object.value for quad in quads if quad.object.value.startswith(KG)}
    assert meant <= {each.iri for each in WORDS.classes.values()}


# -- Tables


def table(tmp_path: Path, text: str, name: str = "staff.csv") -> dict[str, Known]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return {each.label: each for each in known(read([path], NAMES), WORDS, NAMES)}


def test_a_table_gives_people_and_organisations(tmp_path: Path) -> None:
    text = (
        "Name;Type;Other names;Gender;IRI;Phone (home)\n"
        'Ana Ruiz;person;A. Ruiz | "La Jefa";f;https://staff.example/17;555\n'
        "Norvex;Company;NVX;;;\n;;;;;\n"
        "Seaport;government body;;;;\n"
    )
    found = table(tmp_path, text.replace('"', ""))
    assert {name: (one.type, one.gender) for name, one in found.items()} == {
        "Ana Ruiz": ("Person", "f"),
        "Norvex": ("Company", ""),
        "Seaport": ("GovernmentBody", ""),
    }
    assert found["Ana Ruiz"].iris == ("https://staff.example/17",)
    assert found["Ana Ruiz"].names == ("A. Ruiz", "Ana Ruiz", "La Jefa")
    assert found["Norvex"].iris == (f"{NAMES.background('staff.csv')}#line-3",)
    (told,) = read([tmp_path / "staff.csv"], NAMES)
    assert f'<{NAMES.background("staff.csv")}#phone-home> "555"' in " ".join(map(str, told.triples))


def test_given_and_family_name_are_a_name(tmp_path: Path) -> None:
    found = table(tmp_path, "first name\tlast name\tclass\nAna\tRuiz\tPerson\n", "staff.tsv")
    assert found["Ana Ruiz"].families == ("Ruiz",)


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("", "line 1", "no column “name”"),
        ("who,what\nAna,person\n", "line 1", "no column “name”"),
        ("name,name\nAna,Ana\n", "line 1", "“name” twice"),
        ("name,type\nAna\n", "line 2", "has 1 cells"),
        ("name,type\nAna,wizard\n", "line 2", "“wizard”, which is not a class"),
        ("name,iri\nAna,no iri\n", "line 2", "“no iri” where an IRI"),
        ('name\n"Ana\n', "line 2", "is not valid CSV"),
        ("name,type\n", "staff.csv", "contains no triple"),
        ("name," + ",".join(f"c{n}" for n in range(30_000)), ", line 1", "more than 1,000 columns"),
    ],
)
def test_a_table_that_cannot_be_read_is_reported(tmp_path: Path, text: str, where: str, what: str) -> None:
    with pytest.raises(BackgroundError) as error:
        table(tmp_path, text)
    assert where in str(error.value) and what in str(error.value)


# -- In the graph


def test_the_graph_says_which_background_a_thing_is_known_from() -> None:
    known_before = knowledge()
    entities = [
        replace(each, same=("https://staff.example/17",), background=("staff.ttl",))
        if each.id == "Ana_Ruiz"
        else each
        for each in known_before.entities
    ]
    told = replace(known_before, entities=tuple(entities), background=(Background("staff.ttl", "0" * 64, 3),))
    graph = to_rdflib(triple for part in triples(told, WORDS).values() for triple in part)
    query = "SELECT ?file ?mine { ?file a kg:Background . d:Ana_Ruiz kg:knownFrom ?file ; owl:sameAs ?mine }"
    assert [tuple(map(str, row)) for row in graph.query(query)] == [
        (NAMES.background("staff.ttl"), "https://staff.example/17")
    ]
    assert violations(graph) == []


def test_an_entity_that_has_its_own_iri_is_not_the_same_as_itself() -> None:
    entity = Entity("Ana_Ruiz", "Ana Ruiz", "Person", same=(NAMES.node("Ana_Ruiz"),), background=("a.nt",))
    found = triples(replace(knowledge(), entities=(entity,), events=(), statements=()), WORDS)[
        GraphPart.FACTS
    ]
    assert not [each for each in found if each.predicate.value.endswith("sameAs")]
    assert Literal("Ana Ruiz") in [each.object for each in found]
