"""The part of a ledger that may be given away: without what was withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from oskil.records import Reading, Refusal

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.ledger.stored import StoredDocument


class Standing:
    """A ledger for publishing: a text whose last revision was withdrawn is not there, in any revision."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def documents(self, latest: bool = True) -> Sequence[StoredDocument]:
        """The documents that may be shown; with `latest` False, earlier revisions too."""
        stored = self._ledger.documents(latest)
        gone = {one.document.key for one in stored if one.latest and one.withdrawn}
        return [one for one in stored if not one.withdrawn and one.document.key not in gone]

    def readings_of(self, ids: Iterable[str]) -> Mapping[str, Reading]:
        """What was read in these documents, as it stands."""
        return self._ledger.readings_of(ids)

    def refusals(self) -> Sequence[tuple[Refusal, dt.datetime]]:
        """The inputs that could not be read."""
        return self._ledger.refusals()
