"""`kg export`: the graph for another tool."""

from __future__ import annotations

import io
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kg import pipeline, terminal
from kg.cli.app import Folder
from kg.ontology import KG
from kg.rdf.names import Names
from kg.write import export as exports
from kg.write import output, rdf_files
from kg.write.export import Format


class ExportPart(StrEnum):
    """Which triples."""

    FACTS = "facts"
    EVENTS = "events"
    LINKS = "links"
    PROVENANCE = "provenance"
    BACKGROUND = "background"
    ABOUT = "about"
    ALL = "all"


def export(
    form: Annotated[Format, typer.Option("--format", "-f", help="What to write.")],
    part: Annotated[ExportPart, typer.Option(help="Which triples (RDF only).")] = ExportPart.ALL,
    target: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A file instead of standard output."),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also what is no plain fact (networks; RDF and jsonl hold it anyway)."),
    ] = False,
    namespace: Annotated[
        str, typer.Option(help="Where the terms of kg are to be, in place of https://kg.example/ontology#.")
    ] = KG,
    licence: Annotated[
        str, typer.Option("--license", metavar="IRI", help="Under which licence the graph is given (RDF).")
    ] = "",
    title: Annotated[str, typer.Option(help="What the graph is called (RDF).")] = "",
    issued: Annotated[str, typer.Option(metavar="DAY", help="When it was made, as 2026-05-04 (RDF).")] = "",
    folder: Folder = Path("output"),
) -> None:
    """Write the graph for another tool.

    \b
      kg export --format turtle > graph.ttl
      kg export --format nquads -o graph.nq     a named graph per article
      kg export --format ntriples --part facts  only what holds
      kg export --format turtle --license https://example.org/licence
      kg export --format graphml -o graph.graphml
      kg export --format csv -o tables          tables/nodes.csv, edges.csv

    turtle, ntriples, nquads, trig, jsonld and rdfxml hold RDF; graphml
    (Cytoscape, yEd), gexf (Gephi) and csv (Neo4j, spreadsheets) the network of
    things: its plain facts, or with --all every statement; jsonl the statements.
    --part about is what the graph is (VoID, DCAT, PROV): its size, licence, and
    the build that made it; with --license, --title or --issued all RDF has it.
    """
    from kg.rdf import dataset
    from kg.rdf.graph import Part
    from kg.rdf.namespace import is_namespace, moved
    from kg.write import graph_files
    from kg.write.network import network

    if part is not ExportPart.ALL and form not in exports.RDF:
        raise typer.BadParameter(f"{form} knows no parts", param_hint="--part")
    if namespace != KG and form not in exports.RDF:
        raise typer.BadParameter(f"{form} holds no IRIs of terms", param_hint="--namespace")
    if not is_namespace(namespace):
        what = f"{namespace!r} is no namespace: it must look like https://example.org/terms#"
        raise typer.BadParameter(what, param_hint="--namespace")
    if everything and form not in exports.NETWORKS:
        raise typer.BadParameter(f"{form} holds every statement anyway", param_hint="--all")
    if form is Format.CSV and target is None:
        raise typer.BadParameter("csv is two files: name a folder for them", param_hint="--output")
    parts = (
        tuple(Part) if part is ExportPart.ALL else tuple(each for each in Part if each.value == part.value)
    )
    described = dataset.Described(title, licence, issued)
    if described and form not in exports.RDF:
        raise typer.BadParameter(f"{form} says nothing of itself", param_hint="--license")
    if licence and not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", licence):
        raise typer.BadParameter(f"{licence!r} is no IRI", param_hint="--license")
    built = pipeline.load(folder)
    about = []
    if part is ExportPart.ABOUT or (described and part is ExportPart.ALL):
        about = dataset.triples(built.knowledge, built.about, built.base, described)

    def write(file: BinaryIO) -> None:
        if part is ExportPart.ABOUT:
            prefixes = {**Names(built.base).prefixes, "kg": namespace, "dcat": dataset.DCAT}
            rdf_files.write(moved(about, namespace), form, file, prefixes)
            return
        given = (built.knowledge, built.ontology, built.base, form, file, parts, built.background)
        exports.write(*given, everything=everything, namespace=namespace, about=about)

    if target is None:
        made = io.BytesIO()  # whole before the first byte is printed
        write(made)
        terminal.write_bytes(made.getvalue())
    elif form is Format.CSV:
        target.mkdir(parents=True, exist_ok=True)
        graph = network(built.knowledge, built.ontology, everything=everything)
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
