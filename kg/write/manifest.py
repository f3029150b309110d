"""Writes and reads `build.json`, which lists the files of a build with their digests, to detect damage.

    {"about": {...},
     "files": {"facts.nt": {"bytes": 10, "sha256": "..."}, ...},
     "folders": ["store"],
     "digest": "..."}

`digest` covers everything else in build.json, so that damage to build.json itself is detected. A copy of
build.json, `.kg-build.json`, keeps the user's settings if build.json is damaged or lost. Equal builds have
equal build.json files; a folder whose files differ between equal builds (the store) lists them in a file of
its own, `digests.json`.

When a build is opened, the sizes of all files are compared, and the digests of files that were changed after
build.json was written, or that are read as a whole anyway. `kg check --files` compares all digests.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Problem

NAME = "build.json"
COPY = ".kg-build.json"
INSIDE = "digests.json"  # the file that lists a folder's digests
_AGAIN = "Build again with `kg build`."
_KEYS = {"about", "files", "folders", "digest"}
_OURS = re.compile(rb'"about"|"sha256"|"folders"')  # a damaged file that contains one of these was a manifest

Files = Mapping[str, Mapping[str, Any]]
"""Path below the folder, with "/" -> {"bytes": size, "sha256": hex}."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of build.json."""

    about: Mapping[str, Any]  # metadata from the caller of `output.write`
    files: Files
    folders: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of kg's files and folders directly below the folder of the build."""
        return frozenset((*(name.partition("/")[0] for name in self.files), *self.folders, NAME, COPY))


def write(folder: Path, about: Mapping[str, Any], marked: Collection[str]) -> None:
    """Write the manifest of everything in a folder.

    `marked`: folders whose files differ between equal builds.
    """
    files: dict[str, Mapping[str, Any]] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file():
            files[path.name] = _entry(path)
        elif path.name in marked or not any(path.iterdir()):
            (path / INSIDE).write_text(_sealed({"files": dict(_entries(path))}), encoding="utf-8")
        else:
            files |= {f"{path.name}/{name}": entry for name, entry in _entries(path)}
    folders = [path.name for path in sorted(folder.iterdir()) if path.is_dir()]
    content = {"about": about, "files": files, "folders": folders}
    for name in (NAME, COPY):
        (folder / name).write_text(_sealed(content), encoding="utf-8")


def read(folder: Path) -> Manifest | Problem | None:
    """The manifest of a folder; a Problem if it is damaged or lost; None if there is no graph built by kg."""
    path = folder / NAME
    data = _bytes(path)
    if data is not None and (found := _parsed(data)):
        return found
    if data is not None and _OURS.search(data):
        return Problem(str(path), "is damaged, or from another version of kg", _AGAIN)
    # If there is no copy, or if the file is valid JSON of another form, it belongs to another program.
    if _copy(folder) is None or (data is not None and _is_json(data)):
        return None
    return Problem(str(path), "is missing" if data is None else "is damaged", _AGAIN)


def known(folder: Path) -> Manifest | Problem | None:
    """What `read` returns; but if build.json is damaged or lost and its copy is sound, the manifest in the
    copy.
    """
    found = read(folder)
    return _copy(folder) or found if isinstance(found, Problem) else found


def damage(
    folder: Path, manifest: Manifest, *, thorough: bool = False, sure: Collection[str] = ()
) -> Iterator[Problem]:
    """The files that are missing or changed, each as a Problem.

    `thorough`: compare the digests of all files, also of those whose times are unchanged, because disk damage
    does not change times. `sure`: files whose digests are always compared, or folders of such files.
    """
    if thorough and (copy := _bytes(folder / COPY)) != _bytes(folder / NAME):
        yield Problem(str(folder / COPY), "is missing" if copy is None else "was changed or damaged", _AGAIN)
    try:
        since = (folder / NAME).stat().st_ctime_ns  # later than the other files: it is moved into place last
    except OSError:
        since = 0
    files = dict(manifest.files)
    for name in manifest.folders:
        if not (folder / name).is_dir():
            yield Problem(str(folder / name), "is missing", _AGAIN)
        elif not any(each.startswith(f"{name}/") for each in manifest.files):
            inside = folder / name / INSIDE
            content = _unsealed(inside.read_bytes(), {"files", "digest"}) if inside.is_file() else None
            if content is None:
                yield Problem(str(inside), "is damaged" if inside.is_file() else "is missing", _AGAIN)
            else:
                files |= {f"{name}/{each}": entry for each, entry in content["files"].items()}
    for name, expected in sorted(files.items()):
        certain = thorough or name.partition("/")[0] in sure
        if what := _damage(folder / name, expected, 0 if certain else since):
            yield Problem(str(folder / name), what, _AGAIN)


def _damage(path: Path, expected: Mapping[str, Any], since: int) -> str:
    """The damage of a file in words; "" if there is none. The digest is compared only if the file has changed
    since the time `since` (in nanoseconds).
    """
    if not path.is_file():
        return "is missing"
    found = path.stat()
    if found.st_size != expected["bytes"]:
        return f"was changed or damaged: it has {found.st_size} bytes, not {expected['bytes']}"
    changed = max(found.st_mtime_ns, found.st_ctime_ns) > since
    return "was changed or damaged" if changed and _digest(path) != expected["sha256"] else ""


def _copy(folder: Path) -> Manifest | None:
    data = _bytes(folder / COPY)
    return None if data is None else _parsed(data)


def _parsed(data: bytes) -> Manifest | None:
    content = _unsealed(data, _KEYS)
    if content is None:
        return None
    return Manifest(dict(content["about"]), dict(content["files"]), tuple(content["folders"]))


def _bytes(path: Path) -> bytes | None:
    """The content of a file; None if there is none; empty for a pipe or device, because reading it could
    block.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        return b""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return True


def _entries(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != INSIDE:
            yield path.relative_to(folder).as_posix(), _entry(path)


def _entry(path: Path) -> Mapping[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": _digest(path)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sealed(content: Mapping[str, Any]) -> str:
    return json.dumps({**content, "digest": _seal(content)}, ensure_ascii=False, indent=1) + "\n"


def _unsealed(data: bytes, keys: Collection[str]) -> Mapping[str, Any] | None:
    """The content of a manifest with these keys; None if it has another form, or if its digest is wrong."""
    try:
        content = json.loads(data.decode("utf-8"))
        whole = isinstance(content, dict) and content.keys() == set(keys)
        return content if whole and content.pop("digest") == _seal(content) else None
    except (ValueError, RecursionError):
        return None


def _seal(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
