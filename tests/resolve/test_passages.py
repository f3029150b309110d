"""Long shared passages show that one text is copied from another; shared quotations do not."""

from kg.resolve.sources.passages import SharedPassages, length, marks, shared

HALL = "Inside the old hall the two ministers sat at small desks and began to write letters home"
OTHER = "A storm blew the roof off a school near the harbour but nobody was hurt in the night"


def _shared(texts: list[str]) -> list[SharedPassages]:
    return shared(texts, list(map(marks, texts)))


def test_a_passage_is_found_in_both_articles() -> None:
    one, other = f"{OTHER}. {HALL}.", f"{HALL.replace('letters', 'long letters')}."
    (found,) = _shared([one, other])
    ((start, end),) = found.passages[1]
    assert other[start:end] == "Inside the old hall the two ministers sat at small desks and began to write"
    ((start, end),) = found.passages[0]
    assert one[start:end] == "Inside the old hall the two ministers sat at small desks and began to write"
    assert found.words == 15
    assert found.shares == (0.429, 0.833)


def test_a_shared_quotation_is_not_a_copy() -> None:
    said = f"“{HALL},” she said."
    assert _shared([f"Ana Ruiz spoke. {said}", f"They listened. {said}"]) == []


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert _shared([f"“{HALL}.\n\n{OTHER}.", f"“{HALL}.\n\nNobody came."]) == []
    assert len(_shared([f"“{HALL}.\n\n{OTHER}.", f"“{HALL}.\n\n{OTHER}."])) == 1


def test_paraphrases_are_not_shared_passages() -> None:
    assert (
        _shared([HALL, "In the hall the two ministers, each at a desk of his own, were writing home"]) == []
    )


def test_no_passage_crosses_a_paragraph_break() -> None:
    assert _shared([HALL, HALL.replace("sat at", "sat\nat").replace("old ", "old\n")]) == []


def test_a_notice_on_every_page_pairs_each_article_only_with_the_first() -> None:
    notice = "Subscribe to the paper and get the best stories of the day in your inbox every morning"
    texts = [f"Article number {n} is here.\n\n{notice}" for n in range(40)]
    assert [(each.one, each.other) for each in _shared(texts)] == [(0, n) for n in range(1, 40)]


def test_the_length_of_a_passage_is_in_words() -> None:
    assert length("It wasn’t the king’s, was it?", (3, 20)) == 3


def test_short_or_empty_texts_share_nothing() -> None:
    assert _shared([]) == _shared(["", "Yes.", "Yes."]) == []
    assert isinstance(_shared([HALL, HALL])[0], SharedPassages)
