"""`kg mcp`: the graph for agents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline
from kg.cli.app import Folder, stop
from kg.errors import MissingError


def mcp_(
    folder: Folder = Path("output"),
    seconds: Annotated[
        float, typer.Option("--time-limit", help="Seconds that a SPARQL query may take.", min=0.1)
    ] = 20,
) -> None:
    """Answer agents over the Model Context Protocol, on standard input and output.

    \b
      kg mcp -g output

    Its tools find things, give facts with their sentences, ways between two
    things, timelines, who said what, and answers to SPARQL. They only read. It is
    the agent's program that starts this command; docs/mcp.md says how.
    """
    from kg.agents.server import server
    from kg.agents.tools import Tools

    built = pipeline.load(folder)
    try:
        server(Tools(built, folder, seconds)).run("stdio")
    except MissingError as error:
        stop(error)
