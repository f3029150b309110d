from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg import ontology
from kg.rdf import sorted_parts
from kg.rdf.graph import triples
from kg.rdf.parts import TYPE, in_order
from tests.sample import knowledge


@pytest.mark.parametrize("run", [1_000_000, 7, 1])
def test_the_files_equal_the_result_in_memory_for_any_limit(tmp_path: Path, run: int) -> None:
    knows = ontology.load()
    counts = sorted_parts.write(knowledge(), knows, tmp_path, run=run)
    for part, expected in triples(knowledge(), knows).items():
        assert (tmp_path / f"{part}.nt").read_bytes() == serialize(expected, format=RdfFormat.N_TRIPLES)
        assert counts[part] == len(expected)
    assert {path.name for path in tmp_path.iterdir()} == {f"{part}.nt" for part in counts}


IRIS = st.sampled_from(["urn:a", "urn:a-1", "urn:a1", "urn:b", "urn:é", "urn:a/b"]).map(NamedNode)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map(Literal)
OBJECTS = st.one_of(IRIS, TEXTS, TEXTS.map(lambda text: Literal(text.value, language="en")))


@given(st.lists(st.builds(Triple, IRIS, st.one_of(IRIS, st.just(TYPE)), OBJECTS)))
def test_lines_are_in_the_order_of_triples(some: list[Triple]) -> None:
    lines = sorted({sorted_parts.line(triple) for triple in some})
    written = "".join(map(sorted_parts.n_triples, lines)).encode()
    assert written == serialize(in_order(some), format=RdfFormat.N_TRIPLES)
