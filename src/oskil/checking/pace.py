"""Was an advance faster, or slower, than any other of that time?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from oskil.checking.changes import depth, gained
from oskil.checking.changing import GROUND, Days
from oskil.checking.duration import DAYS
from oskil.checking.figures import number
from oskil.checking.interface import Case
from oskil.checking.making import day, party, verdict
from oskil.checking.maps import DayMap, Series
from oskil.checking.parties import named, whose
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import any_of, found_in
from oskil.records import Bar, Outcome, Span, Verdict, Working

Sort = Literal["most", "slower", "faster"]


@dataclass(frozen=True, slots=True)
class Window:
    """A party's gains between two maps, by day: km of depth and km2 of ground."""

    party: str
    first: dt.date
    last: dt.date
    km: float
    km2: float

    def overlaps(self, other: Window) -> bool:
        """Whether the two share a day and a party."""
        return self.party == other.party and self.first < other.last and other.first < self.last


class Pace:
    """The advance spoken of against every other of the maps, both sides, over spans of the same length."""

    name = "pace"
    description = "An advance called the fastest, or slower than another, against the series of all maps."
    method = (
        "Depth and area gained between two maps, divided by the days between them, for each party and "
        "each span "
        "that is at least as long as the advance in question. Speed is the depth a day; the area is told "
        "beside it."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each comparison of speed between advances that the claim's words make."""
        for sort in ("most", "slower", "faster"):
            for match in found_in(case, _pattern(sort)):
                yield self._verdict(case, sort, match)

    def _verdict(self, case: Case, sort: Sort, match: re.Match[str]) -> Verdict:
        at, stated = Span(*match.span()), " ".join(match.group().split())
        attack = _attack(case)
        if isinstance(attack, str):
            return cannot_be_checked(self, case, stated, attack, at)
        series, whose_it_is, days = attack
        first, last = series.at(days.first), series.at(days.last)
        since = _since(case, match)
        if since is None and sort == "most":
            return cannot_be_checked(self, case, stated, "the text does not say since when", at)
        begin = since or series.days[0]
        slack = dt.timedelta(tolerances()["change.reach_days"])
        if first is None or last is None or last.day <= first.day or days.last - last.day > slack:
            return cannot_be_checked(self, case, stated, _beyond(series, days.first, days.last), at)
        if begin < series.days[0] - slack:
            return cannot_be_checked(self, case, stated, _beyond(series, begin, days.last), at)
        this = _window(series, whose_it_is, first, last)
        others = _compared(
            case, sort, at, this, windows(series, begin, days.last, (last.day - first.day).days)
        )
        if not others:
            return cannot_be_checked(self, case, stated, "the maps show no other advance of that time", at)
        return self._judged(case, sort, stated, at, series, this, others)

    def _judged(
        self,
        case: Case,
        sort: Sort,
        stated: str,
        at: Span,
        series: Series,
        this: Window,
        others: Sequence[Window],
    ) -> Verdict:
        fastest, widest = max(others, key=lambda w: w.km), max(others, key=lambda w: w.km2)
        by_depth, by_area = this.km > fastest.km, this.km2 > widest.km2
        if sort == "faster":
            by_depth, by_area = not by_depth, not by_area
        outcome: Outcome = "agrees" if by_depth else "differs"
        if by_area and not by_depth:
            outcome = "cannot be checked"
        return verdict(
            self,
            case,
            outcome,
            stated=stated,
            found=f"{party(case, this.party)} {_told(this)}; {_next(case, fastest, this)} {_told(fastest)}",
            reason=_reason(case, by_depth, by_area, widest, this),
            tolerance="None: the greater number is the greater. Depth decides; where it does not and area "
            "does, "
            "the claim stays open.",
            data=tuple(series.sources.values()),
            numbers=(this.km, None, fastest.km, "km/day"),
            at=at,
            working=_working(case, series, this, others),
        )


@cache
def _pattern(sort: str) -> re.Pattern[str]:
    things = any_of("pace_things")
    words = any_of(f"pace_{sort}")
    if sort == "most":
        return re.compile(rf"(?<!\w)(?:{words})(?:\s+[\w-]+){{0,3}}?\s+(?:{things})(?!\w)", re.I)
    return re.compile(rf"(?<!\w)(?:{things})(?:\s+[\w-]+){{0,4}}?\s+(?:{words})(?!\w)", re.I)


def _attack(case: Case) -> tuple[Series, str, Days] | str:
    """Whose advance the text speaks of, and over which days: its claims of ground gained tell."""
    if not case.data.series:
        return "control maps of that time would allow a check"
    published = case.document.published_on
    told = [
        (other.claim.time.first, other.claim.time.last, other.claim)
        for other in case.data.others.in_document(case.claim.document)
        if other.claim.kind in GROUND
        and any(q.unit in ("km", "km2") for q in other.claim.quantities)
        and other.claim.time
        and other.claim.time.first
        and other.claim.time.last
        and 0 < (other.claim.time.last - other.claim.time.first).days <= tolerances()["change.longest_days"]
    ]
    for first, last, claim in told:
        owner = claim.holder or whose(Case(claim, case.document, case.toponyms, case.gazetteer, case.data))
        if owner is not None:
            return (
                case.data.series[0],
                owner,
                Days(first, last, "the days that the text gives to the advance"),
            )
    owner = whose(case)
    if owner is None or published is None:
        return "the text does not say whose advance it is, or when"
    back = dt.timedelta(tolerances()["change.back_days"])
    return case.data.series[0], owner, Days(published - back, published, "the week before publication")


def _since(case: Case, match: re.Match[str]) -> dt.date | None:
    """The day since which it is compared: the claim's own first day, or so many months back."""
    last = (case.claim.time.last if case.claim.time else None) or case.document.published_on
    first = case.claim.time.first if case.claim.time else None
    if first is not None and last is not None and (last - first).days > tolerances()["change.longest_days"]:
        return first
    for quantity in case.claim.quantities:
        if quantity.unit in DAYS and quantity.start >= match.start() and last is not None:
            return last - dt.timedelta(round(quantity.value * DAYS[quantity.unit]))
    return None


def _beyond(series: Series, first: dt.date, last: dt.date) -> str:
    return (
        f"the maps of {series.assessor} run from {day(series.days[0])} to {day(series.days[-1])}; "
        f"those from {day(first)} to {day(last)} would allow a check"
    )


def _window(series: Series, whose_it_is: str, first: DayMap, last: DayMap) -> Window:
    change = gained(series, whose_it_is, first, last)
    deep = depth(series, change)
    return Window(
        whose_it_is,
        change.first,
        change.last,
        (deep.km if deep else 0.0) / change.days,
        change.areas[1] / change.days,
    )


def windows(series: Series, begin: dt.date, end: dt.date, least: int) -> tuple[Window, ...]:
    """For each party and each map, what was gained up to the first map that is at least so many days on."""
    key = ("windows", begin, end, least)
    if key not in series.cache:
        inside = [one for one in series.maps if begin <= one.day <= end]
        pairs = []
        for first in inside:
            later = (one for one in inside if (one.day - first.day).days >= max(least, 1))
            if (last := next(later, None)) is not None:
                pairs.append((first, last))
        series.cache[key] = tuple(_window(series, p, a, b) for p in series.parties for a, b in pairs)
    found: tuple[Window, ...] = series.cache[key]
    return found


def _compared(case: Case, sort: Sort, at: Span, this: Window, every: Sequence[Window]) -> list[Window]:
    others = [one for one in every if not one.overlaps(this)]
    if sort == "most":
        return others
    # "Russia's offensive was far slower": that party's, named before the comparison.
    start = case.claim.spans[0].start
    told = [owner for _, owner in named(case, Span(start, at.end)) if owner != this.party]
    return [one for one in others if told and one.party == told[-1]]


def _next(case: Case, fastest: Window, this: Window) -> str:
    return f"at most {party(case, fastest.party)}" if fastest.party != this.party else "before that at most"


def _told(one: Window) -> str:
    return (
        f"{number(one.km)} km and {number(one.km2)} km² a day from {day(one.first, one.last)} to "
        f"{day(one.last)}"
    )


def _reason(case: Case, by_depth: bool, by_area: bool, widest: Window, this: Window) -> str:
    area = (
        f"by area the greatest other change is {number(widest.km2)} km² a day, "
        f"{party(case, widest.party)} from "
        f"{day(widest.first, widest.last)} to {day(widest.last)}"
    )
    if by_depth and by_area:
        return f"so by depth and by area; {area}"
    if by_depth:
        return f"so by depth, which is speed, and not by area: {area}; maps drawn anew count in areas"
    if by_area:
        return f"so by area and not by depth; the text does not say which is meant; {area}"
    return f"neither by depth nor by area; {area}"


def _working(case: Case, series: Series, this: Window, others: Sequence[Window]) -> Working:
    steps = [f"The advance in question: {party(case, this.party)}, {_told(this)}."]
    top = sorted(others, key=lambda w: -w.km)[:5]
    steps += [f"Next by depth: {party(case, w.party)}, {_told(w)}." for w in top]
    wide = sorted(others, key=lambda w: -w.km2)[:5]
    steps += [f"Next by area: {party(case, w.party)}, {_told(w)}." for w in wide]
    steps.append(f"{len(others)} spans compared, on {len(series.maps)} maps of {series.assessor}.")
    bars = [Bar(f"{party(case, this.party)} {this.first}", round(this.km, 2), "stated")]
    ordered = sorted(others, key=lambda w: (w.first, w.party))
    bars += [
        Bar(
            f"{party(case, w.party)} {w.first}", round(w.km, 2), "found" if w.party == this.party else "other"
        )
        for w in ordered
    ]
    return Working(steps=tuple(steps), bars=tuple(bars), unit="km of depth a day")
