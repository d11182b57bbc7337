"""Explicit dates: days, months and years that a text names, and digits that are no numbers because of them.

A month and day without a year is the latest one not more than a week after publication; a month alone is
the latest that had begun; both look ahead where the sentence does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from oskil.reading import counted
from oskil.reading.lexicon import HERE, read_yaml
from oskil.reading.needles import Sieve
from oskil.reading.numerals import APOSTROPHES, Taken, alternation
from oskil.reading.times.reckoning import day_of, month_of
from oskil.records import Span

Grain = Literal["day", "days", "week", "month", "season", "year", "span"]
AHEAD = dt.timedelta(days=7)
Ahead = Callable[[int, int], bool]

DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![\w:]|[.,][0-9])"
TO = r"\s*(?:[-–—]|\band\b|\bto\b|\bthrough\b|\bor\b|\binto\b|\bпо\b|\bдо\b|\bи\b|\bі\b|\bта\b|\bна\b)\s*"
# "February 11, 12 and 15", "25-26"; not "February 12 and 15 drones".
DAYS = rf"{DAY}(?:(?:,\s*{DAY})*,?{TO}{DAY}(?!\s+(?:percent|[a-z]{{3,}}s\b)|%))?"
YEAR = r"(?:19|20)[0-9]{2}(?![\w]|[.,][0-9])"
SHORT_MONTHS = ("May", "June", "July")
OF_YEAR = r"(?:\s*(?:року|года|году|р\.|г\.))?"


@dataclass(frozen=True, slots=True)
class Expression:
    """Words of time at text[start:end] and what they come to.

    `grain` is how fine they are. `weak` words ("now", "recently") yield to any others. A `ranged` one
    has both its ends in words ("February 11 and 15").
    """

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None
    grain: Grain
    weak: bool = False
    ranged: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    months: Mapping[str, int]
    rules: tuple[tuple[re.Pattern[str], Callable[..., tuple[Any, ...] | None]], ...]
    masks: tuple[re.Pattern[str], ...]


@lru_cache
def read_data(name: str) -> Any:
    """A file of `data/`, parsed once."""
    return read_yaml(HERE / "data" / name)


def data() -> Any:
    """The words of time, `data/times.yaml`."""
    return read_data("times.yaml")


def forms(table: Mapping[Any, str]) -> dict[str, Any]:
    """Lower-case form to key."""
    return {form.lower(): key for key, listed in table.items() for form in str(listed).split("|")}


def cased(words: Any) -> str:
    """An alternation in which Latin words have a capital or are all capitals; others may have any case."""
    words = list(words)
    latin = [w for w in words if w.isascii()]
    other = [w for w in words if not w.isascii()]
    parts = [alternation([*latin, *(w.upper() for w in latin)])] if latin else []
    return "|".join([*parts, f"(?i:{alternation(other)})"] if other else parts)


def plain(word: str) -> str:
    """Lower case, with the typewriter's apostrophe and single spaces."""
    return " ".join(word.lower().translate(APOSTROPHES).split())


@lru_cache
def _patterns() -> _Patterns:
    raw = data()
    months = forms(raw["months"])
    listed = [form for names in raw["months"].values() for form in names.split("|")]
    doubtful = [form for form in listed if form in ("May", "March", "Mar")]
    sure = [form for form in listed if form not in doubtful]
    # With a day or a year beside it a name needs no capital, except where it is also a word.
    month = rf"(?<![\w-])(?P<month>{cased(doubtful)}|(?i:{alternation(sure)}))(?!\w)\.?"
    full_names = [form for form in listed if len(form) > 4 or not form.isascii() or form in SHORT_MONTHS]
    full = rf"(?<!\w)(?P<month>{cased(full_names)})(?!\w)"
    year = rf"(?P<year>{YEAR})"
    month_day = re.compile(rf"{month}\s+(?P<days>{DAYS})(?:,?\s+{year}{OF_YEAR})?")
    day_month = re.compile(rf"(?<![\w.,:-])(?P<days>{DAYS})\s+(?:of\s+)?{month}(?:,?\s+{year}{OF_YEAR})?")
    iso = re.compile(
        r"(?<![\w-])(?P<y>(?:19|20)[0-9]{2})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?=T[0-9]|(?![\w-]))"
    )
    dotted = re.compile(r"(?<![\w.])(?P<d>[0-3]?[0-9])\.(?P<m>[01]?[0-9])\.(?P<y>(?:19|20)[0-9]{2})(?!\w)")
    slashed = re.compile(r"(?<![\w/])(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<y>(?:19|20)[0-9]{2})(?![\w/])")
    return _Patterns(
        months,
        (
            (month_day, _days),
            (day_month, _days),
            (re.compile(rf"{month},?\s+(?:of\s+)?{year}{OF_YEAR}"), _month_year),
            (iso, _numeric),
            (dotted, _numeric),
            (slashed, _slashed),
            (re.compile(full), _month),
            (
                re.compile(
                    r"(?<![\w.,$€£-])(?P<y>(?:19|20)[0-9]{2})\s?[-–/]\s?(?P<z>(?:20)?[0-9]{2})(?![\w]|[.,-][0-9])"
                ),
                _years,
            ),
            (re.compile(rf"(?<![\w.,$€£#/:])(?<![0-9][-–])(?P<y>{YEAR}){OF_YEAR}(?![%/])"), _year),
            (re.compile(r"(?<!\w)(?P<y>(?:19|20)[0-9])0s\b"), _decade),
        ),
        (
            month_day,
            day_month,
            iso,
            dotted,
            slashed,
            re.compile(r"(?<![\w.,])[0-2]?[0-9](?:[:.][0-5][0-9])?\s?(?:a\.?m\b|p\.?m\b|o['’]clock)", re.I),
            re.compile(r"(?<![\w.,])[0-2]?[0-9][:.]?[0-5][0-9]\s?(?:GMT|UTC|EST|local time|hours local)\b"),
            re.compile(r"(?m)^[ \t]*[0-9]{1,3}[.)](?=\s)"),
            re.compile(r"(?<!\w)(?:[0-9]{1,4}(?:-[0-9]{2,4}){2,}|\+[0-9]{1,4}(?:[- ][0-9]{2,4}){2,})(?!\w)"),
            re.compile(r"(?<=won )[0-9]{1,2}[-–][0-9]{1,2}|(?<=lost )[0-9]{1,2}[-–][0-9]{1,2}"),
            re.compile(r"(?<![\w])[0-9]{1,2}[-–][0-9]{1,2}(?=\s+(?:win|victory|vote|defeat|draw|loss)\b)"),
        ),
    )


@lru_cache
def _sieve() -> Sieve:
    return Sieve(pattern for pattern, _ in _patterns().rules)


@lru_cache
def _masks() -> Sieve:
    return Sieve(_patterns().masks)


def dates(
    text: str, start: int, end: int, published: dt.date, ahead: Ahead, strictly: Ahead
) -> Iterator[Expression]:
    """The explicit dates that lie in text[start:end].

    `ahead(start, end)` says whether the words there look ahead; days go by the stricter `strictly`.
    """
    months = _patterns().months
    taken = Taken()
    taken.add_all(addresses(text, start, end))
    for pattern, resolve in (_patterns().rules[k] for k in _sieve().may_match(text[start:end])):
        for match in pattern.finditer(text, start, end):
            if not taken.free(*match.span()):
                continue
            found = resolve(match, published, months, strictly if resolve is _days else ahead)
            if found is not None:
                taken.add(*match.span())
                first, last, grain, ranged, weak = (*found, False, False)[:5] if len(found) < 5 else found
                yield Expression(match.start(), match.end(), first, last, grain, weak, ranged)


# Bounded, so that a long run without a space is not searched from each of its characters.
ADDRESS = re.compile(r"\S{0,200}(?:://|www\.|@\w|\.(?:com|org|net)\b)\S*|(?<!\w)#\w+")

MARKS_OF_ADDRESSES = ("#", "@", "://", "www.", ".com", ".org", ".net")


def addresses(text: str, start: int, end: int) -> Iterator[Span]:
    """Web addresses, handles and hash tags."""
    here = text[start:end]
    if any(mark in here for mark in MARKS_OF_ADDRESSES):
        yield from (Span(*m.span()) for m in ADDRESS.finditer(text, start, end))


def not_numbers(text: str, start: int, end: int) -> list[Span]:
    """Stretches whose digits are dates, clock times, addresses, list marks or scores."""
    masks = (_patterns().masks[k] for k in _masks().may_match(text[start:end]))
    found = (m for pattern in masks for m in pattern.finditer(text, start, end))
    return [*addresses(text, start, end), *(Span(*m.span()) for m in found)]


def _days(match: re.Match[str], published: dt.date, months: Mapping[str, int], ahead: Ahead) -> Any:
    month = months[plain(match["month"])]
    numbers = [int(d) for d in re.findall(r"[0-9]{1,2}", match["days"])]
    year = int(match["year"]) if match["year"] else None
    if year is None:
        year = _year_of(published, month, numbers[0], ahead(*match.span()))
    first, last = day_of(year, month, numbers[0]), day_of(year, month, numbers[-1])
    if first is None or last is None or last < first:
        return None
    return first, last, "day" if len(numbers) == 1 else "days", len(numbers) > 1


def _year_of(published: dt.date, month: int, day: int, ahead: bool) -> int:
    """The year of a day without one: the latest not more than a week off, or the next where that is ahead."""
    this = day_of(published.year, month, day)
    if ahead:
        return published.year if this is None or this >= published else min(published.year + 1, 9999)
    limit = published + AHEAD if published < dt.date.max - AHEAD else published
    if day_of(limit.year, month, day) and dt.date(limit.year, month, day) <= limit:
        return limit.year
    return published.year if this is not None and this <= limit else max(published.year - 1, 1)


def _month_year(match: re.Match[str], _: dt.date, months: Mapping[str, int], __: Any) -> Any:
    return (*month_of(int(match["year"]), months[plain(match["month"])]), "month")


def _month(match: re.Match[str], published: dt.date, months: Mapping[str, int], ahead: Ahead) -> Any:
    word = match["month"]
    if word in data()["month_doubtful"].split("|"):
        before = match.string[max(0, match.start() - 16) : match.start()]
        if not re.search(rf"\b(?:{data()['month_before']})[\s-]+(?:the\s+)?$", before, re.I):
            return None
    month, year = months[plain(word)], published.year
    if ahead(*match.span()):
        year += month < published.month
    else:
        year -= month > published.month
    if not 1 <= year <= 9999:
        return None
    return (*month_of(year, month), "month")


def _numeric(match: re.Match[str], *_: Any) -> Any:
    day = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return None if day is None else (day, day, "day")


def _slashed(match: re.Match[str], *_: Any) -> Any:
    """12/25/2022 and 25/12/2022 are clear; 5/6/2022 is not and gives nothing."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if a <= 12 and b <= 12 and a != b:
        return None
    day = day_of(year, a, b) or day_of(year, b, a)
    return None if day is None else (day, day, "day")


def _years(match: re.Match[str], *_: Any) -> Any:
    first, raw = int(match["y"]), match["z"]
    last = int(raw) if len(raw) == 4 else first - first % 100 + int(raw)
    if not first < last <= first + 60:
        return None
    return dt.date(first, 1, 1), dt.date(last, 12, 31), "span", True


def _year(match: re.Match[str], *_: Any) -> Any:
    if not counted.is_year(match.string, match.start(), match.end(), len(match.string)):
        return None
    year = int(match["y"])
    before = match.string[max(0, match.start() - 16) : match.start()]
    # "The 2014 annexation" names a thing by its year and says little of the time of what is told.
    loose = re.search(rf"(?<!\w)(?:{data()['year_after']})[\s-]+$", before, re.I) is None
    return dt.date(year, 1, 1), dt.date(year, 12, 31), "year", False, loose


def _decade(match: re.Match[str], *_: Any) -> Any:
    first = int(match["y"]) * 10
    return dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "span"
