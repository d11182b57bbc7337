"""The ground nearest to each settlement, and the edges that two settlements share.

All is made from the points as the page shows them, snapped to its grid: a cell made from finer ones would
tell where they lie. Nearness is measured in the Mercator projection, in which the map is drawn and small
distances are true to one another.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from oskil.publishing.weighed.basis import Basis, Json
from oskil.publishing.weighed.rings import delta_coded, ring

Array = NDArray[np.float64]

# As far as the area that a settlement stands for reaches; the same as in `oskil.weighing.control.areas`.
REACH_KM = 20.0
EARTH_KM = 6371.0088
# Settlements that the grid puts on one point are set apart by so many degrees, in the order of their ids.
APART = 0.002
# Beyond it the projection runs away.
POLE = 85.0
# Corners of a circle's quarter.
CORNERS = 8


def piece(basis: Basis) -> Json | None:
    """The cells of all settlements that have a point; None where there is none."""
    found = [p for p in basis.layout.record["places"] if p["point"] is not None]
    if not found:
        return None
    found.sort(key=lambda place: int(place["id"]))
    rows = np.array([basis.layout.rows[place["id"]] for place in found])
    points = apart(np.array([place["point"] for place in found], np.float64))
    flat = mercator(points)
    reach = REACH_KM / EARTH_KM / np.cos(np.radians(points[:, 1].clip(-POLE, POLE)))
    whole = _voronoi(flat, float(reach.max()))
    rings = _cut(whole, flat, reach)
    shared = _shared(whole, flat, reach)
    order = [n for n in np.argsort(rows) if rings[n]]
    return {
        "rows": [int(rows[n]) for n in order],
        "rings": [rings[n] for n in order],
        "neighbours": [[int(rows[one]), int(rows[other]), *line] for one, other, line in shared],
    }


def apart(points: Array) -> Array:
    """The same points, those that are equal set apart on a small circle around where they are."""
    moved = points.copy()
    _, group, count = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    group = group.ravel()
    seen = np.zeros(len(count), np.int64)
    for n in np.flatnonzero(count[group] > 1):
        turn = 2 * np.pi * seen[group[n]] / count[group[n]]
        moved[n] += APART * np.array([np.cos(turn), np.sin(turn)])
        seen[group[n]] += 1
    return moved


def mercator(points: Array) -> Array:
    """Longitudes and latitudes in degrees (n, 2) on the plane, in radians."""
    north = np.arcsinh(np.tan(np.radians(points[:, 1].clip(-POLE, POLE))))
    return np.column_stack((np.radians(points[:, 0]), north))


def degrees(flat: Array) -> Array:
    """Points of the plane back in degrees, within the world."""
    lat = np.degrees(np.arctan(np.sinh(flat[:, 1])))
    return np.column_stack((np.degrees(flat[:, 0]).clip(-180, 180), lat))


def _voronoi(flat: Array, reach: float) -> Any:
    """The cell of each point, uncut."""
    import shapely

    # Four points far away make every cell of the others finite, however few they are.
    low, high = flat.min(axis=0) - 10 * reach - 1, flat.max(axis=0) + 10 * reach + 1
    frame = [(low[0], low[1]), (low[0], high[1] + 0.1), (high[0], low[1] - 0.1), (high[0], high[1])]
    points = shapely.multipoints(np.vstack((flat, frame)))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, ordered=True))
    return cells[: len(flat)]


def _cut(whole: Any, flat: Array, reach: Array) -> list[list[int]]:
    import shapely

    around = shapely.buffer(shapely.points(flat), reach, quad_segs=CORNERS)
    cells = shapely.intersection(whole, around)
    return [ring(degrees(np.asarray(cell.exterior.coords))) for cell in cells]


def _shared(whole: Any, flat: Array, reach: Array) -> list[tuple[int, int, list[int]]]:
    """The edges between cells, as far as the settlements on both sides reach."""
    import shapely

    coordinates, of = shapely.get_coordinates(whole, return_index=True)
    same = of[:-1] == of[1:]
    start, end, cell = coordinates[:-1][same], coordinates[1:][same], of[:-1][same]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start, end = np.where(turned[:, None], end, start), np.where(turned[:, None], start, end)
    edges = np.column_stack((start, end))
    order = np.lexsort((cell, *edges.T[::-1]))
    twice = (edges[order[:-1]] == edges[order[1:]]).all(axis=1)
    one, other = cell[order[:-1][twice]], cell[order[1:][twice]]
    ends = edges[order[:-1][twice]]
    first, last, kept = _within(ends[:, :2], ends[:, 2:], flat[one], np.minimum(reach[one], reach[other]))
    found = []
    for n in np.flatnonzero(kept):
        line = delta_coded(degrees(np.array([first[n], last[n]])))
        if len(line) == 4:
            found.append((int(one[n]), int(other[n]), line))
    return sorted(found)


def _within(start: Array, end: Array, centre: Array, radius: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """The parts of lines that lie within circles, and which lines have one."""
    along, off = end - start, start - centre
    a = (along**2).sum(axis=1)
    b = (along * off).sum(axis=1)
    c = (off**2).sum(axis=1) - radius**2
    root = b**2 - a * c
    kept = (a > 0) & (root > 0)
    square, size = np.sqrt(np.where(kept, root, 0)), np.where(a > 0, a, 1)
    low, high = ((-b - square) / size).clip(0, 1), ((-b + square) / size).clip(0, 1)
    return start + low[:, None] * along, start + high[:, None] * along, kept & (high > low)
