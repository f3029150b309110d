"""`kg check`: whether the graph is sound, and where its articles disagree."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import LEFT_OUT, Folder


def check(
    folder: Folder = Path("output"),
    shapes: Annotated[
        bool, typer.Option("--shapes/--no-shapes", help="Check the triples against the SHACL shapes.")
    ] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 where articles disagree.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with the sentences.")] = False,
) -> None:
    """Check the graph, and list who agrees and who differs.

    \b
      kg check
      kg check --no-shapes --json > agreement.json
      kg check --strict                     for a script: are there conflicts?

    First the values that articles contradict each other in, with the articles
    that give each and how many of them are independent; then which article
    takes from which. Exit code 0: the graph is sound; articles may disagree,
    for that is what they say. 1: a triple breaks a shape, the shapes could not
    be checked (they need pip install 'kg\\[check]'), or, with --strict, articles
    disagree.
    """
    from kg.write import agreement

    built = pipeline.load(folder)
    broken = _broken(built) if shapes else []
    if as_json:
        found = {**agreement.as_json(built.knowledge), "violations": broken}
        terminal.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        sides, taken = agreement.sides(built.knowledge), agreement.dependences(built.knowledge)
        terminal.section("Who agrees, who differs", agreement.SIDES, sides, "no article contradicts another")
        terminal.section("Who takes from whom", agreement.DEPENDENCES, taken, "no article cites another")
        told = agreement.counts(built.knowledge)
        terminal.write(", ".join(f"{number:,} {name}" for name, number in told.items()) + "\n")
    for violation in broken or ():
        terminal.say(violation)
    if broken is None:
        terminal.say("the shapes are not checked: pip install 'kg[check]', or say --no-shapes")
    elif shapes and not broken:
        terminal.say("all triples conform to the shapes")
    if broken is None or broken or (strict and built.knowledge.conflicts):
        raise typer.Exit(LEFT_OUT)


def _broken(built: pipeline.Build) -> list[str] | None:
    """What breaks the shapes; None where the library that checks them is not there."""
    if find_spec("pyshacl") is None:
        return None
    from kg.rdf.convert import to_rdflib
    from kg.rdf.shapes import violations

    return violations(to_rdflib(triple for part in built.triples.values() for triple in part))
