"""The network: a BERT encoder with a few features of its own, a span head, a link head, syntax heads.

The encoder's weights are those of all-MiniLM-L6-v2 (six layers, 384 wide). The span head gives every
stretch of units a score for each role: a product of begin and end vectors, plus begin, end, summed inside
scores and one for its length. The link head ties contents and sources to cues. The syntax heads serve
training alone: they keep parts of speech and dependencies in the encoder's vectors.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from oskil.reading.tagger.units import CASES, EDGES, QUOTES
from training.semicrf import NEVER

ROLES = 3
WIDE = 64  # of span and link vectors
LENGTHS = 24  # buckets of a stretch's length
GAPS = 20  # buckets of the distance between a cue and a span
BETWEEN = 8  # buckets of how many cues stand between


def fused_attention(q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
    """onnxruntime's own operator, which walks the scores in blocks that stay in the cache."""
    return torch.onnx.ops.symbolic(
        "com.microsoft::MultiHeadAttention",
        (q, k, v),
        {"num_heads": heads},
        dtype=q.dtype,
        shape=q.shape,
        version=1,
    )


class Layer(nn.Module):
    def __init__(self, wide: int, heads: int, inner: int, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv = nn.Linear(wide, 3 * wide)
        self.out = nn.Linear(wide, wide)
        self.norm = nn.LayerNorm(wide, eps=1e-12)
        self.up = nn.Linear(wide, inner)
        self.down = nn.Linear(inner, wide)
        self.last = nn.LayerNorm(wide, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`mask` None is a batch without padding; only so is the network exported."""
        batch, size, wide = x.shape
        q, k, v = self.qkv(x).split(wide, dim=-1)
        if torch.onnx.is_in_onnx_export():
            mixed = fused_attention(q, k, v, self.heads)
        else:
            q, k, v = (
                part.view(batch, size, self.heads, wide // self.heads).transpose(1, 2) for part in (q, k, v)
            )
            mixed = F.scaled_dot_product_attention(q, k, v, None if mask is None else mask.to(q.dtype))
            mixed = mixed.transpose(1, 2).reshape(batch, size, wide)
        mixed = self.out(mixed)
        x = self.norm(x + F.dropout(mixed, self.drop, self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.last(x + F.dropout(inner, self.drop, self.training))


class Encoder(nn.Module):
    def __init__(self, config: dict, drop: float = 0.1) -> None:
        super().__init__()
        wide = config["hidden_size"]
        self.drop = drop
        self.words = nn.Embedding(config["vocab_size"], wide)
        self.places = nn.Embedding(config["max_position_embeddings"], wide)
        self.features = nn.ModuleList(nn.Embedding(n, wide) for n in (CASES, QUOTES, EDGES))
        self.norm = nn.LayerNorm(wide, eps=1e-12)
        heads, inner = config["num_attention_heads"], config["intermediate_size"]
        self.layers = nn.ModuleList(
            Layer(wide, heads, inner, drop) for _ in range(config["num_hidden_layers"])
        )

    def forward(self, ids: Tensor, mask: Tensor | None, features: Tensor) -> Tensor:
        x = self.words(ids) + self.places.weight[: ids.shape[1]]
        for i, table in enumerate(self.features):
            x = x + table(features[..., i])
        x = F.dropout(self.norm(x), self.drop, self.training)
        bias = None if mask is None else (1.0 - mask.to(x.dtype))[:, None, None, :] * NEVER
        for layer in self.layers:
            x = layer(x, bias)
        return x


class SpanHead(nn.Module):
    def __init__(self, wide: int, drop: float = 0.2) -> None:
        super().__init__()
        self.mix = nn.Sequential(nn.Dropout(drop), nn.Linear(wide, wide), nn.GELU(), nn.Dropout(drop))
        self.begin = nn.Linear(wide, ROLES * WIDE)
        self.end = nn.Linear(wide, ROLES * WIDE)
        self.edges = nn.Linear(wide, ROLES * 3)
        self.length = nn.Parameter(torch.zeros(ROLES, LENGTHS))
        self.moves = nn.Parameter(torch.zeros(ROLES + 1, ROLES))

    def forward(self, x: Tensor) -> Tensor:
        """Scores [B, R, W, W] of every begin and end; those that end before they begin are NEVER."""
        batch, size, _ = x.shape
        x = self.mix(x)
        begin = self.begin(x).float().view(batch, size, ROLES, WIDE).permute(0, 2, 1, 3)
        end = self.end(x).float().view(batch, size, ROLES, WIDE).permute(0, 2, 3, 1)
        edges = self.edges(x).float().view(batch, size, ROLES, 3).permute(3, 0, 2, 1)
        inside = edges[2].cumsum(-1)
        score = begin @ end * WIDE**-0.5
        score = score + (edges[0] - inside + edges[2])[:, :, :, None] + (edges[1] + inside)[:, :, None, :]
        at = torch.arange(size, device=x.device)
        gap = at[None, :] - at[:, None]
        score = score + self.length[:, length_bucket(gap.clamp(min=0))]
        return score.masked_fill(gap < 0, NEVER)


def length_bucket(gap: Tensor) -> Tensor:
    """0..7 each their own, then four to the octave, by end minus begin."""
    octaves = (gap.clamp(min=8).float() / 8).log2() * 4
    return torch.where(gap < 8, gap, (8 + octaves.long()).clamp(max=LENGTHS - 1))


class LinkHead(nn.Module):
    """Scores of (cue, span) pairs: products of learned vectors of both, plus learned numbers for the distance
    and the cues between. `free` is the score of a cue's having no source."""

    def __init__(self, wide: int, drop: float = 0.2) -> None:
        super().__init__()
        self.drop = nn.Dropout(drop)
        self.cue = nn.Linear(2 * wide, WIDE)
        self.span = nn.Linear(2 * wide, WIDE)
        self.gap = nn.Embedding(GAPS, 1)
        self.between = nn.Embedding(BETWEEN, 1)
        self.free = nn.Linear(2 * wide, 1)

    def forward(self, cues: Tensor, spans: Tensor, gap: Tensor, between: Tensor) -> Tensor:
        """[cues, spans], from vectors of both ends and bucket numbers."""
        product = self.cue(self.drop(cues)) @ self.span(self.drop(spans)).T * WIDE**-0.5
        return product + self.gap(gap)[..., 0] + self.between(between)[..., 0]


class SyntaxHead(nn.Module):
    def __init__(self, wide: int, tags: int, relations: int) -> None:
        super().__init__()
        self.tag = nn.Linear(wide, tags)
        self.relation = nn.Linear(wide, relations)
        self.child = nn.Linear(wide, WIDE)
        self.head = nn.Linear(wide, WIDE)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.tag(x), self.relation(x), self.child(x) @ self.head(x).transpose(1, 2) * WIDE**-0.5


class Network(nn.Module):
    def __init__(self, config: dict, tags: int = 0, relations: int = 0) -> None:
        super().__init__()
        self.config = config
        wide = config["hidden_size"]
        self.encoder = Encoder(config)
        self.spans = SpanHead(wide)
        self.content = LinkHead(wide)
        self.source = LinkHead(wide)
        self.syntax = SyntaxHead(wide, tags, relations) if tags else None
        for table in self.encoder.features:
            nn.init.zeros_(table.weight)
        for link in (self.content, self.source):
            nn.init.zeros_(link.gap.weight)
            nn.init.zeros_(link.between.weight)

    def vectors(self, ids: Tensor, mask: Tensor | None, features: Tensor, first: Tensor) -> Tensor:
        """One vector a unit [B, W, wide]: that of its first piece."""
        x = self.encoder(ids, mask, features)
        return x.gather(1, first[..., None].expand(-1, -1, x.shape[-1]))

    def forward(self, ids: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """(span scores, unit vectors) of windows of one length: what run time needs."""
        x = self.vectors(ids, None, features, first)
        return self.spans(x), x


def pretrained(folder: Path, tags: int, relations: int) -> Network:
    """A network whose encoder starts from the weights in `folder` (config.json, model.safetensors)."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text())
    network = Network(config, tags, relations)
    given = load_file(folder / "model.safetensors")
    given = {name.removeprefix("bert."): value for name, value in given.items()}
    network.encoder.load_state_dict(_renamed(given, network.encoder), strict=True)
    return network


def _renamed(given: dict[str, Tensor], encoder: Encoder) -> dict[str, Tensor]:
    kind = given["embeddings.token_type_embeddings.weight"][0]
    out = {
        "words.weight": given["embeddings.word_embeddings.weight"] + kind,
        "places.weight": given["embeddings.position_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for i, table in enumerate(encoder.features):
        out[f"features.{i}.weight"] = table.weight.detach()
    names = {
        "out": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "last": "output.LayerNorm",
    }
    for i in range(len(encoder.layers)):
        for part in ("weight", "bias"):
            old = f"encoder.layer.{i}."
            qkv = [given[f"{old}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
            out[f"layers.{i}.qkv.{part}"] = torch.cat(qkv)
            for ours, theirs in names.items():
                out[f"layers.{i}.{ours}.{part}"] = given[f"{old}{theirs}.{part}"]
    return out
