"""CSV and TSV with a heading: points in two columns, or shapes as WKT."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oskil.errors import GazetteerError
from oskil.places.bounded import Readable, opened
from oskil.places.vector.columns import Columns, text
from oskil.places.vector.interface import RawFeature

LONGEST_LINE = 1 << 20  # characters; a shape of 50,000 points as WKT


def read(path: Path, columns: Columns) -> Iterator[RawFeature]:
    """The rows that have coordinates."""
    with opened(path) as stream:
        lines = _lines(stream, path)
        head = next(lines, "")
        separator = max(",;\t|", key=head.count)
        names = next(csv.reader([head], delimiter=separator), [])
        if len(set(names)) < 2:
            raise GazetteerError("no heading with names of columns, each its own", f"{path}, line 1")
        _prove(names, columns, path)
        # Where a cell holds a line break, the reader's own count keeps to lines of the file.
        rows = csv.reader(lines, delimiter=separator, strict=True)
        try:
            for row in rows:
                yield from _feature(names, row, columns, f"{path}, line {rows.line_num + 1}")
        except csv.Error as error:
            raise GazetteerError(f"not CSV: {error}", f"{path}, line {rows.line_num + 1}") from error


def _prove(names: list[str], columns: Columns, path: Path) -> None:
    """Without columns for a position every row would be left out, and nobody told."""
    stated = dict.fromkeys(names, "x")
    if not (text("wkt", columns, stated) or (text("lat", columns, stated) and text("lon", columns, stated))):
        raise GazetteerError(
            f"no columns lat and lon, or wkt; say lat=COLUMN lon=COLUMN; there are {', '.join(names)[:200]}",
            f"{path}, line 1",
        )


def _lines(stream: Readable, path: Path) -> Iterator[str]:
    rest = b""
    number = 0
    while piece := stream.read(1 << 20):
        *whole, rest = (rest + piece).split(b"\n")
        for raw in whole:
            number += 1
            yield _decoded(raw, path, number) + "\n"
        if len(rest) > LONGEST_LINE:
            raise GazetteerError(f"a line of more than {LONGEST_LINE:,} bytes", f"{path}, line {number + 1}")
    if rest:
        yield _decoded(rest, path, number + 1)


def _decoded(raw: bytes, path: Path, number: int) -> str:
    try:
        return raw.removesuffix(b"\r").decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise GazetteerError(f"not UTF-8 at byte {error.start}", f"{path}, line {number}") from error


def _feature(names: list[str], row: list[str], columns: Columns, where: str) -> Iterator[RawFeature]:
    if not row:
        return
    if len(row) != len(names):
        raise GazetteerError(f"{len(row)} columns, and the heading has {len(names)}", where)
    properties = dict(zip(names, row, strict=True))
    geometry = _geometry(columns, properties, where)
    if geometry is not None:
        yield RawFeature(properties, geometry, where)


def _geometry(columns: Columns, properties: dict[str, str], where: str) -> Any:
    import shapely

    lat, lon = text("lat", columns, properties), text("lon", columns, properties)
    if lat and lon:
        try:
            return shapely.Point(float(lon), float(lat))
        except ValueError as error:
            raise GazetteerError(f"not coordinates in degrees: {lat[:20]}, {lon[:20]}", where) from error
    wkt = text("wkt", columns, properties)
    try:
        return shapely.from_wkt(wkt) if wkt else None
    except shapely.errors.ShapelyError as error:
        raise GazetteerError(f"not WKT: {' '.join(str(error).split())[:80]}", where) from error
