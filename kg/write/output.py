"""Writes the files of a build into a folder, all of them or none.

Files are written to a hidden folder inside the output folder, synced, and committed by one rename
(`.kg-new-…` becomes `.kg-commit`). From then on the build is valid: the files are moved into place, and the
next command completes an interrupted move. A build that is killed before the commit leaves the previous one
unchanged. The user's own files stay; a user's file with one of our names is never overwritten.

`build.json` lists the files (`kg.write.manifest`). It contains no timestamp and no absolute path, so that
equal builds are equal byte for byte.

Two concurrent builds into one folder are both written; the later one stays. Locks are flock(2) on the folder
itself and leave no file behind; without flock (Windows) there are no locks.

The content of the files is defined in `kg.pipeline.folder`.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from kg.errors import Error
from kg.model import Problem
from kg.write import manifest
from kg.write.manifest import Manifest

MANIFEST = manifest.NAME
_NEW = ".kg-new-"  # the folder of a build that is being written; random letters follow
_COMMIT = ".kg-commit"  # a committed build whose files are being moved into place


class OutputError(Error):
    """The folder cannot be written to, or has no complete graph; `problem` says what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


def check(folder: Path, names: Iterable[str]) -> None:
    """Make sure, before any work is done, that a build with files of these names could be written.

    Raises OutputError if the path is not a folder, cannot be written to, or has a foreign file with one of
    the names.
    """
    with _reporting(folder):
        _finish(folder)
        _refuse_foreign(folder, names)
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        with _as(nearest), tempfile.TemporaryFile(dir=nearest):
            pass  # only tries whether the folder can be written to


def write(
    folder: Path,
    makers: Mapping[str, Callable[[Path], None]],
    about: Mapping[str, Any] | Callable[[Path], Mapping[str, Any]],
    marked: Collection[str] = (),
) -> None:
    """Make all files and folders of a build, then build.json.

    `makers`: name of a file or folder -> the function that writes it to a path. `about`: metadata for
    build.json, or a function that returns it; this function is called first, with the new folder, and the
    files that it writes there are not made again. `marked`: folders whose files differ between equal builds.
    Raises OutputError; the previous build is then unchanged.
    """
    with _reporting(folder), ExitStack() as held:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            _install(folder)
            _refuse_foreign(folder, (*makers, MANIFEST))
            _clear_leftovers(folder)
            new = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
            held.callback(shutil.rmtree, new, ignore_errors=True)
            held.enter_context(_lock(new))
        told = about(new) if callable(about) else about
        for name, make in makers.items():
            if not (new / name).exists():
                make(new / name)
        manifest.write(new, told, marked)
        _sync(new)
        with _lock(folder):
            _install(folder)
            _refuse_foreign(folder, (*makers, MANIFEST))
            new.rename(folder / _COMMIT)
            _sync_folder(folder)
            _install(folder)


def make(folder: Path) -> None:
    """Make a folder unless it exists. Raises OutputError."""
    with _reporting(folder):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def room() -> Iterator[Path]:
    """Yields a temporary folder for making a build. Raises OutputError if it cannot be created."""
    place = Path(tempfile.gettempdir())
    with _reporting(place), tempfile.TemporaryDirectory(prefix="kg-") as name:
        yield Path(name)


@contextmanager
def reading(folder: Path, sure: Collection[str] = ()) -> Iterator[Manifest]:
    """Open a build: within the block its files are complete and from one build.

    `sure`: files and folders that are read as a whole, so that comparing their digests costs little. Raises
    OutputError if there is no build, or if a file is missing or changed.
    """
    with ExitStack() as held:
        with _reporting(folder):
            if not folder.is_dir():
                mend = "Build a graph first: `kg build -o FOLDER`."
                raise OutputError(Problem(str(folder), "is not a folder", mend))
            _finish(folder)
            held.enter_context(_lock(folder, shared=True))
            found = _opened(folder)
            for problem in manifest.damage(folder, found, sure=sure):
                raise OutputError(problem)
        yield found


def damaged(folder: Path) -> tuple[Problem, ...]:
    """All files of a build that are missing or changed, by their digests.

    Raises OutputError if there is no build, or if its build.json is damaged.
    """
    with _reporting(folder):
        _finish(folder)
        with _lock(folder, shared=True):
            return tuple(manifest.damage(folder, _opened(folder), thorough=True))


def noted(folder: Path) -> Manifest | None:
    """The manifest of the folder; None if there is none. Whether the files in it exist is not checked.

    If build.json is damaged or lost, its copy is used. Raises OutputError if the copy is damaged, too.
    """
    with _reporting(folder):
        _finish(folder)
        found = manifest.known(folder)
    if isinstance(found, Problem):
        raise OutputError(found)
    return found


def damaged_within(folder: Path, folders: Collection[str]) -> tuple[Problem, ...]:
    """Files in these folders of the build that are missing or changed, by their digests.

    Raises OutputError if both build.json and its copy are damaged.
    """
    found = noted(folder)
    if found is None:
        return ()
    inside = {name: entry for name, entry in found.files.items() if name.partition("/")[0] in folders}
    with _reporting(folder):
        return tuple(manifest.damage(folder, Manifest({}, inside), sure=folders))


def unsound(folder: Path) -> Problem | None:
    """The problem if build.json is damaged or lost, even if its copy is sound; None if there is none."""
    with _reporting(folder):
        found = manifest.read(folder)
    return found if isinstance(found, Problem) else None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yields a path for writing a single file, which replaces `path` on success.

    A device or pipe is written to directly.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    new = path.with_name(f".{path.name}.kg-{os.getpid()}")
    try:
        with _reporting(path), _as(path):
            yield new
            new.replace(path)
    finally:
        new.unlink(missing_ok=True)


# ---------------------------------------------------------------------------------------------


def _finish(folder: Path) -> None:
    """Move a committed build into place, if that was interrupted."""
    if (folder / _COMMIT).exists():
        with _lock(folder):
            _install(folder)


def _install(folder: Path) -> None:
    """Move the files of `.kg-commit` into place; if this is interrupted, it can be done again."""
    commit = folder / _COMMIT
    new = manifest.read(commit)  # build.json is moved last: while it is there, the move may be incomplete
    if isinstance(new, Manifest):
        old = manifest.known(folder)
        for name in sorted(old.names - new.names) if isinstance(old, Manifest) else ():
            remove(folder / name)
        for name in (*sorted(new.names - {MANIFEST}), MANIFEST):
            if (commit / name).exists():
                remove(folder / name)
                (commit / name).rename(folder / name)
        _sync_folder(folder)
    if commit.exists():
        shutil.rmtree(commit)


def remove(path: Path) -> None:
    """Remove a file or a folder, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _refuse_foreign(folder: Path, names: Iterable[str]) -> None:
    ours = manifest.known(folder)
    if isinstance(ours, Problem):  # a damaged graph: building again repairs it, so its files may be replaced
        return
    known = ours.names if ours else frozenset()
    for name in sorted(set(names) - known):
        if (folder / name).exists() or (folder / name).is_symlink():
            raise OutputError(
                Problem(
                    str(folder / name),
                    "was not written by kg, and kg would write a file of that name",
                    "Move it away, or build into another folder with --output.",
                )
            )


def _clear_leftovers(folder: Path) -> None:
    """Remove the folders of killed builds. The folder of a running build is locked by that build."""
    for path in sorted(folder.glob(_NEW + "*")):
        with _lock(path, wait=False) as ours:
            if ours:
                shutil.rmtree(path, ignore_errors=True)


def _opened(folder: Path) -> Manifest:
    found = manifest.read(folder)
    if found is None:
        what = f"holds no graph (no {MANIFEST})"
        found = Problem(str(folder), what, "Build one with `kg build`.")
    if isinstance(found, Problem):
        raise OutputError(found)
    return found


def _sync(folder: Path) -> None:
    for root, _, names in os.walk(folder):
        for name in names:
            with (Path(root) / name).open("rb+") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(root))


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":  # Windows cannot open folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _lock(folder: Path, *, shared: bool = False, wait: bool = True) -> Iterator[bool]:
    """Hold a lock on the folder within the block. Yields whether the lock is held: False only if `wait` is
    false and another process holds it.
    """
    if sys.platform == "win32":
        yield True
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        held = True
        try:
            mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(handle, mode if wait else mode | fcntl.LOCK_NB)
        except BlockingIOError:
            held = False
        yield held
    finally:
        os.close(handle)


@contextmanager
def _as(path: Path) -> Iterator[None]:
    """Make errors of the block name the user's path `path`, not that of a temporary file."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


@contextmanager
def _reporting(folder: Path) -> Iterator[None]:
    """Turn errors of the file system into an OutputError that says what to do."""
    try:
        yield
    except OSError as error:
        path = str(error.filename or folder)
        # Errors of the store have no errno, only a message.
        if error.errno in {errno.ENOSPC, errno.EDQUOT} or os.strerror(errno.ENOSPC) in str(error):
            full = "cannot be written: the disk is full"
            problem = Problem(str(folder), full, "Make room and run it again.")
        elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            mend = "Choose another folder with --output."
            problem = Problem(path, f"cannot be accessed ({error.strerror})", mend)
        elif error.errno in {errno.EEXIST, errno.ENOTDIR}:
            problem = Problem(path, "is a file, not a folder", "Give a folder with --output.")
        else:
            mend = "Give a folder that can be written to with --output."
            problem = Problem(path, f"cannot be used ({error.strerror or error})", mend)
        raise OutputError(problem) from error
