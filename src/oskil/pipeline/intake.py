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
    from oskil.places.interface import Gazetteer
    from oskil.reading.interface import Reader
    from oskil.sources.interface import Fetcher, Hints, Loaded

_TOGETHER = 200  # documents that are stored together
_CHARACTERS = 1 << 21  # of their texts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of one target. `reason` says why it was refused. "reread" is a known
    text with a new reading: by a better reader, or since places were added.
    """

    where: str
    status: Literal["new", "revision", "known", "reread", "refused"]
    document: Document | None = None
    claims: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """How targets are to be loaded: what the user states, standard input, what the network may do, and
    the gazetteer for tables that name places.
    """

    hints: Hints
    stdin: BinaryIO | None = None
    allow_private: bool = False
    fetch: Fetcher | None = None
    gazetteer: Gazetteer | None = None


def read_targets(
    targets: Iterable[str], ledger: Ledger, reader: Reader, given: Input, now: dt.datetime
) -> Iterator[Outcome]:
    """Load, read and store each target in turn, document by document; what cannot be read is a refusal.

    Of a target that breaks off in the middle, what came before is stored. Raises LedgerError where the store
    cannot be written; what was stored before stays.
    """
    for target in targets:
        yield from _read_target(target, ledger, reader, given, now)


def _read_target(
    target: str, ledger: Ledger, reader: Reader, given: Input, now: dt.datetime
) -> Iterator[Outcome]:
    from oskil import sources

    stream = sources.stream(
        target,
        given.hints,
        stdin=given.stdin,
        allow_private=given.allow_private,
        fetch=given.fetch,
        gazetteer=given.gazetteer,
    )
    yield from store(target, stream, ledger, reader, now)


def store(
    target: str, stream: Iterable[Loaded | Refusal], ledger: Ledger, reader: Reader, now: dt.datetime
) -> Iterator[Outcome]:
    """Read and store what a source gives, some documents at a time: no input is held as a whole.

    After a loss list comes what changed on it since the one before.
    """
    last: Loaded | None = None
    sides: set[str] = set()
    for batch in _batches(target, stream):
        found = [one for one in batch if not isinstance(one, Refusal)]
        for listed in found:
            if listed.reading and _is_loss_list(listed):
                last = listed
                sides.update(claim.holder for claim in listed.reading.claims if claim.holder)
        readers = ledger.readers_of(one.document.id for one in found if not one.reading)
        # What this very reader was the last to read need not be read again.
        new = [one for one in found if one.reading or readers.get(one.document.id) != reader.name]
        read = [(one.document, one.raw, one.reading or reader.read(one.document)) for one in new]
        added = {one.document_id: one for one in ledger.add_many(read, now)}
        unread = {document.id: reading.reason for document, _, reading in read if reading.reason}
        for reason in unread.values():
            ledger.refuse(Refusal(target, reason), now)
        for one in batch:
            if isinstance(one, Refusal):
                ledger.refuse(one, now)
                yield Outcome(one.where, "refused", reason=one.reason)
            elif one.document.id in added:
                answer = added[one.document.id]
                reason = unread.get(one.document.id, "")
                again = answer.status == "known" and answer.claims > 0
                yield Outcome(
                    target, "reread" if again else answer.status, one.document, answer.claims, reason
                )
            else:
                yield Outcome(target, "known", one.document)
    if last is not None:
        from oskil.pipeline import losses

        yield from store(target, losses.changes_of(last, sides, ledger), ledger, reader, now)


def _is_loss_list(one: Loaded) -> bool:
    from oskil.sources.losses.source import READER

    return one.reading is not None and one.reading.reader == READER


def _batches(target: str, stream: Iterable[Loaded | Refusal]) -> Iterator[list[Loaded | Refusal]]:
    """What a source gives, some at a time; where it breaks off, a refusal is the last."""
    batch: list[Loaded | Refusal] = []
    size = 0
    try:
        for one in stream:
            batch.append(one)
            size += 0 if isinstance(one, Refusal) else len(one.document.text)
            if len(batch) >= _TOGETHER or size >= _CHARACTERS:
                yield batch
                batch, size = [], 0
    except SourceError as error:
        batch.append(Refusal(error.where or target, error.message))
    if batch:
        yield batch
