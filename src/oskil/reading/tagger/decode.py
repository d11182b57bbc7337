"""The stretches of each window: scored whole, by a semi-Markov random field over units.

Begin, end and inside of a stretch are scored together, and the role of the stretch before counts, so that a
long content comes out whole and not in fragments. All windows of a batch are read side by side: each step
from unit to unit is a few calls of numpy, however many windows there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

ROLES = ("source", "cue", "content")
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units `begin`..`end` of a window, both inclusive, that have the role `ROLES[role]`."""

    role: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Best:
    """The best readings up to each unit, for windows of `sizes` units.

    `spans[end, window, role, begin]` are the scores of stretches and `moves[former, role]` those of what role
    follows which (`former` 0 is none yet, else role + 1). `score[t, window, former]` is the best reading of
    the units before t whose last stretch has that role, and `opening[window, role, t]` that of one after
    which a stretch of a role opens at t.
    """

    spans: Floats
    moves: Floats
    sizes: Ints
    score: Floats
    opening: Floats


def likely_stretches(
    scores: Sequence[Floats], moves: Floats, thresholds: Sequence[float | None]
) -> list[list[Stretch]]:
    """The stretches of the best reading for roles without a threshold; around them, for the others, those
    more probable than their role's threshold, the most probable first. A lower threshold finds more.

    A short stretch is found best by its own probability. A long one shares its probability with many that
    differ by a word, and is found best with the whole reading. The arguments are those of `best_readings`.
    """
    best = best_readings(scores, moves)
    out = [[s for s in row if thresholds[s.role] is None] for row in best_stretches(best)]
    lowest = [np.inf if x is None else x for x in thresholds]
    for _, window, stretch in sorted(probable(best, lowest), key=lambda found: -found[0]):
        row = out[window]
        if all(s.end < stretch.begin or s.begin > stretch.end for s in row):
            row.append(stretch)
    return [sorted(row, key=lambda s: s.begin) for row in out]


def within_paragraphs(spans: Floats, paragraphs: Ints) -> Floats:
    """One window's scores [role, begin, end] with those of stretches from one paragraph into another struck
    out; `paragraphs` holds a number a unit. No span of 61,654 in the training articles but one does so.
    """
    return np.where(paragraphs[:, None] == paragraphs[None], spans, np.float32(NEVER))


def best_readings(scores: Sequence[Floats], moves: Floats) -> Best:
    """The best readings of windows from the scores [role, begin, end] of each one's stretches, NEVER where
    the end is before the begin, and from the `moves` of `Best`. A unit in no stretch scores 0. Time is
    O(units squared) a window.
    """
    sizes = np.array([one.shape[1] for one in scores], dtype=np.int64)
    spans = _side_by_side(scores, int(sizes.max(initial=0)))
    width, batch, roles, _ = spans.shape
    score = np.full((width + 1, batch, roles + 1), -np.inf, dtype=np.float32)
    score[:, :, 0] = 0
    opening = np.empty((batch, roles, width), dtype=np.float32)
    highest = np.maximum.reduce  # without the checks of `max`, which take longer than these few numbers
    for t in range(width):
        highest(score[t, :, :, None] + moves, axis=1, out=opening[:, :, t])
        closed = highest(opening[:, :, : t + 1] + spans[t, :, :, : t + 1], axis=2)
        np.maximum(score[t, :, 1:], closed, out=score[t + 1, :, 1:])
    return Best(spans, moves, sizes, score, opening)


def _side_by_side(scores: Sequence[Floats], width: int) -> Floats:
    """Scores [end, window, role, begin], so that those of one end lie together."""
    spans = np.full((width, len(scores), len(ROLES), width), NEVER, dtype=np.float32)
    for i, one in enumerate(scores):
        size = one.shape[1]
        spans[:size, i, :, :size] = one.transpose(2, 0, 1)
    return spans


def best_stretches(best: Best) -> list[list[Stretch]]:
    """The highest-scoring stretches without overlap of each window, in order."""
    return [_trace(best, window) for window in range(len(best.sizes))]


def _trace(best: Best, window: int) -> list[Stretch]:
    """Back from the best end, stretch by stretch."""
    out: list[Stretch] = []
    score, opening = best.score[:, window], best.opening[window]
    t = int(best.sizes[window])
    state = int(score[t].argmax())
    while t > 0 and state > 0:
        if score[t, state] == score[t - 1, state]:
            t -= 1
            continue
        role = state - 1
        begin = int((opening[role, :t] + best.spans[t - 1, window, role, :t]).argmax())
        out.append(Stretch(role, begin, t - 1))
        state = int((score[begin] + best.moves[:, role]).argmax())
        t = begin
    return out[::-1]


def probable(best: Best, lowest: Sequence[float]) -> Iterator[tuple[float, int, Stretch]]:
    """The stretches more probable than their role's `lowest`, summed over all readings of their window:
    (probability, window, stretch). A stretch is never more probable than that one of its role ends with it.
    """
    sums = _sums(best)
    for end, window, role in np.argwhere(sums.ending > np.array(lowest)).tolist():
        behind = sums.behind[end + 1, window, role + 1]
        shares = sums.opening[window, role, : end + 1] * sums.weights[end][window, role] * behind
        for begin in np.flatnonzero(shares > lowest[role]).tolist():
            yield float(shares[begin]), window, Stretch(role, begin, end)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over all readings. What comes before t is kept as its ratio to the best of it, so that no number
    grows beyond the count of readings, and nothing needs a logarithm.

    `weights[end][window, role, begin]` are those of stretches, `opening[window, role, t]` the sum of what
    comes before a stretch that opens at t, and `behind[t, window, former]` that of what follows; their
    product is a probability, as is `ending[end, window, role]`, of any stretch that ends there.
    """

    weights: list[Doubles]
    opening: Doubles
    behind: Doubles
    ending: Doubles


def _sums(best: Best) -> _Sums:
    width, batch, roles, _ = best.spans.shape
    top = best.score.max(2)  # of the units before t
    stay = np.exp(top[:-1] - top[1:]).astype(np.float64)[:, :, None]
    top = np.ascontiguousarray(top.T)[:, None]
    moves = np.exp(best.moves).astype(np.float64)
    weights = []
    before = np.zeros((batch, roles + 1))
    before[:, 0] = 1
    opening = np.empty((batch, roles, width))
    ending = np.empty((width, batch, roles))
    for t in range(width):
        opening[:, :, t] = before @ moves
        row = best.spans[t, :, :, : t + 1] + (top[:, :, : t + 1] - top[:, :, t + 1 : t + 2])
        row = np.exp(row, out=row).astype(np.float64)
        weights.append(row)
        np.matmul(opening[:, :, None, : t + 1], row[..., None], out=ending[t, :, :, None, None])
        before *= stay[t]
        before[:, 1:] += ending[t]
    behind = np.empty((width + 1, batch, roles + 1))
    behind[width] = 1 / before.sum(1)[:, None]
    opened = np.zeros((batch, roles, width))  # a stretch that opens here, and all that comes after
    for t in range(width - 1, -1, -1):
        opened[:, :, : t + 1] += behind[t + 1, :, 1:, None] * weights[t]
        behind[t] = stay[t] * behind[t + 1] + opened[:, :, t] @ moves.T
    ending *= behind[1:, :, 1:]
    return _Sums(weights, opening, behind, ending)
