"""IRIs are stable: no sequence of added, removed and renamed articles reassigns one.

`KG_SEQUENCES=200 python3 -m pytest tests/test_identity.py` tries more sequences.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import ontology as ontologies
from kg.extract import reader
from kg.model import Knowledge, Reading
from kg.ontology import Ontology
from kg.read import from_text
from kg.resolve import resolve
from kg.write import archive

SEQUENCES = int(os.environ.get("KG_SEQUENCES", "40"))
# A person -> articles about that person. Nothing shows that two people of the same name are the same.
ARTICLES = {
    "physicist": (
        "The physicist Maria Costa won the Lumen Prize in Oslo on Monday. She thanked Ivo Bakker.",
        "Maria Costa, a physicist, met Ivo Bakker in Oslo.",
    ),
    "mayor": (
        "Mayor Maria Costa opened a bridge in Porto Velho. She met Rosa Lund.",
        "Maria Costa, the mayor of Porto Velho, met Rosa Lund on Friday.",
    ),
    "singer": (
        "The singer Maria Costa met fans in Lima. Maria Costa praised them.",
        "Maria Costa, a singer, visited Kyoto on Tuesday.",
    ),
    "untold": ("Maria Costa visited a farm near Brno.",),
    "senator": ("Senator Tom Reed visited Lima on 3 May 2026. Reed met Eva Diaz there.",),
    "golfer": ("The golfer Tom Reed won the Open on 3 May 2026. Reed thanked his caddie.",),
    "river": ("They swam in the Kallio on Monday. Ana Ruiz lives in Kallio.",),
    "firm": ("Kallio bought Lumora for $3 million. Ana Ruiz heads Kallio, a company.",),
}
TEXTS = [(who, text) for who, texts in ARTICLES.items() for text in texts]
NAMES = [f"{letter}.txt" for letter in "abcdefgh"]
STATES = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, len(TEXTS) - 1), min_size=1, max_size=6).filter(
        lambda state: len(set(state.values())) == len(state)
    ),
    min_size=2,
    max_size=6,
)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return ontologies.load()


@pytest.fixture(scope="module")
def readings(ontology: Ontology) -> list[Reading]:
    """The reading of each text; made once, because it depends on the article alone."""
    read = reader(ontology)
    return [read(from_text("a.txt", text, "2026-05-04")) for _, text in TEXTS]


@pytest.fixture(scope="module")
def meant() -> dict[str, str]:
    """Id -> the thing that it denotes, over all builds of the test, as if they were loaded into one store."""
    return {}


def known(state: Mapping[str, int], readings: list[Reading], ontology: Ontology) -> Knowledge:
    some = [(name, readings[at]) for name, at in state.items()]
    return resolve([replace(one, document=replace(one.document, id=name)) for name, one in some], ontology)


@settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=STATES)
def test_an_iri_never_changes_its_referent(
    states: list[dict[str, int]], readings: list[Reading], meant: dict[str, str], ontology: Ontology
) -> None:
    for state in states:
        found = known(state, readings, ontology)
        for entity in found.entities:
            if entity.label in ("Maria Costa", "Tom Reed", "Kallio"):
                told = {TEXTS[state[document]][0] for document in entity.documents}
                for who in told - {"untold"} or told:
                    assert meant.setdefault(entity.id, who) == who
        for event in found.events:
            (who,) = {TEXTS[state[document]][0] for document in event.documents}
            assert meant.setdefault(event.id, who) == who


def test_file_names_do_not_matter(readings: list[Reading], ontology: Ontology) -> None:
    some = range(len(TEXTS))
    one = known({f"{at:02}.txt": at for at in some}, readings, ontology)
    other = known({f"{99 - at}.txt": at for at in some}, readings, ontology)
    assert {each.id for each in one.entities} == {each.id for each in other.entities}
    assert {each.id for each in one.events} == {each.id for each in other.events}


def test_spellings_of_the_same_letters_are_one_node(ontology: Ontology) -> None:
    read, text = reader(ontology), "Zoë Réau met Tomás Ruiz in Zürich on Monday. Réau leads Müller Holdings."
    forms = [(f"{form}.txt", normalize(form, text)) for form in ("NFC", "NFD")]  # type: ignore[arg-type]
    found = resolve([read(from_text(name, each, "2026-05-04")) for name, each in forms], ontology)
    named = {each.label: each.documents for each in found.entities if each.named}
    assert named == dict.fromkeys(
        ("Müller Holdings", "Tomás Ruiz", "Zoë Réau", "Zürich"), ("NFC.txt", "NFD.txt")
    )


def test_later_articles_change_no_id(readings: list[Reading], ontology: Ontology) -> None:
    later = list(readings)
    for at, (who, _) in enumerate(TEXTS):
        if who != "untold":
            about = replace(readings[at].document.metadata, date="2026-05-09")
            later[at] = replace(readings[at], document=replace(readings[at].document, metadata=about))
    untold = next(at for at, (who, _) in enumerate(TEXTS) if who == "untold")
    (alone,) = people(known({"z.txt": untold}, later, ontology))
    both = known({"z.txt": untold, "a.txt": 0, "b.txt": 2}, later, ontology)
    assert alone in people(both)


def test_the_order_of_articles_is_irrelevant(readings: list[Reading], ontology: Ontology) -> None:
    state = {name: at for at, name in enumerate(NAMES)}
    one = known(state, readings, ontology)
    other = known(dict(reversed(list(state.items()))), readings, ontology)
    assert archive.dump(one) == archive.dump(other)


@pytest.mark.parametrize(
    ("who", "id_"),
    [("physicist", "Maria_Costa-science"), ("mayor", "Maria_Costa"), ("singer", "Maria_Costa-art"),
     ("senator", "Tom_Reed"), ("golfer", "Tom_Reed-sport")],
)  # fmt: skip
def test_an_id_shows_its_person(who: str, id_: str, readings: list[Reading], ontology: Ontology) -> None:
    for at, (other, _) in enumerate(TEXTS):
        if other == who:
            assert id_ in people(known({"a.txt": at}, readings, ontology))


def people(found: Knowledge) -> set[str]:
    return {entity.id for entity in found.entities if entity.type == "Person"}
