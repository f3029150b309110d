from dataclasses import replace

import pytest

from kg import ontology
from kg.model import Doubt, Knowledge, Time
from kg.write.network import ends, interval, network
from tests.sample import knowledge


@pytest.fixture(scope="module")
def words() -> ontology.Ontology:
    return ontology.load()


def test_plain_facts_are_edges_and_their_ends_nodes(words: ontology.Ontology) -> None:
    known = knowledge()
    plain = [s for s in known.statements if s.plain]
    graph = network(known, words)
    assert {key for _, _, key in graph.edges(keys=True)} == {
        each.id for each in plain if isinstance(each.object, str)
    }
    assert set(graph) == {end for each in plain for end in ends(each)}
    unsure = replace(known, statements=tuple(replace(s, doubts=(Doubt.UNSURE,)) for s in plain))
    assert len(network(unsure, words)) == 0


def test_with_everything_all_things_are_nodes_and_all_statements_edges(words: ontology.Ontology) -> None:
    known = knowledge()
    graph = network(known, words, everything=True)
    assert set(graph) == set(known.nodes())
    assert {key for _, _, key in graph.edges(keys=True)} == {
        statement.id for statement in known.statements if isinstance(statement.object, str)
    }


def test_a_statement_with_a_text_is_not_an_edge_but_counts(words: ontology.Ontology) -> None:
    graph = network(knowledge(), words, everything=True)
    assert graph.nodes["Tom_Reed"]["statements"] == 6
    assert graph.degree("Tom_Reed") == 5


def test_two_statements_between_the_same_two_things_are_two_edges(words: ontology.Ontology) -> None:
    assert network(knowledge(), words).number_of_edges("Ana_Ruiz", "Tom_Reed") == 2


def test_an_edge_has_relation_time_place_and_speaker(words: ontology.Ontology) -> None:
    graph = network(knowledge(), words, everything=True)
    hosted = graph.edges["Ana_Ruiz", "Tom_Reed", "st-01"]
    assert (hosted["label"], hosted["factuality"]) == ("hosted", "asserted")
    assert (hosted["time"], hosted["place"]) == ("2026-01-12", "Lima")
    assert hosted["sentence"] == "Ana Ruiz hosted Tom Reed in Lima on Monday."
    assert (hosted["plain"], hosted["doubts"]) == (True, "")
    assert graph.edges["Tom_Reed", "treaty-0a1b2c3d", "st-03"]["doubts"] == "not asserted"
    assert graph.edges["Tom_Reed", "treaty-0a1b2c3d", "st-03"]["speaker"] == "Tom Reed"


def test_who_has_the_most_plain_facts_is_most_important(words: ontology.Ontology) -> None:
    graph = network(knowledge(), words)
    assert max(graph, key=lambda node: graph.nodes[node]["importance"]) == "Ana_Ruiz"
    assert all(0 <= value <= 1 for _, value in graph.nodes(data="importance"))


def test_every_node_and_every_edge_has_the_same_plain_attributes(words: ontology.Ontology) -> None:
    graph = network(knowledge(), words)
    nodes = [data for _, data in graph.nodes(data=True)]
    edges = [data for _, _, data in graph.edges(data=True)]
    for rows in (nodes, edges):
        assert len({tuple((name, type(value)) for name, value in row.items()) for row in rows}) == 1
        assert {type(value) for row in rows for value in row.values()} <= {str, bool, int, float}


def test_the_order_of_the_input_does_not_matter(words: ontology.Ontology) -> None:
    known = knowledge()
    turned = replace(known, entities=known.entities[::-1], statements=known.statements[::-1])
    first, second = network(known, words), network(turned, words)
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(keys=True, data=True)) == list(second.edges(keys=True, data=True))


def test_empty_knowledge_gives_an_empty_graph(words: ontology.Ontology) -> None:
    assert len(network(Knowledge(), words)) == 0


def test_an_interval_is_written_as_iso_8601() -> None:
    assert interval(Time("2026-01-12", "2026-01-14", "all week")) == "2026-01-12/2026-01-14"
    assert interval(Time("2019", "", "since 2019", interval=True)) == "2019/.."
    assert interval(Time("", "2026-02-22", "by 22 February", interval=True)) == "../2026-02-22"
    assert interval(Time("", "", "soon")) == ""
    assert interval(None) == ""


def test_importance_depends_on_facts_not_on_mentions(
    words: ontology.Ontology,
) -> None:
    known = knowledge()
    [lima] = [entity for entity in known.entities if entity.id == "Lima"]
    many = tuple(f"{number}.txt" for number in range(40))
    mentioned = tuple(replace(e, documents=many) if e is lima else e for e in known.entities)
    before, after = (
        network(each, words, everything=True) for each in (known, replace(known, entities=mentioned))
    )
    assert before.nodes["Lima"]["importance"] == after.nodes["Lima"]["importance"]
    assert words.relations["hosted"].interest > words.relations["thanked"].interest
    assert words.relations["locatedIn"].interest == 0
