"""A report with its maps, list and rivers: every verdict against another calculation from the raw files."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import by_hand, checks
from oskil.records import Verdict

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not checks.available(), reason="the shared data are not beside the checkout"),
]

# The rows of the table of checks that the article has.
ROWS = {
    "distance",
    "direction",
    "population",
    "rank",
    "crossing",
    "advance",
    "area",
    "pace",
    "duration",
    "losses",
    "shares",
    "control",
    "encirclement",
    "daylight",
    "order",
    "contradiction",
    "forecast",
}


@pytest.fixture(scope="module")
def found() -> tuple[Verdict, ...]:
    return checks.article()


def of(found: tuple[Verdict, ...], check: str) -> list[Verdict]:
    return [one for one in found if one.check == check]


def test_every_row_that_the_article_has_gets_a_verdict(found: tuple[Verdict, ...]) -> None:
    assert {one.check for one in found} >= ROWS
    assert len(found) >= 18


def test_every_verdict_is_right_by_another_calculation(found: tuple[Verdict, ...]) -> None:
    assert [(one.check, one.stated, one.found) for one in found if not checks.is_right(one)] == []


def test_the_figures_that_anyone_can_look_up(found: tuple[Verdict, ...]) -> None:
    far, near = (next(v for v in of(found, "distance") if f"{km} kilometers" in v.stated) for km in (76, 35))
    assert "62.5 km in a straight line, so the figure fits a road" in far.reason
    assert "31.8 km" in near.found
    assert "26,334" in of(found, "population")[0].found
    (area,) = of(found, "area")
    assert "346 km²" in area.found and "970 km² to 8 September" in area.found and "bracket" in area.reason
    (losses,) = of(found, "losses")
    assert losses.outcome == "cannot be checked" and "63 of 8 September" in losses.found


def test_the_area_by_region_adds_up(found: tuple[Verdict, ...]) -> None:
    (area,) = of(found, "area")
    assert area.working is not None and area.value is not None
    parts = [step for step in area.working.steps if step.startswith(("Kharkiv", "Kherson", "Mykolaiv"))]
    assert len(parts) == 3
    assert float(parts[0].split(": ")[1].split()[0]) > 0.8 * area.value


def test_every_verdict_that_was_calculated_names_its_data_by_hash(found: tuple[Verdict, ...]) -> None:
    calculated = [v for v in found if v.value is not None and v.check not in ("time", "contradiction")]
    for one in calculated:
        assert one.data and all(len(source.sha256) == 64 for source in one.data)
        assert one.at is not None


def test_the_other_texts_have_no_false_difference() -> None:
    found = checks.verdicts(*checks.OTHERS)
    differs = [one for one in found if one.outcome == "differs"]
    # Two officials with 300 and 400 square kilometres, days apart: the text itself tells of both.
    assert {one.check for one in differs} <= {"contradiction"}
    assert all(one.value in (300.0, 400.0) for one in differs)
    agreed = {(one.check, one.found) for one in found if one.outcome == "agrees"}
    assert {
        ("conversion", "115.8 square miles"),
        ("conversion", "154.4 square miles"),
        ("conversion", "745.6 miles"),
        ("conversion", "2,535.3 pounds"),
        ("shares", "378 of 420 is 90.0 percent"),
        ("shares", "30 of 39 is 77%"),
        ("shares", "93 percent together"),
        ("shares", "100 percent together"),
    } <= agreed
    assert [one for one in found if one.check == "time" and "1,461 days" in one.found]


def test_the_other_calculation_is_another_one() -> None:
    text = Path(by_hand.__file__).read_text("utf-8")
    assert not [name for name in ("import shapely", "import pyproj", "from oskil") if name in text]
