"""Do weekdays, dates and spans of time in the text fit the calendar?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from oskil.checking.figures import number
from oskil.checking.interface import Case
from oskil.checking.making import day, verdict
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import any_of, sentence_of
from oskil.records import DataSource, Outcome, Span, Verdict, Working

CALENDAR = DataSource("Gregorian calendar", "ISO 8601", "")
_MEAN_YEAR = 365.2425


class Calendar:
    """Weekdays against dates, and counts of days and years against the day that the war began."""

    name = "time"
    description = (
        "A weekday against its date, an anniversary or a number of days against the war's beginning."
    )
    method = "The proleptic Gregorian calendar; the day the war began is that of the conflict's profile."

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each weekday with a date, each anniversary of the war, each count of its days or years."""
        # A claim may leave out the day that stands beside it, so its whole sentence is looked at.
        text, sentence = case.document.text, sentence_of(case)
        weekday, anniversary, spell = _worded(text)
        if weekday:
            for match in _dated().finditer(text, sentence.start, sentence.end):
                yield self._weekday(case, match)
        if anniversary:
            for match in _anniversary().finditer(text, sentence.start, sentence.end):
                yield from self._anniversary(case, match)
        if spell:
            for match in _lasting().finditer(text, sentence.start, sentence.end):
                yield from self._lasting(case, match)

    def _weekday(self, case: Case, match: re.Match[str]) -> Verdict:
        at, stated = Span(*match.span()), " ".join(match.group().split())
        meant = _date(case, match)
        if meant is None:
            return cannot_be_checked(
                self, case, stated, "the date lacks its year; it would allow a check", at
            )
        weekday = _index("weekdays", match["weekday"] or match["weekday2"])
        fits = meant.weekday() == weekday
        found = f"{day(meant)} was a {tolerances().words['weekdays'][meant.weekday()].capitalize()}"
        return self._said(case, stated, found, at, fits, "the weekday and the date are of one day")

    def _anniversary(self, case: Case, match: re.Match[str]) -> Iterator[Verdict]:
        began = case.data.profile.began if case.data.profile else None
        spoken = _day_of(case)
        years = _ordinal(match["ordinal"])
        if began is None or spoken is None or years is None:
            return
        due = _years_later(began, years)
        stated = f"{' '.join(match.group().split())} on {day(spoken)}"
        found = f"{day(began)} and {years} years are {day(due)}"
        yield self._said(
            case, stated, found, Span(*match.span()), due == spoken, "the anniversary falls on that day"
        )

    def _lasting(self, case: Case, match: re.Match[str]) -> Iterator[Verdict]:
        began = case.data.profile.began if case.data.profile else None
        today = case.document.published_on
        count = _count(match["count"])
        if began is None or today is None or count is None:
            return
        days = (today - began).days
        unit = match["unit"].lower()
        size, slack = (1.0, 1.0) if unit.startswith("day") else (_MEAN_YEAR, _MEAN_YEAR / 2)
        stated = " ".join(match.group().split())
        found = f"{number(days)} days from {day(began)} to {day(today)}"
        told = f"{days} days" if size == 1 else f"{days / size:.2f} years"
        fits = abs(days - count * size) <= slack
        yield self._said(
            case, stated, found, Span(*match.span()), fits, f"that is {told}", (days, count * size, slack)
        )

    def _said(
        self,
        case: Case,
        stated: str,
        found: str,
        at: Span,
        fits: bool,
        why: str,
        numbers: tuple[float, float, float] | None = None,
    ) -> Verdict:
        outcome: Outcome = "agrees" if fits else "differs"
        value = (numbers[0], numbers[1] - numbers[2], numbers[1] + numbers[2], "day") if numbers else None
        return verdict(
            self,
            case,
            outcome,
            stated=stated,
            found=found,
            reason=why if fits or numbers else "the two are of different days",
            tolerance="None for days; half a year where years are counted." if numbers else "None.",
            data=(CALENDAR,),
            numbers=value,
            at=at,
            working=Working(steps=(f"{found}.",)),
        )


# Many claims of one text ask, one after the other, and most texts have none of these words.
@lru_cache(maxsize=16)
def _worded(text: str) -> tuple[bool, bool, bool]:
    """Whether a text has words without which there is no dated weekday, no anniversary, no span of time."""
    weekday, anniversary, spell = (bool(pattern.search(text)) for pattern in _words())
    return weekday, anniversary, spell


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(any_of("weekdays"), re.I),
        re.compile("anniversary", re.I),
        re.compile(r"[\s-](?:day|year)", re.I),
    )


@cache
def _dated() -> re.Pattern[str]:
    """ "Friday, 27 February 2026", "Friday, February 27, 2026", "February 27 (Friday)"."""
    weekday, month = any_of("weekdays"), any_of("months")

    def date(mark: str) -> str:
        day_first = rf"(?P<day{mark}>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month{mark}>{month})"
        month_first = rf"(?P<month_{mark}>{month})\.?\s+(?P<day_{mark}>\d{{1,2}})(?:st|nd|rd|th)?"
        return rf"(?:{day_first}|{month_first})(?:,?\s+(?P<year{mark}>(?:19|20)\d\d))?"

    first, second = date(""), date("2")
    return re.compile(
        rf"(?<!\w)(?:(?P<weekday>{weekday}),?\s+(?:the\s+)?{first}|{second},?\s*\(?(?P<weekday2>{weekday})\)?)(?!\w)",
        re.I,
    )


def _date(case: Case, match: re.Match[str]) -> dt.date | None:
    groups = match.groupdict()
    daynum = next(groups[k] for k in ("day", "day_", "day2", "day_2") if groups[k])
    month = next(groups[k] for k in ("month", "month_", "month2", "month_2") if groups[k])
    given = groups["year"] or groups["year2"]
    number_of = _index("months", month) % 12 + 1
    published = case.document.published_on
    years = (
        [int(given)]
        if given
        else ([published.year, published.year - 1, published.year + 1] if published else [])
    )
    dates = [one for year in years if (one := _day(year, number_of, int(daynum))) is not None]
    return min(dates, key=lambda d: abs((d - published).days) if published else 0, default=None)


def _day(year: int, month: int, day_: int) -> dt.date | None:
    try:
        return dt.date(year, month, day_)
    except ValueError:
        return None


def _index(name: str, word: str) -> int:
    words = tolerances().words[name]
    low = word.lower()
    # The short forms follow the long ones in the same order.
    return words.index(low) % (7 if name == "weekdays" else 12)


@cache
def _anniversary() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<ordinal>\d+(?:st|nd|rd|th)|{any_of('ordinals')})\s+anniversary(?:\s+of\s+(?:[\w’']+\s+){{0,3}}"
        rf"(?:{any_of('war_words')}))?(?!\w)",
        re.I,
    )


@cache
def _lasting() -> re.Pattern[str]:
    war = any_of("war_words")
    return re.compile(
        rf"(?<!\w)(?P<count>\d[\d,]*|{any_of('numerals')})[\s-](?P<unit>days?|years?)(?:[\s-]+of\s+(?:the\s+)?"
        rf"(?:{war})|\s+since\s+(?:[\w’']+\s+){{0,8}}?(?:{war}|crossed|invaded)|[\s-](?:{war}))(?!\w)",
        re.I,
    )


def _ordinal(word: str) -> int | None:
    low = word.lower()
    if low[0].isdigit():
        return int(re.sub(r"\D", "", low))
    return tolerances().words["ordinals"].index(low) + 1


def _count(word: str) -> int | None:
    low = word.lower()
    if low[0].isdigit():
        return int(low.replace(",", ""))
    return tolerances().words["numerals"].index(low) + 1


def _years_later(began: dt.date, years: int) -> dt.date:
    return _day(began.year + years, began.month, began.day) or dt.date(began.year + years, 3, 1)


def _day_of(case: Case) -> dt.date | None:
    """The one day that a sentence is about: its weekday, else the claim's single day."""
    sentence = sentence_of(case)
    published = case.document.published_on
    weekday = re.compile(rf"(?<!\w)on\s+({any_of('weekdays')})(?!\w)", re.I).search(
        case.document.text, sentence.start, sentence.end
    )
    if weekday and published:
        return published - dt.timedelta((published.weekday() - _index("weekdays", weekday[1])) % 7)
    return None
