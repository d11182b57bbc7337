"""Layers: rivers, roads, railways, borders and whatever else a user has as shapes, opened by name.

rivers = open_layer("rivers")
rivers.named("Oskil"), rivers.near(49.71, 37.61, 5.0), rivers.source
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oskil.places.normalise import alike, key, sound_key
from oskil.places.romanise import romanised
from oskil.records import DataSource

if TYPE_CHECKING:
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

_ALIKE = 0.6  # as for places: below it, two spellings are of two names
_KM_PER_DEGREE = 110.5  # no degree of latitude is shorter


@dataclass(frozen=True, slots=True)
class LayerFeature:
    """A shape with its names, the main one first.

    `name` is empty for a shape without one; `kind` is the layer's own word ("River", "primary"). `geometry`
    is a shapely geometry in degrees of WGS 84, longitude first. `properties` are the file's own.
    """

    name: str
    names: tuple[str, ...]
    kind: str
    geometry: BaseGeometry
    properties: Mapping[str, Any]


class Layer:
    """The features of one layer, with an index by place and one by name."""

    def __init__(self, name: str, features: Sequence[LayerFeature], source: DataSource) -> None:
        self.name = name
        self.features: Sequence[LayerFeature] = features
        self._source = source

    @property
    def source(self) -> DataSource:
        """The file that it was made from, with the SHA-256 of that file."""
        return self._source

    def __len__(self) -> int:
        return len(self.features)

    def named(self, name: str) -> Sequence[LayerFeature]:
        """The features of this name, in the layer's order: several, where a river comes in pieces.

        Where none is written so, those of another spelling of the name (Oskil, Oskol, Оскіл). Words for
        the kind of thing ("river", "the", "highway") may stand beside the name on either side. Empty where
        there is none.
        """
        written = (name, *romanised(name))
        exact, _ = self._names
        for form in map(bare, written):
            if form in exact:
                return [self.features[at] for at in exact[form]]
        return next((found for form in written if (found := self._sounding(bare(form)))), ())

    def _sounding(self, wanted: str) -> Sequence[LayerFeature]:
        near = self._names[1].get(sound_key(wanted), ()) if sound_key(wanted) else ()
        likeness = {at: max(alike(wanted, bare(n)) for n in self.features[at].names) for at in near}
        best = max(likeness.values(), default=0.0)
        return [self.features[at] for at in near if likeness[at] == best >= _ALIKE]

    def near(self, lat: float, lon: float, km: float) -> Sequence[tuple[float, LayerFeature]]:
        """The features within `km` of a point, as (distance in km, feature), nearest first.

        The distance is the geodesic one to the nearest point of the shape; 0 inside an area.
        """
        from oskil.places.shapes import km_to

        found = []
        for at in self._around(lat, lon, km):
            if (distance := km_to(self.features[at].geometry, lat, lon)) <= km:
                found.append((distance, at))
        return [(distance, self.features[at]) for distance, at in sorted(found)]

    def meeting(self, geometry: BaseGeometry) -> Sequence[LayerFeature]:
        """The features that share a point with a geometry (in degrees), in the layer's order."""
        return [self.features[int(at)] for at in sorted(self._tree.query(geometry, predicate="intersects"))]

    def holding(self, lat: float, lon: float) -> Sequence[LayerFeature]:
        """The areas that a point lies in or on the border of, in the layer's order."""
        import shapely

        return [f for f in self.meeting(shapely.Point(lon, lat)) if f.geometry.geom_type.endswith("Polygon")]

    @cached_property
    def _tree(self) -> STRtree:
        from shapely import STRtree

        return STRtree([feature.geometry for feature in self.features])

    @cached_property
    def _names(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        exact: defaultdict[str, list[int]] = defaultdict(list)
        sounds: defaultdict[str, list[int]] = defaultdict(list)
        for at, feature in enumerate(self.features):
            forms = {key(name) for name in feature.names} | {bare(name) for name in feature.names}
            for form in forms - {""}:
                exact[form].append(at)
            for sound in {sound_key(form) for form in forms} - {""}:
                sounds[sound].append(at)
        return dict(exact), dict(sounds)

    def _around(self, lat: float, lon: float, km: float) -> list[int]:
        import shapely

        from oskil.places.geometry import spans

        reach = km / _KM_PER_DEGREE * 1.001 + 1e-9
        south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
        narrowest = math.cos(math.radians(max(abs(south), abs(north))))
        width = 180.0 if narrowest * 180 <= reach else reach / narrowest
        boxes = [shapely.box(west, south, east, north) for west, east in spans(lon - width, lon + width)]
        return sorted({int(at) for box in boxes for at in self._tree.query(box)})


def bare(name: str) -> str:
    """A name's key without words for the kind of thing: "the Oskil River" and "Oskil" are one."""
    from oskil.places.layer_words import class_words

    words = key(name).split()
    kept = [word for word in words if word not in class_words()]
    return " ".join(kept or words)


def open_layer(name_or_path: str | Path, data: Path | None = None) -> Layer:
    """A layer by the name it was added under, or a file of features as it lies there.

    `data` is the data folder, by default that of the settings (OSKIL_DATA). Raises GazetteerError where there
    is no such layer, or it is damaged.
    """
    from oskil.places.layer_store import LayerStore

    return LayerStore(data).open(name_or_path)
