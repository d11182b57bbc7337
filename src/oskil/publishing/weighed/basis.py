"""What the weighed pieces are made from: the record as the page shows it, and what lies beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from oskil.conflict.profile import ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.places.layers import Layer
from oskil.publishing import safety
from oskil.publishing.material import Material
from oskil.publishing.pieces.layout import Layout, as_day, span
from oskil.publishing.redaction import Redactor
from oskil.publishing.text import visible
from oskil.records import Claim, ControlMap, Document, LossList

T = TypeVar("T")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """Structured data with the SHA-256 of the bytes that the ledger has of it; `raw` is empty for what was
    given beside the ledger.
    """

    data: T
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A correction or withdrawal of the ledger: of which document, whether of all of it, why and when."""

    action: str
    document: str
    whole: bool
    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the pipeline hands over beside the texts; all of it may be missing."""

    losses: tuple[Kept[LossList], ...] = ()
    maps: tuple[Kept[ControlMap], ...] = ()
    layers: tuple[Layer, ...] = ()
    amendments: tuple[Amended, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What is weighed, which is all that is shown; it is known before the page is put together."""

    material: Material
    gazetteer: Gazetteer
    profile: ConflictProfile

    @property
    def first(self) -> dt.date:
        """The first day that the page shows."""
        return self._span[0]

    @property
    def days(self) -> int:
        """The number of days that it shows."""
        return self._span[1]

    @property
    def last(self) -> dt.date:
        """The last day that the page shows."""
        return self.first + dt.timedelta(days=max(0, self.days - 1))

    @cached_property
    def _span(self) -> tuple[dt.date, int]:
        stored = [read.stored for read in self.material.read]
        known = [as_day(one.document.published) or one.recorded_at.date() for one in stored]
        timed = (claim for claim in self.claims if claim.kind != "background" and claim.time)
        return span([day for day in known if day], (claim.time.first for claim in timed if claim.time))

    @cached_property
    def claims(self) -> list[Claim]:
        """All claims by their numbers."""
        return [claim for read in self.material.read for claim in read.reading.claims]

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The numbers of the claims by their ids."""
        return {claim.id: number for number, claim in enumerate(self.claims)}

    @cached_property
    def current(self) -> list[tuple[Claim, Document]]:
        """The claims of the latest revisions with their documents."""
        shown = (read for read in self.material.read if read.stored.latest)
        return [(claim, read.stored.document) for read in shown for claim in read.reading.claims]


@dataclass(frozen=True, kw_only=True)
class Basis(Ground):
    """Everything that is shown, with its numbers. Nothing that is held back or withdrawn is in here but what
    `given` has, and of that `shown_raw` and `young` tell what may be used.
    """

    layout: Layout
    options: safety.Safety
    redactor: Redactor
    now: dt.datetime
    given: Given = field(default_factory=Given)

    @property
    def first(self) -> dt.date:
        """The first day that the page shows."""
        return self.layout.first

    @property
    def days(self) -> int:
        """The number of days that it shows."""
        return self.layout.days

    @cached_property
    def documents(self) -> Mapping[str, int]:
        """The numbers of the documents by their ids."""
        return {read.stored.document.id: number for number, read in enumerate(self.material.read)}

    @cached_property
    def shown_raw(self) -> Mapping[str, frozenset[dt.date | None]]:
        """The SHA-256 of the bytes behind the documents shown, with the days of those documents."""
        found: dict[str, set[dt.date | None]] = {}
        for read in self.material.read:
            if read.stored.latest:
                document = read.stored.document
                found.setdefault(document.raw_sha256, set()).add(document.published_on)
        return {raw: frozenset(days) for raw, days in found.items()}

    @property
    def grid(self) -> float:
        """The grid of lines that are drawn, in degrees: the coarser one where a party is protected."""
        known = safety.rules()
        return known.protected_grid_degrees if self.options.protect else known.grid_degrees

    def young(self, day: dt.date) -> bool:
        """Whether the end of a day is nearer to the publication than the delay."""
        end = dt.datetime.combine(day, dt.time(23, 59, 59), dt.timezone(dt.timedelta(hours=-12)))
        return self.options.hours > 0 and self.now - end < dt.timedelta(hours=self.options.hours)

    def briefs(self, claims: Iterable[str]) -> list[Json]:
        """Claims in short by their ids, as far as they are shown."""
        return [self.layout.brief(self.number[claim]) for claim in claims if claim in self.number]

    def name(self, name: str) -> str:
        """A name as it may be shown."""
        return visible(self.redactor.name(name))

    def words(self, words: str) -> str:
        """Words as they may be shown."""
        return visible(self.redactor.redact(words))
