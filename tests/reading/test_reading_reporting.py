"""The days that a situation report covers."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
from reading_fakes import place_names

from oskil.places.interface import Gazetteer
from oskil.reading.reporting import reporting_period
from oskil.reading.rules import RuleReader
from oskil.records import Document, Part

PUBLISHED = dt.date(2025, 3, 17)


@pytest.mark.parametrize(
    ("head", "days"),
    [
        ("Update 4 | Period covered: 9-15 March | As of 17 March", ("2025-03-09", "2025-03-15")),
        ("Reporting period: March 9-15, 2025\nRoads are shut.", ("2025-03-09", "2025-03-15")),
        ("Covering 9 to 15 March.", ("2025-03-09", "2025-03-15")),
        ("The dry period is over.", None),
        ("Period covered: 9-15 April", None),
        ("", None),
    ],
)
def test_the_head_states_the_days_covered(head: str, days: tuple[str, str] | None) -> None:
    found = reporting_period(head, PUBLISHED)
    assert (found and (str(found.first), str(found.last))) == days


def test_what_happened_without_a_day_is_of_the_days_covered_and_what_is_is_of_today() -> None:
    body = "Two stores of flour were looted in the port. The bridge at the mill is shut to all lorries."
    times = {}
    for head in ("Period covered: 9-15 March\n\n", ""):
        text = head + body
        parts = (Part(len(head), len(text), "body"),)
        document = Document(id="d", key="d", text=text, published=str(PUBLISHED), parts=parts)
        claims = RuleReader(cast(Gazetteer, None), None, place_names).read(document).claims
        times[bool(head)] = {c.quote[:10]: (c.time and (c.time.first, c.time.last)) for c in claims}
    assert times[True]["Two stores"] == (dt.date(2025, 3, 9), PUBLISHED)
    assert times[False]["Two stores"] == (PUBLISHED, PUBLISHED)
    assert times[True]["The bridge"] == times[False]["The bridge"]
