"""`kg push`: the graph into another store."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import LEFT_OUT, Folder, Quiet, stop


class Graphs(StrEnum):
    """How the triples are spread over named graphs."""

    ONE = "one"
    ARTICLES = "articles"


def _endpoint(what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(help=f"Where the store {what}, if kg does not find it.")
    return option


def push(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of the store or of its endpoint.")],
    graphs: Annotated[
        Graphs, typer.Option(help="All triples in one graph, or each article's share in its own.")
    ] = Graphs.ONE,
    into: Annotated[
        str,
        typer.Option(
            metavar="IRI",
            help="The graph for all, or for what is of no one article; by default the default graph.",
        ),
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Remove from each graph whatever else it holds.")
    ] = False,
    query: Annotated[str, _endpoint("answers queries")] = "",
    update: Annotated[str, _endpoint("takes SPARQL updates")] = "",
    graph_store: Annotated[str, _endpoint("speaks the Graph Store Protocol")] = "",
    timeout: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="For one answer.")] = 300,
    folder: Folder = Path("output"),
    quiet: Quiet = False,
) -> None:
    """Put the graph into another triple store, and count there what arrived.

    \b
      kg push http://localhost:7878                          Oxigraph
      kg push http://localhost:3030/news                     Fuseki
      kg push http://localhost:8890/sparql --into https://example.org/news
      kg push http://localhost:7878 --graphs articles --replace

    Pushing twice changes nothing; a push that was cut short goes on where it
    ended. The store is given a user and password from KG_STORE_USER and
    KG_STORE_PASSWORD, a token from KG_STORE_TOKEN, or those of a netrc file,
    if it asks. Exit code 1: not all has arrived.
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
        raise typer.BadParameter(f"{into!r} is no IRI", param_hint="--into") from error
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
                terminal.say("the store is neither here nor on https: a password can be read on its way")
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
