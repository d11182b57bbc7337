"""The stretches of each window: scored whole, by a semi-Markov random field over units.

Begin, end and inside of a stretch are scored together, and the role of the stretch before counts, so that a
long content comes out whole and not in fragments. All windows of a batch are read side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ROLES = ("source", "cue", "content")
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units `begin`..`end` of a window, both inclusive, that have the role `ROLES[role]`."""

    role: int
    begin: int
    end: int


def likely_stretches(
    spans: Floats, moves: Floats, sizes: Ints, thresholds: Sequence[float | None]
) -> list[list[Stretch]]:
    """The stretches of the best reading for roles without a threshold; around them, for the others, those
    more probable than their role's threshold, the most probable first. A lower threshold finds more.

    A short stretch is found best by its own probability. A long one shares its probability with many that
    differ by a word, and is found best with the whole reading.
    """
    lowest = np.array([2.0 if x is None else x for x in thresholds], np.float32)
    shares = probabilities(spans, moves, sizes)
    windows, roles, begins, ends = np.nonzero(shares > lowest[None, :, None, None])
    order = np.argsort(-shares[windows, roles, begins, ends], kind="stable")
    out = [[s for s in row if thresholds[s.role] is None] for row in best_stretches(spans, moves, sizes)]
    for i in order.tolist():
        stretch = Stretch(int(roles[i]), int(begins[i]), int(ends[i]))
        row = out[windows[i]]
        if all(s.end < stretch.begin or s.begin > stretch.end for s in row):
            row.append(stretch)
    return [sorted(row, key=lambda s: s.begin) for row in out]


def within_paragraphs(spans: Floats, paragraphs: Ints) -> Floats:
    """One window's scores [role, begin, end] with those of stretches from one paragraph into another struck
    out; `paragraphs` holds a number a unit. No span of 61,654 in the training articles but one does so.
    """
    return np.where(paragraphs[:, None] == paragraphs[None], spans, np.float32(NEVER))


def best_stretches(spans: Floats, moves: Floats, sizes: Ints) -> list[list[Stretch]]:
    """The highest-scoring stretches without overlap of each window, in order.

    `spans[window, role, begin, end]` scores a stretch, `moves[former, role]` what role follows which
    (`former` 0 is none yet, else role + 1). `sizes` are the windows' units; scores beyond do not count.
    A unit in no stretch scores 0. Time is O(units squared) a window.
    """
    batch, roles, width, _ = spans.shape
    by_end = np.ascontiguousarray(spans.transpose(3, 0, 1, 2))
    score = np.full((width + 1, batch, roles + 1), -np.inf, dtype=np.float32)
    score[0, :, 0] = 0
    opening = np.empty((batch, roles, width), dtype=np.float32)
    former = np.zeros((width, batch, roles), dtype=np.int64)  # of a stretch that opens here
    begins = np.full((width + 1, batch, roles), -1, dtype=np.int64)  # of a stretch that ends here
    for t in range(width):
        arriving = score[t, :, :, None] + moves
        former[t] = arriving.argmax(1)
        opening[:, :, t] = arriving.max(1)
        closing = opening[:, :, : t + 1] + by_end[t, :, :, : t + 1]
        begin = closing.argmax(2)
        closed = np.take_along_axis(closing, begin[:, :, None], 2)[:, :, 0]
        score[t + 1] = score[t]
        better = closed > score[t, :, 1:]
        score[t + 1, :, 1:] = np.where(better, closed, score[t, :, 1:])
        begins[t + 1] = np.where(better, begin, -1)
    return [_trace(score, former, begins, i, int(size)) for i, size in enumerate(sizes)]


def _trace(score: Floats, former: Ints, begins: Ints, window: int, size: int) -> list[Stretch]:
    """Back from the best end, stretch by stretch."""
    out: list[Stretch] = []
    state = int(score[size, window].argmax())
    t = size
    while t > 0 and state > 0:
        begin = int(begins[t, window, state - 1])
        if begin < 0:
            t -= 1
            continue
        out.append(Stretch(state - 1, begin, t - 1))
        state = int(former[begin, window, state - 1])
        t = begin
    return out[::-1]


def probabilities(spans: Floats, moves: Floats, sizes: Ints) -> Floats:
    """How probable each stretch is, summed over all readings of its window; the arguments and costs are those
    of `best_stretches`. Stretches beyond a window's units are 0."""
    batch, roles, width, _ = spans.shape
    inside = np.arange(width) < sizes[:, None]
    spans = np.where((inside[:, :, None] & inside[:, None, :])[:, None], spans, np.float32(NEVER))
    by_end = np.ascontiguousarray(spans.transpose(3, 0, 1, 2))
    by_begin = np.ascontiguousarray(spans.transpose(2, 0, 1, 3))
    before = np.full((width + 1, batch, roles + 1), NEVER, dtype=np.float32)
    before[0, :, 0] = 0
    opening = np.empty((batch, roles, width), dtype=np.float32)
    for t in range(width):
        opening[:, :, t] = _log_sum(before[t, :, :, None] + moves, 1)
        before[t + 1, :, 0] = before[t, :, 0]
        closed = _log_sum(opening[:, :, : t + 1] + by_end[t, :, :, : t + 1], 2)
        before[t + 1, :, 1:] = np.logaddexp(before[t, :, 1:], closed)
    behind = np.zeros((batch, roles + 1, width + 1), dtype=np.float32)
    for t in range(width - 1, -1, -1):
        opened = _log_sum(by_begin[t, :, :, t:] + behind[:, 1:, t + 1 :], 2)
        behind[:, :, t] = np.logaddexp(behind[:, :, t + 1], _log_sum(moves + opened[:, None], 2))
    total = _log_sum(before[width], 1)[:, None, None, None]
    shares: Floats = np.exp(spans + opening[:, :, :, None] + behind[:, 1:, None, 1:] - total)
    return shares


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis, keepdims=True)
    summed: Floats = np.log(np.exp(values - top).sum(axis)) + top.squeeze(axis)
    return summed
