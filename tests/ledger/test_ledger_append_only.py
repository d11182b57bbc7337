"""The database itself refuses to change or remove a row, whoever asks."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from ledger_samples import NOON, sample, withdrawal
from ledger_storeroom import Storeroom
from sqlalchemy import Table
from sqlalchemy.exc import DBAPIError

from oskil.errors import LedgerError
from oskil.ledger import sqlite
from oskil.ledger.schema import metadata
from oskil.ledger.store import open_ledger
from oskil.records import Refusal

TABLES = sorted(metadata.tables)


@pytest.fixture
def filled(room: Storeroom) -> Storeroom:
    return _filled(room)


def _filled(room: Storeroom) -> Storeroom:
    text, reading = sample()
    with open_ledger(room.where) as ledger:
        ledger.add(text, b"raw", reading, NOON)
        ledger.refuse(Refusal("a.html", "empty"), NOON)
        ledger.amend(withdrawal(text), NOON - dt.timedelta(hours=1))
    return room


def test_no_row_can_be_changed_removed_or_replaced(filled: Storeroom) -> None:
    for table in TABLES:
        before = filled.rows(table)
        assert before, "a test of an empty table proves nothing"
        columns = metadata.tables[table].columns.keys()
        attempts = [
            *(f"UPDATE {table} SET {column} = {column}" for column in columns),
            f"DELETE FROM {table}",
        ]
        if filled.on_sqlite:
            attempts.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        else:
            key = ", ".join(c.name for c in metadata.tables[table].primary_key)
            same = f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE"
            attempts += [f"{same} SET {columns[0]} = excluded.{columns[0]}", f"TRUNCATE {table} CASCADE"]
        for statement in attempts:
            with pytest.raises(DBAPIError, match="append-only"), filled.stranger() as connection:
                connection.exec_driver_sql(statement)
        assert filled.rows(table) == before


def test_a_document_cannot_be_replaced_by_way_of_its_id(filled: Storeroom) -> None:
    if not filled.on_sqlite:
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    (row,) = filled.rows("documents")
    with pytest.raises(DBAPIError, match="append-only"), filled.stranger() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO documents VALUES (?,?,?,?)", (99, *row[1:]))
    assert filled.rows("documents") == [row]


def test_the_guard_that_many_rows_lift_is_there_again(
    room: Storeroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not room.on_sqlite:
        pytest.skip("PostgreSQL has no such guard")
    monkeypatch.setattr(sqlite, "MANY", 1)
    test_no_row_can_be_changed_removed_or_replaced(_filled(room))
    assert room.problems() == []


def test_it_is_there_again_also_where_putting_the_rows_in_failed(
    room: Storeroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not room.on_sqlite:
        pytest.skip("PostgreSQL has no such guard")
    text, reading = sample()
    monkeypatch.setattr(sqlite, "MANY", 1)
    real = sqlite._insertion

    def failing(table: Table) -> str:
        return real(table).replace("VALUES", "OLAV") if table.name == "claim_bodies" else real(table)

    with open_ledger(room.where) as ledger:
        with monkeypatch.context() as patch:
            patch.setattr(sqlite, "_insertion", failing)
            with pytest.raises(LedgerError):
                ledger.add(text, b"raw", reading, NOON)
        assert ledger.documents() == []
        assert ledger.verify().problems == ()
        assert ledger.add(text, b"raw", reading, NOON).status == "new"


@pytest.mark.parametrize("way", ["drop", "switch off", "hollow out"])
def test_a_missing_guard_is_reported(filled: Storeroom, way: str) -> None:
    statement = "DROP TRIGGER claims_no_update"
    if not filled.on_sqlite:
        statement = {
            "drop": "DROP TRIGGER claims_no_update ON claims",
            "switch off": "ALTER TABLE claims DISABLE TRIGGER claims_no_update",
            "hollow out": "CREATE OR REPLACE FUNCTION oskil_append_only() RETURNS trigger "
            "LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
        }[way]
    with filled.stranger() as connection:
        connection.exec_driver_sql(statement)
    problems = filled.problems()
    assert any(re.search("claims_no_update.* gone or altered", line) for line in problems)
