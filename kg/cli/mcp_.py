"""`kg mcp`: serves the graph to agents."""

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
        float, typer.Option("--time-limit", help="Time limit of a SPARQL query, in seconds.", min=0.1)
    ] = 20,
) -> None:
    """Serve the graph to agents over the Model Context Protocol, on standard input and output.

    \b
      kg mcp -g output

    Its tools find things, facts with their sentences, paths between two things,
    timelines, statements by speaker, and answers to SPARQL. They only read. The
    agent's program starts this command; see docs/mcp.md.
    """
    from kg.agents.server import server
    from kg.agents.tools import Tools

    built = pipeline.load(folder)
    try:
        server(Tools(built, folder, seconds)).run("stdio")
    except MissingError as error:
        stop(error)
