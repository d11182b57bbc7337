"""GeoJSON (RFC 7946): a collection, a feature, a bare geometry, or one feature a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oskil.errors import GazetteerError
from oskil.places.bounded import opened
from oskil.places.vector.columns import Columns
from oskil.places.vector.interface import RawFeature

LARGEST = 2 << 30  # read as a whole


def read(path: Path, columns: Columns) -> Iterator[RawFeature]:
    """The features that have a geometry."""
    for where, feature in _features(path):
        if not isinstance(feature, dict):
            raise GazetteerError("not a feature", where)
        shape = feature if "coordinates" in feature else feature.get("geometry")
        if shape is None:
            continue
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            raise GazetteerError("the properties are not an object", where)
        if "id" in feature and "id" not in properties:
            properties = {**properties, "id": feature["id"]}
        yield RawFeature(properties, _geometry(shape, where), where)


def _features(path: Path) -> Iterator[tuple[str, Any]]:
    with opened(path) as stream:
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise GazetteerError(f"larger than {LARGEST >> 30} GB; cut it, or use a GeoPackage", str(path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GazetteerError(f"not UTF-8 at byte {error.start}", str(path)) from error
    if ".geojsonl" in path.name.lower():
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip("\x1e \t"):
                where = f"{path}, line {number}"
                yield where, _parsed(line.strip("\x1e \t"), where)
        return
    data = _parsed(text, str(path))
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "FeatureCollection":
        _plain_degrees(data, path)
        features = data.get("features")
        if not isinstance(features, list):
            raise GazetteerError("a collection without features", str(path))
        yield from ((f"{path}, feature {n}", feature) for n, feature in enumerate(features, 1))
    elif kind == "Feature" or (isinstance(data, dict) and "coordinates" in data):
        yield f"{path}, feature 1", data
    else:
        raise GazetteerError("not GeoJSON: no FeatureCollection, Feature or geometry", str(path))


def _plain_degrees(data: dict[str, Any], path: Path) -> None:
    """The older form could name another system; reading its metres as degrees would be silent nonsense."""
    crs = data.get("crs")
    name = str((crs.get("properties") or {}).get("name", "")) if isinstance(crs, dict) else ""
    if name and not name.endswith(("CRS84", "4326", "WGS84")):
        raise GazetteerError(f"in {name}; GeoJSON is longitude and latitude in WGS 84", str(path))


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        raise GazetteerError(f"not JSON: {error.msg}", f"{where}, line {error.lineno}") from error
    except RecursionError as error:
        raise GazetteerError("nested too deeply", where) from error


def _nothing(constant: str) -> None:
    """NaN and the infinities, which JSON does not have: no value as a property, no number as a coordinate."""


def _geometry(shape: Any, where: str) -> Any:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape as build

    try:
        return build(shape)
    except (ShapelyError, TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise GazetteerError(f"not a geometry: {' '.join(str(error).split())}", where) from error
    except RecursionError as error:
        raise GazetteerError("nested too deeply", where) from error
