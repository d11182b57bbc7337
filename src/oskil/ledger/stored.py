"""What the ledger answers with. Records only; nothing here opens a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from oskil.ledger.amendment import Amendment
from oskil.records import Claim, Document

Status = Literal["new", "revision", "known"]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did.

    "new" is the first text under its key, "revision" a changed one, "known" the same text again.
    `claims` counts the claims that this call recorded: 0 for a known text, unless a reader of
    another name or version has read it anew.
    """

    status: Status
    document_id: str
    claims: int


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document, when it was recorded (UTC), its revision (1 and up), whether it is the latest, and
    whether it was withdrawn. What of it was corrected is corrected here; its text never is.
    """

    document: Document
    recorded_at: dt.datetime
    revision: int
    latest: bool
    withdrawn: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with the time it was recorded (UTC), and its number in the order of recording.

    `latest` says that it stands, as far as was known at the time that was asked about: it comes from the
    latest reading of the latest revision of its document, and was neither corrected nor withdrawn
    afterwards. `corrected` says that it is itself a correction.
    """

    claim: Claim
    recorded_at: dt.datetime
    latest: bool
    number: int = 0
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class StoredAmendment:
    """A correction or withdrawal, and when it was recorded (UTC)."""

    amendment: Amendment
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many latest documents, revisions of all, claims that stand, and refusals there are."""

    documents: int
    revisions: int
    claims: int
    refusals: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A row of the log: its number (1 and up), what it recorded ("document", "claims" ...), when (UTC), its
    hash. `document` is the id of the document that it recorded, None where it recorded something else.
    """

    seq: int
    kind: str
    recorded_at: dt.datetime
    sha256: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The outcome of a verification: how much was looked at, and every problem, one line each.

    `head` is the hash of the last entry. Noted elsewhere, it proves later that nothing was cut off
    the end; the chain alone cannot show that.
    """

    entries: int
    documents: int
    claims: int
    problems: tuple[str, ...]
    head: str = ""
