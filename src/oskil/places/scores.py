"""What speaks for a candidate: itself, its setting, what the text states of it. Weights were set by hand."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from oskil.conflict.profile import ConflictProfile
from oskil.places.candidates import local
from oskil.places.counties import COUNTRY, states_of
from oskil.places.geometry import angle_between, bearing_deg, rough_km, wind_deg
from oskil.places.mention import Found
from oskil.places.normalise import alike, key
from oskil.places.relations import StatedRelation
from oskil.records import Place

FAMOUS = 200_000  # people
VILLAGE = 15_000
_LOCAL, _PARTY, _COUNTRY, _REGION = 3.0, 1.2, 0.6, 2.0
_OTHER_NAME, _SOUNDED = 2.5, -1.0
_ROMANISED = 0.75
_SIZE, _FLOOR = 1.5, 10_000  # people; below it a figure is old or missing as often as not, and says nothing
_CONTAINED = 6.0
_STATED = 5.0
_IN = re.compile(r"(?:\s+\w+){0,4},?\s+in\s+(?:the\s+)?(?:\w+ern\s+)?")
_cached_km = lru_cache(maxsize=100_000)(rough_km)


@dataclass(slots=True)
class Name:
    """A name under resolution."""

    at: int
    found: Found
    sentence: int
    paragraph: int
    sense: str
    listing: int
    stated: list[StatedRelation] = field(default_factory=list)
    river: str = ""  # that it is said to lie on, where a layer knows it
    on_river: Mapping[int, float] = field(default_factory=dict)  # what that says of each candidate's id
    best: Place | None = None
    housed: bool = False
    chance: float = 0.0
    none: float = 0.0
    margin: float = 0.0
    ranked: tuple[tuple[Place, float], ...] = ()


@dataclass(slots=True)
class Setting:
    """What the text says of its setting as a whole: how often it names each country and first-order region.

    A name of several is a part of a mention of each; a county counts for the states that have one of it.
    """

    profile: ConflictProfile
    countries: Mapping[str, float]
    regions: Mapping[tuple[str, str], float]
    relevance: float


def setting_of(found: Sequence[Found], profile: ConflictProfile) -> Setting:
    countries: dict[str, float] = defaultdict(float)
    regions: dict[tuple[str, str], float] = defaultdict(float)
    for one in found:
        areas = [p for p in one.candidates if p.kind != "settlement"]
        for place in areas:
            if place.kind == "country":
                countries[place.country] += 1 / len(areas)
            else:
                regions[place.country, place.region] += 1 / len(areas)
        if not one.candidates and (states := states_of(one.phrase)):
            for state in states:
                regions[COUNTRY, state] += 1 / len(states)
    inside = sum(any(local(p, profile) for p in f.candidates) for f in found if f.use == "name")
    named = bool(set(countries) & set(profile.countries)) or any(c in profile.countries for c, _ in regions)
    relevance = 1.0 if named or inside >= 3 else 0.3
    return Setting(profile, countries, regions, relevance)


def bears(place: Place, found: Found) -> bool:
    """Whether the name in the text is the place's own; in other letters, as near as romanisations are."""
    if found.latin:
        return alike(found.latin, place.name) >= _ROMANISED
    return key(place.name) == key(found.phrase)


def container(text: str, name: Name, names: Sequence[Name], place: Place) -> float:
    """What follows may contain the place: "Reading, Pennsylvania", "the Neftegorsk plant in Samara"."""
    if name.at + 1 >= len(names) or place.kind != "settlement":
        return 0.0
    following = names[name.at + 1].found
    between = text[name.found.end : following.start]
    if following.use != "name" or following.relation or not following.candidates:
        return 0.0
    if between in (", ", " (", ", in "):
        # A list ("Ukraine, Russia") looks the same, so a candidate outside loses nothing.
        holders = [p for p in following.candidates if p.kind != "settlement"]
        return _CONTAINED * any(_holds(h, place) for h in holders)
    if _IN.fullmatch(between):
        # A region's main town often stands for the region.
        holders = [p for p in following.candidates if p.kind != "settlement" or p.population >= FAMOUS]
        name.housed = name.housed or any(_holds(h, place) for h in holders)
        return _CONTAINED * any(_holds(h, place) for h in holders)
    return 0.0


def _holds(holder: Place, place: Place) -> bool:
    if holder.country != place.country or holder.id == place.id:
        return False
    return holder.kind == "country" or holder.region == place.region != ""


def stated_score(place: Place, name: Name, names: Sequence[Name]) -> float:
    score = name.on_river.get(place.id, 0.0)
    for relation in name.stated:
        anchor = names[relation.object].best
        if anchor is None or place.kind != "settlement" or anchor.id == place.id:
            continue
        if relation.other is None:
            score += fit(place, anchor, relation)
        elif (other := names[relation.other].best) is not None and other.id not in (anchor.id, place.id):
            score += fit_between(place, anchor, other)
    return score


def fit(place: Place, anchor: Place, relation: StatedRelation) -> float:
    """How well a candidate agrees with a stated distance and direction from an anchor: about -10 to +7."""
    km = km_between(place, anchor)
    score = 0.0
    if relation.km is not None:
        off = abs(km - relation.km) / max(relation.km, 10.0)
        # Stated distances are often along roads, a quarter longer than the line; hence the wide bell.
        score += _bell(off)
    elif km > reach(anchor):
        score -= _STATED * min(2.0, km / reach(anchor) - 0.5)
    else:
        score += _STATED * (1 - km / reach(anchor)) * 0.8
    if relation.direction is not None and km > 3:
        angle = angle_between(bearing_deg(anchor, place), wind_deg(relation.direction))
        score += 2.0 * (1 - angle / 60) if angle <= 90 else -_STATED
    return score


def fit_between(place: Place, one: Place, other: Place) -> float:
    """How well a candidate agrees with lying between two others, by the detour over it: -5 to +5."""
    return _bell((km_between(place, one) + km_between(place, other)) / max(km_between(one, other), 10.0) - 1)


def _bell(off: float) -> float:
    return _STATED * (math.exp(-((off / 0.35) ** 2)) if off <= 1 else -1.0)


def agrees(place: Place, anchor: Place, relation: StatedRelation) -> bool:
    """Whether a candidate is possible under a stated relation, with room for roads and rough directions."""
    km = km_between(place, anchor)
    if relation.km is not None:
        if abs(km - relation.km) > max(15.0, relation.km * 0.6):
            return False
    elif km > reach(anchor):
        return False
    if relation.direction is None or km <= 8:
        return True
    return angle_between(bearing_deg(anchor, place), wind_deg(relation.direction)) <= 70


def reach(anchor: Place) -> float:
    """How far from a town, in km, texts place a village by it: a rule of thumb, growing with its size."""
    return 25.0 + 20.0 * max(0.0, math.log10(max(anchor.population, 1) / 1000))


def km_between(a: Place, b: Place) -> float:
    return _cached_km(a.lat, a.lon, b.lat, b.lon)
