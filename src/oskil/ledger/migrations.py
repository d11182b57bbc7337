"""The version of the tables: laid out when new, brought up when old, refused when newer than this program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, func, insert, inspect, select

from oskil.errors import LedgerError
from oskil.ledger import schema, sqlite
from oskil.ledger.chain import stamp

# From each version to the next one: {1: from_1_to_2, ...}.
STEPS: Mapping[int, Callable[[Connection], None]] = {}


def bring_up(connection: Connection, where: str) -> None:
    """Lay out or migrate the tables, in the caller's transaction.

    Raises LedgerError for what is no ledger.
    """
    if not inspect(connection).get_table_names():
        schema.metadata.create_all(connection)
        sqlite.protect(connection)
        _note(connection, schema.SCHEMA_VERSION)
        return
    version = stored_version(connection)
    if version is None:
        raise LedgerError("not a ledger: a database, but another program's", where)
    if version > schema.SCHEMA_VERSION:
        raise LedgerError(
            f"written by a newer Oskil (schema {version}; this one knows {schema.SCHEMA_VERSION})", where
        )
    for step in range(version, schema.SCHEMA_VERSION):
        STEPS[step](connection)
        _note(connection, step + 1)


def stored_version(connection: Connection) -> int | None:
    """The version of the tables there, or None where there are none or not a ledger's."""
    tables = inspect(connection).get_table_names()
    if schema.versions.name not in tables or schema.entries.name not in tables:
        return None
    version = connection.scalar(select(func.max(schema.versions.c.version)))
    return None if version is None else int(version)


def _note(connection: Connection, version: int) -> None:
    now = stamp(dt.datetime.now(dt.UTC))
    connection.execute(insert(schema.versions).values(version=version, applied_at=now))
