"""What the ledger answers with. Records only; nothing here opens a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

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
    """A document, when it was recorded (UTC), its revision (1 and up) and whether it is the latest."""

    document: Document
    recorded_at: dt.datetime
    revision: int
    latest: bool


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with the time it was recorded (UTC).

    `latest` says that it comes from the latest reading of the latest revision of its document, as
    far as was known at the time that was asked about.
    """

    claim: Claim
    recorded_at: dt.datetime
    latest: bool


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
