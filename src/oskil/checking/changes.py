"""What a party gained between two maps: how much, how deep, in which regions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from oskil.checking.maps import DayMap, Series, areal, km2
from oskil.checking.tolerances import tolerances
from oskil.places.geometry import geodesic
from oskil.places.interface import Gazetteer
from oskil.places.regions import region_name

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


# Unions kept at hand: those of some months of daily maps.
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Change:
    """The ground that a party gained from one day's map to another's.

    `wide` counts contested ground as the party's own, on both days, `strict` counts it as not its own; both
    are geometries of the series' plane.
    """

    party: str
    first: dt.date
    last: dt.date
    wide: BaseGeometry
    strict: BaseGeometry

    @property
    def days(self) -> int:
        """How many days lie between the two maps."""
        return (self.last - self.first).days

    @property
    def areas(self) -> tuple[float, float]:
        """The two areas in km2, the smaller first."""
        one, other = km2(self.wide), km2(self.strict)
        return min(one, other), max(one, other)


@dataclass(frozen=True, slots=True)
class Depth:
    """The farthest point gained from the line before: its distance in km, and both ends as (lon, lat)."""

    km: float
    reached: tuple[float, float]
    from_line: tuple[float, float]


def gained(series: Series, party: str, first: DayMap, last: DayMap) -> Change:
    """What the party gained between two maps of a series. Worked out once for each pair."""
    key = ("gained", party, first.day, last.day)
    if key not in series.cache:
        wide, strict = (_gain(series, party, first, last, ours=ours) for ours in (True, False))
        series.cache[key] = Change(party, first.day, last.day, wide, strict)
    found: Change = series.cache[key]
    return found


def _gain(series: Series, party: str, first: DayMap, last: DayMap, *, ours: bool) -> BaseGeometry:
    # Who holds the blank part of the map gains what the others no longer hold.
    if party == series.elsewhere:
        before, after = (not_held(one, party, contested=not ours) for one in (first, last))
        return areal(before.difference(after))
    before, after = (held_by(one, party, contested=ours) for one in (first, last))
    return areal(after.difference(before))


@lru_cache(maxsize=_KEPT)
def held_by(one: DayMap, party: str, *, contested: bool) -> BaseGeometry:
    """The ground that a map gives to a party, with the contested or without."""
    import shapely

    shapes = [g for name, g in one.held.items() if name == party]
    return shapely.union_all([*shapes, one.contested] if contested else shapes)


@lru_cache(maxsize=_KEPT)
def not_held(one: DayMap, party: str, *, contested: bool) -> BaseGeometry:
    """The ground that a map gives to the other parties, with the contested or without."""
    import shapely

    shapes = [g for name, g in one.held.items() if name != party]
    return shapely.union_all([*shapes, one.contested] if contested else shapes)


def depth(series: Series, change: Change, *, ours: bool = True) -> Depth | None:
    """The farthest point gained, measured from the line before; None where nothing was gained.

    Pieces below `advance.piece_km2` are slivers of the maps' drawing and are left out.
    """
    key = ("depth", change.party, change.first, change.last, ours)
    if key not in series.cache:
        series.cache[key] = _depth(series, change, ours=ours)
    found: Depth | None = series.cache[key]
    return found


def _depth(series: Series, change: Change, *, ours: bool) -> Depth | None:
    import shapely

    first = series.at(change.first)
    ground = change.wide if ours else change.strict
    least = tolerances()["advance.piece_km2"]
    parts = [part for part in shapely.get_parts(ground) if km2(part) >= least]
    if first is None or not parts:
        return None
    if change.party == series.elsewhere:
        line = not_held(first, change.party, contested=not ours).boundary
    else:
        line = held_by(first, change.party, contested=ours)
    if line.is_empty:
        return None
    shapely.prepare(line)
    points = shapely.points(shapely.get_coordinates(parts))
    farthest = points[int(shapely.distance(points, line).argmax())]
    (x, y), (u, v) = shapely.get_coordinates(shapely.shortest_line(farthest, line))[[0, -1]]
    reached, origin = series.plane.degrees(x, y), series.plane.degrees(u, v)
    km, _ = geodesic(origin[1], origin[0], reached[1], reached[0])
    return Depth(km, reached, origin)


def by_region(series: Series, change: Change, gazetteer: Gazetteer) -> dict[str, float]:
    """The gained km2 (contested ground counted) by first-order region, largest first.

    Ground is cut into squares of `area.cell_km`, and a square belongs to the region of the settlement that is
    nearest to its middle; "" where none is near.
    """
    key = ("regions", change.party, change.first, change.last)
    if key not in series.cache:
        series.cache[key] = _by_region(series, change, gazetteer)
    found: dict[str, float] = series.cache[key]
    return found


def _by_region(series: Series, change: Change, gazetteer: Gazetteer) -> dict[str, float]:
    import numpy as np
    import shapely

    side = tolerances()["area.cell_km"] * 1000
    found: defaultdict[str, float] = defaultdict(float)
    for part in shapely.get_parts(change.wide):
        if part.is_empty:
            continue
        west, south, east, north = part.bounds
        shapely.prepare(part)
        for x in np.arange(west // side * side, east, side):
            for y in np.arange(south // side * side, north, side):
                inside = part.intersection(shapely.box(x, y, x + side, y + side))
                if inside.area > 0:
                    lon, lat = series.plane.degrees(*shapely.get_coordinates(inside.centroid)[0])
                    found[_region(lat, lon, gazetteer)] += km2(inside)
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def region_told(code: str) -> str:
    """The name of a region by its country and code ("UA.07"), else the code; in words where there is none."""
    country, _, region = code.partition(".")
    return region_name(country, region) or code or "no settlement near"


def _region(lat: float, lon: float, gazetteer: Gazetteer) -> str:
    near = gazetteer.near(lat, lon, tolerances()["area.nearest_km"])
    return f"{near[0][1].country}.{near[0][1].region}" if near else ""
