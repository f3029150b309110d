"""`kg query`: answers a SPARQL query or a named query."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import Folder, stop
from kg.model import Problem
from kg.store.limited import MB, TooLongError, bound, limited
from kg.write import output

_QUICK = 50_000_000  # stores up to this many bytes are compared with their digests, in a tenth of a second
# The beginning of a DESCRIBE query, the only form of a query that can have no braces.
_DESCRIBE = re.compile(r"(?is)\s*(?:(?:prefix|base)\s.*\s)?describe\s")


class ResultFormat(StrEnum):
    """Output formats of `kg query`."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"


def query(
    question: Annotated[
        str | None,
        typer.Argument(metavar="TEXT|FILE|NAME", help="SPARQL, a file of it, or the name of a query."),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter", "-p", metavar="NAME=VALUE", help="A parameter of the named query. Repeatable."
        ),
    ] = None,
    form: Annotated[
        ResultFormat, typer.Option("--format", "-f", help="The output format.")
    ] = ResultFormat.TABLE,
    seconds: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Time limit of the query, in seconds.")
    ] = 60,
    memory: Annotated[
        int,
        typer.Option("--memory-limit", help="Memory limit of the query, in megabytes.", min=64, metavar="MB"),
    ] = 1024,
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the named queries.")] = False,
    folder: Folder = Path("output"),
) -> None:
    """Query the graph, in SPARQL or with a named query.

    \b
      kg query --list
      kg query what-a-person-did -p person=Ruiz
      kg query 'SELECT ?who ?whom { ?who kg:met ?whom }' --format csv
      kg query my-question.rq

    The common prefixes are predefined. CONSTRUCT and DESCRIBE return Turtle.
    """
    from kg.store.query import QueryError

    if listing or question is None:
        _list_queries()
        return
    text = _question(question)
    values = dict(_value(parameter) for parameter in parameters or ())
    try:
        work = partial(_answer, folder, text, values, form, memory * MB)
        terminal.write(limited(work, seconds, memory=memory * MB))
    except (QueryError, TooLongError) as error:
        stop(error)


def _answer(folder: Path, question: str, values: Mapping[str, str], form: ResultFormat, memory: int) -> str:
    """The answer to a query as text in the chosen format. Raises QueryError and OutputError."""
    from kg.store.oxigraph import open_store
    from kg.store.query import Form, run

    try:
        with output.reading(folder, sure=_quickly_compared(folder)) as manifest:
            if pipeline.store_of(manifest.about) is pipeline.Stored.NONE:
                mend = "Build it again with --store all, or ask it through kg serve."
                raise output.OutputError(Problem(str(folder), "has a graph without a store", mend))
            store = open_store(folder / pipeline.STORE)
        bound(memory)
        result = run(store, question, values, folder / pipeline.STORE)
    except (OSError, RuntimeError) as error:  # raised by the store, which has its own checksums
        what = f"is damaged ({' '.join(str(error).split())})"
        problem = Problem(str(folder / pipeline.STORE), what, "Build again with `kg build`.")
        raise output.OutputError(problem) from error
    if result.form is Form.TRIPLES and form is ResultFormat.TABLE:
        return result.render("turtle")
    return terminal.laid_out(*result.table()) if form is ResultFormat.TABLE else result.render(form)


def _quickly_compared(folder: Path) -> tuple[str, ...]:
    """The paths that are compared with their digests before a query: that of the store if it is small,
    otherwise none.

    A larger store detects damage by itself, but only when a query reads the damaged part.
    """
    size = sum(each.stat().st_size for each in (folder / pipeline.STORE).glob("*") if each.is_file())
    return (pipeline.STORE,) if size < _QUICK else ()


def _question(given: str) -> str:
    """The SPARQL query that the user gives: by the name of a query, as a file, or as SPARQL."""
    from kg.store.query import named

    known = {each.name: each.text for each in named()}
    if given in known:
        return known[given]
    if "{" in given or _DESCRIBE.match(given):
        return given
    try:
        return Path(given).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        close = difflib.get_close_matches(given, known)
        near = f" Did you mean {' or '.join(close)}?" if close else ""
        stop(f"{given}: is not a named query, a file or SPARQL.{near} See kg query --list.")
    except (OSError, UnicodeError) as error:
        stop(f"{given}: cannot be read ({error}).")


def _value(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{parameter!r} is not NAME=VALUE", param_hint="--parameter")
    return name, value


def _list_queries() -> None:
    from kg.store.query import named

    terminal.table(
        ("name", "parameters", "what it answers"),
        [
            (each.name, ", ".join(p.name for p in each.parameters), each.description or each.title)
            for each in named()
        ],
    )
