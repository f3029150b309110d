"""`kg view`: the graph in the browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import Folder
from kg.write import output


def view(
    folder: Folder = Path("output"),
    show: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page, or only say where it is.")
    ] = True,
) -> None:
    """Open the graph in the browser.

    \b
      kg view
      kg view --no-open                     only print where the page is

    The page is one file that needs no network; it can be sent to anybody.
    """
    import webbrowser

    with output.reading(folder):
        page = (folder / pipeline.PAGE).resolve()
    terminal.write(f"{page}\n")
    if show and _has_screen():
        webbrowser.open(page.as_uri())


def _has_screen() -> bool:
    """Whether a browser could show something; on Linux without a screen it would be one of text."""
    return sys.platform != "linux" or any(
        name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
