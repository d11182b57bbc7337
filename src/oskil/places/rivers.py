"""A place that a text puts on a river: "Kupiansk, on the Oskil", "Dvorichna, which lies on the left bank of
the Oskil River".

It speaks where a layer of rivers knows the river, and is silent otherwise.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from oskil.records import Place

if TYPE_CHECKING:
    from oskil.places.layers import Layer

LAYER = "rivers"  # the name that the layer is added under
_STATED = 4.0
_ON_KM = 5.0  # a town's point lies in its middle, and rivers are drawn by their middle line
_FAR_KM = 25.0
_SIDE = r"(?:north|south|east|west|left|right)(?:ern|-hand)?"
_ON = re.compile(
    r"\s*,?\s+(?:(?:which|that)\s+)?(?:an?\s+[a-z][\w\s-]{0,40}?\s+)?"
    r"(?:(?:is|lies|lay|sits|stands|situated|located)\s+)?on\s+"
    rf"(?:the\s+)?(?:(?:{_SIDE}\s+)?(?:banks?|shores?|side)\s+of\s+)?(?:the\s+)?(?:[Rr]iver\s+)?"
    r"(?P<name>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)?)"
)
_DAYS = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def river_after(text: str, end: int) -> str:
    """The river that a place whose name ends there is said to lie on, as it is written; "" where none is."""
    match = _ON.match(text, end, min(len(text), end + 120))
    return "" if match is None or _DAYS.match(match["name"]) else match["name"]


def on_river(places: Sequence[Place], river: str, rivers: Layer) -> Any | None:
    """What it says of each place: 4 · exp(-(km / 5)²) by its distance from the river, -4 from 25 km on, 0 for
    what is no settlement. None where the layer knows no such river.
    """
    from oskil.places.shapes import km_to

    pieces = rivers.named(river) or rivers.named(river.split()[0])
    if not pieces:
        return None
    reached = [
        min(km_to(piece.geometry, p.lat, p.lon) for piece in pieces) if p.kind == "settlement" else None
        for p in places
    ]
    return np.array([0.0 if km is None else _score(km) for km in reached])


def _score(km: float) -> float:
    return -_STATED if km >= _FAR_KM else _STATED * math.exp(-((km / _ON_KM) ** 2))
