"""Pictures of a base map: all of the frame from shallow zooms down, as far as the budget goes."""

from __future__ import annotations

from typing import Any

from oskil.publishing.tiles import images
from oskil.publishing.tiles.archive import Archive, ground
from oskil.publishing.tiles.grid import Box, Span, span

# What a page takes along, and no deeper than what a house would be found on.
MOST_TILES, MOST_BYTES, SHALLOWEST, DEEPEST = 600, 30_000_000, 4, 12
Json = dict[str, Any]


def cut(archive: Archive, frame: Box, ext: str) -> tuple[Json, dict[str, bytes]]:
    """What the core tells of the tiles, and the tiles by their names in the folder."""
    here = ground(archive, frame)
    low, high = max(SHALLOWEST, archive.low), min(DEEPEST, archive.high)
    if low > high:
        raise archive.refused(
            f"this PMTiles file has zooms {archive.low} to {archive.high};"
            f" drawn are {SHALLOWEST} to {DEEPEST}"
        )
    spans, files = _taken(archive, here, range(low, high + 1), ext)
    side = max(images.size(data, ext) or (256, 256) for data in files.values())[0]
    about = {
        "kind": "raster",
        "min": spans[0].zoom,
        "max": spans[-1].zoom,
        "ext": ext,
        "side": side,
        "bounds": [round(edge, 3) for edge in here],
        "attribution": archive.attribution,
        "spans": [[s.west, s.north, s.east, s.south] for s in spans],
        "missing": [f"{s.zoom}/{x}/{y}" for s in spans for x, y in s if _name(s, x, y, ext) not in files],
    }
    return about, files


def _taken(archive: Archive, around: Box, zooms: range, ext: str) -> tuple[list[Span], dict[str, bytes]]:
    """Whole zooms from the shallowest down, until one would be too much."""
    spans: list[Span] = []
    files: dict[str, bytes] = {}
    for zoom in zooms:
        here = span(around, zoom)
        if sum(map(len, spans)) + len(here) > MOST_TILES:
            break
        found = _read(archive, here, ext)
        if sum(map(len, files.values())) + sum(map(len, found.values())) > MOST_BYTES:
            break
        spans.append(here)
        files |= found
    if not spans:
        raise archive.refused(
            f"the ground of the page is {len(span(around, zooms[0]))} tiles at its shallowest zoom,"
            f" {zooms[0]}; at most {MOST_TILES} tiles and {MOST_BYTES // 1_000_000} MB are taken"
        )
    if not files:
        raise archive.refused("this PMTiles file has nothing of the ground of the page")
    return spans, files


def _read(archive: Archive, here: Span, ext: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    taken = 0
    for x, y in here:
        data = archive.tile(here.zoom, x, y)
        if not data:
            continue
        size = images.size(data, ext)
        if size is None or not all(1 <= side <= images.MOST_SIDE for side in size):
            raise archive.refused(f"its tile {here.zoom}/{x}/{y} is not a picture that can be shown")
        found[_name(here, x, y, ext)] = data
        taken += len(data)
        if taken > MOST_BYTES:
            break
    return found


def _name(here: Span, x: int, y: int, ext: str) -> str:
    return f"tiles/{here.zoom}/{x}/{y}.{ext}"


def summary(about: Json, files: dict[str, bytes]) -> str:
    """What was taken, in a line."""
    size = sum(map(len, files.values())) / 1_000_000
    return f"base map: {len(files)} tiles of zooms {about['min']} to {about['max']}, {size:.1f} MB"
