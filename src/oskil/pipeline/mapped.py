"""What the control maps in the ledger say of a place: worked out from their areas, and never a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oskil.checking.maps import Series
    from oskil.ledger.store import Ledger
    from oskil.records import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class OnMaps:
    """One assessor's maps in a row that give the point of a place to the same party.

    `holder` is None where they call it contested, or say nothing of it. `maps` of `first` to `last` were
    drawn; between two of them nothing is known.
    """

    assessor: str
    first: dt.date
    last: dt.date
    maps: int
    holder: str | None
    contested: bool = False


def on_maps(place: Place, ledger: Ledger, as_known_on: dt.date | None = None) -> tuple[OnMaps, ...]:
    """The stretches of each assessor in the order of days, of the maps that were known on a day."""
    from oskil.checking.maps import series_of
    from oskil.pipeline.data import maps_in_ledger

    return tuple(
        stretch for series in series_of(maps_in_ledger(ledger, as_known_on)) for stretch in _of(series, place)
    )


def _of(series: Series, place: Place) -> Iterator[OnMaps]:
    for (holder, contested), some in groupby(series.history(place), lambda s: (s.holder, s.contested)):
        days = [standing.day for standing in some]
        yield OnMaps(
            assessor=series.assessor,
            first=days[0],
            last=days[-1],
            maps=len(days),
            holder=holder,
            contested=contested,
        )
