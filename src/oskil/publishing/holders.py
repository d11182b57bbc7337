"""Who is said to hold a place, from the words alone: nothing is weighed and nothing inferred.

For each side that speaks of a place, its latest control claim counts. Sides whose latest words are
within `WINDOW_DAYS` of the newest are compared; older words are superseded. If those sides name one
holder, the place is said to be that party's; if they name several, or one denies what another affirms,
it is contested.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from oskil.records import Claim

# Chosen by us: reports of one day reach the page on that day or the next.
WINDOW_DAYS = 1

Standing = Literal["claimed", "assessed", "contested", "mentioned"]


@dataclass(frozen=True, slots=True)
class Holding:
    """What is said of who holds a place.

    `assessed` means that only independent observers (an analyst, a monitor) say so; every other word,
    also that of an outlet or of a channel whose side is not told, leaves it `claimed`. `holders` are
    party ids, several where it is contested; `claims` are the ids of the claims that say so; `day` is
    that of the newest.
    """

    standing: Standing
    holders: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    day: dt.date
    side: str | None
    holder: str
    denied: bool
    claim: str


def said_to_hold(place: int, claims: Iterable[Claim], days: Mapping[str, dt.date | None]) -> Holding:
    """What the claims say of one place. `days` gives the publication day of each document by its id."""
    words = sorted(_words(place, claims, days), key=lambda w: (w.day, w.claim))
    if not words:
        return Holding("mentioned")
    newest = words[-1].day
    latest = {(w.side): w for w in words}
    window = dt.timedelta(days=WINDOW_DAYS)
    counted = [w for w in words if w.day == latest[w.side].day and newest - w.day <= window]
    holders = tuple(sorted({w.holder for w in counted}))
    affirmed = {w.holder for w in counted if not w.denied}
    denied = {w.holder for w in counted if w.denied}
    ids = tuple(w.claim for w in reversed(counted))
    if not affirmed:
        return Holding("mentioned", (), ids, newest)
    if len(affirmed) > 1 or affirmed & denied:
        return Holding("contested", holders, ids, newest)
    independent = all(w.side == "independent" for w in counted if not w.denied)
    return Holding("assessed" if independent else "claimed", tuple(sorted(affirmed)), ids, newest)


def _words(place: int, claims: Iterable[Claim], days: Mapping[str, dt.date | None]) -> Iterable[_Word]:
    """The control claims on a place with a holder and a day; conditional ones say nothing of who holds it."""
    for claim in claims:
        if claim.kind != "control" or place not in claim.at or not claim.holder:
            continue
        if claim.certainty == "conditional":
            continue
        day = (claim.time and (claim.time.last or claim.time.first)) or days.get(claim.document)
        if day:
            yield _Word(day, claim.side, claim.holder, claim.polarity == "denied", claim.id)
