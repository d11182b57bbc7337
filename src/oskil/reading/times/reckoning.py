"""Reckoning with days: shifts by units, calendar weeks, months, years and seasons, weekdays."""

from __future__ import annotations

import calendar
import datetime as dt

DAYS_PER_UNIT = {"day": 1, "week": 7}
MONTHS_PER_UNIT = {"month": 1, "year": 12, "decade": 120}
FARTHEST = 200 * 366  # days; what lies farther is no time of a war and may lie off the calendar


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar lacks it."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def shift(day: dt.date, number: float, unit: str) -> dt.date | None:
    """The day `number` units on, back where negative; hours are rounded to days. None off the calendar."""
    try:
        if unit in MONTHS_PER_UNIT:
            index = day.year * 12 + day.month - 1 + round(number * MONTHS_PER_UNIT[unit])
            year, month = divmod(index, 12)
            first, last = month_of(year, month + 1)
            return first.replace(day=min(day.day, last.day))
        days = round(number / 24) if unit == "hour" else round(number * DAYS_PER_UNIT[unit])
        return day + dt.timedelta(days=days) if abs(days) <= FARTHEST else None
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def around(day: dt.date, unit: str, step: int = 0) -> tuple[dt.date, dt.date] | None:
    """First and last day of the day, week (from Monday), month or year `step` on from that of a day."""
    moved = shift(day, step, unit)
    if moved is None:
        return None
    if unit == "day":
        return moved, moved
    if unit == "week":
        first = shift(moved, -moved.weekday(), "day") or dt.date.min
        return first, shift(first, 6, "day") or dt.date.max
    if unit == "month":
        return month_of(moved.year, moved.month)
    return dt.date(moved.year, 1, 1), dt.date(moved.year, 12, 31)


def weekday(day: dt.date, index: int, direction: int) -> dt.date | None:
    """The nearest such weekday (Monday is 0) to a day.

    Direction 0 is the latest one up to the day itself, -1 before it, 1 after it, 2 from the day itself on.
    """
    back, ahead = (day.weekday() - index) % 7, (index - day.weekday()) % 7
    days = {0: -back, -1: -(back or 7), 1: ahead or 7, 2: ahead}[direction]
    return shift(day, days, "day")


def season(year: int, first_month: int) -> tuple[dt.date, dt.date] | None:
    """A meteorological season; winter is named by the year in which it begins."""
    if not 1 <= year <= 9998:
        return None
    last_year, last_month = (year + 1, 2) if first_month == 12 else (year, first_month + 2)
    return dt.date(year, first_month, 1), month_of(last_year, last_month)[1]


def season_near(
    day: dt.date, first_month: int, step: int | None, ahead: bool
) -> tuple[dt.date, dt.date] | None:
    """A season without a year; step -1 is "last", 0 "this", 1 "next", None none of them.

    The latest that has begun, or the next where the words look ahead. "This summer" is that of the
    calendar year; "this winter" the last one until the summer, then the coming one.
    """
    began = day.year - (day.month < first_month)
    current = season(began, first_month)
    running = current is not None and day <= current[1]
    if step == -1:
        began -= running
    elif step == 1 or (not running and ahead):
        began += 1
    elif step == 0 and not running:
        began = day.year - (first_month == 12 and day.month < 6)
    return season(began, first_month)
