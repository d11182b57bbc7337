"""GeoPackage (OGC 12-128): a SQLite file, whose shapes are WKB behind a short head."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oskil.errors import GazetteerError
from oskil.places.vector.columns import Columns
from oskil.places.vector.interface import RawFeature

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # by the three bits of the flags; OGC 12-128, 2.1.3


@dataclass(frozen=True, slots=True)
class Table:
    """A table of features: its name, the column of shapes, and the system that they are in."""

    name: str
    shapes: str
    system: int


def read(path: Path, columns: Columns) -> Iterator[RawFeature]:
    """The features of the stated table, or of the only one."""
    if not path.is_file():
        raise GazetteerError("there is no such file", str(path))
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            yield from _features(database, path, columns)
    except sqlite3.Error as error:
        raise GazetteerError(f"not a GeoPackage, or a damaged one: {error}", str(path)) from error


def _features(database: sqlite3.Connection, path: Path, columns: Columns) -> Iterator[RawFeature]:
    table = _table(database, path, columns.table)
    to_degrees = _transformer(database, table.system, path)
    quoted = '"' + table.name.replace('"', '""') + '"'
    cursor = database.execute(f"SELECT rowid, * FROM {quoted}")  # noqa: S608 - a name of the file's own schema
    heads = [column[0] for column in cursor.description]
    for row in cursor:
        where = f"{path}, {table.name} row {row[0]}"
        properties = dict(zip(heads[1:], row[1:], strict=True))
        blob = properties.pop(table.shapes)
        if blob is not None:
            plain = {key: value for key, value in properties.items() if not isinstance(value, bytes)}
            yield RawFeature(plain, to_degrees(_geometry(blob, where)), where)


def _table(database: sqlite3.Connection, path: Path, wanted: str) -> Table:
    found = database.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchall()
    chosen = [Table(*row) for row in found if not wanted or row[0] == wanted]
    if len(chosen) != 1:
        names = ", ".join(str(row[0]) for row in found) or "none"
        raise GazetteerError(f"say which table of features with table=NAME; there are {names}", str(path))
    return chosen[0]


def _transformer(database: sqlite3.Connection, system: int, path: Path) -> Callable[[Any], Any]:
    row = database.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (system,)
    ).fetchone()
    authority = f"{row[0]}:{row[1]}" if row else f"EPSG:{system}"
    if authority.upper() == "EPSG:4326" or system in (0, -1):
        return lambda shape: shape
    import shapely
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    try:
        transform = Transformer.from_crs(authority, "EPSG:4326", always_xy=True).transform
    except ProjError as error:
        raise GazetteerError(f"in the unknown reference system {authority}", str(path)) from error
    return lambda shape: shapely.transform(shape, transform, interleaved=False)


def _geometry(blob: Any, where: str) -> Any:
    import shapely

    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        raise GazetteerError("not a GeoPackage geometry", where)
    envelope = blob[3] >> 1 & 7
    if envelope >= len(_ENVELOPE_BYTES):
        raise GazetteerError("not a GeoPackage geometry: its envelope is of no known kind", where)
    try:
        return shapely.force_2d(shapely.from_wkb(blob[8 + _ENVELOPE_BYTES[envelope] :]))
    except shapely.errors.ShapelyError as error:
        raise GazetteerError(f"not a geometry: {' '.join(str(error).split())}", where) from error
