"""decisions.toml: its content, and messages about errors in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import DecisionKind, Reference
from kg.read.decisions import beside, read

CLASSES = {"Person", "CreativeWork"}
GOOD = """# ours
[[merge]]
these = ["Ana Ruiz", {name = "Ruiz", article = "b.txt"}]
by = "Jo Doe"
date = 2026-01-20
why = "one minister"

[[apart]]
these = [{name = "Tom Reed", articles = ["b.txt", "a.txt"]}, {name = "Tom Reed", article = "c.txt"}]

[[type]]
this = "Blue Rain"
is = "CreativeWork"

[[name]]
this = "blue rain"
is = "Blue Rain"

[[ignore]]
this = "Web Desk"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_kinds_of_decisions(tmp_path: Path) -> None:
    found = read(write(tmp_path, GOOD), CLASSES)
    assert found.problems == ()
    assert [(each.kind, each.value) for each in found.decisions] == [
        (DecisionKind.MERGE, ""),
        (DecisionKind.APART, ""),
        (DecisionKind.TYPE, "CreativeWork"),
        (DecisionKind.NAME, "Blue Rain"),
        (DecisionKind.IGNORE, ""),
    ]
    merge, apart = found.decisions[:2]
    assert merge.about == (Reference("Ana Ruiz"), Reference("Ruiz", ("b.txt",)))
    assert (merge.by, merge.date, merge.why) == ("Jo Doe", "2026-01-20", "one minister")
    assert apart.about[0] == Reference("Tom Reed", ("a.txt", "b.txt"))
    assert found.lines == (2, 8, 11, 15, 19)


def test_the_id_depends_only_on_the_content_of_a_decision(tmp_path: Path) -> None:
    one = read(write(tmp_path, '[[ignore]]\nthis = "A"\n'), CLASSES).decisions
    other = read(write(tmp_path, '\n\n[[ignore]]\nthis = "A"\nby = "Jo"\n'), CLASSES).decisions
    assert one[0].id == other[0].id
    assert len(read(write(tmp_path, '[[ignore]]\nthis = "A"\n' * 2), CLASSES).decisions) == 1


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[[merge]]\nthese = ["A"]', 1, "needs two names"),
        ('\n[[merge]]\nthese = "A"', 2, "needs two names"),
        ('[[merge]]\nthese = ["A", 3]', 1, "identifies a thing neither by a name"),
        ('[[merge]]\nthese = ["A", {name = "B"}]', 1, "identifies a thing neither by a name"),
        ('[[merge]]\nthese = ["A", "B"]\nis = "C"', 1, 'has the key "is"'),
        ("[[merge]]", 1, 'lacks "these"'),
        ('[[type]]\nthis = "A"\nis = "Band"', 1, "not a class of the ontology"),
        ('[[type]]\nthis = "A"', 1, 'lacks "is"'),
        ('[[name]]\nthis = "A"\nis = ""', 1, "empty name"),
        ('[[ignore]]\nthis = "A"\ndate = "soon"', 1, '"date" that is not like'),
        ('[[ignore]]\nthis = "A"\nby = 3', 1, '"by" that is not text'),
        ('[[ignore]]\nthis = "A"\n\n[[forget]]\nthis = "B"', 4, 'has "forget"'),
        ('note = "hello"', 1, 'has "note"'),
    ],
)
def test_one_invalid_decision_is_reported_with_its_line_and_the_others_apply(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    path = write(tmp_path, text + '\n\n[[ignore]]\nthis = "Web Desk"\n')
    found = read(path, CLASSES)
    (problem,) = found.problems
    assert problem.path == f"{path}:{line}"
    assert what in problem.what
    assert problem.mend
    assert "Web Desk" in {each.about[0].name for each in found.decisions}


def test_invalid_toml_and_text_decides_nothing(tmp_path: Path) -> None:
    found = read(write(tmp_path, "\n[[merge]\n"), CLASSES)
    assert (found.decisions, len(found.problems)) == ((), 1)
    assert "line 2" in found.problems[0].what
    path = tmp_path / "decisions.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8" in read(path, CLASSES).problems[0].what
    assert "cannot be read" in read(tmp_path / "none.toml", CLASSES).problems[0].what


def test_a_decision_without_effect_is_reported(tmp_path: Path) -> None:
    found = read(write(tmp_path, GOOD), CLASSES)
    first, *others = found.decisions
    (problem,) = found.without_effect([replace(first, fault="nothing in the graph is called Ruiz"), *others])
    assert problem.path.endswith("decisions.toml:2")
    assert problem.what == "[[merge]] has no effect: nothing in the graph is called Ruiz"


def test_the_file_is_found_beside_the_articles(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("A", encoding="utf-8")
    assert beside([folder]) is None
    path = write(tmp_path, GOOD)
    assert beside([folder]) == path
    assert beside([folder / "a.txt"]) is None
    assert beside([folder / "a.txt", folder]) == path


def test_what_cannot_be_read_decides_nothing_and_is_reported(tmp_path: Path) -> None:
    folder, path = tmp_path / "news", tmp_path / "decisions.toml"
    path.mkdir()
    assert beside([folder]) == path
    assert read(path, CLASSES).problems[0].what == "is not a file"
    path.rmdir()
    path.symlink_to(path)
    assert read(path, CLASSES).problems[0].what == "is a link to no file"
    path.unlink()
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a sparse file: it takes no disk space, but would not fit in memory
    assert "is larger than 10,000,000 bytes" in read(path, CLASSES).problems[0].what
