"""The tables and the questions to them are those of any database that SQLAlchemy speaks to."""

from __future__ import annotations

import datetime as dt
import random
import re
from pathlib import Path

import pytest
from ledger_samples import NOON, claim, day, document, period
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import oskil.ledger
from oskil.ledger.days import node
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.rows import days
from oskil.ledger.schema import metadata
from oskil.ledger.store import open_ledger
from oskil.records import Reading

FOLDER = Path(oskil.ledger.__file__).parent
OWN = ("sqlite", "sqlite_upgrades", "postgres")


def test_the_tables_can_be_laid_out_in_postgresql() -> None:
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        statement = str(CreateTable(table).compile(dialect=dialect))
        assert "SERIAL" not in statement, "numbers are given by the log, never by the database"
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("module", sorted(p.name for p in FOLDER.glob("*.py") if p.stem not in OWN))
def test_only_its_own_modules_speak_one_databases_sql(module: str) -> None:
    source = (FOLDER / module).read_text(encoding="utf-8")
    theirs = r"PRAGMA|exec_driver_sql|sqlite_master|import[^\n]*\btext\b|import sqlite3|RAISE\("
    assert not re.search(theirs, source)


def test_every_node_of_the_tree_of_days_lies_in_its_period() -> None:
    rng = random.Random(3)
    days = [dt.date.fromordinal(730_000 + rng.randrange(3000)) for _ in range(400)]
    for first, last in zip(days[::2], days[1::2], strict=True):
        low, high = sorted((first, last))
        assert low.toordinal() <= node(low, high) <= high.toordinal()
    assert node(dt.date.min, dt.date.max) and node(dt.date.max, dt.date.max)


def test_windows_of_days_find_what_comparing_both_ends_finds(where: str | Path) -> None:
    rng = random.Random(7)
    text = document()
    ends = [None, *(day("2022-01-01") + dt.timedelta(days=n) for n in (0, 1, 2, 3, 31, 63, 64, 200, 500))]
    times = [period(a and str(a), b and str(b)) for a in ends for b in ends if not a or not b or a <= b]
    kinds = ("control", "strike", "losses")
    found = tuple(claim(text, "Brod", n, time=time, kind=kinds[n % 3]) for n, time in enumerate(times))
    with open_ledger(where) as ledger:
        ledger.add(text, b"raw", Reading(text.id, "rules 1", found), NOON)
        for _ in range(80):
            since, until = rng.choice(ends), rng.choice(ends)
            kind = rng.choice((None, *kinds))
            if since and until and since > until:
                continue
            wanted = [
                one.id
                for one in found
                for first, last in [days(one, text.published_on)]
                if (not since or last >= since) and (not until or first <= until)
                if kind in (None, one.kind)
            ]
            listed = ledger.claims(ClaimFilter(since=since, until=until, kind=kind))
            assert [stored.claim.id for stored in listed] == wanted, (since, until, kind)
