"""The map's ground: larger settlements around the places of the record, and the frame to begin with."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oskil.places.interface import Gazetteer
from oskil.records import Place

# A frame holds what is spoken of with room around it; wider than this a map of towns shows nothing.
_MARGIN_KM = 45.0
_MAX_RADIUS_KM = 600.0
_MAX_SETTLEMENTS = 70
_KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Frame:
    """West, south, east and north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, place: Place) -> bool:
        """Whether the place lies in the frame."""
        return self.west <= place.lon <= self.east and self.south <= place.lat <= self.north


def frame(places: Sequence[Place], bbox: tuple[float, float, float, float]) -> Frame:
    """The frame around the settlements in the conflict's box; around the box where there are none.

    Places far from the conflict (a capital that was visited) stay on the map but do not widen the frame.
    """
    box = Frame(*bbox)
    inside = [p for p in places if p.kind == "settlement" and box.holds(p)]
    if not inside:
        return box
    lats, lons = [p.lat for p in inside], [p.lon for p in inside]
    north = _MARGIN_KM / _KM_PER_DEGREE
    east = north / max(0.2, math.cos(math.radians(sum(lats) / len(lats))))
    # The map ends at the date line and at the poles; places on both sides of the line are at its two ends.
    return Frame(
        max(min(lons) - east, -180.0),
        max(min(lats) - north, -90.0),
        min(max(lons) + east, 180.0),
        min(max(lats) + north, 90.0),
    )


def settlements(gazetteer: Gazetteer, within: Frame, taken: Sequence[Place]) -> list[Place]:
    """The most populous settlements of the frame that stand apart from one another and from those taken."""
    lat, lon = (within.south + within.north) / 2, (within.west + within.east) / 2
    height = (within.north - within.south) * _KM_PER_DEGREE
    width = (within.east - within.west) * _KM_PER_DEGREE * math.cos(math.radians(lat))
    radius = min(_MAX_RADIUS_KM, math.hypot(height, width))
    apart = math.hypot(height, width) / 26
    near = [p for _, p in gazetteer.near(lat, lon, radius) if p.population > 0]
    cells = _Cells(apart, lat)
    for place in taken:
        cells.add(place)
    chosen: list[Place] = []
    for place in sorted(near, key=lambda p: (-p.population, p.id)):
        if all(_roughly_km(place, other) >= apart for other in cells.around(place)):
            chosen.append(place)
            cells.add(place)
        if len(chosen) == _MAX_SETTLEMENTS:
            break
    return chosen


class _Cells:
    """Places by squares of `km` or more on a side, so that only those nearby are compared."""

    def __init__(self, km: float, lat: float) -> None:
        self._high = max(km, 0.1) / _KM_PER_DEGREE
        self._wide = self._high / max(0.05, math.cos(math.radians(min(89.0, abs(lat) + 10))))
        self._places: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)

    def _at(self, place: Place) -> tuple[int, int]:
        return math.floor(place.lat / self._high), math.floor(place.lon / self._wide)

    def add(self, place: Place) -> None:
        self._places[self._at(place)].append(place)

    def around(self, place: Place) -> Iterator[Place]:
        row, column = self._at(place)
        for r in (row - 1, row, row + 1):
            for c in (column - 1, column, column + 1):
                yield from self._places.get((r, c), ())


def _roughly_km(a: Place, b: Place) -> float:
    """Distance on a flat Earth, which is enough to keep labels apart."""
    east = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot(a.lat - b.lat, east) * _KM_PER_DEGREE
