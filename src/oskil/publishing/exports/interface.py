"""What an export is made from, and what writes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from oskil.records import Claim, DataSource, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place of a claim as it is given away: `lat` and `lon` in degrees of WGS 84, snapped to the grid.

    They are None for a region or a country, which no point stands for. `around` tells that the claim is
    only near the place; `coarse` that the wider grid of a protected side was used.
    """

    id: int
    name: str
    kind: str
    lat: float | None
    lon: float | None
    country: str
    region: str
    around: bool
    coarse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The document of a claim, redacted. `published` is ISO 8601 as far as it is known, `sha256` of the bytes
    that it was read from; `id` names the revision."""

    id: str
    title: str
    outlet: str | None
    url: str | None
    published: str | None
    language: str | None
    revision: int
    recorded_at: dt.datetime
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim as it is given away: private names are replaced, positions snapped.

    `before` and `after` are the words around the claim's first and last character in its document.
    """

    claim: Claim
    text: Text
    spots: tuple[Spot, ...]
    before: str = ""
    after: str = ""
    verdicts: tuple[Verdict, ...] = ()

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day that the claim speaks of; the day of publication where it names none."""
        if self.claim.time is not None:
            return self.claim.time.first, self.claim.time.last
        try:
            day = dt.date.fromisoformat((self.text.published or "")[:10])
        except ValueError:
            return None, None
        return day, day

    @property
    def settlements(self) -> tuple[Spot, ...]:
        """The spots that have a point."""
        return tuple(s for s in self.spots if s.lat is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """All entries of an export, in the ledger's order, and what is to be said of them as a whole."""

    title: str
    made_at: dt.datetime
    version: str
    draft: bool
    gazetteer: DataSource
    entries: Sequence[Entry]
    hxl: bool = False


class Exporter(Protocol):
    """One format."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def suffix(self) -> str:
        """With its dot."""

    @property
    def description(self) -> str:
        """One line."""

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write a file of this format to `out`."""
