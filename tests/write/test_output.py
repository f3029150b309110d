"""A build is written completely or not at all, whatever happens to it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.write import output
from kg.write.manifest import COPY
from kg.write.output import MANIFEST, OutputError


def makers(text: str) -> dict[str, Callable[[Path], None]]:
    def once(path: Path) -> None:
        path.write_text(text)

    def twice(path: Path) -> None:
        path.write_text(text * 2)

    def folder(path: Path) -> None:
        path.mkdir()
        once(path / "part")

    return {"a.txt": once, "b.txt": twice, "store": folder}


def state(folder: Path) -> set[str]:
    """The texts of all files of a build: a single text if the build is consistent."""
    return {
        (folder / "a.txt").read_text(),
        (folder / "b.txt").read_text()[: len((folder / "a.txt").read_text())],
        (folder / "store" / "part").read_text(),
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_build_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    output.write(folder, makers("one"), {"kg": "1"})
    with output.reading(folder) as manifest:
        assert manifest.about == {"kg": "1"}
        assert manifest.files["a.txt"]["bytes"] == 3
    assert names(folder) == [COPY, "a.txt", "b.txt", MANIFEST, "store"]


def test_equal_builds_have_equal_manifests(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        output.write(tmp_path / folder, makers("one"), {"kg": "1"})
    assert (tmp_path / "x" / MANIFEST).read_bytes() == (tmp_path / "y" / MANIFEST).read_bytes()


def test_the_next_build_replaces_the_last_and_keeps_the_users_files(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine")
    output.write(tmp_path, {**makers("one"), "old.txt": lambda path: path.touch()}, {})
    output.write(tmp_path, makers("two"), {})
    assert state(tmp_path) == {"two"}
    assert names(tmp_path) == [COPY, "a.txt", "b.txt", MANIFEST, "notes.md", "store"]


@pytest.mark.parametrize("name", ["b.txt", "store", MANIFEST])
def test_a_users_file_with_the_name_of_an_output_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError, match="was not written by kg"):
        output.check(tmp_path, (*makers("one"), MANIFEST))
    with pytest.raises(OutputError, match="was not written by kg"):
        output.write(tmp_path, makers("one"), {})
    assert names(tmp_path) == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_a_failed_build_leaves_the_previous_one(tmp_path: Path) -> None:
    def fails(path: Path) -> None:
        raise ValueError(f"{path.name} is broken")

    output.write(tmp_path, makers("one"), {})
    with pytest.raises(ValueError, match="broken"):
        output.write(tmp_path, {**makers("two"), "c.txt": fails}, {})
    assert state(tmp_path) == {"one"}
    assert names(tmp_path) == [COPY, "a.txt", "b.txt", MANIFEST, "store"]


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "/tmp/kg-1/facts.nt"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OSError("IO error: No space left on device: While appending to file: store/000026.sst"),
    ],
)
def test_a_full_disk_is_reported(tmp_path: Path, error: OSError) -> None:
    def full(_: Path) -> None:
        raise error

    with pytest.raises(OutputError) as caught:
        output.write(tmp_path, {"a.txt": full}, {})
    full_disk = f"{tmp_path}: cannot be written: the disk is full. Make room and run it again."
    assert str(caught.value) == full_disk


def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    for attempt in (
        lambda: output.check(tmp_path / "out", ()),
        lambda: output.write(tmp_path / "out", {}, {}),
    ):
        with pytest.raises(OutputError, match="is a file, not a folder"):
            attempt()


def test_a_folder_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(**_: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(output.tempfile, "TemporaryFile", closed)
    with pytest.raises(OutputError, match=r"cannot be accessed \(Permission denied\)"):
        output.check(tmp_path, ())


def test_checking_creates_no_folder(tmp_path: Path) -> None:
    output.check(tmp_path / "out", ("a.txt",))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / "a.txt").unlink(), "is missing"),
        (lambda folder: (folder / "a.txt").write_text("longer"), "was changed or damaged"),
        (lambda folder: shutil.rmtree(folder / "store"), "is missing"),
        (lambda folder: (folder / MANIFEST).unlink(), "is missing"),
        (lambda folder: (folder / MANIFEST).write_bytes(bytes(9)), "is damaged"),
        (lambda folder: (folder / MANIFEST).write_text("[]"), "holds no graph"),
    ],
)
def test_damage_is_found_when_a_graph_is_opened(
    tmp_path: Path, damage: Callable[[Path], object], message: str
) -> None:
    output.write(tmp_path, makers("one"), {})
    damage(tmp_path)
    with pytest.raises(OutputError, match=message), output.reading(tmp_path):
        pass


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize("marked", [(), ("store",)])
def test_one_flipped_byte_is_found_in_any_file(tmp_path: Path, marked: tuple[str, ...]) -> None:
    output.write(tmp_path, makers("one"), {"kg": "1"}, marked)
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        data = path.read_bytes()
        for place in range(len(data)):
            path.write_bytes(flipped(data, place))
            if path.name == COPY:  # nothing reads it as long as build.json is undamaged
                assert [Path(problem.path) for problem in output.damaged(tmp_path)] == [path]
                continue
            with pytest.raises(OutputError), output.reading(tmp_path):
                pytest.fail(f"byte {place} of {path} was changed")
        path.write_bytes(data)
        with output.reading(tmp_path):  # unchanged, but rewritten
            assert output.damaged(tmp_path) == ()


def test_damage_with_unchanged_size_and_time_is_found_by_a_full_check(tmp_path: Path) -> None:
    output.write(tmp_path, makers("one"), {}, ("store",))
    for name in ("a.txt", "store/part"):
        (tmp_path / name).write_text("eno")
    found = output.damaged(tmp_path)
    assert [(problem.path, problem.what) for problem in found] == [
        (str(tmp_path / name), "was changed or damaged") for name in ("a.txt", "store/part")
    ]


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "damage", [Path.unlink, Path.touch, put_pipe, lambda path: path.write_bytes(b"[" * 9)]
)
def test_what_a_damaged_build_json_said_is_known_from_its_copy(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    output.write(tmp_path, makers("one"), {"kg": "1"})
    written = output.noted(tmp_path)
    damage(tmp_path / MANIFEST)
    assert written == output.noted(tmp_path)
    output.write(tmp_path, {"a.txt": makers("two")["a.txt"]}, {})
    assert names(tmp_path) == [COPY, "a.txt", MANIFEST]


def test_the_build_json_of_another_program_is_left_alone(tmp_path: Path) -> None:
    output.write(tmp_path, makers("one"), {})
    (tmp_path / MANIFEST).write_text('{"version": 2}')
    assert output.noted(tmp_path) is None
    with pytest.raises(OutputError, match="was not written by kg"):
        output.write(tmp_path, makers("two"), {})


def test_a_build_replaces_a_damaged_one(tmp_path: Path) -> None:
    output.write(tmp_path, makers("one"), {})
    data = (tmp_path / MANIFEST).read_bytes()
    (tmp_path / MANIFEST).write_bytes(data[:-40])
    with pytest.raises(OutputError, match="is damaged"), output.reading(tmp_path):
        pass
    output.write(tmp_path, makers("two"), {})
    assert state(tmp_path) == {"two"}


def test_no_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is not a folder"), output.reading(tmp_path / "none"):
        pass


KILLED_AT = """
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from test_output import makers
    from kg.write import output

    # Every call of the system that changes a name; the process dies before the nth.
    calls = {calls}
    def dying(function):
        def call(*values, **named):
            global calls
            calls -= 1
            if calls == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*values, **named)
        return call
    for name in ("mkdir", "rename", "unlink", "rmdir", "fsync"):
        setattr(os, name, dying(getattr(os, name)))
    output.write(Path({folder!r}), makers("two"), {{}})
    print("done")
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_build_killed_at_any_point_leaves_a_complete_graph(tmp_path: Path) -> None:
    seen = set()
    for calls in range(1, 60):
        folder = tmp_path / str(calls)
        output.write(folder, makers("one"), {})
        (folder / "notes.md").write_text("mine")
        script = KILLED_AT.format(tests=str(Path(__file__).parent), calls=calls, folder=str(folder))
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False
        )
        with output.reading(folder) as manifest:
            assert manifest.files
            build = state(folder)
        assert len(build) == 1, calls
        seen |= build
        output.write(folder, makers("three"), {})
        assert state(folder) == {"three"}
        assert names(folder) == [COPY, "a.txt", "b.txt", MANIFEST, "notes.md", "store"], calls
        if done.stdout:
            break
    assert done.stdout == "done\n"
    assert seen == {"one", "two"}


@pytest.mark.skipif(os.name == "nt", reason="needs flock")
def test_concurrent_builds_never_mix(tmp_path: Path) -> None:
    script = """
        import sys
        from pathlib import Path
        sys.path.insert(0, {tests!r})
        from test_output import makers
        from kg.write import output
        for _ in range(15):
            output.write(Path({folder!r}), makers({text!r}), {{}})
    """
    tests, folder = str(Path(__file__).parent), str(tmp_path / "out")
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script.format(tests=tests, folder=folder, text=text))]
        )
        for text in ("aaa", "bbb", "ccc")
    ]
    while any(build.poll() is None for build in builds):
        try:
            with output.reading(Path(folder)):
                assert len(state(Path(folder))) == 1
        except OutputError as error:
            assert "not a folder" in str(error) or "no graph" in str(error)  # before the first
    assert [build.returncode for build in builds] == [0, 0, 0]
    assert names(Path(folder)) == [COPY, "a.txt", "b.txt", MANIFEST, "store"]


def test_a_single_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old")
    with pytest.raises(ValueError, match="broken"), output.replacing(path) as new:
        new.write_text("half")
        raise ValueError("broken")
    assert (path.read_text(), names(tmp_path)) == ("old", ["graph.ttl"])
    with output.replacing(path) as new:
        new.write_text("new")
    assert (path.read_text(), names(tmp_path)) == ("new", ["graph.ttl"])


def test_the_manifest_is_json_with_digests(tmp_path: Path) -> None:
    output.write(tmp_path, makers("one"), {"documents": []})
    values = json.loads((tmp_path / MANIFEST).read_text())
    assert values["folders"] == ["store"]
    assert len(values["files"]["b.txt"]["sha256"]) == 64
