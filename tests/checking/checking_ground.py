"""Invented maps, lists and layers: squares whose areas and distances can be worked out in the head."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import shapely

from oskil.conflict.profile import ConflictProfile, Party
from oskil.places.layers import Layer, LayerFeature
from oskil.records import ControlArea, ControlMap, DataSource, LossEntry, LossList

SOURCE = DataSource("squares by hand", "1", "1" * 64)
PROFILE = ConflictProfile(
    id="invented",
    name="The war of Ay and Bee",
    timezone="Etc/UTC",
    bbox=(30.0, 45.0, 40.0, 52.0),
    countries=("XA",),
    parties=(
        Party("A", "Ayland", ("Ayland", "Aylandic"), "XA"),
        Party("B", "Beeland", ("Beeland", "Beelandic")),
    ),
    actors=(),
    began=dt.date(2030, 1, 1),
)


def day(number: int) -> dt.date:
    """A day of June 2030; the 3rd is a Monday."""
    return dt.date(2030, 6, number)


def area(
    status: str, box: tuple[float, float, float, float] | shapely.Geometry, holder: str | None = "B"
) -> ControlArea:
    """An area of a map. A box is (west, south, east, north) in degrees."""
    shape = shapely.box(*box) if isinstance(box, tuple) else box
    return ControlArea(
        status=status, wkb=shapely.to_wkb(shape), holder=holder, contested=status == "contested"
    )


def drawn(on: int, *areas: ControlArea, assessor: str = "Squares") -> ControlMap:
    """A map on which Ayland holds what no area covers."""
    source = DataSource(f"{assessor} {on}", str(day(on)), f"{on:064d}")
    return ControlMap(assessor=assessor, day=day(on), areas=areas, source=source, elsewhere="A", within="XA")


# Beeland holds the east of 36.5 E until the 5th, contests a strip on the 6th, and has lost it by the 7th:
# with it Arnsby (49.0 N 37.0 E), Delling (49.1 N 37.1 E) and Belfort (49.5 N 37.0 E).
EAST = (36.5, 48.0, 39.0, 50.0)
REST = (37.5, 48.0, 39.0, 50.0)
STRIP = (36.5, 48.0, 37.5, 50.0)


def maps() -> list[ControlMap]:
    return [
        *(drawn(n, area("occupied", EAST)) for n in (1, 3, 5)),
        drawn(6, area("occupied", REST), area("contested", STRIP, None)),
        drawn(7, area("occupied", REST), area("liberated", STRIP, "A")),
        drawn(9, area("occupied", REST), area("liberated", STRIP, "A")),
    ]


def box_km2(box: tuple[float, float, float, float]) -> float:
    """The area of a box of the WGS 84 ellipsoid, by the closed formula for zones of one."""
    west, south, east, north = box
    return math.radians(east - west) * (_zone(north) - _zone(south))


def _zone(lat: float) -> float:
    semi_minor, e = 6356.752314, 0.0818191908426
    x = e * math.sin(math.radians(lat))
    return semi_minor**2 / 2 / e * (x / (1 - x * x) + math.atanh(x))


def losses(counts: dict[int, int], *, removed: Sequence[int] = ()) -> LossList:
    """A list with so many entries of Beeland by day; of each day in `removed` one was withdrawn the next."""
    entries = [
        LossEntry(
            id=f"{on}-{n}",
            side="B",
            category="Tanks",
            item="T-1",
            status="destroyed",
            listed=day(on),
            removed=day(on + 1) if on in removed and n == 0 else None,
        )
        for on, count in counts.items()
        for n in range(count)
    ]
    return LossList(assessor="Counters", entries=tuple(entries), source=SOURCE)


def river(name: str, *points: tuple[float, float]) -> Layer:
    """A layer of one river."""
    feature = LayerFeature(name, (name,), "River", shapely.LineString(points), {})
    return Layer("rivers", [feature], SOURCE)
