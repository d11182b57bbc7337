"""A small world for tests of the reader: a few places, found by their exact names."""

from __future__ import annotations

import re

from oskil.conflict import ConflictProfile
from oskil.places.home import Home
from oskil.places.interface import Gazetteer
from oskil.records import Place, Toponym

PLACES = {
    "Shambat": Place(1, "Shambat", "settlement", 15.66, 32.52, "SD"),
    "Omdurman": Place(2, "Omdurman", "settlement", 15.64, 32.48, "SD"),
    "Tawila": Place(3, "Tawila", "settlement", 13.5, 24.9, "SD"),
    "El Fasher": Place(4, "El Fasher", "settlement", 13.63, 25.35, "SD"),
    "Sennar state": Place(-5, "Sennar State", "region", 13.5, 33.6, "SD"),
    "Lozove": Place(6, "Lozove", "settlement", 49.5, 36.9, "UA"),
    "Hrushivka": Place(7, "Hrushivka", "settlement", 49.7, 37.3, "UA"),
}
DIRECTED = re.compile(r"(?:(?:north|south|east|west|northeast|southeast) of|near) $")


def place_names(
    text: str, gazetteer: Gazetteer, profile: ConflictProfile, home: Home | None = None
) -> tuple[Toponym, ...]:
    """Every exact occurrence of the few names."""
    out = []
    for name, place in PLACES.items():
        for match in re.finditer(re.escape(name), text):
            directed = DIRECTED.search(text[max(0, match.start() - 20) : match.start()])
            relation = directed.group().strip() if directed else "at"
            out.append(
                Toponym(start=match.start(), end=match.end(), phrase=name, place=place, relation=relation)
            )
    return tuple(sorted(out, key=lambda t: t.start))
