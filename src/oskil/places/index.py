"""The compiled gazetteer: sorted arrays in one mapped file. Nothing is loaded before it is asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from oskil.places import format as layout
from oskil.places.compile import CELLS_PER_DEGREE, KINDS, SCALE, cell, hash64
from oskil.places.geometry import geodesic, rough_km, spans
from oskil.places.normalise import key, sound_key
from oskil.records import DataSource, Place

_KM_PER_DEGREE = 111.0  # no degree of latitude is shorter than 110.5 km
_CACHED_NAMES = 20_000


class CompiledGazetteer:
    """A `Gazetteer` over a compiled file. Raises GazetteerError where the file is absent or damaged."""

    def __init__(self, path: Path) -> None:
        contents = layout.read(path)
        self._meta = contents.meta
        self._data = contents.sections
        self._by_id = self._data["by_id"]
        self._sorted_ids = self._data["id"][self._by_id]
        self._find = lru_cache(maxsize=_CACHED_NAMES)(self._find_uncached)

    @property
    def source(self) -> DataSource:
        """The data it was compiled from."""
        return DataSource(self._meta["name"], self._meta["version"], self._meta["inputs"])

    def __len__(self) -> int:
        return len(self._sorted_ids)

    def search(self, name: str) -> Sequence[Place]:
        """Every place that bears this name."""
        return self._find("key", key(name))

    def sounds_like(self, name: str) -> Sequence[Place]:
        """Places whose name has the same sound key; to be compared with `normalise.alike`."""
        return self._find("sound", sound_key(name))

    def get(self, place_id: int) -> Place | None:
        """The place with this id."""
        at = self._row_of(place_id)
        return None if at is None else self._place(at)

    def names(self, place_id: int) -> Sequence[str]:
        """All names of a place, the main one first; empty for an unknown id."""
        at = self._row_of(place_id)
        return () if at is None else tuple(self._names(at))

    def near(self, lat: float, lon: float, km: float) -> Sequence[tuple[float, Place]]:
        """Settlements within `km` (geodesic) of a point, nearest first."""
        found = []
        for at in self._around(lat, lon, km):
            y, x = self._point(at)
            # The sphere is off by at most 0.6 %: what is farther than that cannot be within.
            if rough_km(lat, lon, y, x) <= km * 1.01 and (exact := geodesic(lat, lon, y, x)[0]) <= km:
                found.append((exact, at))
        return [(distance, self._place(at)) for distance, at in sorted(found)]

    def by_population(self, country: str, limit: int) -> Sequence[Place]:
        """The settlements of a country, most populous first; places stand in that order in the file."""
        if country not in self._meta["countries"]:
            return ()
        code = self._meta["countries"].index(country)
        rows = np.nonzero((self._data["country"] == code) & (self._data["kind"] == 0))[0]
        return [self._place(int(at)) for at in rows[:limit]]

    def _find_uncached(self, index: str, text: str) -> tuple[Place, ...]:
        if not text:
            return ()
        hashes = self._data[f"{index}_hash"]
        wanted = np.uint64(hash64(text))
        first = int(np.searchsorted(hashes, wanted, "left"))
        last = first
        while last < len(hashes) and hashes[last] == wanted:
            last += 1
        return tuple(self._place(int(at)) for at in self._data[f"{index}_place"][first:last])

    def _row_of(self, place_id: int) -> int | None:
        at = int(np.searchsorted(self._sorted_ids, place_id))
        if at == len(self._sorted_ids) or self._sorted_ids[at] != place_id:
            return None
        return int(self._by_id[at])

    def _point(self, at: int) -> tuple[float, float]:
        return int(self._data["lat"][at]) / SCALE, int(self._data["lon"][at]) / SCALE

    def _names(self, at: int) -> list[str]:
        ends = self._data["names_end"]
        start = int(ends[at - 1]) if at else 0
        return bytes(self._data["names"][start : int(ends[at])]).decode().split("\0")

    def _place(self, at: int) -> Place:
        data: Any = self._data
        lat, lon = self._point(at)
        return Place(
            id=int(data["id"][at]),
            name=self._names(at)[0],
            kind=cast(Literal["settlement", "region", "country"], KINDS[data["kind"][at]]),
            lat=lat,
            lon=lon,
            country=self._meta["countries"][data["country"][at]],
            region=self._meta["regions"][data["region"][at]],
            population=int(data["population"][at]),
        )

    def _around(self, lat: float, lon: float, km: float) -> list[int]:
        reach = km / _KM_PER_DEGREE + 1e-9
        south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
        narrowest = math.cos(math.radians(max(abs(south), abs(north))))
        width = 180.0 if narrowest * 180 <= reach else reach / narrowest
        rows: list[int] = []
        step = 1 / CELLS_PER_DEGREE
        for row in range(int((south + 90) / step), min(int((north + 90) / step), int(180 / step) - 1) + 1):
            for west, east in spans(lon - width, lon + width):
                middle = -90 + (row + 0.5) * step
                rows += self._cells(cell(middle, west), cell(middle, east))
        return rows

    def _cells(self, first: int, last: int) -> list[int]:
        cells = self._data["cell"]
        start = int(np.searchsorted(cells, first, "left"))
        end = int(np.searchsorted(cells, last, "right"))
        return [int(at) for at in self._data["cell_place"][start:end]]
