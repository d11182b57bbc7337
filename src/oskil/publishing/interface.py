"""What publishing needs of a ledger, so that a page can also be built from records made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from oskil.records import Document, Reading, Refusal


class Stored(Protocol):
    """A document as the ledger holds it."""

    @property
    def document(self) -> Document: ...
    @property
    def recorded_at(self) -> dt.datetime: ...
    @property
    def revision(self) -> int: ...
    @property
    def latest(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A stored document as a page shows it; `latest` is among those shown."""

    document: Document
    recorded_at: dt.datetime
    revision: int
    latest: bool


class Record(Protocol):
    """The part of a ledger that a page is made from."""

    def documents(self, latest: bool = True) -> Sequence[Stored]:
        """Every stored document; with `latest` False, earlier revisions too."""

    def readings_of(self, ids: Iterable[str]) -> Mapping[str, Reading]:
        """What was read in these documents, by their ids."""

    def refusals(self) -> Sequence[tuple[Refusal, dt.datetime]]:
        """The inputs that could not be read, with the time of the attempt."""
