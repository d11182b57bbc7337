"""The data that checks may look at beside the gazetteer, made ready once for any number of claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from oskil.checking.counts import Counts
from oskil.checking.maps import Series, series_of
from oskil.checking.others import Others
from oskil.checking.roads import Roads, road_layers
from oskil.conflict.profile import ConflictProfile
from oskil.places.layers import Layer
from oskil.records import Claim, ControlMap, Document, LossList


@dataclass(frozen=True, slots=True)
class Data:
    """Control maps by assessor, loss lists, layers, the other claims, and the conflict's profile.

    `known_on` is the last day whose maps and entries count: the data as they were known at its end.
    `notes` say what was left out and why; `roads` are the layers that have some.
    """

    series: tuple[Series, ...] = ()
    losses: tuple[Counts, ...] = ()
    layers: tuple[Layer, ...] = ()
    others: Others = field(default_factory=Others)
    profile: ConflictProfile | None = None
    known_on: dt.date | None = None
    notes: tuple[str, ...] = ()
    roads: tuple[Roads, ...] = ()


def prepare(
    maps: Iterable[ControlMap] = (),
    losses: Iterable[LossList] = (),
    layers: Sequence[Layer] = (),
    claims: Iterable[tuple[Claim, Document]] = (),
    profile: ConflictProfile | None = None,
    known_on: dt.date | None = None,
) -> Data:
    """Make the data ready. With `known_on`, maps of later days are left out, and a note says so."""
    drawn = list(maps)
    kept = [one for one in drawn if known_on is None or one.day <= known_on]
    notes = [f"the map of {one.day} is empty and was left out" for one in kept if not one.areas]
    if len(kept) < len(drawn):
        notes.append(f"{len(drawn) - len(kept)} maps of days after {known_on} were left out")
    return Data(
        series=series_of(kept),
        losses=tuple(Counts(one) for one in losses),
        layers=tuple(layers),
        others=Others(claims),
        profile=profile,
        known_on=known_on,
        notes=tuple(notes),
        roads=road_layers(layers),
    )


EMPTY = Data()
