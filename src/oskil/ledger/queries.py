"""The questions put to the tables, as SQLAlchemy selects that any of its databases answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true, tuple_

from oskil.ledger.filters import ClaimFilter
from oskil.ledger.rows import fold
from oskil.ledger.schema import claim_places, claims, documents, entries, readings


def known(day: dt.date | None) -> ColumnElement[bool]:
    """Recorded by the end of a day (UTC), for a select that joins `entries`; always true without a day."""
    if day is None or day == dt.date.max:
        return true()
    return entries.c.recorded_at < (day + dt.timedelta(days=1)).isoformat()


def latest_documents(day: dt.date | None) -> Select[tuple[int]]:
    """The entries of the latest revision under each key, as known on a day."""
    return (
        select(func.max(documents.c.entry))
        .join(entries, entries.c.seq == documents.c.entry)
        .where(known(day))
        .group_by(documents.c.key)
        .correlate(None)
    )


def latest_readings(day: dt.date | None) -> Select[tuple[int]]:
    """The entries of the latest reading of each latest revision, as known on a day."""
    return (
        select(func.max(readings.c.entry))
        .join(documents, documents.c.id == readings.c.document)
        .join(entries, entries.c.seq == readings.c.entry)
        .where(documents.c.entry.in_(latest_documents(day)), known(day))
        .group_by(readings.c.document)
        .correlate(None)
    )


def log() -> Select[Any]:
    """Entries of the log, with the id of the document that they recorded, if they did."""
    columns = (entries.c.seq, entries.c.kind, entries.c.recorded_at, entries.c.sha256)
    joined = entries.outerjoin(documents, documents.c.entry == entries.c.seq)
    return select(*columns, documents.c.id.label("document")).select_from(joined)


def stored_documents(latest: bool, day: dt.date | None) -> Select[Any]:
    """Documents in the order of recording: body, time of recording, whether it is the latest."""
    newest = documents.c.entry.in_(latest_documents(day))
    return (
        select(documents.c.body, entries.c.recorded_at, newest.label("latest"))
        .join(entries, entries.c.seq == documents.c.entry)
        .where(known(day), newest if latest else true())
        .order_by(documents.c.entry)
    )


def stored_claims(day: dt.date | None = None) -> Select[Any]:
    """Claims in the order of recording: body, time of recording, whether it is of the latest reading."""
    newest = claims.c.reading.in_(latest_readings(day))
    return (
        select(claims.c.body, entries.c.recorded_at, newest.label("latest"))
        .join(entries, entries.c.seq == claims.c.reading)
        .where(known(day))
        .order_by(claims.c.reading, claims.c.position)
    )


def filtered_claims(wanted: ClaimFilter) -> Select[Any]:
    """The claims that fulfil a filter. Its `document` must be a whole id."""
    query = stored_claims(wanted.as_known_on).where(and_(true(), *_conditions(wanted)))
    if wanted.limit is not None or wanted.offset:
        query = query.limit(wanted.limit).offset(wanted.offset)
    return query


def _conditions(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    held: list[ColumnElement[bool]] = []
    if wanted.latest:
        held.append(claims.c.reading.in_(latest_readings(wanted.as_known_on)))
    if wanted.places:
        at = select(claim_places.c.reading, claim_places.c.position)
        at = at.where(claim_places.c.place.in_(wanted.places))
        held.append(tuple_(claims.c.reading, claims.c.position).in_(at))
    if wanted.speaker:
        held.append(claims.c.voices.contains(fold(wanted.speaker), autoescape=True))
    if wanted.kind:
        held.append(claims.c.kind == wanted.kind)
    if wanted.side:
        held.append(claims.c.side == wanted.side)
    if wanted.since:
        held.append(claims.c.last_day >= wanted.since)
    if wanted.until:
        held.append(claims.c.first_day <= wanted.until)
    if wanted.document:
        read = select(readings.c.entry).where(readings.c.document == wanted.document)
        held.append(claims.c.reading.in_(read))
    return held
