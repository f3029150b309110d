import codecs
from pathlib import Path

import pytest

from kg.read import UndecodableError, decode

ENGLISH = "The café’s owner, José Núñez — who paid £40 — said: “It’s over.” He left the town on Tuesday.\n"
POLISH = "Premier Jan Wójcik powiedział w Łodzi, że umowa została zawarta.\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_of_english_news_are_reported(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)).text.lstrip("\ufeff") == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("El Niño brought rain to the north of Peru, and the price of fish rose by a third.\n", "latin-1"),
        (POLISH, "iso8859-2"),
    ],
)
def test_other_encodings_are_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_the_declared_encoding_overrides_detection() -> None:
    page = '<html><meta charset="koi8-r"><p>Жук</p>'
    assert decode(page.encode("koi8-r")).text == page


def test_a_wrong_declaration_does_not_beat_utf8() -> None:
    page = '<meta charset="latin-1"><p>José</p>'
    assert decode(page.encode()).text == page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_offsets_are_those_of_pythons_decoded_text(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ENGLISH.replace("\n", end).encode(encoding) * 2)
    decoded = decode(path.read_bytes())
    assert decoded.text == path.read_text(encoding=decoded.encoding)


def test_a_byte_order_mark_of_utf8_is_a_character() -> None:
    assert decode(codecs.BOM_UTF8 + b"The end.").text == "\ufeffThe end."


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02" * 50, bytes(range(1, 32)) * 9, b"PK\x03\x04\x00\x00The end.", b"Text\x00more text"],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(data)


def test_broken_utf8_is_refused_with_its_place() -> None:
    with pytest.raises(UndecodableError, match=r"line 2"):
        decode("Ein Mann – so heißt es – ging über die Straße.\n".encode() + b"\xff\xfe broken")
