"""Sorted files are searched and changed like sorted lists."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf import sorted_file
from kg.rdf.sorted_file import SortedFile

WORDS = st.text("abé\0", max_size=9).map(str.encode)


def key(line: bytes) -> bytes:
    return line[:-1]


@given(st.sets(WORDS, max_size=40), st.sets(WORDS, max_size=20), st.integers(1, 9))
def test_a_changed_file_is_a_sorted_list_with_the_same_changes(
    there: set[bytes], asked: set[bytes], block: int
) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patched:
        patched.setattr(sorted_file, "_BLOCK", block)
        old, new = Path(name) / "old", Path(name) / "new"
        old.write_bytes(b"".join(word + b"\n" for word in sorted(there)))
        with SortedFile(old, key) as file:
            for word in sorted(asked):
                assert file.find(word) == (word in there)
                if word in there:
                    file.remove()
                else:
                    file.add(word + b"\n")
            file.write(new)
        assert new.read_bytes() == b"".join(word + b"\n" for word in sorted(there ^ asked))


def test_a_line_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"a 1\nb 1\nc 1\n")
    with SortedFile(tmp_path / "old", lambda line: line[:1]) as file:
        assert file.find(b"b")
        file.remove()
        file.add(b"b 22\n")
        file.write(tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"a 1\nb 22\nc 1\n"


def test_few_lines_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_file, "_BLOCK", 64)
    words = [f"{number:06}".encode() for number in range(100_000)]
    (tmp_path / "old").write_bytes(b"".join(word + b"\n" for word in words))
    seen: list[bytes] = []

    def noting(line: bytes) -> bytes:
        seen.append(line)
        return line[:-1]

    with SortedFile(tmp_path / "old", noting) as file:
        assert all(map(file.find, words[::5_000]))
    assert len(seen) < 20 * 30
