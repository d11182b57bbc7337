"""What a database has to do for the ledger beyond SQL that all of them speak, and which one a place names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import DBAPIError

from oskil.errors import LedgerError
from oskil.ledger.raw import RawFolder


class Database(Protocol):
    """One kind of database, at one place."""

    where: str
    """The place, without a password, for what is said to people."""
    raw: RawFolder
    """Where the raw bytes lie."""

    def check(self, create: bool) -> None:
        """Raises LedgerError where there is no ledger to open and none may or can be made."""

    def engine(self) -> Engine:
        """An engine. A transaction with the option `writes` is the only one of its kind from its start:
        others wait for it, up to 30 seconds, and are then refused. Reading transactions see one state.
        """

    def insert(self, connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add many rows, each with all columns of the table."""

    def protect(self, connection: Connection) -> None:
        """Make the database refuse to change, remove or replace a row of any table."""

    def upgrade(self, connection: Connection, version: int) -> None:
        """Bring tables of an older version to the next one."""

    def damage(self, connection: Connection) -> list[str]:
        """What the database itself finds wrong, and the guards of `protect` that are gone or altered."""

    def settled(self, engine: Engine) -> None:
        """Called after much was added: whatever keeps the database's plans good."""

    def explain(self, error: DBAPIError) -> LedgerError:
        """The error in one clear line."""


def is_address(where: str | Path) -> bool:
    """Whether a ledger's place is an address of a database server, not a file."""
    return isinstance(where, str) and "://" in where


def at(where: str | Path) -> Database:
    """The database that a place names. Raises LedgerError for an address of an unknown kind."""
    if not is_address(where):
        from oskil.ledger.sqlite import SQLite

        return SQLite(Path(where))
    from oskil.ledger.postgres import PostgreSQL, speaks

    address = str(where)
    if not speaks(address):
        raise LedgerError("a ledger is a file, or postgresql://...", address.partition("://")[0] + "://")
    return PostgreSQL(address)
