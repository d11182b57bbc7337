"""How words of time are reckoned from the day of publication: one function for each kind of words.

The patterns are data (`data/spells.yaml`) and name these functions; `spells.py` brings the two together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from oskil.reading.times.dates import Ahead, Grain, data, forms, plain, read_data
from oskil.reading.times.reckoning import around, day_of, season, season_near, shift, weekday

Found = tuple[dt.date | None, dt.date | None, Grain]
TABLES = ("weekdays", "days", "seasons", "units", "numbers", "months", "holidays")
# "Have fought for two weeks"; not "have bread for two weeks", which is a stock.
PERFECT = re.compile(
    r"\b(?:has|have|['’]ve)(?:\s+(?:not|also|now|already|\w+ly|all but|never))*\s+"
    r"(?:\w+ed|been|held|lost|kept|fought|gone|done|seen|taken|driven|fallen|risen|stood|sat|slept|left|spent"
    r"|hidden|broken|shut|cut|put|run|come|become|made|built|sought|brought|drawn|grown|known|sworn|stuck)\b"
)
GRAINS: Mapping[str, Grain] = {"day": "day", "week": "week", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What words of time are resolved against.

    `anchor` gives, for an offset, the day that "two days later" counts from there.
    """

    published: dt.date
    war_began: dt.date | None
    anchor: Callable[[int], dt.date | None]


@dataclass(frozen=True, slots=True)
class Spell:
    """A match with what it is to be resolved against."""

    match: re.Match[str]
    at: Setting
    ahead: Ahead

    def word(self, name: str) -> str:
        """What a group of the pattern holds, in lower case; empty where it took no part."""
        return plain(self.match.groupdict().get(name) or "")

    @property
    def unit(self) -> str:
        """The unit that it names."""
        return str(tables()["units"][self.word("unit")])

    @property
    def number(self) -> float:
        """The number that it names, 1 where there is none."""
        return number_of(self.word("number"))

    @property
    def looks_ahead(self) -> bool:
        """Whether its sentence looks ahead."""
        return self.ahead(*self.match.span())

    @property
    def anchor(self) -> dt.date | None:
        """The day named before."""
        return self.at.anchor(self.match.start())

    @property
    def step(self) -> int | None:
        """-1 for words like "last", 0 for "this", 1 for "next", None for none."""
        word = self.word("which")
        if not word:
            return None
        steps = {"last": -1, "past": -1, "next": 1}
        return next((step for name, step in steps.items() if word in data()[name].split("|")), 0)


@lru_cache
def tables() -> Mapping[str, Mapping[str, Any]]:
    """The tables of `data/times.yaml`, from form to what it stands for."""
    return {name: forms(data()[name]) for name in TABLES}


def number_of(words: str) -> float:
    """A small number in digits or words, 1 where there is none."""
    if not words:
        return 1
    return float(words[:6]) if words[0].isdigit() else float(tables()["numbers"][plain(words)])


# ---- how each is reckoned; the names are those of the data ----


def _day(day: dt.date | None) -> Found | None:
    return None if day is None else (day, day, "day")


def _period(period: tuple[dt.date, dt.date] | None, grain: Grain) -> Found | None:
    return None if period is None else (*period, grain)


def _span(first: dt.date | None, last: dt.date | None, grain: Grain = "span") -> Found | None:
    return None if first is None and last is None else (first, last, grain)


def _moved(day: dt.date | None, number: float, unit: str) -> dt.date | None:
    return None if day is None else shift(day, number, unit)


def _fine_period(period: tuple[dt.date, dt.date] | None, unit: str) -> Found | None:
    return _period(period, GRAINS.get(unit, "span"))


def _fine(day: dt.date | None, unit: str) -> Found | None:
    """As fine as the unit that led to the day: a day, or the calendar's week, month or year."""
    if day is None or unit in ("hour", "day"):
        return _day(day)
    unit = "year" if unit == "decade" else unit
    return _fine_period(around(day, unit), unit)


def _back(day: dt.date, number: float, unit: str) -> Found | None:
    first = shift(day, -number, unit)
    return None if first is None else (first, day, "span")


def _on(day: dt.date, number: float, unit: str) -> Found | None:
    last = shift(day, number, unit)
    return None if last is None else (day, last, "span")


def day_word(spell: Spell) -> Found | None:
    """Today, yesterday, tomorrow."""
    return _day(shift(spell.at.published, tables()["days"][spell.word("word")], "day"))


def night(spell: Spell) -> Found | None:
    """Last night: from the day before into the day."""
    return _span(shift(spell.at.published, -1, "day"), spell.at.published, "days")


def holiday(spell: Spell) -> Found | None:
    """The latest such day, or the next where the sentence looks ahead."""
    month, day = (int(part) for part in str(tables()["holidays"][spell.word("holiday")]).split("-"))
    year = spell.at.published.year
    this = day_of(year, month, day)
    past = this is not None and this <= spell.at.published
    step = (0 if not past else 1) if spell.looks_ahead else (0 if past else -1)
    return _day(day_of(year + step, month, day))


def weekday_named(spell: Spell) -> Found | None:
    """The latest not after publication, unless "next" or the sentence says otherwise."""
    direction = spell.step or (2 if spell.looks_ahead else 0)
    return _day(weekday(spell.at.published, tables()["weekdays"][spell.word("day")], direction))


def anchored_weekday(spell: Spell) -> Found | None:
    """The Monday after a day named before."""
    direction = 1 if spell.word("way") in ("following", "next") else -1
    base = spell.anchor or (spell.at.published if spell.word("way") != "following" else None)
    return None if base is None else _day(weekday(base, tables()["weekdays"][spell.word("day")], direction))


def weekend(spell: Spell) -> Found | None:
    """The latest Saturday and Sunday that have begun, or the next."""
    since = (spell.at.published.weekday() - 5) % 7
    if spell.step == 1 or (spell.looks_ahead and spell.step != -1):
        days = 7 - since if since > 1 or spell.step == 1 else -since
    else:
        days = -since - (7 if spell.step == -1 and since < 2 else 0)
    first = shift(spell.at.published, days, "day")
    return None if first is None else _span(first, shift(first, 1, "day"), "days")


def calendar(spell: Spell) -> Found | None:
    """This, last or next week, month or year. "The last week" is the seven days past and not met here."""
    step, unit = spell.step or 0, spell.unit
    if unit in ("hour", "decade") or (unit == "day" and step):
        return None
    return _fine_period(around(spell.at.published, unit, step), unit)


def anchored_unit(spell: Spell) -> Found | None:
    """That week, the following month: of or after the day named before."""
    if spell.anchor is None:
        return None
    step = {"the following": 1, "the next": 1, "the previous": -1}.get(spell.word("way"), 0)
    return _fine_period(around(spell.anchor, spell.unit, step), spell.unit)


def last_year(spell: Spell) -> Found | None:
    """One word for last year."""
    return _period(around(spell.at.published, "year", -1), "year")


def this_year(spell: Spell) -> Found | None:
    """One word for this year."""
    return _period(around(spell.at.published, "year"), "year")


def season_named(spell: Spell) -> Found | None:
    """A season with its year, or the one that this, last, next or nothing picks."""
    word = spell.word("season")
    first_month = 9 if word == "fall" else tables()["seasons"][word]
    if spell.word("year"):
        return _period(season(int(spell.word("year")), first_month), "season")
    return _period(season_near(spell.at.published, first_month, spell.step, spell.looks_ahead), "season")


def past(spell: Spell) -> Found | None:
    """The past so many units up to publication; some hours are a day at least."""
    number = max(spell.number, 24) if spell.unit == "hour" else spell.number
    return _back(spell.at.published, number, spell.unit)


def past_week(spell: Spell) -> Found | None:
    """The seven days up to publication."""
    return _back(spell.at.published, 1, "week")


def coming(spell: Spell) -> Found | None:
    """The next so many units from publication; without a number it stays open."""
    if not spell.word("number") and spell.word("unit") != "decade":
        return _span(spell.at.published, None)
    return _on(spell.at.published, spell.number, spell.unit)


def recent(spell: Spell) -> Found | None:
    """Recent weeks: the convention of the data."""
    return _back(spell.at.published, data()["recent"][spell.word("unit")], "day")


def ago(spell: Spell) -> Found | None:
    """As fine as the unit: days to the day, weeks, months and years to the calendar's."""
    return _fine(shift(spell.at.published, -spell.number, spell.unit), spell.unit)


def from_anchor(spell: Spell) -> Found | None:
    """Two days later."""
    sign = -1 if spell.word("way") in ("earlier", "before", "previously") else 1
    return _day(_moved(spell.anchor, sign * spell.number, spell.unit))


def same_day(spell: Spell) -> Found | None:
    """The same day, the next day, the day before."""
    steps = {"next": 1, "following": 1, "after": 1, "previous": -1, "before": -1}
    return _day(_moved(spell.anchor, steps.get(spell.word("way"), 0), "day"))


def since_then(spell: Spell) -> Found | None:
    """From the day named before up to publication."""
    return None if spell.anchor is None else _span(spell.anchor, spell.at.published)


def within(spell: Spell) -> Found | None:
    """Within so many units: ahead where the sentence is, else up to the day named before or publication;
    "have come in four days" is up to publication.
    """
    if spell.looks_ahead:
        return _on(spell.at.published, spell.number, spell.unit)
    ran = spell.match.group().lower().startswith("in ") and PERFECT.search(_sentence_before(spell))
    day = None if ran else spell.anchor
    return _back(day or spell.at.published, spell.number, spell.unit)


def _sentence_before(spell: Spell) -> str:
    start = spell.match.start()
    return re.split(r"[.!?;\n]", spell.match.string[max(0, start - 70) : start])[-1]


def lasting(spell: Spell) -> Found | None:
    """For so many units: up to publication after a perfect, from it on after "will"; else it says no time."""
    before = _sentence_before(spell)
    if re.search(rf"\b(?:{data()['terms']})\b", before, re.I):
        return None
    if spell.looks_ahead:
        return _on(spell.at.published, spell.number, spell.unit)
    if PERFECT.search(before):
        return _back(spell.at.published, spell.number, spell.unit)
    return None


def spent(spell: Spell) -> Found | None:
    """Two days of air strikes: up to publication."""
    return _back(spell.at.published, spell.number, spell.unit)


def running(spell: Spell) -> Found | None:
    """For a third day, the second straight week: from the first of them up to publication. "They fled as it
    was shelled for a third day" does not say since when they did.
    """
    if re.search(r"\b(?:as|while)\b", _sentence_before(spell), re.I):
        return None
    nth, unit = _nth(spell.word("nth") or spell.word("nth2")), spell.word("unit")
    return _back(spell.at.published, nth - 1, "day" if unit == "night" else unit) if nth else None


def since_war(spell: Spell) -> Found | None:
    """From the war's first day, open where it is not known, up to publication."""
    return _span(spell.at.war_began, spell.at.published)


def before_war(spell: Spell) -> Found | None:
    """Up to the day before the war."""
    return _span(None, _moved(spell.at.war_began, -1, "day"))


def years_of_war(spell: Spell) -> Found | None:
    """Four years of war: all of it up to publication."""
    first = spell.at.war_began or shift(spell.at.published, -spell.number, spell.unit)
    return None if first is None else _span(first, spell.at.published)


def war_opening(spell: Spell) -> Found | None:
    """The war's first days are five, its first weeks and months three, its first year is one."""
    if spell.at.war_began is None:
        return None
    number = {"day": 4, "week": 3, "month": 3}.get(spell.unit, 1)
    last = shift(spell.at.war_began, spell.number if spell.word("number") else number, spell.unit)
    if last is None:
        return None
    return _span(spell.at.war_began, min(last, max(spell.at.published, spell.at.war_began)))


def war_offset(spell: Spell) -> Found | None:
    """Six months after the invasion, six months into the war: as fine as the unit."""
    sign = -1 if spell.word("way") == "before" else 1
    day = _moved(spell.at.war_began, sign * spell.number, spell.unit)
    return _fine(day, "month" if spell.unit in ("year", "decade") else spell.unit)


def war_day(spell: Spell) -> Found | None:
    """The war's so-many-eth day; the day it began is its first."""
    nth = int(spell.word("nth") or spell.word("nth2"))
    return _day(_moved(spell.at.war_began, nth - 1, "day"))


def anniversary(spell: Spell) -> Found | None:
    """The war's own anniversary near publication; those of other things give nothing."""
    began, published = spell.at.war_began, spell.at.published
    if began is None:
        return None
    nth, reach = _nth(spell.word("nth")), 60 if spell.word("nth") else 14
    for years in range(published.year - began.year - 1, published.year - began.year + 2):
        day = shift(began, years, "year")
        if day and years > 0 and nth in (None, years) and abs((day - published).days) <= reach:
            return _day(day)
    return None


def _nth(word: str) -> int | None:
    if not word:
        return None
    digits = re.match(r"[0-9]{1,4}", word)
    ordinals = forms(read_data("numerals.yaml")["ordinals"])
    return int(digits.group()) if digits else ordinals.get(word, 0)


def present(spell: Spell) -> Found | None:
    """Now."""
    return _day(spell.at.published)


def lately(spell: Spell) -> Found | None:
    """Recently, so far: open at the beginning."""
    return _span(None, spell.at.published)


def soon(spell: Spell) -> Found | None:
    """From publication on."""
    return _span(spell.at.published, None)


RECKON: Mapping[str, Callable[[Spell], Found | None]] = {
    f.__name__: f
    for f in (
        day_word, night, holiday, anchored_weekday, weekend, calendar, anchored_unit, last_year, this_year,
        past, past_week, coming, recent, ago, from_anchor, same_day, since_then, within, lasting, spent,
        running, since_war, before_war, years_of_war, war_opening, war_offset, war_day, anniversary,
        present, lately, soon,
    )
} | {"weekday": weekday_named, "season": season_named, "to_date": lately}  # fmt: skip
