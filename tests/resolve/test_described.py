"""Descriptions of a thing: one node in all articles, with a class that the thing can have."""

from __future__ import annotations

from functools import cache

from kg import ontology, read
from kg.extract import read_all
from kg.model import Argument, Entity, Knowledge, Reading, Role
from kg.resolve import resolve
from kg.resolve.nodes import Nodes
from kg.resolve.statements import described

ONE = """Ana Ruiz, a keen pilot, met Tom Reed in Lima. Peru, a major ally, thanked Ms Ruiz."""
OTHER = """Tom Reed thanked Ana Ruiz, a keen pilot. Tom Reed, a keen pilot himself, flew to Quito."""


@cache
def knowledge() -> Knowledge:
    documents = [read.from_text("a.txt", ONE), read.from_text("b.txt", OTHER)]
    readings = [each for each in read_all(documents, ontology.load()) if isinstance(each, Reading)]
    return resolve(readings, ontology.load())


def descriptions(label: str) -> list[Entity]:
    return [each for each in knowledge().entities if each.label == label]


def test_one_description_of_one_thing_is_one_node() -> None:
    nodes = knowledge().nodes()
    told = [s for s in knowledge().statements if s.label == "is" and nodes[s.subject].label == "Ana Ruiz"]
    assert [len(statement.evidence) for statement in told] == [2]


def test_the_same_words_about_two_people_are_two_nodes() -> None:
    assert [each.documents for each in descriptions("keen pilot")] in (
        [("a.txt", "b.txt"), ("b.txt",)],
        [("b.txt",), ("a.txt", "b.txt")],
    )


def test_a_description_of_a_country_is_not_a_person() -> None:
    assert [each.type for each in descriptions("major ally")] == ["Country"]
    assert {each.type for each in descriptions("keen pilot")} == {"Person"}


def test_a_merged_description_is_one_participant() -> None:
    text = "Ana Ruiz is an author in Peru who has been described as an advocate for rural schools."
    documents = [read.from_text(f"{name}.txt", text) for name in "ab"]
    readings = [each for each in read_all(documents, ontology.load()) if isinstance(each, Reading)]
    known = resolve(readings, ontology.load())
    assert {key for event in known.events for _, key in event.participants} <= known.nodes().keys()


def test_a_description_shared_by_two_people_does_not_merge_their_own_descriptions() -> None:
    """The description b, of both, could be merged into a or into c; then one of them would lack its node."""
    entities = [Entity(name, "Person", name.title(), named=True) for name in ("ana", "tom")]
    entities += [Entity(name, "Group", "allies", named=False) for name in "abc"]

    def told(*pairs: tuple[str, str]) -> tuple[list[tuple[Argument, Argument]], Nodes]:
        ids = sorted({end for pair in pairs for end in pair})
        ends = {id_: Argument(0, 1, id_, Role.OTHER, mention=i) for i, id_ in enumerate(ids)}
        nodes = Nodes(dict(enumerate(ids)), {}, {})
        return [(ends[one], ends[other]) for one, other in pairs], nodes

    shared = told(("ana", "b"), ("tom", "b"))
    chained = described.alike([shared, told(("ana", "a")), told(("tom", "c"))], entities)
    assert {each.id for each in described.united(entities, chained)} == {each.id for each in entities}
    again = described.alike([shared, told(("ana", "a"), ("tom", "a"))], entities)
    assert again == {"b": "a"}
