"""Small PMTiles files made by hand, and the pixels of what a browser shows."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from oskil.publishing.tiles.grid import Box, span

if TYPE_CHECKING:
    from playwright.sync_api import Locator

Pixel = tuple[int, int, int]
MAGENTA: Pixel = (230, 0, 230)
GREEN: Pixel = (0, 200, 0)
CREDIT = '<a href="https://example.org" onclick="x()">&copy; The <b>Mappers</b></a>'


def png(colour: Pixel, side: int = 256) -> bytes:
    """A picture of one colour."""
    rows = (b"\x00" + bytes(colour) * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def archive(
    path: Path,
    tiles: Iterable[tuple[int, int, int, bytes]],
    *,
    kind: TileType = TileType.PNG,
    compression: Compression = Compression.NONE,
    metadata: dict[str, Any] | None = None,
    bounds: Box = (-180, -85, 180, 85),
) -> Path:
    """A PMTiles file of these tiles: zoom, x, y, bytes."""
    numbered = sorted((zxy_to_tileid(z, x, y), data) for z, x, y, data in tiles)
    edges = zip(("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"), bounds, strict=True)
    head = {name: int(edge * 1e7) for name, edge in edges}
    with write(path) as writer:
        for number, data in numbered:
            writer.write_tile(number, data)
        writer.finalize(
            {"tile_type": kind, "tile_compression": compression, **head},
            {"attribution": CREDIT} if metadata is None else metadata,
        )
    return path


def plain(path: Path, box: Box, colour: Pixel, zooms: Iterable[int] = range(4, 9)) -> Path:
    """A file whose tiles are of one colour."""
    data = png(colour)
    return archive(path, ((z, x, y, data) for z in zooms for x, y in span(box, z)))


def pixels(shown: Locator) -> list[Pixel]:
    """The pixels of an element as the browser shows it, read by a page that has no policy."""
    address = "data:image/png;base64," + base64.b64encode(shown.screenshot()).decode()
    reader = shown.page.context.new_page()
    found = reader.evaluate(
        """async (address) => {
            const image = new Image(); image.src = address; await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height), on = canvas.getContext("2d");
            on.drawImage(image, 0, 0);
            return [...on.getImageData(0, 0, image.width, image.height).data];
        }""",
        address,
    )
    reader.close()
    return list(zip(found[::4], found[1::4], found[2::4], strict=True))


def share(found: list[Pixel], like: Any) -> float:
    """How much of the pixels is like something."""
    return sum(1 for pixel in found if like(*pixel)) / len(found)
