"""The command line. Results go to standard output, everything else to standard error.

Exit codes: 0 all is well; 1 something was left out or not found, the rest was done; 2 nothing was
done (a wrong option, no article, no graph, a query that is no SPARQL); 130 interrupted.

Each command loads only what it needs: asking starts no language model.
"""

from __future__ import annotations

import difflib
import io
import json
import os
import sys
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn

import typer

from kg import __version__, pipeline, terminal
from kg.model import Document, Problem
from kg.rdf.names import BASE, Names
from kg.write import export as exports
from kg.write import output
from kg.write.export import Format
from kg.write.output import OutputError

LEFT_OUT = 1
NOTHING_DONE = 2

app = typer.Typer(
    name="kg",
    add_completion=False,
    pretty_exceptions_enable=False,  # they print whole articles
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ResultFormat(StrEnum):
    """How `kg query` prints."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"


class ExportPart(StrEnum):
    """Which triples."""

    FACTS = "facts"
    EVENTS = "events"
    PROVENANCE = "provenance"
    ALL = "all"


def _base(value: str) -> str:
    try:
        return Names(value).base
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


Folder = Annotated[Path, typer.Option("--graph", "-g", help="The folder of the graph.", metavar="FOLDER")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show errors only.")]


@app.callback(invoke_without_command=True, epilog="Every command explains itself: kg build --help")
def kg(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Reads news articles and builds a knowledge graph you can trust.

    Every fact in it leads to its sentence.

    \b
      kg build seeds/            read articles, write output/
      kg view                    look at the graph in the browser
      kg query who-met-whom      ask a question that comes with kg
      kg query 'SELECT ?who { ?who kg:met ?whom }'
      kg explain "Ana Ruiz" met  the sentences behind a fact
      kg export --format turtle > graph.ttl

    Exit codes: 0 all is well; 1 something was left out or not found; 2 nothing
    was done.
    """
    if version:
        terminal.write(f"kg {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        terminal.write(context.get_help() + "\n")


@app.command(rich_help_panel="Make a graph")
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
    base: Annotated[
        str, typer.Option(help="What the IRIs of the data begin with.", metavar="IRI", callback=_base)
    ] = BASE,
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
    author. Building again replaces the graph as a whole; a build that is
    interrupted leaves the last one as it was.
    """
    begun = time.perf_counter()
    pipeline.check(folder, ontology or ())
    try:
        built = pipeline.build(
            paths or [Path("seeds")],
            ontology_files=ontology or (),
            base=base,
            leave_out=folder,
            track=terminal.tracker(quiet),
        )
    except pipeline.OntologyError as error:
        _stop(error)
    pipeline.save(built, folder)
    if verbose:
        terminal.articles(built.knowledge)
    if not quiet:
        terminal.summary(built.counts, time.perf_counter() - begun)
    _report(built.problems)


@app.command(rich_help_panel="Ask it")
def query(
    question: Annotated[
        str | None,
        typer.Argument(metavar="TEXT|FILE|NAME", help="SPARQL, a file of it, or the name of a query."),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A value for the query. Repeatable."),
    ] = None,
    form: Annotated[ResultFormat, typer.Option("--format", "-f", help="How to print.")] = ResultFormat.TABLE,
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the queries that have names.")] = False,
    folder: Folder = Path("output"),
) -> None:
    """Ask the graph, in SPARQL or by the name of a query.

    \b
      kg query --list
      kg query what-a-person-did -p person=Ruiz
      kg query 'SELECT ?who ?whom { ?who kg:met ?whom }' --format csv
      kg query my-question.rq

    The prefixes are there without being typed. CONSTRUCT and DESCRIBE answer
    in Turtle.
    """
    from kg.store.oxigraph import open_store
    from kg.store.query import Form, QueryError, run

    if listing or question is None:
        _list_queries()
        return
    text = _question(question)
    values = dict(_value(parameter) for parameter in parameters or ())
    with output.reading(folder):
        store = open_store(folder / pipeline.STORE)
    try:
        result = run(store, text, values)
        if result.form is Form.TRIPLES and form is ResultFormat.TABLE:
            terminal.write(result.render("turtle"))
        elif form is ResultFormat.TABLE:
            terminal.table(*result.table())
        else:
            terminal.write(result.render(form))
    except QueryError as error:
        _stop(error)


@app.command(rich_help_panel="Ask it")
def explain(
    subject: Annotated[str, typer.Argument(help="A name, or part of one.")],
    predicate: Annotated[str, typer.Argument(help="A relation: met, holds position.")] = "",
    object_: Annotated[str, typer.Argument(metavar="OBJECT", help="A name, or words of what was said.")] = "",
    folder: Folder = Path("output"),
) -> None:
    """Show the sentences behind what the graph says.

    \b
      kg explain "Ana Ruiz"
      kg explain ruiz met "tom reed"
      kg explain ruiz said

    Each statement is followed by its sentences: the article, the characters of
    the file, the rule that read it, and how sure that is. Without an object,
    the name may be on either end.
    """
    from kg.store.explain import Explainer

    built = pipeline.load(folder)
    explainer = Explainer(built.knowledge, built.ontology)
    found = explainer.explain(subject, predicate, object_)
    if found:
        terminal.explanation(found, explainer)
        return
    unknown = [name for name in (subject, object_) if name and not explainer.matches(name)]
    for name in unknown:
        near = explainer.similar(name)
        terminal.say(f"nothing is called “{name}”" + (f"; near: {', '.join(near)}" if near else ""))
    if not unknown:
        terminal.say("nothing found: the graph knows the names, but no such statement")
    raise typer.Exit(LEFT_OUT)


@app.command(rich_help_panel="Ask it")
def view(
    folder: Folder = Path("output"),
    show: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page, or only say where it is.")
    ] = True,
) -> None:
    """Open the graph in the browser.

    \b
      kg view
      kg view --no-open                     only print where the page is

    The page is one file that needs no network; it can be sent to anybody.
    """
    import webbrowser

    with output.reading(folder):
        page = (folder / pipeline.PAGE).resolve()
    terminal.write(f"{page}\n")
    if show and _has_screen():
        webbrowser.open(page.as_uri())


@app.command(rich_help_panel="Take it elsewhere")
def export(
    form: Annotated[Format, typer.Option("--format", "-f", help="What to write.")],
    part: Annotated[ExportPart, typer.Option(help="Which triples (RDF only).")] = ExportPart.ALL,
    target: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A file instead of standard output."),
    ] = None,
    folder: Folder = Path("output"),
) -> None:
    """Write the graph for another tool.

    \b
      kg export --format turtle > graph.ttl
      kg export --format nquads -o graph.nq     a named graph per article
      kg export --format ntriples --part facts  only what holds
      kg export --format graphml -o graph.graphml
      kg export --format csv -o tables          tables/nodes.csv, edges.csv

    turtle, ntriples, nquads, trig, jsonld and rdfxml hold RDF; graphml
    (Cytoscape, yEd), gexf (Gephi) and csv (Neo4j, spreadsheets) the network of
    things; jsonl the statements.
    """
    from kg.rdf.graph import Part
    from kg.write import graph_files
    from kg.write.network import network

    if part is not ExportPart.ALL and form not in exports.RDF:
        raise typer.BadParameter(f"{form} knows no parts", param_hint="--part")
    if form is Format.CSV and target is None:
        raise typer.BadParameter("csv is two files: name a folder for them", param_hint="--output")
    parts = tuple(Part) if part is ExportPart.ALL else (Part(part.value),)
    built = pipeline.load(folder)

    def write(file: BinaryIO) -> None:
        exports.write(built.knowledge, built.ontology, built.base, form, file, parts)

    if target is None:
        made = io.BytesIO()  # whole before the first byte is printed
        write(made)
        terminal.write_bytes(made.getvalue())
    elif form is Format.CSV:
        target.mkdir(parents=True, exist_ok=True)
        graph = network(built.knowledge, built.ontology)
        with (
            output.replacing(target / "nodes.csv") as nodes,
            output.replacing(target / "edges.csv") as edges,
            nodes.open("wb") as node_file,
            edges.open("wb") as edge_file,
        ):
            graph_files.write_csv(graph, node_file, edge_file)
    else:
        with output.replacing(target) as new, new.open("wb") as file:
            write(file)


@app.command(rich_help_panel="Take it elsewhere")
def extract(
    files: Annotated[
        list[Path], typer.Argument(help="JSON Lines (.jsonl, or - for standard input), or articles.")
    ],
    quiet: Quiet = False,
) -> None:
    """Print what each text says, in its own words, as JSON Lines.

    \b
      kg extract article.txt
      kg extract texts.jsonl > readings.jsonl
      echo '{"id": "a", "text": "Ana Ruiz met Tom Reed."}' | kg extract -

    A line of the input is {"id": ..., "text": ..., "date": ...}; the date of
    publication is optional. A line of the output holds the mentions, times and
    claims of one text, in the order of the input; mentions of one cluster are
    one thing, over all texts. A line that is broken is named and left out.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for result in pipeline.texts(files):
        if isinstance(result, Problem):
            problems.append(result)
        else:
            documents.append(result)
    if problems and not documents:
        raise pipeline.NoArticleError(tuple(problems))
    for row in pipeline.extract(documents, terminal.tracker(quiet)):
        terminal.write(json.dumps(row, ensure_ascii=False) + "\n")
    _report(problems)


def main() -> None:
    """Run the command line; what the user can mend becomes a message."""
    terminal.use_utf8()
    try:
        try:
            app()
        finally:
            terminal.flush()
    except OutputError as error:
        terminal.say(error)
    except pipeline.NoArticleError as error:
        for problem in error.problems:
            terminal.say(problem)
        terminal.say("nothing was read, and nothing written")
    except BrokenPipeError:  # whoever read our output has seen enough
        terminal.close()
        raise SystemExit(LEFT_OUT) from None
    except OSError as error:
        terminal.close()
        terminal.say(f"{error.filename or 'the output'}: {error.strerror or error}")
    raise SystemExit(NOTHING_DONE)


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        terminal.say(problem)
    if problems:
        raise typer.Exit(LEFT_OUT)


def _stop(message: object) -> NoReturn:
    terminal.say(message)
    raise typer.Exit(NOTHING_DONE)


def _question(given: str) -> str:
    """The text of a query that is named, stands in a file, or is given itself."""
    from kg.store.query import named

    known = {each.name: each.text for each in named()}
    if given in known:
        return known[given]
    if "{" in given:
        return given
    try:
        return Path(given).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        close = difflib.get_close_matches(given, known)
        near = f" Did you mean {' or '.join(close)}?" if close else ""
        _stop(f"{given}: is no query that has a name, no file, and no SPARQL.{near} See kg query --list.")
    except (OSError, UnicodeError) as error:
        _stop(f"{given}: cannot be read ({error}).")


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


def _has_screen() -> bool:
    """Whether a browser could show something; on Linux without a screen it would be one of text."""
    return sys.platform != "linux" or any(
        name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
