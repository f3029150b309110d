"""Exports a trained network: two ONNX graphs with 8-bit weights, the vocabulary, and the inventory of labels.

    python3 -m training.export run.pt --encoder FOLDER -o kg/language/news/model --version 1

Weights are stored as bytes with a scale per row, and converted to floats when the graph is loaded.
Activations are not quantised, because their rounding would depend on the other texts of a batch. Pieces that
do not occur in English (other scripts, unused entries) are left out of the vocabulary.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn

from training.model import Parser
from training.train import load_net

LONGEST = 320  # maximum number of pieces of a window; embeddings of later positions are not exported
# The weights of spaCy's parse relative to the network's own scores (`kg.language.news.votes`).
VOTES = {"arcs": 1.5, "labels": 1.0, "tags": 1.5, "starts": 1.0, "names": 1.0}
OUTPUTS = ("arcs", "label_dep", "label_head", "tags", "starts", "names", "nouns")
_SMALL = 1024  # minimum number of weights of a tensor that is quantised; smaller tensors stay floats


class Scores(nn.Module):
    """The network except the scores of labels: the first graph."""

    def __init__(self, net: Parser) -> None:
        super().__init__()
        self.net = net

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        return self.net(pieces, shapes, first)  # type: ignore[no-any-return]


class Labels(nn.Module):
    """The scores of labels, given the chosen heads: the second graph."""

    def __init__(self, net: Parser) -> None:
        super().__init__()
        self.net = net

    def forward(self, label_dep: Tensor, label_head: Tensor) -> Tensor:
        return self.net.label_scores(label_dep, label_head)


def kept_pieces(vocabulary: list[str]) -> list[int]:
    """The indices of the pieces to keep: special ones, and those of Latin letters, digits and punctuation."""
    special = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
    kept = []
    for index, piece in enumerate(vocabulary):
        word = piece.removeprefix("##")
        latin = all(ord(c) < 0x250 or unicodedata.category(c)[0] in "PSN" for c in word)
        if piece in special or (
            latin and not (piece.startswith("[") and piece.endswith("]") and len(piece) > 3)
        ):
            kept.append(index)
    return kept


def prune(net: Parser, kept: list[int]) -> None:
    """Remove the embeddings of pieces that are not kept, and of positions beyond the longest window."""
    embeddings = net.encoder.embeddings
    words = embeddings.word_embeddings.weight.data[kept]
    embeddings.word_embeddings = nn.Embedding(len(words), words.shape[1], padding_idx=0, _weight=words)
    positions = embeddings.position_embeddings.weight.data[: LONGEST + 2]
    embeddings.position_embeddings = nn.Embedding(len(positions), positions.shape[1], _weight=positions)


def quantised(model: Any) -> Any:
    """The model with its large tensors stored as bytes, with a separate scale for each row of a matrix."""
    graph = model.graph
    done: list[Any] = []
    nodes: list[Any] = []
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.size < _SMALL or array.ndim < 2:
            done.append(tensor)
            continue
        axis = 0 if array.ndim != 2 or _is_looked_up(graph, tensor.name) else 1
        others = tuple(i for i in range(array.ndim) if i != axis)
        scale = np.maximum(np.abs(array).max(axis=others) / 127, 1e-12).astype(np.float32)
        shape = [-1 if i == axis else 1 for i in range(array.ndim)]
        small = np.clip(np.rint(array / scale.reshape(shape)), -127, 127).astype(np.int8)
        done.append(numpy_helper.from_array(small, f"{tensor.name}.bytes"))
        done.append(numpy_helper.from_array(scale, f"{tensor.name}.scale"))
        done.append(numpy_helper.from_array(np.zeros_like(scale, dtype=np.int8), f"{tensor.name}.zero"))
        nodes.append(
            helper.make_node(
                "DequantizeLinear",
                [f"{tensor.name}.bytes", f"{tensor.name}.scale", f"{tensor.name}.zero"],
                [tensor.name],
                axis=axis,
            )
        )
    every = [*nodes, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(done)
    graph.node.extend(every)
    return model


def _is_looked_up(graph: Any, name: str) -> bool:
    return any(node.op_type == "Gather" and node.input[0] == name for node in graph.node)


def export(net: Parser, folder: Path) -> None:
    """Write both graphs. Raises an exception if a graph's results differ from the network's."""
    import onnxruntime

    folder.mkdir(parents=True, exist_ok=True)
    pieces = torch.tensor([[3, 20, 21, 22, 4], [3, 20, 21, 4, 0]])
    shapes = torch.tensor([[0, 2, 2, 5, 0], [0, 1, 5, 0, 0]])
    first = torch.tensor([[0, 1, 3], [0, 1, 2]])
    size = net.label_dep.out_features
    parts: list[
        tuple[str, nn.Module, tuple[Tensor, ...], list[str], list[str], dict[str, dict[int, str]]]
    ] = [
        (
            "scores",
            Scores(net),
            (pieces, shapes, first),
            ["pieces", "shapes", "first"],
            list(OUTPUTS),
            {
                **{name: {0: "windows", 1: "pieces"} for name in ("pieces", "shapes")},
                **{name: {0: "windows", 1: "words"} for name in ("first", *OUTPUTS[1:])},
                "arcs": {0: "windows", 1: "words", 2: "words"},
            },
        ),
        (
            "labels",
            Labels(net),
            (torch.randn(3, size), torch.randn(3, size)),
            ["label_dep", "label_head"],
            ["labels"],
            {name: {0: "arcs"} for name in ("label_dep", "label_head", "labels")},
        ),
    ]
    for name, module, inputs, given, got, axes in parts:
        path = folder / f"{name}.onnx"
        torch.onnx.export(
            module.eval(),
            inputs,
            str(path),
            input_names=given,
            output_names=got,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        model = quantised(onnx.load(str(path)))
        onnx.checker.check_model(model)
        onnx.save(model, str(path))
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        said = session.run(got, {key: value.numpy() for key, value in zip(given, inputs, strict=True)})
        with torch.no_grad():
            wanted = module(*inputs)
        wanted = wanted if isinstance(wanted, tuple) else (wanted,)
        for key, one, other in zip(got, said, wanted, strict=True):
            error = float(np.abs(one - other.numpy()).max() / (np.abs(other.numpy()).max() + 1e-9))
            print(f"{name}.{key}: {error:.4f} of the largest score lost by rounding to bytes")


def main() -> None:
    """Export one network."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("net", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--version", default="1")
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    net, of = load_net(given.net, given.encoder, torch.device("cpu"))
    net = net.float()
    vocabulary = (given.encoder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    kept = kept_pieces(vocabulary)
    assert [vocabulary[i] for i in kept].index("[PAD]") == 0
    prune(net, kept)
    export(net, given.output)
    (given.output / "vocab.txt").write_text("".join(f"{vocabulary[i]}\n" for i in kept), encoding="utf-8")
    lists = {key: list(value) for key, value in vars(of).items()}
    about = {**lists, "longest": LONGEST, "version": given.version, "votes": VOTES}
    (given.output / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in given.output.iterdir())
    print(f"{len(kept)} pieces, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
