"""`kg check`: validates the graph, and lists where its articles disagree."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import LEFT_OUT, Folder, report


def check(
    folder: Folder = Path("output"),
    shapes: Annotated[
        bool, typer.Option("--shapes/--no-shapes", help="Check the triples against the SHACL shapes.")
    ] = True,
    files: Annotated[
        bool, typer.Option("--files", help="Only compare all files with their digests in build.json.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with code 1 if articles disagree.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with the sentences.")] = False,
) -> None:
    """Validate the graph, and list where its articles disagree.

    \b
      kg check
      kg check --no-shapes --json > agreement.json
      kg check --strict                     for scripts: are there conflicts?
      kg check --files                      is any file missing, changed or damaged?

    Prints the values on which articles conflict, with the articles that give
    each value and how many of them are independent; which article depends on
    which; and the decisions without effect. Exit code 0: the graph is sound;
    articles may disagree. 1: a triple violates a shape, a file is damaged, or,
    with --strict, articles disagree.
    """
    from kg.rdf.conformance import violations
    from kg.write import agreement, output

    if files:
        report(output.damaged(folder))
        terminal.say("all files are unchanged")
        return
    built = pipeline.load(folder)
    broken = violations(chain.from_iterable(built.triples.values())) if shapes else []
    if as_json:
        found = {**agreement.as_json(built.knowledge), "violations": broken}
        terminal.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        sides, taken = agreement.sides(built.knowledge), agreement.dependences(built.knowledge)
        terminal.section("Conflicts", agreement.SIDES, sides, "no article contradicts another")
        terminal.section(
            "Dependences between articles", agreement.DEPENDENCES, taken, "no article cites another"
        )
        if unused := agreement.idle(built.knowledge):
            terminal.section("Decisions without effect", agreement.IDLE, unused, "")
        told = agreement.counts(built.knowledge)
        terminal.write(", ".join(f"{number:,} {name}" for name, number in told.items()) + "\n")
    for violation in broken:
        terminal.say(violation)
    if shapes and not broken:
        terminal.say("all triples conform to the shapes")
    if broken or (strict and built.knowledge.conflicts):
        raise typer.Exit(LEFT_OUT)
