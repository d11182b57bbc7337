"""The way by road between two places, over the lines of a layer."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from oskil.checking.tolerances import tolerances
from oskil.places.layers import Layer, LayerFeature
from oskil.records import DataSource, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_STEP = 0.005  # degrees between the points that a way may be entered at: some 500 m
_DIGITS = 6  # of a degree: points that are a decimetre apart are one

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Route:
    """The shortest way: km in all, of which `access` off the roads at both ends; its points (lon, lat)."""

    km: float
    access: float
    line: tuple[Point, ...]
    source: DataSource


@dataclass(frozen=True, slots=True)
class NoRoute:
    """Why a layer of roads has no way between two places."""

    reason: str


class Roads:
    """A layer's roads as a graph, made at the first question; each pair of places is looked for once."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._found: dict[tuple[int, int], Route | NoRoute] = {}

    def between(self, one: Place, other: Place) -> Route | NoRoute:
        """The shortest way from one place to the other."""
        pair = (min(one.id, other.id), max(one.id, other.id))
        if pair not in self._found:
            self._found[pair] = self._route(one, other)
        return self._found[pair]

    def _route(self, one: Place, other: Place) -> Route | NoRoute:
        begin, end = (self._enter(place) for place in (one, other))
        for place, entered in ((one, begin), (other, end)):
            if entered is None:
                km = tolerances()["distance.road_near_km"]
                return NoRoute(f"the layer {self._layer.name} has no road within {km:g} km of {place.name}")
        assert begin is not None and end is not None
        way = self._shortest(begin[0], end[0])
        if way is None:
            return NoRoute(f"the roads of {self._layer.name} near the two places do not meet")
        road, nodes = way
        points, _ = self._graph
        line = tuple((float(points[n, 0]), float(points[n, 1])) for n in nodes)
        ends = (one.lon, one.lat), (other.lon, other.lat)
        access = begin[1] + end[1]
        return Route(road + access, access, (ends[0], *line, ends[1]), self._layer.source)

    @cached_property
    def _graph(self) -> tuple[NDArray[np.float64], dict[int, list[tuple[int, float]]]]:
        """The points [n, (lon, lat)], and from each its neighbours with the km to them."""
        number: dict[Point, int] = {}
        pairs = [
            (number.setdefault(a, len(number)), number.setdefault(b, len(number)))
            for a, b in _segments(self._layer.features, self._layer.name)
        ]
        points = np.array(list(number), dtype=np.float64).reshape(-1, 2)
        ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        joined: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (a, b), km in zip(pairs, _km(points[ends[:, 0]], points[ends[:, 1]]).tolist(), strict=True):
            joined[a].append((b, km))
            joined[b].append((a, km))
        return points, joined

    def _enter(self, place: Place) -> tuple[int, float] | None:
        """The nearest point of a road and the km to it; None where none is near enough."""
        points, _ = self._graph
        reach = tolerances()["distance.road_near_km"]
        near = np.flatnonzero(np.abs(points[:, 1] - place.lat) < reach / 110)
        if not len(near):
            return None
        away = _km(np.tile([place.lon, place.lat], (len(near), 1)), points[near])
        best = int(away.argmin())
        return (int(near[best]), float(away[best])) if away[best] <= reach else None

    def _shortest(self, begin: int, end: int) -> tuple[float, list[int]] | None:
        """Dijkstra's shortest path: km and the points on the way."""
        _, joined = self._graph
        best, before = {begin: 0.0}, {begin: begin}
        waiting = [(0.0, begin)]
        while waiting:
            km, at = heapq.heappop(waiting)
            if at == end:
                return km, _back(before, end)
            if km > best[at]:
                continue
            for following, step in joined[at]:
                if km + step < best.get(following, np.inf):
                    best[following], before[following] = km + step, at
                    heapq.heappush(waiting, (km + step, following))
        return None


def road_layers(layers: Iterable[Layer]) -> tuple[Roads, ...]:
    """The layers that have roads."""
    return tuple(Roads(one) for one in layers if any(_is_road(f, one.name) for f in one.features))


def _is_road(feature: LayerFeature, layer: str) -> bool:
    """Whether the layer's name, the feature's kind or a property says that it is a road for vehicles."""
    words = set(tolerances().words["road_words"])
    kind = feature.kind.lower()
    if kind in tolerances().words["no_road_words"]:
        return False
    named = kind in words or bool(words & set(layer.lower().replace("-", " ").replace("_", " ").split()))
    return (named or "highway" in feature.properties) and "Line" in feature.geometry.geom_type


def _segments(features: Iterable[LayerFeature], layer: str) -> Iterator[tuple[Point, Point]]:
    import shapely

    for feature in features:
        if _is_road(feature, layer):
            for part in shapely.get_parts(feature.geometry):
                if part.length > 0:
                    points = _points(shapely.segmentize(part, _STEP))
                    yield from zip(points, points[1:], strict=False)


def _points(part: BaseGeometry) -> list[Point]:
    return [(round(float(p[0]), _DIGITS), round(float(p[1]), _DIGITS)) for p in part.coords]


def _km(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.float64]:
    """Geodesic distances between points [n, (lon, lat)]."""
    from oskil.places.geometry import ellipsoid

    metres = ellipsoid().inv(one[:, 0], one[:, 1], other[:, 0], other[:, 1])[2]
    return np.asarray(metres, dtype=np.float64) / 1000


def _back(before: dict[int, int], end: int) -> list[int]:
    way = [end]
    while before[way[-1]] != way[-1]:
        way.append(before[way[-1]])
    return way[::-1]
