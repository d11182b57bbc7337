"""What a page shows beside the texts: control maps, loss lists, layers, corrections and withdrawals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oskil.pipeline.data import Found, added_layers, in_ledger

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.publishing.weighed import Given


def given(ledger: Ledger, found: Found | None = None) -> Given:
    """All of it from a ledger, with what was `found` for the checks; None looks for the latter.

    What the ledger has the bytes of is marked with their hash, so that the page shows it only where it shows
    the document.
    """
    from oskil.publishing.weighed import Amended, Given, Kept

    data = found if found is not None else in_ledger(ledger).joined(added_layers())
    stored = {one.document.raw_sha256 for one in ledger.documents(latest=False)}

    def raw(digest: str) -> str:
        return digest if digest in stored else ""

    amendments = tuple(
        Amended(
            action=one.amendment.action,
            document=one.amendment.document,
            whole=one.amendment.noun == "document",
            reason=one.amendment.reason,
            at=one.recorded_at,
        )
        for one in ledger.amendments()
    )
    return Given(
        losses=tuple(Kept(one, raw(one.source.sha256)) for one in data.losses),
        maps=tuple(Kept(one, raw(one.source.sha256)) for one in data.maps),
        layers=data.layers,
        amendments=amendments,
    )
