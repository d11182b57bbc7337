"""Units are shown in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.checking.units import named


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("mile**2", "square miles"),
        ("mile ** 2", "square miles"),
        ("kilometer**2", "square kilometers"),
        ("meter**3", "cubic meters"),
        ("nautical_mile", "nautical miles"),
        ("kilometer/hour", "kilometers per hour"),
        ("foot", "feet"),
        ("foot**2", "square feet"),
        ("century", "centuries"),
        ("km", "km"),
        ("km2", "km²"),
        ("people", "people"),
        ("UAH", "UAH"),
        ("", ""),
    ],
)
def test_a_unit_in_words(unit: str, words: str) -> None:
    assert named(unit) == words


def test_one_of_a_unit_is_singular() -> None:
    assert named("mile**2", 1.0) == "square mile"
    assert named("foot", 1.0) == "foot"


@given(st.text(max_size=30), st.floats(allow_nan=False))
def test_any_text_for_a_unit_has_words(unit: str, value: float) -> None:
    words = named(unit, value)
    assert "_" not in words or "_" in unit
    assert bool(words) == bool(unit)
