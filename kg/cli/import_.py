"""`kg import`: adds background knowledge to the graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated
from unicodedata import normalize

import typer

from kg import pipeline, terminal
from kg.cli.app import Folder, Quiet, report, stop


def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="RDF (Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD), or a table (CSV).",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Remove a file, by its name. Repeatable."),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the imported files and exit.")] = False,
    folder: Folder = Path("output"),
    quiet: Quiet = False,
) -> None:
    """Add background knowledge: people, organisations, an earlier graph.

    \b
      kg import staff.ttl organisations.rdf
      kg import --list
      kg import --remove staff.ttl

    The names in these files help to identify people and things; therefore the
    articles of the graph are read again. Each file is a named graph, apart from
    what articles say (kg query 'SELECT * { GRAPH ?file { ?s ?p ?o } }'). A file
    replaces an earlier import of the same name; kg build keeps imported files.
    """
    from kg.rdf.background import BackgroundError, called

    built = pipeline.load(folder)
    held = {called(path): path for path in built.background_files}
    if listing or not (files or remove):
        terminal.table(
            ("file", "triples", "sha256"),
            [(each.id, f"{each.triples:,}", each.digest) for each in built.knowledge.background],
        )
        return
    for name in remove or ():
        if held.pop(normalize("NFC", name), None) is None:
            stop(f"{name}: was not imported. See kg import --list.")
    given = list(files or ())
    kept = [path for name, path in held.items() if name not in {called(path) for path in given}]
    pipeline.check(folder, built.ontology_files, (*kept, *given))
    try:
        rebuilt = replace(built, background_files=(*kept, *given))
        rebuilt = pipeline.reread(
            rebuilt, keep=folder / pipeline.READINGS, jobs=None, track=terminal.tracker(quiet)
        )
    except BackgroundError as error:
        stop(error)
    pipeline.save(rebuilt, folder)
    if not quiet:
        recognised = sum(bool(entity.background) for entity in rebuilt.knowledge.entities)
        told = sum(each.triples for each in rebuilt.knowledge.background)
        terminal.say(f"{told:,} triples of background; {recognised:,} of the things in the articles match it")
    report(rebuilt.problems)
