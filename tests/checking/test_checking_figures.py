"""What stated figures stand for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.checking.figures import hedge_of, meant, number, rounding, rounding_in, spoken
from oskil.checking.tolerances import build, tolerances
from oskil.errors import ProfileError


@pytest.mark.parametrize(
    ("value", "half"),
    [(76, 0.5), (27_000, 500), (2.5, 0.05), (35, 0.5), (450, 5), (0, 0), (1_200_000, 50_000)],
)
def test_rounding_is_half_of_the_last_digit(value: float, half: float) -> None:
    assert rounding(value, cap=1.0) == pytest.approx(half)


def test_rounding_is_capped_for_a_single_digit() -> None:
    assert rounding(100, cap=0.15) == pytest.approx(15)


@given(st.integers(1, 999), st.integers(0, 6))
def test_rounding_scales_with_the_figure(digits: int, power: int) -> None:
    assert rounding(float(digits * 10**power), 1.0) == pytest.approx(rounding(float(digits), 1.0) * 10**power)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("about", "about"),
        ("Up to", "most"),
        ("more  than", "least"),
        ("no more than", "most"),
        ("not less than", "least"),
        ("nearly", "nearly"),
        ("", ""),
        ("exactly", ""),
        ("an estimated", "about"),
    ],
)
def test_hedges(words: str, kind: str) -> None:
    assert hedge_of(words) == kind


@given(st.floats(0.1, 1e7), st.sampled_from(["", "about", "nearly", "up to", "more than"]))
def test_every_range_holds_the_figure_itself(value: float, comparator: str) -> None:
    assert value in meant(value, "", comparator, "distance")


@given(st.floats(0.1, 1e7))
def test_about_is_never_narrower_than_a_plain_figure(value: float) -> None:
    plain, about = meant(value, "", "", "population"), meant(value, "", "about", "population")
    assert about.low <= plain.low
    assert plain.high is not None and about.high is not None and about.high >= plain.high


def test_rounding_is_that_of_the_figure_as_written() -> None:
    assert rounding_in("20 miles (35 km)", 32.18688, cap=1.0) == pytest.approx(5 * 1.609344)
    assert rounding_in("1.4 million", 1.4e6, cap=1.0) == pytest.approx(50_000)
    assert rounding_in("two million", 2e6, cap=0.15) == pytest.approx(300_000)


def test_one_sided_hedges_are_open_on_their_side() -> None:
    assert 1.0 in meant(50, "", "up to", "distance")
    assert 70.0 not in meant(50, "", "up to", "distance")
    assert 5000.0 in meant(50, "", "more than", "distance")
    assert 30.0 not in meant(50, "", "more than", "distance")
    assert 52.0 in meant(50, "", "nearly", "distance") and 58.0 not in meant(50, "", "nearly", "distance")


def test_figures_for_reading() -> None:
    assert [number(x) for x in (26334, 62.4, 4.26, 3.0)] == ["26,334", "62", "4.3", "3"]
    assert spoken(5, None, "km") == "at least 5 km"
    assert spoken(0, 52.5, "km") == "up to 52 km"
    assert spoken(50.6, 81, "km") == "51 to 81 km"


def test_every_shipped_number_gives_its_reason() -> None:
    shipped = tolerances()
    assert set(shipped.numbers) == set(shipped.reasons)
    assert all(len(why) > 30 for why in shipped.reasons.values())
    assert all(math.isfinite(n) and n > 0 for n in shipped.numbers.values())


def test_a_number_without_a_reason_is_refused() -> None:
    with pytest.raises(ProfileError, match="gives no reason"):
        build({"numbers": {"x": {"value": 1, "why": " "}}, "hedges": {}, "pint_units": {}})


def test_a_hedge_of_two_kinds_is_refused() -> None:
    with pytest.raises(ProfileError, match="over"):
        build({"numbers": {}, "hedges": {"most": ["over"], "least": ["over"]}, "pint_units": {}})
