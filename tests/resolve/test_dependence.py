"""Articles that cite, copy or credit another, and the evidence."""

from dataclasses import replace

import pytest

from kg.memo import Memo
from kg.model import Block, BlockKind, Credit, Dependence, DependenceKind, Metadata, Reading
from kg.ontology import load
from kg.resolve.alone import traits
from kg.resolve.sources.dependence import dependences
from tests.resolve.helper import reading

ONTOLOGY = load()
STORY = "[Ana Ruiz:Person] resigned as head of the harbour in [Lima:City] late on Monday night"
WEATHER = "Rain fell. The wind rose. Nobody came. The lamps went out. Dogs barked. It grew cold."
LETTERS = (
    "The letter that she left on the desk of the mayor was four pages long and named nobody. "
    "It spoke of tired winters, of ships that never came and of a promise that the council had made "
    "to the dockers when the old crane was sold for scrap and the last of the coal was burnt. "
)


def article(name: str, marked: str, **metadata: object) -> Reading:
    """Paragraphs are separated by line breaks."""
    one = reading(name, marked)
    at, blocks = 0, []
    for line in one.document.text.split("\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    about = Metadata(**metadata)  # type: ignore[arg-type]
    return replace(one, document=replace(one.document, blocks=tuple(blocks), metadata=about))


def found(*articles: Reading, one_story: bool = True) -> tuple[Dependence, ...]:
    everything = set(range(len(articles)))
    near = [everything - {i} if one_story else set[int]() for i in sorted(everything)]
    return dependences(articles, traits(articles, ONTOLOGY, Memo()), near, ONTOLOGY, Memo())


def shown(*articles: Reading, one_story: bool = True) -> list[tuple[str, str, str, bool, bool]]:
    return sorted(
        (d.document, d.source, d.kind.value, d.outside, d.whole)
        for d in found(*articles, one_story=one_story)
    )


POST = article("post.txt", f"{STORY}.", publisher="The Lima Post")


@pytest.mark.parametrize(
    "sentence",
    [
        f"{STORY}, the [Lima Post:MediaOutlet] reported.",
        f"{STORY}, according to the newspaper [Lima Post:MediaOutlet].",
        f"According to the [Lima Post:MediaOutlet], {STORY}.",
        f"The [Lima Post:MediaOutlet] reported on Tuesday that {STORY}.",
        f"{STORY}, [Norvex Herald:MediaOutlet] reports via the [Lima Post:MediaOutlet].",
        f"{STORY}, the [Norvex Herald:MediaOutlet] reports, citing the [Lima Post:MediaOutlet].",
    ],
)
def test_an_article_that_names_a_source_depends_on_it_entirely(sentence: str) -> None:
    herald = article("herald.txt", sentence, publisher="Norvex Herald")
    assert shown(POST, herald) == [("herald.txt", "post.txt", "cites", False, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        f"Hours after the [Lima Post:MediaOutlet] reported on the matter, {STORY}.",
        f"{STORY}. She told the [Lima Post:MediaOutlet] that she was tired.",
        f"{STORY}.\nThe dockers, the [Lima Post:MediaOutlet] said, were glad.",
    ],
)
def test_an_article_that_cites_a_source_once_depends_on_it_for_that_sentence(sentence: str) -> None:
    assert shown(POST, article("b.txt", sentence)) == [("b.txt", "post.txt", "cites", False, False)]


@pytest.mark.parametrize(
    "sentence",
    [
        f"{STORY}, the [police:Organization] reported.",
        f"{STORY}. The [Lima Post:MediaOutlet] moved into a new house.",
        f"{STORY}. The [Lima Post:MediaOutlet] said it would move.",
    ],
)
def test_naming_is_not_citing(sentence: str) -> None:
    assert shown(POST, article("b.txt", sentence)) == []


def test_a_publication_does_not_cite_itself() -> None:
    own = article("a.txt", f"{STORY}, the [Post:MediaOutlet] reported.", publisher="Lima Post")
    assert shown(own) == []
    told = f"{STORY}, the [Lima Post:MediaOutlet] reports, citing [AFP:Organization]."
    assert shown(article("a.txt", told)) == [("a.txt", "AFP", "cites", True, True)]


def test_the_lines_about_the_author_identify_the_publisher() -> None:
    job = "is a reporter for the [Salt Ledger:Organization] in Lima."
    citing = article("b.txt", f"{STORY}, the [Salt Ledger:Organization] reported.")
    signed = article("a.txt", f"{STORY}. {WEATHER} [Jo Doe:Person] {job}")
    assert shown(signed, citing) == [("b.txt", "a.txt", "cites", False, True)]
    # a person whom the article is about did not write it
    told = article("a.txt", f"{STORY}. {WEATHER} [Ruiz:Person] {job}")
    assert shown(told, citing) == []


def test_a_source_on_another_story_counts_only_as_its_publisher() -> None:
    herald = article("herald.txt", "[Tom Reed:Person] sold a boat, the [Lima Post:MediaOutlet] reported.")
    assert shown(POST, herald, one_story=False) == [("herald.txt", "Lima Post", "cites", True, True)]


def test_the_sentence_that_cites_is_the_evidence() -> None:
    (one,) = found(POST, article("b.txt", f"Rain fell.\n{STORY}. The [Lima Post:MediaOutlet] reported it."))
    (evidence,) = one.evidence
    assert evidence.sentence == "The Lima Post reported it."
    assert (evidence.document, evidence.rule, evidence.surface) == ("b.txt", "citation", "reported")


def test_two_articles_that_credit_one_agency_depend_on_it() -> None:
    line = Credit("AFP", "AFP, LIMA", 0, 9)
    a, b = (article(name, f"{STORY}.", credits=(line,)) for name in ("a.txt", "b.txt"))
    assert shown(a, b) == [("a.txt", "AFP", "credits", True, True), ("b.txt", "AFP", "credits", True, True)]
    assert found(a)[0].evidence[0].sentence == "AFP, LIMA"


def test_the_later_of_two_articles_with_long_shared_passages_depends_on_the_other() -> None:
    early = article("z.txt", f"{STORY}. {LETTERS}", date="2026-01-13")
    late = article("a.txt", f"{LETTERS} Nobody had an answer.", date="2026-01-15")
    (one,) = found(early, late)
    assert (one.document, one.source, one.kind, one.whole) == ("a.txt", "z.txt", DependenceKind.COPIES, True)
    assert one.share > 0.9
    assert [each.sentence[:10] for each in one.evidence] == ["The letter", "It spoke o"]


def test_without_dates_citation_and_then_the_order_of_names_decide() -> None:
    a, b = (article(name, LETTERS, publisher=f"The {name[0]} Post") for name in ("a.txt", "b.txt"))
    assert shown(a, b) == [("b.txt", "a.txt", "copies", False, True)]
    citing = article("a.txt", f"{STORY}, the [b Post:MediaOutlet] reported. {LETTERS}")
    assert {(d.document, d.source) for d in found(citing, b)} == {("a.txt", "b.txt")}


def test_of_a_mostly_original_article_only_the_shared_passage_is_dependent() -> None:
    own = " ".join(
        f"Docker number {n} walked home along quay {n} and waited for ship {n}." for n in range(60)
    )
    (one,) = found(article("a.txt", LETTERS), article("b.txt", f"{LETTERS.split('. ')[1]}. {own}"))
    assert (one.document, one.whole) == ("b.txt", False)
    assert len(one.evidence) == 1


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [POST, article("b.txt", f"{STORY}, the [Lima Post:MediaOutlet] reported. {LETTERS}")]
    articles.append(article("c.txt", LETTERS))
    assert set(found(*articles)) == set(found(*reversed(articles)))
