"""All that is SQLite's own: opening, pragmas, the append-only triggers, and its errors in plain words."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    Engine,
    QueuePool,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import DBAPIError

from oskil.errors import LedgerBroken, LedgerError
from oskil.ledger.raw import RawFolder
from oskil.ledger.schema import metadata

BUSY_SECONDS = 30.0
# Connections that are kept for those that follow; at a busy moment there are more.
_CONNECTIONS = 8
MANY = 1000  # rows put into one table at once

# By the beginning of SQLite's name for the error (https://sqlite.org/rescode.html), the longer first.
_WORDS = {
    "SQLITE_NOTADB": "not a ledger: the file is not a database",
    "SQLITE_FULL": "the disk is full; nothing of this was added",
    "SQLITE_BUSY": f"another process has held the ledger for over {BUSY_SECONDS:.0f} seconds",
    "SQLITE_LOCKED": "another process holds the ledger",
    "SQLITE_READONLY": "the ledger or its folder is read-only",
    "SQLITE_CANTOPEN": "the ledger, or a file beside it, cannot be opened",
    "SQLITE_PERM": "the ledger may not be opened by this user",
    "SQLITE_AUTH": "the ledger may not be opened by this user",
    "SQLITE_IOERR": "the disk failed or is full (input/output error); nothing of this was added",
    "SQLITE_TOOBIG": "a text is too big for the ledger",
}


class SQLite:
    """A file, with the raw bytes in a folder beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path)
        self.raw = RawFolder(path.with_name(path.name + ".raw"))

    def check(self, create: bool) -> None:
        """Raises LedgerError for a folder, for a file that must not be made, and where none can be."""
        path = self.path
        if path.is_dir():
            raise LedgerError("not a ledger: a folder", self.where)
        if not path.exists():
            if not create:
                raise LedgerError("there is no ledger here", self.where)
            path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise LedgerError("the folder of the ledger cannot be written", str(path.parent))

    def engine(self) -> Engine:
        """An engine for the file."""
        return open_engine(self.path)

    def insert(self, connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add many rows; the driver alone, as SQLAlchemy would cost as much again."""
        values = _values(table, rows)
        if not values:
            return
        # A plain INSERT replaces nothing, and nobody else writes before the transaction ends: for many rows
        # the guard, which would look for each of them, is lifted and put back within it.
        guard = f"{table.name}_no_replace"
        lifted = len(values) >= MANY and _there(connection, guard)
        if lifted:
            connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        connection.exec_driver_sql(_insertion(table), values)
        if lifted:
            connection.exec_driver_sql(_triggers()[guard])

    def protect(self, connection: Connection) -> None:
        """Make the database refuse UPDATE, DELETE and INSERT OR REPLACE on every table."""
        for statement in _triggers().values():
            connection.exec_driver_sql(statement)

    def upgrade(self, connection: Connection, version: int) -> None:
        """From one version of the tables to the next."""
        from oskil.ledger import sqlite_upgrades

        sqlite_upgrades.STEPS[version](connection, self)

    def damage(self, connection: Connection) -> list[str]:
        """What SQLite finds wrong with the file, and the append-only triggers that are gone or changed."""
        return damage(connection)

    def settled(self, engine: Engine) -> None:
        """Count what the indexes hold, by samples, for the planner."""
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
            connection.exec_driver_sql("ANALYZE")

    def explain(self, error: DBAPIError) -> LedgerError:
        """The error in one clear line."""
        return explain(error, self.where)


def _there(connection: Connection, trigger: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = ?"
    return bool(connection.exec_driver_sql(query, (trigger,)).scalar())


@cache
def _insertion(table: Table) -> str:
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({', '.join(table.columns.keys())}) VALUES ({marks})"


def _values(table: Table, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    columns = table.columns
    found = list(map(itemgetter(*columns.keys()), rows))
    if len(columns) == 1:
        return [(value,) for value in found]
    if not any(isinstance(column.type, Date) for column in columns):
        return found
    # The driver's own way with dates is gone from Python 3.12 on.
    return [tuple([v.isoformat() if type(v) is dt.date else v for v in row]) for row in found]


def open_engine(path: Path) -> Engine:
    """An engine for a file. A transaction with the option `writes` takes the write lock at its start.

    That is what lets writers queue: a reader that later wants to write would be
    refused without waiting (https://sqlite.org/lang_transaction.html).
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _set_up(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    # What the driver would choose here keeps a connection a thread and closes the surplus ones of other
    # threads while they are at work.
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=_CONNECTIONS, max_overflow=-1
    )
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # 64 MiB of pages in memory, and fewer, longer write-backs: indexes by hash are written at random places.
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA wal_autocheckpoint = 8000")
    # Parents are written with their children in one transaction, and `verify` finds a row that nothing
    # accounts for. To look for each parent as well would cost a fifth of the time of writing.
    connection.execute("PRAGMA foreign_keys = OFF")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def damage(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with the file, and the append-only triggers that are gone or changed."""
    found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(10)"))]
    problems = [f"the database file is damaged: {line}" for line in found if line != "ok"]
    stored = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    there = {str(row.name): str(row.sql) for row in stored}
    for name, statement in _triggers().items():
        if there.get(name) != statement:
            problems.append(f"the trigger {name}, which keeps rows from being changed, is gone or altered")
    return problems


@cache
def _triggers() -> dict[str, str]:
    statements = {}
    for table in metadata.sorted_tables:
        refuse = f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: {table.name}'); END"
        for verb in ("UPDATE", "DELETE"):
            name = f"{table.name}_no_{verb.lower()}"
            statements[name] = f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} {refuse}"
        # INSERT OR REPLACE deletes without firing a DELETE trigger.
        name = f"{table.name}_no_replace"
        same = " OR ".join(f"({_same(columns)})" for columns in _keys(table))
        when = f"WHEN EXISTS (SELECT 1 FROM {table.name} WHERE {same})"
        statements[name] = f"CREATE TRIGGER {name} BEFORE INSERT ON {table.name} {when} {refuse}"
    return statements


def _keys(table: Table) -> list[list[str]]:
    keys = [[column.name for column in table.primary_key.columns]]
    keys += [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return keys


def _same(columns: list[str]) -> str:
    return " AND ".join(f"{name} = NEW.{name}" for name in columns)


def explain(error: DBAPIError, where: str) -> LedgerError:
    """The error in one clear line."""
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    if name.startswith("SQLITE_CORRUPT"):
        return LedgerBroken("the database file is damaged", where)
    for prefix, words in _WORDS.items():
        if name.startswith(prefix):
            return LedgerError(words, where)
    return LedgerError(f"the ledger cannot be used: {error.orig}", where)
