"""What goes into the tables for each record: its canonical JSON and the columns derived from it.

Pure functions, so that a verification derives the columns again and compares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from oskil.ledger.codec import canonical
from oskil.records import Claim, Document, Reading

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What a document's entry seals: the document, its revision (1 and up), its raw bytes' SHA-256."""

    document: Document
    revision: int
    raw_sha256: str


def document_row(seq: int, entry: DocumentEntry) -> Row:
    """The row of `documents`."""
    return {
        "entry": seq,
        "id": entry.document.id,
        "key": entry.document.key,
        "body": canonical(entry),
    }


def reading_row(seq: int, reading: Reading) -> Row:
    """The row of `readings`: all but the claims, which have rows of their own."""
    bare = replace(reading, claims=())
    return {"entry": seq, "document": reading.document, "reader": reading.reader, "body": canonical(bare)}


def claim_row(reading: int, position: int, claim: Claim, published_on: dt.date | None) -> Row:
    """The row of `claims` for the claim at `position` of the reading that entry `reading` recorded."""
    return {**claim_columns(reading, position, claim, published_on), "body": canonical(claim)}


def claim_columns(reading: int, position: int, claim: Claim, published_on: dt.date | None) -> Row:
    """That row without the claim itself: the columns to find it by."""
    first, last = days(claim, published_on)
    return {
        "reading": reading,
        "position": position,
        "id": claim.id,
        "kind": claim.kind,
        "side": claim.side,
        "voices": fold("\n".join((claim.speaker or "", *claim.relays))),
        "first_day": first,
        "last_day": last,
    }


def place_rows(reading: int, position: int, claim: Claim) -> list[Row]:
    """The rows of `claim_places`: one for each place or area of the claim, by id."""
    ids = sorted({*claim.places, *claim.areas})
    return [{"place": place, "reading": reading, "position": position} for place in ids]


def claims_payload(bodies: Sequence[str]) -> str:
    """What the entry of a reading's claims seals: the canonical JSON of the list of them."""
    return "[" + ",".join(bodies) + "]"


def days(claim: Claim, published_on: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a claim: its time, else the day of publication, else None and None."""
    if claim.time is None or (claim.time.first is None and claim.time.last is None):
        return published_on, published_on
    return claim.time.first or dt.date.min, claim.time.last or dt.date.max


def fold(name: str) -> str:
    """A name for comparing without case, in any script."""
    return name.casefold()
