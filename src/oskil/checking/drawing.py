"""Geometries of the maps' plane as shapes that the picture of a working shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oskil.checking.maps import Series, km2
from oskil.records import Shape

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# A picture of some hundred pixels shows nothing finer, and pages stay small.
_SIMPLE_M = 400.0
_LEAST_KM2 = 1.0
_MOST_PARTS = 40


def area(series: Series, ground: BaseGeometry, role: str, label: str) -> Shape | None:
    """The parts of some ground from a square kilometre on, simplified to 400 m; None where there is none."""
    import shapely

    parts = [part for part in shapely.get_parts(ground) if km2(part) >= _LEAST_KM2]
    parts = sorted(parts, key=lambda part: -part.area)[:_MOST_PARTS]
    rings = []
    for part in parts:
        ring = series.plane.round(shapely.simplify(part.exterior, _SIMPLE_M))
        rings.append(tuple((round(float(x), 4), round(float(y), 4)) for x, y in ring.coords))
    return Shape(kind="area", role=role, label=label, lines=tuple(rings)) if rings else None


def around(series: Series, ground: BaseGeometry, middle: tuple[float, float], km: float) -> BaseGeometry:
    """The part of some ground within a square about a point (longitude, latitude), `km` to each side."""
    import shapely

    x, y = series.plane.point(middle[1], middle[0])
    reach = km * 1000
    return ground.intersection(shapely.box(x - reach, y - reach, x + reach, y + reach))
