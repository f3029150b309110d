"""`kg build`: reads articles and builds a graph."""

from __future__ import annotations

import time
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli import remembered
from kg.cli.app import Jobs, Quiet, report, stop
from kg.cli.remembered import GivenOptions
from kg.language.pipeline import MD, NEWS
from kg.memory import Budget, BudgetError
from kg.pipeline import Stored
from kg.rdf.names import Names
from kg.write import output
from kg.write.output import OutputError


class Engine(StrEnum):
    """The ways to distribute the reading of articles."""

    PROCESSES = "processes"
    RAY = "ray"


def _base(value: str | None) -> str | None:
    try:
        return value and Names(value).base
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _budget(value: str | None) -> Budget | None:
    try:
        return Budget.of(value) if value else None
    except BudgetError as error:
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
            help="Your own Turtle file with more relations and classes. Repeatable.",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    background: Annotated[
        list[Path] | None,
        typer.Option(
            help="Your own RDF (people, organisations) for recognising names. Repeatable.",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    no_ontology: Annotated[
        bool, typer.Option("--no-ontology", help="Build without the ontology files of the previous build.")
    ] = False,
    no_background: Annotated[
        bool, typer.Option("--no-background", help="Build without the background that kg import added.")
    ] = False,
    decisions: Annotated[
        Path | None,
        typer.Option(
            help="Your decisions about the graph; default: decisions.toml beside the articles' folder.",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    base: Annotated[
        str | None, typer.Option(help="Prefix of the IRIs of the data.", metavar="IRI", callback=_base)
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read all articles again, including unchanged ones.")
    ] = False,
    follow_links: Annotated[
        bool | None,
        typer.Option(
            "--follow-links/--no-follow-links",
            help="Follow links that lead out of a folder of articles.",
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
            help=f"The parser: {NEWS} (kg's own, the default), {MD} (spaCy's), or a spaCy package.",
            metavar="NAME",
        ),
    ] = None,
    jobs: Jobs = None,
    engine: Annotated[
        Engine, typer.Option(help="What reads the articles: processes of this machine, or a Ray cluster.")
    ] = Engine.PROCESSES,
    address: Annotated[
        str | None,
        typer.Option(
            help="The Ray cluster (host:port, ray://host:port); default: the one that runs on this machine.",
            metavar="ADDRESS",
        ),
    ] = None,
    readings: Annotated[
        str | None,
        typer.Option(
            help="Where to keep the reading of each article: a folder, or a URL (s3://bucket/readings).",
            metavar="PLACE",
        ),
    ] = None,
    store: Annotated[
        Stored | None,
        typer.Option(
            help="What kg query can use: everything (all), facts without sentences (facts), nothing (none).",
            show_default=False,
        ),
    ] = None,
    memory: Annotated[
        str | None,
        typer.Option(
            help="The most memory that kg may take, such as 4G; a build that needs more is refused.",
            metavar="SIZE",
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

    An article that cannot be read is reported and skipped (exit code 1). A file
    NAME.toml beside an article overrides its title, publisher, url, date and
    author. Building again replaces the graph as a whole and reads only new and
    changed articles; an interrupted build leaves the previous graph as it was.
    --base, --ontology, --background, --parser and the like are remembered with
    the graph: options that you omit keep their values, and changes are reported.
    Each line of a .jsonl file is an article: {"id": ..., "text": ...}.
    """
    from kg.rdf.background import BackgroundError

    begun, budget = time.perf_counter(), _budget(memory)
    clustered = engine is Engine.RAY
    if address and not clustered:
        raise typer.BadParameter("is for --engine ray", param_hint="--address")
    if fresh and (clustered or readings):
        raise typer.BadParameter("keeps no readings; use --readings with a new place", param_hint="--fresh")
    asked = GivenOptions(
        base,
        ontology or (() if no_ontology else None),
        background or (() if no_background else None),
        parser,
        follow_links,
        any_language,
        store,
    )
    if problem := remembered.lost(folder, asked):
        stop(problem)
    before = _before(folder)
    now = remembered.settled(asked, before or remembered.Settings())
    pipeline.check(folder, now.ontology, now.background)
    if before and not quiet:
        for line in remembered.told(asked, now, before):
            terminal.say(line)
    with budget.kept() if budget else nullcontext():
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
                keep=None if fresh else readings or folder / pipeline.READINGS,
                # a folder given by the user may also have readings for other graphs, which are not deleted
                tidy=not readings,
                parser=now.parser,
                jobs=jobs,
                address=(address or "auto") if clustered else None,
                store=now.store,
                memory=budget,
                track=terminal.tracker(quiet),
            )
        except (pipeline.OntologyError, BackgroundError) as error:
            stop(error)
        about = pipeline.save(built, folder, budget)
    if before and before.decisions and not built.knowledge.decisions and not quiet:
        terminal.say(f"decisions: no longer any (before: {before.decisions}); --decisions names their file")
    if verbose:
        terminal.articles(built.knowledge)
    if not quiet:
        terminal.summary(about["counts"], time.perf_counter() - begun)
    report(built.problems)


def _before(folder: Path) -> remembered.Settings | None:
    """The settings of the graph in the folder; None if there is no graph, or if its settings are lost."""
    damage = output.unsound(folder)
    try:
        found = remembered.last(folder)
    except OutputError:
        terminal.say(f"{damage} Options that you do not give have their defaults.")
        return None
    if damage:
        terminal.say(f"{damage.path} {damage.what}; the options of the last build are known from its copy.")
    return found
