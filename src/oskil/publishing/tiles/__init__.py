"""A user's own base map, cut from a PMTiles file to the ground of the page.

    base = tiles.read(path, (west, south, east, north))
    base.about     # for the page's core, `has.basemap` of docs/site-data.md
    base.files     # {name in the folder: bytes}, the pictures
    base.layers    # {name: piece}, lines made of vector tiles
    base.summary   # what was taken, in a line

A page from the file system can read no parts of a file, so what it may show is written beside it. A base map
is public geography: nothing of the record goes into the choice of its tiles but the frame, which the page
shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oskil.publishing.tiles.archive import opened
from oskil.publishing.tiles.grid import Box

Json = dict[str, Any]
_PICTURES = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


@dataclass(frozen=True, slots=True)
class BaseMap:
    """What a page takes of a base map."""

    about: Json
    summary: str
    files: dict[str, bytes] = field(default_factory=dict)
    layers: dict[str, Json] = field(default_factory=dict)


def read(path: Path, frame: Box) -> BaseMap:
    """The tiles of a file for a page's frame, in degrees. Raises InputError, naming the file, where it is no
    PMTiles file, is truncated or hostile, has nothing there, or is of a kind that cannot be drawn.
    """
    from oskil.publishing.tiles import raster, vector

    with opened(path) as archive:
        if archive.kind in _PICTURES:
            about, files = raster.cut(archive, frame, _PICTURES[archive.kind])
            return BaseMap(about, raster.summary(about, files), files)
        if archive.kind == "MVT":
            about, layers = vector.cut(archive, frame)
            return BaseMap(about, vector.summary(about, layers), layers=layers)
        raise archive.refused(
            f"its tiles are of the kind {archive.kind}; drawn are PNG, JPEG, WebP and vector tiles (MVT)"
        )


__all__ = ["BaseMap", "read"]
