"""Progress of a build: a bar in a notebook or on a terminal, otherwise nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import ITEM, Track

_STEPS = 50  # minimum seconds between updates of a notebook


def track(wanted: bool | None) -> Track:
    """`wanted`: None shows progress in notebooks only, True on a terminal too."""
    from kg import terminal
    from kg.pipeline import silently

    if wanted is False:
        return silently
    if _in_notebook():
        return in_notebook
    return terminal.tracker(quiet=not wanted)


def in_notebook(items: Sequence[ITEM], what: str, /) -> Iterable[ITEM]:
    """Passes items through; a bar in the cell shows the progress and disappears at the end."""
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
    """Whether Jupyter runs this process; checks IPython only if it is loaded, because otherwise it cannot
    be.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and hasattr(shell, "kernel")
