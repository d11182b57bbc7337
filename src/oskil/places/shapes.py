"""Distances between points and shapes on the ellipsoid (WGS 84)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


_STEP = 0.25  # degrees


def around(geometry: BaseGeometry, lat: float, lon: float) -> BaseGeometry:
    """The shape in km east and north of a point, azimuthal equidistant: distances from it are geodesic.

    Lines are straight in degrees (RFC 7946, 3.1.1); long ones get vertices in between, so that they bend here
    as they should: within 20 m of where they are, up to 60 degrees north and south.
    """
    import shapely

    from oskil.places.geometry import ellipsoid

    def flat(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        count = len(points)
        azimuth, _, metres = ellipsoid().inv(
            np.full(count, lon), np.full(count, lat), points[:, 0], points[:, 1]
        )
        angle = np.radians(azimuth)
        return np.column_stack([metres * np.sin(angle), metres * np.cos(angle)]) / 1000

    return shapely.transform(shapely.segmentize(geometry, _STEP), flat)


def km_to(geometry: BaseGeometry, lat: float, lon: float) -> float:
    """Geodesic distance from a point to the nearest point of a shape, km; 0 inside an area."""
    import shapely

    return float(shapely.distance(around(geometry, lat, lon), shapely.Point(0.0, 0.0)))


def length_km(geometry: BaseGeometry) -> float:
    """Geodesic length of a line, or of an area's borders, km; 0 for points."""
    from oskil.places.geometry import ellipsoid

    if geometry.geom_type.endswith("Polygon"):
        return abs(float(ellipsoid().geometry_area_perimeter(geometry)[1])) / 1000
    return float(ellipsoid().geometry_length(geometry)) / 1000


def area_km2(geometry: BaseGeometry) -> float:
    """Geodesic area in square km, holes taken away; 0 for points and lines."""
    import shapely

    from oskil.places.geometry import ellipsoid

    # The sign of an area follows the direction of its rings, which files set as they like.
    turned = shapely.orient_polygons(geometry)
    return abs(float(ellipsoid().geometry_area_perimeter(turned)[0])) / 1e6
