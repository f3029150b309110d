"""Where sentences may begin, as determined before parsing."""

import pytest

from kg.language.boundaries import BEGINS, CONTINUES, FREE, marks


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], []),
        (["Ana"], [FREE]),
        (["Ana", "left", ".", "Tom"], [FREE, CONTINUES, CONTINUES, FREE]),
        (["Ana", "\n", "Tom"], [FREE, FREE, BEGINS]),
        (["Ana", " \n\n ", "  ", "Tom"], [FREE, FREE, FREE, BEGINS]),
        (["\n", "Ana"], [FREE, BEGINS]),
        (["Ana", "  ", "left"], [FREE, FREE, CONTINUES]),
        (["”", "Tom"], [FREE, FREE]),
    ],
)
def test_sentence_boundaries(words: list[str], expected: list[int]) -> None:
    assert marks(words) == expected
