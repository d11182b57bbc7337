"""Words of time that need the day of publication: weekdays, "last month", "in recent weeks", "two days later".

Each rule is a pattern and a function from its match to a period; `times.py` joins what they find.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from oskil.reading.dates import Expression, cased, data, forms, month_of, plain
from oskil.reading.numerals import alternation

Found = tuple[dt.date | None, dt.date | None, str]
Ahead = Callable[[int, int], bool]
PER_UNIT = {"hour": 0, "day": 1, "week": 7}
MONTHS_PER_UNIT = {"month": 1, "year": 12, "decade": 120}
FARTHEST = 200 * 366  # days; a longer way back or ahead is no time of a war


@dataclass(frozen=True, slots=True)
class Setting:
    """What words of time are resolved against. `anchor` gives the day that "two days later" counts from."""

    published: dt.date
    war_began: dt.date | None
    anchor: Callable[[int], dt.date | None]


def shift(day: dt.date, number: float, unit: str) -> dt.date | None:
    """The day `number` units on (back where negative); hours count as the part of a day. None off the calendar."""
    try:
        if unit in MONTHS_PER_UNIT:
            index = day.year * 12 + day.month - 1 + round(number * MONTHS_PER_UNIT[unit])
            year, month = divmod(index, 12)
            first, last = month_of(year, month + 1)
            return first.replace(day=min(day.day, last.day))
        days = round(number / 24) if unit == "hour" else round(number * PER_UNIT[unit])
        return day + dt.timedelta(days=days) if abs(days) <= FARTHEST else None
    except (ValueError, OverflowError):
        return None


def around(day: dt.date, unit: str, step: int = 0) -> tuple[dt.date, dt.date] | None:
    """First and last day of the calendar week, month or year `step` on from that of `day`."""
    moved = shift(day, step, unit)
    if moved is None:
        return None
    if unit == "week":
        first = moved - dt.timedelta(days=min(moved.weekday(), moved.toordinal() - 1))
        return first, min(first + dt.timedelta(days=6), dt.date.max) if first < dt.date.max else first
    if unit == "month":
        return month_of(moved.year, moved.month)
    return dt.date(moved.year, 1, 1), dt.date(moved.year, 12, 31)


@lru_cache
def _vocabulary() -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """Tables from form to value, and the same as alternations."""
    raw = data()
    tables = {
        name: forms(raw[name]) for name in ("weekdays", "days", "seasons", "units", "numbers", "months")
    }
    words = {name: alternation(table) for name, table in tables.items()}
    for name in (
        "this",
        "last",
        "next",
        "past",
        "ahead",
        "ago",
        "war",
        "war_adjectives",
        "invaded",
        "nights",
    ):
        words[name] = alternation(raw[name].split("#")[0].strip().split("|"))
    words["Weekday"] = cased(f for listed in raw["weekdays"].values() for f in listed.split("|"))
    words["Month"] = cased(f for listed in raw["months"].values() for f in listed.split("|") if len(f) > 2)
    return tables, words


def unit_of(word: str) -> str:
    """The unit that a word of time names."""
    return str(_vocabulary()[0]["units"][plain(word)])


def number_of(words: str | None) -> float:
    """A small number in digits or words, 1 where there is none."""
    if not words:
        return 1
    word = plain(words)
    return float(word[:6]) if word[0].isdigit() else float(_vocabulary()[0]["numbers"][word])


def step_of(word: str) -> int:
    """-1 for words like "last", 0 for "this", 1 for "next"."""
    _, words = _vocabulary()
    if re.fullmatch(words["last"], word, re.I):
        return -1
    return 1 if re.fullmatch(words["next"], word, re.I) else 0


# ---- the rules ----


def _day_word(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    day = shift(at.published, _vocabulary()[0]["days"][plain(match["word"])], "day")
    return day and (day, day, "day")


def _night(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    return shift(at.published, -1, "day"), at.published, "days"


def weekday(published: dt.date, index: int, direction: int) -> dt.date | None:
    """The latest such day not after publication (0), the one before publication (-1) or next ahead of it (1).

    With direction 2 the day of publication itself counts as ahead.
    """
    back = (published.weekday() - index) % 7
    if direction <= 0:
        return shift(published, -(back or 7) if direction else -back, "day")
    ahead = (index - published.weekday()) % 7
    return shift(published, ahead if direction == 2 else ahead or 7, "day")


def _weekday(match: re.Match[str], at: Setting, ahead: Ahead) -> Found | None:
    index = _vocabulary()[0]["weekdays"][plain(match["day"])]
    direction = 2 if ahead(*match.span()) else 0
    if match["which"]:
        direction = step_of(match["which"]) or direction
    day = weekday(at.published, index, direction)
    return day and (day, day, "day")


def _weekend(match: re.Match[str], at: Setting, ahead: Ahead) -> Found | None:
    step = step_of(match["which"]) if match["which"] else 0
    back = (at.published.weekday() - 5) % 7
    forward = step == 1 or (ahead(*match.span()) and step == 0)
    days = (
        (7 - back if back > 1 or step == 1 else -back)
        if forward
        else -back - (7 if step == -1 and back < 2 else 0)
    )
    first = shift(at.published, days, "day")
    last = first and shift(first, 1, "day")
    return first and (first, last, "days")


def _calendar(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    """This, last or next week, month, year. "The last week" is the past seven days and not met here."""
    unit = unit_of(match["unit"])
    step = step_of(match["which"]) if match["which"] else 0
    period = around(at.published, unit, step) if unit in ("week", "month", "year") else None
    return period and (*period, unit)


def _torik(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    period = around(at.published, "year", -1 if match["last"] else 0)
    return period and (*period, "year")


def season(year: int, first_month: int) -> tuple[dt.date, dt.date] | None:
    """A meteorological season; winter is named by the year in which it begins."""
    if not 1 <= year <= 9998:
        return None
    last_year, last_month = (year + 1, 2) if first_month == 12 else (year, first_month + 2)
    return dt.date(year, first_month, 1), month_of(last_year, last_month)[1]


def _season(match: re.Match[str], at: Setting, ahead: Ahead) -> Found | None:
    first_month = (
        9 if plain(match["season"]) == "fall" else _vocabulary()[0]["seasons"][plain(match["season"])]
    )
    if match["year"]:
        period = season(int(match["year"]), first_month)
        return period and (*period, "season")
    began = at.published.year - (at.published.month < first_month)
    current = season(began, first_month)
    running = current is not None and at.published <= current[1]
    step = step_of(match["which"]) if match["which"] else None
    if step == -1:
        began -= running
    elif step == 1 or (not running and ahead(*match.span())):
        began += 1
    elif step == 0 and not running:
        # "This summer" is that of the calendar year; "this winter" the last one until spring is out.
        began = at.published.year - (first_month == 12 and at.published.month < 6)
    period = season(began, first_month)
    return period and (*period, "season")


def _past(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    unit, number = unit_of(match["unit"]), number_of(match["number"])
    first = shift(at.published, -max(number, 24) if unit == "hour" else -number, unit)
    return first and (first, at.published, "span")


def _coming(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    plural, number = match["unit"].lower().endswith("s"), match["number"]
    if plural and not number:
        return at.published, None, "span"
    unit = unit_of(match["unit"])
    last = shift(at.published, number_of(number), unit)
    return last and (at.published, last, "span")


def _recent(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    first = shift(at.published, -data()["recent"][match["unit"].lower()], "day")
    return first and (first, at.published, "span")


def _during_week(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    first = shift(at.published, -7, "day")
    return first and (first, at.published, "span")


def _ago(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    """As fine as the unit: days to the day, weeks, months and years to the calendar's."""
    unit, number = unit_of(match["unit"]), number_of(match["number"])
    day = shift(at.published, -number, unit)
    if day is None:
        return None
    if unit in ("hour", "day"):
        return day, day, "day"
    period = around(day, "year" if unit == "decade" else unit)
    return period and (*period, unit if unit != "decade" else "span")


def _from_anchor(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    anchor = at.anchor(match.start())
    if anchor is None:
        return None
    sign = -1 if match["way"].lower() in ("earlier", "before", "previously") else 1
    day = shift(anchor, sign * number_of(match["number"]), unit_of(match["unit"]))
    return day and (day, day, "day")


def _same_day(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    anchor = at.anchor(match.start())
    step = {"next": 1, "following": 1, "after": 1, "previous": -1, "before": -1}
    day = anchor and shift(anchor, step.get((match["which"] or match["way"] or "").lower(), 0), "day")
    return day and (day, day, "day")


def _within(match: re.Match[str], at: Setting, ahead: Ahead) -> Found | None:
    number, unit = number_of(match["number"]), unit_of(match["unit"])
    if ahead(*match.span()):
        last = shift(at.published, number, unit)
        return last and (at.published, last, "span")
    base = at.anchor(match.start()) or at.published
    first = shift(base, -number, unit)
    return first and (first, base, "span")


def _for(match: re.Match[str], at: Setting, ahead: Ahead) -> Found | None:
    """A stated duration: up to publication after a perfect, from it on after "will"."""
    number, unit = number_of(match["number"]), unit_of(match["unit"])
    before = re.split(r"[.!?;\n]", match.string[max(0, match.start() - 70) : match.start()])[-1]
    if ahead(*match.span()):
        last = shift(at.published, number, unit)
        return last and (at.published, last, "span")
    if re.search(r"\b(?:has|have|['’]ve|['’]s)\b", before):
        first = shift(at.published, -number, unit)
        return first and (first, at.published, "span")
    return None


def _since_war(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    return at.war_began, at.published, "span"


def _years_of_war(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    first = at.war_began or shift(at.published, -number_of(match["number"]), unit_of(match["unit"]))
    return first and (first, at.published, "span")


def _war_opening(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    """The opening days, weeks, months: five of the unit's days, three weeks, three months, one year."""
    if at.war_began is None:
        return None
    default = {"hour": 24, "day": 4, "week": 3, "month": 3, "year": 1}
    unit = unit_of(match["unit"])
    number = number_of(match["number"]) if match["number"] else default.get(unit, 1)
    last = shift(at.war_began, number, unit)
    return last and (at.war_began, min(last, max(at.published, at.war_began)), "span")


def _before_war(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    last = at.war_began and shift(at.war_began, -1, "day")
    return last and (None, last, "span")


def _anniversary(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
    """The war's own anniversary: the one it names, near publication; other anniversaries give nothing."""
    if at.war_began is None:
        return None
    years = [at.published.year - at.war_began.year + d for d in (-1, 0, 1)]
    days = [shift(at.war_began, y, "year") for y in years]
    if match["nth"]:
        named = ANNIVERSARIES.get(match["nth"].lower()) or int(re.sub(r"\D", "", match["nth"]) or 0)
        days = [d for y, d in zip(years, days, strict=True) if y == named]
    near = [d for d in days if d is not None and abs((d - at.published).days) <= (60 if match["nth"] else 14)]
    return (near[0], near[0], "day") if near else None


ANNIVERSARIES = {
    word: i
    for i, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}


def _weak(name: str) -> Callable[..., Found | None]:
    def resolve(match: re.Match[str], at: Setting, _: Ahead) -> Found | None:
        day = at.published
        found: dict[str, Found] = {
            "present": (day, day, "day"),
            "lately": (None, day, "span"),
            "to_date": (None, day, "span"),
            "soon": (day, None, "span"),
        }
        return _before_war(match, at, _) if name == "pre_war" else found[name]

    return resolve


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Setting, Ahead], Any]
    weak: bool = False


@lru_cache
def _rules() -> tuple[_Rule, ...]:
    tables, w = _vocabulary()
    raw = data()
    start, unit = r"(?<![\w-])", rf"(?P<unit>{w['units']})(?!\w)"
    number = rf"(?P<number>[0-9]{{1,4}}|{w['numbers']})"
    some = rf"(?:about|around|nearly|almost|roughly|just|more than|less than|over|at least|some)?\s*{number}[\s-]+"
    which = rf"(?P<which>{w['this']}|{w['last']}|{w['next']}|past)\s+"
    hers = rf"(?:(?:the|its|his|their|this|{w['war_adjectives']}|[A-Z][\w]+['’]s?)\s+|full-scale\s+){{0,4}}"
    war = rf"{hers}(?<!World )(?:{w['war']})(?!\w|\s+(?:crimes?|effort|zone|plans?|games?))"
    season_words = f"{w['seasons']}|{raw['season_guarded'].split('#')[0].strip()}"

    def rule(pattern: str, resolve: Any, *, weak: bool = False, case: bool = False) -> _Rule:
        return _Rule(re.compile(pattern, 0 if case else re.I), resolve, weak)

    return (
        rule(
            rf"{start}(?:since|from|after)\s+(?:the\s+)?(?:(?:very\s+)?(?:start|beginning|outset|outbreak|onset|launch)\s+of\s+)?{war}(?:\s+(?:began|started|broke out))?",
            _since_war,
        ),
        rule(rf"{start}(?:since|after)\s+(?:[\w’'-]+\s+){{1,4}}?(?:{w['invaded']})(?!\w)", _since_war),
        rule(rf"{start}(?:від|з|с|от)\s+(?:початку|начала)\s+{war}", _since_war),
        rule(rf"{start}(?:throughout|during|over the course of|in the course of)\s+{war}", _since_war),
        rule(
            rf"{start}(?:the\s+)?(?:(?:war|invasion)['’]s\s+)?(?:first|opening|early|initial)\s+(?:{number}\s+)?{unit}\s+(?:of|in)\s+{war}",
            _war_opening,
        ),
        rule(rf"{start}(?:before|prior to|ahead of)\s+{war}(?:\s+(?:began|started))?", _before_war),
        rule(
            rf"{start}{number}[\s-]+{unit}(?:\s+of)?(?:[\s-]+(?:long|old|full-scale|grinding|brutal))?\s+(?:war|fighting|invasion)(?!\w)",
            _years_of_war,
        ),
        rule(
            rf"{start}(?:the\s+)?(?:(?:war|invasion|conflict)['’]s\s+)?(?:(?P<nth>[a-z]+th|first|second|third|[0-9]+(?:st|nd|rd|th))\s+)?anniversary(?:\s+of\s+{war})?(?!\w)",
            _anniversary,
        ),
        rule(rf"{start}(?:the\s+)?(?P<which>same|next|following|previous)\s+(?P<way>)day(?!\w)", _same_day),
        rule(rf"{start}(?P<which>that)\s+(?P<way>)(?:same\s+)?day(?!\w)", _same_day),
        rule(rf"{start}the\s+day\s+(?P<which>)(?P<way>before|after)(?=[\s]*[,.;:)]|\s*$)", _same_day),
        rule(
            rf"{start}{some}{unit}\s+(?P<way>later|earlier|previously|afterwards|afterward|before(?=\s*[,.;:)]|\s*$)|after(?=\s*[,.;:)]|\s*$))(?!\w)",
            _from_anchor,
        ),
        rule(rf"{start}{some}{unit}\s+(?:{w['ago']})(?!\w)", _ago),
        rule(
            rf"{start}(?:the\s+|his\s+|its\s+|their\s+|за\s+)?(?:{w['past']})\s+(?:full\s+)?(?:{number}[\s-]+){unit}(?:\s+of\s+(?:the\s+)?(?:fighting|war|conflict))?",
            _past,
        ),
        rule(rf"{start}(?:the|за|протягом|в течение)\s+(?:{w['past']})\s+(?P<number>){unit}", _past),
        rule(rf"{start}(?:over|in|for|during|within|of)\s+past\s+(?P<number>){unit}", _past),
        rule(rf"{start}(?:за|протягом)\s+(?P<number>)(?P<unit>добу|сутки)(?!\w)", _past),
        rule(
            rf"{start}(?:the\s+|his\s+|its\s+|their\s+|в\s+|у\s+)?(?:{w['ahead']})\s+(?:{number}[\s-]+){unit}",
            _coming,
        ),
        rule(
            rf"{start}(?:the\s+|в\s+|у\s+)(?:{w['ahead']})\s+(?P<number>)(?P<unit>decade|hours|days|weeks|months|years|дни|дні|недели|тижні|месяцы|місяці)(?!\w)",
            _coming,
        ),
        rule(
            rf"{start}(?:in|over|for|of|during|from)?\s*(?:the\s+)?(?:most\s+)?recent\s+(?P<unit>hours|days|weeks|months|years)(?!\w)",
            _recent,
        ),
        rule(rf"{start}during\s+the\s+week(?!\w)", _during_week),
        rule(
            rf"{start}(?:within|in(?:\s+(?:just|only|under|less than|about|around))?)\s+{number}[\s-]+{unit}(?!\s+of\b|['’])",
            _within,
        ),
        rule(rf"{start}(?:for|take|takes|taking|last)\s+{some}{unit}(?!\s+of\b|['’])", _for),
        rule(rf"{start}(?:{which})?(?:weekend|вихідні|выходные)(?!\w)", _weekend),
        rule(
            r"(?:start|beginning|end|middle|half|days|close|early in|late in|later in|earlier in)(?:\s+of)?\s+the\s+(?P<shown>)"
            r"(?P<which>)(?P<unit>week|month|year)(?!\w|['’]|\s+of\b)",
            _calendar,
        ),
        rule(
            rf"{start}(?P<which>{w['this']}|(?<!the ){w['last']}|{w['next']})\s+{unit}(?!['’]?\w)", _calendar
        ),
        rule(rf"{start}(?:(?P<last>{raw['last_year']})|{raw['this_year']})(?!\w)", _torik),
        rule(
            rf"{start}(?P<which>(?i:{w['this']}|{w['last']}|{w['next']}))?\s*(?P<day>{w['Weekday']})(?!\w|-\w)",
            _weekday,
            case=True,
        ),
        rule(rf"{start}(?P<word>{w['days']})(?!\w)(?!['’]s?\b)", _day_word),
        rule(rf"{start}(?:{w['nights']})(?!\w)", _night),
        rule(
            rf"{start}(?P<which>)(?P<season>{season_words})(?:\s+of|,)?\s+(?P<year>(?:19|20)[0-9]{{2}})(?:\s*[-–/]\s*(?:[0-9]{{4}}|[0-9]{{2}}))?(?![\w])",
            _season,
        ),
        rule(
            rf"{start}(?P<which>{w['this']}|{w['last']}|{w['next']})\s+(?P<season>{season_words})(?P<year>)(?!\w)",
            _season,
        ),
        rule(
            rf"{start}(?P<which>)(?:(?<=in the )|(?<=of the )|(?<=by the )|(?<=in )|(?<=of )|(?<=by )|(?<=late )|(?<=early )|(?<=since )|(?<=until )|(?<=during the )|(?<=or ))(?P<season>{w['seasons']})(?P<year>)(?!\w|-\w)",
            _season,
        ),
        rule(rf"{start}(?P<which>)(?P<season>{w['seasons']})(?P<year>)(?!\w|-\w)", _season, weak=True),
        *(
            rule(rf"{start}(?:{alternation(raw[name].split('|'))})(?!\w)", _weak(name), weak=True)
            for name in ("present", "lately", "to_date", "soon", "pre_war")
        ),
    )


def spells(text: str, start: int, end: int, at: Setting, ahead: Ahead) -> Iterator[Expression]:
    """Everything of this kind in text[start:end]; the longest of those that overlap comes first."""
    for rule in _rules():
        for match in rule.pattern.finditer(text, start, end):
            if match.end() > match.start() and (found := rule.resolve(match, at, ahead)):
                first, last, grain = found
                if first is not None or last is not None:
                    shown = match.start() + len(match.group()) - len(match.group().lstrip())
                    if "shown" in rule.pattern.groupindex:
                        shown = match.start("shown")
                    yield Expression(shown, match.end(), first, last, grain, rule.weak)
