"""Was a place held for as long as the text says?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from oskil.checking.control import runs, state
from oskil.checking.figures import Range, meant, number, spoken
from oskil.checking.interface import Case
from oskil.checking.making import day, party, spot, verdict
from oskil.checking.maps import Series, Standing
from oskil.checking.parties import named
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.whereabouts import any_of, place_of, sentence_of, written
from oskil.records import Bar, Outcome, Place, Quantity, Span, Verdict, Working

# Mean lengths in the Gregorian calendar: 365.2425 days a year.
DAYS = {"day": 1.0, "week": 7.0, "month": 30.436875, "year": 365.2425}


class Duration:
    """The stated time against the days on which the maps give the place to that party."""

    name = "duration"
    description = "How long a place is said to have been held, against control maps."
    method = (
        "The unbroken run of maps before the claim's last day that give the place to the party. From its "
        "first to "
        "its last map is the least; from the map before it, or the war's beginning, to the map after it "
        "the most."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each length of time that the claim's words call an occupation or a hold."""
        for quantity in case.claim.quantities:
            if quantity.unit in DAYS and (match := _holding(case, quantity)) is not None:
                yield self._verdict(case, quantity, match)

    def _verdict(self, case: Case, quantity: Quantity, words: re.Match[str]) -> Verdict:
        at = Span(quantity.start, quantity.end)
        stated = " ".join(case.document.text[quantity.start : words.end()].split())
        place = place_of(case, quantity)
        holder = _holder(case, Span(quantity.start, words.end()))
        last = (case.claim.time.last if case.claim.time else None) or case.document.published_on
        if reason := _missing(case, place, holder, last):
            return cannot_be_checked(self, case, stated, reason, at)
        assert place is not None and holder is not None and last is not None  # nothing is missing
        series = case.data.series[0]
        run = _run(series.history(place), holder, last)
        if not run:
            reason = (
                f"no map of {series.assessor} before {day(last)} has {place.name} held by "
                f"{party(case, holder)}"
            )
            return cannot_be_checked(self, case, stated, reason, at, (series.maps[0].source,))
        return self._judged(case, quantity, stated, (place, holder, last), series, run)

    def _judged(
        self,
        case: Case,
        quantity: Quantity,
        stated: str,
        asked: tuple[Place, str, dt.date],
        series: Series,
        run: Sequence[Standing],
    ) -> Verdict:
        place, holder, last = asked
        least, most, bound = _bounds(case, series, run, last)
        length = DAYS[quantity.unit]
        meaning = meant(quantity.value, written(case, quantity), quantity.comparator, self.name)
        meaning = Range(meaning.low * length, None if meaning.high is None else meaning.high * length)
        outcome, reason = _outcome(meaning, least, most, bound, run)
        return verdict(
            self,
            case,
            outcome,
            stated=stated,
            found=f"{spoken(least, most, 'days')}, {number(round(least / 30.436875, 1))} months or more",
            reason=reason,
            tolerance=f"{spoken(meaning.low, meaning.high, 'days')}: the figure's rounding, half of its "
            "unit.",
            data=[series.sources[run[0].day], series.sources[run[-1].day]],
            numbers=(least, meaning.low, meaning.high, "day"),
            places=(place.id,),
            at=Span(quantity.start, quantity.end),
            working=_working(case, series, place, holder, run),
        )


@cache
def _pattern() -> re.Pattern[str]:
    # "six months of Russian occupation", "held for six months", "six months under siege".
    return re.compile(
        rf"\s*(?:(?:of|under|in)\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:{any_of('holding_words')})", re.I
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('holding_words')})\w*(?:\s+\w+){{0,4}}\s+(?:for|since)[\s\w]*$", re.I)


def _holding(case: Case, quantity: Quantity) -> re.Match[str] | None:
    text, sentence = case.document.text, sentence_of(case)
    after = _pattern().match(text, quantity.end, max(quantity.end, sentence.end))
    return after or _before().search(text, sentence.start, quantity.end)


def _holder(case: Case, at: Span) -> str | None:
    """The party whose occupation it is: named in these words, else the one that the claim takes it from."""
    told = named(case, at)
    return told[-1][1] if told else None


def _missing(case: Case, place: Place | None, holder: str | None, last: dt.date | None) -> str:
    if place is None or place.kind != "settlement":
        return "the text does not say which place it is of"
    if holder is None:
        return "the text does not say who held it"
    if last is None:
        return "the text gives no day"
    return "" if case.data.series else "control maps of that time would allow a check"


def _run(history: Sequence[Standing], holder: str, last: dt.date) -> list[Standing]:
    """The newest unbroken run of maps up to a day that give the place to the party."""
    found: list[Standing] = []
    for one in reversed([one for one in history if one.day <= last]):
        if state(one, holder) == "holds":
            found.append(one)
        elif found:
            break
    return found[::-1]


def _bounds(
    case: Case, series: Series, run: Sequence[Standing], last: dt.date
) -> tuple[float, float | None, str]:
    before = [day_ for day_ in series.days if day_ < run[0].day]
    after = [day_ for day_ in series.days if day_ > run[-1].day]
    end = min(after[0], last) if after else last
    least = (run[-1].day - run[0].day).days
    if before:
        return least, (end - before[-1]).days, ""
    began = case.data.profile.began if case.data.profile else None
    bound = f"the maps begin on {day(run[0].day)}, so this is a lower bound"
    if began is None:
        return least, None, bound
    return least, (end - began).days, f"{bound}; the upper one counts from {day(began)}, when the war began"


def _outcome(
    meaning: Range, least: float, most: float | None, bound: str, run: Sequence[Standing]
) -> tuple[Outcome, str]:
    held = f"held on every map from {day(run[0].day)} to {day(run[-1].day)}"
    told = f"{held}; {bound}" if bound else held
    if meaning.high is not None and meaning.high < least:
        return "differs", f"{told}; the maps show longer"
    if most is not None and meaning.low > most:
        return "differs", f"{told}; the maps show less"
    if bound and most is None:
        return "cannot be checked", f"{told}; maps of earlier days would allow a check"
    return "agrees", told


def _working(case: Case, series: Series, place: Place, holder: str, run: Sequence[Standing]) -> Working:
    history = series.history(place)
    steps = [f"Maps of {series.assessor} at {place.lat:.4f} N {place.lon:.4f} E:"]
    steps += [f"{line}." for line in runs(case, history)]
    steps.append(f"From {day(run[0].day)} to {day(run[-1].day)} are {(run[-1].day - run[0].day).days} days.")
    heights = {"holds": 1.0, "contested": 0.5}
    bars = tuple(
        Bar(str(one.day), heights.get(state(one, holder), 0.0), "found" if one in run else "none")
        for one in history
    )
    return Working(
        steps=tuple(steps), shapes=(spot(place),), bars=bars, unit=f"held by {party(case, holder)}"
    )
