"""Handwritten scores become the annotation of a Doc."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

from kg import ontology
from kg.language import pipeline
from kg.language.news.component import Parser, noun_class
from kg.language.news.scorer import ModelColumns
from kg.language.news.votes import Votes
from kg.language.second_parse import Second, agreement, path, second
from tests.language.news.by_hand import ABOUT, ByHand, Word

LISTS = ontology.load().words

WORDS = {
    "Ana": Word(1, "nsubj", "NNP", "B-PERSON", "person", starts=True),
    "met": Word(0, "ROOT", "VBD"),
    "Tom": Word(-1, "dobj", "NNP", "B-PERSON", "person"),
    "Reed": Word(-1, "dep", "NNP", "I-PERSON", "person"),
    "Lima": Word(-1, "dobj", "NNP", "B-GPE", "place"),
    ".": Word(-2, "punct", "."),
}


@pytest.fixture(scope="module")
def blank() -> spacy.Language:
    return spacy.blank("en")


def read(blank: spacy.Language, text: str, scorer: ByHand | None = None) -> Doc:
    return Parser(scorer or ByHand(WORDS))(blank.make_doc(text))


def arcs(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.head.text, token.dep_) for token in doc]


def test_tags_tree_names_and_nouns(blank: spacy.Language) -> None:
    doc = read(blank, "Ana met Tom.")
    assert arcs(doc) == [
        ("Ana", "met", "nsubj"),
        ("met", "met", "ROOT"),
        ("Tom", "met", "dobj"),
        (".", "met", "punct"),
    ]
    assert [token.tag_ for token in doc] == ["NNP", "VBD", "NNP", "."]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Ana", "PERSON"), ("Tom", "PERSON")]
    assert [noun_class(doc, i) for i in range(4)] == ["person", "", "person", ""]
    assert [sentence.text for sentence in doc.sents] == ["Ana met Tom."]
    assert second(doc) is None
    assert noun_class(blank.make_doc("Ana"), 0) == ""


def test_a_sentence_begins_where_the_network_predicts_and_a_boundary_is_possible(
    blank: spacy.Language,
) -> None:
    doc = read(blank, "Ana met Ana. Ana met Tom. Tom met Ana.")
    assert [sentence.text for sentence in doc.sents] == ["Ana met Ana.", "Ana met Tom. Tom met Ana."]
    assert sum(token.head.i == token.i for token in doc) == 2


def test_a_line_break_ends_a_sentence_and_a_name(blank: spacy.Language) -> None:
    doc = read(blank, "Ana met Tom\nReed met Ana")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Ana met Tom", "Reed met Ana"]
    assert [entity.text for entity in doc.ents] == ["Ana", "Tom", "Ana"]  # not "Tom\nReed"


def test_spaces_are_attached_to_a_word(blank: spacy.Language) -> None:
    doc = read(blank, "  Ana  met Tom . \n\n Ana met Tom  Reed ")
    assert all(token.tag_ == "_SP" and token.dep_ == "dep" for token in doc if token.is_space)
    assert [token.head.text for token in doc if token.is_space] == ["Ana", "Ana", ".", "Tom"]
    assert [entity.text for entity in doc.ents] == ["Ana", "Tom", "Ana", "Tom  Reed"]
    assert len(list(doc.sents)) == 2
    doc = read(blank, "\n Ana met Tom")
    assert [token.head.i for token in doc] == [0, 2, 2, 2]
    assert [sentence.text for sentence in doc.sents] == ["\n ", "Ana met Tom"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", " \n ", "Ana", ".", "Ana\n", "\nAna", "a\nb\n\nc"])
def test_small_documents(blank: spacy.Language, text: str) -> None:
    doc = read(blank, text)
    assert doc.text == text
    assert all(sentence.root is not None for sentence in doc.sents)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


def test_only_a_root_is_labelled_root(blank: spacy.Language) -> None:
    doc = read(blank, "Ana met", ByHand({"Ana": Word(1, "ROOT"), "met": Word(0, "dep")}))
    assert [token.dep_ == "ROOT" for token in doc] == [False, True]


def test_invalid_heads_become_the_best_tree(blank: spacy.Language) -> None:
    doc = read(blank, "a b c", ByHand({"a": Word(1), "b": Word(-1), "c": Word(0)}))
    assert [token.head.text for token in doc] in (["b", "c", "c"], ["c", "a", "c"])


def test_a_paragraph_longer_than_a_window_is_read_in_parts(blank: spacy.Language) -> None:
    doc = read(blank, "Ana met Tom. " * 12)
    assert [sentence.text for sentence in doc.sents] == ["Ana met Tom."] * 12
    doc = read(blank, "met " * 30)
    assert [len(sentence) for sentence in doc.sents] == [12, 12, 6]


def test_a_document_is_parsed_the_same_in_any_batch(blank: spacy.Language) -> None:
    scorer = ByHand(WORDS)
    texts = ["Ana met Tom.\nTom met Ana.", "Tom met Lima.\n\nAna met Tom Reed."]
    parser = Parser(scorer)
    together = [arcs(parser(blank.make_doc(text))) for text in texts]
    assert [arcs(read(blank, text)) for text in texts] == together
    for batch in scorer.asked:
        assert any(all(" ".join(words).replace(" .", ".") in text for words in batch) for text in texts)


def test_the_parse_of_md_is_kept(blank: spacy.Language) -> None:
    doc = Doc(
        blank.vocab,
        words=["Ana", "met", "Tom", "."],
        tags=["NNP", "VBD", "NNP", "."],
        heads=[1, 1, 1, 2],
        deps=["nsubj", "ROOT", "attr", "punct"],
        ents=["B-ORG", "O", "O", "O"],
    )
    doc = Parser(ByHand(WORDS))(doc)
    assert second(doc) == Second(
        (1, 1, 1, 2),
        ("nsubj", "ROOT", "attr", "punct"),
        ("NNP", "VBD", "NNP", "."),
        frozenset({0}),
        ((0, 1, "ORG"),),
    )
    assert [entity.label_ for entity in doc.ents] == ["PERSON", "PERSON"]
    assert agreement(doc, [0, 1]) == 1
    assert agreement(doc, [1, 2, 2]) == 0.5
    assert agreement(doc, [2, 3]) == 0
    assert agreement(doc, []) is None


def test_the_parse_of_md_has_a_vote(blank: spacy.Language) -> None:
    """The votes for a word are added to its scores; without weights nothing changes."""
    scorer = ByHand(WORDS)
    document = Doc(
        blank.vocab,
        words=["Ana", "met", "Tom", "."],
        tags=["NN", "VBD", "NNP", "."],
        heads=[1, 1, 0, 1],
        deps=["nsubj", "ROOT", "appos", "punct"],
        ents=["B-ORG", "O", "O", "O"],
    )
    assert arcs(Parser(scorer)(document.copy())) == arcs(read(blank, "Ana met Tom."))
    heard = replace(scorer.about, votes=Votes(arcs=100, labels=100, starts=100, names=100))
    doc = Parser(ByHand(WORDS, about=heard))(document)
    assert [token.head.i for token in doc] == [1, 1, 0, 1]


def test_the_path_between_two_words(blank: spacy.Language) -> None:
    doc = read(blank, "Ana met Tom Reed.\nAna met Tom.")
    ana, met, tom, reed, stop = doc[:5]
    assert path(ana, met) == {ana.i}
    assert path(reed, ana) == {reed.i, tom.i, ana.i}
    assert path(stop, reed) == {stop.i, reed.i} or path(stop, reed) == {stop.i, reed.i, tom.i}
    assert path(met, met) == set()
    assert path(ana, doc[6]) == {ana.i, met.i, 6, doc[6].head.i}


def echo(doc: Doc) -> ByHand:
    """Scores that repeat the analysis of a Doc."""
    about = ModelColumns(
        tuple(sorted({token.dep_ for token in doc if not token.is_space} | {"ROOT"})),
        tuple(sorted({token.tag_ for token in doc})),
        ("O", *(f"{begin}-{label}" for label in sorted({e.label_ for e in doc.ents}) for begin in "BI")),
        ("-",),
        longest=2000,
        version="echo",
    )
    words = [token for token in doc if not token.is_space]
    texts = [token.text for token in words]
    at = {token.i: number for number, token in enumerate(words)}

    def every(window: Sequence[str]) -> list[Word]:
        size = len(window)
        start = next(i for i in range(len(words)) if texts[i : i + size] == list(window))
        return [
            Word(
                head=at[token.head.i] - at[token.i],
                label=token.dep_,
                tag=token.tag_,
                name=f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O",
                starts=bool(token.is_sent_start),
            )
            for token in words[start : start + size]
        ]

    return replace(ByHand(every=every), about=about)


def test_repeating_the_analysis_of_md_changes_nothing() -> None:
    """Parts of speech and lemmas are derived from tags and trees after our component as after md's parser."""
    text = (
        "Mayor opens bridge\n\nAna Ruiz, who has met Tom Reed of Norvex in Lima, said on Tuesday that she "
        "doesn't know if they'd come. There is a risk because that boat was sold, but the buyer did not "
        "have a licence.  “What is it?” asked Reed.\n\nHe had had to go; nobody has seen him since."
    )
    md = pipeline.load(pipeline.MD)
    plain = pipeline.prepare(md, text, LISTS)
    expected = md(pipeline.prepare(md, text, LISTS))
    doc = pipeline.prepare(md, text, LISTS)
    parser = Parser(echo(expected))
    for name in (*pipeline._BEFORE_NEWS, "", *pipeline._AFTER_NEWS):
        doc = md.get_pipe(name)(doc) if name else parser(doc)
    assert [token.text for token in doc] == [token.text for token in plain]
    for one, other in zip(doc, expected, strict=True):
        told = [
            (t.text, t.head.i, t.dep_, t.tag_, t.pos_, t.lemma_, str(t.morph), t.ent_type_, t.ent_iob_)
            for t in (one, other)
        ]
        assert told[0] == told[1]
    assert [s.text for s in doc.sents] == [s.text for s in expected.sents]
    assert agreement(doc, range(len(doc))) == 1
    assert ABOUT.longest  # the other tests have short windows
