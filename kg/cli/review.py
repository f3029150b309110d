"""`kg review`: asks a person to decide uncertain cases."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import Folder, stop

if TYPE_CHECKING:
    from kg.resolve.review.cases import Case

_ANSWERS = {"y": "yes", "n": "no", "s": "skip", "": "skip", "q": "quit"}


def review(
    folder: Folder = Path("output"),
    decisions: Annotated[
        Path,
        typer.Option(help="The file of decisions, read and appended to.", metavar="FILE", dir_okay=False),
    ] = Path("decisions.toml"),
    limit: Annotated[int, typer.Option("--limit", "-n", help="Maximum number of cases.", min=1)] = 20,
    by: Annotated[str, typer.Option(help="Your name, recorded with each decision.", metavar="NAME")] = "",
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the cases without asking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Decide the cases that kg is unsure of.

    \b
      kg review                             case by case: yes, no, skip
      kg review --by "Jo Doe" --limit 5
      kg review --list                      only list them

    The most uncertain cases with the greatest effect come first, with the
    evidence for and against and the sentences of both sides. Your decisions are
    appended to decisions.toml; the next kg build applies them. No question is
    asked twice.
    """
    from kg.read import decisions as file
    from kg.resolve.review.cases import as_json as plain
    from kg.resolve.review.review import cases

    built = pipeline.load(folder)
    known = file.read(decisions, built.ontology.classes) if decisions.is_file() else file.Decisions("")
    if known.problems:
        stop(known.problems[0])
    for problem in known.without_effect(built.knowledge.decisions):
        terminal.say(problem)
    found = cases(built.knowledge, built.ontology, known.decisions)[:limit]
    if as_json:
        terminal.write(json.dumps([plain(case) for case in found], ensure_ascii=False, indent=2) + "\n")
    elif listing:
        for number, case in enumerate(found, 1):
            terminal.case(case, f"{number}/{len(found)}")
    else:
        taken = _ask(found, decisions, by)
        again = "; run kg build to apply it" if taken else ""
        terminal.say(f"{taken} decided, in {decisions}{again}" if found else "nothing to decide")


def _ask(found: list[Case], path: Path, by: str) -> int:
    """Ask the user about each case, and write each decision immediately. Returns the number of decisions."""
    from kg.write import append_decisions

    taken = 0
    for number, case in enumerate(found, 1):
        terminal.case(case, f"{number}/{len(found)}")
        answer = _answer()
        if answer == "quit":
            break
        choice = {"yes": case.yes, "no": case.no}.get(answer)
        if choice is None:
            continue
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        said = f"{case.question} {answer.capitalize()}."
        append_decisions.append(
            path, append_decisions.entry(choice, by=by, date=today, comment=terminal.plain(said))
        )
        taken += 1
    return taken


def _answer() -> str:
    """The user's answer, one of `_ANSWERS`; "quit" at the end of the input."""
    while True:
        terminal.ask("[y]es, [n]o, [s]kip, [q]uit? ")
        line = sys.stdin.readline()
        if not line:
            return "quit"
        if (given := line.strip().lower()[:1]) in _ANSWERS:
            return _ANSWERS[given]
