"""Who is said to hold a place, from the words alone: nothing is weighed and nothing inferred.

For each side that speaks of a place, its latest control claim counts. Sides whose latest words are
within `WINDOW_DAYS` of the newest are compared; older words are superseded. If those sides name one
holder, the place is said to be that party's; if they name several, or one denies what another affirms,
it is contested.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
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
class Stood:
    """When the words of a document were known: from the day on which they came out, until a newer revision
    replaced them (None: they still stand).
    """

    known: dt.date
    until: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        """Whether they were known on a day, and not yet replaced."""
        return self.known <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Word:
    """That a place is held by somebody, or not, as one claim has it. `day` is the one that it tells of."""

    place: int
    day: dt.date
    side: str | None
    holder: str
    denied: bool
    claim: str
    document: str


def said_to_hold(
    place: int,
    claims: Iterable[Claim],
    days: Mapping[str, dt.date | None],
    *,
    on: dt.date | None = None,
    known: dt.date | None = None,
    stood: Mapping[str, Stood] | None = None,
) -> Holding:
    """What the claims say of one place. `days` gives the publication day of each document by its id.

    `on` asks for a day: words of later days do not count. `known` asks what was known on a day, for which
    `stood` tells of each document when its words were known.
    """
    told = [w for w in words(claims, days) if w.place == place and (on is None or w.day <= on)]
    return held(w for w in told if known is None or stood is None or stood[w.document].on(known))


def words(claims: Iterable[Claim], days: Mapping[str, dt.date | None]) -> Iterator[Word]:
    """The control claims with a holder and a day, one for each place that they are about themselves;
    conditional ones say nothing of who holds it.
    """
    for claim in claims:
        if claim.kind != "control" or not claim.holder or claim.certainty == "conditional":
            continue
        day = (claim.time and (claim.time.last or claim.time.first)) or days.get(claim.document)
        if day:
            denied = claim.polarity == "denied"
            for place in dict.fromkeys(claim.at):
                yield Word(place, day, claim.side, claim.holder, denied, claim.id, claim.document)


def held(told: Iterable[Word]) -> Holding:
    """What words about one place come to."""
    counted = counting(told)
    if not counted:
        return Holding("mentioned")
    newest = counted[-1].day
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


def counting(told: Iterable[Word]) -> list[Word]:
    """Of words about one place those that count, the newest last: of each side those of its newest day,
    where that is hardly older than the newest of all.
    """
    ordered = sorted(told, key=lambda w: (w.day, w.claim))
    if not ordered:
        return []
    newest = ordered[-1].day
    latest = {w.side: w.day for w in ordered}
    window = dt.timedelta(days=WINDOW_DAYS)
    return [w for w in ordered if w.day == latest[w.side] and newest - w.day <= window]
