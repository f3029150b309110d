"""`kg ontology`: relations and classes of your own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import ontology, terminal
from kg.cli.app import LEFT_OUT, stop
from kg.ontology import KG

if TYPE_CHECKING:
    from kg.extract.examples import Misread

app = typer.Typer(
    name="ontology",
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Relations and classes of your own.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def group() -> None:
    """Relations and classes of your own: kg build --ontology FILE reads with them."""


@app.command()
def check(
    files: Annotated[
        list[Path],
        typer.Argument(help="Turtle files, as for kg build --ontology.", exists=True, dir_okay=False),
    ],
    examples: Annotated[
        bool, typer.Option("--examples/--no-examples", help="Also read the examples, as kg build would.")
    ] = True,
) -> None:
    """Check an ontology of your own, before you build with it.

    \b
      kg ontology check sports.ttl

    Each finding names the line, and says what to do. Then the examples are read:
    a kg:example must be understood as the relation between its two marked ends,
    a kg:counterExample must not. Exit code 1: something is wrong; advice alone
    is none.
    """
    from kg.rdf.vocabulary import check as check_file

    wrong = 0
    for number, file in enumerate(files):
        try:
            findings = check_file(file, files[:number])
        except (ValueError, OSError) as error:
            stop(error)
        for finding in findings:
            terminal.say(f"{'advice: ' if finding.advice else ''}{finding.problem}")
        wrong += sum(not finding.advice for finding in findings)
    words = ontology.load(files)
    own = [relation for relation in words.relations.values() if relation.own]
    read = 0
    if examples and not wrong:
        from kg.extract.examples import misread

        for each in misread(own, words):
            terminal.say(_told(each, files))
            wrong += 1
        read = sum(len(each.examples) + len(each.counter_examples) for each in own)
    if wrong:
        raise typer.Exit(LEFT_OUT)
    terminal.say(f"all is well: {len(own)} relations, {read} examples read")


def _told(wrong: Misread, files: Sequence[Path]) -> str:
    from kg.rdf.vocabulary import place

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
