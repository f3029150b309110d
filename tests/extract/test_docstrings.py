"""The example sentences in the docstring of a construction give the claims that it states.

The first lines that are indented by four spaces are of the form

    Norvex bought Lumora from Acme.     Norvex - bought - Lumora; Norvex - bought from - Acme

the text, two or more blanks, then its claims, joined by "," or ";". A part is a claim

    end - relation - end
    end - relation - end - when - where
    end - relation                          an event with one participant

or a note in words without " - ", which is ignored. A claim that is not
asserted ends with its factuality in parentheses: `(planned)`, `(negated)`, `(possible)`, `(reported)`,
`(reported by Ana)`; other parentheses are notes.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import kg.extract
from kg import ontology, read
from kg.extract import read_all
from kg.model import Factuality, Reading
from tests.extract.cases import Expectation, wrong

ROOT = Path(kg.extract.__file__).parent
FOLDERS = ("clauses", "projections")
NO_CONSTRUCTIONS = ("__init__", "clause", "judged", "predicate")
_FACTUALITY = re.compile(r"\((planned|negated|possible|reported)(?: by ([^)]+))?\)")


@dataclass(frozen=True)
class Example:
    module: str
    text: str
    expectations: tuple[Expectation, ...]


def examples(path: Path) -> list[Example]:
    """The examples in the docstring of a module. Raises ValueError for a line of another form."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")), clean=False) or ""
    block = next(re.finditer(r"(?:^ {4}\S.*\n)+", docstring, re.MULTILINE), None)
    if block is None:
        raise ValueError(f"{path}: no sentences in its docstring")
    return [_example(path, line.strip()) for line in block[0].splitlines()]


def _example(path: Path, line: str) -> Example:
    text, _, told = line.partition("  ")
    if not told.strip():
        raise ValueError(f"{path}: not of the form `sentence  what it claims`: {line}")
    parts = re.split(r"[,;] (?![^(]*\))", told.strip())
    return Example(
        f"{path.parent.name}.{path.stem}", text, tuple(_claim(part) for part in parts if " - " in part)
    )


def _claim(part: str) -> Expectation:
    told = _FACTUALITY.search(part)
    words = re.sub(r"\s*\([^)]*\)", "", part).strip()
    subject, relation, object_, when, where = (*words.split(" - "), "", "", "")[:5]
    return Expectation(
        subject,
        relation,
        object_,
        Factuality(told[1]) if told else Factuality.ASSERTED,
        (told[2] or "") if told else "",
        line=part,
        when=when,
        where=where,
    )


PATHS = [
    path
    for folder in FOLDERS
    for path in sorted((ROOT / folder).glob("*.py"))
    if path.stem not in NO_CONSTRUCTIONS
]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = dict.fromkeys(example.text for path in PATHS for example in examples(path))
    found = read_all((read.from_text("example", text) for text in texts), ontology.load())
    return dict(zip(texts, found, strict=True))  # type: ignore[arg-type]  # a Problem makes the test fail


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_docstring(path: Path, readings: dict[str, Reading]) -> None:
    found = [
        f"{example.text}: {line}"
        for example in examples(path)
        for line in wrong(example.expectations, readings[example.text])
    ]
    assert not found, "\n".join(found)
