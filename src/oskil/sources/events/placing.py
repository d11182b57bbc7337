"""Where an event was, by the gazetteer: the name that its row gives, near the point that it gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oskil.records import Place, Span, Toponym
from oskil.sources.events.events import Event

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer

# Of our own choosing: two gazetteers put the point of one town some kilometres apart, and a region's farther.
TOWN_KM, REGION_KM = 15.0, 250.0
# Names that are spelled at least so alike are two romanisations of one.
ALIKE = 0.75
# ACLED writes "Kharkiv - Saltivskyi" for a quarter of a city.
_QUARTER = " - "


@dataclass(frozen=True, slots=True)
class Placed:
    """What a claim has of places, and the names as they stand in its line."""

    places: tuple[int, ...] = ()
    areas: tuple[int, ...] = ()
    around: tuple[int, ...] = ()
    toponyms: tuple[Toponym, ...] = ()


def placed(event: Event, line: Span, gazetteer: Gazetteer | None) -> Placed:
    """The place of an event whose line begins with its place and its region.

    An id that the table gives is taken as it is. Without one, the nearest settlement of that name within
    TOWN_KM of the stated point is meant; where the table says that only the region is known, the region. A
    name that leads to none of these stays without a place, with the reason. Without a gazetteer, ids alone
    count.
    """
    if event.place_id:
        return _by_id(event, event.place_id, line, gazetteer)
    if gazetteer is None:
        return Placed()
    if event.exactness == "region":
        return _in_region(event, line, gazetteer)
    return _in_town(event, line, gazetteer)


def _by_id(event: Event, ident: int, line: Span, gazetteer: Gazetteer | None) -> Placed:
    place = gazetteer.get(ident) if gazetteer else None
    reason = "" if place else f"no place of the gazetteer has the id {ident} that the table gives"
    names = _toponym(line.start, event.place, place, reason, "its id in the table") if gazetteer else ()
    if event.exactness == "region" or (place is not None and place.kind != "settlement"):
        return Placed(areas=(ident,), toponyms=names)
    return Placed((ident,), around=_around(event, ident), toponyms=names)


def _in_town(event: Event, line: Span, gazetteer: Gazetteer) -> Placed:
    if not event.place:
        return Placed()
    if event.point is None:
        reason = "the table gives no point, and many places may bear a name"
        return Placed(toponyms=_toponym(line.start, event.place, None, reason))
    found = _nearest(_towns(event.place, gazetteer), event.point, TOWN_KM)
    name = event.place
    if found is None and _QUARTER in event.place:
        name = event.place.partition(_QUARTER)[0]
        found = _nearest(_towns(name, gazetteer), event.point, TOWN_KM)
    if found is None:
        reason = f"no settlement of this name is known within {TOWN_KM:.0f} km of {_told(event.point)}"
        return Placed(toponyms=_toponym(line.start, event.place, None, reason))
    km, place = found
    why = f"{km:.1f} km from the point that the table gives"
    relation = "near" if event.exactness == "around" else "at"
    names = _toponym(line.start, name, place, "", why, relation)
    return Placed((place.id,), around=_around(event, place.id), toponyms=names)


def _in_region(event: Event, line: Span, gazetteer: Gazetteer) -> Placed:
    if not event.region:
        return Placed()
    start = line.start + (len(event.place) + 2 if event.place else 0)
    if event.point is None:
        reason = "the table gives no point, and regions of two countries may bear a name"
        return Placed(toponyms=_toponym(start, event.region, None, reason))
    regions = [one for one in gazetteer.search(event.region) if one.kind in ("region", "district")]
    found = _nearest(regions, event.point, REGION_KM)
    if found is None:
        reason = f"no region of this name is known within {REGION_KM:.0f} km of {_told(event.point)}"
        return Placed(toponyms=_toponym(start, event.region, None, reason))
    why = "the table knows the region alone"
    return Placed(areas=(found[1].id,), toponyms=_toponym(start, event.region, found[1], "", why))


def _towns(name: str, gazetteer: Gazetteer) -> list[Place]:
    """The settlements of a name; of a name that sounds the same and is spelled alike where there is none."""
    from oskil.places.normalise import alike

    named = [one for one in gazetteer.search(name) if one.kind == "settlement"]
    if named:
        return named
    sounding = (one for one in gazetteer.sounds_like(name) if one.kind == "settlement")
    return [one for one in sounding if max(alike(name, n) for n in gazetteer.names(one.id)) >= ALIKE]


def _nearest(
    places: Iterable[Place], point: tuple[float, float], within: float
) -> tuple[float, Place] | None:
    from oskil.places.geometry import distance_to

    by = sorted(((distance_to(*point, place), place) for place in places), key=lambda one: one[0])
    return by[0] if by and by[0][0] <= within else None


def _around(event: Event, ident: int) -> tuple[int, ...]:
    return (ident,) if event.exactness == "around" else ()


def _told(point: Sequence[float]) -> str:
    return f"{point[0]:g}, {point[1]:g}"


def _toponym(
    start: int, phrase: str, place: Place | None, reason: str, why: str = "", relation: str = "at"
) -> tuple[Toponym, ...]:
    if not phrase:
        return ()
    one = Toponym(
        start=start,
        end=start + len(phrase),
        phrase=phrase,
        place=place,
        reason=reason,
        why=why if place else "",
        relation=relation,
        confidence=1.0 if place else 0.0,
        candidates=(place.id,) if place else (),
    )
    return (one,)
