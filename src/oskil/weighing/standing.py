"""What a text's claims make of a place: whose it is, or that it is fought over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from oskil.records import Claim

HOLDING = frozenset(("control", "area", "movement"))
CONTESTING = frozenset(("fighting",))
CONTESTED = "contested"
NOBODYS = re.compile(r"\b(?:gr[ae]y zone|no man['’]s land|contested|сір\w+ зон\w+|сер\w+ зон\w+)\b", re.I)


@dataclass(frozen=True, slots=True)
class Standing:
    """A place by its gazetteer id, and the party that holds it or "contested"."""

    place: int
    status: str


def standings(claims: Iterable[Claim]) -> tuple[Standing, ...]:
    """The standing of every settlement that claims of one text give one to, in the order of first mention.

    The last affirmed claim that names a holder decides: later words of a note tell of later days. A
    place that is only fought for, or by, is contested, and so is one in the grey zone. Nothing is weighed:
    neither speakers nor certainty count.
    """
    held: dict[int, str] = {}
    fought: dict[int, str] = {}
    for claim in claims:
        if claim.polarity != "affirmed":
            continue
        for place in claim.places:
            fought.setdefault(place, CONTESTED)
            if claim.kind in HOLDING and claim.holder:
                held[place] = claim.holder
            elif claim.kind == "control" and NOBODYS.search(claim.quote):
                held[place] = CONTESTED
            elif claim.kind not in CONTESTING and place not in held:
                fought.pop(place, None)
    order = dict.fromkeys((*fought, *held))
    return tuple(Standing(place, held.get(place, CONTESTED)) for place in order)
