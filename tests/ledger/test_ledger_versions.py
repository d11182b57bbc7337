"""A ledger of the first version opens, keeps every hash, and answers as it did."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from ledger_samples import NOON, TEXT, day, document, sample

from oskil.errors import LedgerError
from oskil.ledger import sqlite_upgrades
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.raw import RawFolder
from oskil.ledger.schema import SCHEMA_VERSION
from oskil.ledger.sqlite import _triggers
from oskil.ledger.store import open_ledger
from oskil.records import Refusal

# Written by version 1: a document of two claims, a refusal, a revision of one claim, and that read anew
# without any; the revision's clock was a day behind the refusal's.
DUMP = Path(__file__).with_name("version_1.sql")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    folder = RawFolder(tmp_path / "ledger.db.raw")
    for data in (b"raw one", b"raw two"):
        folder.keep(data)
    return path


def versions(path: Path) -> list[int]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT version FROM versions ORDER BY version")]


def log(path: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM entries ORDER BY seq").fetchall()


def test_an_old_ledger_is_brought_up_once_and_proves_itself(old: Path) -> None:
    before = log(old)
    for _ in range(2):
        with open_ledger(old) as ledger:
            report = ledger.verify()
            assert (report.entries, report.documents, report.claims, report.problems) == (9, 2, 3, ())
    assert log(old) == before
    assert versions(old) == [1, 2, SCHEMA_VERSION]


def test_an_old_ledger_answers_as_it_did(old: Path) -> None:
    text, reading = sample()
    changed = document(TEXT.replace("ours", "lost"))
    with open_ledger(old) as ledger:
        assert [stored.document for stored in ledger.documents()] == [changed]
        assert ledger.reading(text.id) == reading
        assert ledger.claims() == []
        assert ledger.claims(ClaimFilter(latest=False, places=(13,)))[0].claim == reading.claims[1]
        # Known on the first day: both texts, as the clock was behind when the second was recorded.
        then = ledger.as_known_on(day("2022-09-09"))
        assert [one.claim.quote for one in then.claims()] == ["Brod is lost again"]
        assert then.refusals() == []
        assert ledger.refusals()[0][0] == Refusal("a.html", "empty")


def test_a_ledger_of_the_second_version_gets_its_index_and_keeps_all_else(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    text, reading = sample()
    with open_ledger(path) as ledger:
        ledger.add(text, b"raw", reading, NOON)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP INDEX claims_by_kind_and_days")
        connection.execute("DROP TRIGGER versions_no_delete")
        connection.execute("DELETE FROM versions")
        connection.execute("INSERT INTO versions VALUES (2, '2024-02-01')")
        connection.execute(_triggers()["versions_no_delete"])
        connection.commit()
    before = log(path)
    with open_ledger(path) as ledger:
        assert ledger.verify().problems == ()
    assert (versions(path), log(path)) == ([2, 3], before)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'claims_by_kind_and_days'")
        assert found.fetchone()


def test_a_migration_that_fails_leaves_the_older_version(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def step(connection: object, database: object) -> None:
        sqlite_upgrades._from_1_to_2(connection, database)  # type: ignore[arg-type]
        connection.exec_driver_sql("CREATE TABLE claims (note)")  # type: ignore[attr-defined]

    before = log(old)
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_upgrades, "STEPS", {1: step})
        with pytest.raises(LedgerError) as caught:
            open_ledger(old)
        assert "\n" not in str(caught.value)
    assert (versions(old), log(old)) == ([1], before)
    test_an_old_ledger_answers_as_it_did(old)
