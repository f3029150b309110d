"""`kg explain`: shows the sentences behind the statements of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import LEFT_OUT, Folder


def explain(
    subject: Annotated[str, typer.Argument(help="A name, or part of one.")],
    predicate: Annotated[str, typer.Argument(help="A relation: met, holds position.")] = "",
    object_: Annotated[str, typer.Argument(metavar="OBJECT", help="A name, or some of the words said.")] = "",
    folder: Folder = Path("output"),
) -> None:
    """Show the sentences behind the statements of the graph.

    \b
      kg explain "Ana Ruiz"
      kg explain ruiz met "tom reed"
      kg explain ruiz said

    Each statement is followed by its sentences, each with its article, its
    characters in the file, the extraction rule and its confidence. Without an
    OBJECT, the name may be on either side of the relation.
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
        terminal.say("nothing found: the graph has these names, but no such statement")
    raise typer.Exit(LEFT_OUT)
