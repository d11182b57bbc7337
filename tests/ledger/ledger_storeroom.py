"""A ledger's place, and ways past the ledger to what lies there, as a stranger with access would have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, inspect

from oskil.ledger.codec import sha256
from oskil.ledger.database import at
from oskil.ledger.store import open_ledger


@dataclass(frozen=True, slots=True)
class Storeroom:
    """`where` a ledger is or will be, and where its raw bytes lie."""

    where: str | Path
    raw: Path

    @property
    def on_sqlite(self) -> bool:
        return isinstance(self.where, Path)

    @contextmanager
    def stranger(self) -> Iterator[Connection]:
        """A connection of another program, in a transaction."""
        # Of SQLite a plain one: whether references hold is for each connection to say.
        engine = create_engine(f"sqlite:///{self.where}") if self.on_sqlite else at(self.where).engine()
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection
        engine.dispose()

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        with self.stranger() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]

    def tamper(self, *statements: str) -> None:
        """Change what is stored with the guards out of the way, and put them back."""
        with self.stranger() as connection:
            guards = self._lift(connection)
            changed = sum(
                connection.exec_driver_sql(s.replace("%", "%%") if not self.on_sqlite else s).rowcount
                for s in statements
            )
            assert changed, "the tampering must have hit something"
            for guard in guards:
                connection.exec_driver_sql(guard)

    def _lift(self, connection: Connection) -> Sequence[str]:
        if self.on_sqlite:
            found = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).all()
            for name, _ in found:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            return [statement for _, statement in found]
        tables = inspect(connection).get_table_names()
        for table in tables:
            for (name,) in connection.exec_driver_sql(
                f"SELECT conname FROM pg_constraint WHERE conrelid = '{table}'::regclass AND contype = 'f'"
            ).all():
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for table in tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]

    def problems(self) -> list[str]:
        with open_ledger(self.where) as ledger:
            return list(ledger.verify().problems)

    def raw_file(self, data: bytes) -> Path:
        digest = sha256(data)
        return self.raw / digest[:2] / digest[2:]
