"""`kg build`: articles -> a graph."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import Parser, Quiet, report, stop
from kg.language.pipeline import DEFAULT
from kg.rdf.names import BASE, Names


def _base(value: str) -> str:
    try:
        return Names(value).base
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Articles (.txt, .html), or folders of them; seeds/ if none is given."),
    ] = None,
    folder: Annotated[
        Path, typer.Option("--output", "-o", help="The folder to write to.", metavar="FOLDER")
    ] = Path("output"),
    ontology: Annotated[
        list[Path] | None,
        typer.Option(
            help="A Turtle file of your own with more relations and classes. Repeatable.",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    background: Annotated[
        list[Path] | None,
        typer.Option(
            help="RDF of your own (people, organisations) to recognise names by. Repeatable.",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    forget: Annotated[
        bool, typer.Option("--no-background", help="Build without what kg import has put into the graph.")
    ] = False,
    decisions: Annotated[
        Path | None,
        typer.Option(
            help="What you decided about the graph; otherwise decisions.toml beside the articles' folder.",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    base: Annotated[
        str, typer.Option(help="What the IRIs of the data begin with.", metavar="IRI", callback=_base)
    ] = BASE,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read all articles again, also those read before.")
    ] = False,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Also follow links that lead out of a folder of articles.")
    ] = False,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Also read articles that are not in English.")
    ] = False,
    parser: Parser = DEFAULT,
    quiet: Quiet = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also list the articles.")] = False,
) -> None:
    """Read articles and build the graph.

    \b
      kg build                              seeds/ into output/
      kg build news/ extra.html -o graph    your own articles
      kg build --base https://example.org/data/

    An article that cannot be read is named and left out (exit code 1). A file
    NAME.toml beside an article overrules its title, publisher, url, date and
    author. Building again replaces the graph as a whole, and reads only the
    articles that are new or changed; a build that is interrupted leaves the
    last graph as it was. Background that the graph in the folder has (kg import)
    is kept, unless --background gives other files.
    """
    from kg.rdf.background import BackgroundError

    begun = time.perf_counter()
    files = tuple(background or (() if forget else pipeline.background_of(folder)))
    pipeline.check(folder, ontology or (), files)
    if files and not background and not quiet:
        terminal.say(f"background, as imported: {', '.join(path.name for path in files)}")
    try:
        built = pipeline.build(
            paths or [Path("seeds")],
            ontology_files=ontology or (),
            background_files=files,
            base=base,
            decisions=decisions,
            leave_out=folder,
            follow_links=follow_links,
            any_language=any_language,
            keep=None if fresh else folder / pipeline.READINGS,
            parser=parser,
            track=terminal.tracker(quiet),
        )
    except (pipeline.OntologyError, BackgroundError) as error:
        stop(error)
    pipeline.save(built, folder)
    if verbose:
        terminal.articles(built.knowledge)
    if not quiet:
        terminal.summary(built.counts, time.perf_counter() - begun)
    report(built.problems)
