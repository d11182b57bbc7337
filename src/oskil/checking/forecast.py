"""Did it come about as foretold? Resolved by later maps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from oskil.checking.control import runs, state
from oskil.checking.interface import Case
from oskil.checking.making import day, party, spot, verdict
from oskil.checking.maps import Series
from oskil.checking.parties import named
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.checking.whereabouts import any_of, found_in, says
from oskil.records import Bar, Place, Span, Verdict, Working


class Forecast:
    """The first map after the claim that gives the place to the party."""

    name = "forecast"
    description = "A place foretold to change hands, against control maps of the days after."
    method = (
        "The first map after the claim's first day that gives the place to the party that was to hold it; "
        "where the "
        "words say soon, within the days that soon stands for."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each settlement that the claim foretells a holder for, on no condition."""
        claim = case.claim
        holder = foretold(case) if claim.kind == "forecast" and claim.certainty != "conditional" else None
        if holder is None:
            return
        for place_id in claim.at:
            place = case.gazetteer.get(place_id)
            if place is not None and place.kind == "settlement":
                yield self._verdict(case, place, holder)

    def _verdict(self, case: Case, place: Place, holder: str) -> Verdict:
        spans = case.claim.spans
        at = Span(spans[0].start, spans[0].end) if spans else None
        denied = case.claim.polarity == "denied"
        stated = f"{place.name} will {'not ' if denied else ''}be held by {party(case, holder)}"
        told_on = case.document.published_on or (case.claim.time.first if case.claim.time else None)
        if told_on is None:
            return cannot_be_checked(self, case, stated, "the text gives no day", at)
        series = next((s for s in case.data.series if s.days[-1] > told_on), None)
        if series is None:
            reason = f"it is not resolved: control maps after {day(told_on)} would allow a check"
            return cannot_be_checked(self, case, stated, reason, at)
        came = _came(series, place, holder, told_on)
        limit = _deadline(case, told_on)
        if came is None and (limit is None or series.days[-1] < limit):
            reason = f"not yet by the last map, of {day(series.days[-1])}; later ones would allow a check"
            return cannot_be_checked(self, case, stated, reason, at, (series.maps[-1].source,))
        in_time = came is not None and (limit is None or came <= limit)
        return verdict(
            self,
            case,
            "agrees" if in_time != denied else "differs",
            stated=stated,
            found=_found(came, told_on, series),
            reason=_reason(case, series, place, holder, came, limit),
            tolerance=f"By {day(limit)}."
            if limit
            else "The words set no time; any map after the claim counts.",
            data=(series.sources[came or series.days[-1]],),
            numbers=None
            if came is None
            else (float((came - told_on).days), 0.0, _days(limit, told_on), "day"),
            places=(place.id,),
            at=at,
            working=_working(case, series, place, holder),
        )


@cache
def _taking() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('taking_words')})(?!\w)", re.I)


def foretold(case: Case) -> str | None:
    """The party that is to hold the place: the claim's holder, else the last before a word for taking.

    "Could be the objective" foretells no holder, and no word for taking stands in it.
    """
    if case.claim.holder is not None:
        return case.claim.holder
    for match in found_in(case, _taking()):
        told = named(case, Span(case.claim.spans[0].start, match.start()))
        if told:
            return told[-1][1]
    return None


def _came(series: Series, place: Place, holder: str, told_on: dt.date) -> dt.date | None:
    later = (one for one in series.history(place) if one.day > told_on)
    return next((one.day for one in later if state(one, holder) == "holds"), None)


def _deadline(case: Case, told_on: dt.date) -> dt.date | None:
    """The day up to which it was to come about: the claim's own last day, or what soon stands for."""
    if case.claim.time and case.claim.time.last and case.claim.time.last > told_on:
        return case.claim.time.last
    if says(case.claim.quote, tolerances().words["soon_words"]):
        return told_on + dt.timedelta(tolerances()["forecast.soon_days"])
    return None


def _days(limit: dt.date | None, told_on: dt.date) -> float | None:
    return None if limit is None else float((limit - told_on).days)


def _found(came: dt.date | None, told_on: dt.date, series: Series) -> str:
    if came is None:
        return f"not by the last map, of {day(series.days[-1])}"
    days = (came - told_on).days
    return f"so on the map of {day(came)}, {days} day{'' if days == 1 else 's'} later"


def _reason(
    case: Case, series: Series, place: Place, holder: str, came: dt.date | None, limit: dt.date | None
) -> str:
    if came is None:
        return f"no map of {series.assessor} up to {day(series.days[-1])} has it so"
    if limit is not None and came > limit:
        return f"it came about after {day(limit)}"
    held = {s.day: s for s in series.history(place)}
    before = max(d for d in series.days if d < came)
    was = held[before].holder
    how = f"held by {party(case, was)}" if was else ("contested" if held[before].contested else "unknown")
    return f"the map of {day(before)} still had it as {how}; resolved by the maps of {series.assessor}"


def _working(case: Case, series: Series, place: Place, holder: str) -> Working:
    history = series.history(place)
    heights = {"holds": 1.0, "contested": 0.5}
    bars = tuple(Bar(str(one.day), heights.get(state(one, holder), 0.0)) for one in history)
    steps = [
        f"Maps of {series.assessor} at {place.lat:.4f} N {place.lon:.4f} E:",
        *(f"{r}." for r in runs(case, history)),
    ]
    return Working(
        steps=tuple(steps), shapes=(spot(place),), bars=bars, unit=f"held by {party(case, holder)}"
    )
