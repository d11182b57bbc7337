"""Parquet by Apache Arrow: the columns of the CSV with their types, for DuckDB, pandas and R."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from oskil.publishing.exports.interface import Collection
from oskil.publishing.exports.properties import COLUMNS, PLACE_COLUMNS, rows

if TYPE_CHECKING:
    import pyarrow

_INTEGERS = {"revision", "geonameid"}
_FLOATS = {"latitude", "longitude"}
_TRUTHS = {"around", "coarse"}


class Parquet:
    """A row for each claim and place."""

    name = "parquet"
    suffix = ".parquet"
    description = "Parquet, a row for each claim and place"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write one table; what is to be said of it as a whole stands in the schema's metadata."""
        from pyarrow import parquet

        parquet.write_table(table(collection), out, compression="zstd")


def table(collection: Collection) -> pyarrow.Table:
    """The rows as an Arrow table."""
    import pyarrow

    about = {
        "title": collection.title,
        "version": collection.version,
        "made_at": collection.made_at.isoformat(),
        "draft": collection.draft,
    }
    schema = pyarrow.schema(
        [(name, _type(name)) for name in COLUMNS | PLACE_COLUMNS], metadata={"oskil": json.dumps(about)}
    )
    made = [row for entry in collection.entries for row in rows(entry)]
    return pyarrow.Table.from_pylist(made, schema=schema)


def _type(name: str) -> pyarrow.DataType:
    import pyarrow

    if name in _INTEGERS:
        return pyarrow.int64()
    if name in _FLOATS:
        return pyarrow.float64()
    return pyarrow.bool_() if name in _TRUTHS else pyarrow.string()
