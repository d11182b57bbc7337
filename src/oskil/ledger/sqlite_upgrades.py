"""Brings a file of an older version up: from each version to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from oskil.ledger import schema
from oskil.ledger.codec import parse
from oskil.ledger.deriving import Derived
from oskil.ledger.rows import DocumentEntry, StandsIn
from oskil.records import Claim, Reading

if TYPE_CHECKING:
    from oskil.ledger.sqlite import SQLite

_REBUILT = ("claim_places", "claims", "readings", "documents")


def _from_1_to_2(connection: Connection, database: SQLite) -> None:
    """All that is derived is laid out anew; the entries and what they seal stay as they are."""
    run = connection.exec_driver_sql
    for kind in ("trigger", "index"):
        made = (
            run(f"SELECT name FROM sqlite_master WHERE type = '{kind}' AND sql IS NOT NULL").scalars().all()
        )
        for name in made:
            run(f"DROP {kind} {name}")
    for table in _REBUILT:
        run(f"ALTER TABLE {table} RENAME TO old_{table}")
    schema.metadata.create_all(connection)
    for index in schema.entries.indexes:
        index.create(connection, checkfirst=True)
    _copy(connection, database)
    run(
        "INSERT INTO setbacks SELECT seq FROM (SELECT seq, recorded_at, max(recorded_at) OVER (ORDER BY seq) "
        "AS newest FROM entries) WHERE recorded_at < newest"
    )
    for table in _REBUILT:
        run(f"DROP TABLE old_{table}")
    database.protect(connection)


def _copy(connection: Connection, database: SQLite) -> None:
    derived = Derived(connection, database)
    of: dict[str, tuple[int, Any]] = {}
    for row in _all(connection, "SELECT entry, body FROM old_documents ORDER BY entry"):
        entry = parse(DocumentEntry, row.body)
        of[entry.document.id] = (row.entry, entry.document.published_on)
        derived.document(row.entry, entry, row.body)
    derived.flush((), ())
    for row in _all(connection, "SELECT entry, document, body FROM old_readings ORDER BY entry"):
        seq, day = of[row.document]
        derived.reading(row.entry, seq, parse(Reading, row.body), row.body)
        bodies = _all(
            connection, f"SELECT body FROM old_claims WHERE reading = {row.entry} ORDER BY position"
        )
        found = [(parse(Claim, claim.body), claim.body) for claim in bodies]
        derived.claims(StandsIn(row.entry, seq, day), found)
        derived.flush((), ())


def _all(connection: Connection, statement: str) -> list[Any]:
    return list(connection.execute(text(statement)))


STEPS: Mapping[int, Callable[[Connection, SQLite], None]] = {1: _from_1_to_2}
