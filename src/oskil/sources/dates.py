"""Dates as articles print them, with time and zone where these are given.."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from oskil.sources.vocabulary import date_words

_ISO = re.compile(
    r"\b(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s?(Z|[+-]\d{2}:?\d{2})?"
)
_NUMERIC = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_CLOCK = re.compile(
    r"\b(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?(?![\d.])|\b(\d{1,2})\s*(a\.m\.|p\.m\.|am|pm)\b",
    re.I,
)
_OFFSET = re.compile(r"(?:\b(?:GMT|UTC)\s?)?([+-])(\d{1,2})(?::?(\d{2}))?\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_IN_PATH = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_IN_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_BEFORE_CLOCK = ("", "at", "в", "о", "um", "à")
_LONGEST = 90  # characters of a date line


@dataclass(frozen=True, slots=True)
class Stamp:
    """An ISO date or date-time, the zone as it was written ("+03:00", "EST") or None, and where it stood."""

    iso: str
    zone: str | None
    start: int
    end: int


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(map(re.escape, date_words().months), key=len, reverse=True))
    day = r"(\d{1,2})(?:st|nd|rd|th|\.|er)?"
    return (
        re.compile(rf"\b{day}\s+(?:de\s+|of\s+)?({names})\b\.?,?\s+(?:de\s+)?(\d{{4}})\b", re.I),
        re.compile(rf"\b({names})\b\.?\s+{day},?\s+(\d{{4}})\b", re.I),
    )


def first_date(text: str) -> Stamp | None:
    """The first full date (day, month, year) in a text, with the time and zone that stand beside it."""
    found = [stamp for stamp in (_iso(text), _worded(text), _numeric(text)) if stamp]
    return min(found, key=lambda stamp: stamp.start) if found else None


def date_line(text: str) -> Stamp | None:
    """The date of a line that holds little else ("Published on 8 September 2022, 17:07 GMT"), or None."""
    if len(text) > _LONGEST:
        return None
    stamp = first_date(text)
    if stamp is None:
        return None
    rest = text[: stamp.start] + " " + text[stamp.end :]
    known = date_words()
    extra = [w for w in _WORD.findall(rest.lower()) if w not in known.beside and w not in known.zones]
    return None if extra else stamp


def is_change(text: str) -> bool:
    """Whether a date line tells of a later change ("Updated: ...")."""
    return any(w in date_words().changed for w in _WORD.findall(text.lower()))


def in_path(url: str) -> str | None:
    """The day that a link's path names ("/2022/09/08/"), as an ISO date."""
    found = _IN_PATH.search(url)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def in_name(name: str) -> str | None:
    """The ISO day that a file's name holds."""
    found = _IN_NAME.search(name)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def normal(value: str) -> Stamp | None:
    """A date of metadata, in whatever form `first_date` knows; "2022-09" and the like stay partial."""
    value = value.strip()
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
        return Stamp(value, None, 0, len(value))
    return first_date(value)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat() if year >= 1800 else None
    except ValueError:
        return None


def _iso(text: str) -> Stamp | None:
    for found in _ISO.finditer(text):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
        if day and found[4]:
            clock = f"T{found[4]}:{found[5]}:{found[6] or '00'}"
            offset = _colon(found[7]) if found[7] else ""
            zone = "UTC" if found[7] == "Z" else offset or None
            end = found.end()
            if not offset:
                offset, zone, end = _zone_after(text, end)
            if int(found[4]) < 24 and int(found[5]) < 60:
                return Stamp(day + clock + offset, zone, found.start(), end)
        if day:
            return _with_clock(text, day, found.start(), found.start() + 10)
    return None


def _colon(offset: str) -> str:
    if offset == "Z":
        return "+00:00"
    return offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"


def _worded(text: str) -> Stamp | None:
    months = date_words().months
    best: Stamp | None = None
    for order, pattern in enumerate(_patterns()):
        for found in pattern.finditer(text):
            day_word, month_word = (found[1], found[2]) if order == 0 else (found[2], found[1])
            day = _day(int(found[3]), months[month_word.lower()], int(day_word))
            if day and (best is None or found.start() < best.start):
                best = _with_clock(text, day, found.start(), found.end())
                break
    return best


def _numeric(text: str) -> Stamp | None:
    for found in _NUMERIC.finditer(text):
        day = _day(int(found[3]), int(found[2]), int(found[1]))
        if day:
            return _with_clock(text, day, found.start(), found.end())
    return None


def _with_clock(text: str, day: str, start: int, end: int) -> Stamp:
    """Add the time that stands within a few characters after the date, or else before it, and its zone."""
    after = _CLOCK.search(text, end, min(len(text), end + 25))
    clock = after or _CLOCK.search(text, max(0, start - 25), start)
    between = text[end : after.start()].strip(" ,|-–—•·/().") if after else ""
    if clock is None or between not in _BEFORE_CLOCK:
        return Stamp(day, None, start, end)
    hour, minute = int(clock[1] or clock[5]), int(clock[2] or 0)
    half = (clock[4] or clock[6] or "").lower().replace(".", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return Stamp(day, None, start, end)
    offset, zone, stop = _zone_after(text, clock.end())
    return Stamp(f"{day}T{hour:02}:{minute:02}:00{offset}", zone, min(start, clock.start()), max(end, stop))


def _zone_after(text: str, at: int) -> tuple[str, str | None, int]:
    """The offset ("+03:00" or ""), the zone as written, and the end of it."""
    tail = text[at : at + 14]
    lead = len(tail) - len(tail.lstrip(" (,"))
    offset = _OFFSET.match(tail, lead)
    if offset and int(offset[2]) <= 14:
        shown = f"{offset[1]}{int(offset[2]):02}:{offset[3] or '00'}"
        return shown, shown, at + offset.end()
    word = _WORD.match(tail, lead)
    minutes = date_words().zones.get(word[0].lower()) if word else None
    if word is None or minutes is None:
        return "", None, at
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours:02}:{rest:02}", word[0].upper(), at + word.end()
