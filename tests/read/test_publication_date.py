import pytest

from kg.read.publication_date import date_line, dateline, opening_date, told


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("15 January 2026 08:54", "2026-01-15"),
        ("Thursday, May 7, 2015", "2015-05-07"),
        ("Published Jan. 3, 2020", "2020-01-03"),
        ("First published on 3rd of March 2020 at 10.15 am GMT", "2020-03-03"),
        ("2026-01-15", "2026-01-15"),
        ("2026-01-15T08:54:00+09:00", "2026-01-15"),
        ("2026/1/5", "2026-01-05"),
        ("25/03/2025", "2025-03-25"),
        ("03/25/2025", "2025-03-25"),
        ("04.04.2025", "2025-04-04"),
        ("Fri, 06 Mar 2026 10:00:00 +0000", "2026-03-06"),
        ("10:30 AM EST, Mon March 3, 2025", "2025-03-03"),
        ("Published 3 May 2026 (updated 4 May 2026)", "2026-05-03"),
        ("Lima, March 3, 2026", "2026-03-03"),
        ("Date: Sept. 3, 2020", "2020-09-03"),
        ("January 2026", "2026-01"),
        ("Posted on March 5, 2026 by admin", "2026-03-05"),
    ],
)
def test_a_date_on_its_own_line_dates_the_article(line: str, day: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.date == day


@pytest.mark.parametrize("line", ["03/04/2025", "31 February 2020", "2026-13-01"])
def test_an_ambiguous_or_invalid_date_is_ignored(line: str) -> None:
    found = date_line(line)
    assert found is None or found.date == ""


@pytest.mark.parametrize(
    "line",
    [
        "The bridge opened on 5 March 2026",
        "May 2015 was hot in Lima.",
        "On 5 March 2026, the bridge opened.",
        "Tuesday, 13 January",
        "Room 2026-01-15-7",
        "Updated 5 hours ago",
        "",
    ],
)
def test_a_date_in_a_sentence_or_without_a_year_is_not_a_date_line(line: str) -> None:
    assert date_line(line) is None


def test_updates_are_distinguished_from_publication() -> None:
    changed, published = date_line("Last updated: 3 March 2024"), date_line("Posted 3 March 2024")
    assert changed and changed.label == "updated"
    assert published and published.label == "published"


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("Friday, May 8, 2026 On Tuesday, the council met.", "On Tuesday, the council met.", "2026-05-08"),
        ("3 March 2024 — “We won,” said Ruiz.", "“We won,” said Ruiz.", "2024-03-03"),
    ],
)
def test_the_sentence_after_an_opening_date_is_kept(text: str, rest: str, day: str) -> None:
    found = opening_date(text)
    assert found is not None
    assert (text[found.end :], found.date) == (rest, day)


@pytest.mark.parametrize(
    "text", ["Friday, May 8, 2026, was a cold day.", "May 8, 2026 saw rain.", "On May 8, 2026, Ana Ruiz won."]
)
def test_a_date_within_the_first_sentence_is_not_an_opening_date(text: str) -> None:
    assert opening_date(text) is None


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("LIMA, March 3 (Agency) - The council met.", "The council met.", ""),
        ("LIMA, March 3, 2026 (Agency) — The council met.", "The council met.", "2026-03-03"),
        ("LIMA, Peru (AP) — The council met.", "The council met.", ""),
        ("LIMA, March 5, 2026 /PRWire/ -- Bridge Corp. won.", "Bridge Corp. won.", "2026-03-05"),
        ("NEW YORK/LIMA, 3 March 2024 (Reuters) - “No.”", "“No.”", "2024-03-03"),
    ],
)
def test_a_dateline_is_removed_and_its_full_date_is_used(text: str, rest: str, day: str) -> None:
    found = dateline(text)
    assert found is not None
    assert (text[found.end :], found.date) == (rest, day)


@pytest.mark.parametrize(
    "text",
    [
        "NATO — the alliance — met.",
        "Lima - The city grew.",
        "A US-Peru pact was signed.",
        "PERU: a country report",
    ],
)
def test_capitals_alone_are_not_a_dateline(text: str) -> None:
    assert dateline(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The port opens today, 5 March 2026.", "2026-03-05"),
        ("Ruiz won yesterday (Wednesday, 4 March 2026).", "2026-03-05"),
        ("They met on Tuesday (Jan 13, 2026).", "2026-01"),
        ("They met on Friday (Jan 2, 2026).", ""),  # the days around this date lie in two years
        ("They met on Friday (Jan 30, 2026).", "2026"),
    ],
)
def test_the_publication_date_is_inferred_from_sentences(text: str, day: str) -> None:
    assert told([text]) == day


@pytest.mark.parametrize(
    "text",
    [
        "They met on Tuesday (Jan 13).",
        "They met on 13 January 2026.",
        "They met on Tuesday, January 13, 2026.",
        "They met on Monday (Jan 13, 2026).",  # 13 January 2026 was a Tuesday
        "“Today, 5 March 1990, we are free,” he had said.",
        "The fleet was sunk on Sunday (7 December 1941). The war ended in 1945.",
        "The port opens today, 5 March 2026. It was named today, 6 March 2026.",
    ],
)
def test_uncertain_dates_stay_unresolved(text: str) -> None:
    assert told([text]) == ""
