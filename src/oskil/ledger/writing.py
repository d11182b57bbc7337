"""Adding: documents with their readings in batches, refusals, corrections and withdrawals."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from oskil.errors import LedgerError
from oskil.ledger.amendment import DOCUMENT_FIELDS, Amendment
from oskil.ledger.chain import Chain
from oskil.ledger.codec import canonical, parse, sha256
from oskil.ledger.database import Database
from oskil.ledger.deriving import Derived
from oskil.ledger.rows import (
    DocumentEntry,
    StandsIn,
    bare_reading,
    check_id,
    claims_payload,
    indexable,
)
from oskil.ledger.schema import claims, documents, readings
from oskil.ledger.stored import Added, Status
from oskil.records import Document, Reading, Refusal, quotation

# A batch is full with so many documents, claims or bytes, or when its first document has waited so long.
MOST_DOCUMENTS, MOST_CLAIMS, MOST_BYTES, LONGEST_WAIT = 500, 20_000, 32 * 2**20, 2.0


@dataclass(frozen=True, slots=True)
class Read:
    """A document with its bytes, their hash, and its reading; proved to belong together."""

    document: Document
    raw: bytes
    digest: str
    reading: Reading


class Prover:
    """Makes `Read`s; the same bytes for many documents in a row are hashed once."""

    def __init__(self) -> None:
        self._raw: bytes | None = None
        self._digest = ""

    def prove(self, document: Document, raw: bytes, reading: Reading) -> Read:
        """Raises LedgerError for what could never be proved afterwards."""
        if raw is not self._raw:
            self._raw, self._digest = raw, sha256(raw)
        where = document.key
        check_id(document)
        if document.raw_sha256 and document.raw_sha256 != self._digest:
            raise LedgerError("the raw bytes are not those that the document names", where)
        if reading.document != document.id or any(c.document != document.id for c in reading.claims):
            raise LedgerError("the reading is of another document", where)
        for claim in reading.claims:
            if claim.quote != quotation(document.text, claim.spans):
                raise LedgerError(f"the quotation of claim {claim.id} is not at its place", where)
        return Read(document, raw, self._digest, reading)


def batches(read: Iterable[tuple[Document, bytes, Reading]]) -> Iterator[list[Read]]:
    """The documents in batches. Where taking or proving one fails, those before it come first."""
    prover, batch = Prover(), list[Read]()
    claims_in = bytes_in = 0
    began = time.monotonic()
    try:
        for document, raw, reading in read:
            one = prover.prove(document, raw, reading)
            if not batch:
                began = time.monotonic()
            batch.append(one)
            claims_in += len(reading.claims)
            bytes_in += len(raw) + len(document.text)
            full = len(batch) >= MOST_DOCUMENTS or claims_in >= MOST_CLAIMS or bytes_in >= MOST_BYTES
            if full or time.monotonic() - began > LONGEST_WAIT:
                yield batch
                batch, claims_in, bytes_in = [], 0, 0
    except (Exception, KeyboardInterrupt):
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def add(connection: Connection, database: Database, batch: Sequence[Read], moment: str) -> list[Added]:
    """Record a batch, in the caller's transaction."""
    there = _There(connection, batch)
    new = {one.document.id: one for one in batch if one.document.id not in there.entry}
    # The bytes first: a row without its bytes would be a broken ledger, bytes without a row are not.
    database.raw.keep_all((one.digest, one.raw) for one in new.values())
    chain, derived = Chain(connection), Derived(connection, database)
    with _without_collecting():
        added = [_add_one(one, there, chain, derived, moment) for one in batch]
        derived.flush(chain.rows, chain.setbacks)
    return added


@contextmanager
def _without_collecting() -> Iterator[None]:
    """The rows of a batch are many and refer to nothing in circles: looking for circles among them, again and
    again, took a tenth of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _There:
    """What the ledger has already of a batch, kept up as the batch is added."""

    def __init__(self, connection: Connection, batch: Sequence[Read]) -> None:
        ids = {one.document.id for one in batch}
        found = connection.execute(select(documents.c.id, documents.c.entry).where(documents.c.id.in_(ids)))
        self.entry: dict[str, int] = {row.id: row.entry for row in found}
        keys = {indexable(one.document.key) for one in batch}
        counted = select(documents.c.key, func.count()).where(documents.c.key.in_(keys))
        rows = connection.execute(counted.group_by(documents.c.key))
        self._revisions = {str(row[0]): int(row[1]) for row in rows}
        known = list(self.entry.values())
        by = select(readings.c.document, readings.c.reader).where(readings.c.document.in_(known))
        self._read_by = {(row.document, row.reader) for row in connection.execute(by)}

    def revision(self, key: str) -> int:
        """The number of the next revision under a key."""
        name = indexable(key)
        self._revisions[name] = self._revisions.get(name, 0) + 1
        return self._revisions[name]

    def is_read(self, entry: int, reader: str) -> bool:
        """Whether a reader has read a document already; if not, it has now."""
        pair = (entry, indexable(reader))
        if pair in self._read_by:
            return True
        self._read_by.add(pair)
        return False


def _add_one(one: Read, there: _There, chain: Chain, derived: Derived, moment: str) -> Added:
    document, reading = one.document, one.reading
    status: Status = "known"
    if document.id not in there.entry:
        entry = DocumentEntry(document, there.revision(document.key), one.digest)
        status = "new" if entry.revision == 1 else "revision"
        body = canonical(entry)
        there.entry[document.id] = chain.append("document", body, moment)
        derived.document(there.entry[document.id], entry, body)
    at = there.entry[document.id]
    if there.is_read(at, reading.reader):
        return Added(status, document.id, 0)
    bare = bare_reading(reading)
    seq = chain.append("reading", bare, moment)
    derived.reading(seq, at, reading, bare)
    found = [(claim, canonical(claim)) for claim in reading.claims]
    chain.append("claims", claims_payload([body for _, body in found]), moment)
    derived.claims(StandsIn(seq, at, document.published_on), found)
    return Added(status, document.id, len(found))


def refuse(connection: Connection, database: Database, refusal: Refusal, moment: str) -> None:
    """Record a refusal, in the caller's transaction."""
    chain, derived = Chain(connection), Derived(connection, database)
    body = canonical(refusal)
    derived.refusal(chain.append("refusal", body, moment), body)
    derived.flush(chain.rows, chain.setbacks)


def amend(connection: Connection, database: Database, amendment: Amendment, moment: str) -> None:
    """Record a correction or withdrawal, in the caller's transaction.

    Raises LedgerError for one that does not fit what is there.
    """
    row = connection.execute(
        select(documents.c.entry, documents.c.body).where(documents.c.id == amendment.document)
    ).first()
    if row is None:
        raise LedgerError(f"no document {amendment.document!r}")
    document = parse(DocumentEntry, row.body).document
    _check_amendment(connection, amendment, document, int(row.entry))
    chain, derived = Chain(connection), Derived(connection, database)
    body = canonical(amendment)
    seq = chain.append("amendment", body, moment)
    derived.amendment(seq, row.entry, amendment, body)
    if amendment.claim is not None:
        stands_in = StandsIn(seq, row.entry, document.published_on, corrected=True)
        derived.claims(stands_in, [(amendment.claim, canonical(amendment.claim))])
    derived.flush(chain.rows, chain.setbacks)


def _check_amendment(connection: Connection, amendment: Amendment, document: Document, entry: int) -> None:
    where = amendment.target
    if not amendment.reason.strip() or not amendment.by.strip():
        raise LedgerError(f"a {amendment.action} needs a reason and who says so", where)
    claim = amendment.claim
    if (claim is not None) != (amendment.noun == "claim" and amendment.action == "correction"):
        raise LedgerError("the correction of a claim needs the corrected claim, and nothing else does", where)
    wrong = [name for name in amendment.fields if name not in DOCUMENT_FIELDS]
    if wrong:
        raise LedgerError(f"of a document, {', '.join(wrong)} cannot be corrected", where)
    if amendment.noun == "document":
        if amendment.target != document.id:
            raise LedgerError("the amendment is of another document", where)
        return
    same = select(claims.c.number).where(claims.c.id == indexable(where), claims.c.document == entry)
    if connection.scalar(same.limit(1)) is None:
        raise LedgerError(f"no claim {where!r} in this document", document.id)
    if claim is not None and (
        claim.id != where
        or claim.document != document.id
        or claim.quote != quotation(document.text, claim.spans)
    ):
        raise LedgerError("a corrected claim keeps its id, and its quotation is at its place", where)
