"""statements.jsonl has the documented format."""

import json
from dataclasses import replace
from io import StringIO

from kg.model import Event, Knowledge, Statement
from kg.rdf.names import Names
from kg.write.statements import write
from tests.rdf.small import ontology
from tests.sample import FIRST, SECOND, knowledge

TEXTS = {"a.txt": FIRST, "news/b.txt": SECOND}


def lines(known: Knowledge) -> list[dict[str, object]]:
    file = StringIO()
    write(known, ontology(), Names(), file)
    return [json.loads(line) for line in file.getvalue().splitlines()]


def test_a_statement_is_one_complete_line() -> None:
    first = lines(knowledge())[0]
    place = {"id": "https://kg.example/data/Lima", "label": "Lima", "type": "City", "aliases": []}
    assert first == {
        "id": "https://kg.example/data/st-01",
        "subject": {
            "id": "https://kg.example/data/Ana_Ruiz",
            "label": "Ana Ruiz",
            "type": "Person",
            "aliases": ["President Ana Ruiz", "Ruiz"],
        },
        "predicate": {
            "id": "https://kg.example/ontology#hosted",
            "label": "hosted",
            "surface": "hosted",
        },
        "object": {
            "id": "https://kg.example/data/Tom_Reed",
            "label": "Tom Reed",
            "type": "Person",
            "aliases": ["Mr Reed", "Reed"],
        },
        "time": {"start": "2026-01-12", "end": "2026-01-12", "text": "Monday"},
        "place": place,
        "event": "https://kg.example/data/event-1111aaaa",
        "plain": True,
        "doubts": [],
        "factuality": "asserted",
        "speaker": None,
        "confidence": 0.9,
        "evidence": [
            {
                "document": "a.txt",
                "start": 0,
                "end": 43,
                "sentence": "Ana Ruiz hosted Tom Reed in Lima on Monday.",
                "rule": "active",
                "projection": "",
            }
        ],
    }


def test_text_speaker_and_open_relation() -> None:
    rows = {str(row["id"]).rpartition("/")[2]: row for row in lines(knowledge())}
    assert rows["st-02"]["object"] == {
        "value": "We will sign a treaty.",
        "datatype": "http://www.w3.org/2001/XMLSchema#string",
    }
    assert rows["st-03"]["speaker"] == {"id": "https://kg.example/data/Tom_Reed", "label": "Tom Reed"}
    assert (rows["st-03"]["plain"], rows["st-03"]["doubts"]) == (False, ["not asserted"])
    predicate = rows["st-07"]["predicate"]
    assert isinstance(predicate, dict)
    assert predicate["id"] == "https://kg.example/relation/stopped-short-of"


def test_offsets_give_the_sentence() -> None:
    for row in lines(knowledge()):
        evidence = row["evidence"]
        assert isinstance(evidence, list) and evidence
        for each in evidence:
            assert TEXTS[each["document"]][each["start"] : each["end"]] == each["sentence"]


def test_lines_are_sorted_by_iri() -> None:
    ids = [str(row["id"]) for row in lines(replace(knowledge(), statements=knowledge().statements[::-1]))]
    assert ids == sorted(ids) and len(ids) == 8


def test_an_event_as_subject_has_label_and_aliases() -> None:
    summit = Event("event-9", "the summit", "Meeting", aliases=("the talks",))
    first: Statement = replace(knowledge().statements[0], subject="event-9")
    known = replace(knowledge(), events=(*knowledge().events, summit), statements=(first,))
    assert lines(known)[0]["subject"] == {
        "id": "https://kg.example/data/event-9",
        "label": "the summit",
        "type": "Meeting",
        "aliases": ["the talks"],
    }


def test_no_statements_give_an_empty_file() -> None:
    assert lines(Knowledge()) == []
