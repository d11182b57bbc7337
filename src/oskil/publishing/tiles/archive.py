"""Reading PMTiles, version 3, from a file that may be anything: all that is read or inflated has a limit."""

from __future__ import annotations

import html
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from oskil.errors import InputError
from oskil.publishing.tiles.grid import Box, shared, widened

_MB = 1_000_000
# Bytes of a directory or of the metadata, of one tile as it lies in the file, and of each when inflated.
# Writers keep directories below 100 kB and tiles below 500 kB.
_PART, _TILE, _PART_INFLATED, _TILE_INFLATED = _MB, 2 * _MB, 2 * _MB, 8 * _MB
_HEADER = 127
# Directories below directories; the format's own readers stop at the same depth.
_DEPTH = 4
_ATTRIBUTION = 300
# Ground beyond the frame, as a share of it: a map is moved a little.
_BEYOND = 0.25


class _Bad(Exception):
    """Something in the file is not as it must be; the message says what."""


class Archive:
    """An open file. `kind` is the kind of its tiles, `low` and `high` its zooms, `bounds` what it says that
    it covers (None where it does not say), `attribution` the credit that its metadata ask for, as words.
    """

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path
        self._header: HeaderDict = deserialize_header(self._read(0, _HEADER))
        self.kind = self._header["tile_type"].name
        self.low, self.high = self._header["min_zoom"], self._header["max_zoom"]
        self.attribution = _plain(self._metadata().get("attribution"))
        self._directories: dict[tuple[int, int], list[Entry]] = {}

    @property
    def bounds(self) -> Box | None:
        """What the header says that the tiles cover."""
        head = self._header
        edges = (head["min_lon_e7"], head["min_lat_e7"], head["max_lon_e7"], head["max_lat_e7"])
        west, south, east, north = (edge / 1e7 for edge in edges)
        return (west, south, east, north) if west < east and south < north else None

    def refused(self, why: str) -> InputError:
        """The error that names the file."""
        return InputError(why, str(self._path))

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """A tile, inflated; None where the file has none there."""
        head, number = self._header, zxy_to_tileid(zoom, x, y)
        offset, length = head["root_offset"], head["root_length"]
        for _ in range(_DEPTH):
            entry = find_tile(self._directory(offset, length), number)
            if entry is None or not entry.length:
                return None
            if entry.run_length:
                data = self._read(head["tile_data_offset"] + entry.offset, entry.length, _TILE)
                return _unpacked(data, head["tile_compression"], _TILE_INFLATED)
            offset, length = head["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def _directory(self, offset: int, length: int) -> list[Entry]:
        if (offset, length) not in self._directories:
            data = self._read(offset, length)
            # The package inflates without a limit, so that it is done here before.
            _unpacked(data, Compression.GZIP, _PART_INFLATED)
            self._directories[offset, length] = deserialize_directory(data)
        return self._directories[offset, length]

    def _metadata(self) -> dict[str, object]:
        head = self._header
        data = self._read(head["metadata_offset"], head["metadata_length"])
        found = json.loads(_unpacked(data, head["internal_compression"], _PART_INFLATED) or b"{}")
        return found if isinstance(found, dict) else {}

    def _read(self, offset: int, length: int, most: int = _PART) -> bytes:
        if length > most:
            raise _Bad(f"a part of it is {length} bytes long; at most {most} are read")
        self._file.seek(offset)
        data = self._file.read(length)
        if len(data) < length:
            raise _Bad("it is truncated")
        return data


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a file. Whatever is wrong with it then becomes an InputError that names it."""
    try:
        with path.open("rb") as file:
            yield Archive(file, path)
    except (MagicNumberNotFound, SpecVersionUnsupported, UnicodeDecodeError) as error:
        raise InputError("this is not a PMTiles file of version 3", str(path)) from error
    except _Bad as error:
        raise InputError(f"this PMTiles file cannot be used: {error}", str(path)) from error
    except (EOFError, IndexError, OverflowError, ValueError, zlib.error, RecursionError) as error:
        raise InputError("this PMTiles file is damaged", str(path)) from error
    except OSError as error:
        raise InputError(f"this file cannot be read: {error.strerror or error}", str(path)) from error


def ground(archive: Archive, frame: Box) -> Box:
    """The frame and somewhat around it, as far as the file goes. Raises InputError where that is nothing."""
    around = widened(frame, _BEYOND)
    found = shared(around, archive.bounds) if archive.bounds else around
    if found is None:
        raise archive.refused("this PMTiles file has nothing of the ground of the page")
    return found


def _unpacked(data: bytes, compression: Compression, most: int) -> bytes:
    """What is packed in `data`, one gzip stream or nothing, up to a limit."""
    if compression in (Compression.NONE, Compression.UNKNOWN):
        return data
    if compression is not Compression.GZIP:
        raise _Bad(f"it is packed by {compression.name.lower()}; gzip is read")
    if not data:
        return data
    unpacker = zlib.decompressobj(wbits=31)
    made = unpacker.decompress(data, most + 1)
    if len(made) > most:
        raise _Bad(f"a part of it inflates beyond {most // _MB} MB")
    if not unpacker.eof or unpacker.unused_data:
        raise _Bad("a part of it is damaged")
    return made


def _plain(attribution: object) -> str:
    """An attribution, which is often HTML, as words."""
    words = html.unescape(re.sub(r"<[^<>]*>", " ", attribution)) if isinstance(attribution, str) else ""
    return " ".join(words.split())[:_ATTRIBUTION]
