"""Names that are not to be placed although the gazetteer has them: no town is written so, only namesakes far
away, or too many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from oskil.places.cues import as_of_water
from oskil.places.neighbourhood import Member, Neighbourhood
from oskil.places.relations import StatedRelation
from oskil.places.scores import FAMOUS, VILLAGE, Name, agrees, bears, km_between, reach
from oskil.records import Place

CLUSTER_KM = 40.0
_APART_KM = 80.0
_AS_STATED = 1.5  # a stated distance may be rounded, or by road
_HAMLET = 5_000  # people
_WELL_KNOWN = 100_000
_SPOTS = ("near", "toward")


def refusals(text: str, names: Sequence[Name]) -> dict[int, str]:
    """The names not to be placed after all, with reasons.

    What is refused supports nobody, so it goes on until nothing more is refused.
    """
    refused = _no_towns(text, names)
    while True:
        around = _Around(names)
        fresh = {
            n.at: reason for n in names if n.at not in refused and (reason := _refused(n, names, around))
        }
        if not fresh:
            return refused
        refused |= fresh
        for at in fresh:
            names[at].best = None


def _no_towns(text: str, names: Sequence[Name]) -> dict[int, str]:
    """The names that are written as no town's is, with the reason; they support nobody."""
    refused = {}
    for name in names:
        best = name.best
        town = best is not None and best.kind == "settlement" and not best.name.lower().startswith("the ")
        if town and name.found.use == "name" and as_of_water(text, name.found.start, name.found.end):
            refused[name.at] = f"“{name.found.phrase}” is written as no town's name is; a river, perhaps"
            name.best = None
    for name in names:
        name.stated = [relation for relation in name.stated if relation.object not in refused]
    return refused


def _refused(name: Name, names: Sequence[Name], around: _Around) -> str:
    """Why the best candidate is not to be taken after all; "" where it is."""
    best = name.best
    if best is None or best.kind != "settlement" or name.found.use != "name":
        return ""
    for relation in name.stated:
        if relation.other is not None:
            continue
        anchor = names[relation.object].best
        if anchor is None:
            return f"said to lie by {names[relation.object].found.phrase}, which could not be placed"
        apart = anchor.id != best.id and anchor.kind == "settlement"
        if apart and not agrees(best, anchor, relation) and not _only_turned(name, anchor, relation):
            return _only_far(name, anchor, relation)
    if best.population < FAMOUS and (far := around.apart(name)):
        return _only_far(name, far, None)
    led = bool(name.stated) or name.housed or around.close(name)
    if name.found.sounded and best.population < _WELL_KNOWN and not led:
        return f"not in the gazetteer; {best.name} sounds like it, but nothing in the text leads there"
    minor = best.population < VILLAGE or not bears(best, name.found)
    if (
        minor
        and best.population < FAMOUS
        and name.margin < 0.3
        and not name.stated
        and not around.close(name)
    ):
        rivals = len(found_near(name.found.candidates, best))
        if rivals > 1:
            return f"{rivals} places of this name, and nothing in the text tells which"
    return ""


def found_near(candidates: Iterable[Place], best: Place) -> list[Place]:
    """The candidates of the same country as the best."""
    return [p for p in candidates if p.country == best.country and p.kind == "settlement"]


def _only_turned(name: Name, anchor: Place, relation: StatedRelation) -> bool:
    """Whether the one place of this name lies as far off as is said, though to another side.

    Then it is the text that errs, and the check of the direction is to say so.
    """
    near = [
        p for p in name.found.candidates if p.kind == "settlement" and km_between(p, anchor) <= reach(anchor)
    ]
    if relation.km is None or len({p.id for p in near}) != 1:
        return False
    return 1 / _AS_STATED <= km_between(near[0], anchor) / relation.km <= _AS_STATED


def _only_far(name: Name, anchor: Place, relation: StatedRelation | None) -> str:
    distances = [km_between(p, anchor) for p in name.found.candidates if p.kind == "settlement"]
    km = min(distances)
    said = f"{relation.direction} of" if relation and relation.direction else ""
    if km <= reach(anchor) and said:
        return f"no place of this name lies {said} {anchor.name}; the nearest namesake is {km:.0f} km off"
    return f"only namesakes far from {anchor.name}, the nearest {km:.0f} km away"


class _Around:
    """What the names are taken for, by paragraph, by sentence and by list, in one round of refusing."""

    def __init__(self, names: Sequence[Name]) -> None:
        members: dict[tuple[str, int], list[Member]] = defaultdict(list)
        for name in names:
            best = name.best
            if best is None or best.kind != "settlement" or name.found.use != "name":
                continue
            member = (best, name.sense)
            members["paragraph", name.paragraph].append(member)
            members["sentence", name.sentence].append(member)
            members["listing", name.listing].append(member)
            if name.found.relation in _SPOTS:
                members["spots", name.sentence].append(member)
        self._by = {circle: Neighbourhood(listed) for circle, listed in members.items()}
        self._tight: dict[tuple[str, int], dict[Member, set[str]]] = {}

    def close(self, name: Name) -> bool:
        """Whether another name of the paragraph, or of one beside it, lies near the best."""
        best = name.best
        if best is None:
            return False
        circles = (self._by.get(("paragraph", name.paragraph + step)) for step in (0, -1, 1))
        return any(
            sense != name.sense
            for circle in circles
            if circle
            for _, sense in circle.within(best, CLUSTER_KM)
        )

    def apart(self, name: Name) -> Place | None:
        """The nearest of the names that it stands with, where it lies far from all of them.

        They are the other members of its list where two lie close together: a list of villages along a front
        is local, a list of bombed cities is not. A village near which something happened has a neighbour in
        its sentence, or nothing to go by.
        """
        best = name.best
        assert best is not None
        if name.found.relation in _SPOTS:
            if best.population < VILLAGE:
                return self._far(name, best, ("sentence", name.sentence))
            return self._far_from_tight(name, best, ("spots", name.sentence))
        if best.population >= _HAMLET:
            return None
        return self._far_from_tight(name, best, ("listing", name.listing))

    def _far(self, name: Name, best: Place, circle: tuple[str, int]) -> Place | None:
        members = self._by.get(circle)
        if members is None or any(s != name.sense for _, s in members.within(best, _APART_KM)):
            return None
        return Neighbourhood(m for m in members if m[1] != name.sense).nearest(best)

    def _far_from_tight(self, name: Name, best: Place, circle: tuple[str, int]) -> Place | None:
        members = self._by.get(circle)
        if members is None:
            return None
        crowd = self._crowd(circle, members)

        def tight(member: Member) -> bool:
            return member[1] != name.sense and bool(crowd[member] - {name.sense})

        if any(tight(member) for member in members.within(best, _APART_KM)):
            return None
        others = [member for member in members if tight(member)]
        return Neighbourhood(others).nearest(best) if len({p.id for p, _ in others}) >= 2 else None

    def _crowd(self, circle: tuple[str, int], members: Neighbourhood) -> dict[Member, set[str]]:
        """The members of a circle, each with the senses, two at most, of other places close to it."""
        if circle not in self._tight:
            self._tight[circle] = {member: _two_close(member, members) for member in members}
        return self._tight[circle]


def _two_close(member: Member, members: Neighbourhood) -> set[str]:
    found: set[str] = set()
    for place, sense in members.within(member[0], CLUSTER_KM):
        if place.id != member[0].id:
            found.add(sense)
            if len(found) == 2:
                break
    return found
