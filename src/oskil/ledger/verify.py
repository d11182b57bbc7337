"""Proving the ledger: every hash computed again, every derived column, every quotation, every raw file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, func, select

from oskil.errors import LedgerBroken
from oskil.ledger import sqlite
from oskil.ledger.chain import BEFORE_THE_FIRST, Entry
from oskil.ledger.codec import parse, sha256
from oskil.ledger.raw import RawFolder
from oskil.ledger.rows import (
    DocumentEntry,
    Row,
    claim_columns,
    claims_payload,
    document_row,
    place_rows,
    reading_row,
)
from oskil.ledger.schema import claim_places, claims, documents, entries, readings, refusals
from oskil.ledger.stored import VerifyReport
from oskil.records import Claim, Document, Reading, Refusal, quotation

# The table whose rows an entry of each kind seals, and the column that names the entry.
_TABLES = {"document": documents, "reading": readings, "refusal": refusals}


def verify(connection: Connection, raw: RawFolder, head: str | None = None) -> VerifyReport:
    """Look at everything that is stored. Raises LedgerBroken only where the tables cannot be read at all."""
    proof = _Proof(connection, raw)
    problems = sqlite.damage(connection)
    log = [row._asdict() for row in connection.execute(select(entries).order_by(entries.c.seq))]
    problems += _chain_problems(log, head)
    for row in log:
        problems += proof.entry_problems(row)
    problems += proof.strays()
    return VerifyReport(
        entries=len(log),
        documents=proof.count(documents),
        claims=proof.count(claims),
        problems=tuple(problems),
        head=log[-1]["sha256"] if log else BEFORE_THE_FIRST,
    )


def _chain_problems(log: list[Row], head: str | None) -> Iterator[str]:
    previous, expected = BEFORE_THE_FIRST, 1
    for row in log:
        seq, seal = row["seq"], row["sha256"]
        if seq != expected:
            yield (
                f"entry {expected}: gone" if seq == expected + 1 else f"entries {expected} to {seq - 1}: gone"
            )
        if row["previous"] != previous:
            yield f"entry {seq}: does not follow from the entry before it"
        if Entry(seq, row["kind"], row["payload_sha256"], row["previous"], row["recorded_at"]).seal() != seal:
            yield f"entry {seq}: its hash is wrong"
        previous, expected = seal, seq + 1
    if head is not None and head not in {BEFORE_THE_FIRST, *(row["sha256"] for row in log)}:
        yield f"the entry with the hash {head} is gone"


class _Proof:
    """What is looked up again and again while the entries are gone through."""

    def __init__(self, connection: Connection, raw: RawFolder) -> None:
        self._connection = connection
        self._raw = raw
        self._document = lru_cache(maxsize=64)(self._load_document)

    def entry_problems(self, row: Row) -> Iterator[str]:
        """What does not hold of the rows that one entry seals."""
        seq, kind = row["seq"], row["kind"]
        check: Callable[[int, str], Iterator[str]] | None = {
            "document": self._document_problems,
            "reading": self._reading_problems,
            "claims": self._claims_problems,
            "refusal": self._refusal_problems,
        }.get(kind)
        if check is None:
            yield f"entry {seq}: of an unknown kind, {kind!r}"
            return
        try:
            yield from check(seq, row["payload_sha256"])
        except LedgerBroken as error:
            yield f"entry {seq}: {error}"
        except (TypeError, ValueError) as error:
            yield f"entry {seq}: a column holds what does not belong there: {error}"

    def _document_problems(self, seq: int, digest: str) -> Iterator[str]:
        row = self._sealed(documents, seq)
        if sha256(row["body"]) != digest:
            yield f"entry {seq}: document {row['id']} was changed"
        entry = parse(DocumentEntry, row["body"])
        yield from _differences(row, document_row(seq, entry), f"entry {seq}: document {row['id']}")
        try:
            self._raw.get(entry.raw_sha256)
        except OSError as error:
            yield f"entry {seq}: the raw bytes of document {row['id']} cannot be read: {error.strerror}"

    def _reading_problems(self, seq: int, digest: str) -> Iterator[str]:
        row = self._sealed(readings, seq)
        if sha256(row["body"]) != digest:
            yield f"entry {seq}: the reading of document {row['document']} was changed"
        reading = parse(Reading, row["body"])
        where = f"entry {seq}: the reading of document {row['document']}"
        yield from _differences(row, reading_row(seq, reading), where)

    def _refusal_problems(self, seq: int, digest: str) -> Iterator[str]:
        row = self._sealed(refusals, seq)
        if sha256(row["body"]) != digest:
            yield f"entry {seq}: a refusal was changed"
        parse(Refusal, row["body"])

    def _claims_problems(self, seq: int, digest: str) -> Iterator[str]:
        # The claims of a reading are sealed by the entry after its own.
        reading = seq - 1
        rows = self._all(select(claims).where(claims.c.reading == reading).order_by(claims.c.position))
        if sha256(claims_payload([row["body"] for row in rows])) != digest:
            yield f"entry {seq}: the claims of reading {reading} were changed"
        of = self._all(select(readings.c.document).where(readings.c.entry == reading))
        document = self._document(of[0]["document"]) if of else None
        if document is None:
            yield f"entry {seq}: the document of these claims is gone"
            return
        places: list[Row] = []
        for position, row in enumerate(rows):
            where = f"entry {seq}: claim {row['id']}"
            claim = parse(Claim, row["body"])
            if not _quotes(document, claim):
                yield f"{where}: its quotation is not at its place"
            expected = claim_columns(reading, position, claim, document.published_on)
            yield from _differences(row, expected, where)
            places += place_rows(reading, position, claim)
        stored = self._all(select(claim_places).where(claim_places.c.reading == reading))
        if _sorted(stored) != _sorted(places):
            yield f"entry {seq}: the index of places of reading {reading} was changed"

    def strays(self) -> Iterator[str]:
        """Rows that no entry of the log accounts for."""
        for kind, table in _TABLES.items():
            sealed = select(entries.c.seq).where(entries.c.kind == kind)
            for row in self._all(select(table.c.entry).where(table.c.entry.not_in(sealed))):
                yield f"a row of {table.name} belongs to entry {row['entry']}, which is no {kind}"
        sealed = select(entries.c.seq - 1).where(entries.c.kind == "claims")
        for table in (claims, claim_places):
            query = select(table.c.reading).where(table.c.reading.not_in(sealed)).distinct()
            for row in self._all(query):
                yield f"rows of {table.name} belong to reading {row['reading']}, which no entry seals"

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        return self._connection.scalar(select(func.count()).select_from(table)) or 0

    def _sealed(self, table: Table, seq: int) -> Row:
        rows = self._all(select(table).where(table.c.entry == seq))
        if not rows:
            raise LedgerBroken(f"its row in {table.name} is gone")
        return rows[0]

    def _load_document(self, document_id: str) -> Document | None:
        rows = self._all(select(documents.c.body).where(documents.c.id == document_id))
        return parse(DocumentEntry, rows[0]["body"]).document if rows else None

    def _all(self, query: Any) -> list[Row]:
        return [row._asdict() for row in self._connection.execute(query)]


def _quotes(document: Document, claim: Claim) -> bool:
    inside = all(0 <= span.start <= span.end <= len(document.text) for span in claim.spans)
    return inside and claim.quote == quotation(document.text, claim.spans)


def _differences(stored: Row, expected: Row, where: str) -> Iterator[str]:
    # The body is proved by its hash; a stored one may lack fields that records have gained since.
    for column, value in expected.items():
        if column != "body" and stored[column] != value:
            yield f"{where}: the column {column} does not match what was recorded"


def _sorted(rows: list[Row]) -> list[tuple[Any, ...]]:
    return sorted(tuple(sorted(row.items())) for row in rows)
