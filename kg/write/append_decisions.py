"""Appends decisions to a decisions.toml; what a person wrote there stays unchanged."""

from __future__ import annotations

import json
from pathlib import Path

from kg.model import DecisionKind, Reference
from kg.resolve.review.cases import PossibleDecision
from kg.write import output

_OPENING = "# Decisions about the graph. kg build applies them; see docs/agreement.md of kg.\n"


def entry(choice: PossibleDecision, *, by: str, date: str, comment: str) -> str:
    """A decision in TOML, preceded by a comment for people who read the file. `date`: ISO 8601, or ""."""
    lines = [f"# {line}" for line in comment.splitlines()]
    lines.append(f"[[{choice.kind}]]")
    about = [_reference(each) for each in choice.about]
    if choice.kind in (DecisionKind.MERGE, DecisionKind.APART):
        lines.append(f"these = [{', '.join(about)}]")
    else:
        lines.append(f"this = {about[0]}")
    if choice.value:
        lines.append(f"is = {_quoted(choice.value)}")
    lines += [f"by = {_quoted(by)}"] if by else []
    lines += [f"date = {date}"] if date else []
    return "\n".join(lines) + "\n"


def append(path: Path, text: str) -> None:
    """Append a blank line and `text` to the file; if there is no file, create it. Raises OSError."""
    held = path.read_text(encoding="utf-8") if path.exists() else _OPENING
    if held and not held.endswith("\n"):
        held += "\n"
    with output.replacing(path) as new:
        new.write_text(f"{held}\n{text}", encoding="utf-8", newline="\n")


def _reference(reference: Reference) -> str:
    if not reference.articles:
        return _quoted(reference.name)
    articles = ", ".join(map(_quoted, reference.articles))
    return f"{{name = {_quoted(reference.name)}, articles = [{articles}]}}"


def _quoted(text: str) -> str:
    """The text as a basic TOML string: as in JSON, but with U+007F escaped, which TOML requires."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
