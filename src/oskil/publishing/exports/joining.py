"""The formats, joined."""

from __future__ import annotations

from functools import cache

from oskil.errors import InputError
from oskil.publishing.exports.claimreview import ClaimReview
from oskil.publishing.exports.geojson import GeoJson
from oskil.publishing.exports.geopackage import GeoPackage
from oskil.publishing.exports.interface import Exporter
from oskil.publishing.exports.kml import Kml
from oskil.publishing.exports.parquet import Parquet
from oskil.publishing.exports.prov import Prov
from oskil.publishing.exports.tables import tables
from oskil.publishing.exports.timemap import TimeMap
from oskil.publishing.exports.webannotation import WebAnnotation


@cache
def exporters() -> tuple[Exporter, ...]:
    """Every format that claims can be given away in."""
    return (
        GeoJson(),
        Kml(),
        *tables(),
        Parquet(),
        GeoPackage(),
        TimeMap(),
        ClaimReview(),
        WebAnnotation(),
        Prov(),
    )


def exporter(name: str) -> Exporter:
    """The format of this name. Raises InputError where there is none."""
    for one in exporters():
        if one.name == name:
            return one
    raise InputError(f"no such format of claims; there are {', '.join(e.name for e in exporters())}", name)
