"""From features to areas: shapes made sound, statuses read, days told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from oskil.conflict import ConflictProfile
from oskil.errors import SourceError
from oskil.records import ControlArea
from oskil.sources import days
from oskil.sources.control_maps.features import Feature, Sheet, first
from oskil.sources.control_maps.kinds import Kind
from oskil.sources.parties import party_id

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_EDGE = 0.001  # degrees beyond the edge of the world that rounding may reach


def status_of(feature: Feature, kind: Kind, name: str) -> str:
    """An area's status in the map's own words; the file's name where its features say nothing."""
    status = first(kind.status, feature.properties) or name
    if kind.separator and kind.separator in status:
        parts = [part.strip() for part in status.split(kind.separator)]
        status = next((part for part in reversed(parts) if part), status)
    return status


def day_of(sheet: Sheet, kind: Kind, name: str, stated: str | None, where: str) -> dt.date:
    """The one day of a map: stated by the user, by its features, by the file, or by its name."""
    if stated:
        return days.day(stated, where)
    told = {
        first(kind.day, f.properties)[:10]: f.where for f in sheet.features if first(kind.day, f.properties)
    }
    if len(told) > 1:
        raise SourceError(
            f"it holds {len(told)} days, {min(told)} to {max(told)}; one file has one day", where
        )
    for value, at in told.items():
        return days.day(value, at)
    if whole := first(kind.day, sheet.properties):
        return days.day(whole, where)
    named = days.day_in(name) or days.day_in(first(("name",), sheet.properties))
    if named is None:
        raise SourceError("no day is stated in it, nor in its name", where)
    return named


def areas_of(
    features: Sequence[Feature], kind: Kind, name: str, profile: ConflictProfile
) -> tuple[tuple[ControlArea, ...], tuple[str, ...]]:
    """The areas in the features' order, and notes on what was mended, passed over or not understood."""
    found: list[ControlArea] = []
    notes: list[str] = []
    other: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for feature in features:
        shape = feature.shape
        if not shape.geom_type.endswith(("Polygon", "Collection")) or shape.is_empty:
            other[shape.geom_type] += 1
            continue
        status = status_of(feature, kind, name)
        shape, mended = _sound(shape, feature.where)
        notes.extend(f"“{status}”, {feature.where.rpartition(', ')[2]}: {note}" for note in mended)
        if shape is None:
            continue
        area = _area(feature, kind, status, shape, profile)
        if area.holder is None and not area.contested:
            unknown[status] += 1
        found.append(area)
    notes.extend(_counted(other, unknown))
    return tuple(found), tuple(notes)


def _counted(other: Counter[str], unknown: Counter[str]) -> Iterator[str]:
    if other:
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(other.items()))
        yield f"features that are no areas were passed over: {told}"
    for status, number in sorted(unknown.items()):
        yield f"who holds “{status}” is not told ({number} area{'s' if number > 1 else ''})"


def _area(
    feature: Feature, kind: Kind, status: str, shape: BaseGeometry, profile: ConflictProfile
) -> ControlArea:
    import shapely

    meaning = kind.meaning(status)
    contested = meaning is not None and meaning.contested
    holder = meaning.holder if meaning else None
    named = first(kind.holder, feature.properties)
    if not contested:
        holder = holder or party_id(named, profile) or (party_id(status, profile) if kind.holder else None)
    label = first(kind.label, feature.properties)
    return ControlArea(
        status=named if named and status == label else status,
        wkb=shapely.to_wkb(shape),
        holder=None if contested else holder,
        contested=contested,
        name="" if label == status and not named else label,
    )


def _sound(shape: BaseGeometry, where: str) -> tuple[BaseGeometry | None, list[str]]:
    """A valid polygon or multipolygon in degrees, or None, and what was done to it."""
    import numpy as np
    import shapely

    shape = shapely.force_2d(shape)
    west, south, east, north = shape.bounds
    # The bounds pass over a coordinate that is not a number.
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise SourceError("a coordinate is not a number", where)
    if not (-180 - _EDGE <= west <= east <= 180 + _EDGE and -90 - _EDGE <= south <= north <= 90 + _EDGE):
        raise SourceError(
            f"coordinates out of range, so not degrees: {west:g}..{east:g} east, {south:g}..{north:g} north",
            where,
        )
    notes = []
    if not shape.is_valid:
        notes.append(f"mended: {shapely.is_valid_reason(shape)}")
        shape = shapely.make_valid(shape)
    kept = _polygons(shape)
    if kept is None:
        return None, [*notes, "left out: nothing of it is an area"]
    return kept, notes


def _polygons(shape: BaseGeometry) -> BaseGeometry | None:
    import shapely

    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape if shape.area > 0 else None
    parts = [p for p in shapely.get_parts(shape) if p.geom_type.endswith("Polygon") and p.area > 0]
    if not parts:
        return None
    joined = shapely.union_all(parts)
    return joined if joined.geom_type.endswith("Polygon") else None
