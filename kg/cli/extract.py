"""`kg extract`: what texts say, in their own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import Parser, Quiet, report
from kg.language.pipeline import DEFAULT


def extract(
    files: Annotated[
        list[Path], typer.Argument(help="JSON Lines (.jsonl, or - for standard input), or articles.")
    ],
    parser: Parser = DEFAULT,
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
    documents, problems = pipeline.parted(pipeline.texts(files))
    rows, failed = pipeline.extract(documents, terminal.tracker(quiet), parser) if documents else ((), ())
    problems += failed
    if problems and len(failed) == len(documents):
        raise pipeline.NoArticleError(problems)
    for row in rows:
        terminal.write(json.dumps(row, ensure_ascii=False) + "\n")
    report(problems)
