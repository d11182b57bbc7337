"""Days as data states them: ISO dates, date-times, eight digits; within the years that a record can be of."""

from __future__ import annotations

import datetime as dt
import re

from oskil.errors import SourceError

# Records of wars under way are read here: a year outside is a placeholder or a slip of the pen, and would
# put a claim at the beginning or the end of every listing.
FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")


def day(value: object, where: str) -> dt.date:
    """The day that an ISO date, a date-time or eight digits begin with. Raises SourceError for others."""
    if isinstance(value, dt.datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, dt.date) else str(value).strip()
    found = _DAY.match(text)
    if found is None:
        raise SourceError(f"“{text[:40]}” is not a day such as 2022-09-08", where)
    year, month, number = (int(part) for part in found.groups() if part is not None)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise SourceError(f"the year {year:04} of “{text[:40]}” cannot be meant", where)
    try:
        return dt.date(year, month, number)
    except ValueError as error:
        raise SourceError(f"there is no such day as “{text[:40]}”", where) from error


def day_in(name: str) -> dt.date | None:
    """The only day that a file's name holds ("2022-09-08", "20220908"), or None."""
    found = set()
    for match in _DAY.finditer(name):
        try:
            found.add(day(match[0], name))
        except SourceError:
            continue
    return found.pop() if len(found) == 1 else None


def words(day: dt.date) -> str:
    """A day in words: "8 September 2022"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = ("January February March April May June July August September October November December").split()
