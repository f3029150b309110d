"""Words are cut as in BERT."""

import pytest

from kg.language.news.pieces import MOST, Pieces, parts, shape

PIECES = [
    "[UNK]",
    "un",
    "##aff",
    "##able",
    "##a",
    "aff",
    "a",
    "##b",
    "'",
    "-",
    "cote",
    "d",
    "or",
    "$",
    "5",
    "李",
    "ø",
]


@pytest.fixture
def pieces() -> Pieces:
    return Pieces({piece: number for number, piece in enumerate(PIECES)})


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("unaffable", ["un", "##aff", "##able"]),
        ("UNAFFABLE", ["un", "##aff", "##able"]),
        ("affable", ["aff", "##able"]),
        ("abab", ["a", "##b", "##a", "##b"]),
        ("ab", ["a", "##b"]),
        ("Côte", ["cote"]),
        ("Co\u0302te", ["cote"]),
        ("d'or", ["d", "'", "or"]),
        ("d-xyz-or", ["d", "-", "[UNK]", "-", "or"]),
        ("$5", ["$", "5"]),
        ("李李", ["李", "李"]),
        ("Ø", ["ø"]),  # a letter, no accent
        ("", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("\u0301", ["[UNK]"]),
        ("a" * 101, ["[UNK]"]),
        ("-------", ["-"] * MOST),
    ],
)
def test_a_word_is_cut(pieces: Pieces, word: str, expected: list[str]) -> None:
    assert [PIECES[number] for number in pieces.of(word)] == expected
    assert [PIECES[number] for number in pieces.of(word)] == expected  # cached


def test_a_vocabulary_has_one_piece_per_line(tmp_path) -> None:
    (tmp_path / "vocab.txt").write_text("[PAD]\n[UNK]\nlima\n\u2028\n", encoding="utf-8")
    held = Pieces.load(tmp_path / "vocab.txt")
    assert held.vocabulary == {"[PAD]": 0, "[UNK]": 1, "lima": 2, "\u2028": 3}
    assert held.of("Lima") == (2,)


def test_ascii_words_are_cut_like_all_others() -> None:
    assert parts("Lima7") == ["lima7"]
    assert parts("U.S.") == ["u", ".", "s", "."]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *(("A", 2), ("UN", 1), ("U.S.", 1), ("COVID-19", 1), ("'S", 1)),
        *(("Reed", 2), ("McCoy", 2), ("iPhone", 3), ("élan", 5), ("boat", 5), ("日本", 5)),
        *(("2026", 4), ("²", 4), ("3.5", 6), ("don't", 6), ("", 6), ("…", 6)),
    ],
)
def test_shapes(word: str, expected: int) -> None:
    assert shape(word) == expected
