"""KML 2.2 (OGC 07-147): placemarks with points, lines and areas; plain, or packed as KMZ."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from oskil.errors import GazetteerError
from oskil.places.bounded import opened
from oskil.places.vector.columns import Columns
from oskil.places.vector.interface import RawFeature

_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")


def read(path: Path, columns: Columns) -> Iterator[RawFeature]:
    """The placemarks that have a shape. Entities are not resolved and nothing is fetched."""
    from lxml.etree import XMLSyntaxError, iterparse

    with opened(path, _document(path)) as stream:
        try:
            steps = iterparse(
                stream,
                events=("end",),
                tag="{*}Placemark",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
            )
            for _, element in steps:
                where = f"{path}, line {element.sourceline}"
                shapes = [_shape(child, where) for child in element if _tag(child) in _SHAPES]
                if shapes:
                    yield RawFeature(_properties(element), _joined(shapes), where)
                element.clear()
        except XMLSyntaxError as error:
            raise GazetteerError(f"not KML: {error.msg}", f"{path}, line {error.lineno}") from error


def _document(path: Path) -> str:
    """The document of a KMZ is its first .kml file; pictures may lie beside it."""
    if path.suffix.lower() != ".kmz":
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            return next((n for n in archive.namelist() if n.lower().endswith(".kml")), "doc.kml")
    except (OSError, zipfile.BadZipFile) as error:
        raise GazetteerError(f"the archive is damaged or cut short: {error}", str(path)) from error


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _properties(element: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in element.iter():
        tag = _tag(child)
        if tag == "Data":
            found[child.get("name", "")] = (child.findtext("{*}value") or "").strip()
        elif tag == "SimpleData":
            found[child.get("name", "")] = (child.text or "").strip()
    if (name := element.findtext("{*}name")) and name.strip():
        found["name"] = name.strip()
    return found


def _shape(element: Any, where: str) -> Any:
    from shapely import geometry
    from shapely.errors import ShapelyError

    tag = _tag(element)
    try:
        if tag == "Point":
            return geometry.Point(_coordinates(element, where)[0])
        if tag in ("LineString", "LinearRing"):
            return geometry.LineString(_coordinates(element, where))
        if tag == "Polygon":
            outer = element.find("{*}outerBoundaryIs")
            rings = [_coordinates(inner, where) for inner in element.findall("{*}innerBoundaryIs")]
            return geometry.Polygon(_coordinates(element if outer is None else outer, where), rings)
        return _joined([_shape(child, where) for child in element if _tag(child) in _SHAPES])
    except (ShapelyError, ValueError, IndexError) as error:
        raise GazetteerError(f"not a geometry: {' '.join(str(error).split())}", where) from error


def _coordinates(element: Any, where: str) -> list[tuple[float, float]]:
    text = next((child.text or "" for child in element.iter() if _tag(child) == "coordinates"), "")
    try:
        points = [tuple(float(part) for part in point.split(",")[:2]) for point in text.split()]
        if not all(isfinite(part) for point in points for part in point):
            raise ValueError("nan or inf")
        return [(x, y) for x, y in points]
    except ValueError as error:
        raise GazetteerError(f"coordinates that are no numbers: {text.strip()[:40]}", where) from error


def _joined(shapes: list[Any]) -> Any:
    """One shape of several: a multi-part one where all are of a kind."""
    from shapely import geometry

    if len(shapes) == 1:
        return shapes[0]
    kinds = {shape.geom_type for shape in shapes}
    multi = {
        "Point": geometry.MultiPoint,
        "LineString": geometry.MultiLineString,
        "Polygon": geometry.MultiPolygon,
    }
    if len(kinds) == 1 and (kind := kinds.pop()) in multi:
        return multi[kind](shapes)
    return geometry.GeometryCollection(shapes)
