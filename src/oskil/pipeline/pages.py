"""From the ledger to the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oskil.checking.data import Data
    from oskil.conflict import ConflictProfile
    from oskil.ledger.store import Ledger
    from oskil.pipeline.data import Found
    from oskil.places.interface import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a page is written; the fields are those of `oskil.publishing.site.publish`."""

    final: bool = False
    title: str | None = None
    delay_hours: float | None = None
    protect: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    basemap: Path | None = None


def publish(
    ledger: Ledger,
    gazetteer: Gazetteer,
    folder: Path,
    profile: ConflictProfile,
    manner: Manner,
    data: Data | None = None,
    found: Found | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Write the page into a folder; returns the file to open. `data` are what the checks look at, and
    `found` the maps, lists and layers among them, which the page shows; `tell` hears what was taken of the
    base map.

    Raises PublishError, and InputError for a bad base map.
    """
    from oskil.checking.data import EMPTY
    from oskil.pipeline.beside import given
    from oskil.pipeline.standing import Standing
    from oskil.publishing import site

    return site.publish(
        Standing(ledger),
        gazetteer,
        folder,
        profile=profile,
        final=manner.final,
        title=manner.title,
        delay_hours=manner.delay_hours,
        protect=manner.protect,
        withhold=manner.withhold,
        keep=manner.keep,
        data=data or EMPTY,
        given=given(ledger, found),
        basemap=manner.basemap,
        derived=_derived(ledger),
        tell=tell,
    )


def _derived(ledger: Ledger) -> Path | None:
    """The folder beside a ledger in a file for what was worked out from it; a ledger on a server has none."""
    where = Path(ledger.where)
    return where.with_name(f"{where.name}.derived") if where.is_file() else None
