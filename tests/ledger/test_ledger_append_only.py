"""The database itself refuses to change or remove a row, whoever asks."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from ledger_samples import NOON, sample, withdrawal
from ledger_storeroom import Storeroom
from sqlalchemy.exc import DBAPIError

from oskil.ledger.schema import metadata
from oskil.ledger.store import open_ledger
from oskil.records import Refusal

TABLES = sorted(metadata.tables)


@pytest.fixture
def filled(room: Storeroom) -> Storeroom:
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
