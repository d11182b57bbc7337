"""What the ledger knew by the end of a day, and what of it stands: as conditions of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, select, true

from oskil.ledger.schema import amendments, claims, documents, entries, readings, setbacks


@dataclass(frozen=True, slots=True)
class Known:
    """Entries up to `last` (None: all), and where a clock was once set back, of those the ones recorded
    `before` a moment.
    """

    last: int | None = None
    before: str | None = None

    def holds(self, entry: Any) -> ColumnElement[bool]:
        """That the entry of this number counts."""
        if self.last is None:
            return true()
        if self.before is None:
            return entry <= self.last  # type: ignore[no-any-return]
        log = entries.alias()
        early = exists(select(log.c.seq).where(log.c.seq == entry, log.c.recorded_at < self.before))
        return and_(entry <= self.last, early)


def known_on(connection: Connection, day: dt.date | None) -> Known:
    """What was recorded by the end of a day (UTC); without a day, everything."""
    if day is None or day == dt.date.max:
        return Known()
    before = (day + dt.timedelta(days=1)).isoformat()
    newest = select(entries.c.seq).where(entries.c.recorded_at < before)
    newest = newest.order_by(entries.c.recorded_at.desc(), entries.c.seq.desc()).limit(1)
    last = connection.scalar(newest) or 0
    if connection.scalar(select(setbacks.c.entry).limit(1)) is None:
        return Known(last)
    late = select(func.max(setbacks.c.entry)).join(entries, entries.c.seq == setbacks.c.entry)
    return Known(max(last, connection.scalar(late.where(entries.c.recorded_at < before)) or 0), before)


def newest_revision(known: Known) -> ColumnElement[bool]:
    """That no later revision follows a row of `documents`."""
    later = documents.alias()
    follows = select(later.c.entry).where(later.c.key == documents.c.key, later.c.entry > documents.c.entry)
    return ~exists(follows.where(known.holds(later.c.entry)))


def withdrawn(document: Any, known: Known) -> ColumnElement[bool]:
    """That the last that was said of the document with this entry is that it is withdrawn."""
    last, later = amendments.alias(), amendments.alias()
    after = select(later.c.entry).where(
        later.c.document == last.c.document,
        later.c.noun == "document",
        later.c.entry > last.c.entry,
        known.holds(later.c.entry),
    )
    return exists(
        select(last.c.entry).where(
            last.c.document == document,
            last.c.noun == "document",
            last.c.action == "withdrawal",
            known.holds(last.c.entry),
            ~exists(after),
        )
    )


def stands(known: Known) -> ColumnElement[bool]:
    """That a row of `claims` is what is to be believed to be claimed, as far as was known.

    It is of the latest reading of the latest revision of a document that is not withdrawn, and neither
    corrected nor withdrawn itself; or it is the last correction of a claim. A correction outlives the
    readings of better readers.
    """
    reading, amendment = readings.alias(), amendments.alias()
    read_again = select(reading.c.entry).where(
        reading.c.document == claims.c.document,
        reading.c.entry > claims.c.reading,
        known.holds(reading.c.entry),
    )
    amended = select(amendment.c.entry).where(
        amendment.c.target == claims.c.id,
        amendment.c.noun == "claim",
        amendment.c.entry > case((claims.c.corrected, claims.c.reading), else_=0),
        known.holds(amendment.c.entry),
    )
    of, later = documents.alias(), documents.alias()
    revised = select(later.c.entry).where(
        of.c.entry == claims.c.document,
        later.c.key == of.c.key,
        later.c.entry > of.c.entry,
        known.holds(later.c.entry),
    )
    return and_(
        claims.c.corrected | ~exists(read_again),
        ~exists(amended),
        ~exists(revised),
        ~withdrawn(claims.c.document, known),
    )
