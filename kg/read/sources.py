"""Finds the files of articles in the paths that the user names, and gives each an id. It opens no file."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model import Problem

ENDINGS = (".txt", ".html", ".htm")
LEADS_OUT = "is a link that leads out of the folder"
FOLLOW = "Put a copy in its place, or build with --follow-links."
_ENDINGS = "kg reads files that end in " + ", ".join(ENDINGS[:-1]) + f" or {ENDINGS[-1]}."


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may contain an article."""

    path: Path
    id: str  # path relative to the given folder, with "/", in NFC; unique within a build
    within: str = ""  # real path of the folder that symbolic links must not leave; "": they may lead anywhere

    def admits(self, path: Path) -> bool:
        """Whether a file is in the permitted folder (`within`) after all symbolic links are resolved."""
        return not self.within or Path(os.path.realpath(path)).is_relative_to(self.within)


def find(
    paths: Sequence[Path], *, follow_links: bool = False
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The articles in files and folders, sorted by id, and the problems with the paths.

    A symbolic link that leads out of its folder is a problem, unless `follow_links`: if kg followed it,
    everybody who can write to a folder of articles could make kg read any file of the machine. Files that the
    user names directly are read wherever they are.

    Folders are searched to any depth; hidden files and folders, README files and files of other types in them
    are ignored. A file found in two ways is one article, with an id relative to the outermost folder. If two
    articles would have the same id, the names of their parent folders are prefixed until the ids differ.
    Neither the ids nor their order depend on the order of `paths`.
    """
    found: dict[str, tuple[tuple[str, ...], Path]] = {}  # real path -> parts of the id, path as given
    within: dict[Path, str] = {}  # path as given -> `Source.within`
    problems: set[Problem] = set()
    for path in paths:
        try:
            path.stat()
        except FileNotFoundError:
            problems.add(_problem(path, "does not exist", "Check the spelling of the path."))
            continue
        except (OSError, ValueError) as error:  # the name is too long, or contains a NUL character
            what = f"cannot be read ({error.strerror if isinstance(error, OSError) else error})"
            problems.add(_problem(path, what, "Check the path."))
            continue
        if path.is_dir():
            bounds = "" if follow_links else os.path.realpath(path)
            root, files = path, tuple(_walk(path, bounds, problems))
            if not files:
                problems.add(_problem(path, "is a folder without articles", _ENDINGS))
        elif path.suffix.lower() not in ENDINGS:
            problems.add(_problem(path, f'ends in "{path.suffix}", which kg cannot read', _ENDINGS))
            continue
        else:
            root, files, bounds = path.parent, (path,), ""
        for file in files:
            within[file] = bounds
            parts = file.relative_to(root).parts
            if not _is_text("/".join(parts)):
                problems.add(_problem(file, "has a name that is not text", "Rename the file, in UTF-8."))
                continue
            real = os.path.realpath(file)
            found[real] = max(found.get(real, ((), file)), (parts, file), key=_depth)
    sources: dict[str, Source] = {}
    for source in sorted(_name(found.values()), key=lambda source: (source.id, str(source.path))):
        if source.id in sources:  # the two names differ only in the form of Unicode
            what = f'has the same name as "{source.id}", in another form of Unicode'
            problems.add(_problem(source.path, what, "Rename one of them."))
        else:
            sources[source.id] = replace(source, within=within[source.path])
    return tuple(sources.values()), tuple(sorted(problems, key=str))


def _depth(found: tuple[tuple[str, ...], Path]) -> tuple[int, tuple[str, ...], str]:
    parts, path = found
    return len(parts), parts, str(path)


def _walk(folder: Path, bounds: str, problems: set[Problem]) -> Iterator[Path]:
    """The articles in a folder. Symbolic links to a parent folder, or out of `bounds`, are problems
    instead.
    """
    waiting = [(folder, frozenset((os.path.realpath(folder),)))]
    while waiting:
        current, around = waiting.pop()
        try:
            entries = sorted(current.iterdir())
        except OSError as error:
            problems.add(_problem(current, f"cannot be listed ({error.strerror})", "Check its permissions."))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            reads = entry.is_dir() or entry.suffix.lower() in ENDINGS
            if reads and not Source(entry, "", bounds).admits(entry):
                problems.add(_problem(entry, LEADS_OUT, FOLLOW))
            elif entry.is_dir():
                real = os.path.realpath(entry)
                if real in around:
                    what = "is a link to a folder that contains it"
                    problems.add(_problem(entry, what, "Remove the link."))
                else:
                    waiting.append((entry, around | {real}))
            elif entry.suffix.lower() in ENDINGS and entry.stem.upper() != "README":
                yield entry


def _name(found: Iterable[tuple[tuple[str, ...], Path]]) -> Iterator[Source]:
    """Give each file an id, prefixed with names of parent folders until all ids differ."""
    parts = {path: own for own, path in found}
    above = {path: Path(os.path.abspath(path)).parts[1:] for path in parts}  # noqa: PTH100 - keeps links
    while True:
        times = Counter(parts.values())
        clashing = [path for path, own in parts.items() if times[own] > 1 and len(own) < len(above[path])]
        if not clashing:
            return (Source(path, unicodedata.normalize("NFC", "/".join(own))) for path, own in parts.items())
        for path in clashing:
            parts[path] = above[path][-len(parts[path]) - 1 :]


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:  # the name contains surrogates, because its bytes are not valid UTF-8
        return False
    return True


def _problem(path: Path, what: str, mend: str) -> Problem:
    return Problem(os.fsencode(path).decode("utf-8", "replace"), what, mend)
