"""How far from a place's point the matter of a text may lie, by the relation that the text states."""

from __future__ import annotations

import math

from oskil.places.scores import reach
from oskil.records import Place

_PEOPLE_PER_KM2 = 1500.0  # of built-up land; rough, towns of eastern Europe have 1,000 to 3,000
_LEAST_KM = 1.0  # the points of gazetteers are themselves off by about so much
_OUTSKIRTS = 1.5
NOWHERE = frozenset(("metonym", "demonym", "embedded"))


def radius_km(place: Place | None, relation: str) -> float | None:
    """The radius of uncertainty in km, to a tenth; None for an area, and where nothing takes place.

    At a settlement: of a disc on which its people live at 1,500 to the square kilometre, at least 1 km; on
    its outskirts half as much again. Near it, toward it, on a side of it or in its direction: as far as texts
    place a village by a town of its size, 25 km and 20 for each power of ten of people above 1,000.
    """
    if place is None or place.kind != "settlement" or relation in NOWHERE:
        return None
    built = max(_LEAST_KM, math.sqrt(place.population / _PEOPLE_PER_KM2 / math.pi))
    if relation == "at":
        return round(built, 1)
    if relation == "outskirts of":
        return round(_OUTSKIRTS * built, 1)
    return round(max(built, reach(place)), 1)
