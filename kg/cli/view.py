"""`kg view`: opens the graph, a part of it, a timeline or one event in the browser, or makes a picture."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import LEFT_OUT, Folder
from kg.model import Event, Knowledge
from kg.ontology import Ontology
from kg.write import output


def view(
    focus: Annotated[
        str, typer.Option("--focus", metavar="NAME", help="Only the neighbourhood of this thing.")
    ] = "",
    depth: Annotated[
        int, typer.Option("--depth", min=1, max=9, help="With --focus: the number of steps.")
    ] = 2,
    since: Annotated[
        str,
        typer.Option("--since", metavar="DATE", help="Only what happened then or later: 2026-01-31, 2026."),
    ] = "",
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Events over time, by person, instead of the graph.")
    ] = False,
    story: Annotated[str, typer.Option("--story", metavar="EVENT", help="One event: who says what.")] = "",
    target: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Output file: .html, or .svg or .png of the graph."
        ),
    ] = None,
    folder: Folder = Path("output"),
    show: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page, or only print its path.")
    ] = True,
) -> None:
    """Open the graph in the browser.

    \b
      kg view
      kg view --no-open                     only print the path of the page
      kg view --focus "Ana Ruiz" --depth 2 --since 2026-01-01
      kg view --timeline                    events over time, by person
      kg view --story "the summit"          one event: who says what
      kg view -o network.svg                a picture for a report (or .png)

    Each page is one file that needs no network and can be sent to anybody. A page
    of anything but the whole graph is a temporary file unless -o names a file.
    """
    if timeline and story:
        raise typer.BadParameter("choose one of --timeline and --story", param_hint="--story")
    if since and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", since):
        raise typer.BadParameter(
            f"{since}: dates are written 2026-01-31, 2026-01 or 2026", param_hint="--since"
        )
    suffix = target.suffix.lower() if target else ".html"
    if suffix not in {".html", ".svg", ".png"}:
        raise typer.BadParameter("the name has to end in .html, .svg or .png", param_hint="--output")
    if suffix != ".html" and (timeline or story):
        raise typer.BadParameter("a timeline or a story can only be .html", param_hint="--output")

    if not (focus or since or timeline or story or target):
        with output.reading(folder, sure=[pipeline.PAGE]):
            page = (folder / pipeline.PAGE).resolve()
    else:
        built = pipeline.load(folder)
        knowledge = _part(built.knowledge, built.ontology, focus, depth, since)
        page = target or Path(tempfile.mkdtemp(prefix="kg-")) / "view.html"
        title = " ".join(
            filter(None, (f"Around “{focus}”" if focus else "", f"since {since}" if since else ""))
        )
        page.write_bytes(_write(knowledge, built.ontology, timeline, story, suffix, title))
        page = page.resolve()
    terminal.write(f"{page}\n")
    if show and target is None and _has_screen():
        _open(page)


def _part(knowledge: Knowledge, ontology: Ontology, focus: str, depth: int, since: str) -> Knowledge:
    from kg.write import part

    centre = _things_called(knowledge, ontology, focus, lambda _: True) if focus else frozenset()
    if since:
        knowledge = part.since(knowledge, since)
    return part.around(knowledge, centre, depth) if focus else knowledge


def _write(
    knowledge: Knowledge, ontology: Ontology, timeline: bool, story: str, suffix: str, title: str
) -> bytes:
    from kg.write import page, picture
    from kg.write import story as stories
    from kg.write import timeline as timelines

    if timeline:
        return timelines.timeline(knowledge, ontology).encode()
    if story:
        happened = {event.id: event for event in knowledge.events}
        found = _things_called(knowledge, ontology, story, happened.__contains__)
        return stories.story(knowledge, ontology, _most_told([happened[key] for key in found])).encode()
    if suffix == ".html":
        return page.page(knowledge, ontology, title or page.TITLE).encode()
    drawn = picture.picture(knowledge, ontology)
    return drawn.encode() if suffix == ".svg" else picture.png(drawn)


def _things_called(
    knowledge: Knowledge, ontology: Ontology, name: str, wanted: Callable[[str], bool]
) -> frozenset[str]:
    """Ids of the things that a name matches and that are `wanted`; if there are none, prints a message and
    exits.
    """
    from kg.store.explain import Explainer

    explainer = Explainer(knowledge, ontology)
    found = frozenset(key for key in explainer.matches(name) if wanted(key))
    if found:
        return found
    if others := explainer.matches(name):
        terminal.say(f"“{name}” is not an event{_listed('it is part of', _events_with(knowledge, others))}")
    else:
        near = [knowledge.nodes()[key].label for key in explainer.near(name) if wanted(key)]
        terminal.say(f"nothing is called “{name}”{_listed('near', list(dict.fromkeys(near)))}")
    raise typer.Exit(LEFT_OUT)


def _events_with(knowledge: Knowledge, things: frozenset[str]) -> list[str]:
    """Labels of the events with one of the things as participant or place, events in most articles first."""
    found = [
        event
        for event in knowledge.events
        if event.place in things or things & {key for _, key in event.participants}
    ]
    found.sort(key=lambda event: (-len(event.documents), -len(event.evidence), event.id))
    return list(dict.fromkeys(event.label for event in found))


def _listed(words: str, labels: list[str]) -> str:
    return f"; {words}: {'; '.join(labels[:3])}" if labels else ""


def _most_told(events: list[Event]) -> Event:
    """The event that occurs in the most articles."""
    return min(events, key=lambda event: (-len(event.documents), -len(event.evidence), event.id))


def _open(page: Path) -> None:
    import webbrowser

    webbrowser.open(page.as_uri())


def _has_screen() -> bool:
    """Whether a browser can open a window; on Linux without a display, only a text browser would start."""
    return sys.platform != "linux" or any(
        name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
