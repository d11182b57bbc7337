"""Vector tiles of a base map as lines: waters, borders and large roads, at one zoom."""

from __future__ import annotations

import math
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oskil.publishing.tiles.archive import Archive, ground
from oskil.publishing.tiles.grid import Box, span
from oskil.publishing.weighed.lines import coded

# The deepest zoom whose tiles are no more than this: a country at zoom 7, a region at 9.
MOST_TILES, DEEPEST = 60, 9
# Numbers of a kind's lines, some three bytes each, and degrees that are smoothed away.
MOST_NUMBERS, FINE = 120_000, 0.001
# Half the width of the world in the tiles' coordinates, metres of Web Mercator.
_HALF = math.pi * 6378137
# A tile's own grid: shapes are cut at its edge, and what runs along the edge is no shore.
_EXTENT = 4096
Json = dict[str, Any]
Rules = Mapping[str, Mapping[str, Any]]


@cache
def _rules() -> Rules:
    import yaml

    text = (files("oskil.publishing") / "rules" / "basemap.yaml").read_text("utf-8")
    found: Rules = yaml.safe_load(text)
    return found


def cut(archive: Archive, frame: Box) -> tuple[Json, dict[str, Json]]:
    """What the core tells of the map, and its lines by the names of their pieces."""
    try:
        import pyogrio  # noqa: F401
    except ImportError as error:
        raise archive.refused(
            "its tiles are vector tiles, which need GDAL: pip install 'oskil[geo]'"
        ) from error
    here = ground(archive, frame)
    zooms = [
        z for z in range(archive.low, min(DEEPEST, archive.high) + 1) if len(span(here, z)) <= MOST_TILES
    ]
    if not zooms:
        raise archive.refused(f"the ground of the page is more than {MOST_TILES} tiles at zoom {archive.low}")
    shapes: dict[str, list[Any]] = defaultdict(list)
    for x, y in span(here, zooms[-1]):
        if data := archive.tile(zooms[-1], x, y):
            for kind, found in _decoded(archive, data, (zooms[-1], x, y)):
                shapes[kind].append(found)
    layers = {
        f"layer-basemap-{kind}": _piece(kind, shapes[kind], here) for kind in _rules() if kind in shapes
    }
    made = {name: piece for name, piece in layers.items() if piece["lines"]}
    if not made:
        raise archive.refused("this PMTiles file has no waters, borders or roads on the ground of the page")
    about = {
        "kind": "vector",
        "zoom": zooms[-1],
        "bounds": [round(edge, 3) for edge in here],
        "attribution": archive.attribution,
    }
    return about, made


def _decoded(archive: Archive, data: bytes, tile: tuple[int, int, int]) -> Iterator[tuple[str, Any]]:
    """The lines (arrays of shapes in degrees) of a tile that are drawn, by their kinds."""
    import pyogrio

    zoom, x, y = tile
    known = {layer: (kind, rule) for kind, layers in _rules().items() for layer, rule in layers.items()}
    with tempfile.TemporaryDirectory(prefix="oskil-") as folder:
        path = Path(folder) / "tile.mvt"
        path.write_bytes(data)
        try:
            for layer in pyogrio.list_layers(path)[:, 0]:
                if layer in known:
                    kind, rule = known[layer]
                    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer, X=x, Y=y, Z=zoom)
                    yield kind, _lines(shapes[_wanted(rule, meta["fields"], columns)], tile)
        except pyogrio.errors.DataSourceError as error:
            raise archive.refused(f"its tile {zoom}/{x}/{y} is damaged") from error


def _wanted(rule: Any, names: Any, columns: list[NDArray[Any]]) -> NDArray[np.bool_] | slice:
    """Which features a rule takes."""
    if rule == "all":
        return slice(None)
    given = dict(zip(names, columns, strict=True))
    hits = [
        np.isin(np.array([_word(value) for value in given[name]]), [str(value) for value in values])
        for name, values in rule.items()
        if name in given
    ]
    return np.logical_or.reduce(hits) if hits else slice(0)


def _word(value: Any) -> str:
    """A property's value as the rules write it: levels come as numbers with and without a point."""
    return str(int(value)) if isinstance(value, float | np.floating) and value == value // 1 else str(value)


def _lines(wkb: NDArray[Any], tile: tuple[int, int, int]) -> Any:
    """Outlines and lines within a tile, in degrees."""
    import shapely

    shapes = shapely.get_parts(shapely.from_wkb(wkb, on_invalid="ignore"))
    kinds = shapely.get_type_id(shapes)
    areas, lines = (
        shapes[kinds == shapely.GeometryType.POLYGON],
        shapes[kinds == shapely.GeometryType.LINESTRING],
    )
    parts = np.concatenate([shapely.get_parts(shapely.boundary(areas)), lines])
    zoom, x, y = tile
    side = 2 * _HALF / (1 << zoom)
    edge, west, north = side / _EXTENT, x * side - _HALF, _HALF - y * side
    cut = shapely.clip_by_rect(parts, west + edge, north - side + edge, west + side - edge, north - edge)
    whole = shapely.get_parts(cut)
    return shapely.transform(whole[~shapely.is_empty(whole)], _degrees)


def _degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
    lon = points[:, 0] / _HALF * 180
    lat = np.degrees(np.arctan(np.sinh(points[:, 1] / _HALF * math.pi)))
    return np.column_stack((lon, lat))


def _piece(kind: str, found: list[Any], here: Box) -> Json:
    import shapely

    within = shapely.get_parts(shapely.clip_by_rect(np.concatenate(found), *here))
    merged = shapely.get_parts(
        shapely.line_merge(shapely.multilinestrings(within[~shapely.is_empty(within)]))
    )
    return {"name": "base map", "kind": kind, "lines": coded(merged, FINE, MOST_NUMBERS)}


def summary(about: Json, layers: dict[str, Json]) -> str:
    """What was taken, in a line."""
    told = ", ".join(f"{len(piece['lines'])} lines of {piece['kind']}" for piece in layers.values())
    return f"base map: {told}, of the vector tiles of zoom {about['zoom']}"
