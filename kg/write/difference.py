"""Makes the files of a build from those of the previous one: renders what differs, copies the rest.

The items of the previous build are in its knowledge.json. If an item is equal in the new build, its line of
statements.jsonl and its triples are copied; those of all other items are removed, added or replaced, also in
the store. The result is the same as when all files are written anew. The caller makes sure that the files of
the previous build are complete (`output.reading`) and were written by the same code (`fingerprint`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args, get_type_hints

from kg.model import Knowledge
from kg.ontology import Ontology, folder
from kg.rdf import changes, sorted_parts
from kg.rdf.changes import Change
from kg.rdf.items import Nodes
from kg.rdf.names import Names
from kg.rdf.parts import GraphPart, homes
from kg.rdf.sorted_file import SortedFile
from kg.write import archive, statements

_FIELDS = {
    get_args(hint)[0]: name for name, hint in get_type_hints(Knowledge).items()
}  # type of item -> field
_ORDER = {name: number for number, name in enumerate(_FIELDS.values())}
_END = ("", "")

MOST = 50_000  # maximum number of differing items; their triples take some 6 kB of memory for each item


class StaleError(Exception):
    """A file of the previous build differs from what this code would write for its knowledge.json."""


class TooDifferentError(Exception):
    """The new build differs from the previous one in so many items that all files are written anew."""


@dataclass(frozen=True, slots=True)
class Triples:
    """How the triples of the new build differ from those of the previous one."""

    more: Mapping[GraphPart, int]  # part -> how many more triples it has (negative: fewer)
    gone: list[bytes]  # lines of N-Triples to be removed from the store
    come: list[bytes]  # lines of N-Triples to be added to the store


def fingerprint(ontology_files: Iterable[Path] = ()) -> str:
    """A digest of kg's code and of the ontology, on which the files depend (besides the Knowledge and the
    options).

    `ontology_files`: the user's own ontology.
    """
    root = Path(__file__).parents[1]
    code = (path for part in (".", "rdf", "store", "write") for path in sorted((root / part).glob("*.py")))
    digest = hashlib.sha256(version("pyoxigraph").encode())
    for path in (*code, *sorted(folder().rglob("*.*")), *ontology_files):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def compared(old: Path, knowledge: Knowledge, new: Path, most: int = MOST) -> Change:
    """Write the new knowledge.json; return how it differs from the old one.

    Raises TooDifferentError as soon as more than `most` items differ: they are held in memory.
    """
    kept, before, after = ({name: list[Any]() for name in _ORDER} for _ in range(3))
    with (
        old.open(encoding="utf-8", newline="\n") as was,
        new.open("w", encoding="utf-8", newline="\n") as now,
    ):
        earlier = archive.items(was)
        field, line = next(earlier, _END)

        different = 0

        def differs(among: Mapping[str, list[Any]], name: str, item: Any) -> None:
            nonlocal different
            different += 1
            if different > most:
                raise TooDifferentError
            among[name].append(item)

        def told(item: Any) -> str:
            """The line of an item. Lines of the old file that precede it are recorded in `before`."""
            nonlocal field, line
            name, own = _FIELDS[type(item)], archive.line_of(item)
            while line and line != own and (_ORDER[field], archive.id_of(line)) <= (_ORDER[name], item.id):
                differs(before, field, archive.item(field, line))
                field, line = next(earlier, _END)
            if line == own:
                kept[name].append(item)
                field, line = next(earlier, _END)
            else:
                differs(after, name, item)
            return own

        now.writelines(archive.lines(knowledge, told))
        while line:
            differs(before, field, archive.item(field, line))
            field, line = next(earlier, _END)
    made = (
        Knowledge(**{name: tuple(items) for name, items in some.items()}) for some in (kept, before, after)
    )
    return changes.change(*made)


def is_small(change: Change) -> bool:
    """Whether changing the files is less work than writing them anew."""
    kept, *others = (
        sum(len(getattr(some, each.name)) for each in fields(some))
        for some in (change.kept, change.before, change.after)
    )
    return sum(others) <= kept / 2


def write_statements(change: Change, ontology: Ontology, names: Names, old: Path, new: Path) -> None:
    """Write the statements.jsonl of the new build (`new`) from that of the previous one (`old`).

    Raises StaleError.
    """

    def rows(some: Knowledge, nodes: Nodes) -> dict[bytes, bytes]:
        told = (statements.row(each, nodes, ontology, names).encode() for each in some.statements)
        return {statements.iri_of(row): row for row in told}

    was, now = rows(change.before, change.nodes_before), rows(change.after, change.nodes_after)
    with SortedFile(old, statements.iri_of) as file:
        for iri in sorted(was.keys() | now.keys()):
            if file.find(iri) != (iri in was):
                raise StaleError(old)
            if iri in was:
                file.remove()
            if iri in now:
                file.add(now[iri])
        file.write(new)


def write_triples(
    change: Change, ontology: Ontology, names: Names, old: Path, new: Path, stored: Collection[GraphPart]
) -> Triples:
    """Write the file of each part into the folder `new`, from that in the folder `old` (`facts.nt` and so
    on).

    `stored`: the parts that are in the store. Raises StaleError.
    """
    more, gone, come = Counter[GraphPart](), list[bytes](), list[bytes]()
    with ExitStack() as held:
        parts = {part: old / f"{part}.nt" for part in GraphPart}
        files = {part: held.enter_context(SortedFile(path, sorted_parts.key)) for part, path in parts.items()}
        for line, known, lost in changes.lines(change, ontology, names.base):
            there = {part for part in GraphPart if files[part].find(line.encode())}
            now = homes(known if lost else known | there)
            if lost and not there:
                raise StaleError(line)
            written = sorted_parts.n_triples(line).encode()
            for part in there - now:
                files[part].remove()
                more[part] -= 1
            for part in now - there:
                files[part].add(written)
                more[part] += 1
            if there.isdisjoint(stored) != now.isdisjoint(stored):
                (gone if now.isdisjoint(stored) else come).append(written)
        for part, file in files.items():
            file.write(new / f"{part}.nt")
    return Triples(more, gone, come)
