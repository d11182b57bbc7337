"""Does a stated distance fit the ground between the two places?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from oskil.checking.figures import Range, km, meant, spoken
from oskil.checking.interface import Case
from oskil.checking.making import segment, spot
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.stated import Line, lines, radius_km
from oskil.checking.tolerances import tolerances
from oskil.places.geometry import distance_km
from oskil.records import Outcome, Place, Verdict, Working


class _Fit(NamedTuple):
    outcome: Outcome
    reason: str
    low: float
    high: float | None


class Distance:
    """The stated kilometres against the geodesic between the two points, and against a usual road."""

    name = "distance"
    description = "A stated distance between two places, against the geodesic and a usual road's length."
    method = "Geodesic on the WGS 84 ellipsoid between the gazetteer's points of the two settlements."

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """One for each distance that the claim's words state."""
        for line in lines(case):
            if line.relation.km is not None:
                yield self._verdict(case, line, line.relation.km)

    def _verdict(self, case: Case, line: Line, stated_km: float) -> Verdict:
        stated = f"{line.subject} {line.words}"
        if line.ends is None:
            return cannot_be_checked(self, case, stated, line.reason, line.at)
        found = distance_km(*line.ends)
        meaning = meant(stated_km, line.words, line.relation.comparator, self.name)
        fit = _fit(found, stated_km, meaning, line.ends)
        return Verdict(
            check=self.name,
            claim=case.claim.id,
            outcome=fit.outcome,
            stated=stated,
            found=f"{km(found)} in a straight line",
            reason=fit.reason,
            method=self.method,
            tolerance=_tolerance(fit),
            data=(case.gazetteer.source,),
            value=round(found, 2),
            low=round(fit.low, 2),
            high=None if fit.high is None else round(fit.high, 2),
            unit="km",
            places=(line.ends[0].id, line.ends[1].id),
            at=line.at,
            working=_working(line.ends, found, stated_km),
        )


def _working(ends: tuple[Place, Place], found: float, stated_km: float) -> Working:
    known = tolerances()
    least, most = (found * known[f"distance.{name}"] for name in ("road_least", "road_ratio"))
    one, other = ends
    steps = (
        f"{one.name}: {one.lat:.4f} N {one.lon:.4f} E. {other.name}: {other.lat:.4f} N {other.lon:.4f} E.",
        f"Geodesic between them: {found:.2f} km. The figure is {stated_km / found:.2f} times as long."
        if found
        else "The points are the same.",
        f"A usual road is {known['distance.road_least']} to {known['distance.road_ratio']} times as long "
        "as the "
        f"line: {km(least)} to {km(most)}. No road layer was looked at.",
    )
    line = segment((one.lon, one.lat), (other.lon, other.lat), km(found))
    return Working(steps=steps, shapes=(line, spot(one), spot(other)), unit="km")


def _fit(found: float, stated_km: float, meaning: Range, ends: tuple[Place, Place]) -> _Fit:
    line = _of_a_line(meaning, ends)
    low = min(line.low, stated_km / tolerances()["distance.road_ratio"]) if line.low > 0 else 0.0
    said = f"{km(found)} in a straight line"
    if found in line:
        return _Fit("agrees", f"{said}, within the tolerance of the figure", low, line.high)
    if low <= found < line.low:
        return _Fit("agrees", f"{said}, so the figure fits a road, not a line", low, line.high)
    if found < low:
        ratio = stated_km / found if found else float("inf")
        reason = f"{said}; the figure is {ratio:.1f} times as long, more than a usual road"
        return _Fit("differs", reason, low, line.high)
    return _Fit("differs", f"{said}, and no road is shorter than the line", low, line.high)


def _of_a_line(meaning: Range, ends: tuple[Place, Place]) -> Range:
    # A text may measure from edge to edge, which is shorter than from point to point, never longer.
    point = tolerances()["distance.point_km"]
    high = None if meaning.high is None else meaning.high + point + sum(radius_km(end) for end in ends)
    return Range(max(0.0, meaning.low - point), high)


def _tolerance(fit: _Fit) -> str:
    ratio = tolerances()["distance.road_ratio"]
    return (
        f"{spoken(fit.low, fit.high, 'km')} in a straight line: the figure's own rounding and hedge, "
        f"the points' inaccuracy, the settlements' extent, and a road of up to {ratio} times the line."
    )
