"""What `kg ontology check` finds in a user's ontology."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import ontology
from kg.rdf.ontology_checks import check

pytestmark = pytest.mark.slow

HEAD = (
    "@prefix kg: <https://kg.example/ontology#> . @prefix my: <https://my.example/terms#> . "
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    "@prefix schema: <https://schema.org/> .\n"
)
GOOD = """my:Derby a owl:Class ; rdfs:subClassOf kg:Competition ; rdfs:label "derby"@en .
my:edged a kg:Relation ; rdfs:subPropertyOf kg:defeated ; rdfs:label "edged"@en ; rdfs:comment "Won."@en ;
    kg:verb "edge", "beat" ; kg:eventClass my:Derby ; schema:domainIncludes kg:SportsTeam ;
    kg:example "[Northport Rovers]s edged [Easton United]o." .
"""


@pytest.fixture
def found(tmp_path: Path):
    """Line and words of every finding in a file with this Turtle."""

    def found(text: str) -> list[tuple[int, str]]:
        path = tmp_path / "own.ttl"
        path.write_text(HEAD + text, encoding="utf-8")
        return [
            (each.line, f"{each.problem.what}. {each.problem.mend}")
            for each in check(path)
            if not each.advice
        ]

    return found


def test_a_valid_file_has_no_findings(found) -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('rdfs:label "edged"@en', "", 3, "my:edged has no label. Add rdfs:label"),
        ("kg:defeated", "kg:nonesuch", 3, "kg:nonesuch is not a term of kg"),
        ("kg:defeated", "my:nothing", 3, "my:edged is not below kg:relatedTo. Add"),
        ("kg:Competition", "my:nothing", 2, "my:Derby is not below kg:Thing. Add"),
        ("kg:verb", "kg:verbs", 4, "kg:verbs is not a term of kg. Did you mean kg:verb?"),
        (
            "kg:SportsTeam",
            "kg:SportTeam",
            4,
            "kg:SportTeam (of my:edged) is given for the subject, but is not a class",
        ),
        ("kg:SportsTeam", "kg:SportTeam", 4, "kg:SportTeam is not a term of kg. Did you mean kg:SportsTeam?"),
        ("kg:eventClass my:Derby", "kg:eventClass kg:Person", 4, "is not a class below kg:Event"),
        ('"edge"', '"to edge"', 4, '"to edge" (of my:edged) begins with "be" or "to". Leave this out'),
        ("kg:verb", "kg:noun", 4, '"edge" (of my:edged) is not a noun with its preposition. Write'),
        ("[Easton United]o", "Easton United", 5, "does not mark its two ends"),
        ("kg:Relation", "kg:Relation, my:Odd ; kg:stative true", 3, "Keep one of the two"),
        (
            "kg:Relation",
            "kg:Relation ; kg:reciprocal true",
            3,
            'Write "a kg:Relation, owl:SymmetricProperty"',
        ),
        ('"derby"@en', '"derby"@en ; kg:colour "red"', 2, '"red" (of my:Derby) is not a colour. Write it as'),
        ("my:edged", "my:2nd", 3, "has an IRI that RDF/XML cannot write"),
    ],
)
def test_an_error_is_reported_with_its_line_and_a_remedy(
    found, old: str, new: str, line: int, told: str
) -> None:
    assert old in GOOD
    findings = found(GOOD.replace(old, new))
    assert {at for at, words in findings if told in words} == {line}


def test_words_shared_by_two_user_relations_clash_unless_their_classes_differ(found) -> None:
    other = GOOD.partition("\n")[2].replace("my:edged", "my:beat").replace(', "beat"', "")
    assert [words for _, words in found(GOOD + other)] == [
        '"edge" expresses both my:beat and my:edged. '
        "Distinguish them by schema:domainIncludes or schema:rangeIncludes, or drop one."
    ]
    assert found(GOOD + other.replace("kg:SportsTeam", "kg:Person")) == []


def test_an_addition_to_a_term_of_kg_may_be_partial(found) -> None:
    assert found('kg:hosted kg:verb "put up" .') == []
    assert found("kg:hosted owl:deprecated true .") == []


def test_a_second_label_is_reported_with_the_way_to_replace(found) -> None:
    ((line, words),) = found('kg:hosted rdfs:label "put up"@en .')
    assert line == 2
    assert 'to replace a term of kg, declare it again: "a kg:Relation"' in words


def test_a_file_about_nothing_is_reported(found) -> None:
    ((line, words),) = found('my:a rdfs:label "a" .')
    assert (line, "says nothing about a relation" in words) == (0, True)


def test_invalid_turtle_is_reported_with_its_line(found) -> None:
    with pytest.raises(ValueError, match=r"own.ttl, line 3: is not Turtle"):
        found("my:a a kg:Relation .\nmy:b oops .")


@pytest.mark.parametrize("name", ["sport", "people"])
def test_kgs_relations_pass(name: str) -> None:
    found = check(ontology.folder() / "relations" / f"{name}.ttl")
    assert [each for each in found if not each.advice and "expresses both" not in each.problem.what] == []
