"""Terminal output: messages and progress on standard error, results on standard output.

Text from articles cannot style or control the terminal: control characters in it are replaced. If the output
goes to a pipe or file, nothing is coloured and no line is cut.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from kg.model import Doubt, Factuality, Knowledge, Statement

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kg.pipeline import ITEM, Track
    from kg.resolve.review.cases import Case
    from kg.store.explain import Explainer
    from kg.store.push import Arrival

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNLIMITED = 1_000_000  # width in columns if the output is not a terminal
_COLOUR = {
    Factuality.ASSERTED: "green",
    Factuality.REPORTED: "cyan",
    Factuality.PLANNED: "yellow",
    Factuality.POSSIBLE: "yellow",
    Factuality.NEGATED: "red",
}


def use_utf8() -> None:
    """Make output to files and pipes UTF-8, whatever the locale, and escape characters that cannot be
    encoded.

    If a stream was closed before the start (`kg view >&-`), what is written to it is discarded.
    """
    sys.stdout = sys.stdout or _nowhere(1)
    sys.stderr = sys.stderr or _nowhere(2)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a stream that replaces the standard one may not have this method
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _nowhere(number: int) -> TextIO:
    """A stream that discards output, in place of one that was closed before the start.

    `number`: the file descriptor of the closed stream. The null device is opened with it, because otherwise
    the next pipe or file that is opened, here or in a process that kg starts, would get this descriptor.
    """
    try:
        os.fstat(number)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_RDWR), number)
        os.set_inheritable(number, True)
    return Path(os.devnull).open("w", encoding="utf-8")


def flush() -> None:
    """Flush the output. Raises OSError if that fails, for example on a full disk."""
    sys.stdout.flush()


def close() -> None:
    """Discard further output after a broken pipe; otherwise Python reports another error at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def plain(text: str) -> str:
    """The text without characters that control the terminal or change the writing direction."""
    return _CONTROL.sub("\ufffd", text)


def say(message: object) -> None:
    """Print a message to the user, on standard error."""
    print(f"kg: {plain(str(message))}", file=sys.stderr)  # noqa: T201 (kg prints messages only here)


def write(text: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(text)


def write_bytes(data: bytes) -> None:
    """Write a result in bytes to standard output: a format that defines its own encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def tracker(quiet: bool) -> Track:
    """A function that shows progress; it shows nothing if `quiet`, or if standard error is not a terminal."""
    from kg.pipeline import silently

    if quiet or not sys.stderr.isatty():
        return silently

    def track(items: Sequence[ITEM], what: str, /) -> Iterable[ITEM]:
        from rich.progress import track

        return track(items, what, console=_console(sys.stderr), transient=True)

    return track


def summary(counts: Mapping[str, Any], seconds: float) -> None:
    """Print the counts of a build and its duration as a table, on standard error."""
    table = _table()
    table.show_header = False
    table.add_column()
    table.add_column(justify="right")
    for name in ("articles", "entities", "events"):
        table.add_row(name, f"{counts[name]:,}")
    for name in ("statements", "triples"):
        table.add_row(name, f"{sum(counts[name].values()):,}")
        for kind, number in counts[name].items():
            table.add_row(f"  {kind}", f"{number:,}")
    table.add_row("plain facts", f"{counts['plain']:,}")
    for name in ("dependences", "conflicts"):
        table.add_row(name, f"{counts[name]:,}")
    table.add_row("seconds", f"{seconds:.1f}")
    _console(sys.stderr).print(table)


def articles(knowledge: Knowledge) -> None:
    """Print a table of the articles that were read, on standard error."""
    table = _table()
    for name in ("article", "date", "title", "statements"):
        table.add_column(name, justify="right" if name == "statements" else "left")
    told: dict[str, int] = {}
    for statement in knowledge.statements:
        for name in sorted({evidence.document for evidence in statement.evidence}):
            told[name] = told.get(name, 0) + 1
    for document in knowledge.documents:
        about = document.metadata
        table.add_row(
            plain(document.id), plain(about.date), plain(about.title), str(told.get(document.id, 0))
        )
    _console(sys.stderr).print(table)


def arrivals(found: Iterable[Arrival]) -> None:
    """Print how many triples of each part were sent to another store, and how many arrived there, on
    standard error.
    """
    table = _table()
    for name in ("part", "sent", "arrived"):
        table.add_column(name, justify="left" if name == "part" else "right")
    for each in found:
        table.add_row(plain(each.part), f"{each.sent:,}", f"{each.arrived:,}")
    _console(sys.stderr).print(table)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a result to standard output, as a table."""
    write(laid_out(columns, rows))


def laid_out(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as text, as wide as the terminal."""
    made = _table()
    for column in columns:
        made.add_column(plain(column), overflow="fold")
    for row in rows:
        made.add_row(*(plain(cell) for cell in row))
    console = _console(sys.stdout)
    with console.capture() as laid:
        console.print(made)
    return laid.get()


def section(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> None:
    """Write a title and a table; if there are no rows, the line `nothing` instead of the table."""
    write(f"{title}\n")
    if rows:
        table(columns, rows)
    else:
        write(f"{nothing}\n")
    write("\n")


def explanation(statements: Iterable[Statement], explainer: Explainer) -> None:
    """Print statements, each with its sentences, in which the subject and the object are highlighted."""
    from rich.padding import Padding
    from rich.text import Text

    console = _console(sys.stdout)
    for statement in statements:
        head = Text()
        head.append(plain(explainer.label(statement.subject)), "bold")
        head.append(f" {plain(statement.label)} ")
        head.append(plain(explainer.label(statement.object)), "bold")
        head.append(f"  {statement.factuality.value}", _COLOUR[statement.factuality])
        head.append("".join(f", {plain(detail)}" for detail in _details(statement, explainer)))
        console.print(head)
        for evidence in statement.evidence:
            sentence = Text(plain(evidence.sentence))
            for start, end in explainer.marks(statement, evidence.sentence):
                sentence.stylize("bold underline", start, end)
            console.print(Padding(sentence, (0, 0, 0, 4), expand=False))
            where = f"{evidence.document}, characters {evidence.start}-{evidence.end}"
            how = f"rule {evidence.rule}, confidence {evidence.confidence:.2f}"
            console.print(Padding(Text(plain(f"{where}; {how}"), "dim"), (0, 0, 0, 6), expand=False))


def case(found: Case, number: str) -> None:
    """Print a question for review, with the evidence for and against and the sentences of both sides."""
    from rich.padding import Padding
    from rich.text import Text

    console = _console(sys.stdout)

    def show(indent: int, text: Text) -> None:
        console.print(Padding(text, (0, 0, 0, indent), expand=False))

    show(0, Text.assemble((f"{number}  ", "dim"), (plain(found.question), "bold")))
    for word, style, reasons in (
        ("for", "green", found.speaks_for),
        ("against", "red", found.speaks_against),
    ):
        for reason in reasons:
            show(4, Text.assemble((f"{word}: ", style), plain(reason)))
    for side in found.sides:
        show(4, Text(plain(f"{side.label}, {side.type}, {side.id}: {', '.join(side.documents)}")))
        for evidence in side.evidence:
            where = f"{evidence.document}, characters {evidence.start}-{evidence.end}"
            show(6, Text(plain(f"“{evidence.sentence}” {where}"), "dim"))
    show(4, Text(f"{found.weight} statements, uncertainty {found.uncertainty:.2f}", "dim"))
    write("\n")


def ask(question: str) -> None:
    """Print a question on standard error. The caller reads the answer from standard input."""
    sys.stderr.write(question)
    sys.stderr.flush()


def _details(statement: Statement, explainer: Explainer) -> Iterator[str]:
    if statement.speaker:
        yield f"says {explainer.label(statement.speaker)}"
    if statement.time:
        time = statement.time
        start, end = (time.start, time.end) if time.interval else (time.start, time.start)
        days = start if start == end else f"{start or '..'}/{end or '..'}"
        yield time.text + (f" ({days})" if days else "")
    if statement.place:
        yield f"in {explainer.label(statement.place)}"
    yield f"confidence {statement.confidence:.2f}"
    # all doubts but "not asserted", which would repeat the factuality
    reasons = [doubt for doubt in statement.doubts if doubt is not Doubt.NOT_ASSERTED]
    if reasons:
        yield f"not a plain fact: {', '.join(reasons)}"
    articles = len({evidence.document for evidence in statement.evidence})
    if articles > 1:
        yield f"{statement.independent} of {articles} articles independent"


def _table() -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)


def _console(stream: Any) -> Console:
    """A console of the rich library, with markup and emoji codes off: articles may contain "[red]"
    or ":smile:".
    """
    from rich.console import Console

    width = None if stream.isatty() else _UNLIMITED
    return Console(file=stream, markup=False, emoji=False, highlight=False, width=width)
