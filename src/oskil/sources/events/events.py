"""From the rows of a table to events, by its column map."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from oskil.conflict import ConflictProfile
from oskil.errors import SourceError
from oskil.records import Period
from oskil.sources import days
from oskil.sources.events.maps import ColumnMap
from oskil.sources.events.rows import Row
from oskil.sources.metadata import web_link
from oskil.sources.parties import party_id

# What tables write into a cell that holds nothing.
_NONE = ("", "NA", "nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row. `day` is the day it is filed under, `period` the days that it may have been on.

    `point` is latitude and longitude in degrees; `exactness` whether the event was at the place ("place"), by
    it ("around"), or no more than its region is known ("region").
    """

    id: str
    day: dt.date
    period: Period
    kind: str
    text: str = ""
    place: str = ""
    region: str = ""
    place_id: int | None = None
    point: tuple[float, float] | None = None
    exactness: str = "place"
    speaker: str = ""
    outlets: tuple[str, ...] = ()
    side: str | None = None
    holder: str | None = None
    url: str = ""
    language: str = ""
    numbers: tuple[tuple[str, str, float], ...] = ()


def event_of(row: Row, by: ColumnMap, profile: ConflictProfile) -> Event:
    """The event in a row. Raises SourceError, with the row, for a day or a number that is none."""

    def cell(role: str) -> str:
        return row.cells.get(by.columns.get(role, ""), "")

    day = _day(cell("day"), by, row.where)
    last = _day(cell("last_day"), by, row.where) if cell("last_day") else day
    width = by.widths.get(row.cells.get(by.precision, ""), 1) if by.precision else 1
    return Event(
        id=cell("id"),
        day=day,
        period=Period(day - dt.timedelta(days=width - 1), max(day, last)),
        kind=_kind(row, by),
        text=cell("text"),
        place=cell("place"),
        region=cell("region"),
        place_id=_number(cell("place_id"), row.where),
        point=_point(cell("lat"), cell("lon"), row.where),
        exactness=by.exactness.get(row.cells.get(by.exactness_column, ""), "place"),
        speaker=cell("speaker"),
        outlets=_names(cell("outlet"), by.separator),
        side=party_id(cell("side"), profile) if cell("side") else None,
        holder=party_id(cell("holder"), profile) if cell("holder") else None,
        url=web_link(cell("url")) or "" if cell("url") else "",
        language=cell("language")[:2].lower(),
        numbers=tuple(_numbers(row, by)),
    )


def _day(value: str, by: ColumnMap, where: str) -> dt.date:
    if by.day_format and not value[:5].endswith("-"):
        try:
            return days.day(dt.datetime.strptime(value, by.day_format), where)
        except ValueError as error:
            raise SourceError(f"“{value[:40]}” is not a day of the form {by.day_format}", where) from error
    return days.day(value, where)


def _kind(row: Row, by: ColumnMap) -> str:
    for column in by.kind_columns:
        if found := by.kinds.get(row.cells.get(column, "").lower()):
            return found
    flagged = (kind for column, kind in by.flags.items() if row.cells.get(column) in ("1", "1.0"))
    return next(flagged, by.other)


def _names(value: str, separator: str) -> tuple[str, ...]:
    names = value.split(separator) if separator else [value]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _number(value: str, where: str) -> int | None:
    if value in _NONE:
        return None
    try:
        return int(float(value))
    except (ValueError, OverflowError) as error:
        raise SourceError(f"“{value[:20]}” is no id of a place", where) from error


def _point(lat: str, lon: str, where: str) -> tuple[float, float] | None:
    if lat in _NONE or lon in _NONE:
        return None
    try:
        point = float(lat), float(lon)
    except ValueError as error:
        raise SourceError(f"“{lat[:20]}, {lon[:20]}” is no point", where) from error
    if not (abs(point[0]) <= 90 and abs(point[1]) <= 180):
        raise SourceError(f"“{lat[:20]}, {lon[:20]}” is no point in degrees", where)
    return point


def _numbers(row: Row, by: ColumnMap) -> list[tuple[str, str, float]]:
    """The numbers that are not 0: their words, unit and value."""
    found = []
    for measure in by.measures:
        words = row.cells.get(measure.column, "")
        try:
            value = float(words.replace(",", "")) if words not in _NONE else 0.0
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise SourceError(f"“{words[:20]}” in {measure.column} is no number", row.where)
        if value:
            found.append((words, measure.unit, value))
    return found
