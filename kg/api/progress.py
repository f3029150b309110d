"""Shows the progress of a build as a bar, in a notebook or on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import ITEM, Track

_STEPS = 50  # number of times that a bar in a notebook is updated


def track(wanted: bool | None) -> Track:
    """The function that shows progress. `wanted`: False shows none, None only in notebooks, True also on a
    terminal.
    """
    from kg import terminal
    from kg.pipeline import silently

    if wanted is False:
        return silently
    if _in_notebook():
        return in_notebook
    return terminal.tracker(quiet=not wanted)


def in_notebook(items: Sequence[ITEM], what: str, /) -> Iterable[ITEM]:
    """Yields the items; a bar in the notebook's cell shows the progress, and disappears at the end."""
    from IPython.display import HTML, display

    def bar(done: int) -> object:
        inside = f'<progress value="{done}" max="{len(items)}"></progress> {done:,} of {len(items):,}'
        return HTML(f"{escape(what)} {inside}")

    def passed() -> Iterator[ITEM]:
        handle = display(bar(0), display_id=True)
        step = max(1, len(items) // _STEPS)
        for done, item in enumerate(items, 1):
            yield item
            if handle and done % step == 0:
                handle.update(bar(done))
        if handle:
            handle.update(HTML(""))

    return passed() if items else items


def _in_notebook() -> bool:
    """Whether this code runs in a Jupyter notebook. If so, IPython is loaded already, and need not be
    imported.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and hasattr(shell, "kernel")
