"""The best reading of a window, against all readings written out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.reading.tagger.decode import (
    NEVER,
    Stretch,
    best_readings,
    best_stretches,
    likely_stretches,
    probable,
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


def drawn(seed: int, sizes: list[int]) -> tuple[list[np.ndarray], np.ndarray]:
    """Scores of the stretches of windows, and of moves, by chance."""
    chance = np.random.default_rng(seed)
    scores = [chance.normal(size=(ROLES, n, n)).astype(np.float32) for n in sizes]
    for one in scores:
        one[:, *np.tril_indices(one.shape[1], -1)] = NEVER
    return scores, chance.normal(size=(ROLES + 1, ROLES)).astype(np.float32)


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_no_reading_scores_higher(seed: int, sizes: list[int]) -> None:
    scores, moves = drawn(seed, sizes)
    for given_scores, found in zip(scores, best_stretches(best_readings(scores, moves)), strict=True):
        best = max(score(r, given_scores, moves) for r in readings(0, given_scores.shape[1]))
        assert abs(score(found, given_scores, moves) - best) < 1e-4
        assert all(a.end < b.begin for a, b in zip(found, found[1:], strict=False))


def best_alone(scores: np.ndarray, moves: np.ndarray) -> list[Stretch]:
    (found,) = best_stretches(best_readings([scores], moves))
    return found


def test_a_long_stretch_comes_out_whole_where_its_pieces_score_less() -> None:
    scores = np.full((ROLES, 6, 6), NEVER, dtype=np.float32)
    scores[2, 0, 5] = 3.0
    scores[2, 0, 2] = scores[2, 3, 5] = 1.4
    assert best_alone(scores, np.zeros((4, 3), np.float32)) == [Stretch(2, 0, 5)]


def test_the_role_before_decides_between_equals() -> None:
    scores = np.full((ROLES, 2, 2), NEVER, dtype=np.float32)
    scores[0, 0, 0] = 1.0
    scores[1, 1, 1] = scores[2, 1, 1] = 1.0
    moves = np.zeros((4, 3), np.float32)
    moves[1, 1] = 0.5
    assert best_alone(scores, moves) == [Stretch(0, 0, 0), Stretch(1, 1, 1)]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_windows_side_by_side_are_read_as_each_alone(seed: int, sizes: list[int]) -> None:
    scores, moves = drawn(seed, sizes)
    together = likely_stretches(scores, moves, (0.4, 0.2, None))
    assert together == [likely_stretches([one], moves, (0.4, 0.2, None))[0] for one in scores]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_probabilities_are_the_share_of_all_readings(seed: int, sizes: list[int]) -> None:
    scores, moves = drawn(seed, sizes)
    found = [np.zeros_like(one) for one in scores]
    for share, window, s in probable(best_readings(scores, moves), (0.0, 0.0, 0.0)):
        found[window][s.role, s.begin, s.end] = share
    for i, given_scores in enumerate(scores):
        expected = np.zeros_like(given_scores)
        every = list(readings(0, sizes[i]))
        weights = np.exp([score(r, given_scores, moves) for r in every])
        for reading, weight in zip(every, weights / weights.sum(), strict=True):
            for s in reading:
                expected[s.role, s.begin, s.end] += weight
        assert np.allclose(found[i], expected, atol=1e-4)


def test_many_readings_that_are_equally_good_do_not_overflow() -> None:
    size = 254  # e ** 300 readings and more: no number of 32 bits holds so many
    scores = np.where(np.triu(np.ones((size, size), bool)), 0, NEVER).astype(np.float32)
    best = best_readings([np.stack([scores] * ROLES)], np.zeros((4, 3), np.float32))
    shares = np.array([share for share, *_ in probable(best, (0.1, 0.1, 0.1))])
    assert len(shares) == ROLES * size
    assert np.all((shares > 0.1) & (shares < 0.25))


def test_a_lower_threshold_finds_what_is_less_likely() -> None:
    scores = np.full((ROLES, 2, 2), NEVER, dtype=np.float32)
    scores[1, 0, 0] = -1.0  # 27 %
    moves = np.zeros((4, 3), np.float32)
    assert likely_stretches([scores], moves, (0.4, 0.4, 0.4)) == [[]]
    assert likely_stretches([scores], moves, (0.4, 0.2, 0.4)) == [[Stretch(1, 0, 0)]]


def test_a_role_without_a_threshold_is_taken_from_the_best_reading() -> None:
    scores = np.full((ROLES, 3, 3), NEVER, dtype=np.float32)
    scores[2, 0, 2] = 2.0
    scores[2, 0, 0] = 1.9
    scores[0, 2, 2] = scores[1, 2, 2] = 0.0
    moves = np.zeros((4, 3), np.float32)
    assert likely_stretches([scores], moves, (0.4, 0.4, 0.4)) == [[Stretch(2, 0, 0)]]
    assert likely_stretches([scores], moves, (0.4, 0.4, None)) == [[Stretch(2, 0, 2)]]


def test_no_stretch_goes_from_one_paragraph_into_another() -> None:
    spans = np.zeros((ROLES, 3, 3), dtype=np.float32)
    struck = within_paragraphs(spans, np.array([1, 1, 2]))[0] < -1e3
    assert struck.tolist() == [[False, False, True], [False, False, True], [True, True, False]]
