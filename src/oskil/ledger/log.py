"""The whole log, entry by entry with what each sealed: out of one ledger, and into another as it is."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from oskil.errors import LedgerBroken, LedgerError
from oskil.ledger import schema
from oskil.ledger.amendment import Amendment
from oskil.ledger.chain import Chain, Entry
from oskil.ledger.codec import canonical, decode, parse, sha256
from oskil.ledger.database import Database
from oskil.ledger.deriving import Derived
from oskil.ledger.rows import DocumentEntry, StandsIn, claims_payload
from oskil.records import Claim, Reading

# Entries that are taken out by one round of queries.
AT_ONCE = 600
BODIES = {
    "document": schema.documents,
    "reading": schema.readings,
    "amendment": schema.amendments,
    "refusal": schema.refusals,
}


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry, its hash, and the canonical JSON that it sealed."""

    entry: Entry
    sha256: str
    payload: str


def sealed(connection: Connection, after: int = 0) -> Iterator[Sealed]:
    """Every entry after a number, in order. Raises LedgerBroken where what one sealed is gone."""
    last = connection.scalar(select(func.max(schema.entries.c.seq))) or 0
    for low in range(after + 1, last + 1, AT_ONCE):
        yield from _some(connection, low, low + AT_ONCE - 1)


def _some(connection: Connection, low: int, high: int) -> Iterator[Sealed]:
    payloads: dict[int, str] = {}
    for table in BODIES.values():
        query = select(table.c.entry, table.c.body).where(table.c.entry.between(low, high))
        payloads.update({row.entry: row.body for row in connection.execute(query)})
    claims, bodies = schema.claims, schema.claim_bodies
    query = (
        select(claims.c.reading, bodies.c.body)
        .join(bodies, bodies.c.number == claims.c.number)
        .where(claims.c.reading.between(low - 1, high - 1))
        .order_by(claims.c.reading, claims.c.number)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.reading].append(row.body)
    log = schema.entries
    for row in connection.execute(select(log).where(log.c.seq.between(low, high)).order_by(log.c.seq)):
        payload = claims_payload(found[row.seq - 1]) if row.kind == "claims" else payloads.get(row.seq)
        if payload is None:
            raise LedgerBroken("what it sealed is gone", f"entry {row.seq}")
        entry = Entry(row.seq, row.kind, row.payload_sha256, row.previous, row.recorded_at)
        yield Sealed(entry, row.sha256, payload)


def prove(one: Sealed) -> None:
    """Raises LedgerBroken where an entry's hashes are not those of what it says."""
    where = f"entry {one.entry.seq}"
    if sha256(one.payload) != one.entry.payload_sha256:
        raise LedgerBroken("what it sealed was changed", where)
    if one.entry.seal() != one.sha256:
        raise LedgerBroken("its hash is wrong", where)


def take(
    connection: Connection, database: Database, batch: Sequence[Sealed], raws: Iterable[tuple[str, bytes]]
) -> int:
    """Take entries as they are, in the caller's transaction; returns how many were new."""
    chain = Chain(connection)
    new = _new(connection, chain, batch)
    if not new:
        return 0
    database.raw.keep_all(_proved(raws))
    taking = _Taking(connection, database)
    for one in new:
        prove(one)
        if one.entry.previous != chain.head or one.entry.seq != chain.seq + 1:
            raise LedgerError("it does not go on from this ledger's last entry", f"entry {one.entry.seq}")
        chain.take(one.entry, one.sha256)
        taking.take(one)
    taking.derived.flush(chain.rows, chain.setbacks)
    return len(new)


def _new(connection: Connection, chain: Chain, batch: Sequence[Sealed]) -> list[Sealed]:
    there = [one for one in batch if one.entry.seq <= chain.seq]
    if there:
        log = schema.entries
        span = log.c.seq.between(there[0].entry.seq, there[-1].entry.seq)
        same = {
            row.seq: row.sha256 for row in connection.execute(select(log.c.seq, log.c.sha256).where(span))
        }
        for one in there:
            if same.get(one.entry.seq) != one.sha256:
                raise LedgerError(
                    "this ledger has another history: it holds something else here", f"entry {one.entry.seq}"
                )
    new = [one for one in batch if one.entry.seq > chain.seq]
    if new and new[0].entry.seq != chain.seq + 1:
        raise LedgerError(
            f"entries are missing before it; this ledger ends at {chain.seq}", f"entry {new[0].entry.seq}"
        )
    return new


def _proved(raws: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for digest, data in raws:
        if sha256(data) != digest:
            raise LedgerBroken("raw bytes do not have the hash that they are named by", digest)
        yield digest, data


class _Taking:
    """Turns entries into rows; knows which document and reading those after them belong to."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self.derived = Derived(connection, database)
        self._connection = connection
        self._raw = database.raw
        self._documents: dict[str, tuple[int, DocumentEntry]] = {}
        self._reading: tuple[int, str] | None = None

    def take(self, one: Sealed) -> None:
        """Raises LedgerBroken for what cannot be read, LedgerError for what belongs to nothing."""
        seq, payload = one.entry.seq, one.payload
        if one.entry.kind == "document":
            self._document(seq, payload)
        elif one.entry.kind == "reading":
            reading = parse(Reading, payload)
            self._reading = (seq, reading.document)
            self.derived.reading(seq, self._of(reading.document, seq)[0], reading, payload)
        elif one.entry.kind == "claims":
            self._claims(seq, payload)
        elif one.entry.kind == "amendment":
            self._amendment(seq, payload)
        elif one.entry.kind == "refusal":
            self.derived.refusal(seq, payload)
        else:
            raise LedgerError(f"of a kind that this Oskil does not know: {one.entry.kind!r}", f"entry {seq}")

    def _document(self, seq: int, payload: str) -> None:
        entry = parse(DocumentEntry, payload)
        if not self._raw.path(entry.raw_sha256).is_file():
            raise LedgerError(f"the raw bytes {entry.raw_sha256} did not come with it", f"entry {seq}")
        self._documents[entry.document.id] = (seq, entry)
        self.derived.document(seq, entry, payload)

    def _claims(self, seq: int, payload: str) -> None:
        if self._reading is None or self._reading[0] != seq - 1:
            raise LedgerError("claims that do not follow their reading", f"entry {seq}")
        document, entry = self._of(self._reading[1], seq)
        # As values and back again: the text of each claim is cut out of nothing but its own.
        found = [(decode(Claim, value), canonical(value)) for value in json.loads(payload)]
        self.derived.claims(StandsIn(seq - 1, document, entry.document.published_on), found)

    def _amendment(self, seq: int, payload: str) -> None:
        amendment = parse(Amendment, payload)
        document, entry = self._of(amendment.document, seq)
        self.derived.amendment(seq, document, amendment, payload)
        if amendment.claim is not None:
            stands_in = StandsIn(seq, document, entry.document.published_on, corrected=True)
            self.derived.claims(stands_in, [(amendment.claim, canonical(amendment.claim))])

    def _of(self, document_id: str, seq: int) -> tuple[int, DocumentEntry]:
        if document_id not in self._documents:
            table = schema.documents
            query = select(table.c.entry, table.c.body).where(table.c.id == document_id)
            row = self._connection.execute(query).first()
            if row is None:
                raise LedgerError("its document is not there", f"entry {seq}")
            self._documents[document_id] = (row.entry, parse(DocumentEntry, row.body))
        return self._documents[document_id]
