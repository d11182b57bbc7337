"""Control maps as GeoJSON (RFC 7946), also in an envelope, and in the older form that names its system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oskil.errors import SourceError
from oskil.sources.control_maps.features import Feature, Sheet, walk

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_ENVELOPES = ("map", "geojson", "data")  # as map servers answer: {"datetime": ..., "map": {...}}
_PLAIN = ("CRS84", "4326", "WGS84")


def read(text: str, where: str) -> Sheet:
    """The features with a shape. Raises SourceError where this is no GeoJSON or a shape is none."""
    data = _parsed(text, where)
    outer: dict[str, Any] = {}
    inner = next((data[name] for name in _ENVELOPES if isinstance(data, dict) and name in data), None)
    if isinstance(inner, dict) and inner.get("type") == "FeatureCollection":
        outer = {k: v for k, v in data.items() if v is not inner}
        data = inner
    features = _features(data, where)
    own = {k: v for k, v in data.items() if k not in ("features", "geometry", "coordinates")}
    to_degrees, notes = _system(own.get("crs"), where)
    found = [f for at, one in walk(features, where) for f in _feature(one, at)]
    turned = tuple(Feature(f.properties, to_degrees(f.shape), f.where) for f in found)
    return Sheet(turned, {**_flat(own), **outer}, notes)


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        raise SourceError(f"not JSON at line {error.lineno}: {error.msg}", where) from error
    except RecursionError as error:
        raise SourceError("nested too deeply", where) from error


def _nothing(constant: str) -> None:
    """NaN and the infinities, which JSON does not have: no value as a property, no number as a coordinate."""


def _features(data: Any, where: str) -> list[Any]:
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "FeatureCollection" and isinstance(data.get("features"), list):
        return list(data["features"])
    if kind == "Feature":
        return [data]
    if kind is not None and "coordinates" in data:
        return [{"type": "Feature", "geometry": data, "properties": {}}]
    raise SourceError("not GeoJSON: no FeatureCollection, Feature or geometry", where)


def _flat(own: Mapping[str, Any]) -> dict[str, Any]:
    inner = own.get("properties")
    return {**(inner if isinstance(inner, dict) else {}), **own}


def _feature(one: Any, where: str) -> list[Feature]:
    if not isinstance(one, dict):
        raise SourceError("not a feature", where)
    if one.get("geometry") is None:
        return []
    properties = one.get("properties") or {}
    if not isinstance(properties, dict):
        raise SourceError("the properties are not an object", where)
    return [Feature(properties, _shape(one["geometry"], where), where)]


def _shape(geometry: Any, where: str) -> BaseGeometry:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        return shape(geometry)
    except (ShapelyError, TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise SourceError(f"not a geometry: {' '.join(str(error).split())[:120]}", where) from error
    except RecursionError as error:
        raise SourceError("nested too deeply", where) from error


def _system(crs: Any, where: str) -> tuple[Any, tuple[str, ...]]:
    """A function to longitude and latitude, and a note where it does something."""
    inner = crs.get("properties") if isinstance(crs, dict) else None
    name = str(inner.get("name", "")) if isinstance(inner, dict) else ""
    if not name or name.endswith(_PLAIN):
        return (lambda shape: shape), ()
    import shapely
    from pyproj import CRS, Transformer
    from pyproj.exceptions import ProjError

    try:
        move = Transformer.from_crs(CRS.from_user_input(name), "EPSG:4326", always_xy=True).transform
    except ProjError as error:
        raise SourceError(f"its coordinates are in “{name[:60]}”, which is not known", where) from error

    def to_degrees(shape: BaseGeometry) -> BaseGeometry:
        return shapely.transform(shape, move, interleaved=False)

    return to_degrees, (f"coordinates turned from {name} into longitude and latitude",)
