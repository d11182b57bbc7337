"""Vector tiles; not drawn yet."""

from __future__ import annotations

from typing import Any

from oskil.publishing.tiles.archive import Archive
from oskil.publishing.tiles.grid import Box

Json = dict[str, Any]


def cut(archive: Archive, frame: Box) -> tuple[Json, dict[str, Json]]:
    """Refuses: vector tiles are not drawn."""
    raise archive.refused("its tiles are vector tiles; drawn are PNG, JPEG and WebP")


def summary(about: Json, layers: dict[str, Json]) -> str:
    """What was taken, in a line."""
    return f"base map: {len(layers)} layers"
