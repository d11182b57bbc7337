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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from oskil.errors import LedgerError
from oskil.ledger import looking, schema, writing
from oskil.ledger.amendment import Amendment
from oskil.ledger.chain import stamp
from oskil.ledger.codec import parse
from oskil.ledger.database import Database, at
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.listing import listed
from oskil.ledger.log import Sealed, sealed, take
from oskil.ledger.migrations import bring_up, stored_version
from oskil.ledger.rows import DocumentEntry
from oskil.ledger.schema import documents
from oskil.ledger.stored import (
    Added,
    Holdings,
    LogEntry,
    StoredAmendment,
    StoredClaim,
    StoredDocument,
    VerifyReport,
)
from oskil.ledger.verify import verify
from oskil.records import Document, Reading, Refusal

# From so many additions by one call on, the database is told to look at its tables anew.
_MUCH = 2000


def open_ledger(where: str | Path, *, create: bool = True) -> Ledger:
    """Open the ledger in a file or at a `postgresql://` address, laying it out where there is none and
    `create` allows it.
    """
    database = at(where)
    with _plain_words(database):
        database.check(create)
    engine = database.engine()
    try:
        _make_ready(engine, database)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(database, engine)


class Ledger:
    """An open ledger. Close it, or use it in a `with` statement.

    `where` is its place, without a password. `day` is the last day (UTC) whose recordings count, for all
    that is asked; None is now.
    """

    def __init__(self, database: Database, engine: Engine, day: dt.date | None = None) -> None:
        self.where = database.where
        self.day = day
        self._database = database
        self._engine = engine

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def as_known_on(self, day: dt.date | None) -> Ledger:
        """The same ledger as it stood at the end of a day (UTC): whatever is asked, only what was recorded
        by then counts. Nothing can be added to it. Without a day, the ledger itself.
        """
        return self if day is None else Ledger(self._database, self._engine, self._day(day))

    def add(self, document: Document, raw: bytes, reading: Reading, recorded_at: dt.datetime) -> Added:
        """Record a document, its raw bytes and its reading, all or nothing.

        A text that is there already adds nothing, unless the reader's name is new to it: then the
        reading is added. Raises LedgerError for a reading that is not of this document, a quotation
        that is not at its place, or bytes that are not those the document names.
        """
        moment = stamp(recorded_at)
        one = writing.Prover().prove(document, raw, reading)
        with self._writing() as connection:
            return writing.add(connection, self._database, [one], moment)[0]

    def add_many(
        self, read: Iterable[tuple[Document, bytes, Reading]], recorded_at: dt.datetime
    ) -> Iterator[Added]:
        """Record many documents with their raw bytes and readings, each as `add` does; one answer for each.

        They are written in batches, each document whole or not at all; what was answered for stays,
        whatever becomes of those after it. Where taking the next document fails, those before it are
        recorded and answered for first.
        """
        moment = stamp(recorded_at)
        much = 0
        for batch in writing.batches(read):
            with self._writing() as connection:
                added = writing.add(connection, self._database, batch, moment)
            much += sum(one.status != "known" for one in added)
            yield from added
        if much >= _MUCH:
            self._settle()

    def refuse(self, refusal: Refusal, recorded_at: dt.datetime) -> None:
        """Record an input that could not be read, with its reason."""
        moment = stamp(recorded_at)
        with self._writing() as connection:
            writing.refuse(connection, self._database, refusal, moment)

    def amend(self, amendment: Amendment, recorded_at: dt.datetime) -> None:
        """Record a correction or a withdrawal; what it is of stays as it was, and is passed over in listings.

        Raises LedgerError where there is no such claim or document, or the correction does not fit it.
        """
        moment = stamp(recorded_at)
        with self._writing() as connection:
            writing.amend(connection, self._database, amendment, moment)

    def amendments(self, document_id: str | None = None) -> list[StoredAmendment]:
        """Corrections and withdrawals in the order of recording: all, or those of one document and in it."""
        with self._reading() as connection:
            whole = None if document_id is None else self._whole(connection, "document", document_id)
            return looking.stored_amendments(connection, whole, self.day)

    def refusals(self) -> list[tuple[Refusal, dt.datetime]]:
        """Every refusal with the time it was recorded (UTC), in the order of recording."""
        with self._reading() as connection:
            return looking.stored_refusals(connection, self.day)

    def documents(
        self,
        latest: bool = True,
        as_known_on: dt.date | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        begins: str = "",
    ) -> list[StoredDocument]:
        """The documents in the order of recording: the latest revisions that were not withdrawn, or all.

        `as_known_on` is the last day (UTC) whose recordings count; `limit` and `offset` cut a page. `begins`
        asks for those alone whose key begins so, up to 500 characters.
        """
        with self._reading() as connection:
            page, day = looking.Page(limit, offset), self._day(as_known_on)
            return looking.stored_documents(connection, latest, day, page=page, begins=begins)

    def document(self, id_or_prefix: str) -> StoredDocument:
        """The document with this id, or with the only id that begins so."""
        with self._reading() as connection:
            whole = self._whole(connection, "document", id_or_prefix)
            return looking.stored_documents(connection, False, self.day, [whole])[0]

    def documents_of(self, ids: Iterable[str]) -> dict[str, StoredDocument]:
        """The documents with these whole ids, by their ids, as far as there are such."""
        with self._reading() as connection:
            found = looking.stored_documents(connection, False, self.day, list(ids))
        return {stored.document.id: stored for stored in found}

    def revisions(self, id_or_prefix: str) -> list[StoredDocument]:
        """All revisions of the text that this document is one of, the first first."""
        with self._reading() as connection:
            whole = self._whole(connection, "document", id_or_prefix)
            return looking.revisions(connection, whole, self.day)

    def reading(self, document_id: str) -> Reading:
        """The latest reading of a document, with the claims of it that stand."""
        with self._reading() as connection:
            whole = self._whole(connection, "document", document_id)
            return looking.readings_of(connection, [whole], self.day)[whole]

    def readings_of(self, ids: Iterable[str]) -> dict[str, Reading]:
        """The same of many documents, by their whole ids."""
        with self._reading() as connection:
            return looking.readings_of(connection, list(ids), self.day)

    def readers_of(self, ids: Iterable[str]) -> dict[str, str]:
        """Who read these documents last, by the documents' whole ids, as far as there are such."""
        with self._reading() as connection:
            return looking.readers_of(connection, list(ids), self.day)

    def raw(self, document_id: str) -> bytes:
        """The bytes a document was read from. Raises LedgerBroken where they are gone or changed."""
        with self._reading() as connection:
            whole = self._whole(connection, "document", document_id)
            body = connection.scalar(select(documents.c.body).where(documents.c.id == whole)) or ""
            return self._database.raw.get(parse(DocumentEntry, body).raw_sha256)

    def claims(self, wanted: ClaimFilter | None = None) -> list[StoredClaim]:
        """The claims that fulfil a filter, in the order of recording and of the text."""
        wanted = wanted or ClaimFilter()
        wanted = replace(wanted, as_known_on=self._day(wanted.as_known_on))
        with self._reading() as connection:
            if wanted.document:
                wanted = replace(wanted, document=self._whole(connection, "document", wanted.document))
            return [looking.claim_of(row) for row in listed(connection, wanted)]

    def claim(self, id_or_prefix: str) -> StoredClaim:
        """The claim with this id, or with the only id that begins so; as it stands, else as it last was."""
        with self._reading() as connection:
            whole = self._whole(connection, "claim", id_or_prefix)
            return looking.stored_claim(connection, whole, self.day)

    def sides(self) -> set[str]:
        """Every side that a claim was ever spoken from."""
        with self._reading() as connection:
            return looking.sides(connection)

    def head(self) -> LogEntry | None:
        """The last entry of the log; None where nothing was recorded."""
        with self._reading() as connection:
            return looking.head(connection, self.day)

    def holdings(self) -> Holdings:
        """How much there is."""
        with self._reading() as connection:
            return looking.holdings(connection, self.day)

    def log(self, after: int, limit: int = 500) -> list[LogEntry]:
        """The entries that follow number `after`, oldest first, at most `limit` of them."""
        with self._reading() as connection:
            return looking.log(connection, after, limit, self.day)

    def sealed(self, after: int = 0) -> Iterator[Sealed]:
        """Every entry with what it sealed, in order; those after a number."""
        with self._reading() as connection:
            yield from sealed(connection, after)

    def raw_of(self, digest: str) -> bytes:
        """The raw bytes with this SHA-256. Raises LedgerBroken where they are gone or changed."""
        with _plain_words(self._database):
            return self._database.raw.get(digest)

    def take(self, batch: Sequence[Sealed], raws: Iterable[tuple[str, bytes]] = ()) -> int:
        """Take entries of another ledger's log, as they are; returns how many were new.

        They must go on where this ledger's log ends; those that it has already are passed over. Raises
        LedgerError where the two have different histories, and LedgerBroken for an entry that fails its
        own proof.
        """
        with self._writing() as connection:
            return take(connection, self._database, batch, raws)

    def verify(self, head: str | None = None) -> VerifyReport:
        """Recompute every hash, find every quotation at its place, and list what does not hold.

        `head` is the hash of an entry that was noted earlier; its absence is a problem too.
        """
        with self._reading() as connection:
            return verify(connection, self._database, head)

    def _settle(self) -> None:
        with _plain_words(self._database):
            self._database.settled(self._engine)

    def _day(self, day: dt.date | None) -> dt.date | None:
        return min(filter(None, (day, self.day)), default=None)

    def _whole(self, connection: Connection, noun: str, id_or_prefix: str) -> str:
        return looking.whole_id(connection, noun, id_or_prefix, self.day, self.where)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _plain_words(self._database), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.day is not None:
            raise LedgerError(f"the ledger as known on {self.day} cannot be written", self.where)
        with _plain_words(self._database), _alone(self._engine) as connection:
            yield connection


def _make_ready(engine: Engine, database: Database) -> None:
    # A ledger that is up to date is opened without the write lock, so that readers need not wait.
    with _plain_words(database):
        with engine.connect() as connection:
            if stored_version(connection) == schema.SCHEMA_VERSION:
                return
        with _alone(engine) as connection:
            bring_up(connection, database)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def _plain_words(database: Database) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise database.explain(error) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise LedgerError(f"cannot be written or read: {reason.lower()}", database.where) from error
