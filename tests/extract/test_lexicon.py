"""The examples and counter-examples of every relation in ontology/relations/ hold."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.extract.examples import Misread, misread

ONTOLOGY = ontology.load()


@pytest.fixture(scope="module")
def wrong() -> list[Misread]:
    return misread(ONTOLOGY.relations.values(), ONTOLOGY)


def test_examples_are_read(wrong: list[Misread]) -> None:
    missed = [f"{each.relation.name}: {each.sentence}" for each in wrong if not each.counter]
    assert not missed, "\n".join(missed)


def test_counter_examples_are_not_read_as_the_relation(wrong: list[Misread]) -> None:
    taken = [f"{each.relation.name}: {each.sentence}" for each in wrong if each.counter]
    assert not taken, "\n".join(taken)


def test_misread_examples_are_reported(tmp_path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        """@prefix kg: <https://kg.example/ontology#> . @prefix my: <https://my.example/> .
        my:ogled a kg:Relation ; kg:verb "ogle" ; kg:example "[Ana Ruiz]s met [Tom Reed]o." ;
            kg:counterExample "Ana Ruiz ogled Tom Reed." .""",
        encoding="utf-8",
    )
    words = ontology.load([own])
    found = misread([words.relations["https://my.example/ogled"]], words)
    assert [(each.counter, each.claims) for each in found] == [
        (False, ("Ana Ruiz | met | Tom Reed",)),
        (True, ("Ana Ruiz |  | Tom Reed",)),
    ]
