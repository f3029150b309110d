"""`kg ontology`: checks the user's own relations and classes, and exports the ontology."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import ontology, terminal
from kg.cli.app import LEFT_OUT, stop
from kg.ontology import KG
from kg.store.limited import MB, TooLongError, bound, limited

if TYPE_CHECKING:
    from kg.extract.examples import Misread
    from kg.extract.triggers import Unmatched
    from kg.rdf.ontology_checks import Finding

app = typer.Typer(
    name="ontology",
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Your own relations and classes.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

_LONGEST = 120  # time limit of the check, in seconds
_MEMORY = 4096 * MB  # memory limit of the check


@app.callback()
def group() -> None:
    """Your own relations and classes: kg build --ontology FILE uses them."""


@app.command()
def check(
    files: Annotated[
        list[Path],
        typer.Argument(help="Turtle files, as for kg build --ontology.", exists=True, dir_okay=False),
    ],
    examples: Annotated[
        bool, typer.Option("--examples/--no-examples", help="Test the examples, as kg build would read them.")
    ] = True,
) -> None:
    """Check your own ontology before building with it.

    \b
      kg ontology check sports.ttl

    Each finding gives the line and what to do. Then the examples are tested: a
    kg:example must express the relation between its two marked ends, a
    kg:counterExample must not; and verbs of several words are tried in simple
    sentences, because some can never match ("run aground on"). Exit code 1:
    there is an error; advice alone is exit code 0.
    """
    try:
        findings = limited(partial(_findings, files), _LONGEST, "the check", _MEMORY)
    except (ValueError, TooLongError) as error:
        stop(error)
    for finding in findings:
        terminal.say(f"{'advice: ' if finding.advice else ''}{finding.problem}")
    wrong = sum(not finding.advice for finding in findings)
    words = ontology.load(files)
    own = [relation for relation in words.relations.values() if relation.own]
    read = 0
    if examples and not wrong:
        from kg.extract.examples import misread
        from kg.extract.triggers import unmatched

        for each in misread(own, words):
            terminal.say(_told(each, files))
            wrong += 1
        for verb in unmatched(own, words):
            terminal.say(_unread(verb, files))
        read = sum(len(each.examples) + len(each.counter_examples) for each in own)
    if wrong:
        raise typer.Exit(LEFT_OUT)
    terminal.say(f"all is well: {len(own)} relations, {read} examples read")


@app.command()
def export(
    form: Annotated[
        str, typer.Option("--format", "-f", help="turtle, ntriples, jsonld or rdfxml.")
    ] = "turtle",
    target: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output."),
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("--ontology", help="Your own Turtle file, as for kg build.", exists=True),
    ] = None,
    namespace: Annotated[
        str, typer.Option(help="Namespace for the terms, instead of https://kg.example/ontology#.")
    ] = KG,
) -> None:
    """Write the whole ontology as OWL: for Protégé, a reasoner, a triple store.

    \b
      kg ontology export > kg.ttl
      kg ontology export --ontology sports.ttl -f rdfxml -o kg.owl

    It contains every class and relation with its kind, label, comment, domain
    and range, whether or not a graph uses it, but not the lists of English words.
    """
    from kg.rdf import whole_ontology
    from kg.rdf.names import PREFIXES
    from kg.rdf.namespace import is_namespace, moved
    from kg.rdf.ontology_checks import readable
    from kg.write import output, rdf_files

    if form not in {"turtle", "ntriples", "jsonld", "rdfxml"}:
        raise typer.BadParameter(f"{form} is not an RDF format without named graphs", param_hint="--format")
    if not is_namespace(namespace):
        what = f"{namespace!r} is not a namespace: it must look like https://example.org/terms#"
        raise typer.BadParameter(what, param_hint="--namespace")
    try:
        for file in files or ():
            readable(file)
    except ValueError as error:
        stop(error)
    found = moved(whole_ontology.triples(files or ()), namespace)
    made = io.BytesIO()
    rdf_files.write(found, form, made, {**PREFIXES, "kg": namespace})
    if target is None:
        terminal.write_bytes(made.getvalue())
        return
    with output.replacing(target) as new:
        new.write_bytes(made.getvalue())


def _findings(files: Sequence[Path]) -> list[Finding]:
    """The findings in all files, file by file. Raises ValueError for a file that cannot be read, is not
    Turtle, or is too complex.
    """
    from kg.rdf.ontology_checks import check as check_file

    bound(_MEMORY)
    return [each for number, file in enumerate(files) for each in check_file(file, files[:number])]


def _told(wrong: Misread, files: Sequence[Path]) -> str:
    from kg.rdf.ontology_checks import place

    kind = "counterExample" if wrong.counter else "example"
    where = place(files, wrong.relation.iri, KG + kind, wrong.sentence)
    if wrong.problem:
        return f"{where}: “{wrong.sentence}” {wrong.problem.what}. {wrong.problem.mend}"
    what = "is read as the relation" if wrong.counter else "is not read as the relation"
    mend = (
        "Restrict it by schema:domainIncludes or schema:rangeIncludes, or choose rarer words."
        if wrong.counter
        else "Compare its words with kg:verb, kg:noun and kg:adjective, or try a plainer sentence."
    )
    claims = "; ".join(wrong.claims) or "nothing"
    return f"{where}: “{wrong.sentence}” {what} “{wrong.relation.label}”. Read was: {claims}. {mend}"


def _unread(verb: Unmatched, files: Sequence[Path]) -> str:
    from kg.rdf.ontology_checks import place

    where = place(files, verb.relation.iri, KG + "verb", verb.verb)
    seen = ", ".join(f"“{each}”" for each in verb.looked_up) or "nothing"
    what = f"“{verb.verb}” matches none of the tried sentences: “{verb.sentence}” is looked up as {seen}"
    mend = (
        "Between a verb and its preposition, only particles (“carry out”), nouns (“play host to”) and "
        "the adverbs of kg:DirectionAdverbs are allowed: add yours to these, or omit it."
    )
    return f"advice: {where}: {what}. {mend}"
