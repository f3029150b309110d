"""Slips in an ontology that no shape can find: each is reported with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.rdf.ontology_checks import check

pytestmark = pytest.mark.slow

HEAD = (
    "@prefix kg: <https://kg.example/ontology#> . @prefix my: <https://my.example/terms#> . "
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    "@prefix old: <http://schema.org/> .\n"
)
GOOD = """my:Derby a owl:Class ; rdfs:subClassOf kg:Competition ; rdfs:label "derby"@en ;
    rdfs:comment "A match."@en ; kg:word "derby" .
my:edged a kg:Relation ; rdfs:subPropertyOf kg:defeated ; rdfs:label "edged"@en ; rdfs:comment "Won."@en ;
    kg:verb "edge" ; kg:noun "winner over" ; kg:eventClass my:Derby ;
    kg:example "[Northport Rovers]s edged [Easton United]o." .
"""


def found(folder: Path, text: str) -> list[tuple[int, str]]:
    path = folder / "own.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return [(each.line, f"{each.problem.what}. {each.problem.mend}") for each in check(path)]


def test_a_valid_file_has_no_slips(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('kg:verb "edge"', 'kg:verb "Edge"', 5, '"Edge" (of my:edged) has capitals'),
        ('kg:verb "edge"', 'kg:verb "edged"', 5, "a form of “edge”, but only base forms"),
        ('"winner over"', '"winners over"', 5, 'Write "winner over".'),
        ('kg:word "derby"', 'kg:word "derbies"', 3, 'Write "derby".'),
        ("a kg:Relation", "a owl:ObjectProperty", 5, 'Say what it is for: "a kg:Relation".'),
        ("my:Derby a owl:Class", "my:Derby a rdfs:Class", 3, 'Say what it is for: "a owl:Class'),
        ("kg:eventClass", "rdfs:domain kg:Person ; kg:eventClass", 5, "Write schema:domainIncludes."),
        ("kg:eventClass", "old:rangeIncludes kg:Person ; kg:eventClass", 5, "with https://schema.org/"),
        ("kg:Competition", "kg:Competition, my:Derby", 2, "my:Derby (of my:Derby) leads back to it"),
        (
            "my:Derby a",
            "kg:Event rdfs:subClassOf my:Derby . my:Derby a",
            2,
            "my:Derby (of kg:Event) leads back",
        ),
        ("my:edged a", "[] a kg:Relation . my:edged a", 0, "without a name. Give it an IRI"),
    ],
)
def test_a_slip_is_reported_with_its_line_and_a_remedy(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    assert old in GOOD
    assert line in {at for at, words in found(tmp_path, GOOD.replace(old, new)) if told in words}


def test_a_form_that_is_also_a_basic_form_is_not_a_slip(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD.replace('"edge"', '"found", "bid"')) == []


def test_a_file_not_in_utf_8_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_bytes((HEAD + GOOD.replace("Won.", "Gewänne.")).encode("latin-1"))
    with pytest.raises(ValueError, match=r"own\.ttl, line 4: is not in UTF-8"):
        check(path)


def test_line_ends_of_carriage_returns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_bytes((HEAD + GOOD).encode().replace(b"\n", b"\r\n"))
    check(path)
    path.write_bytes(HEAD.encode() + GOOD.encode().replace(b"\n", b"\r"))
    with pytest.raises(ValueError, match=r"own\.ttl, line \d+: has a carriage return"):
        check(path)
