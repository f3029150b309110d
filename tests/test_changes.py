"""After any sequence of changes the graph equals a clean build of the remaining articles.

`KG_SEQUENCES=200 python3 -m pytest tests/test_changes.py` tries more sequences.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import extract, ontology, pipeline
from kg.language import pipeline as language
from kg.model import Knowledge
from kg.write import archive

pytestmark = pytest.mark.slow

SEQUENCES = int(os.environ.get("KG_SEQUENCES", "12"))
# Articles about the same people and events, in two versions each.
ARTICLES = {
    "a.txt": (
        "Ana Ruiz met Tom Reed in Lima on 13 January 2026. She praised the harbour.",
        "Ana Ruiz met Tom Reed in Quito on 13 January 2026, and signed a treaty with him.",
    ),
    "b.txt": (
        "President Ana Ruiz of Peru said that Mr Reed had invited her to Norvex. “We will build,” Ruiz said.",
        "Mr Tom Reed, the head of Norvex, resigned on Tuesday.",
    ),
    "c.txt": (
        "The meeting between Ruiz and Reed lasted two hours. It was held in Lima.",
        "Felix Keller did not attend the meeting between Ana Ruiz and Tom Reed.",
    ),
    "d.txt": (
        "Ana Ruiz met Tom Reed in Lima on Tuesday, the Lima Post reported. She praised the harbour.",
        "Norvex bought Lumora for $3 million in 2024. Ana Ruiz called the deal a triumph.",
    ),
}
EDITS = st.lists(
    st.dictionaries(st.sampled_from(sorted(ARTICLES)), st.integers(0, 1), min_size=1), min_size=2, max_size=5
)


@pytest.fixture(scope="module", autouse=True)
def loaded_once() -> Iterator[None]:
    """Load the language model and the ontology once; otherwise that takes most of the time of a small
    build.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(language, "load", cache(language.load))
        patched.setattr(ontology, "load", cache(ontology.load))
        yield


def build(folder: Path, state: dict[str, int], keep: Path | None) -> pipeline.Build:
    for path in folder.glob("*.txt"):
        path.unlink()
    for name, version in state.items():
        (folder / name).write_text(ARTICLES[name][version], encoding="utf-8")
    return pipeline.build([folder], keep=keep)


def written(built: pipeline.Build) -> tuple[str, list[str]]:
    triples = [str(triple) for part in built.triples.values() for triple in part]
    return archive.dump(built.knowledge), triples


@pytest.fixture(scope="module")
def clean() -> dict[frozenset[tuple[str, int]], tuple[str, list[str]]]:
    """A cache of clean builds, which read all articles: articles with versions -> statements and files."""
    return {}


@settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=EDITS)
def test_any_sequence_of_changes_equals_a_clean_build(
    states: list[dict[str, int]],
    clean: dict[frozenset[tuple[str, int]], tuple[str, list[str]]],
) -> None:
    with TemporaryDirectory() as name:
        folder, keep = Path(name) / "news", Path(name) / "kept"
        folder.mkdir()
        for state in states:
            found = written(build(folder, state, keep))
            key = frozenset(state.items())
            if key not in clean:
                clean[key] = written(build(folder, state, None))
            assert found == clean[key]


def test_only_new_articles_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    usual = extract.read_all

    def noting(documents, knows, parser):  # type: ignore[no-untyped-def]
        documents = list(documents)
        read.extend(document.id for document in documents)
        return usual(documents, knows, parser)

    monkeypatch.setattr(extract, "read_all", noting)
    (tmp_path / "news").mkdir()
    for state, expected in (
        ({"a.txt": 0, "b.txt": 0}, ["a.txt", "b.txt"]),
        ({"a.txt": 0, "b.txt": 1, "c.txt": 0}, ["b.txt", "c.txt"]),
        ({"a.txt": 0}, []),
        ({"a.txt": 0, "c.txt": 0}, ["c.txt"]),
    ):
        read.clear()
        build(tmp_path / "news", state, tmp_path / "kept")
        assert read == expected


def test_removing_an_article_removes_statements_of_it_alone(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    keep = tmp_path / "kept"
    both = build(tmp_path / "news", {"a.txt": 0, "b.txt": 1}, keep).knowledge
    one = build(tmp_path / "news", {"a.txt": 0}, keep).knowledge
    assert said(one) < said(both)
    assert all("b.txt" in documents for _, documents in evidence(both) - evidence(one))
    assert not any("b.txt" in documents for _, documents in evidence(one))


def said(knowledge: Knowledge) -> set[tuple[str, str, object]]:
    return {(s.subject, s.predicate, s.object) for s in knowledge.statements}


def evidence(knowledge: Knowledge) -> set[tuple[str, frozenset[str]]]:
    return {(s.id, frozenset(e.document for e in s.evidence)) for s in knowledge.statements}
