"""Does a stated distance fit the ground between the two places?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from oskil.checking.figures import Range, km, meant, spoken
from oskil.checking.interface import Case
from oskil.checking.making import segment, spot
from oskil.checking.refusal import cannot_be_checked
from oskil.checking.roads import NoRoute, Route
from oskil.checking.stated import Line, lines, radius_km
from oskil.checking.tolerances import tolerances
from oskil.places.geometry import distance_km
from oskil.records import Outcome, Place, Shape, Verdict, Working


class _Fit(NamedTuple):
    outcome: Outcome
    reason: str
    low: float
    high: float | None
    by_road: bool = False


class Distance:
    """The stated kilometres against the geodesic between the two points, and against the way over a layer's
    roads, or a usual road where there is no such layer."""

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
        ways = [roads.between(*line.ends) for roads in case.data.roads]
        way = min((w for w in ways if isinstance(w, Route)), key=lambda w: w.km, default=None)
        fit = (
            _fit(found, stated_km, meaning, line.ends)
            if way is None
            else _by_road(found, meaning, line.ends, way)
        )
        missing = "; ".join(w.reason for w in ways if isinstance(w, NoRoute)) if way is None else ""
        return Verdict(
            check=self.name,
            claim=case.claim.id,
            outcome=fit.outcome,
            stated=stated,
            found=f"{km(found)} in a straight line" + (f", {km(way.km)} by road" if way else ""),
            reason=fit.reason + (f"; {missing}" if missing else ""),
            method=self.method,
            tolerance=_tolerance(fit, way),
            data=(case.gazetteer.source, *((way.source,) if way else ())),
            value=round(way.km if way and fit.by_road else found, 2),
            low=round(fit.low, 2),
            high=None if fit.high is None else round(fit.high, 2),
            unit="km",
            places=(line.ends[0].id, line.ends[1].id),
            at=line.at,
            working=_working(line.ends, found, stated_km, way),
        )


def _working(ends: tuple[Place, Place], found: float, stated_km: float, way: Route | None) -> Working:
    known = tolerances()
    least, most = (found * known[f"distance.{name}"] for name in ("road_least", "road_ratio"))
    one, other = ends
    steps = (
        f"{one.name}: {one.lat:.4f} N {one.lon:.4f} E. {other.name}: {other.lat:.4f} N {other.lon:.4f} E.",
        f"Geodesic between them: {found:.2f} km. The figure is {stated_km / found:.2f} times as long."
        if found
        else "The points are the same.",
        _of_roads(way)
        or f"A usual road is {known['distance.road_least']} to {known['distance.road_ratio']} times as long "
        f"as the line: {km(least)} to {km(most)}. No layer gave a way by road.",
    )
    line = segment((one.lon, one.lat), (other.lon, other.lat), km(found))
    route = (
        (Shape(kind="line", role="feature", label=f"{km(way.km)} by road", lines=(way.line,)),) if way else ()
    )
    return Working(steps=steps, shapes=(*route, line, spot(one), spot(other)), unit="km")


def _of_roads(way: Route | None) -> str:
    if way is None:
        return ""
    return (
        f"The shortest way over the roads of {way.source.name}: {way.km:.2f} km, of which {way.access:.2f} "
        "km in a straight line between the points and the roads."
    )


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


def _by_road(found: float, meaning: Range, ends: tuple[Place, Place], way: Route) -> _Fit:
    """With a way over a layer's roads, the usual road's ratio is not needed."""
    line = _of_a_line(meaning, ends)
    said = f"{km(found)} in a straight line, {km(way.km)} by road"
    if found in line:
        return _Fit("agrees", f"{said}: the line is within the tolerance of the figure", line.low, line.high)
    share = tolerances()["distance.road_share"]
    road = Range(max(0.0, line.low / (1 + share)), None if line.high is None else line.high / (1 - share))
    if way.km in road:
        reason = f"{said}: the way is within the tolerance of the figure"
        return _Fit("agrees", reason, road.low, road.high, by_road=True)
    return _Fit("differs", f"{said}: the figure is neither", line.low, line.high)


def _of_a_line(meaning: Range, ends: tuple[Place, Place]) -> Range:
    # A text may measure from edge to edge, which is shorter than from point to point, never longer.
    point = tolerances()["distance.point_km"]
    high = None if meaning.high is None else meaning.high + point + sum(radius_km(end) for end in ends)
    return Range(max(0.0, meaning.low - point), high)


def _tolerance(fit: _Fit, way: Route | None) -> str:
    if way is not None:
        share = tolerances()["distance.road_share"]
        how = "by road" if fit.by_road else "in a straight line"
        drawn = f", and {share:.0%} for the roads as they are drawn" if fit.by_road else ""
        return (
            f"{spoken(fit.low, fit.high, 'km')} {how}: the figure's own rounding and hedge, the points' "
            f"inaccuracy, the settlements' extent{drawn}."
        )
    ratio = tolerances()["distance.road_ratio"]
    return (
        f"{spoken(fit.low, fit.high, 'km')} in a straight line: the figure's own rounding and hedge, "
        f"the points' inaccuracy, the settlements' extent, and a road of up to {ratio} times the line."
    )
