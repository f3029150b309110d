"""Two people with one name stay separate if their articles show it."""

from __future__ import annotations

import pytest

from kg import ontology as kg_ontology
from kg.model import Reading
from kg.ontology import Ontology
from tests.resolve.helper import clusters, reading


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return kg_ontology.load()


def people(ontology: Ontology, *marked: str) -> list[str]:
    """The referent of the first mention of each article; each article also has its own story."""
    readings: list[Reading] = []
    for n, text in enumerate(marked):
        story = " ".join(f"[Firm{n}{x}:Company] bought [Farm{n}{x}:Place]." for x in "abcd")
        readings.append(reading(f"{n}", f"{text} {story}"))
    return [ids[0] for ids in clusters(readings, ontology)]


def test_a_senator_and_a_golfer_are_two_people(ontology: Ontology) -> None:
    one, other = people(ontology, "{Senator} [Tom Reed:Person] spoke.", "{Golfer} [Tom Reed:Person] won.")
    assert one != other


def test_a_minister_and_a_senator_are_one_person(ontology: Ontology) -> None:
    one, other = people(ontology, "{Senator} [Tom Reed:Person] spoke.", "{Minister} [Tom Reed:Person] won.")
    assert one == other


def test_common_companions_make_them_one_person(ontology: Ontology) -> None:
    told = (
        "{Senator} [Tom Reed:Person] met [Eva Diaz:Person].",
        "{Lawyer} [Tom Reed:Person] sued [Eva Diaz:Person].",
    )
    assert len(set(people(ontology, *told))) == 1
    # A shared country is no evidence: many people with the same name live in it.
    told = (
        "{Senator} [Tom Reed:Person] left [Peru:Country].",
        "{Golfer} [Tom Reed:Person] came to [Peru:Country].",
    )
    assert len(set(people(ontology, *told))) == 2


def test_one_article_with_both_fields_makes_them_one_person(ontology: Ontology) -> None:
    both = "{Senator} [Tom Reed:Person] spoke. {Singer} [Tom Reed:Person] sang."
    told = "{Senator} [Tom Reed:Person] spoke.", "{Singer} [Tom Reed:Person] sang.", both
    assert len(set(people(ontology, *told))) == 1


def test_a_mention_that_fits_two_people_refers_to_neither(ontology: Ontology) -> None:
    told = (
        "{Senator} [Tom Reed:Person] met [Eva Diaz:Person].",
        "{Golfer} [Tom Reed:Person] won.",
        "[Tom Reed:Person] sang.",
        "[Tom Reed:Person] and [Eva Diaz:Person] left.",
    )
    senator, golfer, bare, beside = people(ontology, *told)
    assert senator == beside
    assert len({senator, golfer, bare}) == 3


def test_mr_and_ms_are_two_people(ontology: Ontology) -> None:
    told = "{Mr} [Kim Lee:Person m] sang.", "{Ms} [Kim Lee:Person f] sang.", "{Ms} [Kim Lee:Person f] left."
    mr, ms, same = people(ontology, *told)
    assert mr != ms == same


def test_a_middle_name_that_an_article_keeps_apart_is_another_person(ontology: Ontology) -> None:
    told = "[Ana Ruiz:Person] wins. Her mother, [Ana Maria Ruiz:Person], came. [Ana Ruiz:Person] spoke."
    assert len(set(clusters([reading("a.txt", told)], ontology)[0])) == 2


def test_a_middle_name_merges_with_neither_of_two(ontology: Ontology) -> None:
    told = (
        "{Senator} [Tom Reed:Person] spoke.",
        "{Golfer} [Tom Reed:Person] won.",
        "[Tom M. Reed:Person] sang.",
    )
    assert len(set(people(ontology, *told))) == 3


def test_a_name_is_one_person_unless_articles_show_otherwise(ontology: Ontology) -> None:
    assert len(set(people(ontology, "[Tom Reed:Person] sang.", "{Senator} [Tom Reed:Person] left."))) == 1


def test_a_woman_addressed_by_the_surname_is_not_the_man_of_that_name(ontology: Ontology) -> None:
    one = reading(
        "a.txt", "[Pavel Hrubin:Person] came. {Ms} [Hrubin:Person f] left. {Mr} [Hrubin:Person m] ate."
    )
    pavel, woman, man = clusters([one], ontology)[0]
    assert pavel == man != woman


def test_a_relative_named_later_is_not_the_person_reported_on(ontology: Ontology) -> None:
    one = reading("a.txt", "[Hrubin:Person] was born in May, the son of the banker [Pavel Hrubin:Person].")
    son, father = clusters([one], ontology)[0]
    assert son != father


def test_a_name_cut_short_before_the_full_one_is_still_that_person(ontology: Ontology) -> None:
    one = reading("a.txt", "[Hrubin:Person] was honoured. [Pavel Hrubin:Person] thanked the town.")
    short, full = clusters([one], ontology)[0]
    assert short == full


def test_a_prince_is_not_the_politician_of_that_given_name(ontology: Ontology) -> None:
    one = reading(
        "a.txt", "{Prince} [Pavel:Person m] met [Pavel Hrubin:Person]. {Prince} [Pavel:Person m] left."
    )
    prince, politician, again = clusters([one], ontology)[0]
    assert prince == again != politician


def test_a_prince_with_a_family_name_may_be_called_by_his_given_name(ontology: Ontology) -> None:
    one = reading("a.txt", "{Prince} [Pavel Hrubin:Person m] came. {Prince} [Pavel:Person m] left.")
    prince, again = clusters([one], ontology)[0]
    assert prince == again
