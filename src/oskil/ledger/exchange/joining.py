"""The forms, joined; out of a ledger and into one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from oskil.errors import InputError, LedgerError
from oskil.ledger.codec import parse
from oskil.ledger.exchange.crate import Crate
from oskil.ledger.exchange.interface import Form, Header, Parcel, Taken
from oskil.ledger.exchange.jsonl import JsonLines
from oskil.ledger.exchange.parquet import Parquet
from oskil.ledger.rows import DocumentEntry
from oskil.ledger.store import Ledger

# What is taken in as one transaction.
_ENTRIES, _BYTES = 1500, 32 * 2**20


def forms() -> tuple[Form, ...]:
    """Every form that a whole ledger can be given in."""
    return JsonLines(), Parquet(), Crate()


def form(name: str) -> Form:
    """The form of this name. Raises InputError where there is none."""
    for one in forms():
        if one.name == name:
            return one
    raise InputError(f"there is no such form; there are {', '.join(one.name for one in forms())}", name)


def export(ledger: Ledger, how: Form, target: Path) -> Header:
    """Write the whole ledger; what is only half written is taken away again.

    Raises LedgerError where the target is there already or cannot be written, and LedgerBroken where the
    ledger lacks something that its log speaks of.
    """
    if target.exists():
        raise LedgerError("there is something here already", str(target))
    last = ledger.head()
    if last is None:
        raise LedgerError("the ledger is empty", ledger.where)
    header = Header(last.seq, last.sha256)
    try:
        how.write(header, _parcels(ledger, header.entries), target)
    except BaseException as error:
        _take_away(target)
        if isinstance(error, OSError):
            raise LedgerError(f"cannot be written: {error.strerror or error}", str(target)) from error
        raise
    return header


def take_in(ledger: Ledger, source: Path) -> Taken:
    """Take an export into an empty ledger, or go on with one that was broken off.

    Raises InputError for what is no export or is cut off, LedgerError where the ledger has another history,
    LedgerBroken for what fails its own proof. What was taken before stays.
    """
    if not source.exists():
        raise InputError("there is nothing here", str(source))
    how = next((one for one in forms() if one.is_this(source)), None)
    if how is None:
        raise InputError("not an export of a ledger", str(source))
    new = count = 0
    head = ""
    with how.read(source) as (header, parcels):
        for batch in _batches(parcels):
            raws = [parcel.raw for parcel in batch if parcel.raw is not None]
            new += ledger.take([parcel.sealed for parcel in batch], raws)
            count, head = count + len(batch), batch[-1].sealed.sha256
    if (count, head) != (header.entries, header.head):
        raise InputError(f"cut off after entry {count} of {header.entries}; those were taken in", str(source))
    return Taken(count, new)


def _parcels(ledger: Ledger, last: int) -> Iterator[Parcel]:
    seen: set[str] = set()
    for sealed in ledger.sealed():
        if sealed.entry.seq > last:
            return
        raw = None
        if sealed.entry.kind == "document":
            digest = parse(DocumentEntry, sealed.payload).raw_sha256
            if digest not in seen:
                seen.add(digest)
                raw = (digest, ledger.raw_of(digest))
        yield Parcel(sealed, raw)


def _batches(parcels: Iterator[Parcel]) -> Iterator[list[Parcel]]:
    # A document, its reading and its claims stay together, as they were recorded; what came before a fault
    # further on is taken.
    batch: list[Parcel] = []
    size = 0
    try:
        for parcel in parcels:
            whole = parcel.sealed.entry.kind in ("document", "amendment", "refusal")
            if whole and (len(batch) >= _ENTRIES or size >= _BYTES):
                yield batch
                batch, size = [], 0
            batch.append(parcel)
            size += len(parcel.sealed.payload) + len(parcel.raw[1] if parcel.raw else b"")
    except InputError:
        # The last document may lack its reading: it is left to the next try.
        while batch and batch[-1].sealed.entry.kind not in ("claims", "amendment", "refusal"):
            batch.pop()
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _take_away(target: Path) -> None:
    with suppress(OSError):
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()
