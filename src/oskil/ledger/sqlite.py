"""All that is SQLite's own: opening, pragmas, the append-only triggers, and its errors in plain words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, UniqueConstraint, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from oskil.errors import LedgerBroken, LedgerError
from oskil.ledger.schema import metadata

BUSY_SECONDS = 30.0

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

    engine = create_engine("sqlite://", creator=connect)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def protect(connection: Connection) -> None:
    """Make the database refuse UPDATE, DELETE and INSERT OR REPLACE on every table."""
    for statement in _triggers().values():
        connection.exec_driver_sql(statement)


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
