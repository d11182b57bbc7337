"""Names that are not to be placed although the gazetteer has them: only namesakes far away, or too many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oskil.places.relations import StatedRelation
from oskil.places.scores import FAMOUS, VILLAGE, Name, agrees, bears, km_between, reach
from oskil.records import Place

CLUSTER_KM = 40.0
_APART_KM = 80.0
_AS_STATED = 1.5  # a stated distance may be rounded, or by road
_HAMLET = 5_000  # people
_WELL_KNOWN = 100_000
_SPOTS = ("near", "toward")


def refusals(names: Sequence[Name]) -> dict[int, str]:
    """The names not to be placed after all, with reasons.

    What is refused supports nobody, so it goes on until nothing more is refused.
    """
    refused: dict[int, str] = {}
    while True:
        fresh = {n.at: reason for n in names if n.at not in refused and (reason := _refused(n, names))}
        if not fresh:
            return refused
        refused |= fresh
        for at in fresh:
            names[at].best = None


def _refused(name: Name, names: Sequence[Name]) -> str:
    """Why the best candidate is not to be taken after all; "" where it is."""
    best = name.best
    if best is None or best.kind != "settlement" or name.found.use != "name":
        return ""
    for relation in name.stated:
        anchor = names[relation.object].best
        if anchor is None:
            return f"said to lie by {names[relation.object].found.phrase}, which could not be placed"
        apart = anchor.id != best.id and anchor.kind == "settlement"
        if apart and not agrees(best, anchor, relation) and not _only_turned(name, anchor, relation):
            return _only_far(name, anchor, relation)
    if best.population < FAMOUS and (circle := _circle(name, names)):
        nearest = min(circle, key=lambda p: km_between(best, p))
        if km_between(best, nearest) > _APART_KM:
            return _only_far(name, nearest, None)
    led = bool(name.stated) or _close(name, names) or name.housed
    if name.found.sounded and best.population < _WELL_KNOWN and not led:
        return f"not in the gazetteer; {best.name} sounds like it, but nothing in the text leads there"
    minor = best.population < VILLAGE or not bears(best, name.found)
    if (
        minor
        and best.population < FAMOUS
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


def _circle(name: Name, names: Sequence[Name]) -> list[Place]:
    """What the other members of the name's list are taken for, where two of them lie close together.

    A list of villages along a front is local, a list of bombed cities is not.
    """
    best = name.best
    assert best is not None
    settled = [n for n in names if n.best is not None and n.best.kind == "settlement" and _other(name, n)]
    if best.population < VILLAGE and name.found.relation in _SPOTS:
        # A village near which something happened has a neighbour in its sentence, or nothing to go by.
        return [n.best for n in settled if n.best is not None and n.sentence == name.sentence]
    members = [n.best for n in settled if n.best is not None and _alongside(name, n)]
    tight = [a for a in members if any(a.id != b.id and km_between(a, b) <= CLUSTER_KM for b in members)]
    return tight if len({p.id for p in tight}) >= 2 else []


def _other(name: Name, other: Name) -> bool:
    return other.sense != name.sense and other.found.use == "name"


def _alongside(name: Name, other: Name) -> bool:
    """Whether two names are listed together: near or toward something in one sentence, or side by side."""
    if name.found.relation in _SPOTS:
        return other.sentence == name.sentence and other.found.relation in _SPOTS
    assert name.best is not None
    return other.listing == name.listing and name.best.population < _HAMLET


def _close(name: Name, names: Sequence[Name]) -> bool:
    best = name.best
    return best is not None and any(
        n.best is not None
        and n.best.kind == "settlement"
        and n.sense != name.sense
        and km_between(best, n.best) <= CLUSTER_KM
        for n in names
        if n.found.use == "name" and abs(n.paragraph - name.paragraph) <= 1
    )
