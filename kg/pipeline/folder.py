"""Writes the files of a build, anew or only where they differ from the previous build, and loads them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import ontology
from kg.memory import Budget
from kg.model import Knowledge
from kg.ontology import Ontology
from kg.pipeline.builds import FLAGS, Build, Stored, base_of, flags_of, parser_of, store_of
from kg.rdf.names import BASE, Names
from kg.write import output

if TYPE_CHECKING:
    from kg.rdf.parts import GraphPart

ARCHIVE = "knowledge.json"
STATEMENTS = "statements.jsonl"
PAGE = "graph.html"
STORE = "store"
READINGS = ".kg-readings"  # cached readings for the next build; not part of a build
RESOLVED = "resolved.sqlite"  # file in that folder: results of resolving, per article (kg.memo)
ONTOLOGY = "ontology"  # copies of the user's own ontology files, if any
BACKGROUND = "background"  # copies of the user's own RDF, if any, under the original names

MOST_SHOWN = 10_000  # maximum number of things on the page; browsers can draw more, but nobody can see them
_SORTED, _LOADED = 1_400, 1_100  # bytes of memory per triple: while sorting triples, and while loading them
_COMPARED = 6_000  # bytes of memory per item that differs from the last build, with its triples


def save(built: Build, folder: Path, memory: Budget | None = None) -> dict[str, Any]:
    """Write all files of a build, and build.json, whose metadata it returns.

    `memory`: as in `build`. Raises OutputError; the previous build is then unchanged.
    """
    from kg.rdf import sorted_parts
    from kg.write import difference

    run = memory.fitting(sorted_parts.RUN, _SORTED) if memory else sorted_parts.RUN
    writer = difference.fingerprint(built.ontology_files)
    about: dict[str, Any] = {}

    def begin(new: Path) -> dict[str, Any]:
        counts = _changed(built, folder, new, writer, memory)
        if counts is None:
            with output.room() as room:
                counts = sorted_parts.write(built.knowledge, built.ontology, new, built.base, run, room)
        about.update(built.noted(counts), writer=writer)
        return about

    output.write(folder, _makers(built, memory), begin, marked=[STORE])
    return about


def _changed(
    built: Build, folder: Path, new: Path, writer: str, memory: Budget | None
) -> dict[GraphPart, int] | None:
    """Write the files of a build into `new` by changing copies of the previous build's files, which are in
    `folder`. Returns the number of triples in each part.

    None if there is no previous build, if it is damaged or too different, or if other code or options wrote
    it.
    """
    from kg.rdf.parts import GraphPart
    from kg.write import difference

    def alike(about: Mapping[str, Any]) -> bool:
        now = {"writer": writer, **built.noted({})}
        return all(about.get(each) == now.get(each) for each in ("writer", "base", "store", "background"))

    parts = {part: f"{part}.nt" for part in GraphPart}
    others = (STATEMENTS, STORE, *parts.values())
    try:
        last = output.noted(folder)
        if last is None or not alike(last.about):
            return None
        with output.reading(folder, sure=(ARCHIVE, *others)) as manifest:
            if not alike(manifest.about):  # another process has replaced the build meanwhile
                return None
            most = memory.fitting(difference.MOST, _COMPARED) if memory else difference.MOST
            change = difference.compared(folder / ARCHIVE, built.knowledge, new / ARCHIVE, most)
            if not difference.is_small(change):
                return None
            names = Names(built.base)
            difference.write_statements(change, built.ontology, names, folder / STATEMENTS, new / STATEMENTS)
            found = difference.write_triples(change, built.ontology, names, folder, new, _stored(built))
            if built.store is not Stored.NONE:
                from kg.store import oxigraph

                oxigraph.changed(folder / STORE, new / STORE, found.gone, found.come)
            before = manifest.about["counts"]["triples"]
            return {part: before[part] + found.more[part] for part in GraphPart}
    except (output.OutputError, difference.StaleError, difference.TooDifferentError):
        for name in others:
            output.remove(new / name)
        return None


def _stored(built: Build) -> tuple[GraphPart, ...]:
    """The parts of the graph in the store."""
    from kg.rdf.parts import GraphPart

    if built.store is Stored.NONE:
        return ()
    return tuple(each for each in GraphPart if built.store is Stored.ALL or each is not GraphPart.PROVENANCE)


def _makers(built: Build, memory: Budget | None = None) -> dict[str, Callable[[Path], None]]:
    """Name of each file -> the function that writes it. The functions have to be called in this order."""
    from kg.rdf.parts import GraphPart
    from kg.store import oxigraph
    from kg.write import archive, page, rdf_files, statements

    def write_statements(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            statements.write(built.knowledge, built.ontology, Names(built.base), file)

    def write_archive(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(archive.lines(built.knowledge))

    def write_page(path: Path) -> None:
        path.write_bytes(page.page(built.knowledge, built.ontology, most=MOST_SHOWN).encode())

    def write_part(_: Path) -> None:
        raise AssertionError("the parts are written together, before all other files")

    def write_store(path: Path) -> None:
        piece = memory.fitting(oxigraph.PIECE, _LOADED) if memory else oxigraph.PIECE
        oxigraph.load(
            path, [path.with_name(f"{name}.nt") for name in _stored(built)], built.background, piece
        )

    def write_ontology(path: Path) -> None:
        path.mkdir()
        for number, file in enumerate(built.ontology_files):
            shutil.copyfile(file, path / f"{number:03}.ttl")

    def write_background(path: Path) -> None:
        from kg.rdf.background import called

        path.mkdir()
        for file in built.background_files:
            shutil.copyfile(file, path / called(file))

    def write_quads(path: Path) -> None:
        with path.open("wb") as file:
            rdf_files.write(built.background, "nquads", file)

    return {
        STATEMENTS: write_statements,
        ARCHIVE: write_archive,
        PAGE: write_page,
        **{f"{name}.nt": write_part for name in GraphPart},
        **({STORE: write_store} if built.store is not Stored.NONE else {}),
        **({ONTOLOGY: write_ontology} if built.ontology_files else {}),
        **({BACKGROUND: write_background, f"{BACKGROUND}.nq": write_quads} if built.background_files else {}),
    }


def check(folder: Path, ontology_files: Sequence[Path] = (), background_files: Sequence[Path] = ()) -> None:
    """Check, before articles are read, that `save` will be able to write. Raises OutputError."""
    files = tuple(ontology_files), tuple(background_files)
    output.check(folder, tuple(_makers(Build(Knowledge(), Ontology({}, {}), BASE, (), *files))))


def load(folder: Path) -> Build:
    """The build in a folder. Raises OutputError."""
    from kg.write import archive

    with output.reading(folder, sure=(ARCHIVE, ONTOLOGY, BACKGROUND)) as manifest:
        about = manifest.about
        files = ontology_of(folder)
        knowledge = archive.load((folder / ARCHIVE).read_text(encoding="utf-8"))
        own = files, background_of(folder)
        built = Build(knowledge, ontology.load(files), base_of(about), (), *own, parser_of(about))
        version = str(about.get("parser_version", ""))
        links, language = (flag in flags_of(about) for flag in FLAGS)
        flags = replace(built, follow_links=links, any_language=language)
        return replace(flags, parser_version=version, store=store_of(about))


def background_of(folder: Path) -> tuple[Path, ...]:
    """The background files of the graph in a folder; empty if there is no graph. Raises OutputError."""
    return _held(folder, BACKGROUND)


def ontology_of(folder: Path) -> tuple[Path, ...]:
    """The user's own ontology files of the graph in a folder; empty if there is no graph.

    Raises OutputError.
    """
    return _held(folder, ONTOLOGY)


def _held(folder: Path, name: str) -> tuple[Path, ...]:
    """The user's files in the build's subfolder `name`, as listed in build.json, even if a file is
    missing.
    """
    found = output.noted(folder)
    files = sorted(found.files) if found else ()
    return tuple(folder / each for each in files if each.startswith(f"{name}/"))
