"""GeoJSON (RFC 7946): a feature for each claim, at the settlements that it is about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from oskil.publishing.exports.interface import Collection, Entry
from oskil.publishing.exports.properties import properties


class GeoJson:
    """A claim without a settlement has no geometry; one about several has a multipoint."""

    name = "geojson"
    suffix = ".geojson"
    description = "GeoJSON, a feature for each claim"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write a FeatureCollection."""
        data = {
            "type": "FeatureCollection",
            "oskil": {
                "title": collection.title,
                "version": collection.version,
                "made_at": collection.made_at.isoformat(),
                "draft": collection.draft,
                "gazetteer": collection.gazetteer.name,
            },
            "features": [feature(entry) for entry in collection.entries],
        }
        out.write(json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8"))


def geometry(points: Sequence[tuple[float | None, float | None]]) -> dict[str, Any] | None:
    """A point, or several, as (longitude, latitude); None for none."""
    if len(points) > 1:
        return {"type": "MultiPoint", "coordinates": points}
    return {"type": "Point", "coordinates": points[0]} if points else None


def feature(entry: Entry) -> dict[str, Any]:
    """One claim as a feature."""
    places = [
        {"geonameid": s.id, "name": s.name, "kind": s.kind, "around": s.around, "coarse": s.coarse}
        for s in entry.spots
    ]
    return {
        "type": "Feature",
        "id": entry.claim.id,
        "geometry": geometry([(s.lon, s.lat) for s in entry.settlements]),
        "properties": properties(entry) | {"places": places},
    }
