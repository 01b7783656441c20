"""MiniLM (Wang et al. 2020) as a tagger, with an embedding of word shapes, since its words have no case."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from ingest.tagger.labels import TAGS
from ingest.tagger.wordpiece import SHAPES

WIDTH: Final = 384
LAYERS: Final = 6
HEADS: Final = 12
INNER: Final = 1536
POSITIONS: Final = 512
VOCABULARY: Final = 30522

_EPSILON = 1e-12
_DROPOUT = 0.1


class Layer(nn.Module):
    """One layer of the encoder: attention over all pieces, then a network on each."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """From pieces (batch, length, WIDTH) to the same shape; mask (batch, 1, 1, length) is true at pieces."""
        batch, length, _ = pieces.shape
        heads = self.query_key_value(pieces).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = self.attended(attended.transpose(1, 2).reshape(batch, length, WIDTH))
        pieces = self.attended_norm(pieces + self.dropout(attended))
        return self.outer_norm(pieces + self.dropout(self.outer(functional.gelu(self.inner(pieces)))))


class MiniLM(nn.Module):
    """Scores of the tags for each piece."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.dropout = nn.Dropout(_DROPOUT)
        self.scores = nn.Linear(WIDTH, len(TAGS))
        nn.init.normal_(self.shapes.weight, std=0.02)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Scores (batch, length, tags) of piece and shape numbers (batch, length); mask is true at pieces."""
        embedded = self.words(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(shapes)
        hidden = self.dropout(self.norm(embedded))
        for layer in self.layers:
            hidden = layer(hidden, mask[:, None, None, :])
        scores: Tensor = self.scores(hidden)
        return scores


def pretrained(weights: Path) -> MiniLM:
    """A network with the weights of a published MiniLM-L6 (safetensors); shapes and scores are still to be learnt."""
    given = {name.removeprefix("bert."): tensor.float() for name, tensor in load_file(weights).items()}
    network = MiniLM()
    with torch.no_grad():
        # There is one segment, so its embedding belongs to every word.
        segment = given["embeddings.token_type_embeddings.weight"][0]
        network.words.weight.copy_(given["embeddings.word_embeddings.weight"] + segment)
        network.positions.weight.copy_(given["embeddings.position_embeddings.weight"])
        _copy(network.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            assert isinstance(layer, Layer)
            _copy_layer(layer, given, f"encoder.layer.{number}.")
    return network


def _copy_layer(layer: Layer, given: dict[str, Tensor], prefix: str) -> None:
    parts = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
    layer.query_key_value.weight.copy_(torch.cat([given[f"{part}.weight"] for part in parts]))
    layer.query_key_value.bias.copy_(torch.cat([given[f"{part}.bias"] for part in parts]))
    for module, name in (
        (layer.attended, "attention.output.dense"),
        (layer.attended_norm, "attention.output.LayerNorm"),
        (layer.inner, "intermediate.dense"),
        (layer.outer, "output.dense"),
        (layer.outer_norm, "output.LayerNorm"),
    ):
        _copy(module, given, prefix + name)


def _copy(module: nn.Linear | nn.LayerNorm, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
