"""The log of entries, each sealed with the hash of the one before."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, select

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


class Chain:
    """The end of the log, for as long as the write lock is held; new entries are gathered as rows."""

    def __init__(self, connection: Connection) -> None:
        last = connection.execute(
            select(entries.c.seq, entries.c.sha256).order_by(entries.c.seq.desc()).limit(1)
        ).first()
        self.seq, self.head = (int(last.seq), str(last.sha256)) if last else (0, BEFORE_THE_FIRST)
        self.newest = connection.scalar(select(func.max(entries.c.recorded_at))) or ""
        self.rows: list[dict[str, Any]] = []
        self.setbacks: list[dict[str, Any]] = []

    def append(self, kind: str, payload: str, recorded_at: str) -> int:
        """Seal a payload into the log; returns its number."""
        entry = Entry(self.seq + 1, kind, sha256(payload), self.head, recorded_at)
        self.take(entry, entry.seal())
        return entry.seq

    def take(self, entry: Entry, seal: str) -> None:
        """Gather an entry that follows the last one and whose seal is right."""
        self.rows.append({**asdict(entry), "sha256": seal})
        if entry.recorded_at < self.newest:
            self.setbacks.append({"entry": entry.seq})
        self.seq, self.head = entry.seq, seal
        self.newest = max(self.newest, entry.recorded_at)
