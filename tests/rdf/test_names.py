"""Every IRI is plain, short, and the same in every build."""

import re

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.rdf.names import PREFIXES, Names

HOSTILE = st.text(st.characters(exclude_categories=())) | st.text(
    'aé<>"{}|\\^`%#?/: \n\x00.-_0', max_size=300
)


@given(HOSTILE, st.booleans())
def test_any_id_gives_an_iri_that_every_library_accepts(text: str, known: bool) -> None:
    names = Names()
    for iri in (
        names.node(text),
        names.article(text),
        names.statement(text),
        names.sentence(text, 0, 12),
        names.derivation(text, text, 0),
        names.relation(text, known),
        names.term(text),
    ):
        assert re.fullmatch(r"https://kg\.example/[A-Za-z0-9_./#=,-]+", iri)
        assert len(iri) < 2000
        assert NamedNode(iri).value == iri
        assert rdflib.URIRef(iri).n3() == f"<{iri}>"


@given(HOSTILE, st.booleans())
def test_a_relation_ends_with_an_xml_name(text: str, known: bool) -> None:
    assert re.search(r"[/#][A-Za-z_][A-Za-z0-9_.-]*$", Names().relation(text, known))


@given(HOSTILE, HOSTILE)
def test_two_ids_have_two_iris(one: str, other: str) -> None:
    import unicodedata

    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (Names().node(one) == Names().node(other)) == same


def test_plain_ids_stay_readable() -> None:
    names = Names()
    assert names.node("Ana_Ruiz") == "https://kg.example/data/Ana_Ruiz"
    assert names.sentence("003.txt", 211, 344) == "https://kg.example/data/article-003.txt#char=211,344"
    assert names.relation("hosted", known=True) == "https://kg.example/ontology#hosted"
    assert names.relation("stopped-short-of", known=False) == "https://kg.example/relation/stopped-short-of"


def test_composed_and_decomposed_letters_are_one_name() -> None:
    assert Names().article("caf\u00e9.txt") == Names().article("cafe\u0301.txt")


def test_a_path_keeps_its_words_and_gets_a_hash() -> None:
    assert re.fullmatch(
        r"https://kg\.example/data/article-news-b-txt-[0-9a-f]{12}", Names().article("news/b.txt")
    )


def test_the_base_is_configurable() -> None:
    names = Names("https://news.example/graph/")
    assert names.node("Ana") == "https://news.example/graph/Ana"
    assert names.prefixes == {**PREFIXES, "d": "https://news.example/graph/"}


@pytest.mark.parametrize(
    "base",
    [
        "",
        "data/",
        "https://kg.example/data",  # a local name would be appended to it
        "https://kg.example/data#",  # the IRI of a sentence adds a fragment
        "https://kg.example/dat a/",
        "https://kg.example/größe/",
        'https://kg.example/"/',
        "https://kg.example/",  # the namespace of the ontology lies below it
        "https://schema.org/mine/",
        "https://kg.example/" + "a" * 2000 + "/",
    ],
)
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base IRI"):
        Names(base)
