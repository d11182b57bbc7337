"""Did an advance reach as deep as the text says?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from oskil.checking import drawing
from oskil.checking.changes import Change, Depth, depth, not_held
from oskil.checking.changing import GROUND, Bounds, bounds
from oskil.checking.figures import Range, km, meant, spoken
from oskil.checking.interface import Case
from oskil.checking.making import day, party, segment, verdict
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.stated import lines
from oskil.checking.whereabouts import any_of, figure_of, sentence_of, written
from oskil.records import Quantity, Shape, Span, Verdict, Working

# How far around the farthest point a picture shows the ground before.
_SHOWN_KM = 120.0


class Advance:
    """The stated depth against the farthest point gained from the line before."""

    name = "advance"
    description = "A stated depth of an advance, against control maps of its first and last day."
    method = (
        "The farthest point that was gained between the map of the first day and that of the last, measured "
        "along the WGS 84 geodesic from the nearest point of the line of the first day; with contested "
        "ground counted as gained, and without."
    )

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each depth in kilometres that the claim's words state."""
        if case.claim.kind not in GROUND:
            return
        taken = [line.at for line in lines(case) if line.relation.km is not None]
        for quantity in case.claim.quantities:
            at = Span(quantity.start, quantity.end)
            if quantity.unit == "km" and _is_depth(case) and not any(at.overlaps(span) for span in taken):
                yield self._verdict(case, quantity, at)

    def _verdict(self, case: Case, quantity: Quantity, at: Span) -> Verdict:
        stated = f"an advance of {figure_of(case, quantity)}"
        bound = next(bounds(case))
        if isinstance(bound, str):
            return cannot_be_checked(self, case, stated, bound, at)
        depths = _depths(bound)
        if not depths:
            reason = f"the maps show no ground gained by {party(case, bound.party)}: {_span(bound)}"
            return cannot_be_checked(self, case, stated, reason, at, bound.sources)
        meaning = meant(quantity.value, written(case, quantity), quantity.comparator, self.name)
        least, most = min(d.km for _, d, _ in depths), max(d.km for _, d, _ in depths)
        agrees = least <= (meaning.high or most) and most >= meaning.low
        deepest = max(depths, key=lambda one: one[1].km)
        return verdict(
            self,
            case,
            "agrees" if agrees else "differs",
            stated=stated,
            found=f"{spoken(least, most, 'km')} from {day(bound.first.day, bound.days.last)} to "
            f"{' or '.join(day(last.day) for last in bound.lasts)}",
            reason=_reason(bound, depths, meaning, quantity.value),
            tolerance=f"{spoken(meaning.low, meaning.high, 'km')}: the figure's own rounding and hedge.",
            data=bound.sources,
            numbers=(most, meaning.low, meaning.high, "km"),
            at=at,
            working=_working(case, bound, depths, deepest, quantity.value),
        )


_Found = tuple[Change, Depth, bool]


def _depths(bound: Bounds) -> list[_Found]:
    found = [
        (change, depth(bound.series, change, ours=ours), ours)
        for change in bound.changes()
        for ours in (True, False)
    ]
    return [(change, deep, ours) for change, deep, ours in found if deep is not None]


def _is_depth(case: Case) -> bool:
    sentence = sentence_of(case)
    return _words().search(case.document.text, sentence.start, sentence.end) is not None


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('advance_words')})", re.IGNORECASE)


def _span(bound: Bounds) -> str:
    return f"{day(bound.first.day, bound.lasts[-1].day)} to {day(bound.lasts[-1].day)}"


def _reason(bound: Bounds, depths: list[_Found], meaning: Range, stated: float) -> str:
    farthest = max(deep.km for _, deep, _ in depths)
    told = f"the farthest point gained lies {km(farthest)} from the line of {day(bound.first.day)}"
    if farthest > (meaning.high or farthest):
        return f"{told}, farther than the figure"
    if farthest < meaning.low:
        return f"{told}, short of the figure"
    if meaning.low == 0.0 and farthest < 0.85 * stated:
        share = f"{farthest / stated:.0%}"
        return f"{told}, {share} of the figure; “up to” holds for any depth below it"
    return f"{told}, within the tolerance"


def _working(case: Case, bound: Bounds, depths: list[_Found], deepest: _Found, stated: float) -> Working:
    _, deep, _ = deepest
    steps = [f"Days: {day(bound.days.first)} to {day(bound.days.last)}, {bound.days.why}."]
    for one, found, wide in depths:
        counted = "counted as gained" if wide else "not counted"
        steps.append(
            f"{day(one.first)} to {day(one.last)}, contested ground {counted}: {km(found.km)} from "
            f"{_degrees(found.from_line)} on the line to {_degrees(found.reached)}."
        )
    later = bound.series.after(bound.days.last)
    steps += [f"The next map is of {day(later.day)}."] if later else []
    steps += [*bound.notes, f"Areas and pieces in {bound.series.plane.words}."]
    shapes = (*_ground(case, bound, deepest), segment(deep.from_line, deep.reached, km(deep.km)))
    return Working(steps=tuple(steps), shapes=shapes, unit="km")


def _ground(case: Case, bound: Bounds, deepest: _Found) -> tuple[Shape, ...]:
    """The ground before and the ground gained, about the farthest point."""
    change, deep, ours = deepest
    series, key = bound.series, ("drawn", change.party, change.first, change.last, ours)
    if key not in series.cache:
        before = not_held(bound.first, bound.party, contested=not ours)
        shapes = [
            drawing.area(
                series,
                drawing.around(series, before, deep.reached, _SHOWN_KM),
                "before",
                f"held by others on {day(change.first)}",
            ),
            drawing.area(
                series,
                drawing.around(series, change.wide, deep.reached, _SHOWN_KM),
                "gained",
                f"gained by {party(case, bound.party)} to {day(change.last)}",
            ),
        ]
        series.cache[key] = tuple(shape for shape in shapes if shape)
    found: tuple[Shape, ...] = series.cache[key]
    return found


def _degrees(point: tuple[float, float]) -> str:
    return f"{point[1]:.3f} N {point[0]:.3f} E"
