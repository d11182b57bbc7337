"""The days that a situation report covers, as its head states them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from oskil.reading.times import resolve_period
from oskil.records import Period

HEAD = 800  # characters in which the days covered are stated
STATED = re.compile(
    r"\b(?:period(?: covered| under review| of report)?|(?:date|days|dates) covered|covers|covering)"
    r"\s*(?:is|are|:|=|of|from|the period|the days)?\s*",
    re.I,
)
LINE = 40  # characters behind those words that are read for days
SHORTEST, LONGEST = 1, 62  # days; one day is a date, and more than two months is no reporting period
OLDEST = 62  # days from its end to publication


@lru_cache(maxsize=16)
def reporting_period(text: str, published: dt.date) -> Period | None:
    """The first and last day covered ("Period covered: 3-9 June"); None where the head states none."""
    for match in STATED.finditer(text, 0, HEAD):
        line = text[match.end() : match.end() + LINE].split("\n")[0]
        stretch = re.split(r"[|·;]", line)[0]
        if not re.match(r"[\dA-Z]", stretch):
            continue
        found = resolve_period(stretch, 0, len(stretch), published)
        if found and found.first and found.last:
            days = (found.last - found.first).days
            if SHORTEST <= days <= LONGEST and 0 <= (published - found.last).days <= OLDEST:
                return found
    return None
