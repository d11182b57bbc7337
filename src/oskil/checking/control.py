"""Did the party hold the place that the claim gives it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from oskil.checking.interface import Case
from oskil.checking.making import day, party, spot, verdict
from oskil.checking.maps import Series, Standing
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.tolerances import tolerances
from oskil.records import Bar, Outcome, Place, Span, Verdict, Working

_KINDS = frozenset({"control", "movement"})
# How a standing is drawn in the chart: held by the party, contested, held by another.
_HEIGHT = {"holds": 1.0, "contested": 0.5, "other": 0.0, "unknown": 0.0}


class Control:
    """The holder that the claim names against the maps of its days."""

    name = "control"
    description = "Who is said to hold a place, against control maps of that day."
    method = (
        "The place's point is looked up in the map of the claim's last day, or the newest before it, and "
        "in those "
        "of the days beside it; the whole series tells what was before and after."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each settlement that the claim gives a holder to."""
        claim = case.claim
        if claim.kind not in _KINDS or claim.holder is None:
            return
        for place_id in claim.at:
            place = case.gazetteer.get(place_id)
            if place is not None and place.kind == "settlement":
                yield self._verdict(case, place, claim.holder)

    def _verdict(self, case: Case, place: Place, holder: str) -> Verdict:
        at = _words_at(case)
        denied = case.claim.polarity == "denied"
        stated = f"{place.name} {'not ' if denied else ''}held by {party(case, holder)}"
        last = (case.claim.time.last if case.claim.time else None) or case.document.published_on
        if last is None:
            return cannot_be_checked(self, case, stated, "the text gives no day", at)
        stated += f" on {day(last)}"
        if not case.data.series:
            return cannot_be_checked(
                self, case, stated, f"a control map of {day(last)} would allow a check", at
            )
        series = case.data.series[0]
        near = near_days(series, place, last)
        if not near or not any(one.known for one in near):
            return cannot_be_checked(self, case, stated, _out_of_reach(series, place, last, near), at)
        outcome, reason = _judge(case, near, holder, denied=denied)
        return verdict(
            self,
            case,
            outcome,
            stated=stated,
            found="; ".join(f"{day(one.day)}: {standing_words(case, one)}" for one in near),
            reason=reason,
            tolerance=f"The map of the day, and those up to {int(tolerances()['control.beside_days'])} "
            "day beside "
            "it: a day's events enter the map of its evening, or the next.",
            data=[series.sources[one.day] for one in near],
            places=(place.id,),
            at=at,
            working=_working(case, series, place, holder),
        )


def near_days(series: Series, place: Place, on: dt.date) -> list[Standing]:
    """What the map of a day says of a place, or the newest one in reach before it, and those beside it."""
    beside = dt.timedelta(tolerances()["control.beside_days"])
    history = series.history(place)
    found = [one for one in history if abs(one.day - on) <= beside]
    if any(one.day <= on for one in found):
        return found
    reach = dt.timedelta(tolerances()["change.reach_days"])
    older = [one for one in history if dt.timedelta(0) <= on - one.day <= reach][-1:]
    return [*older, *found]


def standing_words(case: Case, one: Standing) -> str:
    """ "held by Ukraine", "contested", "nothing is said"."""
    if one.holder is not None:
        return f"held by {party(case, one.holder)}"
    return "contested" if one.contested else "nothing is said"


def _judge(case: Case, near: Sequence[Standing], holder: str, *, denied: bool) -> tuple[Outcome, str]:
    known = [one for one in near if one.known]
    holds = [one.holder == holder for one in known]
    fits = [not h for h in holds] if denied else holds
    if any(fits):
        return "agrees", _how(case, known, fits)
    if any(one.contested for one in known) and not denied and not any(one.holder for one in known):
        return "cannot be checked", "the maps call the place contested, which leaves the holder open"
    others = sorted({party(case, one.holder) for one in known if one.holder})
    if denied:
        return "differs", "the maps of these days have it held all the time"
    contested = ", or as contested" if any(one.contested for one in known) else ""
    return "differs", f"the maps of these days have it as held by {' and '.join(others)}{contested}"


def _how(case: Case, known: Sequence[Standing], fits: Sequence[bool]) -> str:
    if all(fits):
        return "all maps of these days say the same"
    days = ", ".join(day(one.day) for one, fit in zip(known, fits, strict=True) if fit)
    return f"it changes within these days; the claim fits the map of {days}"


def _out_of_reach(series: Series, place: Place, on: dt.date, near: Sequence[Standing]) -> str:
    if near:
        return (
            f"the maps of {series.assessor} say nothing of {place.name}; a map that covers it would "
            "allow a check"
        )
    return (
        f"the maps of {series.assessor} run from {day(series.days[0])} to {day(series.days[-1])}; "
        f"one of {day(on)} would allow a check"
    )


def _working(case: Case, series: Series, place: Place, holder: str) -> Working:
    history = series.history(place)
    steps = [f"Point: {place.lat:.4f} N {place.lon:.4f} E. Maps of {series.assessor}:"]
    steps += [f"{line}." for line in runs(case, history)]
    claims = case.data.others.of_place(place.id)
    last = case.claim.time.last if case.claim.time else None
    same = [
        o
        for o in claims
        if o.claim.id != case.claim.id and o.claim.time and last and o.claim.time.last == last
    ]
    others = [o for o in same if o.claim.holder != holder]
    steps.append(
        f"Of {len(same)} other claims of that day in the record, {len(others)} name another holder."
        if same
        else "No other claim of that day names a holder."
    )
    bars = tuple(Bar(str(one.day), _HEIGHT[state(one, holder)], _ROLE[state(one, holder)]) for one in history)
    return Working(
        steps=tuple(steps), shapes=(spot(place),), bars=bars, unit=f"held by {party(case, holder)}"
    )


_ROLE = {"holds": "found", "contested": "other", "other": "none", "unknown": "none"}


def state(one: Standing, holder: str) -> str:
    """Whether a map gives a place to a party: "holds", "contested", "other", "unknown"."""
    if not one.known:
        return "unknown"
    if one.contested:
        return "contested"
    return "holds" if one.holder == holder else "other"


def runs(case: Case, history: Sequence[Standing]) -> Iterator[str]:
    """The history in stretches: "3 April 2022 to 6 September 2022: held by Russia (29 maps)"."""
    begin = 0
    for at in range(1, len(history) + 1):
        if at == len(history) or standing_words(case, history[at]) != standing_words(case, history[begin]):
            first, last, count = history[begin].day, history[at - 1].day, at - begin
            span = day(first) if first == last else f"{day(first)} to {day(last)}"
            yield f"{span}: {standing_words(case, history[begin])} ({count} map{'s' if count > 1 else ''})"
            begin = at


def _words_at(case: Case) -> Span | None:
    spans = case.claim.spans
    return Span(spans[0].start, spans[0].end) if spans else None
