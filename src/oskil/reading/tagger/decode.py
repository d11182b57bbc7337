"""The best reading of each window: a Viterbi pass over labelled stretches of units (semi-Markov).

Begin, end and inside of a stretch are scored together, and the role of the stretch before counts, so that a
long content comes out whole and not in fragments. All windows of a batch are decoded side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units `begin`..`end` of a window, both inclusive, that have the role `ROLES[role]`."""

    role: int
    begin: int
    end: int


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
