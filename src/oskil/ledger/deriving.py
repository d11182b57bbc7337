"""Gathers the rows that follow from what entries record, and writes them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from oskil.ledger import rows, schema
from oskil.ledger.amendment import Amendment
from oskil.ledger.database import Database
from oskil.ledger.rows import DocumentEntry, Row, StandsIn
from oskil.records import Claim, Reading

# Parents before the children that refer to them.
_ORDER = (
    schema.entries,
    schema.setbacks,
    schema.documents,
    schema.readings,
    schema.voices,
    schema.claims,
    schema.claim_bodies,
    schema.claim_places,
    schema.amendments,
    schema.refusals,
)
# How many names are looked up by one query.
_AT_ONCE = 500


class Derived:
    """The rows of one transaction. Nothing is written before `flush`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._connection = connection
        self._database = database
        self._rows: dict[Table, list[Row]] = defaultdict(list)
        self._number = self._last(schema.claims.c.number)
        self._voice = self._last(schema.voices.c.id)
        self._voices: dict[str, int] = {}

    def _last(self, column: Any) -> int:
        return self._connection.scalar(select(func.max(column))) or 0

    def document(self, seq: int, entry: DocumentEntry, body: str) -> None:
        """A document."""
        self._rows[schema.documents].append(rows.document_row(seq, entry, body))

    def reading(self, seq: int, document: int, reading: Reading, body: str) -> None:
        """A reading, but for its claims."""
        self._rows[schema.readings].append(rows.reading_row(seq, document, reading, body))

    def claims(self, stands_in: StandsIn, found: Sequence[tuple[Claim, str]]) -> None:
        """Claims with their canonical JSON."""
        numbers = self._voices_of([rows.names_of(claim) for claim, _ in found])
        narrow, bodies, places = (
            self._rows[table] for table in (schema.claims, schema.claim_bodies, schema.claim_places)
        )
        for (claim, body), voice in zip(found, numbers, strict=True):
            self._number += 1
            narrow.append(rows.claim_row(self._number, stands_in, voice, claim))
            bodies.append({"number": self._number, "body": body})
            places.extend(rows.place_rows(self._number, claim))

    def amendment(self, seq: int, document: int, amendment: Amendment, body: str) -> None:
        """A correction or withdrawal, but for a corrected claim."""
        self._rows[schema.amendments].append(rows.amendment_row(seq, document, amendment, body))

    def refusal(self, seq: int, body: str) -> None:
        """A refusal."""
        self._rows[schema.refusals].append({"entry": seq, "body": body})

    def _voices_of(self, names: Sequence[str]) -> list[int]:
        unseen = list(dict.fromkeys(name for name in names if name not in self._voices))
        table = schema.voices
        for start in range(0, len(unseen), _AT_ONCE):
            query = select(table.c.names, table.c.id).where(
                table.c.names.in_(unseen[start : start + _AT_ONCE])
            )
            self._voices.update({row.names: row.id for row in self._connection.execute(query)})
        for name in unseen:
            if name not in self._voices:
                self._voice += 1
                self._voices[name] = self._voice
                self._rows[table].append({"id": self._voice, "names": name})
        return [self._voices[name] for name in names]

    def flush(self, log: Sequence[Mapping[str, Any]], setbacks: Sequence[Mapping[str, Any]]) -> None:
        """Write the entries, then what follows from them."""
        self._rows[schema.entries].extend(map(dict, log))
        self._rows[schema.setbacks].extend(map(dict, setbacks))
        for table in _ORDER:
            if self._rows[table]:
                self._database.insert(self._connection, table, self._rows[table])
        self._rows.clear()
