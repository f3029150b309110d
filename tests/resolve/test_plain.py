"""Which statements are plain facts, and the doubts about the others."""

from dataclasses import replace

import pytest

from kg.model import Doubt, Entity, Event, Evidence, Factuality, Statement, Text
from kg.ontology import Ontology
from kg.resolve.statements import confidence
from kg.resolve.statements.confidence import Model
from kg.resolve.statements.plain import KnownNames, judged

SURE = Model({"always": 3.0}, dict.fromkeys(confidence.SORTS, 0.5))
UNSURE = Model({"always": -3.0}, SURE.thresholds)
NODES: dict[str, Entity | Event] = {
    node.id: node
    for node in (
        Entity("Ana", "Ana Ruiz", "Person"),
        Entity("Peru", "Peru", "Country", ("Peruvian",)),
        Entity("Lima", "Lima", "City"),
        Entity("mayor_of_Lima", "mayor of Lima", "Position"),
        Entity("police", "police", "Group", named=False),
        Entity("ministry", "Peru’s foreign ministry", "Organization", named=False),
        Entity("council", "council of Lima", "Organization", ("the council of Lima",), named=False),
        Entity("farmer", "farmer in Peru", "Person", ("a farmer in Peru",), named=False),
        Entity("artist", "Peruvian artist", "Person", ("the Peruvian artist",), named=False),
        Entity("father", "his father", "Person", named=False),
        Entity("pianist", "jazz pianist", "Position", named=False),
        Entity("author", "co-author", "Position", named=False),
        Entity("spokesman", "spokesman", "Position", named=False),
        Entity("envoy", "Peru trade envoy", "Position", named=False),
        Entity("curator", "Museum curator", "Position", named=False),
        Entity("fall", "fall at Ana Ruiz's home", "Activity", named=False),
        Entity("questions", "some questions about Ana Ruiz's boat", "Topic", named=False),
        Entity("boat", "Ana Ruiz's old boat", "Vehicle", named=False),
        Entity("talks", "the talks in Lima", "Meeting", named=False),
        Entity("pilot", "pilot", "Person", named=False),
        Entity("court", "Supreme Court", "GovernmentBody"),
        Entity("court_of_Peru", "Supreme Court", "GovernmentBody", ("Supreme Court of Peru",)),
        Entity("lady", "First Lady", "Person"),
        Entity("unit", "Research Unit", "Organization"),
        Entity("head_of_unit", "head of Research Unit", "Position"),
        Entity("speaker", "Speaker of Assembly", "Position", ("the Speaker of the Assembly",)),
        Entity("prince", "Crown Prince", "Position", named=False),
        Entity("head_of_governance", "director of Digital Governance", "Position", named=False),
        Entity("head_of_trade", "director of Trade of Peru", "Position"),
        Entity("head_of_town", "director of the town’s Office of Trade", "Position"),
        Entity("head_of_museum", "head of Museum", "Position", ("the head of the Museum",)),
        Entity("unit_of_Peru", "Peruvian Research Unit", "Organization"),
        Entity("museum", "Museum", "Facility"),
        Entity("Salt_Museum", "Museum", "Facility", ("Salt Museum",)),
        Entity("Baker", "Baker", "Person"),
        Entity("band", "The Police", "MusicGroup"),
    )
}


def evidence(*lost: Doubt, start: int = 0) -> Evidence:
    return Evidence("a.txt", start, start + 9, "Ana Ruiz met them.", "active", 0.9, "met", lost=lost)


def doubts(
    subject: str,
    said: str | Text,
    predicate: str = "met",
    told: tuple[Evidence, ...] = (evidence(),),
    model: Model = SURE,
    factuality: Factuality = Factuality.ASSERTED,
) -> list[Doubt]:
    statement = Statement("st-1", subject, predicate, said, factuality, 0.5, told, predicate, True)
    (found,) = judged([statement], NODES, KnownNames(NODES.values(), _ontology()), _ontology(), model)
    assert found.plain == (not found.doubts)
    return list(found.doubts)


def _ontology() -> Ontology:
    from kg import ontology

    return ontology.load()


@pytest.mark.parametrize(
    ("subject", "said", "expected"),
    [
        ("Ana", "Peru", []),
        ("ministry", "Ana", []),
        ("council", "Ana", []),
        ("police", "Ana", [Doubt.UNNAMED]),
        ("farmer", "Ana", [Doubt.INDEFINITE]),
        ("artist", "Ana", [Doubt.INDEFINITE]),
        ("father", "Ana", [Doubt.POINTING]),
        ("envoy", "Ana", []),  # there are several envoys, but each has a post of his own
        ("curator", "Ana", [Doubt.INDEFINITE]),  # of which museum?
        ("boat", "Peru", []),
        ("fall", "Peru", [Doubt.INDEFINITE]),
        ("questions", "Peru", [Doubt.INDEFINITE]),
        ("court", "Ana", [Doubt.UNNAMED]),  # of which country?
        ("court_of_Peru", "Ana", []),
        ("lady", "Ana", [Doubt.UNNAMED]),
        ("unit", "Ana", [Doubt.UNNAMED]),  # of which body?
        ("head_of_unit", "Ana", [Doubt.UNNAMED]),
        ("speaker", "Ana", [Doubt.UNNAMED]),
        ("prince", "Ana", [Doubt.UNNAMED]),
        ("head_of_governance", "Ana", [Doubt.UNNAMED]),
        ("head_of_trade", "Ana", []),
        ("head_of_town", "Ana", [Doubt.UNNAMED]),
        ("head_of_museum", "Ana", [Doubt.UNNAMED]),
        ("unit_of_Peru", "Ana", []),
        ("museum", "Ana", [Doubt.UNNAMED]),
        ("Salt_Museum", "Ana", []),
        ("Baker", "Ana", []),
        ("band", "Ana", []),
        ("Ana", Text("2026-01-12", "date"), []),
        ("Ana", Text("5 percent"), []),
        ("Ana", Text("Tom Reed had left Lima"), []),
    ],
)
def test_both_ends_must_be_identified_without_the_sentence(
    subject: str, said: str | Text, expected: list[Doubt]
) -> None:
    assert doubts(subject, said) == expected


def test_the_object_of_is_a_needs_no_name() -> None:
    assert doubts("Ana", "pilot", "describedAs") == []
    assert doubts("Ana", "pilot", "met") == [Doubt.UNNAMED]
    assert doubts("Ana", "pianist", "holdsPosition") == []
    assert doubts("Ana", "author", "holdsPosition") == [Doubt.UNNAMED]  # of what?
    assert doubts("Ana", "spokesman", "holdsPosition") == [Doubt.UNNAMED]
    assert doubts("Lima", Text("the capital"), "describedAs") == [Doubt.UNNAMED]
    assert doubts("Lima", Text("the capital of Peru"), "describedAs") == []
    assert doubts("Ana", Text("resident of the area"), "describedAs") == [Doubt.UNNAMED]
    assert doubts("Ana", Text("song from the animated film"), "describedAs") == [Doubt.UNNAMED]
    assert doubts("Ana", Text("first woman in the world"), "describedAs") == []
    assert doubts("Ana", Text("player of the year"), "describedAs") == []
    assert doubts("Ana", Text("the project developer"), "describedAs") == [Doubt.UNNAMED]
    assert doubts("Ana", Text("Peruvian developer"), "describedAs") == []
    assert doubts("Ana", Text("Reed’s sister"), "describedAs") == [Doubt.UNNAMED]
    assert doubts("Ana", Text("Tom Reed’s sister"), "describedAs") == []


def test_a_statement_that_repeats_a_name_is_circular() -> None:
    assert doubts("mayor_of_Lima", "Lima", "positionIn") == [Doubt.CIRCULAR]
    assert doubts("talks", "Lima", "tookPlaceIn") == [Doubt.CIRCULAR]


def test_a_number_needs_its_unit() -> None:
    told = (replace(evidence(), projection="direct"),)
    assert doubts("Ana", Text("2"), told=told) == [Doubt.CUT]  # "Ana took 2": two what?
    assert doubts("Ana", Text("2 wickets"), told=told) == []
    assert doubts("Ana", Text("44")) == []  # her age


def test_one_complete_sentence_suffices() -> None:
    cut, whole = evidence(Doubt.COMPLEMENT), evidence(start=20)
    assert doubts("Ana", "Peru", told=(cut,)) == [Doubt.COMPLEMENT]
    assert doubts("Ana", "Peru", told=(cut, whole)) == []


def test_unasserted_or_uncertain_statements_are_not_facts() -> None:
    assert doubts("Ana", "Peru", factuality=Factuality.PLANNED) == [Doubt.NOT_ASSERTED]
    assert doubts("Ana", "Peru", model=UNSURE) == [Doubt.UNSURE]


def test_the_table_names_existing_features() -> None:
    table = confidence.model()
    known = ("always", "subject ", "object ", "rule ", "open ", "trust ", "long ", "acronym", "parts ")
    known += ("names ", "time ", "agreement ", "content ", "no doubt", "projection ", "left open ")
    known += ("glossed", "end by ", "length ", "modal ", "relation ", "he or she ", "descriptions ")
    known += ("share told", "statements about ", "speech ", "complete relation", "relation that")
    assert not [name for name in table.weights if not name.startswith(known)]
    assert tuple(table.thresholds) == confidence.SORTS
    assert all(0 < each < 1 for each in table.thresholds.values())


def test_each_kind_of_statement_has_its_threshold() -> None:
    table = Model({}, {"names": 0.5, "things": 0.6, "speech": 0.7, "clause": 0.8, "descriptions": 0.9})
    assert table.needed({"object name": 1.0, "names in a known relation": 1.0}) == 0.5
    assert table.needed({"object office": 1.0}) == 0.5
    assert table.needed({"object definite": 1.0, "complete relation with a description": 1.0}) == 0.5
    assert table.needed({"object name": 1.0, "names in a known relation": 0.0}) == 0.6
    assert table.needed({"object content": 1.0, "projection content": 1.0}) == 0.7
    assert table.needed({"object content": 1.0, "projection whole clause": 1.0}) == 0.8
    assert table.needed({"object description": 1.0, "projection copula": 1.0}) == 0.9


def test_every_doubt_is_in_the_shapes_and_in_the_ontology() -> None:
    from kg.ontology import folder

    shapes, terms = ((folder() / name).read_text(encoding="utf-8") for name in ("shapes.ttl", "kg.ttl"))
    assert not [doubt for doubt in Doubt if f'"{doubt}"' not in shapes or f'\\"{doubt}\\"' not in terms]


def test_a_statement_with_more_of_its_sentence_is_surer() -> None:
    def sure(sentence: str) -> float:
        told = (replace(evidence(), sentence=sentence),)
        statement = Statement("st-1", "Ana", "met", "Peru", Factuality.ASSERTED, 0.5, told, "met", True)
        (found,) = judged(
            [statement],
            NODES,
            KnownNames(NODES.values(), _ontology()),
            _ontology(),
            Model({"share told": 2.0}, SURE.thresholds),
        )
        return found.confidence

    assert sure("Ana met Peru.") > sure("Ana met Peru after bankers warned ministers about losses.")


@pytest.mark.parametrize(
    ("subject", "relation", "other", "complete"),
    [
        ("Ana", "visited", "Peru", True),
        ("Ana", "married", "Baker", True),
        ("Ana", "replaced", "Baker", False),  # as what?
        ("Ana", "married", "Peru", False),  # misread
        ("Ana", "married", "farmer", False),  # which farmer?
        ("Ana", "leads", "ministry", True),
    ],
)
def test_a_complete_relation_needs_no_third_part(
    subject: str, relation: str, other: str, complete: bool
) -> None:
    model = Model({"complete relation": 2.0, "complete relation with a description": 1.0}, SURE.thresholds)
    told = Statement(
        "st-1", subject, relation, other, Factuality.ASSERTED, 0.5, (evidence(),), relation, True
    )
    (found,) = judged([told], NODES, KnownNames(NODES.values(), _ontology()), _ontology(), model)
    assert (found.confidence > 0.5) == complete


def test_a_statement_about_the_subject_of_an_article_is_surer() -> None:
    def sure(*said: str) -> float:
        told = [
            Statement(
                f"st-{other}", "Ana", "met", other, Factuality.ASSERTED, 0.5, (evidence(),), "met", True
            )
            for other in said
        ]
        found = judged(
            told,
            NODES,
            KnownNames(NODES.values(), _ontology()),
            _ontology(),
            Model({"statements about the subject": 1.0}, SURE.thresholds),
        )
        return found[0].confidence

    assert sure("Peru", "Lima", "band") > sure("Peru")
