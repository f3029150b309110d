"""Whole invented pages: each shows one case in which only the neighbours of a line decide."""

from kg.model import BlockKind
from kg.read.line_kinds import Layout, arrange
from kg.read.text import lines

FIRST = "Ana Ruiz, the mayor of Lima, opened a bridge over the river on Tuesday."
SECOND = "It replaces a ferry that sank in 2019, and took two years to build."
THIRD = "Tom Reed, who sells fish, said that he had waited long for it."


def page(*parts: str) -> Layout:
    return arrange(lines("\n".join(parts)))


def kept(layout: Layout, kind: BlockKind) -> list[str]:
    return [line.text for line, own in layout.kept if own is kind]


def texts(layout: Layout) -> list[str]:
    return [line.text for line, _ in layout.kept]


def test_a_plain_article_is_kept_whole() -> None:
    layout = page("Mayor opens bridge", "", FIRST, "", SECOND)
    assert [(line.text, kind) for line, kind in layout.kept] == [
        ("Mayor opens bridge", BlockKind.TITLE),
        (FIRST, BlockKind.PARAGRAPH),
        (SECOND, BlockKind.PARAGRAPH),
    ]


def test_an_article_may_begin_without_a_title() -> None:
    layout = page(FIRST, SECOND)
    assert layout.title == ""
    assert kept(layout, BlockKind.PARAGRAPH) == [FIRST, SECOND]


def test_menus_above_the_title_and_below_the_article_are_removed() -> None:
    layout = page(
        *("Home", "Americas", "Night theme", "WORLD", "", "Long-awaited bridge opens in Lima Video", ""),
        *("3 March 2026 09:15", "", FIRST, SECOND, "", "By Jo Doe", "", "The Paper", "Views: 12"),
        *(
            "Liked the story? Share it on social media!",
            "Follow us on Telegram",
            "WORLD",
            "The best of the day",
        ),
    )
    assert layout.title == "Long-awaited bridge opens in Lima"
    assert texts(layout) == [layout.title, FIRST, SECOND]
    assert (layout.date, layout.authors) == ("2026-03-03", ("Jo Doe",))


def test_a_title_of_two_words_is_found() -> None:
    assert page("Bridge day", "", FIRST, SECOND).title == "Bridge day"


def test_a_question_may_be_the_title() -> None:
    assert (
        page("Who will pay for the new bridge?", "", FIRST, SECOND).title
        == "Who will pay for the new bridge?"
    )


def test_a_title_in_capitals_of_each_word_keeps_its_last_word() -> None:
    title = "Mayor Resigns Over Leaked Video"
    assert page(title, "", FIRST, SECOND).title == title


def test_a_video_icon_after_the_title_is_removed() -> None:
    assert page("Mayor opens bridge (VIDEO)", "", FIRST, SECOND).title == "Mayor opens bridge"


def test_crossheads_are_headings() -> None:
    layout = page(FIRST, "TWO DAYS OF FEASTS", SECOND, "What comes next", THIRD)
    assert kept(layout, BlockKind.HEADING) == ["TWO DAYS OF FEASTS", "What comes next"]


def test_a_subscription_box_inside_an_article_is_removed() -> None:
    layout = page(
        FIRST,
        *(
            "Subscribe to The Paper’s Evening Letter",
            "A machine-made choice of our best stories for your evening.",
        ),
        "This service is only for adults. By clicking subscribe, I agree to receive offers from The Paper.",
        *("Loading", SECOND),
    )
    assert texts(layout) == [FIRST, SECOND]


def test_a_box_of_several_lines_is_removed() -> None:
    layout = page(
        FIRST, "Get short news in a new", "kind of card. Try it once.", "Tap here for more", "CARDS", SECOND
    )
    assert texts(layout) == [FIRST, SECOND]


def test_other_stories_under_their_heading_are_removed_and_the_article_continues() -> None:
    other = "A Town Moves: Two hundred families left the valley before the flood."
    layout = page(FIRST, "More on Peru", "-", other, "-", "Fish War: Boats from two ports clashed.", SECOND)
    assert texts(layout) == [FIRST, SECOND]


def test_other_stories_without_bullets_are_removed() -> None:
    layout = page(FIRST, "Read also", "Ferry sinks off Callao", "Council splits over budget", SECOND)
    assert texts(layout) == [FIRST, SECOND]


def test_a_link_to_another_story_is_removed() -> None:
    assert texts(page(FIRST, "READ MORE: Ferry sinks off Callao", SECOND)) == [FIRST, SECOND]


def test_a_sentence_that_begins_like_a_teaser_is_kept() -> None:
    sentence = "More on the island have fled since the flood, the mayor said."
    assert texts(page(FIRST, sentence, SECOND)) == [FIRST, sentence, SECOND]


def test_a_list_of_the_article_itself_is_kept() -> None:
    layout = page(
        FIRST, "The council decided:", "- two ferries will be sold", "- the old pier closes", SECOND
    )
    assert texts(layout) == [
        FIRST,
        "The council decided:",
        "two ferries will be sold",
        "the old pier closes",
        SECOND,
    ]


def test_a_caption_is_recognised_by_its_credit() -> None:
    below = "Ana Ruiz, left, and Tom Reed walk on the bridge in Lima on Tuesday."
    layout = page(FIRST, below, "Photo: Jo Doe / AFP", SECOND)
    assert kept(layout, BlockKind.CAPTION) == [below]
    layout = page(FIRST, below + " (Photo by Jo Doe)", SECOND)
    assert kept(layout, BlockKind.CAPTION) == [below]


def test_sources_and_categories_at_the_end_are_removed() -> None:
    layout = page(
        *("Mayor opens bridge", "", FIRST, SECOND, "", "Sources", ""),
        *(
            "Jo Doe. “New bridge in Lima” — The Paper, March 3, 2026",
            "",
            "“Bridge opens.” — Radio, March 4, 2026",
        ),
        *("", "Categories: March 3, 2026 Peru Bridges"),
    )
    assert texts(layout) == ["Mayor opens bridge", FIRST, SECOND]


def test_sentences_about_the_journalists_are_facts() -> None:
    foot = ["Ann Poe contributed reporting from Cusco.", "Jo Doe is the Lima bureau chief for The Paper."]
    assert texts(page(FIRST, SECOND, *foot)) == [FIRST, SECOND, *foot]


def test_the_line_of_a_feed_gives_title_and_publisher() -> None:
    layout = page(FIRST, SECOND, "The post Mayor Opens Bridge appeared first on The Paper.")
    assert (layout.title, layout.publisher) == ("Mayor Opens Bridge", "The Paper")
    assert texts(layout) == [FIRST, SECOND]


def test_the_copyright_line_gives_the_publisher() -> None:
    assert page(FIRST, "© 2026 The Lima Paper. All rights reserved.").publisher == "The Lima Paper"
    assert page(FIRST, "Paper.example © 2026.").publisher == "Paper.example"


def test_a_pull_quote_is_kept_once() -> None:
    assert texts(page(FIRST, SECOND, FIRST, THIRD)) == [FIRST, SECOND, THIRD]


def test_a_date_at_the_start_of_the_first_paragraph_is_removed() -> None:
    layout = page("Mayor opens bridge", "", "Friday, May 8, 2026 " + FIRST)
    assert layout.date == "2026-05-08"
    assert texts(layout) == ["Mayor opens bridge", FIRST]


def test_a_dateline_is_removed() -> None:
    layout = page("LIMA, March 3, 2026 (Agency) - " + FIRST, SECOND)
    assert (layout.date, texts(layout)) == ("2026-03-03", [FIRST, SECOND])


def test_a_date_between_paragraphs_is_not_the_publication_date() -> None:
    layout = page("A life in Lima", "", FIRST, "7 May 1998", SECOND, "9 June 2001", THIRD)
    assert layout.date == ""


def test_two_dates_above_the_title_are_ignored() -> None:
    assert page("7 May 2024", "9 May 2024", "Mayor opens bridge today", "", FIRST, SECOND).date == ""


def test_the_date_below_the_title_is_used() -> None:
    assert page("9 May 2024", "", "Mayor opens bridge", "", "7 May 2024", FIRST, SECOND).date == "2024-05-07"


def test_the_date_of_an_update_is_not_the_publication_date() -> None:
    assert page("Mayor opens bridge", "Last updated 7 May 2024", FIRST).date == ""
    head = ("Mayor opens bridge", "Updated 9 May 2024", "Published 7 May 2024")
    assert page(*head, FIRST).date == "2024-05-07"


def test_the_date_after_a_byline_is_used() -> None:
    layout = page("Mayor opens bridge", "By Jo Doe | 3 March 2024 | 5 min read", FIRST)
    assert (layout.date, layout.authors) == ("2024-03-03", ("Jo Doe",))


def test_a_page_of_menus_only_keeps_nothing() -> None:
    assert page("Home", "World", "Sign up for our newsletter", "© 2026 The Paper").kept == ()


def test_every_line_is_kept_or_dropped() -> None:
    parts = ("Home", "Mayor opens bridge", FIRST, "More on Peru", "Ferry sinks", SECOND, "Share")
    layout = page(*parts)
    assert len(layout.kept) + len(layout.dropped) == len(parts)


def test_lines_between_byline_and_text_do_not_hide_the_title() -> None:
    layout = page(
        *(
            "Home",
            "World",
            "Sport",
            "Mayor of Lima opens long-awaited bridge",
            "3 hours ago",
            "Share",
            "Save",
        ),
        *("Jo Doe", "Americas correspondent", "Ana Ruiz cut a ribbon on the bridge", FIRST, SECOND),
    )
    assert layout.title == "Mayor of Lima opens long-awaited bridge"


def test_the_window_title_above_the_title_is_removed() -> None:
    layout = page("Mayor opens bridge | Lima News - The Paper", "News", "Mayor opens bridge", "", FIRST)
    assert texts(layout) == ["Mayor opens bridge", FIRST]


def test_a_link_to_a_video_is_removed() -> None:
    assert texts(page(FIRST, "Watch: Mayor opens bridge in Lima", SECOND)) == [FIRST, SECOND]


def test_a_question_among_other_stories_is_removed() -> None:
    assert texts(page(FIRST, SECOND, "Trending stories", "What is the price of fish today?")) == [
        FIRST,
        SECOND,
    ]


def test_the_word_file_before_a_caption_is_removed() -> None:
    layout = page(FIRST, "FILE - Ana Ruiz speaks in Lima in 2019. (AP Photo/Jo Roe, File)", SECOND)
    assert kept(layout, BlockKind.CAPTION) == ["Ana Ruiz speaks in Lima in 2019."]


def test_a_place_with_a_colon_is_a_dateline_only_in_the_first_paragraph() -> None:
    layout = page("LIMA: " + FIRST, "RUIZ: We waited too long for this bridge.")
    assert texts(layout) == [FIRST, "RUIZ: We waited too long for this bridge."]
