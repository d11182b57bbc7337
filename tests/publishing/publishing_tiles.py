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
    """The pixels of an element as the browser shows it."""
    return picture(shown)[1]


def picture(shown: Locator) -> tuple[int, list[Pixel]]:
    """The width and the pixels of an element, read by a page that has no policy."""
    address = "data:image/png;base64," + base64.b64encode(shown.screenshot()).decode()
    reader = shown.page.context.new_page()
    found = reader.evaluate(
        """async (address) => {
            const image = new Image(); image.src = address; await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height), on = canvas.getContext("2d");
            on.drawImage(image, 0, 0);
            return [image.width, ...on.getImageData(0, 0, image.width, image.height).data];
        }""",
        address,
    )
    reader.close()
    return found[0], list(zip(found[1::4], found[2::4], found[3::4], strict=True))


def share(found: list[Pixel], like: Any) -> float:
    """How much of the pixels is like something."""
    return sum(1 for pixel in found if like(*pixel)) / len(found)


# ---- vector tiles, in the few lines of protobuf that they need


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes([*made, number])


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _path(points: list[tuple[int, int]], closed: bool) -> bytes:
    steps = [(x - a, y - b) for (a, b), (x, y) in zip([(0, 0), *points[:-1]], points, strict=True)]
    coded = [_varint(n << 1 ^ n >> 63) for step in steps for n in step]
    moved, drawn = b"".join(coded[:2]), b"".join(coded[2:])
    return _varint(9) + moved + _varint(len(steps) - 1 << 3 | 2) + drawn + (_varint(15) if closed else b"")


def vector(
    layer: str, key: str, value: str | int, points: list[tuple[int, int]], closed: bool = False
) -> bytes:
    """A layer of a vector tile, 4096 wide, with one line or (closed) area. Layers are joined by `+`."""
    told = _field(1, value.encode()) if isinstance(value, str) else _field(4, value)
    feature = _field(2, b"\0\0") + _field(3, 3 if closed else 2) + _field(4, _path(points, closed))
    parts = [_field(1, layer.encode()), _field(2, feature), _field(3, key.encode()), _field(4, told)]
    return _field(3, b"".join([*parts, _field(5, 4096), _field(15, 2)]))
