"""Distances and directions on the ellipsoid (WGS 84), and the eight winds."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from oskil.records import Place

WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
# IUGG mean radius of the Earth, km; for quick comparisons only, within 0.6 % of the geodesic.
MEAN_RADIUS_KM = 6371.0088


@cache
def ellipsoid() -> Any:
    """pyproj's calculator of geodesics on WGS 84."""
    from pyproj import Geod  # imported late: it takes a tenth of a second

    return Geod(ellps="WGS84")


def geodesic(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """Length of the geodesic in km, and the bearing at its start in degrees clockwise from north, 0..360."""
    azimuth, _, metres = ellipsoid().inv(lon1, lat1, lon2, lat2)
    return metres / 1000, azimuth % 360


def distance_km(a: Place, b: Place) -> float:
    """Length of the geodesic between the points of two places, km."""
    return geodesic(a.lat, a.lon, b.lat, b.lon)[0]


def bearing_deg(a: Place, b: Place) -> float:
    """The direction in which `b` lies as seen from `a`, degrees clockwise from north, 0..360."""
    return geodesic(a.lat, a.lon, b.lat, b.lon)[1]


def compass(bearing: float) -> str:
    """The nearest of the eight winds to a bearing in degrees: 0 is "north", 45 "northeast"."""
    return WINDS[round((bearing % 360) / 45) % 8]


def wind_deg(wind: str) -> float:
    """The bearing of one of the eight winds in degrees. Raises ValueError for another word."""
    return WINDS.index(wind) * 45.0


def angle_between(one: float, other: float) -> float:
    """The smaller angle between two bearings in degrees, 0..180."""
    return abs((one - other + 180) % 360 - 180)


def rough_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on the mean sphere, km: quick, within 0.6 % of the geodesic."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    half = math.radians(lon2 - lon1) / 2
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(half) ** 2
    return 2 * MEAN_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def spans(west: float, east: float) -> list[tuple[float, float]]:
    """A range of longitudes as one or two ranges within -180..180, split where it crosses the date line."""
    limit = 180 - 1e-9
    if east - west >= 360:
        return [(-180.0, limit)]
    if west < -180:
        return [(west + 360, limit), (-180.0, east)]
    if east >= 180:
        return [(west, limit), (-180.0, east - 360)]
    return [(west, east)]


def distance_to(lat: float, lon: float, place: Place) -> float:
    """Length of the geodesic from a point to a place, km."""
    return geodesic(lat, lon, place.lat, place.lon)[0]
