"""Distances between points and shapes on the ellipsoid (WGS 84)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def around(geometry: BaseGeometry, lat: float, lon: float) -> BaseGeometry:
    """The shape in km east and north of a point, azimuthal equidistant: distances from it are geodesic.

    Between two vertices the line is straight in this plane; on layers of common detail it is off by metres.
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

    return shapely.transform(geometry, flat)


def km_to(geometry: BaseGeometry, lat: float, lon: float) -> float:
    """Geodesic distance from a point to the nearest point of a shape, km; 0 inside an area."""
    import shapely

    return float(shapely.distance(around(geometry, lat, lon), shapely.Point(0.0, 0.0)))
