"""From targets to the ledger: load, read, store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal

from oskil.errors import SourceError
from oskil.records import Document, Refusal

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.reading.interface import Reader
    from oskil.sources.interface import Fetcher, Hints


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of one target. `reason` says why it was refused."""

    where: str
    status: Literal["new", "revision", "known", "refused"]
    document: Document | None = None
    claims: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """How targets are to be loaded: what the user states, standard input, and what the network may do."""

    hints: Hints
    stdin: BinaryIO | None = None
    allow_private: bool = False
    fetch: Fetcher | None = None


def read_targets(
    targets: Iterable[str], ledger: Ledger, reader: Reader, given: Input, now: dt.datetime
) -> Iterator[Outcome]:
    """Load, read and store each target in turn; one that cannot be read is stored as a refusal.

    Raises LedgerError where the store cannot be written; what was stored before stays.
    """
    for target in targets:
        yield from _read_target(target, ledger, reader, given, now)


def _read_target(
    target: str, ledger: Ledger, reader: Reader, given: Input, now: dt.datetime
) -> Iterator[Outcome]:
    from oskil import sources

    try:
        loaded = sources.load(
            target, given.hints, stdin=given.stdin, allow_private=given.allow_private, fetch=given.fetch
        )
        readings = [(one, one.reading or reader.read(one.document)) for one in loaded]
    except SourceError as error:
        where = error.where or target
        ledger.refuse(Refusal(where, error.message), now)
        yield Outcome(where, "refused", reason=error.message)
        return
    for one, reading in readings:
        added = ledger.add(one.document, one.raw, reading, now)
        yield Outcome(target, added.status, one.document, added.claims)
