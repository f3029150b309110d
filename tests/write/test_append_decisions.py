"""Decisions are appended to what a person wrote, and are read back unchanged."""

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.model import DecisionKind, Reference
from kg.read.decisions import read
from kg.resolve.review.cases import PossibleDecision
from kg.write.append_decisions import append, entry

MERGE = PossibleDecision(DecisionKind.MERGE, (Reference("Ana Ruiz"), Reference("Ruiz", ("a.txt", "b.txt"))))


def test_the_file_keeps_its_content(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    held = '# mine\n[[ignore]]  # a web desk\nthis = "Web Desk"'
    path.write_text(held, encoding="utf-8")
    append(path, entry(MERGE, by="Jo Doe", date="2026-01-20", comment="Are they one? Yes."))
    text = path.read_text(encoding="utf-8")
    assert text.startswith(held + "\n\n# Are they one? Yes.\n[[merge]]\n")
    found = read(path, set())
    assert found.problems == ()
    assert [each.kind for each in found.decisions] == [DecisionKind.IGNORE, DecisionKind.MERGE]
    assert found.decisions[1].about == MERGE.about
    assert (found.decisions[1].by, found.decisions[1].date) == ("Jo Doe", "2026-01-20")


def test_a_new_file_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    append(
        path,
        entry(PossibleDecision(DecisionKind.TYPE, (Reference("X"),), "Person"), by="", date="", comment=""),
    )
    assert path.read_text(encoding="utf-8").startswith("# Decisions about the graph.")
    assert [each.value for each in read(path, {"Person"}).decisions] == ["Person"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_is_read_back(name: str) -> None:
    written = entry(PossibleDecision(DecisionKind.IGNORE, (Reference(name),)), by="", date="", comment="")
    assert tomllib.loads(written) == {"ignore": [{"this": name}]}
