"""Documents are cut into paragraphs, and long paragraphs where a sentence may end."""

from hypothesis import given
from hypothesis import strategies as st

from kg.language import boundaries
from kg.language.news.windows import Window, batches, windows


def cut(text: str, longest: int = 100) -> list[list[str]]:
    """The windows of a text of words and line breaks, separated by spaces. Each letter is a piece."""
    words = [word.replace("_", " ") for word in text.replace("|", "\n").split(" ")]
    lengths = [0 if word.isspace() else len(word) for word in words]
    found = windows(boundaries.marks(words), lengths, longest)
    assert all(window.pieces == 2 + sum(lengths[i] for i in window.words) for window in found)
    return [[words[i] for i in window.words] for window in found]


def test_a_window_is_a_paragraph() -> None:
    assert cut("Ana left . Tom | Reed . ||") == [["Ana", "left", ".", "Tom"], ["Reed", "."]]


def test_spaces_are_in_no_window() -> None:
    assert cut("_ Ana __ left ||_ _ Tom") == [["Ana", "left"], ["Tom"]]
    assert cut("| _ |") == []
    assert windows([], [], 9) == ()


def test_one_word() -> None:
    assert cut("Ana") == [["Ana"]]
    assert windows([boundaries.FREE], [1], 9) == (Window((0,), (True,), 3),)


def test_a_long_paragraph_is_cut_where_a_sentence_may_end() -> None:
    assert cut("aa . bb . cc dd", 9) == [["aa", ".", "bb", "."], ["cc", "dd"]]
    assert cut("aa . bb cc dd . ee", 9) == [["aa", "."], ["bb", "cc", "dd", "."], ["ee"]]


def test_it_is_cut_as_late_as_possible() -> None:
    assert cut("a . b . c", 6) == [["a", ".", "b", "."], ["c"]]
    assert cut("a . b . c", 7) == [["a", ".", "b", ".", "c"]]
    assert cut("a . b . c", 5) == [["a", "."], ["b", ".", "c"]]


def test_without_a_possible_boundary_it_is_cut_anywhere() -> None:
    assert cut("aa bb cc dd ee", 6) == [["aa", "bb"], ["cc", "dd"], ["ee"]]
    assert cut("aaaaaaaaa bb", 6) == [["aaaaaaaaa"], ["bb"]]  # a single word always fits


def test_where_a_sentence_may_begin() -> None:
    words = ["Ana", "left", ".", "Tom", "\n", "Reed", "left"]
    found = windows(boundaries.marks(words), [1, 1, 1, 1, 0, 1, 1], 99)
    assert [window.free for window in found] == [(True, False, False, True), (False, False)]


@given(st.lists(st.tuples(st.sampled_from([-1, 0, 1]), st.integers(0, 6)), max_size=60), st.integers(8, 20))
def test_every_word_is_in_one_window(given: list[tuple[int, int]], longest: int) -> None:
    marks, lengths = [mark for mark, _ in given], [length for _, length in given]
    found = windows(marks, lengths, longest)
    assert [i for window in found for i in window.words] == [i for i, length in enumerate(lengths) if length]
    assert all(window.words and window.pieces <= longest for window in found)
    assert all(marks[i] != boundaries.BEGINS for window in found for i in window.words[1:])
    batched = [window for batch in batches(found, 30) for window in batch]
    assert sorted(batched, key=lambda window: window.words) == list(found)


def test_a_batch_has_windows_of_similar_length() -> None:
    some = [Window((at,), (True,), pieces) for at, pieces in enumerate([10, 50, 9, 10, 3, 200])]
    found = [[window.pieces for window in batch] for batch in batches(some, 40)]
    assert found == [[200], [50], [10, 10, 9, 3]]
