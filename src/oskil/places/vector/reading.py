"""Reads a file of features by its suffix, and proves that its shapes are on the Earth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oskil.errors import GazetteerError
from oskil.places.vector.columns import Columns
from oskil.places.vector.interface import FeatureFile, RawFeature

SUFFIXES = (".geojson", ".json", ".geojsonl", ".gpkg", ".kml", ".kmz", ".csv", ".tsv")


def read_features(path: Path, columns: Columns | None = None) -> Iterator[RawFeature]:
    """The features of a GeoJSON, GeoPackage, KML or CSV file, plain or gzipped.

    Raises GazetteerError with the file and the feature where something is wrong.
    """
    import numpy as np
    import shapely

    for feature in _reader(path)(path, columns or Columns()):
        if feature.geometry.is_empty:
            continue
        west, south, east, north = shapely.bounds(feature.geometry)
        # The bounds pass over a coordinate that is not a number.
        if not np.isfinite(shapely.get_coordinates(feature.geometry)).all():
            raise GazetteerError("a coordinate is not a number", feature.where)
        if not (-180.001 <= west <= east <= 180.001 and -90.001 <= south <= north <= 90.001):
            raise GazetteerError(
                f"coordinates out of range: {west:g}..{east:g} east, {south:g}..{north:g} north",
                feature.where,
            )
        yield feature


def _reader(path: Path) -> FeatureFile:
    from oskil.places.vector import delimited, geojson, geopackage, kml

    suffixes = [s.lower() for s in path.suffixes if s.lower() not in (".gz", ".zip")]
    suffix = suffixes[-1] if suffixes else ""
    if suffix in (".geojson", ".json", ".geojsonl"):
        return geojson.read
    if suffix == ".gpkg":
        return geopackage.read
    if suffix in (".kml", ".kmz"):
        return kml.read
    if suffix in (".csv", ".tsv", ".txt"):
        return delimited.read
    raise GazetteerError(f"not a file of features; {', '.join(SUFFIXES)} are read", str(path))
