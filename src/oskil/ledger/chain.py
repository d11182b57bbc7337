"""The log of entries, each sealed with the hash of the one before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from oskil.errors import LedgerError
from oskil.ledger.codec import canonical, sha256
from oskil.ledger.schema import entries

BEFORE_THE_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log, without its own hash. `recorded_at` is ISO 8601 in UTC with microseconds."""

    seq: int
    kind: str
    payload_sha256: str
    previous: str
    recorded_at: str

    def seal(self) -> str:
        """The hash of this entry: SHA-256 of its canonical JSON, which holds the hash of the entry before."""
        return sha256(canonical(self))


def stamp(moment: dt.datetime) -> str:
    """A moment as the log has it. Raises LedgerError where it has no time zone."""
    if moment.utcoffset() is None:
        raise LedgerError(f"a time of recording needs a time zone: {moment.isoformat()}")
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def append(connection: Connection, kind: str, payload: str, recorded_at: str) -> int:
    """Seal a payload into the log; returns its number. The caller holds the write lock."""
    last = connection.execute(
        select(entries.c.seq, entries.c.sha256).order_by(entries.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.sha256) if last else (1, BEFORE_THE_FIRST)
    entry = Entry(seq, kind, sha256(payload), previous, recorded_at)
    connection.execute(
        insert(entries).values(
            seq=seq,
            kind=kind,
            payload_sha256=entry.payload_sha256,
            previous=previous,
            sha256=entry.seal(),
            recorded_at=recorded_at,
        )
    )
    return int(seq)
