"""`kg push`: sends the graph to another store."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import LEFT_OUT, Folder, Quiet, stop


class Graphs(StrEnum):
    """How the triples are distributed over named graphs."""

    ONE = "one"
    ARTICLES = "articles"


def _endpoint(what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(help=f"Where the store {what}, if kg does not find it.")
    return option


def push(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of the store or of its endpoint.")],
    graphs: Annotated[
        Graphs, typer.Option(help="All triples in one graph, or those of each article in a separate graph.")
    ] = Graphs.ONE,
    into: Annotated[
        str,
        typer.Option(
            metavar="IRI",
            help="The graph for all triples, or for those of no single article; default: the default graph.",
        ),
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Remove everything else from these graphs.")
    ] = False,
    query: Annotated[str, _endpoint("answers queries")] = "",
    update: Annotated[str, _endpoint("takes SPARQL updates")] = "",
    graph_store: Annotated[str, _endpoint("speaks the Graph Store Protocol")] = "",
    timeout: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="For one response.")] = 300,
    folder: Folder = Path("output"),
    quiet: Quiet = False,
) -> None:
    """Send the graph to another triple store, and count the triples there.

    \b
      kg push http://localhost:7878                          Oxigraph
      kg push http://localhost:3030/news                     Fuseki
      kg push http://localhost:8890/sparql --into https://example.org/news
      kg push http://localhost:7878 --graphs articles --replace

    Pushing twice changes nothing; an interrupted push resumes when it is run
    again. If the store asks for credentials, these are a user and password from
    KG_STORE_USER and KG_STORE_PASSWORD, or from a netrc file; a token from
    KG_STORE_TOKEN is always sent. Exit code 1: not all triples arrived.
    """
    from pyoxigraph import NamedNode

    from kg.rdf.graph import article_quads
    from kg.store import push as pushing
    from kg.store.discovery import Endpoints, discover
    from kg.store.http import Connection, StoreError
    from kg.store.remote import Remote

    try:
        NamedNode(into or "urn:none")
    except ValueError as error:
        raise typer.BadParameter(f"{into!r} is not an IRI", param_hint="--into") from error
    built = pipeline.load(folder)
    parts = {part.value: triples for part, triples in built.triples.items()}
    if graphs is Graphs.ARTICLES:
        quads = article_quads(built.knowledge, built.ontology, built.base)
        shares = pushing.in_their_graphs(parts, quads, into)
    else:
        shares = pushing.in_one_graph(parts, into)
    shares += pushing.in_named_graphs("background", built.background)
    track = terminal.tracker(quiet)
    try:
        with Connection(url, timeout=timeout) as connection:
            if connection.unsafe and not quiet:
                terminal.say("the store is neither local nor on https: a password can be read in transit")
            store = Remote(connection, discover(connection, Endpoints(query, update, graph_store)))
            arrivals = pushing.push(store, shares, built.base, replace=replace, track=track)
    except pushing.PushError as error:
        terminal.say(error)
        raise typer.Exit(LEFT_OUT) from error
    except StoreError as error:
        stop(error)
    if not quiet:
        terminal.arrivals(arrivals)
    if any(each.sent != each.arrived for each in arrivals):
        terminal.say(f"{connection.url}: not everything arrived, though the store reported no error")
        raise typer.Exit(LEFT_OUT)
