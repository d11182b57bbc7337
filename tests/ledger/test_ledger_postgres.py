"""What goes wrong with a server is told in one line, without the password, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_samples import NOON, sample
from ledger_storeroom import Storeroom
from sqlalchemy import create_engine, text

from benchmarks.postgresql import Server
from oskil.errors import LedgerError
from oskil.ledger import postgres, sqlite
from oskil.ledger.store import Ledger, open_ledger
from oskil.records import Reading


def told(call: Callable[[], Any]) -> str:
    """The one line of the LedgerError that the call raises."""
    with pytest.raises(LedgerError) as caught:
        call()
    line = str(caught.value)
    assert "\n" not in line and "secret" not in line and len(line) < 300
    return line


def plain(server: Server, database: str = "postgres") -> Any:
    address = server.address.replace("postgresql://", "postgresql+psycopg://").replace(
        "/postgres", f"/{database}"
    )
    return create_engine(address, isolation_level="AUTOCOMMIT")


def test_a_server_that_dies_is_told_and_keeps_what_was_acknowledged(server: Server, tmp_path: Path) -> None:
    document, reading = sample()
    with open_ledger(f"{server.address}&schema=dying&raw={tmp_path}") as ledger:
        ledger.add(document, b"raw", reading, NOON)
        with ledger._engine.connect() as held:
            held.execute(text("SELECT 1"))
            server.restart()
            line = told(lambda: _ask(ledger, held))
            assert "broke" in line or "stopped" in line or "cannot be" in line
            held.invalidate()
        ledger._engine.dispose()
        assert ledger.verify().problems == () and len(ledger.claims()) == 2


def _ask(ledger: Ledger, held: Any) -> None:
    from oskil.ledger.store import _plain_words

    with _plain_words(ledger._database):
        held.execute(text("SELECT 1"))


def test_what_is_no_ledger_is_left_as_it_is(server: Server, tmp_path: Path) -> None:
    assert 'database "none" does not exist' in told(
        lambda: open_ledger(server.address.replace("/postgres?", "/none?"))
    )
    here = f"{server.address}&raw={tmp_path}"
    assert "there is no ledger here" in told(lambda: open_ledger(f"{here}&schema=none", create=False))
    engine = plain(server)
    with engine.connect() as connection:
        connection.execute(text("CREATE SCHEMA theirs"))
        connection.execute(text("CREATE TABLE theirs.notes (note text)"))
        connection.execute(
            text("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        )
    engine.dispose()
    assert "another program's" in told(lambda: open_ledger(f"{here}&schema=theirs"))
    assert "encoding UTF8, not LATIN1" in told(lambda: open_ledger(here.replace("/postgres?", "/latin?")))


def test_a_user_who_may_only_read_is_told_so(server: Server, tmp_path: Path) -> None:
    document, reading = sample()
    here = f"{server.address}&schema=guarded&raw={tmp_path}"
    with open_ledger(here) as ledger:
        ledger.add(document, b"raw", reading, NOON)
    engine = plain(server)
    with engine.connect() as connection:
        for statement in (
            "CREATE USER reader",
            "GRANT USAGE ON SCHEMA guarded TO reader",
            "GRANT SELECT ON ALL TABLES IN SCHEMA guarded TO reader",
        ):
            connection.execute(text(statement))
    engine.dispose()
    with open_ledger(here.replace("tester@", "reader:secret@"), create=False) as ledger:
        assert len(ledger.claims()) == 2
        other = Reading(document.id, "rules 2")
        assert "may not be used by this user" in told(lambda: ledger.add(document, b"raw", other, NOON))


def test_a_lock_that_is_held_too_long_is_told(room: Storeroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "BUSY_SECONDS", 1)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 1.0)
    document, reading = sample()
    with open_ledger(room.where) as holder, open_ledger(room.where) as other:
        with holder._writing():
            line = told(lambda: other.add(document, b"raw", reading, NOON))
            assert "another process has held the ledger" in line
        assert other.add(document, b"raw", reading, NOON).status == "new"
