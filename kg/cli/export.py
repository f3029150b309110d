"""`kg export`: writes the graph in formats of other tools."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import Folder, stop
from kg.ontology import KG
from kg.write.formats import Choice, Format, Wanted, formats, put


class ExportPart(StrEnum):
    """Which triples to export."""

    FACTS = "facts"
    EVENTS = "events"
    LINKS = "links"
    PROVENANCE = "provenance"
    BACKGROUND = "background"
    ABOUT = "about"
    ALL = "all"


def _form(name: str) -> Format:
    if name not in formats():
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(formats())}")
    return formats()[name]


def _taking(choice: Choice) -> str:
    """The names of the formats that support an option, for the help page."""
    return ", ".join(form.name for form in formats().values() if choice in form.takes)


def _listed() -> str:
    """The help text of --format: all formats, grouped by what reads them."""
    by_use = sorted(formats().values(), key=lambda form: form.reads)
    groups = groupby(by_use, key=lambda form: form.reads)
    lines = [f"{', '.join(sorted(form.name for form in some))} ({reads})" for reads, some in groups]
    return "The format: " + "; ".join(sorted(lines)).replace("`", "") + "."


def export(
    form: Annotated[Format, typer.Option("--format", "-f", help=_listed(), parser=_form, metavar="FORMAT")],
    part: Annotated[ExportPart, typer.Option(help="Which triples (RDF only).")] = ExportPart.ALL,
    target: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output."),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help=f"Include statements that are not plain facts ({_taking(Choice.EVERYTHING)})."
        ),
    ] = False,
    namespace: Annotated[
        str, typer.Option(help="Namespace for the terms of kg, instead of https://kg.example/ontology#.")
    ] = KG,
    licence: Annotated[
        str, typer.Option("--license", metavar="IRI", help="Licence of the graph (RDF).")
    ] = "",
    title: Annotated[str, typer.Option(help="Title of the graph (RDF).")] = "",
    issued: Annotated[str, typer.Option(metavar="DAY", help="Date of issue, as 2026-05-04 (RDF).")] = "",
    texts: Annotated[
        bool,
        typer.Option(
            "--texts", help="Include the text of each article, if you may redistribute it (RDF, as NIF)."
        ),
    ] = False,
    reifiers: Annotated[
        bool, typer.Option("--rdf12", help=f"Statements as reifiers of RDF 1.2 ({_taking(Choice.REIFIERS)}).")
    ] = False,
    folder: Folder = Path("output"),
) -> None:
    """Write the graph for other tools.

    \b
      kg export --format turtle > graph.ttl
      kg export --format nquads -o graph.nq     a named graph per article
      kg export --format ntriples --part facts  plain facts only
      kg export --format turtle --license https://example.org/licence
      kg export --format graphml -o graph.graphml
      kg export --format csv -o tables          tables/nodes.csv, edges.csv

    Networks (such as GraphML and CSV) contain the plain facts; with --all, every
    statement: denied, planned and reported ones then have their own edge types
    (negated_met instead of met).
    --part about is the description of the graph (VoID, DCAT, PROV): its size,
    licence, and the build that made it; --license, --title or --issued add it to
    all RDF.
    """
    from kg.rdf import dataset
    from kg.rdf.namespace import is_namespace
    from kg.rdf.parts import GraphPart

    described = dataset.Described(title, licence, issued)
    _admit(form, Choice.PARTS, "--part", part is not ExportPart.ALL)
    _admit(form, Choice.NAMESPACE, "--namespace", namespace != KG)
    _admit(form, Choice.EVERYTHING, "--all", everything)
    _admit(form, Choice.ABOUT, "--license", bool(described))
    _admit(form, Choice.TEXTS, "--texts", texts)
    _admit(form, Choice.REIFIERS, "--rdf12", reifiers)
    if not is_namespace(namespace):
        what = f"{namespace!r} is not a namespace: it must look like https://example.org/terms#"
        raise typer.BadParameter(what, param_hint="--namespace")
    if form.files and target is None:
        what = f"{form.name} has several files: give a folder for them"
        raise typer.BadParameter(what, param_hint="--output")
    if licence and not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", licence):
        raise typer.BadParameter(f"{licence!r} is not an IRI", param_hint="--license")
    if form.missing():
        stop(form.missing())
    built = pipeline.load(folder)
    wanted = Wanted(built.knowledge, built.ontology, built.base, everything=everything, namespace=namespace)
    wanted = replace(wanted, texts=texts, reifiers=reifiers)
    if part is ExportPart.ABOUT or (described and part is ExportPart.ALL):
        about = dataset.triples(built.knowledge, built.about, built.base, described)
        wanted = replace(wanted, about=about)
    if part is not ExportPart.ABOUT:
        wanted = replace(wanted, background=built.background)
    if part is not ExportPart.ALL:
        wanted = replace(wanted, parts=tuple(each for each in GraphPart if each.value == part.value))
    if target is None:
        terminal.write_bytes(form.make(wanted)[0])
    else:
        put(wanted, form, target)


def _admit(form: Format, choice: Choice, option: str, given: bool) -> None:
    if given and choice not in form.takes:
        raise typer.BadParameter(f"{form.name} {choice.value}", param_hint=option)
