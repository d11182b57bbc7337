"""Pieces of articles as padded tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from oskil.reading.tagger.decode import Stretch
from oskil.reading.tagger.tagger import window_input
from training.data import Article, Link, cut

HIDDEN = 103  # [MASK] in BERT's vocabulary


@dataclass(frozen=True, slots=True)
class Piece:
    article: Article
    begin: int
    end: int

    @property
    def pieces(self) -> int:
        first = self.article.units.first
        return int(first[self.end] - first[self.begin]) + 2


@dataclass(frozen=True, slots=True)
class Batch:
    """`gold` are each piece's stretches (role, begin, end); `links` its (cue, contents, sources)."""

    ids: Tensor
    mask: Tensor
    features: Tensor
    first: Tensor
    sizes: list[int]
    gold: list[list[Stretch]]
    links: list[list[Link]]
    tags: Tensor
    relations: Tensor
    heads: Tensor


def epoch(
    articles: Sequence[Article], rng: random.Random, most: int, single: float, tokens: int
) -> list[list[Piece]]:
    """All pieces of one pass in batches of about `tokens` word pieces, like lengths together, shuffled."""
    pieces = [Piece(a, b, e) for a in articles for b, e in cut(a, rng, most, single)]
    pieces.sort(key=lambda p: p.pieces + rng.randint(0, 12))
    out: list[list[Piece]] = [[]]
    for piece in pieces:
        longest = max(p.pieces for p in [*out[-1], piece])
        if out[-1] and longest * (len(out[-1]) + 1) > tokens:
            out.append([])
        out[-1].append(piece)
    rng.shuffle(out)
    return out


def collate(pieces: Sequence[Piece], rng: random.Random | None = None, hide: float = 0.0) -> Batch:
    """Tensors of some pieces. A share `hide` of the word pieces is masked, and paragraph marks are dropped
    from one piece in five, so that a text without layout is read as well."""
    given = [window_input(p.article.units, p.begin, p.end) for p in pieces]
    inputs = [(one["ids"][0], one["features"][0], one["first"][0]) for one in given]
    if rng is not None:
        for ids, features, _ in inputs:
            hidden = np.array([rng.random() < hide for _ in ids])
            hidden[[0, -1]] = False
            ids[hidden] = HIDDEN
            if rng.random() < 0.2:
                features[:, 2] = 0
    labels = [_labels(p) for p in pieces]
    syntax = [_syntax(p) for p in pieces]
    return Batch(
        ids=_padded([i for i, _, _ in inputs]),
        mask=_padded([np.ones_like(i) for i, _, _ in inputs]),
        features=_padded([f for _, f, _ in inputs]),
        first=_padded([f for _, _, f in inputs]),
        sizes=[len(f) for _, _, f in inputs],
        gold=[g for g, _ in labels],
        links=[n for _, n in labels],
        tags=_padded([s[0] for s in syntax], -1),
        relations=_padded([s[1] for s in syntax], -1),
        heads=_padded([s[2] for s in syntax], -1),
    )


def _padded(rows: Sequence[np.ndarray], filler: int = 0) -> Tensor:
    """Rows of unequal length as one tensor."""
    out = np.full((len(rows), max(len(r) for r in rows), *rows[0].shape[1:]), filler, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


def _labels(piece: Piece) -> tuple[list[Stretch], list[Link]]:
    """The stretches inside the piece, clipped to it, by its own unit numbers, and their links."""
    place: dict[int, int] = {}
    kept: list[Stretch] = []
    for i, s in enumerate(piece.article.stretches):
        if s.begin < piece.end and s.end >= piece.begin:
            place[i] = len(kept)
            begin, end = max(s.begin, piece.begin), min(s.end, piece.end - 1)
            kept.append(Stretch(s.role, begin - piece.begin, end - piece.begin))
    links = [
        (place[c], [place[x] for x in xs if x in place], [place[x] for x in ss if x in place])
        for c, xs, ss in piece.article.links
        if c in place and all(x in place for x in ss)
    ]
    return kept, links


def _syntax(piece: Piece) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    a, b, e = piece.article, piece.begin, piece.end
    heads = a.heads[b:e]
    heads = np.where((heads >= b) & (heads < e), heads - b, -1)
    return a.tags[b:e], a.relations[b:e], heads


def batches(plan: Sequence[Sequence[Piece]], rng: random.Random, hide: float) -> Iterator[Batch]:
    for pieces in plan:
        yield collate(pieces, rng, hide)
