"""The ledger: what was read, by whom it was read, and when that was recorded. Append-only.

    with open_ledger("ledger.db") as ledger:
        ledger.add(document, raw, reading, datetime.now(UTC))
        for stored in ledger.claims(ClaimFilter(kind="control")):
            print(stored.claim.quote)

Every method raises LedgerError, in one clear line, where the store cannot be read or written, and
LedgerBroken where what it holds is damaged.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select
from sqlalchemy.exc import DBAPIError

from oskil.errors import LedgerError
from oskil.ledger import queries, schema, sqlite
from oskil.ledger.chain import append, stamp
from oskil.ledger.codec import canonical, parse, sha256
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.migrations import bring_up, stored_version
from oskil.ledger.raw import RawFolder
from oskil.ledger.rows import DocumentEntry, claim_row, claims_payload, document_row, place_rows, reading_row
from oskil.ledger.schema import claim_places, claims, documents, entries, readings, refusals
from oskil.ledger.stored import Added, LogEntry, Status, StoredClaim, StoredDocument, VerifyReport
from oskil.ledger.verify import verify
from oskil.records import Claim, Document, Reading, Refusal, quotation


def open_ledger(where: str | Path, *, create: bool = True) -> Ledger:
    """Open the ledger in a file, laying it out where there is none and `create` allows it."""
    path = Path(where)
    _check_path(path, create)
    engine = sqlite.open_engine(path)
    try:
        _make_ready(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(path, engine)


class Ledger:
    """An open ledger. Close it, or use it in a `with` statement."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._raw = RawFolder(path.with_name(path.name + ".raw"))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def add(self, document: Document, raw: bytes, reading: Reading, recorded_at: dt.datetime) -> Added:
        """Record a document, its raw bytes and its reading, all or nothing.

        A text that is there already adds nothing, unless the reader's name is new to it: then the
        reading is added. Raises LedgerError for a reading that is not of this document, a quotation
        that is not at its place, or bytes that are not those the document names.
        """
        moment = stamp(recorded_at)
        _check(document, raw, reading)
        with _plain_words(self.path), _writing(self._engine) as connection:
            status = _status(connection, document)
            if status != "known":
                self._record_document(connection, document, raw, moment)
            elif _was_read_by(connection, document.id, reading.reader):
                return Added("known", document.id, 0)
            _record_reading(connection, document, reading, moment)
        return Added(status, document.id, len(reading.claims))

    def add_many(
        self, read: Iterable[tuple[Document, bytes, Reading]], recorded_at: dt.datetime
    ) -> Iterator[Added]:
        """Record many documents with their raw bytes and readings, each as `add` does; one answer for each.

        Each document is recorded whole or not at all, and stays once its answer was given, whatever
        becomes of those after it.
        """
        for document, raw, reading in read:
            yield self.add(document, raw, reading, recorded_at)

    def refuse(self, refusal: Refusal, recorded_at: dt.datetime) -> None:
        """Record an input that could not be read, with its reason."""
        body = canonical(refusal)
        with _plain_words(self.path), _writing(self._engine) as connection:
            seq = append(connection, "refusal", body, stamp(recorded_at))
            connection.execute(insert(refusals).values(entry=seq, body=body))

    def refusals(self) -> list[tuple[Refusal, dt.datetime]]:
        """Every refusal with the time it was recorded (UTC), in the order of recording."""
        query = select(refusals.c.body, entries.c.recorded_at).join(
            entries, entries.c.seq == refusals.c.entry
        )
        return [(parse(Refusal, row.body), _moment(row)) for row in self._rows(query.order_by(entries.c.seq))]

    def documents(
        self,
        latest: bool = True,
        as_known_on: dt.date | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[StoredDocument]:
        """The documents in the order of recording: the latest revisions, or all of them.

        `as_known_on` is the last day (UTC) whose recordings count; `limit` and `offset` cut a page.
        """
        query = queries.stored_documents(latest, as_known_on).limit(limit).offset(offset)
        return [_stored_document(row) for row in self._rows(query)]

    def document(self, id_or_prefix: str) -> StoredDocument:
        """The document with this id, or with the only id that begins so."""
        whole = self._whole_id(documents.c.id, id_or_prefix, "document")
        query = queries.stored_documents(latest=False, day=None).where(documents.c.id == whole)
        return _stored_document(self._rows(query)[0])

    def reading(self, document_id: str) -> Reading:
        """The latest reading of a document, with its claims."""
        whole = self._whole_id(documents.c.id, document_id, "document")
        query = select(readings.c.entry, readings.c.body).where(readings.c.document == whole)
        newest = self._rows(query.order_by(readings.c.entry.desc()).limit(1))[0]
        bodies = select(claims.c.body).where(claims.c.reading == newest.entry).order_by(claims.c.position)
        found = tuple(parse(Claim, row.body) for row in self._rows(bodies))
        return replace(parse(Reading, newest.body), claims=found)

    def raw(self, document_id: str) -> bytes:
        """The bytes a document was read from. Raises LedgerBroken where they are gone or changed."""
        whole = self._whole_id(documents.c.id, document_id, "document")
        body = self._rows(select(documents.c.body).where(documents.c.id == whole))[0].body
        with _plain_words(self.path):
            return self._raw.get(parse(DocumentEntry, body).raw_sha256)

    def claims(self, wanted: ClaimFilter | None = None) -> list[StoredClaim]:
        """The claims that fulfil a filter, in the order of recording and of the text."""
        wanted = wanted or ClaimFilter()
        if wanted.document:
            whole = self._whole_id(documents.c.id, wanted.document, "document")
            wanted = replace(wanted, document=whole)
        return [_stored_claim(row) for row in self._rows(queries.filtered_claims(wanted))]

    def claim(self, id_or_prefix: str) -> StoredClaim:
        """The claim with this id, or with the only id that begins so; of its newest reading."""
        whole = self._whole_id(claims.c.id, id_or_prefix, "claim")
        return _stored_claim(self._rows(queries.stored_claims().where(claims.c.id == whole))[-1])

    def head(self) -> LogEntry | None:
        """The last entry of the log; None where nothing was recorded."""
        found = self._rows(queries.log().order_by(entries.c.seq.desc()).limit(1))
        return _log_entry(found[0]) if found else None

    def log(self, after: int, limit: int = 500) -> list[LogEntry]:
        """The entries that follow number `after`, oldest first, at most `limit` of them."""
        wanted = queries.log().where(entries.c.seq > after).order_by(entries.c.seq).limit(limit)
        return [_log_entry(row) for row in self._rows(wanted)]

    def verify(self, head: str | None = None) -> VerifyReport:
        """Recompute every hash, find every quotation at its place, and list what does not hold.

        `head` is the hash of an entry that was noted earlier; its absence is a problem too.
        """
        with _plain_words(self.path), self._engine.connect() as connection:
            return verify(connection, self._raw, head)

    def _record_document(self, connection: Connection, document: Document, raw: bytes, moment: str) -> None:
        # The bytes first: a row without its bytes would be a broken ledger, bytes without a row are not.
        digest = self._raw.keep(raw)
        same_key = select(func.count()).select_from(documents).where(documents.c.key == document.key)
        entry = DocumentEntry(document, 1 + (connection.scalar(same_key) or 0), digest)
        seq = append(connection, "document", canonical(entry), moment)
        connection.execute(insert(documents).values(document_row(seq, entry)))

    def _whole_id(self, column: Any, id_or_prefix: str, noun: str) -> str:
        if self._rows(select(column).where(column == id_or_prefix).limit(1)):
            return id_or_prefix
        begins = column.startswith(id_or_prefix, autoescape=True)
        found = [str(row[0]) for row in self._rows(select(column).where(begins).distinct().limit(2))]
        if not id_or_prefix or not found:
            raise LedgerError(f"no {noun} {id_or_prefix!r}", str(self.path))
        if len(found) > 1:
            raise LedgerError(f"more than one {noun} begins with {id_or_prefix!r}", str(self.path))
        return found[0]

    def _rows(self, query: Select[Any]) -> list[Any]:
        with _plain_words(self.path), self._engine.connect() as connection:
            return list(connection.execute(query))


def _make_ready(engine: Engine, path: Path) -> None:
    # A ledger that is up to date is opened without the write lock, so that readers need not wait.
    with _plain_words(path):
        with engine.connect() as connection:
            if stored_version(connection) == schema.SCHEMA_VERSION:
                return
        with _writing(engine) as connection:
            bring_up(connection, str(path))


def _check_path(path: Path, create: bool) -> None:
    if path.is_dir():
        raise LedgerError("not a ledger: a folder", str(path))
    if not path.exists():
        if not create:
            raise LedgerError("there is no ledger here", str(path))
        with _plain_words(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(path.parent, os.W_OK):
        raise LedgerError("the folder of the ledger cannot be written", str(path.parent))


def _check(document: Document, raw: bytes, reading: Reading) -> None:
    where = document.key
    if document.raw_sha256 and document.raw_sha256 != sha256(raw):
        raise LedgerError("the raw bytes are not those that the document names", where)
    if reading.document != document.id or any(c.document != document.id for c in reading.claims):
        raise LedgerError("the reading is of another document", where)
    for claim in reading.claims:
        if claim.quote != quotation(document.text, claim.spans):
            raise LedgerError(f"the quotation of claim {claim.id} is not at its place", where)


def _status(connection: Connection, document: Document) -> Status:
    if connection.scalar(select(documents.c.entry).where(documents.c.id == document.id)) is not None:
        return "known"
    same_key = select(documents.c.entry).where(documents.c.key == document.key).limit(1)
    return "new" if connection.scalar(same_key) is None else "revision"


def _was_read_by(connection: Connection, document_id: str, reader: str) -> bool:
    same = select(readings.c.entry).where(readings.c.document == document_id, readings.c.reader == reader)
    return connection.scalar(same.limit(1)) is not None


def _record_reading(connection: Connection, document: Document, reading: Reading, moment: str) -> None:
    bare = canonical(replace(reading, claims=()))
    seq = append(connection, "reading", bare, moment)
    connection.execute(insert(readings).values(reading_row(seq, reading)))
    day = document.published_on
    rows = [claim_row(seq, position, claim, day) for position, claim in enumerate(reading.claims)]
    append(connection, "claims", claims_payload([row["body"] for row in rows]), moment)
    if rows:
        connection.execute(insert(claims), rows)
    places = [row for n, claim in enumerate(reading.claims) for row in place_rows(seq, n, claim)]
    if places:
        connection.execute(insert(claim_places), places)


def _stored_document(row: Any) -> StoredDocument:
    entry = parse(DocumentEntry, row.body)
    return StoredDocument(entry.document, _moment(row), entry.revision, bool(row.latest))


def _log_entry(row: Any) -> LogEntry:
    return LogEntry(row.seq, row.kind, _moment(row), row.sha256, row.document)


def _stored_claim(row: Any) -> StoredClaim:
    return StoredClaim(parse(Claim, row.body), _moment(row), bool(row.latest))


def _moment(row: Any) -> dt.datetime:
    return dt.datetime.fromisoformat(row.recorded_at)


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise sqlite.explain(error, str(path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise LedgerError(f"cannot be written or read: {reason.lower()}", str(path)) from error
