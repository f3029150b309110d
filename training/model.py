"""The network: one encoder, and an output layer for each property of a token.

MiniLM-L6 (Wang et al. 2020) reads the word pieces of a paragraph; a word is represented by the encoder's
output for its first piece. Trees are scored with deep biaffine attention (Dozat and Manning 2017). The
encoder is uncased, so the shape of the word is added to each piece.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)
from torch import Tensor, nn

SHAPES = 8  # number of embeddings of word shapes; `kg.language.news.pieces` uses fewer


class Parser(nn.Module):
    """The network.

    In the shapes of its tensors, B is the number of windows, L the number of pieces, and N the number of
    words; word 0 is the root (the piece [CLS]).
    """

    def __init__(
        self,
        encoder: Any,
        *,
        labels: int,
        tags: int,
        names: int,
        nouns: int,
        arc: int = 320,
        label: int = 112,
        dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.shapes = nn.Embedding(SHAPES, size)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.mix = nn.Parameter(torch.zeros(encoder.config.num_hidden_layers))
        self.arc_head, self.arc_dep = nn.Linear(size, arc), nn.Linear(size, arc)
        self.label_head, self.label_dep = nn.Linear(size, label), nn.Linear(size, label)
        self.arcs = nn.Parameter(torch.zeros(arc + 1, arc))
        self.labels = nn.Parameter(torch.zeros(labels, label + 1, label + 1))
        nn.init.xavier_uniform_(self.arcs)
        self.tags, self.starts = nn.Linear(size, tags), nn.Linear(size, 1)
        self.names = nn.Sequential(
            nn.Linear(size, size), nn.GELU(), nn.Dropout(dropout), nn.Linear(size, names)
        )
        self.nouns = nn.Linear(size, nouns)
        self.dropout = nn.Dropout(dropout)

    def words(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> Tensor:
        """The vector of each word: B x N x hidden."""
        mask = (pieces != 0).long()
        inputs = self.encoder.embeddings.word_embeddings(pieces) + self.shapes(shapes)
        out = self.encoder(inputs_embeds=inputs, attention_mask=mask, output_hidden_states=True)
        weights = torch.softmax(self.mix * 4, 0)
        layers = torch.stack(out.hidden_states[1:], -1)
        mixed = (layers * weights).sum(-1) + out.last_hidden_state
        chosen: Tensor = self.dropout(mixed).gather(1, first.unsqueeze(-1).expand(-1, -1, mixed.size(-1)))
        return chosen

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """The scores of arcs (B x N dependents x N heads); the vectors of words as dependents and as heads
        (B x N x label), from which `label_scores` computes scores; and the scores of everything else.
        """
        words = self.words(pieces, shapes, first)
        head, dep = self.dropout(F.gelu(self.arc_head(words))), self.dropout(F.gelu(self.arc_dep(words)))
        arcs = torch.cat([dep, torch.ones_like(dep[..., :1])], -1) @ self.arcs @ head.transpose(1, 2)
        label_dep = self.dropout(F.gelu(self.label_dep(words)))
        label_head = self.dropout(F.gelu(self.label_head(words)))
        starts = self.starts(words).squeeze(-1)
        return arcs, label_dep, label_head, self.tags(words), starts, self.names(words), self.nouns(words)

    def label_scores(self, dep: Tensor, head: Tensor) -> Tensor:
        """The scores of labels (n x labels) of n arcs, from the vectors of the dependents and of the heads
        (each n x label).
        """
        dep = torch.cat([dep, torch.ones_like(dep[:, :1])], -1)
        head = torch.cat([head, torch.ones_like(head[:, :1])], -1)
        count, size, _ = self.labels.shape
        left = (dep @ self.labels.permute(1, 0, 2).reshape(size, count * size)).view(-1, count, size)
        return (left * head.unsqueeze(1)).sum(-1)
