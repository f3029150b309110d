"""Trains the parser on the examples of `training.examples`.

    python3 -m training.train DATA --encoder FOLDER -o run.pt [--epochs 20] [--seed 1] [--teachers a.pt b.pt]

Prints the scores on the 24 news articles of GUM, which are not in the training data. Training is seeded; it
saves its state beside the output every few minutes, and resumes from it when restarted. With `--teachers`,
the network also learns the mean of their scores, on gold and on unlabelled news (distillation of an ensemble,
after Kuncoro et al. 2016).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from torch import Tensor, nn

from kg.language.news.pieces import Pieces, shape
from training.model import Parser

IGNORE = -100  # the target of a token that does not count in the loss
_SAVE_AFTER = 300  # seconds between two savings of the state of the training
LONGEST = 180  # maximum number of words in a window
# Weight of each output layer in the loss.
WEIGHTS = {"arcs": 1.0, "labels": 1.0, "tags": 0.5, "starts": 0.3, "names": 0.8, "nouns": 0.3}


@dataclass(frozen=True)
class Inventory:
    """The values that the output layers can predict."""

    labels: tuple[str, ...]
    tags: tuple[str, ...]
    names: tuple[str, ...]
    nouns: tuple[str, ...]


def load(path: Path) -> list[dict[str, Any]]:
    """Paragraphs as written by `training.examples`."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def inventory(paragraphs: Sequence[dict[str, Any]]) -> Inventory:
    """The labels and tags that occur at least three times, and all classes of names and nouns."""
    from training.examples import NAMES, NOUNS

    labels: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for paragraph in paragraphs:
        for sentence in paragraph["sentences"]:
            labels.update(filter(None, sentence.get("labels", ())))
            tags.update(filter(None, sentence.get("tags", ())))
    few = 3
    kept = [tuple(sorted(k for k, n in found.items() if n >= few)) for found in (labels, tags)]
    return Inventory(kept[0], kept[1], NAMES, NOUNS)


@dataclass
class Window:
    """Some sentences of a paragraph, as indices for the network.

    `pieces` and `shapes` have an item for each piece, the first of which is [CLS]; the other fields have an
    item for each word.
    """

    pieces: list[int]
    shapes: list[int]
    first: list[int]  # index into `pieces` of the first piece of the word
    heads: list[int]  # index of the head in the window, plus 1; 0 for a root; IGNORE if unknown
    labels: list[int]
    tags: list[int]
    starts: list[int]
    names: list[list[int]]  # for each word, the admissible name tags
    nouns: list[int]
    sentence: list[int]  # sentence number of each word


class Windows:
    """Cuts paragraphs into windows; if `random_` is given (in training), at random places and with noise."""

    def __init__(self, pieces: Pieces, of: Inventory, random_: random.Random | None) -> None:
        self.pieces, self.random = pieces, random_
        self.cls, self.sep, self.mask, self.unknown = (
            pieces.vocabulary[piece] for piece in ("[CLS]", "[SEP]", "[MASK]", "[UNK]")
        )
        self.labels = {label: i for i, label in enumerate(of.labels)}
        self.tags = {tag: i for i, tag in enumerate(of.tags)}
        self.every = list(range(len(of.names)))

    def of(self, paragraph: dict[str, Any]) -> Iterator[Window]:
        """The windows of a paragraph: the whole paragraph, or parts cut between sentences."""
        run: list[dict[str, Any]] = []
        size = 0
        cut = self.random is not None and self.random.random() < 0.3
        for sentence in paragraph["sentences"]:
            long = size + len(sentence["words"]) > LONGEST
            if run and (long or (cut and self.random is not None and self.random.random() < 0.5)):
                yield self.window(run)
                run, size = [], 0
            if len(sentence["words"]) <= LONGEST:
                run.append(sentence)
                size += len(sentence["words"])
        if run:
            yield self.window(run)

    def window(self, sentences: Sequence[dict[str, Any]]) -> Window:
        """The window that consists of these consecutive sentences."""
        made = Window([self.cls], [0], [], [], [], [], [], [], [], [])
        for number, sentence in enumerate(sentences):
            words = sentence["words"]
            count, base = len(words), len(made.first)
            if self.random is not None:
                words = self.noisy(words)
            for word in words:
                ids = self.pieces.of(word)
                if self.random is not None and self.random.random() < 0.04:
                    ids = (self.mask if self.random.random() < 0.5 else self.unknown,)
                made.first.append(len(made.pieces))
                made.pieces += ids
                made.shapes += [shape(word)] * len(ids)
            if "heads" in sentence:
                heads = sentence["heads"]
                made.heads += [0 if head == i else base + head + 1 for i, head in enumerate(heads)]
                made.labels += [self.labels.get(label, IGNORE) for label in sentence["labels"]]
                made.tags += [self.tags.get(tag, IGNORE) for tag in sentence["tags"]]
            else:
                made.heads += [IGNORE] * count
                made.labels += [IGNORE] * count
                made.tags += [IGNORE] * count
            known = "heads" in sentence
            made.starts += [(1 if i == 0 else 0) if known and base + i else IGNORE for i in range(count)]
            made.names += sentence.get("names") or [self.every] * count
            made.nouns += sentence.get("nouns") or [IGNORE] * count
            made.sentence += [number] * count
        made.pieces.append(self.sep)
        made.shapes.append(0)
        return made

    def noisy(self, words: list[str]) -> list[str]:
        """The words; sometimes in the style of headlines: capitalised, or in capitals."""
        assert self.random is not None
        chance = self.random.random()
        if chance < 0.02:
            return [word[:1].upper() + word[1:] if len(word) > 3 else word for word in words]
        return [word.upper() for word in words] if chance < 0.025 else words


def batches(windows: list[Window], pieces: int, random_: random.Random | None) -> list[list[Window]]:
    """Batches of windows of similar length, so that there is little padding. `pieces`: maximum size of a
    batch.
    """
    noise = random_.random if random_ else (lambda: 0.0)
    ordered = sorted(windows, key=lambda w: len(w.pieces) + noise() * 8)
    found: list[list[Window]] = [[]]
    for window in ordered:
        if found[-1] and max(len(window.pieces), len(found[-1][-1].pieces)) * (len(found[-1]) + 1) > pieces:
            found.append([])
        found[-1].append(window)
    if random_:
        random_.shuffle(found)
    return found


@dataclass
class Batch:
    """Windows as tensors. In the dimension of words, index 0 is the root."""

    pieces: Tensor
    shapes: Tensor
    first: Tensor
    valid: Tensor
    heads: Tensor
    labels: Tensor
    tags: Tensor
    starts: Tensor
    names: Tensor  # B x N x names: whether each name tag is admissible
    nouns: Tensor


def tensors(batch: Sequence[Window], names: int, device: torch.device) -> Batch:
    """Windows as one batch, padded to the same length. `names`: number of name tags."""
    length = max(len(w.pieces) for w in batch)
    words = max(len(w.first) for w in batch) + 1

    def pad(rows: list[list[int]], size: int, fill: int) -> Tensor:
        return torch.tensor([row + [fill] * (size - len(row)) for row in rows])

    admissible = torch.zeros(len(batch), words, names, dtype=torch.bool)
    every = list(range(names))
    for i, window in enumerate(batch):
        rows = [every, *window.names]
        flat = [(j, n) for j, row in enumerate(rows) for n in row]
        index = torch.tensor(flat)
        admissible[i, index[:, 0], index[:, 1]] = True
        admissible[i, len(rows) :] = True
    made = Batch(
        pad([w.pieces for w in batch], length, 0),
        pad([w.shapes for w in batch], length, 0),
        pad([[0, *w.first] for w in batch], words, 0),
        pad([[1] * (len(w.first) + 1) for w in batch], words, 0).bool(),
        pad([[IGNORE, *w.heads] for w in batch], words, IGNORE),
        pad([[IGNORE, *w.labels] for w in batch], words, IGNORE),
        pad([[IGNORE, *w.tags] for w in batch], words, IGNORE),
        pad([[IGNORE, *w.starts] for w in batch], words, IGNORE),
        admissible,
        pad([[IGNORE, *w.nouns] for w in batch], words, IGNORE),
    )
    return Batch(*(value.to(device, non_blocking=True) for value in vars(made).values()))


def scores(net: Parser, batch: Batch) -> dict[str, Tensor]:
    """Name of an output layer -> its scores; arcs to padding have a score that excludes them."""
    arcs, dep, head, tags, starts, names, nouns = (
        x.float() for x in net(batch.pieces, batch.shapes, batch.first)
    )
    arcs = arcs.masked_fill(~batch.valid.unsqueeze(1), -1e4)
    return {
        "arcs": arcs,
        "dep": dep,
        "head": head,
        "tags": tags,
        "starts": starts,
        "names": names,
        "nouns": nouns,
    }


def labels_for(net: Parser, said: dict[str, Tensor], heads: Tensor) -> Tensor:
    """The scores of labels, given the head of each word: B x N x labels."""
    chosen = said["head"].gather(1, heads.unsqueeze(-1).expand(-1, -1, said["head"].size(-1)))
    size = said["dep"].size(-1)
    return net.label_scores(said["dep"].reshape(-1, size), chosen.reshape(-1, size)).view(*heads.shape, -1)


def losses(net: Parser, batch: Batch, said: dict[str, Tensor]) -> dict[str, Tensor]:
    """The loss of each output layer."""
    labels = labels_for(net, said, batch.heads.clamp(min=0))
    found = {
        "arcs": _cross_entropy(said["arcs"], batch.heads),
        "labels": _cross_entropy(labels, batch.labels),
        "tags": _cross_entropy(said["tags"], batch.tags),
        "nouns": _cross_entropy(said["nouns"], batch.nouns),
    }
    known = batch.starts != IGNORE
    found["starts"] = (
        F.binary_cross_entropy_with_logits(said["starts"][known], batch.starts[known].float())
        if known.any()
        else said["starts"].sum() * 0
    )
    log = torch.log_softmax(said["names"], -1)
    partial = -torch.logsumexp(log.masked_fill(~batch.names, -1e4), -1)
    asked = ~batch.names.all(-1)
    found["names"] = partial[asked].mean() if asked.any() else partial.sum() * 0
    return found


def _cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    if not (gold != IGNORE).any():
        return logits.sum() * 0
    return F.cross_entropy(logits.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)


def taught(net: Parser, batch: Batch, said: dict[str, Tensor], teachers: Sequence[Parser]) -> Tensor:
    """The loss that measures how far the network's probabilities are from the mean of its teachers'."""
    with torch.no_grad():
        opinions = [scores(teacher, batch) for teacher in teachers]
        mean = {
            key: torch.stack([torch.softmax(o[key], -1) for o in opinions]).mean(0)
            for key in ("arcs", "tags", "names", "nouns")
        }
        starts = torch.stack([torch.sigmoid(o["starts"]) for o in opinions]).mean(0)
        heads = mean["arcs"].argmax(-1)
        labels = torch.stack(
            [torch.softmax(labels_for(t, o, heads), -1) for t, o in zip(teachers, opinions, strict=True)]
        ).mean(0)
    words = batch.valid.clone()
    words[:, 0] = False
    total = said["arcs"].sum() * 0
    for key, target in (*mean.items(), ("labels", labels)):
        logits = labels_for(net, said, heads) if key == "labels" else said[key]
        cross = -(target * torch.log_softmax(logits, -1)).sum(-1)
        total = total + WEIGHTS[key] * cross[words].mean()
    cross = F.binary_cross_entropy_with_logits(said["starts"][words], starts[words])
    return total + WEIGHTS["starts"] * cross


@torch.no_grad()
def evaluate(
    net: Parser, paragraphs: Sequence[dict[str, Any]], pieces: Pieces, of: Inventory
) -> dict[str, float]:
    """Name of a measure -> its value: attachment scores without punctuation, in the gold sentences, and F1 of
    the labels that matter for relations.
    """
    net.eval()
    device = next(net.parameters()).device
    make = Windows(pieces, of, None)
    windows = [window for paragraph in paragraphs for window in make.of(paragraph)]
    n: Counter[str] = Counter()
    for group in batches(windows, 16_000, None):
        batch = tensors(group, len(of.names), device)
        said = scores(net, batch)
        arcs = said["arcs"]
        for row, window in enumerate(group):
            numbers = torch.tensor([-1, *window.sentence], device=device)
            apart = numbers.unsqueeze(1) != numbers.unsqueeze(0)
            apart[:, 0] = False
            size = len(numbers)
            arcs[row, :size, :size] = arcs[row, :size, :size].masked_fill(apart, -1e4)
        heads = arcs.argmax(-1)
        labels = labels_for(net, said, heads).argmax(-1).tolist()
        tags, names, starts = (
            said["tags"].argmax(-1).tolist(),
            said["names"].argmax(-1),
            said["starts"].tolist(),
        )
        nouns = said["nouns"].argmax(-1).tolist()
        for row, (window, got) in enumerate(zip(group, heads.tolist(), strict=True)):
            for i in range(len(window.first)):
                head, label = window.heads[i], window.labels[i]
                if window.starts[i] != IGNORE:
                    n["start gold"] += window.starts[i]
                    n["start got"] += starts[row][i + 1] > 0
                    n["start hit"] += window.starts[i] and starts[row][i + 1] > 0
                if window.tags[i] != IGNORE:
                    n["tags"] += 1
                    n["tag hit"] += tags[row][i + 1] == window.tags[i]
                if window.nouns[i] > 0:
                    n["nouns"] += 1
                    n["noun hit"] += nouns[row][i + 1] == window.nouns[i]
                if label == IGNORE or of.labels[label] == "punct":
                    continue
                said_label = labels[row][i + 1]
                n["words"] += 1
                n["uas"] += got[i + 1] == head
                n["las"] += got[i + 1] == head and said_label == label
                n[f"{_group(of.labels[label])} gold"] += 1
                n[f"{_group(of.labels[said_label])} got"] += 1
                n[f"{_group(of.labels[label])} hit"] += got[i + 1] == head and _group(
                    of.labels[label]
                ) == _group(of.labels[said_label])
            _count_names(n, window, names[row].tolist()[1:], of)
    net.train()
    found = {
        "UAS": n["uas"] / n["words"],
        "LAS": n["las"] / n["words"],
        "tags": n["tag hit"] / max(1, n["tags"]),
    }
    found["nouns"] = n["noun hit"] / max(1, n["nouns"])
    for key in ("start", "root", "subject", "object", "conj", "appos", "prep", "clause", "name"):
        found[key] = 2 * n[f"{key} hit"] / max(1, n[f"{key} gold"] + n[f"{key} got"])
    return found


def _group(label: str) -> str:
    groups = {"nsubj": "subject", "nsubjpass": "subject", "dobj": "object", "ROOT": "root", "agent": "prep"}
    groups |= dict.fromkeys(("relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "csubj"), "clause")
    return groups.get(label, label)


def _count_names(n: Counter[str], window: Window, got: Sequence[int], of: Inventory) -> None:
    every = len(of.names)
    gold, said = {}, {}
    at = 0
    while at < len(window.names):
        row = window.names[at]
        begins = len(row) < every and any(i % 2 for i in row) and 0 not in row
        end = at + 1
        if begins:
            while (
                end < len(window.names)
                and window.names[end]
                and all(i and i % 2 == 0 for i in window.names[end])
            ):
                end += 1
            gold[at, end] = {i for i in row if i % 2}
        at = end
    at = 0
    while at < len(window.first):
        end = at + 1
        if got[at] % 2:
            while end < len(window.first) and got[end] == got[at] + 1:
                end += 1
            if of.names[got[at]] != "O" and not any(len(window.names[i]) == every for i in range(at, end)):
                said[at, end] = got[at]
        at = end
    n["name gold"] += len(gold)
    n["name got"] += sum(
        1
        for span in said
        if span in gold or not all(0 in r and len(r) > 1 for r in window.names[span[0] : span[1]])
    )
    n["name hit"] += sum(1 for span, kind in said.items() if kind in gold.get(span, ()))


def encoder_of(folder: Path, layers: int = 0) -> Any:
    """The pretrained encoder (MiniLM). If `layers` is more than its number of layers, each layer is repeated
    before training.
    """
    import copy

    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(
        str(folder), add_pooling_layer=False, attn_implementation="sdpa"
    ).float()
    have = encoder.config.num_hidden_layers
    if layers and layers != have:
        old = encoder.encoder.layer
        encoder.encoder.layer = nn.ModuleList([copy.deepcopy(old[i * have // layers]) for i in range(layers)])
        encoder.config.num_hidden_layers = layers
    return encoder


def build(folder: Path, of: Inventory, layers: int = 0) -> Parser:
    """An untrained network on a pretrained encoder."""
    encoder = encoder_of(folder, layers)
    return Parser(encoder, labels=len(of.labels), tags=len(of.tags), names=len(of.names), nouns=len(of.nouns))


def load_net(path: Path, folder: Path, device: torch.device) -> tuple[Parser, Inventory]:
    """A trained network and its inventory, from a file that `keep` wrote."""
    saved = torch.load(path, map_location="cpu", weights_only=False)
    of = Inventory(**saved["inventory"])
    net = build(folder, of, saved["layers"])
    net.load_state_dict(saved["net"])
    return net.to(device).eval(), of


@dataclass
class Run:
    """A network in training: the state that is saved to resume after an interruption."""

    net: Parser
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LambdaLR
    step: int = 0
    epoch: int = 0

    @classmethod
    def begin(cls, net: Parser, rate: float, total: int) -> Run:
        """A new run. `rate`: the learning rate of the encoder, which is a tenth of the learning rate of the
        output layers; both decay over `total` steps.
        """
        encoder = list(net.encoder.parameters())
        inner = {id(parameter) for parameter in encoder}
        others = [parameter for parameter in net.parameters() if id(parameter) not in inner]
        groups = [{"params": encoder, "lr": rate}, {"params": others, "lr": 10 * rate}]
        optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1, (step + 1) / (0.06 * total)) * max(0.01, 1 - step / total)
        )
        return cls(net, optimiser, schedule)

    def learn(self, loss: Tensor) -> None:
        """Do one training step."""
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        self.schedule.step()
        self.step += 1

    def save(self, path: Path) -> None:
        """Write the whole state."""
        parts = {name: getattr(self, name).state_dict() for name in ("net", "optimiser", "schedule")}
        torch.save({**parts, "step": self.step, "epoch": self.epoch}, path)

    def restore(self, path: Path, device: torch.device) -> None:
        """Continue from the state that `save` wrote."""
        saved = torch.load(path, map_location=device, weights_only=False)
        for name in ("net", "optimiser", "schedule"):
            getattr(self, name).load_state_dict(saved[name])
        self.step, self.epoch = saved["step"], saved["epoch"]


def keep(net: Parser, of: Inventory, layers: int, reached: dict[str, float], path: Path) -> None:
    """Write a trained network, in half precision."""
    half = {
        key: value.half() if value.is_floating_point() else value for key, value in net.state_dict().items()
    }
    torch.save({"net": half, "inventory": vars(of), "layers": layers, "reached": reached}, path)


def arguments() -> argparse.Namespace:
    """The command-line arguments."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--batch", type=int, default=1600, help="maximum number of word pieces in a batch")
    parser.add_argument("--layers", type=int, default=0, help="layers of the encoder; 0: as many as it has")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--teachers", type=Path, nargs="*", default=())
    parser.add_argument("--teach", type=float, default=1.0, help="weight of the distillation loss")
    parser.add_argument("--no-news", action="store_true", help="leave unlabelled news out")
    return parser.parse_args()


def main() -> None:
    """Train one network."""
    given = arguments()
    torch.manual_seed(given.seed)
    random_ = random.Random(given.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    half = torch.autocast("cuda", torch.bfloat16) if device.type == "cuda" else contextlib.nullcontext()
    train, test = load(given.data / "train.jsonl.gz"), load(given.data / "test.jsonl.gz")
    of = inventory(train)
    news_file = given.data / "news.jsonl.gz"
    news = load(news_file) if news_file.exists() and not given.no_news else []
    pieces = Pieces.load(given.encoder / "vocab.txt")
    make = Windows(pieces, of, random_)
    net = build(given.encoder, of, given.layers).to(device)
    teachers = [load_net(path, given.encoder, device)[0] for path in given.teachers]

    per_epoch = len(batches([w for p in train + news for w in make.of(p)], given.batch, random_))
    total = int(per_epoch * given.epochs)
    run = Run.begin(net, given.rate, total)
    state = given.output.with_suffix(".state")
    if state.exists():
        run.restore(state, device)
        random_.seed(given.seed * 1000 + run.epoch)
    began = saved = time.time()
    reached: dict[str, float] = {}
    while run.step < total:
        windows = [w for p in train + news for w in make.of(p)]
        for group in batches(windows, given.batch, random_)[: total - run.step]:
            batch = tensors(group, len(of.names), device)
            with half:
                said = scores(net, batch)
                parts = losses(net, batch, said)
                loss = torch.stack([WEIGHTS[key] * value for key, value in parts.items()]).sum()
                if teachers:
                    loss = loss + given.teach * taught(net, batch, said, teachers)
            run.learn(loss)
            if run.step % 100 == 0:
                now = " ".join(f"{key} {float(value):.3f}" for key, value in parts.items())
                print(f"step {run.step} of {total}, {time.time() - began:.0f} s: {now}", flush=True)
        run.epoch += 1
        reached = evaluate(net, test, pieces, of)
        print(
            f"pass {run.epoch}:", " ".join(f"{key} {value:.4f}" for key, value in reached.items()), flush=True
        )
        if time.time() - saved > _SAVE_AFTER:
            saved = time.time()
            run.save(state)
    keep(net, of, given.layers, reached, given.output)
    state.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
