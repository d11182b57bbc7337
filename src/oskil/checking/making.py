"""Putting a verdict together from its parts, the same way in every check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from oskil.checking.interface import Case, Check
from oskil.records import DataSource, Outcome, Place, Shape, Span, Verdict, Working


def verdict(
    check: Check,
    case: Case,
    outcome: Outcome,
    *,
    stated: str,
    found: str,
    reason: str,
    data: Sequence[DataSource],
    at: Span | None,
    tolerance: str = "",
    numbers: tuple[float, float | None, float | None, str] | None = None,
    places: Sequence[int] = (),
    working: Working | None = None,
) -> Verdict:
    """A verdict of this check on this case. `numbers` are value, low, high and unit; data are named once."""
    value, low, high, unit = numbers or (None, None, None, "")
    return Verdict(
        check=check.name,
        claim=case.claim.id,
        outcome=outcome,
        stated=stated,
        found=found,
        reason=reason,
        method=check.method,
        tolerance=tolerance,
        data=tuple(dict.fromkeys(data)),
        value=None if value is None else round(value, 4),
        low=None if low is None else round(low, 4),
        high=None if high is None else round(high, 4),
        unit=unit,
        places=tuple(places),
        at=at,
        working=working,
    )


def day(date: dt.date, beside: dt.date | None = None) -> str:
    """A day for reading, "8 September 2022"; without its year where one of the same year stands beside it."""
    short = f"{date.day} {date:%B}"
    return short if beside is not None and beside.year == date.year else f"{short} {date.year}"


def spot(place: Place, role: str = "place") -> Shape:
    """A settlement on the picture of a working."""
    return Shape(kind="point", role=role, label=place.name, lines=(((place.lon, place.lat),),))


def segment(one: tuple[float, float], other: tuple[float, float], label: str) -> Shape:
    """A straight line between two points (longitude, latitude) on the picture of a working."""
    return Shape(kind="line", role="line", label=label, lines=((one, other),))


def party(case: Case, id: str) -> str:
    """A party's name as the profile has it, else its id."""
    known = case.data.profile.parties if case.data.profile else ()
    return next((one.name for one in known if one.id == id), id)
