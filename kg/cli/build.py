"""`kg build`: articles -> a graph."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli import remembered
from kg.cli.app import Quiet, report, stop
from kg.cli.remembered import Asked
from kg.language.pipeline import MD, NEWS
from kg.pipeline import Stored
from kg.rdf.names import Names
from kg.write.output import OutputError


def _base(value: str | None) -> str | None:
    try:
        return value and Names(value).base
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Articles (.txt, .html, .jsonl), or folders of them; seeds/ if none is given."),
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
    no_ontology: Annotated[
        bool, typer.Option("--no-ontology", help="Build without the ontology files of the last build.")
    ] = False,
    no_background: Annotated[
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
        str | None, typer.Option(help="What the IRIs of the data begin with.", metavar="IRI", callback=_base)
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read all articles again, also those read before.")
    ] = False,
    follow_links: Annotated[
        bool | None,
        typer.Option(
            "--follow-links/--no-follow-links",
            help="Also follow links that lead out of a folder of articles.",
            show_default=False,
        ),
    ] = None,
    any_language: Annotated[
        bool | None,
        typer.Option(
            "--any-language/--english-only",
            help="Also read articles that are not in English.",
            show_default=False,
        ),
    ] = None,
    parser: Annotated[
        str | None,
        typer.Option(
            help=f"Who parses: {NEWS} (kg's own, the usual), {MD} (spaCy's), or a package of spaCy's.",
            metavar="NAME",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            help="How many processes may read; otherwise as many as there are cores and memory for.",
            metavar="N",
            min=1,
            show_default=False,
        ),
    ] = None,
    store: Annotated[
        Stored | None,
        typer.Option(
            help="What kg query may ask: all, no statements with their sentences (facts), or nothing (none).",
            show_default=False,
        ),
    ] = None,
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
    last graph as it was. --base, --ontology, --background, --parser and the like
    are remembered with the graph: what is not given stays as it was, and what
    changes is told. A line of a .jsonl file is an article: {"id": ..., "text": ...}.
    """
    from kg.rdf.background import BackgroundError

    begun = time.perf_counter()
    asked = Asked(
        base,
        ontology or (() if no_ontology else None),
        background or (() if no_background else None),
        parser,
        follow_links,
        any_language,
        store,
    )
    before = _before(folder)
    now = remembered.settled(asked, before or remembered.Settings())
    pipeline.check(folder, now.ontology, now.background)
    if before and not quiet:
        for line in remembered.told(asked, now, before):
            terminal.say(line)
    try:
        built = pipeline.build(
            paths or [Path("seeds")],
            ontology_files=now.ontology,
            background_files=now.background,
            base=now.base,
            decisions=decisions,
            leave_out=folder,
            follow_links=now.follow_links,
            any_language=now.any_language,
            keep=None if fresh else folder / pipeline.READINGS,
            parser=now.parser,
            jobs=jobs,
            store=now.store,
            track=terminal.tracker(quiet),
        )
    except (pipeline.OntologyError, BackgroundError) as error:
        stop(error)
    about = pipeline.save(built, folder)
    if before and before.decisions and not built.knowledge.decisions and not quiet:
        terminal.say(
            f"decisions: none any more (there were {before.decisions}); --decisions names their file"
        )
    if verbose:
        terminal.articles(built.knowledge)
    if not quiet:
        terminal.summary(about["counts"], time.perf_counter() - begun)
    report(built.problems)


def _before(folder: Path) -> remembered.Settings | None:
    """How the graph in the folder was built, if there is one that tells."""
    try:
        return remembered.last(folder)
    except OutputError as error:
        terminal.say(
            f"{error} What the last build was asked for is not known; --base and the like count anew."
        )
        return None
