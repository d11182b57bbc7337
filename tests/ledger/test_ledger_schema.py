"""The tables and the questions to them are those of any database that SQLAlchemy speaks to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ledger_samples import day
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import oskil.ledger
from oskil.ledger import queries
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.schema import metadata

FOLDER = Path(oskil.ledger.__file__).parent


def test_the_tables_can_be_laid_out_in_postgresql() -> None:
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        statement = str(CreateTable(table).compile(dialect=dialect))
        assert "SERIAL" not in statement, "numbers are given by the log, never by the database"
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_a_filter_with_everything_compiles_for_postgresql() -> None:
    wanted = ClaimFilter(
        places=(1, 2),
        speaker="marek",
        kind="control",
        side="AA",
        since=day("2022-09-01"),
        until=day("2022-09-08"),
        document="d",
        as_known_on=day("2022-09-08"),
        limit=5,
        offset=5,
    )
    compiled = queries.filtered_claims(wanted).compile(dialect=postgresql.dialect())
    assert "claim_places" in str(compiled)


@pytest.mark.parametrize("module", sorted(p.name for p in FOLDER.glob("*.py") if p.name != "sqlite.py"))
def test_only_one_module_speaks_sqlite(module: str) -> None:
    source = (FOLDER / module).read_text(encoding="utf-8")
    assert not re.search(r"PRAGMA|exec_driver_sql|sqlite_master|\btext\(|import sqlite3|RAISE\(", source)
