"""What others drew: control maps, snapped as the page's points are, and rivers and borders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from oskil.places.layers import Layer, LayerFeature
from oskil.publishing.weighed.basis import Basis, Json, Kept
from oskil.publishing.weighed.rings import delta_coded, ring
from oskil.records import ControlMap

# Lines are drawn no finer than this, in degrees; more numbers than this make a layer coarser.
FINE, MOST = 0.005, 200_000
# Ground beyond the frame that is drawn, as a share of it.
BEYOND = 0.5
# Letters of a layer's name that stand in the name of its file.
_NAME = 40


def drawn(basis: Basis) -> list[Json]:
    """The control maps that may be shown, by their makers and days."""
    shown = [kept.data for kept in basis.given.maps if _shown(basis, kept)]
    shown.sort(key=lambda one: (one.day, one.assessor))
    return [_map(basis, one) for one in shown]


def _shown(basis: Basis, kept: Kept[ControlMap]) -> bool:
    known = not kept.raw or kept.raw in basis.shown_raw
    return known and bool(kept.data.areas) and not basis.young(kept.data.day)


def _map(basis: Basis, map_: ControlMap) -> Json:
    return {
        "assessor": basis.name(map_.assessor),
        "day": (map_.day - basis.layout.first).days,
        "areas": [
            {"holder": area.holder, "contested": area.contested, "rings": rings}
            for area in map_.areas
            if (rings := _rings(area.wkb, basis.grid))
        ],
    }


def _rings(wkb: bytes, grid: float) -> list[list[int]]:
    """The outer and inner rings of a shape, snapped to the grid; those that it swallows are left out."""
    import shapely

    parts = shapely.get_parts(shapely.from_wkb(wkb))
    rings = (shapely.get_coordinates(one) for one in shapely.get_rings(parts))
    return [coded for one in rings if (coded := ring(one, grid))]


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """By the kind of line the words that name it, as `rules/layers.yaml` has them."""
    import yaml

    text = (files("oskil.publishing") / "rules" / "layers.yaml").read_text("utf-8")
    return {
        kind: re.compile("|".join(map(re.escape, words)), re.I)
        for kind, words in yaml.safe_load(text).items()
    }


def layers(basis: Basis) -> Iterator[tuple[str, Json]]:
    """The lines of each layer that holds waters or borders, within the ground that is drawn, by its name.

    Layers whose names are alike, or in other letters, are told apart by a number.
    """
    met: Counter[tuple[str, str]] = Counter()
    for layer in basis.given.layers:
        for kind in _words():
            lines = _lines([f for f in layer.features if _kind(layer, f) == kind], _ground(basis))
            if lines:
                shown = basis.words(layer.name)
                name = re.sub(r"[^a-z0-9]+", "-", shown.lower()).strip("-")[:_NAME].strip("-") or "layer"
                met[name, kind] += 1
                name = name if met[name, kind] == 1 else f"{name}-{met[name, kind]}"
                yield f"{name}-{kind}", {"name": shown, "kind": kind, "lines": lines}


def _kind(layer: Layer, feature: LayerFeature) -> str | None:
    """What a shape is to the base map, by its own kind, else by its layer's name; None for anything else."""
    told = (
        kind for words in (feature.kind, layer.name) for kind, form in _words().items() if form.search(words)
    )
    return next(told, None)


def _ground(basis: Basis) -> tuple[float, float, float, float]:
    west, south, east, north = basis.layout.record["frame"]
    wide, high = (east - west) * BEYOND, (north - south) * BEYOND
    return max(west - wide, -180), max(south - high, -90), min(east + wide, 180), min(north + high, 90)


def _lines(features: list[LayerFeature], ground: tuple[float, float, float, float]) -> list[list[int]]:
    import shapely

    shapes = np.array([f.geometry for f in features if not f.geometry.geom_type.endswith("Point")], object)
    if not len(shapes):
        return []
    areas = np.array([one.geom_type.endswith("Polygon") for one in shapes])
    shapes[areas] = shapely.boundary(shapes[areas])
    return coded(shapely.get_parts(shapely.clip_by_rect(shapes, *ground)))


def coded(parts: Any, fine: float = FINE, most: int = MOST) -> list[list[int]]:
    """Lines (an array of shapes, in degrees) as the page draws them: no finer than `fine` degrees, and
    coarser where they would be more than `most` numbers.
    """
    import shapely

    while True:
        simple = shapely.simplify(parts, fine, preserve_topology=False)
        if shapely.get_num_coordinates(simple).sum() * 2 <= most:
            return [line for one in simple if len(line := delta_coded(shapely.get_coordinates(one))) > 2]
        fine *= 2
