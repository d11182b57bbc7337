"""Claims with the documents that they stand in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oskil.records import Claim, Document

if TYPE_CHECKING:
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.ledger.stored import StoredClaim


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the document that it stands in; `corrected` where it is as somebody corrected it."""

    claim: Claim
    document: Document
    recorded_at: dt.datetime
    latest: bool
    corrected: bool = False

    @property
    def order(self) -> tuple[dt.date, str, int]:
        """By the day that is spoken of, then by publication, then by position in the text."""
        time = self.claim.time
        day = (time.first or time.last) if time else None
        day = day or self.document.published_on or dt.date.max
        start = self.claim.spans[0].start if self.claim.spans else 0
        return day, self.document.published or "", start


def told(ledger: Ledger, wanted: ClaimFilter) -> list[Told]:
    """The claims that a filter lets through, each with its document, in the ledger's order."""
    found = ledger.claims(wanted)
    documents = ledger.documents_of({stored.claim.document for stored in found})
    return [_told(stored, documents[stored.claim.document].document) for stored in found]


def told_of(ledger: Ledger, claim: str) -> Told:
    """One claim with its document, by its id or the beginning of it. Raises LedgerError where it is not."""
    stored = ledger.claim(claim)
    return _told(stored, ledger.document(stored.claim.document).document)


def _told(stored: StoredClaim, document: Document) -> Told:
    return Told(stored.claim, document, stored.recorded_at, stored.latest, stored.corrected)
