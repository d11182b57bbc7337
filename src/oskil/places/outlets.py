"""Learns where an outlet is at home from its own texts.

The places that a local paper names lie close together, so the middle of the thickest cluster is its home:
each name counts for the settlements that it may mean, by how likely each is in the texts by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from oskil.conflict.profile import ConflictProfile
from oskil.places import ranking
from oskil.places.evidence import Table
from oskil.places.geoparse import find_names
from oskil.places.home import Home
from oskil.places.interface import Gazetteer
from oskil.places.resolve import Ready, prepared
from oskil.records import Place

_REACH_KM = 60.0
_LEAST = 1.0  # names' worth of places around a home
_LEAST_SHARE = 0.08  # of all that the texts name
_UNLIKELY = 0.01
_MOST = 1500  # candidates that are compared, the weightiest
_KM_PER_DEGREE = 111.2

Heard = Mapping[tuple[str, Place], float]
"""What a text may speak of: (name, settlement) with the probability."""


def heard(text: str, gazetteer: Gazetteer, profile: ConflictProfile) -> Heard:
    """The settlements that a text may speak of, by itself."""
    ready = prepared(text, find_names(text, gazetteer, profile), profile)
    return weighed(ready, ranking.weights())


def weighed(ready: Ready, by: ranking.Weights) -> Heard:
    """The same from names that are ready, by any weights."""
    table: Table = ready.table
    if not table.size:
        return {}
    chances, _ = ranking.chances(table, ranking.scored(table, by))
    out: dict[tuple[str, Place], float] = {}
    for sense in table.senses:
        name = ready.names[sense.mentions[0]].sense
        for place, chance in zip(sense.candidates, chances[sense.begin :].tolist(), strict=False):
            if place.kind == "settlement" and chance > max(_UNLIKELY, out.get((name, place), 0.0)):
                out[name, place] = chance
    return out


def home_from(texts: Iterable[Heard], country: str = "") -> Home | None:
    """The home of the outlet of these texts; None where they name too little in one part of the world.

    `country` (ISO alpha-2), where it is known otherwise, leaves out all other countries.
    """
    places, weights = _summed(texts, country)
    if not places:
        return None
    lat, lon = np.array([p.lat for p in places]), np.array([p.lon for p in places])
    north, east = lat[:, None] - lat, (lon[:, None] - lon + 180) % 360 - 180
    km = _KM_PER_DEGREE * np.hypot(north, east * np.cos(np.radians(lat))[:, None])
    around = np.exp(-km / _REACH_KM) @ weights
    at = int(around.argmax())
    if around[at] < max(_LEAST, _LEAST_SHARE * weights.sum()):
        return None
    middle = places[at]
    return Home(middle.country, middle.region, middle.lat, middle.lon)


def _summed(texts: Iterable[Heard], country: str) -> tuple[list[Place], Any]:
    """Each settlement of each name with log2(1 + the sum of its chances), the weightiest first."""
    sums: dict[tuple[str, Place], float] = defaultdict(float)
    for one in texts:
        for at, chance in one.items():
            if not country or at[1].country == country:
                sums[at] += chance
    most = sorted(sums.items(), key=lambda item: (-item[1], item[0][1].id, item[0][0]))[:_MOST]
    return [place for (_, place), _ in most], np.log2(1 + np.array([total for _, total in most]))
