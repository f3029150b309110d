"""The input of the network, and the assignment of its output to the right words."""

import json
from pathlib import Path

import numpy as np
import pytest

from kg import ontology
from kg.language import pipeline
from kg.language.news import scorer
from kg.language.news.component import Parser
from kg.language.news.scorer import OnnxScorer

LISTS = ontology.load().words

helper = pytest.importorskip("onnx.helper")
onnx = pytest.importorskip("onnx")

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ana", "met", "li", "##ma"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that returns its input.

    For each word, `tags` is the number of its first piece, `names` the class of its letters, and `starts` and
    `label_dep` are the position of this piece; `arcs` [i, j] is the product of the positions for i and j.
    """
    held = tmp_path_factory.mktemp("model")
    whole, real = onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
    node, inputs, outputs = helper.make_node, ["pieces", "shapes", "first"], "BN"
    one, two = (helper.make_tensor(f"at{axis}", whole, [1], [axis]) for axis in (1, 2))
    nodes = [
        node("GatherElements", ["pieces", "first"], ["piece"], axis=1),
        node("GatherElements", ["shapes", "first"], ["shape"], axis=1),
        *(node("Cast", [given], [f"{given}_real"], to=real) for given in ("piece", "shape", "first")),
        node("Identity", ["first_real"], ["starts"]),
        node("Unsqueeze", ["piece_real", "at2"], ["tags"]),
        node("Unsqueeze", ["shape_real", "at2"], ["names"]),
        node("Unsqueeze", ["first_real", "at2"], ["label_dep"]),
        node("Neg", ["label_dep"], ["label_head"]),
        node("Identity", ["label_dep"], ["nouns"]),
        node("Unsqueeze", ["first_real", "at1"], ["across"]),
        node("Mul", ["label_dep", "across"], ["arcs"]),
    ]
    square, column = [*outputs, "M"], [*outputs, 1]
    graph = helper.make_graph(
        nodes,
        "scores",
        [helper.make_tensor_value_info(name, whole, ["B", name]) for name in inputs],
        [
            helper.make_tensor_value_info(name, real, square if name == "arcs" else column)
            for name in ("arcs", "label_dep", "label_head", "tags", "names", "nouns")
        ]
        + [helper.make_tensor_value_info("starts", real, [*outputs])],
        [one, two],
    )
    save(held / "scores.onnx", graph)
    ends = [helper.make_tensor_value_info(name, real, ["n", 1]) for name in ("label_dep", "label_head")]
    labels = [helper.make_tensor_value_info("labels", real, ["n", 2])]
    join = node("Concat", ["label_dep", "label_head"], ["labels"], axis=1)
    save(held / "labels.onnx", helper.make_graph([join], "labels", ends, labels))
    (held / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    about = {"labels": ["ROOT", "dep"], "tags": ["NN"], "names": ["O"], "nouns": ["-"]}
    about |= {"longest": 9, "version": "1"}
    (held / "about.json").write_text(json.dumps(about), encoding="utf-8")
    return held


def save(path: Path, graph) -> None:  # type: ignore[no-untyped-def]
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(made)
    onnx.save(made, path)


def test_words_to_scores(folder: Path) -> None:
    network = OnnxScorer(folder)
    assert [network.length(word) for word in ("Ana", "LIMA", "?!")] == [1, 2, 2]
    one, other = network.scores([["LIMA", "met", "Ana"], ["?"]])
    assert one.tags[:, 0].tolist() == [PIECES.index(piece) for piece in ("[CLS]", "li", "met", "ana")]
    assert one.names[:, 0].tolist() == [0, 1, 5, 2]
    assert one.starts.tolist() == [0, 1, 3, 4]  # "Lima" is two word pieces
    assert one.arcs.shape == (4, 4)
    assert one.arcs[3].tolist() == [0, 4, 12, 16]
    assert one.label_dep[2] == -one.label_head[2] == 3
    assert other.tags[:, 0].tolist() == [PIECES.index(piece) for piece in ("[CLS]", "[UNK]")]
    assert other.arcs.shape == (2, 2)


def test_arcs_to_labels(folder: Path) -> None:
    found = OnnxScorer(folder).labels(np.array([[1], [2]], np.float32), np.array([[3], [4]], np.float32))
    assert found.tolist() == [[1, 3], [2, 4]]


def test_metadata_of_a_model(folder: Path, tmp_path: Path) -> None:
    assert scorer.is_there(folder)
    assert not scorer.is_there(tmp_path)
    assert scorer.about(folder).longest == 9
    assert len(scorer.digest(folder)) == 64


def test_it_reads_a_document(folder: Path) -> None:
    import spacy

    doc = Parser(OnnxScorer(folder))(spacy.blank("en")("Ana met Ana. Lima met Ana in Lima, twice.\n\nAna"))
    assert all(sentence.root.dep_ == "ROOT" for sentence in doc.sents)


@pytest.mark.skipif(not scorer.is_there(), reason="this checkout has no model of the parser")
def test_the_parser_of_this_checkout() -> None:
    nlp = pipeline.load(pipeline.NEWS)
    text = "Ana Ruiz met Tom Reed in Lima on Tuesday. He signed the treaty.\n\nThe talks failed."
    alone = next(pipeline.parse(nlp, [text], LISTS))
    *_, among = pipeline.parse(nlp, ["Lima is a city. " * 40, text], LISTS)
    for one, other in zip(alone, among, strict=True):
        assert (one.tag_, one.head.i, one.dep_, one.ent_type_) == (
            other.tag_,
            other.head.i,
            other.dep_,
            other.ent_type_,
        )
    assert len(list(alone.sents)) >= 2
    about = scorer.about()
    assert "ROOT" in about.labels
    assert "O" in about.names
    assert "-" in about.nouns
