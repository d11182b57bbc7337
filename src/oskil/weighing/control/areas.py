"""How much is held, and where the front runs: from beliefs of settlements, and from a control map.

Both answer the same question in different ways and are never put together: one is inferred from reports, the
other drawn by somebody, and each says which it is.

A point belongs with its nearest settlement, as far as `reach` kilometres. Sums over points are exact only up
to the grid. The interval comes from the beliefs alone, with neighbouring places taken to be wrong together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from oskil.records import ControlMap
from oskil.weighing.control.beliefs import CONTESTED
from oskil.weighing.control.hazards import EARTH_KM, neighbours
from oskil.weighing.control.layout import FloatArray, IntArray
from oskil.weighing.control.setting import setting

GRID_KM = 2.0
REACH_KM = 20.0
DRAWS = 400
SURE = 0.9
# Believed as much as this, a place is counted whole: the doubt that any start has adds up over a country.
SETTLED = 0.99
LOW, HIGH = 5, 95


@dataclass(frozen=True, slots=True)
class Held:
    """Square kilometres by status: the mean, and the interval that holds 90 in 100."""

    status: str
    km2: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Areas:
    """What is held on a day. `basis` says by whose word. `front_km` is the length between points of different
    likeliest party, `doubtful_km2` where nobody is believed to hold with 90 in 100, None where it is not
    known. `front` are short pieces of it as ((lon, lat), (lon, lat)).
    """

    day: dt.date
    basis: str
    held: tuple[Held, ...]
    front_km: float | None = None
    doubtful_km2: float | None = None
    front: tuple[tuple[tuple[float, float], tuple[float, float]], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Points `GRID_KM` apart around settlements: the row of the nearest one, or -1; and how big a point
    is.
    """

    nearest: IntArray
    lat: FloatArray
    lon: FloatArray
    km2: FloatArray


def grid(coordinates: FloatArray, reach: float = REACH_KM, step: float = GRID_KM) -> Grid:
    """The grid over these latitudes and longitudes, (places, 2)."""
    from shapely import STRtree, points

    known = np.flatnonzero(~np.isnan(coordinates).any(axis=1))
    if not len(known):
        return Grid(np.zeros((0, 0), np.int64), np.zeros(0), np.zeros(0), np.zeros(0))
    degree = np.pi / 180 * EARTH_KM
    south, west = coordinates[known].min(0) - reach / degree
    north, east = coordinates[known].max(0) + reach / degree
    lat = np.arange(max(south, -89.0), min(north, 89.0), step / degree)
    middle = np.cos(np.radians(lat.mean()))
    lon = np.arange(west, east, step / degree / middle)
    # Plane enough for "nearest": longitudes shrunk as in the middle of the region.
    flat = np.array([1.0, middle])
    tree = STRtree(points((coordinates[known] * flat)[:, ::-1]))
    wide, high = np.meshgrid(lon * middle, lat)
    asked = points(wide.ravel(), high.ravel())
    found, near = tree.query_nearest(asked, max_distance=reach / degree, all_matches=False)
    nearest = np.full(len(asked), -1)
    nearest[found] = known[near]
    size = (step**2) * np.cos(np.radians(lat)) / middle
    return Grid(nearest.reshape(len(lat), len(lon)), lat, lon, size)


def inferred(
    beliefs: FloatArray,
    coordinates: FloatArray,
    statuses: Sequence[str],
    day: dt.date,
    over: Grid | None = None,
) -> Areas:
    """What is held by the beliefs of settlements, (places, statuses)."""
    cells = grid(coordinates) if over is None else over
    size = np.zeros(len(beliefs))
    rows, columns = np.nonzero(cells.nearest >= 0)
    np.add.at(size, cells.nearest[rows, columns], cells.km2[rows])
    drawn = _draws(beliefs, coordinates, size)
    means = drawn.mean(axis=0)
    held = tuple(
        Held(status, float(means[n]), *(float(v) for v in np.percentile(drawn[:, n], (LOW, HIGH))))
        for n, status in enumerate(statuses)
    )
    doubtful = float(size[beliefs.max(axis=1) < SURE].sum()) if len(beliefs) else 0.0
    front = _front(cells, beliefs)
    length = sum(_km(piece) for piece in front)
    return Areas(day, "inferred from settlements", held, length, doubtful, tuple(front))


def _draws(beliefs: FloatArray, coordinates: FloatArray, size: FloatArray) -> FloatArray:
    """Areas by status in many draws. Half of what decides a place is shared with its neighbours."""
    random = np.random.default_rng(0)
    near = neighbours(coordinates, setting())
    bounds = np.cumsum(beliefs, axis=1)
    doubtful = beliefs.max(axis=1) < SETTLED
    fixed = size[~doubtful] @ np.eye(beliefs.shape[1])[beliefs[~doubtful].argmax(axis=1)]
    made = np.tile(fixed, (DRAWS, 1)).reshape(DRAWS, -1)
    for draw in range(DRAWS):
        own = random.standard_normal(len(beliefs))
        around = (near.weights * own[near.rows]).sum(1) if near.rows.size else own
        spread = np.sqrt((near.weights**2).sum(1)) if near.rows.size else np.ones(len(own))
        both = (own + around / np.where(spread > 0, spread, 1)) / np.sqrt(2)
        share = _normal(both[doubtful])
        chosen = (share[:, None] > bounds[doubtful]).sum(axis=1).clip(0, beliefs.shape[1] - 1)
        made[draw] += np.bincount(chosen, size[doubtful], beliefs.shape[1])
    return made


def _normal(values: FloatArray) -> FloatArray:
    """The share of a normal distribution below each value (logistic approximation, error under 0.01)."""
    return np.asarray(1 / (1 + np.exp(-1.702 * values)))


def _front(cells: Grid, beliefs: FloatArray) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    if not cells.nearest.size or not len(beliefs):
        return []
    holder = np.where(cells.nearest >= 0, beliefs[:, :-1].argmax(axis=1)[cells.nearest], -1)
    up, right = (np.diff(cells.lat).mean() / 2, np.diff(cells.lon).mean() / 2)
    pieces = []
    for axis, (high, wide) in ((0, (0.0, right)), (1, (up, 0.0))):
        one = holder[:-1] if axis == 0 else holder[:, :-1]
        other = holder[1:] if axis == 0 else holder[:, 1:]
        for row, column in zip(*np.nonzero((one != other) & (one >= 0) & (other >= 0)), strict=True):
            lat = cells.lat[row] + (up if axis == 0 else 0)
            lon = cells.lon[column] + (right if axis == 1 else 0)
            pieces.append(((float(lon - wide), float(lat - high)), (float(lon + wide), float(lat + high))))
    return pieces


def _km(piece: tuple[tuple[float, float], tuple[float, float]]) -> float:
    (west, south), (east, north) = piece
    middle = np.cos(np.radians((south + north) / 2))
    return float(np.hypot((east - west) * middle, north - south) * np.pi / 180 * EARTH_KM)


def drawn(map_: ControlMap) -> Areas:
    """What is held by a control map: its own shapes, on the ellipsoid. A map says nothing of how sure it
    is.
    """
    from pyproj import Geod
    from shapely import from_wkb

    earth = Geod(ellps="WGS84")
    sums: dict[str, float] = {}
    for area in map_.areas:
        status = CONTESTED if area.contested else area.holder or area.status
        size = abs(earth.geometry_area_perimeter(from_wkb(area.wkb))[0]) / 1e6
        sums[status] = sums.get(status, 0.0) + size
    held = tuple(Held(status, km2, km2, km2) for status, km2 in sorted(sums.items()))
    return Areas(map_.day, f"drawn by {map_.assessor}", held)
