"""The questions put to the tables, as SQLAlchemy selects that any of its databases answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true

from oskil.ledger.days import overlapping
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.known import Known, newest_revision, stands, withdrawn
from oskil.ledger.rows import fold, indexable
from oskil.ledger.schema import (
    amendments,
    claim_bodies,
    claim_places,
    claims,
    documents,
    entries,
    readings,
    voices,
)

KIND_AND_DAYS = "kind and days"


def log() -> Select[Any]:
    """Entries of the log, with the id of the document that they recorded, if they did."""
    columns = (entries.c.seq, entries.c.kind, entries.c.recorded_at, entries.c.sha256)
    joined = entries.outerjoin(documents, documents.c.entry == entries.c.seq)
    return select(*columns, documents.c.id.label("document")).select_from(joined)


def stored_documents(latest: bool, known: Known) -> Select[Any]:
    """Documents in the order of recording: body, id, time of recording, whether it is the latest, and whether
    it was withdrawn. With `latest`, the latest revisions alone, and none that was withdrawn.
    """
    newest, gone = newest_revision(known), withdrawn(documents.c.entry, known)
    only = and_(newest, ~gone) if latest else true()
    return (
        select(
            documents.c.id,
            documents.c.body,
            entries.c.recorded_at,
            newest.label("latest"),
            gone.label("withdrawn"),
        )
        .join(entries, entries.c.seq == documents.c.entry)
        .where(known.holds(documents.c.entry), only)
        .order_by(documents.c.entry)
    )


def latest_readings(known: Known) -> Select[Any]:
    """The latest reading of each document: its entry, document's id, and body."""
    later = readings.alias()
    again = select(later.c.entry).where(
        later.c.document == readings.c.document, later.c.entry > readings.c.entry, known.holds(later.c.entry)
    )
    return (
        select(readings.c.entry, documents.c.id, readings.c.body)
        .join(documents, documents.c.entry == readings.c.document)
        .where(known.holds(readings.c.entry), ~again.exists())
        .order_by(readings.c.entry)
    )


def stored_claims(known: Known, latest: bool) -> Select[Any]:
    """Claims in the order of recording: number, body, time of recording, whether it stands, whether it is a
    correction. With `latest`, only those that stand.
    """
    standing = stands(known)
    # What was asked for need not be worked out once more.
    shown = true() if latest else standing
    return (
        select(
            claims.c.number,
            claim_bodies.c.body,
            entries.c.recorded_at,
            claims.c.corrected,
            shown.label("latest"),
        )
        .join(claim_bodies, claim_bodies.c.number == claims.c.number)
        .join(entries, entries.c.seq == claims.c.reading)
        # The sum keeps a database from going by the index of readings, and sorting all it finds there.
        .where(known.holds(claims.c.reading + 0), standing if latest else true())
        .order_by(claims.c.number)
    )


def conditions(wanted: ClaimFilter) -> dict[str, ColumnElement[bool]]:
    """What a filter asks of `claims`, each part put so that an index answers it; a whole `document` id."""
    held: dict[str, ColumnElement[bool]] = {}
    columns = claims.c
    if wanted.document:
        held["document"] = columns.document == _entry_of(wanted.document)
    if wanted.places:
        at = select(claim_places.c.number).where(claim_places.c.place.in_(wanted.places))
        held["places"] = columns.number.in_(at)
    if wanted.speaker:
        held["speaker"] = columns.voices.in_(_voices_with(wanted.speaker))
    if wanted.kind:
        held["kind"] = columns.kind == indexable(wanted.kind)
    if wanted.side:
        held["side"] = columns.side == indexable(wanted.side)
    if wanted.since or wanted.until:
        held["days"] = overlapping(wanted.since, wanted.until)
    return held


def joined(wanted: ClaimFilter) -> dict[str, tuple[str, ...]]:
    """Parts of a filter that one index answers together, by the name of both: common alone, rare together."""
    return {KIND_AND_DAYS: ("kind", "days")} if wanted.kind and (wanted.since or wanted.until) else {}


def candidates(wanted: ClaimFilter, name: str) -> Select[Any]:
    """The numbers of the claims that fulfil one part of a filter, as an index has them."""
    if name == "places":
        return select(claim_places.c.number).where(claim_places.c.place.in_(wanted.places))
    if name == "document":
        # By way of what stands in the document: its readings and the corrections of its claims.
        entry = _entry_of(wanted.document or "")
        in_it = select(readings.c.entry).where(readings.c.document == entry)
        amended = select(amendments.c.entry).where(amendments.c.document == entry)
        return select(claims.c.number).where(claims.c.reading.in_(in_it.union_all(amended)))
    return select(claims.c.number).where(
        _of_kind_in(wanted) if name == KIND_AND_DAYS else conditions(wanted)[name]
    )


def _of_kind_in(wanted: ClaimFilter) -> ColumnElement[bool]:
    return overlapping(wanted.since, wanted.until, claims.c.kind == indexable(wanted.kind or ""))


def apart(wanted: ClaimFilter) -> dict[str, ColumnElement[bool]]:
    """The same parts, put so that no index answers them: for going through claims in their order."""
    held, columns = conditions(wanted), claims.c
    if wanted.places:
        at = claim_places.c
        here = select(at.number).where(at.place.in_(wanted.places), at.number == columns.number)
        held["places"] = here.exists()
    if wanted.speaker:
        held["speaker"] = func.coalesce(columns.voices, 0).in_(_voices_with(wanted.speaker))
    if wanted.kind:
        held["kind"] = func.coalesce(columns.kind, "") == indexable(wanted.kind)
    if wanted.side:
        held["side"] = func.coalesce(columns.side, "") == indexable(wanted.side)
    if wanted.since or wanted.until:
        ends = []
        if wanted.since:
            ends.append(columns.last_day >= wanted.since)
        if wanted.until:
            ends.append(columns.first_day <= wanted.until)
        held["days"] = and_(*ends)
    return held


def _voices_with(letters: str) -> Select[Any]:
    return select(voices.c.id).where(voices.c.names.contains(fold(letters), autoescape=True))


def _entry_of(document_id: str) -> Any:
    return select(documents.c.entry).where(documents.c.id == document_id).scalar_subquery()
