"""What the figures of places rest on."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.places import calibration_error, chance_error
from oskil.records import Place
from training.places_choosing import Sure, from_others, temperature

AUBURN = Place(1, "Auburn", "settlement", 32.6, -85.5, "US", region="AL", population=60_000)
OPELIKA = Place(2, "Opelika", "settlement", 32.6, -85.4, "US", region="AL", population=30_000)
HEARD = {("auburn", AUBURN): 0.9, ("opelika", OPELIKA): 0.9}


def test_probabilities_that_are_right_have_no_error() -> None:
    sure = [(0.75, True), (0.75, True), (0.75, True), (0.75, False), (1.0, True)]
    assert calibration_error(sure) == 0
    assert calibration_error([(0.9, False)]) == pytest.approx(0.9)


def test_a_small_sample_errs_more_by_chance() -> None:
    few = chance_error([(f"a{n}", 0.7) for n in range(20)])
    many = chance_error([(f"a{n}", 0.7) for n in range(2000)])
    together = chance_error([(f"a{n % 20}", 0.7) for n in range(2000)])
    assert many < few / 3 and together == pytest.approx(few, abs=0.03)


def test_a_home_is_never_learned_from_the_text_itself() -> None:
    outlet = ("a.com", "https://a.com/1")
    alone, other = from_others([HEARD, {}], [outlet, ("b.com", "https://b.com/1")])
    assert alone is not None and not alone.placed and other is not None and not other.placed
    first, second = from_others([HEARD, {}], [outlet, outlet])
    assert first is not None and not first.placed
    assert second is not None and second.placed and second.region == "AL"


def test_the_temperature_makes_what_is_right_likeliest() -> None:
    # Three of four are right at log-odds of log(3): as sure as it should be; at twice that, too sure.
    right, wrong = np.array([True, False]), np.array([False, True])
    for scale in (1.0, 2.0):
        scores = np.array([scale * np.log(3), 0.0])
        given = [Sure(scores, which, 1.0) for which in (right, right, right, wrong)]
        assert temperature(given) == pytest.approx(scale, abs=0.02)
    assert temperature([]) == 1.0
