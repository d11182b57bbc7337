"""The best reading of a window, against all readings written out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.reading.tagger.decode import (
    Stretch,
    best_stretches,
    likely_stretches,
    probabilities,
    within_paragraphs,
)

ROLES = 3


def readings(start: int, size: int) -> Iterator[list[Stretch]]:
    if start == size:
        yield []
        return
    yield from readings(start + 1, size)
    for end in range(start, size):
        for role in range(ROLES):
            for rest in readings(end + 1, size):
                yield [Stretch(role, start, end), *rest]


def score(reading: list[Stretch], spans: np.ndarray, moves: np.ndarray) -> float:
    former, total = 0, 0.0
    for s in reading:
        total += spans[s.role, s.begin, s.end] + moves[former, s.role]
        former = s.role + 1
    return total


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_no_reading_scores_higher(seed: int, sizes: list[int]) -> None:
    chance = np.random.default_rng(seed)
    spans = chance.normal(size=(len(sizes), ROLES, max(sizes), max(sizes))).astype(np.float32)
    spans[:, :, *np.tril_indices(max(sizes), -1)] = -1e4
    moves = chance.normal(size=(ROLES + 1, ROLES)).astype(np.float32)
    for i, found in enumerate(best_stretches(spans, moves, np.array(sizes))):
        best = max(score(r, spans[i], moves) for r in readings(0, sizes[i]))
        assert abs(score(found, spans[i], moves) - best) < 1e-4
        assert all(a.end < b.begin for a, b in zip(found, found[1:], strict=False))


def test_a_long_stretch_comes_out_whole_where_its_pieces_score_less() -> None:
    spans = np.full((1, ROLES, 6, 6), -1e4, dtype=np.float32)
    spans[0, 2, 0, 5] = 3.0
    spans[0, 2, 0, 2] = spans[0, 2, 3, 5] = 1.4
    assert best_stretches(spans, np.zeros((4, 3), np.float32), np.array([6])) == [[Stretch(2, 0, 5)]]


def test_the_role_before_decides_between_equals() -> None:
    spans = np.full((1, ROLES, 2, 2), -1e4, dtype=np.float32)
    spans[0, 0, 0, 0] = 1.0
    spans[0, 1, 1, 1] = spans[0, 2, 1, 1] = 1.0
    moves = np.zeros((4, 3), np.float32)
    moves[1, 1] = 0.5
    assert best_stretches(spans, moves, np.array([2])) == [[Stretch(0, 0, 0), Stretch(1, 1, 1)]]


def test_padding_is_not_read() -> None:
    spans = np.full((1, ROLES, 3, 3), 5.0, dtype=np.float32)
    (found,) = best_stretches(spans, np.zeros((4, 3), np.float32), np.array([1]))
    assert [(s.begin, s.end) for s in found] == [(0, 0)]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_probabilities_are_the_share_of_all_readings(seed: int, sizes: list[int]) -> None:
    chance = np.random.default_rng(seed)
    width = max(sizes)
    spans = chance.normal(size=(len(sizes), ROLES, width, width)).astype(np.float32)
    spans[:, :, *np.tril_indices(width, -1)] = -1e4
    moves = chance.normal(size=(ROLES + 1, ROLES)).astype(np.float32)
    found = probabilities(spans, moves, np.array(sizes))
    for i, size in enumerate(sizes):
        expected = np.zeros((ROLES, width, width))
        every = list(readings(0, size))
        weights = np.exp([score(r, spans[i], moves) for r in every])
        for reading, weight in zip(every, weights / weights.sum(), strict=True):
            for s in reading:
                expected[s.role, s.begin, s.end] += weight
        assert np.allclose(found[i], expected, atol=1e-4)


def test_a_lower_threshold_finds_what_is_less_likely() -> None:
    spans = np.full((1, ROLES, 2, 2), -1e4, dtype=np.float32)
    spans[0, 1, 0, 0] = -1.0  # 27 %
    moves, sizes = np.zeros((4, 3), np.float32), np.array([2])
    assert likely_stretches(spans, moves, sizes, (0.4, 0.4, 0.4)) == [[]]
    assert likely_stretches(spans, moves, sizes, (0.4, 0.2, 0.4)) == [[Stretch(1, 0, 0)]]


def test_a_role_without_a_threshold_is_taken_from_the_best_reading() -> None:
    spans = np.full((1, ROLES, 3, 3), -1e4, dtype=np.float32)
    spans[0, 2, 0, 2] = 2.0
    spans[0, 2, 0, 0] = 1.9
    spans[0, 0, 2, 2] = spans[0, 1, 2, 2] = 0.0
    moves, sizes = np.zeros((4, 3), np.float32), np.array([3])
    assert likely_stretches(spans, moves, sizes, (0.4, 0.4, 0.4)) == [[Stretch(2, 0, 0)]]
    assert likely_stretches(spans, moves, sizes, (0.4, 0.4, None)) == [[Stretch(2, 0, 2)]]


def test_no_stretch_goes_from_one_paragraph_into_another() -> None:
    spans = np.zeros((ROLES, 3, 3), dtype=np.float32)
    struck = within_paragraphs(spans, np.array([1, 1, 2]))[0] < -1e3
    assert struck.tolist() == [[False, False, True], [False, False, True], [True, True, False]]
