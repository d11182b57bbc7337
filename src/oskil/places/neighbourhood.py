"""Which of many places lie near one: a grid, so that a text of thousands of names costs no square of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from oskil.places.geometry import rough_km
from oskil.records import Place

_STEP = 0.5  # degrees
_KM_PER_DEGREE = 111.0  # no degree of latitude is shorter than 110.5 km
_NARROWEST = 0.02  # cosine; nearer to a pole than 89 degrees a cell is not narrowed further

Member = tuple[Place, str]


class Neighbourhood:
    """Places, each with the sense of the name that stands for it; the same pair counts once."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._cells: dict[tuple[int, int], dict[tuple[int, str], Member]] = defaultdict(dict)
        for place, sense in members:
            self._cells[_cell(place.lat, place.lon)][place.id, sense] = place, sense

    def __iter__(self) -> Iterator[Member]:
        for cell in self._cells.values():
            yield from cell.values()

    def within(self, place: Place, km: float) -> Iterator[Member]:
        """The members within `km` of a place."""
        row, column = _cell(place.lat, place.lon)
        rows = math.ceil(km / _KM_PER_DEGREE / _STEP)
        narrow = max(_NARROWEST, math.cos(math.radians(min(90.0, abs(place.lat) + km / _KM_PER_DEGREE))))
        columns = math.ceil(km / _KM_PER_DEGREE / narrow / _STEP)
        for y in range(row - rows, row + rows + 1):
            for x in range(column - columns, column + columns + 1):
                for member in self._cells.get((y, x % _AROUND), {}).values():
                    if rough_km(place.lat, place.lon, member[0].lat, member[0].lon) <= km:
                        yield member

    def nearest(self, place: Place) -> Place | None:
        """The member nearest to a place; None where there are none."""
        return min(
            (p for p, _ in self), key=lambda p: rough_km(place.lat, place.lon, p.lat, p.lon), default=None
        )


_AROUND = int(360 / _STEP)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _STEP), math.floor(lon / _STEP) % _AROUND
