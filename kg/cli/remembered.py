"""The settings with which a graph was built: `kg build` reuses them unless the user gives others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg import pipeline
from kg.language.pipeline import DEFAULT
from kg.model import Problem
from kg.pipeline import Stored
from kg.rdf.names import BASE
from kg.write import output
from kg.write.output import OutputError


@dataclass(frozen=True, slots=True)
class GivenOptions:
    """The options of `kg build` that are remembered; each is None if the user does not give it."""

    base: str | None = None
    ontology: Sequence[Path] | None = None
    background: Sequence[Path] | None = None
    parser: str | None = None
    follow_links: bool | None = None
    any_language: bool | None = None
    store: Stored | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a build that the graph's folder remembers."""

    base: str = BASE
    ontology: tuple[Path, ...] = ()
    background: tuple[Path, ...] = ()
    parser: str = DEFAULT
    follow_links: bool = False
    any_language: bool = False
    decisions: int = 0  # number of the user's decisions in the graph
    store: Stored = Stored.ALL


def last(folder: Path) -> Settings | None:
    """The settings of the graph in a folder; None if there is no graph.

    Raises OutputError if both build.json and its copy are damaged.
    """
    noted = output.noted(folder)
    if noted is None:
        return None
    about = noted.about
    flags = pipeline.flags_of(about)
    return Settings(
        pipeline.base_of(about),
        pipeline.ontology_of(folder),
        pipeline.background_of(folder),
        pipeline.parser_of(about),
        "follow_links" in flags,
        "any_language" in flags,
        int(about.get("decisions", 0)),
        pipeline.store_of(about),
    )


def lost(folder: Path, asked: GivenOptions) -> Problem | None:
    """The problem if settings that the user does not give cannot be reused, because their files are damaged;
    None if there is no such problem.
    """
    files = {pipeline.ONTOLOGY: asked.ontology, pipeline.BACKGROUND: asked.background}
    try:
        found = output.damaged_within(folder, [name for name, given in files.items() if given is None])
    except OutputError as error:
        needed = [f"--{n} FILE or --no-{n}" for n, given in files.items() if given is None]
        needed = [*([] if asked.base else [f"--base IRI (kg's own: {BASE})"]), *needed]
        what = f"{error.problem.what}, so the options of the last build cannot be known"
        return replace(error.problem, what=what, mend=f"Give them: {'; '.join(needed)}.") if needed else None
    for problem in found:
        name = Path(problem.path).relative_to(folder).parts[0]
        return replace(
            problem, mend=f"Give your files again with --{name} FILE, or leave it out: --no-{name}."
        )
    return None


def settled(asked: GivenOptions, before: Settings) -> Settings:
    """The settings for a build: the given options, completed by the remembered ones (`before`)."""

    def files(given: Sequence[Path] | None, held: tuple[Path, ...]) -> tuple[Path, ...]:
        return held if given is None else tuple(given)

    return Settings(
        before.base if asked.base is None else asked.base,
        files(asked.ontology, before.ontology),
        files(asked.background, before.background),
        before.parser if asked.parser is None else asked.parser,
        before.follow_links if asked.follow_links is None else asked.follow_links,
        before.any_language if asked.any_language is None else asked.any_language,
        before.decisions,
        before.store if asked.store is None else asked.store,
    )


def told(asked: GivenOptions, now: Settings, before: Settings) -> Iterator[str]:
    """Messages about reused settings that are not the defaults, and about settings that have changed."""
    usual = Settings()
    for name in ("base", "parser", "follow_links", "any_language", "store"):
        value, was = getattr(now, name), getattr(before, name)
        if value != was:
            yield f"{_called(name)}: {_shown(value)}, no longer {_shown(was)}"
        elif getattr(asked, name) is None and value != getattr(usual, name):
            yield f"{_called(name)}, as before: {_shown(value)}"
    if now.ontology and asked.ontology is None:
        yield f"ontology, as before: {len(now.ontology)} of your files"
    elif _digests(now.ontology) != _digests(before.ontology):
        yield "ontology: other files than before" if now.ontology else "ontology: only kg's own"
    if now.background and asked.background is None:
        yield f"background, as imported: {', '.join(path.name for path in now.background)}"
    elif before.background and _digests(now.background) != _digests(before.background):
        yield "background: other files than before" if now.background else "background: no longer any"


def _called(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _digests(files: Sequence[Path]) -> list[bytes]:
    return [path.read_bytes() for path in files]
