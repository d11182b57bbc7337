"""The relations that a claim's own words state between two places, and who those places are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import pi, sqrt

from oskil.checking.interface import Case
from oskil.checking.tolerances import tolerances
from oskil.places.relations import StatedRelation, stated_relations
from oskil.records import Place, Span, Toponym

_KINDS_WITHOUT_A_POINT = {"region": "a first-order region", "country": "a country"}


@dataclass(frozen=True, slots=True)
class Line:
    """A relation with both of its ends: places, or the reason why there is none."""

    relation: StatedRelation
    at: Span
    words: str
    subject: str
    object: str
    ends: tuple[Place, Place] | None
    reason: str = ""


def lines(case: Case) -> Iterator[Line]:
    """Every relation that the claim's words state, with its ends placed where that can be done."""
    for relation in _relations(case.document.text, tuple(case.toponyms)):
        at = Span(relation.start, relation.end)
        if any(_mostly_inside(at, span) for span in case.claim.spans):
            yield _line(case, relation, at)


@lru_cache(maxsize=4)
def _relations(text: str, toponyms: tuple[Toponym, ...]) -> tuple[StatedRelation, ...]:
    # Every claim of a document asks for the same ones.
    return stated_relations(text, toponyms)


def _mostly_inside(inner: Span, outer: Span) -> bool:
    # A relation may begin at its subject's name, which a nested claim leaves out.
    shared = min(inner.end, outer.end) - max(inner.start, outer.start)
    return 2 * shared >= inner.end - inner.start


def _line(case: Case, relation: StatedRelation, at: Span) -> Line:
    to = case.toponyms[relation.object]
    stated = " ".join(case.document.text[at.start : at.end].split())
    subject, name, reason = _subject(case, relation)
    for place, phrase, why in ((subject, name, reason), (to.place, to.phrase, _unplaced(to))):
        if place is None:
            return Line(relation, at, stated, name, to.phrase, None, why)
        if place.kind in _KINDS_WITHOUT_A_POINT:
            kind = _KINDS_WITHOUT_A_POINT[place.kind]
            why = f"{phrase} is {kind}, not a point; a layer of its borders would allow a check"
            return Line(relation, at, stated, name, to.phrase, None, why)
    assert subject is not None and to.place is not None  # the loop has left otherwise
    if subject.id == to.place.id:
        return Line(relation, at, stated, name, to.phrase, None, "both ends were read as the same place")
    return Line(relation, at, stated, name, to.phrase, (subject, to.place))


def _subject(case: Case, relation: StatedRelation) -> tuple[Place | None, str, str]:
    if relation.subject is None:
        return None, "a place", "the text gives no name to what lies there; a name would allow a check"
    named = case.toponyms[relation.subject]
    return named.place, named.phrase, _unplaced(named)


def _unplaced(toponym: Toponym) -> str:
    why = toponym.reason or "the gazetteer has no such place"
    return f"{toponym.phrase} could not be placed: {why}; a fuller gazetteer would allow a check"


def radius_km(place: Place) -> float:
    """The radius of a settlement drawn as a disc of `distance.density_per_km2`, in km; 0 where unpeopled."""
    return sqrt(place.population / (pi * tolerances()["distance.density_per_km2"]))
