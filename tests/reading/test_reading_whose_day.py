"""Which day a claim is of where its own words name none, on sentences of our own."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.rules import RuleReader
from oskil.reading.times import resolve_period
from oskil.records import Document, Part, Period

PUBLISHED = dt.date(2025, 3, 17)  # a Monday


def times(text: str) -> dict[str, Period | None]:
    """The periods of a text's claims by their words."""
    reader = RuleReader(cast(Gazetteer, None), None, place_names)
    parts = (Part(0, len(text), "body"),)
    document = Document(id="d", key="d", text=text, published=PUBLISHED.isoformat(), parts=parts)
    return {c.quote: c.time for c in reader.read(document).claims}


def period(words: str) -> Period | None:
    return resolve_period(words, 0, len(words), PUBLISHED)


def year(number: int) -> Period:
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31))


def test_a_clause_in_the_present_is_not_of_the_day_told_before_it() -> None:
    found = times(
        "On 12 March shells hit the mill in Tawila. A second shell killed a guard. The mill is still shut."
    )
    assert found["A second shell killed a guard"] == Period(dt.date(2025, 3, 12), dt.date(2025, 3, 12))
    still = found["The mill is still shut"]
    assert still is not None
    assert still.last == PUBLISHED


@pytest.mark.parametrize("joint", ["when", "after"])
def test_a_clause_behind_a_time_is_of_that_time(joint: str) -> None:
    found = times(f"Hundreds of bodies were found in the quarry in 2016 {joint} the rebels abandoned Tawila.")
    assert found["the rebels abandoned Tawila"] == year(2016)


def test_what_is_recalled_is_of_the_time_recalled() -> None:
    found = times("Recalling the siege in 2016, the baker said: “We ground acorns for flour.”")
    assert found["We ground acorns for flour"] == year(2016)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("9,000 have fled since the siege began on 4 March", "2025-03-04", "2025-03-17"),
        ("A ferry is expected on Friday", "2025-03-21", "2025-03-21"),
        ("A ferry arrived on Friday", "2025-03-14", "2025-03-14"),
        ("They have held the ridge for four days", "2025-03-13", "2025-03-17"),
    ],
)
def test_spells(words: str, first: str, last: str) -> None:
    assert period(words) == Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_a_stock_for_some_days_is_no_time() -> None:
    assert period("The clinic has oxygen for four days") is None
