"""The command line. Results go to standard output, everything else to standard error.

Exit codes: 0 success; 1 something was skipped or not found, the rest was done; 2 nothing was done (a wrong
option, no article, no graph, a query that is not valid SPARQL); 130 interrupted.

Each command is a module, and loads only what it needs: `kg query` loads no language model.
"""

from __future__ import annotations

from kg import pipeline, terminal
from kg.cli import ontology_
from kg.cli.app import LEFT_OUT, NOTHING_DONE, app
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.extract import extract
from kg.cli.import_ import import_
from kg.cli.mcp_ import mcp_
from kg.cli.push import push
from kg.cli.query import query
from kg.cli.review import review
from kg.cli.serve import serve
from kg.cli.view import view
from kg.errors import Error

# Heading of a section of the help page -> its commands; headings and commands are in the order of the page.
for heading, commands in {
    "Make a graph": (build, import_),
    "Ask it": (query, explain, view, serve, mcp_),
    "Trust it": (check, review),
    "Export": (export, push, extract),
}.items():
    for command in commands:
        app.command(command.__name__.rstrip("_"), rich_help_panel=heading)(command)


app.add_typer(ontology_.app, rich_help_panel="Make a graph")


def main() -> None:
    """Run the command line. Errors that the user can correct become messages."""
    terminal.use_utf8()
    try:
        try:
            app()
        finally:
            terminal.flush()
    except pipeline.NoArticleError as error:
        for problem in error.problems:
            terminal.say(problem)
        terminal.say("nothing was read, and nothing written")
    except Error as error:
        terminal.say(error)
    except BrokenPipeError:  # the reader of our output has closed the pipe
        terminal.close()
        raise SystemExit(LEFT_OUT) from None
    except OSError as error:
        terminal.close()
        terminal.say(f"{error.filename or 'the output'}: {error.strerror or error}")
    raise SystemExit(NOTHING_DONE)
