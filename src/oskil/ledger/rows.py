"""What goes into the tables for each record: its canonical JSON and the columns derived from it.

Pure functions, so that a verification derives the columns again and compares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from oskil.errors import LedgerError
from oskil.ledger.amendment import Amendment
from oskil.ledger.codec import canonical, sha256
from oskil.ledger.days import node
from oskil.records import Claim, Document, Reading

Row = dict[str, Any]
# PostgreSQL takes no key of an index over 2,704 bytes.
LONGEST_COLUMN = 600


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What a document's entry seals: the document, its revision (1 and up), its raw bytes' SHA-256."""

    document: Document
    revision: int
    raw_sha256: str


def document_row(seq: int, entry: DocumentEntry, body: str) -> Row:
    """The row of `documents`."""
    return {
        "entry": seq,
        "id": entry.document.id,
        "key": indexable(entry.document.key),
        "body": body,
    }


def bare_reading(reading: Reading) -> str:
    """What a reading's entry seals: all but the claims, which the entry after it seals."""
    return canonical(replace(reading, claims=()))


def reading_row(seq: int, document: int, reading: Reading, body: str) -> Row:
    """The row of `readings`; `document` is the document's entry."""
    return {"entry": seq, "document": document, "reader": indexable(reading.reader), "body": body}


def claim_row(number: int, stands_in: StandsIn, voice: int, claim: Claim) -> Row:
    """The row of `claims`: the columns to find a claim by."""
    first, last = days(claim, stands_in.published_on)
    return {
        "number": number,
        "reading": stands_in.entry,
        "document": stands_in.document,
        "corrected": stands_in.corrected,
        "id": indexable(claim.id),
        "kind": indexable(claim.kind),
        "side": None if claim.side is None else indexable(claim.side),
        "voices": voice,
        "first_day": first,
        "last_day": last,
        "node": None if first is None or last is None else node(first, last),
    }


@dataclass(frozen=True, slots=True)
class StandsIn:
    """Where a claim stands: the entry of its reading or correction, and its document's, with its day."""

    entry: int
    document: int
    published_on: dt.date | None
    corrected: bool = False


def place_rows(number: int, claim: Claim) -> list[Row]:
    """The rows of `claim_places`: one for each place or area of the claim, by id."""
    return [{"place": place, "number": number} for place in sorted({*claim.places, *claim.areas})]


def amendment_row(seq: int, document: int, amendment: Amendment, body: str) -> Row:
    """The row of `amendments`; `document` is the document's entry."""
    return {
        "entry": seq,
        "action": amendment.action,
        "noun": amendment.noun,
        "target": indexable(amendment.target),
        "document": document,
        "body": body,
    }


def claims_payload(bodies: Sequence[str]) -> str:
    """What the entry of a reading's claims seals: the canonical JSON of the list of them."""
    return "[" + ",".join(bodies) + "]"


def names_of(claim: Claim) -> str:
    """The speaker and the relays of a claim, to be searched without case."""
    return indexable(fold("\n".join((claim.speaker or "", *claim.relays))))


def days(claim: Claim, published_on: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a claim: its time, else the day of publication, else None and None."""
    if claim.time is None or (claim.time.first is None and claim.time.last is None):
        return published_on, published_on
    return claim.time.first or dt.date.min, claim.time.last or dt.date.max


def fold(name: str) -> str:
    """A name for comparing without case, in any script."""
    return name.casefold()


def indexable(text: str) -> str:
    """A text as an indexed column has it: without the character that PostgreSQL cannot keep, and a very
    long one cut, with its hash. The record itself has all of it.
    """
    if len(text) > LONGEST_COLUMN:
        text = f"{text[: LONGEST_COLUMN - 64]}{sha256(text)}"
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


def check_id(document: Document) -> None:
    """Raises LedgerError for an id that no column can hold as it is."""
    if indexable(document.id) != document.id or not document.id:
        raise LedgerError("a document's id must be a short text without control characters", document.key)
