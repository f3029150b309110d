"""`kg extract`: prints what each text says, before it is merged into a graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import Jobs, Parser, Quiet, report
from kg.language.pipeline import DEFAULT


def extract(
    files: Annotated[
        list[Path], typer.Argument(help="JSON Lines (.jsonl, or - for standard input), or articles.")
    ],
    parser: Parser = DEFAULT,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Print the mentions, times and claims of each text as JSON Lines.

    \b
      kg extract article.txt
      kg extract texts.jsonl > readings.jsonl
      echo '{"id": "a", "text": "Ana Ruiz met Tom Reed."}' | kg extract -

    An input line is {"id": ..., "text": ..., "date": ...}; the publication date
    is optional. Each text gives one output line, in the order of the input, with
    its mentions, times and claims; mentions in one cluster refer to the same
    thing, across all texts. A malformed line is reported and skipped.
    """
    documents, problems = pipeline.parted(pipeline.texts(files))
    track = terminal.tracker(quiet)
    rows, failed = pipeline.extract(documents, track, parser, jobs) if documents else ((), ())
    problems += failed
    if problems and len(failed) == len(documents):
        raise pipeline.NoArticleError(problems)
    for row in rows:
        terminal.write(json.dumps(row, ensure_ascii=False) + "\n")
    report(problems)
