"""Resolving: makes Knowledge from readings. Mentions get referents, and claims become statements.

`knowledge` lists the steps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from kg.ontology import folder
from kg.resolve.knowledge import links, resolve

__all__ = ["fingerprint", "links", "resolve"]

_CODE = ("read", "resolve")  # packages of kg whose code is part of the fingerprint


def fingerprint(ontology_files: Iterable[Path] = ()) -> str:
    """A digest of the code and the ontology, on which the results of resolving depend besides the readings.

    `ontology_files`: the user's own ontology files. Each reading has its own digest of what it depends on.
    """
    root = Path(__file__).parents[1]
    code = (path for part in _CODE for path in sorted((root / part).rglob("*.py")))
    told = sorted(path for path in folder().rglob("*.*") if path.is_file())
    digest = hashlib.sha256()
    for path in (*sorted(root.glob("*.py")), *code, *told, *ontology_files):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
