"""The version of the tables: laid out when new, brought up when old, refused when newer than this program."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, insert, inspect, select

from oskil.errors import LedgerError
from oskil.ledger import schema
from oskil.ledger.chain import stamp
from oskil.ledger.database import Database


def bring_up(connection: Connection, database: Database) -> None:
    """Lay out or migrate the tables, in the caller's transaction.

    Raises LedgerError for what is no ledger.
    """
    where = database.where
    if not inspect(connection).get_table_names():
        schema.metadata.create_all(connection)
        database.protect(connection)
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
        if step == 2:
            _from_2_to_3(connection)
        else:
            database.upgrade(connection, step)
        _note(connection, step + 1)


def _from_2_to_3(connection: Connection) -> None:
    """One index more, on every database."""
    (index,) = (one for one in schema.claims.indexes if one.name == "claims_by_kind_and_days")
    index.create(connection, checkfirst=True)


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
