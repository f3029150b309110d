import textwrap

from kg.read.text import lines


def texts(source: str) -> list[str]:
    return [line.text for line in lines(source)]


def test_a_line_is_a_paragraph() -> None:
    assert texts("One sentence.\nAnother one.\n\nA third.") == ["One sentence.", "Another one.", "A third."]


def test_a_line_that_ends_with_an_open_word_continues_below() -> None:
    found = lines("The new bridge over the river was built by\nNorvex, a company in Lund.\n")
    assert [line.text for line in found] == [
        "The new bridge over the river was built by Norvex, a company in Lund."
    ]
    byline = lines("The new bridge\nWritten by\nAna Ruiz\nIt is of steel and wood.\n")
    assert len(byline) == 4


def test_text_may_be_wrapped_at_a_hundred_columns_and_more() -> None:
    words = " ".join(["Ana Ruiz walked over the long bridge to the market and sold her fish there."] * 8)
    wrapped = textwrap.fill(words, 118)
    assert [line.text for line in lines(wrapped)] == [words]


def test_hard_wrapped_text_is_joined() -> None:
    source = (
        "MAYOR OPENS BRIDGE\n\n"
        "Ana Ruiz, the mayor of Lima, opened a bridge over the river on Tuesday,\n"
        "two years after a ferry had sunk there with four people on board. Tom\n"
        "Reed was there.\n\n"
        "He sells fish, and he had waited for a way to the market that does not\n"
        "depend on the weather.\n"
    )
    found = lines(source)
    assert [line.text[:12] for line in found] == ["MAYOR OPENS ", "Ana Ruiz, th", "He sells fis"]
    assert found[1].text.endswith("on board. Tom Reed was there.")
    assert "does not depend" in found[2].text


def test_short_lines_of_a_menu_are_not_joined() -> None:
    assert texts("Home\nWorld\nSport") == ["Home", "World", "Sport"]


def test_long_paragraphs_on_single_lines_stay_separate() -> None:
    first, second = "The mayor opened a bridge. " * 8, "The council was there. " * 9
    assert texts(f"{first}\n{second}") == [first.strip(), second.strip()]


def test_a_sentence_broken_at_a_link_is_joined() -> None:
    assert texts("The mayor told the\nlocal radio that she would stay.") == [
        "The mayor told the local radio that she would stay."
    ]


def test_a_title_above_a_lower_case_button_is_not_joined() -> None:
    assert texts("Mayor of Lima opens bridge over the wide river\nshare") == [
        "Mayor of Lima opens bridge over the wide river",
        "share",
    ]


def test_bullets_are_removed_and_recorded() -> None:
    found = lines("- one thing\n-\nanother\n• a third\n-5 degrees")
    assert [(line.text, line.bullet) for line in found] == [
        ("one thing", True),
        ("another", True),
        ("a third", True),
        ("-5 degrees", False),
    ]


def test_spaces_and_invisible_characters_are_removed_and_offsets_kept() -> None:
    source = "\ufeff  The\u00a0ma\u00adyor \t left.  "
    (line,) = lines(source)
    assert line.text == "The mayor left."
    first, last = line.segments[0], line.segments[-1]
    assert source[first.source_start] == "T"
    assert source[last.source_start : last.source_start + last.source_length] == "left."


def test_character_references_are_decoded_and_offsets_kept() -> None:
    source = "Jos&#233; Ruiz &amp; Son paid AT&T for R&D at lima.example/?a=1&copy=2."
    (line,) = lines(source)
    assert line.text == "José Ruiz & Son paid AT&T for R&D at lima.example/?a=1&copy=2."
    segment = next(s for s in line.segments if s.start <= line.text.index("paid") < s.start + s.length)
    at = segment.source_start + line.text.index("paid") - segment.start
    assert source[at:].startswith("paid")


def test_an_apostrophe_lost_by_an_encoding_is_restored() -> None:
    assert texts("Peru&#191;s mayor didn¿t leave. ¿Qué? Está bien, ¿sí?") == [
        "Peru’s mayor didn’t leave. ¿Qué? Está bien, ¿sí?"
    ]
