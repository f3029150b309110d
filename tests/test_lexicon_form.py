"""The form of `ontology/relations/`: required properties of every block.

Other tests check that its words are understood.
"""

import re
from collections import Counter
from itertools import combinations, product
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS

from kg import ontology
from kg.ontology import KG, Ontology, RelationType

ROOT = "relatedTo"  # the superproperty of all relations, declared in kg.ttl
BASE = (
    *("affiliatedWith", "age", "createdBy", "describedAs", "from", "has", "holdsPosition", "hometown"),
    *("lasted", "locatedIn", "memberOf", "named", "nationality", "partOf", "participatedIn"),
    *("positionIn", "said", "tookPlaceIn", "tookPlaceOn"),
)
FILES = sorted((ontology.folder() / "relations").glob("*.ttl"))
LEXICON: Ontology = ontology.load()
NAMES = sorted(set(LEXICON.relations) - {ROOT})

KEY = re.compile(r"[\w-]+( [\w-]+){0,3}")
END = re.compile(r"\[([^\[\]]+)\]([so])")


def declared(path: Path) -> list[str]:
    """The local names of the relations that a file declares, in the order of their blocks."""
    return re.findall(r"^kg:(\w+) a kg:Relation\b", path.read_text(encoding="utf-8"), re.MULTILINE)


def own(relation: RelationType) -> tuple[str, ...]:
    return (*relation.examples, *relation.counter_examples)


@pytest.fixture(params=NAMES)
def relation(request: pytest.FixtureRequest) -> RelationType:
    return LEXICON.relations[str(request.param)]


def test_there_are_at_least_120_relations() -> None:
    assert len(NAMES) >= 120


def test_relations_that_constructions_use_by_name_exist() -> None:
    assert set(BASE) <= set(NAMES)


def test_every_block_of_every_file_is_loaded_once() -> None:
    blocks = Counter(name for path in FILES for name in declared(path))
    assert [name for name, times in blocks.items() if times > 1] == []
    assert sorted(blocks) == NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_contains_only_complete_blocks(path: Path) -> None:
    graph = Graph().parse(path)
    for subject in set(graph.subjects()):
        assert (subject, RDF.type, URIRef(KG + "Relation")) in graph
        for prop in (RDFS.label, RDFS.comment):
            (value,) = graph.objects(subject, prop)
            assert isinstance(value, Literal)
            assert value.language == "en"


def test_the_name_is_in_camel_case_and_the_label_readable(relation: RelationType) -> None:
    assert re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", relation.name)
    assert re.fullmatch(r"[a-z]+( [a-z]+)*", relation.label)
    assert relation.comment.endswith(".")


def test_labels_are_unique_unless_the_classes_differ() -> None:
    by_label: dict[str, list[RelationType]] = {}
    for name in NAMES:
        by_label.setdefault(LEXICON.relations[name].label, []).append(LEXICON.relations[name])
    for same in by_label.values():
        for one, other in combinations(same, 2):
            assert not alike(one, other), f"{one.name} and {other.name} are both {one.label!r}"


def test_its_classes_exist(relation: RelationType) -> None:
    assert {*relation.subjects, *relation.objects} <= set(LEXICON.classes)
    assert not relation.event_class or LEXICON.is_a(relation.event_class, "Event")


def test_it_is_either_a_lasting_state_or_an_event(relation: RelationType) -> None:
    assert relation.stative != bool(relation.event_class)


def test_it_leads_to_the_root_without_a_cycle(relation: RelationType) -> None:
    assert set(relation.parents) <= set(LEXICON.relations)
    assert relation.parents[-1] == ROOT
    assert relation.name not in relation.parents


def test_a_relation_that_holds_between_members_is_symmetric(relation: RelationType) -> None:
    assert relation.symmetric or not relation.reciprocal


def test_keys_are_a_word_with_at_most_three_more(relation: RelationType) -> None:
    for key in (*relation.verbs, *relation.nouns, *relation.adjectives):
        assert KEY.fullmatch(key), key
    for key in relation.verbs:
        assert key.split()[0] not in ("be", "to")
        assert key.split()[1:] != ["to", "infinitive"]
    for key in (*relation.nouns, *relation.adjectives):
        assert " " in key, f"{key!r} lacks its preposition"


def test_it_has_an_example_and_a_counter_example(relation: RelationType) -> None:
    assert relation.examples
    assert relation.counter_examples
    for sentence in own(relation):
        assert re.fullmatch(r".*[.!?]”?", sentence), sentence


def test_an_example_marks_one_subject_and_one_object(relation: RelationType) -> None:
    for sentence in relation.examples:
        marks = sorted(mark for _, mark in END.findall(sentence))
        assert marks == ["o", "s"], sentence
        assert not re.search(r"[\[\]]", END.sub("", sentence)), sentence


def test_a_counter_example_marks_nothing(relation: RelationType) -> None:
    for sentence in relation.counter_examples:
        assert not re.search(r"[\[\]]", sentence), sentence


def test_no_sentence_is_both_an_example_and_a_counter_example(relation: RelationType) -> None:
    plain = {END.sub(r"\1", sentence) for sentence in relation.examples}
    assert not plain & set(relation.counter_examples)


@pytest.mark.parametrize("kind", ["verbs", "nouns", "adjectives"])
def test_classes_distinguish_relations_with_the_same_key(kind: str) -> None:
    by_key: dict[str, list[RelationType]] = {}
    for name in NAMES:
        for key in getattr(LEXICON.relations[name], kind):
            by_key.setdefault(key, []).append(LEXICON.relations[name])
    unclear = [
        f"{key!r}: {one.name}, {other.name}"
        for key, relations in sorted(by_key.items())
        for one, other in combinations(relations, 2)
        if alike(one, other)
    ]
    assert unclear == []


def alike(one: RelationType, other: RelationType) -> bool:
    """Whether some subject and object fit both relations, and neither relation is more specific.

    Extraction prefers the more specific one.
    """
    return (
        specificity(one) == specificity(other)
        and overlap(one.subjects, other.subjects)
        and overlap(one.objects, other.objects)
    )


def specificity(relation: RelationType) -> int:
    """The number of ends of the relation (subject, object) that it restricts to some classes: 0, 1 or 2."""
    return bool(relation.subjects) + bool(relation.objects)


def overlap(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether a class exists that both lists admit. A list admits its classes and all classes below them; an
    empty list admits every class.
    """
    if not some or not others:
        return True
    return any(
        LEXICON.is_a(name, one) and LEXICON.is_a(name, other)
        for name, one, other in product(LEXICON.classes, some, others)
    )
