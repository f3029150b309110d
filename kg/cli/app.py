"""What all commands have in common: the application, some options, and exit codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kg import __version__, terminal
from kg.language.pipeline import MD, NEWS
from kg.model import Problem

# Exit codes.
LEFT_OUT = 1  # something was skipped or not found, the rest was done
NOTHING_DONE = 2


app = typer.Typer(
    name="kg",
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks would print local variables, such as whole articles
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[Path, typer.Option("--graph", "-g", help="The folder of the graph.", metavar="FOLDER")]
Parser = Annotated[
    str,
    typer.Option(
        help=f"The parser: {NEWS} (kg's own), {MD} (spaCy's), or an installed spaCy package.",
        metavar="NAME",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        help="Maximum number of reading processes; default: as many as cores and memory allow.",
        metavar="N",
        min=1,
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show errors only.")]


@app.callback(invoke_without_command=True, epilog="Help for a command: kg build --help")
def kg(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Reads news articles and builds a knowledge graph you can trust.

    Every fact in it links to its sentence.

    \b
      kg build seeds/            read articles, write output/
      kg view                    open the graph in the browser
      kg query who-met-whom      run a query that comes with kg
      kg query 'SELECT ?who { ?who kg:met ?whom }'
      kg explain "Ana Ruiz" met  the sentences behind a fact
      kg export --format turtle > graph.ttl

    Exit codes: 0 success; 1 something was skipped or not found; 2 nothing was
    done.
    """
    if version:
        terminal.write(f"kg {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        terminal.write(context.get_help() + "\n")


def report(problems: Sequence[Problem]) -> None:
    """Print these problems; if there are any, exit with `LEFT_OUT`."""
    for problem in problems:
        terminal.say(problem)
    if problems:
        raise typer.Exit(LEFT_OUT)


def stop(message: object) -> NoReturn:
    """Print why nothing was done, and exit with `NOTHING_DONE`."""
    terminal.say(message)
    raise typer.Exit(NOTHING_DONE)
