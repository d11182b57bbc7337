"""Answers questions about what the ledger holds, each from one state of the database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, select

from oskil.errors import LedgerError
from oskil.ledger import queries
from oskil.ledger.amendment import Amendment
from oskil.ledger.codec import parse
from oskil.ledger.known import Known, known_on
from oskil.ledger.rows import DocumentEntry, indexable
from oskil.ledger.schema import amendments, claim_bodies, claims, documents, entries, readings, refusals
from oskil.ledger.stored import Holdings, LogEntry, StoredAmendment, StoredClaim, StoredDocument
from oskil.records import Claim, Reading, Refusal

# How many ids one query asks for.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Page:
    """How many to list at most, and how many to pass over before them."""

    limit: int | None = None
    offset: int = 0


def stored_documents(
    connection: Connection,
    latest: bool,
    day: dt.date | None,
    only: Sequence[str] | None = None,
    page: Page = Page(),
    begins: str = "",
) -> list[StoredDocument]:
    """Documents in the order of recording, corrected; `only` those with these ids, those whose key `begins`
    so, or a page of all.
    """
    known = known_on(connection, day)
    query = queries.stored_documents(latest, known)
    if begins:
        query = query.where(documents.c.key >= begins, documents.c.key < begins + "\U0010ffff")
    if page != Page():
        query = query.limit(page.limit).offset(page.offset)
    rows: list[Any] = []
    for asked in _asked(query, documents.c.id, only):
        rows += connection.execute(asked)
    corrected = _corrections(connection, known)
    return [_document(row, corrected) for row in rows]


def readings_of(connection: Connection, only: Sequence[str], day: dt.date | None) -> dict[str, Reading]:
    """The latest readings of documents, by the documents' ids, with the claims that stand: corrected where
    they were corrected, and without those withdrawn.
    """
    known = known_on(connection, day)
    bare: dict[str, tuple[int, str]] = {}
    for asked in _asked(queries.latest_readings(known), documents.c.id, only):
        bare.update({row.id: (row.entry, row.body) for row in connection.execute(asked)})
    amended = _amended_claims(connection, known, list(bare))
    found: dict[int, list[Claim]] = defaultdict(list)
    query = select(claims.c.reading, claims.c.id, claim_bodies.c.body).order_by(claims.c.number)
    query = query.join(claim_bodies, claim_bodies.c.number == claims.c.number)
    for asked in _asked(query, claims.c.reading, [entry for entry, _ in bare.values()]):
        for row in connection.execute(asked):
            claim: Claim | None = parse(Claim, row.body)
            if row.id in amended:
                claim = amended.pop(row.id)
            if claim is not None:
                found[row.reading].append(claim)
    # A correction outlives a reading that has no claim of this id any more.
    rest: dict[str, list[Claim]] = defaultdict(list)
    for claim in amended.values():
        if claim is not None:
            rest[claim.document].append(claim)
    return {
        key: replace(parse(Reading, body), claims=(*found[entry], *rest[key]))
        for key, (entry, body) in bare.items()
    }


def _amended_claims(connection: Connection, known: Known, ids: Sequence[str]) -> dict[str, Claim | None]:
    query = (
        select(amendments.c.target, amendments.c.body)
        .join(documents, documents.c.entry == amendments.c.document)
        .where(amendments.c.noun == "claim", known.holds(amendments.c.entry))
        .order_by(amendments.c.entry)
    )
    found: dict[str, Claim | None] = {}
    if connection.scalar(select(amendments.c.entry).limit(1)) is not None:
        for asked in _asked(query, documents.c.id, ids):
            for row in connection.execute(asked):
                found[row.target] = parse(Amendment, row.body).claim
    return found


def _corrections(connection: Connection, known: Known) -> dict[str, dict[str, str | None]]:
    # The fields of documents that were corrected, by the documents' ids; there are few.
    query = (
        select(amendments.c.target, amendments.c.body)
        .where(
            amendments.c.noun == "document",
            amendments.c.action == "correction",
            known.holds(amendments.c.entry),
        )
        .order_by(amendments.c.entry)
    )
    found: dict[str, dict[str, str | None]] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.target].update(parse(Amendment, row.body).fields)
    return found


def stored_amendments(
    connection: Connection, document: str | None, day: dt.date | None
) -> list[StoredAmendment]:
    """Corrections and withdrawals in the order of recording: all, or those in one document."""
    known = known_on(connection, day)
    query = (
        select(amendments.c.body, entries.c.recorded_at)
        .join(entries, entries.c.seq == amendments.c.entry)
        .where(known.holds(amendments.c.entry))
        .order_by(amendments.c.entry)
    )
    if document is not None:
        query = query.join(documents, documents.c.entry == amendments.c.document).where(
            documents.c.id == document
        )
    return [StoredAmendment(parse(Amendment, row.body), moment(row)) for row in connection.execute(query)]


def stored_refusals(connection: Connection, day: dt.date | None) -> list[tuple[Refusal, dt.datetime]]:
    """Refusals in the order of recording."""
    known = known_on(connection, day)
    query = (
        select(refusals.c.body, entries.c.recorded_at)
        .join(entries, entries.c.seq == refusals.c.entry)
        .where(known.holds(refusals.c.entry))
        .order_by(refusals.c.entry)
    )
    return [(parse(Refusal, row.body), moment(row)) for row in connection.execute(query)]


def stored_claim(connection: Connection, claim_id: str, day: dt.date | None) -> StoredClaim:
    """The claim with this id: as it stands, else as it was recorded last. It must have been known."""
    query = queries.stored_claims(known_on(connection, day), latest=False)
    rows = list(connection.execute(query.where(claims.c.id == claim_id)))
    standing = [row for row in rows if row.latest]
    return claim_of((standing or rows)[-1])


def revisions(connection: Connection, document_id: str, day: dt.date | None) -> list[StoredDocument]:
    """All revisions of the text that a document is one of, the first first."""
    key = select(documents.c.key).where(documents.c.id == document_id).scalar_subquery()
    same = list(connection.scalars(select(documents.c.id).where(documents.c.key == key)))
    return sorted(stored_documents(connection, False, day, same), key=lambda stored: stored.revision)


def holdings(connection: Connection, day: dt.date | None) -> Holdings:
    """How much there is."""
    known = known_on(connection, day)
    of_refusals = select(refusals.c.entry).where(known.holds(refusals.c.entry))
    asked = (
        queries.stored_documents(True, known),
        queries.stored_documents(False, known),
        queries.stored_claims(known, latest=True),
        of_refusals,
    )
    counts = (select(func.count()).select_from(query.order_by(None).subquery()) for query in asked)
    return Holdings(*(connection.scalar(query) or 0 for query in counts))


def head(connection: Connection, day: dt.date | None) -> LogEntry | None:
    """The last entry of the log that was known, or None where there is none."""
    known = known_on(connection, day)
    query = queries.log().where(known.holds(entries.c.seq)).order_by(entries.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return _log_entry(row) if row else None


def log(connection: Connection, after: int, limit: int, day: dt.date | None) -> list[LogEntry]:
    """The entries that follow a number, oldest first."""
    known = known_on(connection, day)
    query = queries.log().where(entries.c.seq > after, known.holds(entries.c.seq))
    return [_log_entry(row) for row in connection.execute(query.order_by(entries.c.seq).limit(limit))]


def readers_of(connection: Connection, only: Sequence[str], day: dt.date | None) -> dict[str, str]:
    """The readers of the latest readings of documents, by the documents' ids."""
    known = known_on(connection, day)
    found: dict[str, str] = {}
    query = (
        select(documents.c.id, readings.c.reader)
        .join(readings, readings.c.document == documents.c.entry)
        .where(known.holds(readings.c.entry))
        .order_by(readings.c.entry)
    )
    for asked in _asked(query, documents.c.id, only):
        found.update({row.id: row.reader for row in connection.execute(asked)})
    return found


def whole_id(connection: Connection, noun: str, id_or_prefix: str, day: dt.date | None, where: str) -> str:
    """The id that begins so. Raises LedgerError where there is none, or more than one."""
    column, entry = {
        "document": (documents.c.id, documents.c.entry),
        "claim": (claims.c.id, claims.c.reading),
    }[noun]
    query = select(column).where(known_on(connection, day).holds(entry))
    if connection.scalar(query.where(column == indexable(id_or_prefix)).limit(1)) is not None:
        return indexable(id_or_prefix)
    then = f" by the end of {day}" if day else ""
    found: list[str] = []
    if id_or_prefix:
        begins = query.where(column >= id_or_prefix, column < id_or_prefix + "\U0010ffff")
        found = [str(row) for row in connection.scalars(begins.distinct().limit(2))]
    if not found:
        raise LedgerError(f"no {noun} {id_or_prefix!r}{then}", where)
    if len(found) > 1:
        raise LedgerError(f"more than one {noun} begins with {id_or_prefix!r}", where)
    return found[0]


def claim_of(row: Any) -> StoredClaim:
    """A row of `queries.stored_claims` as a record."""
    claim = parse(Claim, row.body)
    return StoredClaim(claim, moment(row), bool(row.latest), int(row.number), bool(row.corrected))


def sides(connection: Connection) -> set[str]:
    """The sides of all claims, standing or not."""
    found = connection.scalars(select(claims.c.side).where(claims.c.side.is_not(None)).distinct())
    return {str(side) for side in found}


def moment(row: Any) -> dt.datetime:
    """When a row was recorded."""
    return dt.datetime.fromisoformat(row.recorded_at)


def _log_entry(row: Any) -> LogEntry:
    return LogEntry(row.seq, row.kind, moment(row), row.sha256, row.document)


def _document(row: Any, corrected: Mapping[str, Mapping[str, Any]]) -> StoredDocument:
    entry = parse(DocumentEntry, row.body)
    fields = corrected.get(row.id)
    document = replace(entry.document, **fields) if fields else entry.document
    return StoredDocument(
        document, moment(row), entry.revision, bool(row.latest), bool(row.withdrawn), bool(fields)
    )


def _asked(query: Select[Any], column: Any, only: Iterable[Any] | None) -> Iterator[Select[Any]]:
    if only is None:
        yield query
        return
    ids = list(dict.fromkeys(only))
    for start in range(0, len(ids), AT_ONCE):
        yield query.where(column.in_(ids[start : start + AT_ONCE]))
