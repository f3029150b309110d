"""Static files of the pages: our own scripts and styles, and vis-network from the pyvis package.

`lettering.js`, which places and draws names, is shared with the graph page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.write.page import VIS

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_LIBRARY = "vis-network.js"
_SHARED = "lettering.js"  # in the templates of the graph page


@dataclass(frozen=True, slots=True)
class Asset:
    media_type: str
    content: bytes


def asset(name: str) -> Asset | None:
    """The file of that name, None if there is none."""
    return _assets().get(name)


def template(name: str) -> str:
    return (files("kg.serve") / "templates" / name).read_text(encoding="utf-8")


@cache
def _assets() -> dict[str, Asset]:
    found = {
        each.name: Asset(_TYPES[suffix], each.read_bytes())
        for each in (files("kg.serve") / "templates").iterdir()
        if (suffix := each.name.rpartition(".")[2]) in _TYPES
    }
    library = (files("pyvis") / VIS).read_text(encoding="utf-8").rpartition("\n//# sourceMappingURL=")
    shared = (files("kg.write") / "templates" / _SHARED).read_bytes()
    return {
        **found,
        _SHARED: Asset(_TYPES["js"], shared),
        _LIBRARY: Asset(_TYPES["js"], (library[0] or library[2]).encode()),
    }
