"""Which clauses are kept whole, and the glosses in their text."""

from __future__ import annotations

import pytest

from kg import ontology, read
from kg.extract import read_all
from kg.model import WHOLE_CLAUSE, Doubt, Knowledge, Reading, Text
from kg.resolve import resolve

TEXT = """Ms Ana Ruiz, the head of Acme, met Mr Tom Reed at the fair in Lima.
Acme swept three schools in Peru. Acme sold its boats in Peru.
The firm's neighbours opened three shops in Chile. Ms Ruiz went home.
Tom Reed needed her help with the harvest. Tom Reed gave her a prize on Monday.
Two nurses were hurt in Lima. Two nurses were hurt on a hill. Ana Ruiz gave Tom Reed a prize.
Ana Ruiz took part in the contest. Ana Ruiz and Tom Reed wore jackets with golden names on them.
Ana Ruiz took part in the meeting. Ana Ruiz and Tom Reed met in Quito on Friday.
Ana Ruiz and Tom Reed sat side by side in Lima. The nurses of Lima taught each other the waltz."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    (reading,) = read_all([read.from_text("a.txt", TEXT)], ontology.load())
    assert isinstance(reading, Reading)
    return resolve([reading], ontology.load())


def told(knowledge: Knowledge, *, whole: bool) -> set[tuple[str, str, str]]:
    nodes = knowledge.nodes()
    return {
        (
            nodes[s.subject].label,
            s.label,
            s.object.value if isinstance(s.object, Text) else nodes[s.object].label,
        )
        for s in knowledge.statements
        if (s.evidence[0].projection == WHOLE_CLAUSE) is whole
    }


def test_a_clause_about_a_known_subject_is_kept_whole(knowledge: Knowledge) -> None:
    assert ("Acme", "swept", "three schools in Peru") in told(knowledge, whole=True)
    assert not {t for t in told(knowledge, whole=False) if t[:2] == ("Acme", "swept")}


def test_between_two_names_the_short_triple_is_kept(knowledge: Knowledge) -> None:
    assert ("Ana Ruiz", "met", "Tom Reed") in told(knowledge, whole=False)
    assert not {t for t in told(knowledge, whole=True) if t[:2] == ("Ana Ruiz", "met")}


def test_people_who_met_somewhere_met_each_other(knowledge: Knowledge) -> None:
    assert not {t for t in told(knowledge, whole=True) if "Quito" in t[2]}


def test_a_clause_about_a_description_is_not_kept_whole(knowledge: Knowledge) -> None:
    assert not {t for t in told(knowledge, whole=True) if "Chile" in t[2]}


def test_a_clause_about_a_new_person_is_kept_if_a_name_gives_the_place(knowledge: Knowledge) -> None:
    hurt = {t[2] for t in told(knowledge, whole=True) if t[1] == "was hurt"}
    assert hurt == {"in Lima"}


def test_a_pronoun_is_explained_in_brackets(knowledge: Knowledge) -> None:
    assert ("Tom Reed", "gave", "her [Ana Ruiz] a prize") in told(knowledge, whole=True)


def test_a_possessive_is_replaced_by_the_name_of_the_owner(knowledge: Knowledge) -> None:
    assert ("Tom Reed", "needs", "Ana Ruiz's help with the harvest") in told(knowledge, whole=False)


def test_what_the_subject_owns_does_not_replace_the_clause(knowledge: Knowledge) -> None:
    assert ("Acme", "sold", "its boats in Peru") in told(knowledge, whole=True)


def test_an_event_is_explained_by_the_clause_that_reported_it(knowledge: Knowledge) -> None:
    taken = {t[2] for t in told(knowledge, whole=True) if "the meeting" in t[2]}
    assert taken == {"in the meeting [Ana Ruiz met Tom Reed]"}


def test_unexplained_references_are_counted(knowledge: Knowledge) -> None:
    (met,) = [
        s for s in knowledge.statements if isinstance(s.object, Text) and "the contest" in s.object.value
    ]
    assert met.evidence[0].open == 1


def test_self_explanatory_words_need_no_brackets(knowledge: Knowledge) -> None:
    worn = {t[2] for t in told(knowledge, whole=True) if t[1] == "wore"}
    assert worn == {"jackets with golden names on them"}


def test_a_reciprocal_action_is_not_done_alone(knowledge: Knowledge) -> None:
    found = {s.label: s.doubts for s in knowledge.statements if s.label in ("sat", "taught")}
    assert Doubt.LIST in found["sat"]
    assert Doubt.LIST not in found["taught"]


UNSURE = """Ana Ruiz said workers had painted a fence. Ana Ruiz said clerks had sold a lamp in May.
Ana Ruiz said gardeners had praised Norvex Bank. Ana Ruiz said Tom Reed had cleaned a boat.
Ana Ruiz said Tom Reed had the right to vote. Bakers will open a market. Bakers painted a fence."""


def test_a_reported_claim_about_unidentified_things_is_left_out() -> None:
    (reading,) = read_all([read.from_text("b.txt", UNSURE)], ontology.load())
    assert isinstance(reading, Reading)
    knowledge = resolve([reading], ontology.load())
    short = {each[:2] for each in told(knowledge, whole=False)}
    assert not {("workers", "painted"), ("Tom Reed", "had")} & short
    assert {
        ("clerks", "sold"),
        ("gardeners", "praised"),
        ("Bakers", "opened"),
        ("Bakers", "painted"),
    } <= short
    assert ("Tom Reed", "had", "the right to vote") in told(knowledge, whole=True)
