"""Things of the background are recognised in articles."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.model import Known
from kg.resolve import names, resolve
from kg.resolve.document.within import Kind, Local
from kg.resolve.entities.background import recognise, type_of
from tests.resolve.helper import Says, reading

WORDS = ontology.load()


def local(name: str, type_: str = "Person", *, title: str = "", gender: str = "") -> Local:
    kind = Kind.PERSON if type_ == "Person" else Kind.OTHER
    titles = frozenset({title} if title else ())
    return Local(kind, name, names.key(name), (), {type_: 1}, titles=titles, gender=gender)


def known(*labels: str, type_: str = "Person", gender: str = "", families: tuple[str, ...] = ()) -> Known:
    iri = f"https://staff.example/{names.key(labels[0])}"
    return Known((iri,), labels[0], tuple(sorted(labels)), type_, ("a.ttl",), families, gender)


RUIZ = known("Ana Ruiz", gender="f")
NORVEX = known("Norvex", "Norvex Holdings", "NVX", type_="Company")


def found(locals_: list[Local], *background: Known) -> list[str]:
    """The label of the background thing of each local, or ""."""
    which = recognise([[each] for each in locals_], background, WORDS)
    return [background[i].label if i >= 0 else "" for i in which]


@pytest.mark.parametrize("name", ["Ana Ruiz", "ANA RUIZ", "Ana M. Ruiz", "Ruiz"])
def test_a_person_is_recognised_by_name(name: str) -> None:
    assert found([local(name)], RUIZ) == ["Ana Ruiz"]


@pytest.mark.parametrize("name", ["Norvex", "Norvex Inc", "Norvex Holdings", "NVX"])
def test_an_organisation_is_recognised_by_any_of_its_names(name: str) -> None:
    assert found([local(name, "Organization")], NORVEX) == ["Norvex"]


def test_two_names_of_one_thing_are_one_thing() -> None:
    assert recognise([[local("NVX", "Company")], [local("Norvex", "Company")]], [NORVEX], WORDS) == [0, 0]


@pytest.mark.parametrize("name", ["Carla Ruiz", "Ana", "Ana Ruiz Vega", "Anna Ruiz", "Ruizh"])
def test_another_name_is_another_person(name: str) -> None:
    assert found([local(name)], RUIZ) == [""]


def test_a_surname_of_two_people_identifies_neither() -> None:
    assert found([local("Ruiz")], RUIZ, known("Luis Ruiz")) == [""]
    assert found([local("Ruiz"), local("Carla Ruiz")], RUIZ) == ["", ""]
    assert found([local("Ruiz"), local("Ana Ruiz")], RUIZ) == ["Ana Ruiz", "Ana Ruiz"]


def test_a_name_of_two_people_identifies_neither() -> None:
    assert found([local("Ana Ruiz")], RUIZ, known("Ana Ruiz")) == [""]


def test_gender_overrides_the_name() -> None:
    assert found([local("Ruiz", gender="m"), local("Ruiz", gender="f")], RUIZ) == ["", "Ana Ruiz"]
    assert found([local("Ana Ruiz", gender="m")], RUIZ) == [""]


def test_a_man_and_a_woman_of_one_surname_are_not_the_same_person() -> None:
    assert found([local("Reed", gender="m"), local("Reed", gender="f")], known("Kim Reed")) == ["", ""]


def test_the_class_in_the_articles_overrides_the_name() -> None:
    company = known("Lima", type_="Company")
    assert found([local("Lima", "City")], company) == [""]
    assert found([Local(Kind.AREA, "Peru", "peru", (), {"Country": 1})], known("Peru")) == [""]
    assert found([local("Norvex", title="dr")], NORVEX) == [""]
    assert found([local("Ruiz", "Company")], RUIZ) == [""]


def test_a_class_guessed_by_the_model_is_overridden() -> None:
    assert found([local("Norvex")], NORVEX) == ["Norvex"]
    assert found([local("Norvex", "Place")], NORVEX) == ["Norvex"]  # guessed in "went to Norvex"
    assert found([local("Ruiz", "City")], RUIZ) == [""]
    assert type_of("Person", NORVEX, WORDS) == "Company"
    assert type_of("Place", NORVEX, WORDS) == "Company"
    assert type_of("Organization", NORVEX, WORDS) == "Company"
    assert type_of("MediaOutlet", known("Norvex", type_="Organization"), WORDS) == "MediaOutlet"


def test_in_the_graph_a_thing_has_the_class_of_the_background_not_the_guessed_one() -> None:
    one = reading(
        "a",
        "[Norvex:Person] [hosted:event.Event] [Tom Reed:Person].",
        Says("Norvex", "hosted", "Tom Reed", "hosted"),
    )
    for background, class_ in (((), "Person"), ((NORVEX,), "Company")):
        made = resolve([one], WORDS, (), background)
        assert {each.label: each.type for each in made.entities} == {"Norvex": class_, "Tom Reed": "Person"}


def test_a_company_named_after_a_person_is_not_the_person() -> None:
    both = [local("Ana Ruiz", gender="f"), local("Ana Ruiz", "Organization")]
    assert found(both, RUIZ) == ["Ana Ruiz", ""]


def test_different_middle_names_are_two_people() -> None:
    assert found([local("Ana M. Ruiz"), local("Ana L. Ruiz")], RUIZ) == ["", ""]
    assert found([local("Ana L. Ruiz")], known("Ana Maria Ruiz")) == [""]


def test_the_family_name_may_come_first() -> None:
    kang = known("Kang Min-su", families=("Kang",))
    assert found([local("Kang")], kang) == ["Kang Min-su"]
    assert found([local("Kang")], known("Kang Min-su")) == [""]
    assert found([local("Kang", gender="m")], known("Kang Min-su")) == ["Kang Min-su"]
