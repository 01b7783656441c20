"""The teacher as a file that onnxruntime runs: the matrices of its layers and its words in bytes, gzipped.

Matrices have one scale for each output, words one for each row (as in Zafrir et al. 2019, "Q8BERT"); what comes into a
matrix is rounded to bytes when it runs. Matrices use 7 bits of the 8: where a processor has no instructions for such
networks, onnxruntime adds products in 16 bits, which larger ones overflow.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from ingest.tagger.chunks import LONGEST
from ingest.tagger.large_network import PIECES_KEY
from ingest.tagger.network import Floats
from ingest.tagger.wordpiece import PIECES_OF_A_WORD

POSITIONS: Final = LONGEST + PIECES_OF_A_WORD + 1
"""Pieces of the longest chunk."""

_EPSILON = 1e-12
_OF_MATRICES = 63
_OF_WORDS = 127
_CONTRIB = "com.microsoft"


def onnx_file(weights: Mapping[str, Floats], pieces: Sequence[str], kept: Sequence[int], *, heads: int) -> bytes:
    """A file that `ingest.tagger.large_network` reads; equal weights give equal bytes.

    Args:
        weights: those of `ingest.training.minilm`.
        pieces: the vocabulary.
        kept: the numbers of the pieces that stay, ascending; words with others are cut into smaller pieces.
        heads: of attention, in each layer.
    """
    graph = _Graph(weights)
    hidden = graph.embedding(kept)
    layer = 0
    while f"layers.{layer}.inner.weight" in weights:
        hidden = graph.layer(f"layers.{layer}.", hidden, heads)
        layer += 1
    model = graph.model(graph.exact("scores", hidden), tags=len(weights["scores.bias"]))
    helper.set_model_props(model, {PIECES_KEY: "\n".join(pieces[number] for number in kept)})
    return gzip.compress(model.SerializeToString(deterministic=True), mtime=0)


class _Graph:
    """Nodes as they are added; each method names what comes out."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def embedding(self, kept: Sequence[int]) -> str:
        """What the layers begin with: word, place and shape of each piece, normalised."""
        words = self._weights["words.weight"][list(kept)]
        scale = np.abs(words).max(1, keepdims=True) / _OF_WORDS + 1e-9
        rows = self._node("Gather", self._constant("words", np.round(words / scale).astype(np.int8)), "pieces")
        scales = self._node("Gather", self._constant("words scale", scale.astype(np.float32)), "pieces")
        word = self._node("Mul", self._node("Cast", rows, to=TensorProto.FLOAT), scales)
        none = self._constant("0", np.zeros(1, np.int64))
        positions = self._constant("positions", self._weights["positions.weight"][:POSITIONS].astype(np.float16))
        count = self._node("Shape", "pieces", start=1, end=2)
        place = self._node("Cast", self._node("Slice", positions, none, count, none), to=TensorProto.FLOAT)
        shape = self._node("Gather", self._weight("shapes.weight"), "shapes")
        total = self._node("Add", self._node("Add", word, place), shape)
        norm = self._weight("norm.weight"), self._weight("norm.bias")
        return self._node("LayerNormalization", total, *norm, axis=-1, epsilon=_EPSILON)

    def layer(self, prefix: str, hidden: str, heads: int) -> str:
        """Attention over all pieces, then a network on each."""
        parts = self._split(self._linear(f"{prefix}query_key_value", hidden), prefix)
        attended = self._node("MultiHeadAttention", *parts, domain=_CONTRIB, num_heads=heads)
        seen = self._added(f"{prefix}attended_norm", self._linear(f"{prefix}attended", attended), hidden)
        inner = self._node("Gelu", self._linear(f"{prefix}inner", seen))
        return self._added(f"{prefix}outer_norm", self._linear(f"{prefix}outer", inner), seen)

    def exact(self, name: str, rows: str) -> str:
        """Rows times a matrix that is kept as it is, and its bias."""
        matrix = self._constant(f"{name}.weight", self._weights[f"{name}.weight"].T)
        return self._node("Add", self._node("MatMul", rows, matrix), self._weight(f"{name}.bias"), out=name)

    def model(self, scores: str, *, tags: int) -> Any:
        """The whole: pieces and shapes (1, length) in, scores (1, length, tags) out."""
        given = [helper.make_tensor_value_info(name, TensorProto.INT32, [1, "n"]) for name in ("pieces", "shapes")]
        answer = helper.make_tensor_value_info(scores, TensorProto.FLOAT, [1, "n", tags])
        graph = helper.make_graph(self._nodes, "tags", given, [answer], self._constants)
        versions = [helper.make_opsetid("", 20), helper.make_opsetid(_CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=9, producer_name="eig train")
        onnx.checker.check_model(model)
        return model

    def _linear(self, name: str, rows: str) -> str:
        matrix = self._weights[f"{name}.weight"].T
        scale = np.abs(matrix).max(0) / _OF_MATRICES + 1e-9
        small = self._constant(f"{name}.weight", np.round(matrix / scale).astype(np.int8))
        scales = self._constant(f"{name}.scale", scale.astype(np.float32))
        bias = self._weight(f"{name}.bias")
        return self._node("DynamicQuantizeMatMul", rows, small, scales, "", bias, domain=_CONTRIB)

    def _added(self, name: str, rows: str, before: str) -> str:
        norm = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._node("SkipLayerNormalization", rows, before, *norm, domain=_CONTRIB, epsilon=_EPSILON)

    def _split(self, rows: str, prefix: str) -> list[str]:
        parts = [f"{prefix}{name}" for name in ("query", "key", "value")]
        self._nodes.append(helper.make_node("Split", [rows], parts, axis=-1, num_outputs=len(parts)))
        return parts

    def _node(self, kind: str, *given: str, domain: str = "", out: str = "", **attributes: Any) -> str:
        name = out or f"{kind} {len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(given), [name], domain=domain, **attributes))
        return name

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, array: np.ndarray) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name
