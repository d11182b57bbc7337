"""Files of features that a user has: GeoJSON, GeoPackage, KML and CSV."""

from oskil.places.vector.columns import Columns
from oskil.places.vector.interface import RawFeature
from oskil.places.vector.reading import read_features

__all__ = ["Columns", "RawFeature", "read_features"]
