"""The place that a user means, and all that the ledger holds about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from oskil.errors import InputError
from oskil.pipeline.telling import Told, told
from oskil.pipeline.witnesses import repeated_at
from oskil.records import Contradiction, Place, Proposition

if TYPE_CHECKING:
    from oskil.conflict import ConflictProfile
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer


@dataclass(frozen=True, slots=True)
class Meant:
    """The place that a name was taken for, why, and the others of that name."""

    place: Place
    why: str
    namesakes: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceAccount:
    """All that is said of a place, in order, and what of it cannot both be true.

    `repeated` is what two outlets or more have published, with its origins; the most outlets first. `total`
    is how many claims there are, of which a limit may have left the first.
    """

    meant: Meant
    told: tuple[Told, ...]
    contradictions: tuple[Contradiction, ...] = field(default=())
    repeated: tuple[Proposition, ...] = field(default=())
    total: int = 0


def place_meant(name: str, gazetteer: Gazetteer, profile: ConflictProfile, ledger: Ledger) -> Meant:
    """The place that a user means by a name: the one that the ledger speaks of most, else by the conflict's
    area and the population. A GeoNames id names a place outright. Raises InputError where there is none.
    """
    from oskil.places.asked import asked

    if name.lstrip("-").isdigit():
        place = gazetteer.get(int(name))
        if place is None:
            raise InputError("no place of the gazetteer has this id", name)
        return Meant(place, "its GeoNames id")
    candidates = asked(name, gazetteer)
    if not candidates:
        raise InputError(_no_such_place(name, gazetteer), name)
    spoken_of = _times_spoken_of(candidates, ledger)

    def rank(place: Place) -> tuple[int, bool, int, int]:
        return -spoken_of[place.id], not _inside(place, profile), -place.population, place.id

    first, *others = sorted(candidates, key=rank)
    return Meant(first, _why(first, spoken_of[first.id], bool(others), profile), tuple(others))


def _times_spoken_of(candidates: Sequence[Place], ledger: Ledger) -> Counter[int]:
    from oskil.ledger.filters import ClaimFilter

    wanted = ClaimFilter(places=tuple(p.id for p in candidates))
    return Counter(place for s in ledger.claims(wanted) for place in {*s.claim.places, *s.claim.areas})


def _inside(place: Place, profile: ConflictProfile) -> bool:
    west, south, east, north = profile.bbox
    return west <= place.lon <= east and south <= place.lat <= north


def _why(place: Place, times: int, others: bool, profile: ConflictProfile) -> str:
    if not others:
        return "the only place of this name"
    if times:
        return f"the one that the ledger speaks of ({times} claim{'s' if times > 1 else ''})"
    if _inside(place, profile):
        return "the most populous of this name in the conflict's area"
    return "the most populous of this name"


def _no_such_place(name: str, gazetteer: Gazetteer) -> str:
    near = list(dict.fromkeys(place.name for place in gazetteer.sounds_like(name)))[:3]
    hint = f"; it sounds like {', '.join(near)}" if near else ""
    return f"the gazetteer has no place of this name{hint}"


def account_of(
    meant: Meant, ledger: Ledger, wanted: ClaimFilter, profile: ConflictProfile | None = None
) -> PlaceAccount:
    """What the ledger holds about a place under a filter, in the order of the days spoken of."""
    from oskil.weighing.contradictions import find

    here = replace(wanted, places=(meant.place.id,), limit=None)
    every = sorted(told(ledger, here), key=lambda t: t.order)
    found = every[: wanted.limit]
    days = {t.document.id: day for t in found if (day := t.document.published_on) is not None}
    repeated = repeated_at(ledger, here, profile).propositions if found else ()
    return PlaceAccount(meant, tuple(found), find([t.claim for t in found], days), repeated, len(every))
