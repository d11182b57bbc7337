"""Control maps as KML 2.2 (OGC 07-147), plain or as KMZ. Entities are refused and nothing is fetched."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from oskil.errors import SourceError
from oskil.sources.control_maps.features import Feature, Sheet

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def read(data: bytes, where: str) -> Sheet:
    """The placemarks with polygons. Raises SourceError where this is no KML or declares entities."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"not KML at line {error.lineno}: {error.msg}", where) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None:
        raise SourceError("it declares a document type with entities, which no map needs", where)
    features = [f for mark in root.iter("{*}Placemark") for f in _feature(mark, where)]
    whole = _properties(root.find("{*}Document")) if root.find("{*}Document") is not None else {}
    return Sheet(tuple(features), whole)


def _feature(mark: Any, where: str) -> list[Feature]:
    at = f"{where}, line {mark.sourceline}"
    polygons = [shape for element in mark.iter("{*}Polygon") if (shape := _polygon(element, at)) is not None]
    if not polygons:
        return []
    from shapely import geometry

    shape = polygons[0] if len(polygons) == 1 else geometry.MultiPolygon(polygons)
    folder = next((a.findtext("{*}name") for a in mark.iterancestors("{*}Folder")), None)
    return [Feature({"folder": (folder or "").strip(), **_properties(mark)}, shape, at)]


def _properties(element: Any) -> dict[str, Any]:
    """What an element itself says: its name, its day, its extended data."""
    found: dict[str, Any] = {}
    for data in element.iterfind("{*}ExtendedData/{*}Data"):
        found[data.get("name", "")] = (data.findtext("{*}value") or "").strip()
    for data in element.iterfind("{*}ExtendedData/{*}SchemaData/{*}SimpleData"):
        found[data.get("name", "")] = (data.text or "").strip()
    for tag, name in (("name", "name"), ("TimeStamp/{*}when", "date"), ("TimeSpan/{*}begin", "date")):
        value = (element.findtext(f"{{*}}{tag}") or "").strip()
        if value:
            found.setdefault(name, value)
    return found


def _polygon(element: Any, where: str) -> BaseGeometry | None:
    from shapely import geometry
    from shapely.errors import ShapelyError

    outer = element.find("{*}outerBoundaryIs")
    if outer is None:
        return None
    rings = [_points(inner, where) for inner in element.findall("{*}innerBoundaryIs")]
    try:
        return geometry.Polygon(_points(outer, where), rings)
    except (ShapelyError, ValueError) as error:
        raise SourceError(f"not a polygon: {' '.join(str(error).split())[:120]}", where) from error


def _points(boundary: Any, where: str) -> list[tuple[float, float]]:
    text = boundary.findtext("{*}LinearRing/{*}coordinates") or ""
    try:
        points = [tuple(float(part) for part in point.split(",")[:2]) for point in text.split()]
        if not all(isfinite(part) for point in points for part in point):
            raise ValueError("nan or inf")
        return [(x, y) for x, y in points]
    except ValueError as error:
        raise SourceError(f"coordinates that are no numbers: {text.strip()[:40]}", where) from error
