"""The database itself refuses to change or remove a row, whoever asks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_samples import NOON, sample

from oskil.ledger.schema import metadata
from oskil.ledger.store import open_ledger
from oskil.records import Refusal

TABLES = sorted(metadata.tables)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    text, reading = sample()
    with open_ledger(tmp_path / "ledger.db") as ledger:
        ledger.add(text, b"raw", reading, NOON)
        ledger.refuse(Refusal("a.html", "empty"), NOON)
    return tmp_path / "ledger.db"


@pytest.fixture
def stranger(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection, as any other program would open it."""
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT * FROM {table}").fetchall()


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_changed_removed_or_replaced(table: str, stranger: sqlite3.Connection) -> None:
    before = rows(stranger, table)
    assert before, "a test of an empty table proves nothing"
    columns = [row[1] for row in stranger.execute(f"PRAGMA table_info({table})")]
    marks = ",".join("?" * len(columns))
    attempts: list[tuple[str, tuple[object, ...]]] = [
        *((f"UPDATE {table} SET {column} = {column}", ()) for column in columns),
        (f"DELETE FROM {table}", ()),
        (f"INSERT OR REPLACE INTO {table} VALUES ({marks})", before[0]),
    ]
    for statement, values in attempts:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            stranger.execute(statement, values)
    assert rows(stranger, table) == before


def test_a_document_cannot_be_replaced_by_way_of_its_id(stranger: sqlite3.Connection) -> None:
    (row,) = rows(stranger, "documents")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        stranger.execute("INSERT OR REPLACE INTO documents VALUES (?,?,?,?)", (99, *row[1:]))
    assert rows(stranger, "documents") == [row]


def test_a_missing_guard_is_reported(path: Path, stranger: sqlite3.Connection) -> None:
    stranger.execute("DROP TRIGGER claims_no_update")
    with open_ledger(path) as ledger:
        (problem,) = ledger.verify().problems
    assert "claims_no_update" in problem
