"""Chooses among the namesakes of all names of a text jointly.

Each candidate is scored by what is known of it alone (size, the conflict's area as a prior and never a
filter, the countries and regions that the text names), then by the text's own distances and directions,
and by how near it lies to what the other names were taken for, in some passes. One name has one sense in
a document unless the text's own relations say otherwise. The weights were set by hand.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from oskil.conflict.profile import ConflictProfile
from oskil.places.finding import Found, in_list, local
from oskil.places.geometry import angle_between, bearing_deg, rough_km, wind_deg
from oskil.places.normalise import alike, key
from oskil.places.relations import StatedRelation
from oskil.places.tokens import Sentences
from oskil.records import Place

_PASSES = 3
_NEARNESS_KM = 40.0  # the distance over which the support of a neighbour falls to a third
_SENTENCE, _PARAGRAPH, _DOCUMENT = 2.5, 1.5, 0.8
_LOCAL, _PARTY, _COUNTRY, _REGION = 3.0, 1.2, 0.6, 2.0
_OTHER_NAME, _SOUNDED = 2.5, -1.0
_SIZE, _FLOOR = 1.5, 10_000  # people; below it a figure is old or missing as often as not, and says nothing
_CONTAINED = 6.0
_STATED = 5.0
_IN = re.compile(r"(?:\s+\w+){0,4},?\s+in\s+(?:the\s+)?(?:\w+ern\s+)?")
_SPOTS = ("near", "toward")
_CLUSTER_KM = 40.0
_APART_KM = 80.0
_FAMOUS = 200_000
_FAR_KM = 150.0
_VILLAGE = 15_000
_HAMLET = 5_000
_WELL_KNOWN = 100_000


@dataclass(slots=True)
class Choice:
    """What was chosen for one name, and why; `place` None with a `reason`."""

    place: Place | None = None
    reason: str = ""
    why: str = ""
    confidence: float = 0.0


@dataclass(slots=True)
class _Name:
    """A name under resolution."""

    at: int
    found: Found
    sentence: int
    paragraph: int
    sense: str
    listing: int
    stated: list[StatedRelation] = field(default_factory=list)
    base: list[float] = field(default_factory=list)
    best: Place | None = None
    housed: bool = False
    score: float = 0.0
    margin: float = 0.0
    notes: str = ""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What a name is taken for, and how far to trust that, 0.3..1."""

    place: Place
    sense: str
    trust: float


@dataclass(slots=True)
class _Setting:
    """What the text says of its setting as a whole."""

    profile: ConflictProfile
    countries: frozenset[str]
    regions: frozenset[tuple[str, str]]
    relevance: float


def resolve(
    text: str, found: Sequence[Found], stated: Sequence[StatedRelation], profile: ConflictProfile
) -> list[Choice]:
    """A choice for every name found, in the same order."""
    sentences = Sentences(text)
    lists = _listings(text, found)
    names = [
        _Name(i, f, sentences.sentence(f.start), sentences.paragraph(f.start), _sense(f), lists[i])
        for i, f in enumerate(found)
    ]
    for relation in stated:
        if relation.subject is not None:
            names[relation.subject].stated.append(relation)
    setting = _setting(found, profile)
    for name in names:
        name.base = [
            _alone(place, name.found, setting) + _container(text, name, names, place)
            for place in name.found.candidates
        ]
        _pick(name, name.base)
    for _ in range(_PASSES):
        _pass(names)
    refusals = _refusals(names)
    return [_choice(name, names, refusals.get(name.at, "")) for name in names]


def _refusals(names: Sequence[_Name]) -> dict[int, str]:
    """The names not to be placed after all, with reasons. What is refused supports nobody, so until none is left."""
    refused: dict[int, str] = {}
    while True:
        fresh = {n.at: reason for n in names if n.at not in refused and (reason := _refused(n, names))}
        if not fresh:
            return refused
        refused |= fresh
        for at in fresh:
            names[at].best = None


def _sense(found: Found) -> str:
    return key(found.phrase).removesuffix(" city")


def _listings(text: str, found: Sequence[Found]) -> list[int]:
    """For each name the number of the enumeration that it stands in."""
    numbers = [0] * len(found)
    for at in range(1, len(found)):
        numbers[at] = numbers[at - 1] + (not in_list(text, found[at - 1], found[at]))
    return numbers


def _setting(found: Sequence[Found], profile: ConflictProfile) -> _Setting:
    countries, regions = set(), set()
    for one in found:
        for place in one.candidates[:1]:
            if place.kind == "country":
                countries.add(place.country)
            elif place.kind == "region":
                regions.add((place.country, place.region))
    inside = sum(any(local(p, profile) for p in f.candidates) for f in found if f.use == "name")
    named = bool(countries & set(profile.countries)) or any(c in profile.countries for c, _ in regions)
    relevance = 1.0 if named or inside >= 3 else 0.3
    return _Setting(profile, frozenset(countries), frozenset(regions), relevance)


def _alone(place: Place, found: Found, setting: _Setting) -> float:
    """What speaks for a candidate by itself."""
    if place.kind == "country":
        return 12.0
    score = 8.0 if place.kind == "region" else _SIZE * math.log10(_weight(place, found) + _FLOOR)
    if local(place, setting.profile):
        score += _LOCAL * setting.relevance
    elif place.country in setting.profile.countries:
        score += _PARTY * setting.relevance
    score += _COUNTRY * (place.country in setting.countries)
    score += _REGION * ((place.country, place.region) in setting.regions)
    score -= _OTHER_NAME * (1 - alike(found.phrase, place.name))
    return score + _SOUNDED * found.sounded


def _weight(place: Place, found: Found) -> int:
    """The population that counts: a place that bears the name as a second one does not win by its size over one
    of its country that bears it as its first."""
    name = key(found.phrase)
    if key(place.name) == name or place.population <= _VILLAGE:
        return place.population
    rivals = any(p.country == place.country and key(p.name) == name for p in found.candidates)
    return _VILLAGE if rivals else place.population


def _container(text: str, name: _Name, names: Sequence[_Name], place: Place) -> float:
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
        holders = [p for p in following.candidates if p.kind != "settlement" or p.population >= _FAMOUS]
        name.housed = name.housed or any(_holds(h, place) for h in holders)
        return _CONTAINED * any(_holds(h, place) for h in holders)
    return 0.0


def _holds(holder: Place, place: Place) -> bool:
    if holder.country != place.country or holder.id == place.id:
        return False
    return holder.kind == "country" or holder.region == place.region != ""


def _pick(name: _Name, scores: Sequence[float]) -> None:
    if not scores:
        return
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    name.best, name.score = name.found.candidates[order[0]], scores[order[0]]
    name.margin = scores[order[0]] - scores[order[1]] if len(order) > 1 else 9.0


class _Circles:
    """What the names are now taken for, by sentence, by paragraph and in all: the anchors of a pass."""

    def __init__(self, names: Sequence[_Name]) -> None:
        self._by: dict[tuple[str, int], dict[tuple[str, int], _Anchor]] = defaultdict(dict)
        self._known: dict[tuple[str, int], float] = {}
        for name in names:
            if name.best is None or name.best.kind == "country" or name.found.use == "metonym":
                continue
            trust = min(1.0, 0.3 + name.margin / 3)
            anchor = _Anchor(name.best, name.sense, trust)
            circles = (("sentence", name.sentence), ("paragraph", name.paragraph), ("document", 0))
            for circle in circles:
                self._by[circle][name.sense, name.best.id] = anchor

    def support(self, place: Place, name: _Name) -> float:
        """How near the other names lie, the three nearest of each circle."""
        if place.kind != "settlement":
            return 0.0
        score = _SENTENCE * self._nearness(place, name.sense, ("sentence", name.sentence))
        score += _PARAGRAPH * self._nearness(place, name.sense, ("paragraph", name.paragraph))
        if (known := self._known.get((name.sense, place.id))) is None:
            known = self._nearness(place, name.sense, ("document", 0))
            self._known[name.sense, place.id] = known
        return score + _DOCUMENT * known

    def _nearness(self, place: Place, sense: str, circle: tuple[str, int]) -> float:
        anchors = [a for a in self._by[circle].values() if a.sense != sense]
        if not anchors:
            return 0.0
        near = sorted(math.exp(-_km(place, a.place) / _NEARNESS_KM) * a.trust for a in anchors)[-3:]
        return sum(near) / len(near)


def _pass(names: Sequence[_Name]) -> None:
    """Score every candidate against what the other names are now taken for; then one sense for each name."""
    circles = _Circles(names)
    senses: dict[str, list[tuple[_Name, list[float]]]] = defaultdict(list)
    for name in names:
        if name.found.candidates:
            scores = [
                b + circles.support(p, name) + _stated_score(p, name, names)
                for b, p in zip(name.base, name.found.candidates, strict=True)
            ]
            senses[name.sense].append((name, scores))
    for group in senses.values():
        _agree(group)


def _agree(group: Sequence[tuple[_Name, list[float]]]) -> None:
    """One sense for all mentions of a name, except where a mention has a stated relation of its own."""
    joint: dict[int, list[float]] = defaultdict(list)
    for name, scores in group:
        for place, score in zip(name.found.candidates, scores, strict=True):
            joint[place.id].append(score)
    mean = {i: sum(s) / len(s) for i, s in joint.items()}
    for name, scores in group:
        _pick(name, scores if name.stated else [mean[p.id] for p in name.found.candidates])


def _stated_score(place: Place, name: _Name, names: Sequence[_Name]) -> float:
    score = 0.0
    for relation in name.stated:
        anchor = names[relation.object].best
        if anchor is not None and place.kind == "settlement" and anchor.id != place.id:
            score += fit(place, anchor, relation)
    return score


def fit(place: Place, anchor: Place, relation: StatedRelation) -> float:
    """How well a candidate agrees with a stated distance and direction from an anchor: about -10 to +7."""
    km = _km(place, anchor)
    score = 0.0
    if relation.km is not None:
        off = abs(km - relation.km) / max(relation.km, 10.0)
        # Stated distances are often along roads, a quarter longer than the line; hence the wide bell.
        score += _STATED * (math.exp(-((off / 0.35) ** 2)) if off <= 1 else -1.0)
    elif km > reach(anchor):
        score -= _STATED * min(2.0, km / reach(anchor) - 0.5)
    else:
        score += _STATED * (1 - km / reach(anchor)) * 0.8
    if relation.direction is not None and km > 3:
        angle = angle_between(bearing_deg(anchor, place), wind_deg(relation.direction))
        score += 2.0 * (1 - angle / 60) if angle <= 90 else -_STATED
    return score


def agrees(place: Place, anchor: Place, relation: StatedRelation) -> bool:
    """Whether a candidate is possible under a stated relation, with room for roads and rough directions."""
    km = _km(place, anchor)
    if relation.km is not None:
        if abs(km - relation.km) > max(15.0, relation.km * 0.6):
            return False
    elif km > reach(anchor):
        return False
    if relation.direction is None or km <= 8:
        return True
    return angle_between(bearing_deg(anchor, place), wind_deg(relation.direction)) <= 70


def reach(anchor: Place) -> float:
    """How far from a town, in km, texts still place a village by it: a rule of thumb, growing with its size."""
    return 25.0 + 20.0 * max(0.0, math.log10(max(anchor.population, 1) / 1000))


_cached_km = lru_cache(maxsize=100_000)(rough_km)


def _km(a: Place, b: Place) -> float:
    return _cached_km(a.lat, a.lon, b.lat, b.lon)


def _choice(name: _Name, names: Sequence[_Name], refusal: str) -> Choice:
    if refusal:
        return Choice(reason=refusal)
    if name.best is None:
        return Choice(reason=f"the gazetteer has no place of the name {name.found.phrase}")
    return Choice(name.best, why=_why(name, names), confidence=_confidence(name))


def _refused(name: _Name, names: Sequence[_Name]) -> str:
    """Why the best candidate is not to be taken after all; "" where it is."""
    best = name.best
    if best is None or best.kind != "settlement" or name.found.use != "name":
        return ""
    for relation in name.stated:
        anchor = names[relation.object].best
        if anchor is None:
            return f"said to lie by {names[relation.object].found.phrase}, which could not be placed"
        if anchor.id != best.id and anchor.kind == "settlement" and not agrees(best, anchor, relation):
            return _only_far(name, anchor, relation)
    if best.population < _FAMOUS and (circle := _circle(name, names)):
        nearest = min(circle, key=lambda p: _km(best, p))
        if _km(best, nearest) > _APART_KM:
            return _only_far(name, nearest, None)
    led = bool(name.stated) or _close(name, names) or name.housed
    if name.found.sounded and best.population < _WELL_KNOWN and not led:
        return f"not in the gazetteer; {best.name} sounds like it, but nothing in the text leads there"
    minor = best.population < _VILLAGE or key(name.found.phrase) != key(best.name)
    if (
        minor
        and best.population < _FAMOUS
        and name.margin < 0.3
        and not name.stated
        and not _close(name, names)
    ):
        rivals = len(found_near(name.found.candidates, best))
        if rivals > 1:
            return f"{rivals} places of this name, and nothing in the text tells which"
    return ""


def found_near(candidates: Iterable[Place], best: Place) -> list[Place]:
    """The candidates of the same country as the best."""
    return [p for p in candidates if p.country == best.country and p.kind == "settlement"]


def _only_far(name: _Name, anchor: Place, relation: StatedRelation | None) -> str:
    distances = [_km(p, anchor) for p in name.found.candidates if p.kind == "settlement"]
    km = min(distances)
    said = f"{relation.direction} of" if relation and relation.direction else ""
    if km <= reach(anchor) and said:
        return f"no place of this name lies {said} {anchor.name}; the nearest namesake is {km:.0f} km off"
    return f"only namesakes far from {anchor.name}, the nearest {km:.0f} km away"


def _circle(name: _Name, names: Sequence[_Name]) -> list[Place]:
    """What the other members of the name's list are taken for, where two of them lie close together: a list of
    villages along a front is local, a list of bombed cities is not."""
    best = name.best
    assert best is not None
    settled = [n for n in names if n.best is not None and n.best.kind == "settlement" and _other(name, n)]
    if best.population < _VILLAGE and name.found.relation in _SPOTS:
        # A village near which something happened has a neighbour in its sentence, or nothing to go by.
        return [n.best for n in settled if n.best is not None and n.sentence == name.sentence]
    members = [n.best for n in settled if n.best is not None and _alongside(name, n)]
    tight = [a for a in members if any(a.id != b.id and _km(a, b) <= _CLUSTER_KM for b in members)]
    return tight if len({p.id for p in tight}) >= 2 else []


def _other(name: _Name, other: _Name) -> bool:
    return other.sense != name.sense and other.found.use == "name"


def _alongside(name: _Name, other: _Name) -> bool:
    """Whether two names stand in one enumeration: near or toward something in one sentence, or side by side."""
    if name.found.relation in _SPOTS:
        return other.sentence == name.sentence and other.found.relation in _SPOTS
    assert name.best is not None
    return other.listing == name.listing and name.best.population < _HAMLET


def _close(name: _Name, names: Sequence[_Name]) -> bool:
    best = name.best
    return best is not None and any(
        n.best is not None
        and n.best.kind == "settlement"
        and n.sense != name.sense
        and _km(best, n.best) <= _CLUSTER_KM
        for n in names
        if n.found.use == "name" and abs(n.paragraph - name.paragraph) <= 1
    )


def _why(name: _Name, names: Sequence[_Name]) -> str:
    best = name.best
    assert best is not None
    if best.kind != "settlement":
        return f"the {best.kind} of this name"
    parts = []
    for relation in name.stated:
        anchor = names[relation.object].best
        if anchor is not None:
            parts.append(_stated_why(best, anchor, relation))
    if name.found.sounded:
        parts.append(f"another romanisation of {best.name}")
    same = len(name.found.candidates)
    if same == 1:
        parts.append("the only place of this name")
    else:
        parts.append(f"one of {same} of this name")
        if near := _nearest(name, names):
            parts.append(f"{_km(best, near):.0f} km from {near.name}, which the text names too")
    return "; ".join(parts)


def _stated_why(best: Place, anchor: Place, relation: StatedRelation) -> str:
    stated = f"{relation.km:.0f} km " if relation.km is not None else ""
    direction = f"{relation.direction} of" if relation.direction else "from"
    return f"stated {stated}{direction} {anchor.name}, found {_km(best, anchor):.0f} km"


def _nearest(name: _Name, names: Sequence[_Name]) -> Place | None:
    best = name.best
    assert best is not None
    others = [
        n.best
        for n in names
        if n.best and n.best.kind == "settlement" and n.best.id != best.id and n.found.use == "name"
    ]
    nearest = min(others, key=lambda p: _km(best, p), default=None)
    return nearest if nearest is not None and _km(best, nearest) <= _FAR_KM else None


def _confidence(name: _Name) -> float:
    """A logistic curve over the margin to the next candidate, lower for a match by sound. Not calibrated."""
    confidence = 1 / (1 + math.exp(-(name.margin - 0.2) * 1.5))
    return round(min(0.99, confidence * (0.8 if name.found.sounded else 1.0)), 2)
