"""Words that open or close a period: since, until, by, before, after, "two days after", "overnight into"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from oskil.reading.numerals import alternation
from oskil.reading.times.dates import Expression, data
from oskil.reading.times.reckoning import shift
from oskil.reading.times.resolving import number_of, tables

REACH = 60  # characters before an expression in which such words are sought


# "Since the siege began on 4 May": the day is that of what began.
BEGAN = (
    r"(?<=since )(?:(?:the|its|his|her|their|this)\s+)?(?:[\w’'-]+\s+){1,4}?"
    r"(?:began|begun|started|opened|broke out|was launched|were launched|fell|ended|resumed|arrived)\s+"
)


@lru_cache
def _operators() -> re.Pattern[str]:
    raw = data()
    named = "|".join(
        rf"(?P<{name}_>{alternation(raw[name].split('|'))})"
        for name in ("from_early", "as_of", "since", "from", "until", "by", "before", "after")
    )
    return re.compile(
        rf"(?<!\w)(?<!the )(?:{named})\s+(?:{BEGAN})?(?:(?:the|an?|in|on|about|around|at least)\s+)*$", re.I
    )


COUNTED = (
    r"(?P<{0}number>[0-9]{{1,3}}|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+"
    r"(?P<{0}unit>days?|weeks?|months?|years?)\s+(?P<{0}way>before|after|prior to|ahead of|following)"
)
OFFSET = re.compile(rf"(?<!\w)(?:{COUNTED.format('a')}\s+and\s+)?{COUNTED.format('b')}\s+(?:the\s+)?$", re.I)
NIGHT = re.compile(
    r"(?<!\w)(?:(?:overnight|the night)\s+(?:into|to|before)|overnight(?:\s+(?:on|from))?"
    r"|in the early hours of|в ночь на|вночі на|ніч на|в ніч на)\s+$",
    re.I,
)


def operated(text: str, one: Expression, start: int, published: dt.date) -> Expression:
    """The expression with the words before it applied, if any."""
    low = max(start, one.start - REACH)
    before = text[low : one.start]
    if one.grain == "day" and (night := NIGHT.search(before)) and one.first:
        first = one.first if "hours" in night.group() else shift(one.first, -1, "day")
        return replace(one, start=low + night.start(), first=first, grain="days")
    if one.grain == "day" and (offset := OFFSET.search(before)):
        return _offset(one, offset, low + offset.start())
    match = _operators().search(before)
    name = (match.lastgroup or "")[:-1] if match else None
    if match is None or name is None or (one.ranged and name in ("since", "from", "after", "before", "by")):
        return one
    at = low + match.start()
    if name == "until" and text[at:].lower().startswith(("through", "до")) and one.grain == "span":
        return one
    return replace(_apply(name, one, published), start=at)


def _apply(name: str, one: Expression, published: dt.date) -> Expression:
    first, last = one.first, one.last
    if name == "since":
        first, last = (last if _an_end(one) else first), published
    elif name == "from_early":
        last = None
    elif name == "from":
        # "From 2030" is open; "footage from Monday" is of that day.
        last = None if first and first > published else last
    elif name == "until":
        first = None
    elif name == "by":
        first = published if last and last > published + dt.timedelta(days=7) else None
    elif name == "before":
        first, last = None, shift(first, -1, "day") if first else None
    elif name == "after":
        first, last = (last if one.grain in ("day", "days") else first), published
    return replace(one, first=first, last=last, grain="span" if name != "as_of" else one.grain, ranged=True)


def _an_end(one: Expression) -> bool:
    """Whether it is "the end of May", from whose last day "since" counts."""
    if one.grain != "span" or one.first is None or one.last is None:
        return False
    return (one.last - one.first).days < 8 and one.last.day > 20


def _offset(one: Expression, match: re.Match[str], at: int) -> Expression:
    """ "Two days before X", or from "two days before" to "two days after X"."""
    assert one.first is not None
    days = []
    for side in ("a", "b"):
        if match[side + "number"]:
            sign = 1 if match[side + "way"].lower() in ("after", "following") else -1
            unit = tables()["units"][match[side + "unit"].lower()]
            days.append(shift(one.first, sign * number_of(match[side + "number"].lower()), unit))
    known = sorted(d for d in days if d)
    if not known:
        return one
    return replace(one, start=at, first=known[0], last=known[-1], grain="days" if len(known) > 1 else "day")
