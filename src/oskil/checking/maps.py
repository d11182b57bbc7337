"""Control maps made ready once for many claims: by assessor, in one equal-area plane, with an index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from oskil.records import ControlArea, ControlMap, DataSource, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_M2_PER_KM2 = 1e6
# Edges run straight in degrees (RFC 7946), and would not in the plane: no edge is projected longer than this.
_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Standing:
    """What one map says of one point: its holder, or that it is contested; neither where it is silent."""

    day: dt.date
    holder: str | None
    contested: bool = False

    @property
    def known(self) -> bool:
        """Whether the map says anything of the point."""
        return self.contested or self.holder is not None


@dataclass(frozen=True, slots=True, eq=False)
class DayMap:
    """One map in the plane of its series, metres: what each party holds, what is contested."""

    day: dt.date
    source: DataSource
    notes: tuple[str, ...]
    held: Mapping[str, BaseGeometry]
    contested: BaseGeometry


class Plane:
    """Lambert's azimuthal equal-area plane about a point, on the WGS 84 ellipsoid: areas are true."""

    def __init__(self, lat: float, lon: float) -> None:
        import pyproj

        self.words = f"Lambert azimuthal equal-area about {lat:g} N, {lon:g} E, WGS 84"
        plane = f"+proj=laea +lat_0={lat} +lon_0={lon} +ellps=WGS84 +units=m"
        self._forth = pyproj.Transformer.from_crs("EPSG:4326", plane, always_xy=True)
        self._back = pyproj.Transformer.from_crs(plane, "EPSG:4326", always_xy=True)

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in degrees, longitude first, in metres of the plane."""
        return _moved(geometry, self._forth)

    def round(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry of the plane in degrees again."""
        return _moved(geometry, self._back)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """The plane's coordinates of a point."""
        x, y = self._forth.transform(lon, lat)
        return float(x), float(y)

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a point of the plane."""
        lon, lat = self._back.transform(x, y)
        return float(lon), float(lat)


def _moved(geometry: BaseGeometry, by: Any) -> BaseGeometry:
    import shapely

    def move(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack(by.transform(points[:, 0], points[:, 1]))

    return shapely.transform(geometry, move)


class Series:
    """All maps of one assessor in the order of their days; one map a day, the last given."""

    def __init__(self, maps: Sequence[ControlMap]) -> None:
        by_day = {one.day: one for one in maps}
        drawn = [by_day[day] for day in sorted(by_day)]
        self.assessor = drawn[0].assessor
        self.days = tuple(one.day for one in drawn)
        self.elsewhere = next((one.elsewhere for one in reversed(drawn) if one.elsewhere), None)
        self.within = next((one.within for one in reversed(drawn) if one.within), None)
        self.plane = _plane_of(drawn)
        self.maps = tuple(self._prepare(one) for one in drawn)
        self._standings: dict[tuple[float, float, str], tuple[Standing, ...]] = {}
        self.parties = tuple(
            sorted({*(p for m in self.maps for p in m.held), *filter(None, [self.elsewhere])})
        )

    def _prepare(self, drawn: ControlMap) -> DayMap:
        import shapely

        held: dict[str, list[ControlArea]] = {}
        contested: list[ControlArea] = []
        for area in drawn.areas:
            if area.contested:
                contested.append(area)
            elif area.holder:
                held.setdefault(area.holder, []).append(area)
        notes = list(drawn.notes)
        made = {party: self._union(areas, notes) for party, areas in held.items()}
        for geometry in (*made.values(), disputed := self._union(contested, notes)):
            shapely.prepare(geometry)
        return DayMap(drawn.day, drawn.source, tuple(notes), made, disputed)

    def _union(self, areas: Sequence[ControlArea], notes: list[str]) -> BaseGeometry:
        import shapely

        shapes = []
        for area in areas:
            shape = shapely.from_wkb(area.wkb)
            if not shapely.is_valid(shape):
                notes.append(f"“{area.status}” was mended: {shapely.is_valid_reason(shape)}")
                shape = shapely.make_valid(shape)
            shapes.append(self.plane.flat(shapely.segmentize(shape, _STEP)))
        return areal(shapely.make_valid(shapely.union_all([shapely.make_valid(s) for s in shapes])))

    def at(self, day: dt.date) -> DayMap | None:
        """The newest map of that day or before; None where the series begins later."""
        older = [one for one in self.maps if one.day <= day]
        return older[-1] if older else None

    def after(self, day: dt.date) -> DayMap | None:
        """The first map after that day."""
        return next((one for one in self.maps if one.day > day), None)

    def history(self, place: Place) -> tuple[Standing, ...]:
        """What every map says of the point of a place, in the order of days."""
        key = (place.lat, place.lon, place.country)
        if key not in self._standings:
            self._standings[key] = self._look_up(place)
        return self._standings[key]

    def _look_up(self, place: Place) -> tuple[Standing, ...]:
        import shapely

        x, y = self.plane.point(place.lat, place.lon)
        rest = self.elsewhere if place.country == self.within else None
        found = []
        for one in self.maps:
            holder = next((p for p, g in one.held.items() if shapely.intersects_xy(g, x, y)), None)
            disputed = holder is None and bool(shapely.intersects_xy(one.contested, x, y))
            found.append(Standing(one.day, holder or (None if disputed else rest), disputed))
        return tuple(found)

    @cached_property
    def sources(self) -> Mapping[dt.date, DataSource]:
        """The file of each day's map."""
        return {one.day: one.source for one in self.maps}

    @cached_property
    def cache(self) -> dict[object, Any]:
        """What checks have worked out from these maps, by their own keys: each change is asked for often."""
        return {}


def _plane_of(maps: Sequence[ControlMap]) -> Plane:
    import shapely

    shapes = [shapely.from_wkb(area.wkb) for one in maps for area in one.areas]
    full = [shape for shape in shapes if not shape.is_empty]
    west, south, east, north = shapely.total_bounds(full) if full else (0.0, 0.0, 0.0, 0.0)
    return Plane(round((south + north) / 2, 1), round((west + east) / 2, 1))


def areal(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, without the points and lines that operations leave behind."""
    import shapely

    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    return shapely.union_all(
        [part for part in shapely.get_parts(geometry) if part.geom_type.endswith("Polygon")]
    )


def km2(geometry: BaseGeometry) -> float:
    """The area of a geometry of an equal-area plane, km2."""
    return float(geometry.area) / _M2_PER_KM2


def series_of(maps: Iterable[ControlMap]) -> tuple[Series, ...]:
    """The maps by assessor, those with most days first. A map without any area is left out."""
    by: dict[str, list[ControlMap]] = {}
    for one in maps:
        if one.areas:
            by.setdefault(one.assessor, []).append(one)
    return tuple(sorted((Series(some) for some in by.values()), key=lambda s: (-len(s.days), s.assessor)))
