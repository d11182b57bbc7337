"""Was as much ground gained as the text says?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from oskil.checking import drawing
from oskil.checking.changes import Change, by_region, region_told
from oskil.checking.changing import Bounds, bounds
from oskil.checking.figures import Range, meant, number, spoken
from oskil.checking.interface import Case
from oskil.checking.making import day, party, verdict
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.whereabouts import any_of, figure_of, sentence_of, written
from oskil.records import Bar, Quantity, Shape, Span, Verdict, Working


class Area:
    """The stated square kilometres against what changed hands between two maps."""

    name = "area"
    description = "A stated area of ground gained, against control maps of its first and last day."
    method = (
        "The ground that others held on the map of the first day and no longer on that of the last, in an "
        "equal-area plane; for the last map and the one before it, with contested ground counted as gained "
        "and without."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each number of square kilometres that the claim's words call gained."""
        for quantity in case.claim.quantities:
            if quantity.unit == "km2" and _is_gain(case):
                yield self._verdict(case, quantity, Span(quantity.start, quantity.end))

    def _verdict(self, case: Case, quantity: Quantity, at: Span) -> Verdict:
        stated = f"{figure_of(case, quantity)} gained"
        given = list(bounds(case))
        bound = [one for one in given if isinstance(one, Bounds)]
        if not bound:
            return cannot_be_checked(self, case, stated, str(given[0]), at)
        meaning = meant(quantity.value, written(case, quantity), quantity.comparator, self.name)
        found = [(one, change) for one in bound for change in one.changes()]
        least, most = min(c.areas[0] for _, c in found), max(c.areas[1] for _, c in found)
        agrees = least <= (meaning.high or most) and most >= meaning.low
        sources = [source for one in bound for source in one.sources]
        return verdict(
            self,
            case,
            "agrees" if agrees else "differs",
            stated=stated,
            found=_found(found),
            reason=_reason(case, found, meaning, quantity.value, least, most),
            tolerance=f"{spoken(meaning.low, meaning.high, 'km²')}: it must meet what the choice of the last "
            "day and of the contested ground leaves open.",
            data=[*sources, case.gazetteer.source],
            numbers=(most, meaning.low, meaning.high, "km2"),
            at=at,
            working=_working(case, bound, found, quantity),
        )


_Found = Sequence[tuple[Bounds, Change]]


def _is_gain(case: Case) -> bool:
    # A control map's own line ("occupied: ..., 2,296 km2") tells of all that is held, and would be checked
    # against itself.
    if case.claim.polarity == "denied" or case.document.key.startswith("control map of "):
        return False
    sentence = sentence_of(case)
    return _words().search(case.document.text, sentence.start, sentence.end) is not None


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('gain_words')})(?!\w)", re.IGNORECASE)


def _found(found: _Found) -> str:
    """ "346 km² from 5 September to 7 September 2022, 970 km² to 8 September 2022"."""
    told = []
    for bound, change in found:
        begin = f" from {day(change.first, change.last)}" if change is bound.changes()[0] else ""
        told.append(f"{number(round(change.areas[1]))} km²{begin} to {day(change.last)}")
    return ", ".join(told)


def _reason(case: Case, found: _Found, meaning: Range, stated: float, least: float, most: float) -> str:
    low, high = min(c.areas[1] for _, c in found), max(c.areas[1] for _, c in found)
    strict = [number(round(change.areas[0])) for _, change in found]
    bare = f"without contested ground {' and '.join(strict)} km²"
    if most < meaning.low:
        return f"the maps show less; {bare}"
    if least > (meaning.high or most):
        return f"the maps show more; {bare}"
    if low <= stated <= high and len(found) > 1:
        return f"the last two maps bracket the figure; {bare}; {_shares(case, found)}"
    return f"within what the day and the contested ground leave open; {bare}; {_shares(case, found)}"


def _shares(case: Case, found: _Found) -> str:
    bound, change = found[-1]
    parts = by_region(bound.series, change, case.gazetteer)
    whole = sum(parts.values()) or 1.0
    named = [f"{region_told(code)} {km2 / whole:.0%}" for code, km2 in list(parts.items())[:4]]
    return f"by region: {', '.join(named)}" if named else "nothing was gained"


def _working(case: Case, bound: Sequence[Bounds], found: _Found, quantity: Quantity) -> Working:
    first = bound[0]
    steps = [f"Days: {day(first.days.first)} to {day(first.days.last)}, {first.days.why}."]
    bars = [Bar("stated", quantity.value, "stated")]
    for one, change in found:
        small, large = change.areas
        span = f"{one.series.assessor}, {day(change.first)} to {day(change.last)}"
        steps.append(f"{span}: {large:,.1f} km² with contested ground as gained, {small:,.1f} km² without.")
        bars += [
            Bar(f"to {day(change.last)}", round(large, 1)),
            Bar("without contested", round(small, 1), "other"),
        ]
    last_bound, last = found[-1]
    parts = by_region(last_bound.series, last, case.gazetteer)
    steps += [f"{region_told(code)}: {km2:,.1f} km²." for code, km2 in parts.items() if km2 >= 1]
    steps += [note for one in bound for note in one.notes]
    steps.append(f"Areas in {first.series.plane.words}.")
    key = ("drawn", last.party, last.first, last.last)
    cache = last_bound.series.cache
    if key not in cache:
        label = f"gained by {party(case, last.party)} to {day(last.last)}"
        cache[key] = drawing.area(last_bound.series, last.wide, "gained", label)
    shapes: tuple[Shape, ...] = (cache[key],) if cache[key] else ()
    return Working(steps=tuple(steps), shapes=shapes, bars=tuple(bars), unit="km²")
