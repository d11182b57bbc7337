"""The centres of countries, regions and districts: those of their settlements, weighted by people."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from oskil.places.interface import Gazetteer

if TYPE_CHECKING:
    from oskil.places.index import CompiledGazetteer


@dataclass(slots=True)
class Centre:
    """A running population-weighted centre: the sum of unit vectors, so that it is right at the date line."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0

    def add(self, lat: float, lon: float, weight: float) -> None:
        """Add a settlement."""
        p, q = math.radians(lat), math.radians(lon)
        self.x += weight * math.cos(p) * math.cos(q)
        self.y += weight * math.cos(p) * math.sin(q)
        self.z += weight * math.sin(p)

    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        lat = math.degrees(math.atan2(self.z, math.hypot(self.x, self.y)))
        return round(lat, 5), round(math.degrees(math.atan2(self.y, self.x)), 5)


class Centres:
    """The centres of a whole gazetteer, computed at the first question."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, country: str, region: str, district: str) -> tuple[float, float] | None:
        """The centre of a country (no codes), a region or a district; None without settlements."""
        found = self._all.get((country, region, district))
        return None if found is None else found.point()

    @cached_property
    def _all(self) -> dict[tuple[str, str, str], Centre]:
        centres: dict[tuple[str, str, str], Centre] = defaultdict(Centre)
        seen: set[int] = set()
        for part in _parts(self._gazetteer):
            _gather(part, centres, seen)
        return centres


def _parts(gazetteer: Gazetteer) -> list[Any]:
    return list(getattr(gazetteer, "parts", (gazetteer,)))


def _gather(part: CompiledGazetteer, centres: dict[tuple[str, str, str], Centre], seen: set[int]) -> None:
    from oskil.places.building import SCALE

    meta = part.meta
    for record in part.settled().tolist():
        number, _, lat, lon, people, _, district, country, region, *_ = record
        if number in seen:
            continue
        seen.add(number)
        whole = meta["countries"][country]
        codes = ((whole, "", ""), (whole, meta["regions"][region], ""))
        if district:
            codes += ((whole, meta["regions"][region], meta["districts"][district]),)  # type: ignore[assignment]
        for code in dict.fromkeys(codes):
            centres[code].add(lat / SCALE, lon / SCALE, max(1, people))
