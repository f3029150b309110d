"""Only articles that do not depend on each other count as separate witnesses."""

from kg.model import Dependence, DependenceKind, Evidence
from kg.resolve.sources.witnesses import Witnesses


def takes(document: str, source: str, *sentences: tuple[int, int], outside: bool = False) -> Dependence:
    """`document` depends on `source`: as a whole or, if `sentences` are given, only in these."""
    shown = tuple(Evidence(document, start, end, "", "citation", 1.0) for start, end in sentences)
    return Dependence(
        f"dependence-{document}-{source}",
        document,
        source,
        DependenceKind.CITES,
        shown,
        outside,
        whole=not sentences,
    )


def count(documents: str, *dependences: Dependence) -> int:
    return Witnesses(dependences).articles(documents.split())


def test_independent_articles_are_all_witnesses() -> None:
    assert count("a b c") == 3
    assert count("") == 0


def test_an_article_that_takes_from_another_is_no_second_witness() -> None:
    assert count("a b", takes("b", "a")) == 1
    assert count("a b c", takes("b", "a")) == 2


def test_two_articles_that_take_from_one_agency_are_one_witness() -> None:
    assert count("a b", takes("a", "AFP", outside=True), takes("b", "AFP", outside=True)) == 1
    assert count("a b", takes("a", "AFP", outside=True), takes("b", "EFE", outside=True)) == 2


def test_two_articles_that_take_from_an_article_without_the_statement_are_one_witness() -> None:
    assert count("a b", takes("a", "c"), takes("b", "c")) == 1


def test_an_article_that_takes_from_two_does_not_make_them_one_witness() -> None:
    assert count("a b c", takes("c", "a"), takes("c", "b")) == 2
    assert count("a c", takes("c", "a"), takes("c", "b")) == 1


def test_dependence_is_transitive() -> None:
    assert count("a c", takes("c", "b"), takes("b", "a")) == 1


def test_articles_that_cite_each_other_are_one_witness() -> None:
    assert count("a b", takes("a", "b"), takes("b", "a")) == 1


def test_a_publisher_and_an_article_with_the_same_name_are_two_sources() -> None:
    assert count("a b", takes("b", "a", outside=True)) == 2


def test_an_article_that_takes_one_sentence_depends_only_in_this_sentence() -> None:
    witnesses = Witnesses([takes("b", "a", (10, 20))])
    here, there = (Evidence("b", start, start + 5, "", "active", 0.9) for start in (12, 40))
    original = Evidence("a", 0, 9, "", "active", 0.9)
    assert witnesses.count([original, here]) == 1
    assert witnesses.count([original, there]) == 2
    assert witnesses.count([original, here, there]) == 2  # b.txt has a sentence of its own, too
