import hashlib
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import BlockKind, Document, Problem
from kg.read import Source, from_text, read
from kg.read.article import MAX_FILE, other_language

TEXT = """\
Mayor opens bridge

5 March 2026

Ana Ruiz opened a bridge in Lima on Tuesday.
Subscribe to our newsletter
Tom Reed was there, and he said a word.
"""


def source(path: Path, data: bytes | str = TEXT) -> Source:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return Source(path, path.name)


def document(found: Document | Problem) -> Document:
    assert isinstance(found, Document), found
    return found


def problem(found: Document | Problem) -> Problem:
    assert isinstance(found, Problem), found
    return found


def test_an_article_is_read(tmp_path: Path) -> None:
    found = document(read(source(tmp_path / "a.txt")))
    assert found.text == (
        "Mayor opens bridge\n\n"
        "Ana Ruiz opened a bridge in Lima on Tuesday.\n\n"
        "Tom Reed was there, and he said a word."
    )
    assert [block.kind for block in found.blocks] == [
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]
    assert (found.id, found.metadata.title, found.metadata.date) == (
        "a.txt",
        "Mayor opens bridge",
        "2026-03-05",
    )


def test_letters_with_accents_are_one_character_and_found_in_the_file(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", TEXT.replace("Ana Ruiz", "Zoë Réau").replace("Lima", "Zürich"))
    found = document(read(source(tmp_path / "a.txt", text)))
    assert "Zoë Réau opened a bridge in Zürich on Tuesday." in found.text
    for name in ("Zoë Réau", "Zürich", "Tom Reed"):
        at = found.text.index(name)
        first, last = found.locate(at, at + len(name))
        assert text[first:last] == unicodedata.normalize("NFD", name)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_a_side_file_that_is_no_file_is_reported(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.toml")
    assert problem(read(source(tmp_path / "a.txt"))).what == "is not a file"


def test_a_block_is_found_in_the_file(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        path = tmp_path / "a.txt"
        found = document(read(source(path, TEXT.replace("\n", "\r\n").encode(encoding))))
        text = path.read_text(encoding="utf-8")
        for block in found.blocks:
            start, end = found.locate(block.start, block.end)
            assert text[start:end] == found.text[block.start : block.end]


def test_the_digest_covers_the_file_and_its_side_file(tmp_path: Path) -> None:
    alone = document(read(source(tmp_path / "a.txt")))
    assert alone.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    (tmp_path / "a.toml").write_text('publisher = "The Paper"', encoding="utf-8")
    assert document(read(Source(tmp_path / "a.txt", "a.txt"))).digest != alone.digest


def test_the_side_file_overrules(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('date = 2026-03-04\nauthor = "Jo Doe"', encoding="utf-8")
    found = document(read(source(tmp_path / "a.txt"))).metadata
    assert (found.title, found.date, found.authors) == ("Mayor opens bridge", "2026-03-04", ("Jo Doe",))


def test_the_date_in_a_file_name_counts_if_nothing_else_gives_one(tmp_path: Path) -> None:
    bare = "Ana Ruiz opened a bridge in Lima on Tuesday.\nTom Reed was there, and he said a word.\n"
    named = document(read(source(tmp_path / "2026-03-12-bridge.txt", bare)))
    unnamed = document(read(source(tmp_path / "bridge.txt", bare)))
    assert named.metadata.date == "2026-03-12"
    assert unnamed.metadata.date == ""
    assert named.digest != unnamed.digest  # a renamed article is read again
    assert document(read(source(tmp_path / "2026-03-12-other.txt"))).metadata.date == "2026-03-05"
    (tmp_path / "2026-03-12-third.toml").write_text("date = 2026-03-14")
    assert document(read(source(tmp_path / "2026-03-12-third.txt", bare))).metadata.date == "2026-03-14"


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://lowick.example/news/2026/03/05/bridge-opens", "2026-03-05"),
        ("https://lowick.example/bridge-opens-12345", ""),
    ],
)
def test_the_web_address_above_an_article_is_its_url_and_may_date_it(
    tmp_path: Path, address: str, day: str
) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(f"{address}\n\nThe mayor of Lowick opened the new bridge over the river on Tuesday.\n")
    document = read(Source(path, path.name))
    assert isinstance(document, Document)
    assert (document.metadata.url, document.metadata.date) == (address, day)
    assert document.text.startswith("The mayor")


def test_an_address_inside_an_article_is_not_its_url(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    told = "The mayor of Lowick opened the new bridge over the river on Tuesday."
    path.write_text(f"{told}\n\nhttps://lowick.example/2026/03/05/map\n\n{told}\n")
    document = read(Source(path, path.name))
    assert isinstance(document, Document)
    assert (document.metadata.url, document.metadata.date) == ("", "")


def test_an_invalid_side_file_excludes_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('titel = "x"', encoding="utf-8")
    found = problem(read(source(tmp_path / "a.txt")))
    assert found.path.endswith("a.toml")
    assert "titel" in found.what


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \n \n", "is empty"),
        (b"Home\nWorld\nSubscribe to our newsletter\n", "no sentence"),
        ("Президент прибыл в Лиму. Он встретился с министром.".encode(), "no sentence"),
        (b"The end.\x00\x00\x01", "NUL"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL"),
    ],
)
def test_a_file_without_an_article_is_a_problem(tmp_path: Path, data: bytes, what: str) -> None:
    found = problem(read(source(tmp_path / "a.txt", data)))
    assert what in found.what
    assert found.path == str(tmp_path / "a.txt")
    assert found.mend


def test_sizes_have_a_limit(tmp_path: Path) -> None:
    book = "The mayor opened a bridge in Lima, and she left.\n" * 50_000
    assert "characters" in problem(read(source(tmp_path / "a.txt", book))).what
    with (tmp_path / "b.txt").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    assert "larger" in problem(read(Source(tmp_path / "b.txt", "b.txt"))).what


def test_an_unopenable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = source(tmp_path / "a.txt")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "Permission denied" in problem(read(one)).what


def test_a_folder_or_a_pipe_with_the_name_of_an_article_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    os.mkfifo(tmp_path / "b.txt")
    for name in ("a.txt", "b.txt", "absent.txt"):
        assert "not a file" in problem(read(Source(tmp_path / name, name))).what


# -- Text without furniture ---------------------------------------------------------------------------


def test_given_text_is_unchanged() -> None:
    text = "Mayor opens bridge\n  March 05, 2026\nAna Ruiz opened a bridge .\n\nShare\n"
    found = from_text("1", text)
    assert found.text == text
    assert found.locate(3, 9) == (3, 9)
    assert [text[b.start : b.end] for b in found.blocks] == [
        line.strip() for line in text.split("\n") if line
    ]
    assert [b.kind for b in found.blocks][:2] == [BlockKind.TITLE, BlockKind.PARAGRAPH]
    assert (found.metadata.title, found.metadata.date) == ("Mayor opens bridge", "2026-03-05")


def test_a_given_date_overrides_a_date_line() -> None:
    assert from_text("1", "March 05, 2026\nThe end came soon.", "2026-03-06").metadata.date == "2026-03-06"


def test_a_single_line_is_not_a_title() -> None:
    assert [b.kind for b in from_text("1", "He was born in Lima").blocks] == [BlockKind.PARAGRAPH]


def test_lone_surrogates_are_replaced_without_moving_anything() -> None:
    found = from_text("1", "A \ud83d bridge opened.")
    assert found.text == "A \ufffd bridge opened."


def test_empty_text_is_an_empty_document() -> None:
    assert from_text("1", "").blocks == ()


def test_a_name_of_maximum_length_has_no_side_file(tmp_path: Path) -> None:
    document(read(source(tmp_path / f"{'a' * 251}.txt")))  # with ".toml" it would be longer


def test_a_side_file_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "secret.toml").write_text('title = "x"', encoding="utf-8")
    article = source(tmp_path / "news" / "a.txt")
    side = tmp_path / "news" / "a.toml"
    side.symlink_to(side)
    assert "is a link to no file" in problem(read(article)).what
    side.unlink()
    side.symlink_to(tmp_path / "secret.toml")
    assert document(read(article)).metadata.title == "x"  # `article` was named explicitly
    inside = Source(article.path, "a.txt", str(tmp_path / "news"))
    assert "leads out of the folder" in problem(read(inside)).what


def test_an_article_on_which_reading_fails_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("kg.read.article.line_kinds.arrange", fail)
    found = problem(read(source(tmp_path / "a.txt")))
    assert found.what == "makes kg fail (RecursionError: too deep)"


GERMAN = """\
Die Ministerin eröffnete am Dienstag eine Brücke in Lima, und viele Menschen kamen, um sie zu sehen.
Sie sagte, dass die Brücke lange halten werde und dass die Stadt stolz auf sie sein könne. Der
Bürgermeister dankte ihr und allen, die an der Brücke gebaut haben. Die Arbeiten hatten im Jahr 2019
begonnen und wurden zweimal unterbrochen, weil das Geld fehlte. Nun fahren die ersten Busse über den
Fluss, und im Sommer sollen auch die Bahnen folgen, wie der Bürgermeister ankündigte. Die Ministerin
reiste am Abend weiter in den Süden des Landes.
"""


SHORT = {
    "de": "Der Kanzler traf am Montag in Berlin den französischen Präsidenten. Sie sprachen über die Lage "
    "der Wirtschaft und die gemeinsame Verteidigung. Am Abend reiste er nach Paris weiter.",
    "fr": "Le ministre a rencontré lundi à Paris le président allemand. Ils ont parlé de la situation "
    "économique et de la défense commune. Dans la soirée, il s'est rendu à Bruxelles.",
    "pl": "Prezydent spotkał się w poniedziałek w Warszawie z premierem Francji. Rozmawiali o sytuacji "
    "gospodarczej i wspólnej obronie. Wieczorem udał się do Paryża.",
    "": "Mayor José Müller met Wojciech Kowalski of the Frente Amplio in Zürich on Monday. The two praised "
    "the Alliance Française and the Goethe-Institut, and Müller left for São Paulo.",
}


@pytest.mark.parametrize("language", SHORT)
def test_the_language_of_a_short_article(language: str) -> None:
    assert other_language(SHORT[language]) == language
    assert other_language(SHORT[language][:100]) == ""


def test_an_article_in_another_language_is_reported_unless_requested(tmp_path: Path) -> None:
    german = source(tmp_path / "a.txt", GERMAN)
    assert problem(read(german)).what == 'is in a language other than English ("de")'
    document(read(german, any_language=True))
