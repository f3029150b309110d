"""Cached readings: an article is not read twice, and the cache returns exactly what was stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg import ontology
from kg.extract import fingerprint, read_all
from kg.model import Document, Metadata, Reading
from kg.read import from_text
from kg.write.readings import ReadingCache
from kg.write.storage import StorageError

TEXT = "Ana Ruiz, the mayor of Lima, met Tom Reed on Tuesday. “I will sign,” she said. They toured it."


@pytest.fixture(scope="module")
def reading() -> Reading:
    return next(iter(read_all([document()], ontology.load())))


def document(text: str = TEXT, name: str = "a.txt", **metadata: str) -> Document:
    return replace(from_text(name, text), metadata=Metadata(**metadata))


@pytest.fixture
def kept(tmp_path: Path, reading: Reading) -> ReadingCache:
    readings = ReadingCache(tmp_path / "readings", "one reader")
    readings.put(reading)
    return readings


def test_a_stored_reading_is_read_back(kept: ReadingCache, reading: Reading) -> None:
    assert kept.get(document()) == reading


@pytest.mark.parametrize("agreement", [0.0, 0.667, None])
def test_the_agreement_of_a_second_parser_is_read_back(
    kept: ReadingCache, reading: Reading, agreement: float | None
) -> None:
    told = replace(reading, claims=tuple(replace(claim, agreement=agreement) for claim in reading.claims))
    assert told != reading
    kept.put(told)
    assert kept.get(document()) == told


def test_the_file_name_does_not_matter(kept: ReadingCache, reading: Reading) -> None:
    renamed = document(name="b.txt")
    assert kept.get(renamed) == replace(reading, document=renamed)


@pytest.mark.parametrize("other", [document(TEXT + " So"), document(date="2026-01-14")])
def test_another_text_or_date_is_another_reading(kept: ReadingCache, other: Document) -> None:
    assert kept.get(other) is None


def test_another_reader_version_reads_again(kept: ReadingCache) -> None:
    assert replace(kept, reader="another").get(document()) is None


@pytest.mark.parametrize("damage", [b"", b"no gzip", b"\x1f\x8b\x08\x00 cut"])
def test_a_damaged_file_is_ignored(kept: ReadingCache, damage: bytes) -> None:
    (path,) = kept.folder.iterdir()
    path.write_bytes(damage)
    assert kept.get(document()) is None


def test_a_truncated_file_is_ignored(kept: ReadingCache) -> None:
    (path,) = kept.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-40])
    assert kept.get(document()) is None


def test_readings_of_removed_articles_are_deleted(kept: ReadingCache) -> None:
    kept.keep_only([document()])
    assert len(list(kept.folder.iterdir())) == 1
    kept.keep_only([])
    assert not list(kept.folder.iterdir())


def test_an_unwritable_folder_does_no_harm(tmp_path: Path, reading: Reading) -> None:
    (tmp_path / "file").write_text("no folder")
    readings = ReadingCache(tmp_path / "file", "one reader")
    readings.put(reading)
    assert readings.get(document()) is None


def test_a_users_ontology_changes_the_key_of_readings(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("# nothing yet")
    assert fingerprint() == fingerprint() != fingerprint([tmp_path / "own.ttl"])


def test_an_object_store_caches_readings_too(reading: Reading) -> None:
    pytest.importorskip("fsspec")
    readings = ReadingCache("memory://bucket/readings", "one reader")
    assert readings.get(document()) is None
    readings.put(reading)
    assert readings.get(document()) == reading
    readings.keep_only([])
    assert readings.get(document()) is None


def test_an_object_store_without_a_driver_is_reported() -> None:
    with pytest.raises(StorageError, match="nowhere"):
        ReadingCache("nowhere://bucket", "one reader").get(document())
