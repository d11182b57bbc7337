"""The tiles of web maps: which of them cover a box of degrees."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

# West, south, east and north in degrees.
Box = tuple[float, float, float, float]
_POLE = 85.0511


@dataclass(frozen=True, slots=True)
class Span:
    """The tiles of one zoom from `west` to `east` and from `north` to `south`, both ends included."""

    zoom: int
    west: int
    north: int
    east: int
    south: int

    def __len__(self) -> int:
        return (self.east - self.west + 1) * (self.south - self.north + 1)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for y in range(self.north, self.south + 1):
            for x in range(self.west, self.east + 1):
                yield x, y


def span(box: Box, zoom: int) -> Span:
    """The tiles of a zoom that cover a box."""
    west, south, east, north = box
    (x1, y1), (x2, y2) = _tile(west, north, zoom), _tile(east, south, zoom)
    return Span(zoom, x1, y1, x2, y2)


def _tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    size = 1 << zoom
    sine = math.sin(math.radians(max(-_POLE, min(_POLE, lat))))
    x = (lon + 180) / 360
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return (min(size - 1, max(0, int(x * size))), min(size - 1, max(0, int(y * size))))


def widened(box: Box, share: float) -> Box:
    """A box with a share of its size more on each side, within the world."""
    west, south, east, north = box
    wide, high = (east - west) * share, (north - south) * share
    return (
        max(-180.0, west - wide),
        max(-90.0, south - high),
        min(180.0, east + wide),
        min(90.0, north + high),
    )


def shared(one: Box, other: Box) -> Box | None:
    """What two boxes have in common; None where that is nothing."""
    west, south = max(one[0], other[0]), max(one[1], other[1])
    east, north = min(one[2], other[2]), min(one[3], other[3])
    return (west, south, east, north) if west < east and south < north else None
