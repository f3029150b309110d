"""The triples of a Knowledge."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple, parse
from pyoxigraph import RdfFormat as Rdf

from kg.model import Doubt, Entity, Event, Evidence, Factuality, Knowledge, Role, Statement, Text, Time
from kg.ontology import KG
from kg.rdf.graph import article_quads, triples
from kg.rdf.names import OWL, PREFIXES, RDF, Names
from kg.rdf.parts import GraphPart
from tests.rdf.small import ontology
from tests.sample import disputed, knowledge

HEADER = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def turtle(text: str) -> set[Triple]:
    return {Triple(q.subject, q.predicate, q.object) for q in parse(HEADER + text, Rdf.TURTLE)}


def about(node: str, found: list[Triple]) -> set[Triple]:
    """The triples whose subject is `node`, an IRI or a local name below d:."""
    iri = node if ":" in node else PREFIXES["d"] + node
    return {triple for triple in found if triple.subject == NamedNode(iri)}


PARTS = triples(knowledge(), ontology())
FACTS, EVENTS, LINKS, PROVENANCE = (PARTS[part] for part in GraphPart)
ALL = [*FACTS, *EVENTS, *LINKS, *PROVENANCE]


def evidence(document: str = "a.txt", start: int = 0, rule: str = "active") -> tuple[Evidence, ...]:
    return (Evidence(document, start, start + 5, "Words", rule, 0.9, "met"),)


def statement(
    id_: str = "st-1",
    factuality: Factuality = Factuality.ASSERTED,
    predicate: str = "met",
    known: bool = True,
    said: str | Text = "Tom",
) -> Statement:
    return Statement(id_, "Ana", predicate, said, factuality, 0.5, evidence(), "met", known)


def only(*statements: Statement) -> Knowledge:
    people = (Entity("Ana", "Ana", "Person"), Entity("Tom", "Tom", "Person"))
    return Knowledge(entities=people, statements=statements)


def test_the_values_of_a_property_are_of_one_kind() -> None:
    kinds: dict[str, set[type]] = {}
    for triple in ALL:
        kinds.setdefault(triple.predicate.value, set()).add(type(triple.object))
    assert [name for name, some in kinds.items() if len(some) > 1] == [RDF + "object"]


# -- facts -------------------------------------------------------------------------------------------


def test_a_person_has_all_classes_names_and_asserted_facts() -> None:
    assert about("Ana_Ruiz", FACTS) == turtle("""
        d:Ana_Ruiz a kg:Person, kg:Agent, kg:Thing, schema:Person, schema:Thing ;
            rdfs:label "Ana Ruiz" ; skos:altLabel "President Ana Ruiz", "Ruiz" ; kg:isNamed true ;
            kg:hosted d:Tom_Reed ;
            kg:met d:Tom_Reed ; schema:knows d:Tom_Reed ;
            kg:holdsPosition d:President_of_Peru ;
            kg:relatedTo d:Tom_Reed, d:President_of_Peru .""")


def test_a_hostile_label_is_only_text() -> None:
    assert about("Alpine_Rail_Co", FACTS) == turtle("""
        d:Alpine_Rail_Co a kg:Company, kg:Organization, kg:Agent, kg:Thing, schema:Thing ;
            rdfs:label "Alpine <Rail> & Co" ; kg:isNamed true .""")


def test_quotations_are_linked_to_what_they_mention() -> None:
    said = replace(statement(predicate="said", said=Text("They met.")), about=("Ana", "Tom"))
    made = triples(only(said), ontology())[GraphPart.PROVENANCE]
    assert [t.object for t in made if t.predicate.value == KG + "mentions"] == [
        NamedNode(PREFIXES["d"] + name) for name in ("Ana", "Tom")
    ]


def test_only_symmetric_relations_are_written_both_ways() -> None:
    back = about("Tom_Reed", FACTS) - turtle('d:Tom_Reed kg:said "We will sign a treaty." .')
    assert {t for t in back if t.object == NamedNode(PREFIXES["d"] + "Ana_Ruiz")} == turtle(
        "d:Tom_Reed kg:met d:Ana_Ruiz ; schema:knows d:Ana_Ruiz ; kg:relatedTo d:Ana_Ruiz ."
    )


def test_only_agents_are_actors_and_only_places_are_places() -> None:
    roles = ((Role.AGENT, "rain"), (Role.PATIENT, "Ana"), (Role.OTHER, "Lima"), (Role.PLACE, "rain"))
    things = (
        Entity("rain", "rain", "Thing"),
        Entity("Ana", "Ana", "Person"),
        Entity("Lima", "Lima", "City"),
    )
    event = Event("event-1", "rain stopped Ana", "Event", roles, place="rain")
    found = about(
        "event-1", triples(Knowledge(entities=things, events=(event,)), ontology())[GraphPart.EVENTS]
    )
    sem = {t for t in found if t.predicate.value.startswith(PREFIXES["sem"] + "has")}
    assert sem == turtle("d:event-1 sem:hasActor d:Ana .")
    assert turtle("d:event-1 kg:hasForce d:rain ; kg:hasPatient d:Ana ; kg:hasParticipant d:Lima .") <= found


@pytest.mark.parametrize("factuality", [f for f in Factuality if f is not Factuality.ASSERTED])
def test_unasserted_statements_have_no_plain_triple(factuality: Factuality) -> None:
    found = triples(only(statement(factuality=factuality)), ontology())
    links = {t.predicate.value.rpartition("#")[2] for t in about("Ana", found[GraphPart.FACTS])}
    assert links == {"type", "label", "isNamed"}
    assert turtle("d:st-1 rdf:predicate kg:met .") <= set(found[GraphPart.PROVENANCE])


def test_statements_with_doubts_have_no_plain_triple() -> None:
    told = replace(statement(), doubts=(Doubt.COMPLEMENT, Doubt.UNSURE))
    found = triples(only(told), ontology())
    links = {t.predicate.value.rpartition("#")[2] for t in about("Ana", found[GraphPart.FACTS])}
    assert links == {"type", "label", "isNamed"}
    assert turtle("""d:st-1 kg:factuality kg:Asserted ; kg:plain false ;
        kg:doubt "complement lost", "unsure" .""") <= set(found[GraphPart.PROVENANCE])


def test_a_text_object_is_a_literal_of_its_datatype() -> None:
    found = triples(only(statement(said=Text("20", "integer"))), ontology())
    assert turtle("d:Ana kg:met-text 20 ; kg:relatedTo-text 20 .") <= set(found[GraphPart.FACTS])
    assert turtle("d:st-1 rdf:object 20 .") <= set(found[GraphPart.PROVENANCE])


def test_an_open_relation_is_declared_below_related_to() -> None:
    found = triples(only(statement(predicate="stopped-short-of", known=False)), ontology())
    assert about("https://kg.example/relation/stopped-short-of", found[GraphPart.FACTS]) == turtle("""
        kgr:stopped-short-of a kg:Relation, rdf:Property, owl:ObjectProperty ; rdfs:label "met"@en ;
            rdfs:subPropertyOf kg:relatedTo .""")
    assert turtle("d:Ana kgr:stopped-short-of d:Tom ; kg:relatedTo d:Tom .") <= set(found[GraphPart.FACTS])


def test_a_used_relation_is_declared_with_its_super_properties() -> None:
    assert about("https://kg.example/ontology#met", FACTS) == turtle("""
        kg:met a kg:Relation, rdf:Property, owl:ObjectProperty, owl:SymmetricProperty ; rdfs:label "met"@en ;
            rdfs:subPropertyOf kg:relatedTo, schema:knows .""")
    assert turtle('kg:relatedTo a kg:Relation ; rdfs:label "related to"@en .') <= set(FACTS)


# -- events ------------------------------------------------------------------------------------------


def test_an_event_has_participants_time_and_place() -> None:
    assert about("event-1111aaaa", EVENTS) == turtle("""
        d:event-1111aaaa a kg:Meeting, kg:Event, kg:Thing, sem:Event, schema:Thing ;
            rdfs:label "Ana Ruiz hosted Tom Reed" ;
            kg:eventType kg:Meeting ; sem:eventType kg:Meeting ; kg:factuality kg:Asserted ;
            kg:involves d:Ana_Ruiz, d:Tom_Reed ; sem:hasActor d:Ana_Ruiz, d:Tom_Reed ;
            kg:hasAgent d:Ana_Ruiz ; kg:hasPatient d:Tom_Reed ;
            kg:place d:Lima ; sem:hasPlace d:Lima ;
            kg:timeText "Monday" ; kg:when "2026-01-12" ; kg:datePrecision "day" ;
            kg:date "2026-01-12"^^xsd:date ; kg:begin "2026-01-12"^^xsd:date ; kg:end "2026-01-12"^^xsd:date ;
            sem:hasBeginTimeStamp "2026-01-12"^^xsd:date ; sem:hasEndTimeStamp "2026-01-12"^^xsd:date .""")


@pytest.mark.parametrize("factuality", [f for f in Factuality if f is not Factuality.ASSERTED])
def test_an_unasserted_event_is_not_a_sem_event(factuality: Factuality) -> None:
    event = Event(
        "event-1",
        "talks",
        "Meeting",
        ((Role.AGENT, "Ana"), (Role.PLACE, "Lima")),
        Time("2026-02-01", "2026-02-01", ""),
        "Lima",
        factuality,
    )
    found = triples(Knowledge(events=(event,)), ontology())[GraphPart.EVENTS]
    assert set(found) == turtle(f"""
        d:event-1 a kg:UnassertedEvent, kg:Thing, schema:Thing ; rdfs:label "talks" ;
            kg:eventType kg:Meeting ; kg:factuality kg:{factuality.capitalize()} ;
            kg:involves d:Ana, d:Lima ; kg:place d:Lima ;
            kg:date "2026-02-01"^^xsd:date ; kg:datePrecision "day" ; kg:when "2026-02-01" ;
            kg:begin "2026-02-01"^^xsd:date ; kg:end "2026-02-01"^^xsd:date .""")


@pytest.mark.parametrize(
    ("start", "end", "begin", "finish", "date", "precision"),
    [
        ("2026-01-12", "2026-01-12", "2026-01-12", "2026-01-12", "2026-01-12", "day"),
        ("2026-01-12", "2026-01-14", "2026-01-12", "2026-01-14", "", "day"),
        ("2026-01-12", "", "2026-01-12", "", "", "day"),
        ("2026-01", "2026-02", "2026-01-01", "2026-02-28", "", "month"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29", "", "month"),
        ("2024", "2024", "2024-01-01", "2024-12-31", "", "year"),
        ("2024", "2025-03", "2024-01-01", "2025-03-31", "", "year"),
        ("2026-01-12T20:00", "2026-01-12T20:00", "2026-01-12", "2026-01-12", "2026-01-12", "day"),
        ("2026-02-30", "soon", "", "", "", ""),
    ],
)
def test_no_day_is_invented(start: str, end: str, begin: str, finish: str, date: str, precision: str) -> None:
    timed = replace(statement(), time=Time(start, end, "then"))
    found = about("st-1", triples(only(timed), ontology())[GraphPart.PROVENANCE])
    values = {t.predicate.value.partition("#")[2]: t.object for t in found}
    for name, expected in (("begin", begin), ("end", finish), ("date", date)):
        day = Literal(expected, datatype=NamedNode(PREFIXES["xsd"] + "date")) if expected else None
        assert values.get(name) == day
    assert values.get("datePrecision") == (Literal(precision) if precision else None)


def test_an_interval_is_not_a_day_and_may_be_open() -> None:
    for start, end in (("2019", ""), ("", "2026-01-12"), ("2026-01-12", "2026-01-12")):
        timed = replace(statement(), time=Time(start, end, "by then", interval=True))
        found = about("st-1", triples(only(timed), ontology())[GraphPart.PROVENANCE])
        values = {t.predicate.value.partition("#")[2]: t.object for t in found}
        assert values["timeInterval"] == Literal("true", datatype=NamedNode(PREFIXES["xsd"] + "boolean"))
        assert ("begin" in values, "end" in values) == (bool(start), bool(end))
        assert "date" not in values


# -- provenance --------------------------------------------------------------------------------------


def test_an_event_is_linked_to_the_event_that_contains_it() -> None:
    summit = Event("event-1", "summit", "Event")
    vote = Event("event-2", "vote", "Event", part_of="event-1")
    found = triples(Knowledge(events=(summit, vote)), ontology())[GraphPart.EVENTS]
    links = turtle(
        "d:event-2 kg:subEventOf d:event-1 ; sem:subEventOf d:event-1 . d:event-1 sem:hasSubEvent d:event-2 ."
    )
    assert links <= set(found)
    planned = replace(vote, factuality=Factuality.PLANNED)
    found = triples(Knowledge(events=(summit, planned)), ontology())[GraphPart.EVENTS]
    assert links & set(found) == turtle("d:event-2 kg:subEventOf d:event-1 .")


def test_a_country_is_linked_to_wikidata_in_a_separate_part() -> None:
    peru, band = Entity("Peru", "Peru", "Country"), Entity("Peru-1", "Peru", "MusicGroup")
    gone = Entity("Soviet_Union", "Soviet Union", "Country")
    found = triples(Knowledge(entities=(peru, band, gone)), ontology())
    assert set(found[GraphPart.LINKS]) == turtle("d:Peru owl:sameAs <http://www.wikidata.org/entity/Q419> .")


def test_a_statement_has_its_factuality_and_source() -> None:
    found = about("st-03", PROVENANCE)
    derivations = {t.object for t in found if t.predicate.value.endswith("qualifiedDerivation")}
    (derivation,) = derivations
    assert isinstance(derivation, NamedNode)
    assert found == turtle(f"""
        d:st-03 a rdf:Statement ;
            rdf:subject d:Tom_Reed ; rdf:predicate kg:signed ; rdf:object d:treaty-0a1b2c3d ;
            kg:inWords "Tom Reed signed a treaty (reported)" ;
            kg:factuality kg:Reported ; kg:speaker d:Tom_Reed ; kg:confidence 0.6 ;
            kg:plain false ; kg:doubt "not asserted" ;
            kg:articles 1 ; kg:independentSources 1 ;
            prov:wasDerivedFrom <https://kg.example/data/article-a.txt#char=44,79> ;
            prov:qualifiedDerivation {derivation} .""")
    assert about(derivation.value, PROVENANCE) == turtle(f"""
        {derivation} a prov:Derivation ; prov:entity <https://kg.example/data/article-a.txt#char=44,79> ;
            kg:rule "speech" ; kg:surface "said" ; kg:confidence 0.9 .""")


def test_a_sentence_has_its_offsets_and_text() -> None:
    assert about("https://kg.example/data/article-a.txt#char=44,79", PROVENANCE) == turtle("""
        <https://kg.example/data/article-a.txt#char=44,79> a nif:Sentence, nif:RFC5147String ;
            nif:beginIndex 44 ; nif:endIndex 79 ; nif:anchorOf "Reed said: “We will sign a treaty.”" ;
            nif:referenceContext d:article-a.txt ; schema:isPartOf d:article-a.txt .""")


def test_an_article_has_the_metadata_of_its_page() -> None:
    digest = "0" * 64
    assert about("article-a.txt", PROVENANCE) == turtle(f"""
        d:article-a.txt a schema:NewsArticle, nif:Context ; dct:identifier "a.txt" ;
            schema:headline "Ruiz hosts Reed" ; schema:publisher "The Example" ; schema:author "Jo Doe" ;
            schema:datePublished "2026-01-13"^^xsd:date ; schema:sha256 "{digest}" ;
            schema:mentions d:Ana_Ruiz, d:Tom_Reed, d:Lima, d:treaty-0a1b2c3d, d:event-1111aaaa .""")


def test_each_sentence_and_rule_is_a_separate_derivation() -> None:
    several = (*evidence(), *evidence(rule="passive"), *evidence("b.txt"))
    found = triples(only(replace(statement(), evidence=several, independent=2)), ontology())[
        GraphPart.PROVENANCE
    ]
    assert sum(t.object == NamedNode(PREFIXES["prov"] + "Derivation") for t in found) == 3
    assert turtle("d:st-1 kg:articles 2 ; kg:independentSources 2 .") <= set(found)


# -- agreement between articles --------------------------------------------------------------------

DISPUTED = triples(disputed(), ontology())[GraphPart.PROVENANCE]
JO_DOE = Names().agent("Jo Doe").rpartition("agent-")[2]
SECOND_ARTICLE = PREFIXES["d"] + "article-news-b-txt-47538957998e"


def test_an_article_is_derived_from_its_source() -> None:
    assert turtle(f"""
        <{SECOND_ARTICLE}> prov:wasDerivedFrom d:article-a.txt ; prov:wasQuotedFrom d:article-a.txt .
        d:dependence-01 a kg:Dependence ; kg:dependent <{SECOND_ARTICLE}> ; kg:source d:article-a.txt ;
            kg:dependenceKind "cites" ; kg:isWhole false ; prov:wasDerivedFrom <{SECOND_ARTICLE}#char=0,71> .
        d:dependence-02 kg:share 0.5 ; kg:isWhole true .""") <= set(DISPUTED)


def test_a_publisher_without_articles_is_an_agent() -> None:
    agent = PREFIXES["d"] + "agent-Lima-Post-"
    (credited,) = (t.object for t in DISPUTED if t.predicate.value.endswith("#wasAttributedTo"))
    assert str(credited).startswith(f"<{agent}")
    assert {str(t.object) for t in about(credited.value, DISPUTED)} == {
        '"Lima Post"',
        f"<{PREFIXES['prov']}Agent>",
    }


def test_a_conflict_has_a_side_per_value() -> None:
    assert turtle(f"""
        d:conflict-01 a kg:Conflict ; rdfs:label "date"@en ; kg:conflictSubject d:event-1111aaaa ;
            kg:conflictProperty kg:date ; kg:side d:conflict-01-1, d:conflict-01-2 .
        d:conflict-01-1 kg:valueText "2026-01-12"^^xsd:date ; kg:article d:article-a.txt .
        d:conflict-01-2 kg:valueText "2025"^^xsd:gYear ; kg:article <{SECOND_ARTICLE}> .
        d:conflict-02 kg:conflictProperty rdf:type .
        d:conflict-02-1 kg:value kg:Company ; kg:articles 2 ; kg:independentSources 1 .
        d:conflict-03 kg:conflictProperty kg:place .
        d:conflict-03-2 kg:value d:Peru .""") <= set(DISPUTED)


def test_a_decision_is_an_activity_of_the_reviewer() -> None:
    assert about("decision-01", DISPUTED) == turtle(
        """
        d:decision-01 a kg:ReviewDecision, prov:Activity ; kg:decisionKind "merge" ;
            kg:decisionAbout "Reed in a.txt", "Tom Reed" ;
            prov:wasAssociatedWith d:agent-Jo-Doe-00000 ; dct:date "2026-02-01"^^xsd:date ;
            rdfs:comment "one man" .""".replace("Jo-Doe-00000", JO_DOE)
    )
    assert turtle("d:Tom_Reed prov:wasInfluencedBy d:decision-01 .") <= set(DISPUTED)


# -- all parts -------------------------------------------------------------------------------------


def test_parts_are_sorted_and_share_nothing() -> None:
    assert len(set(ALL)) == len(ALL)
    for part in PARTS.values():
        subjects = [triple.subject.value for triple in part if isinstance(triple.subject, NamedNode)]
        assert subjects == sorted(subjects)
        assert len(subjects) == len(part)  # no blank nodes


def test_a_fact_about_the_class_of_an_event_is_written_once() -> None:
    relation = replace(ontology().relations["met"], symmetric=False, aligned=(PREFIXES["sem"] + "hasPlace",))
    placed = replace(ontology(), relations={**ontology().relations, "met": relation})
    told = replace(statement(said="Lima"), subject="event-1")
    event = Event("event-1", "talks", "Meeting", place="Lima")
    lima = Entity("Lima", "Lima", "City")
    found = triples(Knowledge(entities=(lima,), events=(event,), statements=(told,)), placed)
    (fact,) = turtle("d:event-1 sem:hasPlace d:Lima .")
    assert [fact in part for part in found.values()] == [False, True, False, False]


def test_article_graphs_contain_the_same_triples() -> None:
    quads = article_quads(knowledge(), ontology())
    assert {Triple(q.subject, q.predicate, q.object) for q in quads} == set(ALL)
    assert len(set(quads)) == len(quads)


def test_an_article_graph_contains_the_articles_statements() -> None:
    quads = set(article_quads(knowledge(), ontology()))
    first = NamedNode("https://kg.example/data/article-a.txt")
    second = NamedNode("https://kg.example/data/article-news-b-txt-47538957998e")
    (hosted,) = turtle("d:Ana_Ruiz kg:hosted d:Tom_Reed .")
    (label,) = turtle('d:Ana_Ruiz rdfs:label "Ana Ruiz" .')
    (term,) = turtle('kg:hosted rdfs:label "hosted"@en .')

    def graphs(triple: Triple) -> set[NamedNode | DefaultGraph]:
        places = (first, second, DefaultGraph())
        return {g for g in places if Quad(triple.subject, triple.predicate, triple.object, g) in quads}

    assert graphs(hosted) == {first}
    assert graphs(label) == {first, second}
    assert graphs(term) == {DefaultGraph()}


def test_a_count_over_two_articles_is_in_neither_article_graph() -> None:
    told = replace(statement(), evidence=(*evidence(), *evidence("b.txt")))
    counts = [q for q in article_quads(only(told), ontology()) if q.predicate.value.endswith("#articles")]
    assert [(q.object, q.graph_name) for q in counts] == [(Literal(2), DefaultGraph())]


def test_characters_that_xml_forbids_are_replaced_one_by_one() -> None:
    odd = replace(evidence()[0], sentence="a\x00b\ud800c\r\nd\ufffe")
    found = triples(only(replace(statement(), evidence=(odd,))), ontology())[GraphPart.PROVENANCE]
    assert Literal("a\ufffdb\ufffdc\r\nd\ufffd") in {t.object for t in found}


def test_empty_knowledge_gives_only_the_dataset() -> None:
    found = triples(Knowledge(), ontology(), "https://news.example/")
    assert [len(found[part]) for part in GraphPart] == [2, 0, 0, 0]


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import sys\n"
        "from tests.sample import knowledge\n"
        "from tests.rdf.small import ontology\n"
        "from kg.rdf.graph import triples, article_quads\n"
        "from kg.rdf.names import Names\n"
        "from kg.write import archive, rdf_files, statements\n"
        "all = [t for part in triples(knowledge(), ontology()).values() for t in part]\n"
        "for format in rdf_files.FORMATS:\n"
        "    rdf_files.write(all, format, sys.stdout.buffer)\n"
        "    rdf_files.write(article_quads(knowledge(), ontology()), format, sys.stdout.buffer)\n"
        "sys.stdout.reconfigure(encoding='utf-8')\n"
        "print(archive.dump(knowledge()))\n"
        "statements.write(knowledge(), ontology(), Names(), sys.stdout)\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 100_000


def test_labels_of_terms_are_tagged_english_and_names_are_untagged() -> None:
    found = [each for part in triples(disputed(), ontology()).values() for each in part]
    labels = [each for each in found if each.predicate.value.endswith(("#label", "#altLabel"))]
    terms = {each.subject for each in found if str(each.object) in (f"<{OWL}Class>", f"<{RDF}Property>")}
    terms |= {each.subject for each in found if str(each.object) == f"<{KG}Conflict>"}
    assert {each.object.language for each in labels if each.subject in terms} == {"en"}
    assert {each.object.language for each in labels if each.subject not in terms} == {None}
