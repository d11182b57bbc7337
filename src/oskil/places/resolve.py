"""Chooses among the namesakes of all names of a text jointly.

Each candidate is scored by what is known of it alone (size, the conflict's area as a prior and never a
filter, the countries and regions that the text names), then by the text's own distances and directions,
and by how near it lies to what the other names were taken for, in some passes. One name has one sense in
a document unless the text's own relations say otherwise. The weights were set by hand.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from oskil.conflict.profile import ConflictProfile
from oskil.places.geometry import bearing_deg, compass
from oskil.places.mention import Found, in_list
from oskil.places.normalise import key
from oskil.places.refusing import refusals
from oskil.places.relations import StatedRelation
from oskil.places.scores import Name, alone, container, km_between, setting_of, stated_score
from oskil.places.tokens import Sentences
from oskil.records import Place

_PASSES = 3
_NEARNESS_KM = 40.0  # the distance over which the support of a neighbour falls to a third
_SENTENCE, _PARAGRAPH, _DOCUMENT = 2.5, 1.5, 0.8
_FAR_KM = 150.0


@dataclass(slots=True)
class Choice:
    """What was chosen for one name, and why; `place` None with a `reason`."""

    place: Place | None = None
    reason: str = ""
    why: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What a name is taken for, and how far to trust that, 0.3..1."""

    place: Place
    sense: str
    trust: float


def resolve(
    text: str, found: Sequence[Found], stated: Sequence[StatedRelation], profile: ConflictProfile
) -> list[Choice]:
    """A choice for every name found, in the same order."""
    sentences = Sentences(text)
    lists = _listings(text, found)
    names = [
        Name(i, f, sentences.sentence(f.start), sentences.paragraph(f.start), _sense(f), lists[i])
        for i, f in enumerate(found)
    ]
    for relation in stated:
        if relation.subject is not None:
            names[relation.subject].stated.append(relation)
    setting = setting_of(found, profile)
    for name in names:
        name.base = [
            alone(place, name.found, setting) + container(text, name, names, place)
            for place in name.found.candidates
        ]
        _pick(name, name.base)
    for _ in range(_PASSES):
        _pass(names)
    refused = refusals(names)
    return [_choice(name, names, refused.get(name.at, "")) for name in names]


def _sense(found: Found) -> str:
    return key(found.phrase).removesuffix(" city")


def _listings(text: str, found: Sequence[Found]) -> list[int]:
    """For each name the number of the enumeration that it stands in."""
    numbers = [0] * len(found)
    for at in range(1, len(found)):
        numbers[at] = numbers[at - 1] + (not in_list(text, found[at - 1], found[at]))
    return numbers


def _pick(name: Name, scores: Sequence[float]) -> None:
    if not scores:
        return
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    name.best, name.score = name.found.candidates[order[0]], scores[order[0]]
    name.margin = scores[order[0]] - scores[order[1]] if len(order) > 1 else 9.0


class _Circles:
    """What the names are now taken for, by sentence, by paragraph and in all: the anchors of a pass."""

    def __init__(self, names: Sequence[Name]) -> None:
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

    def support(self, place: Place, name: Name) -> float:
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
        near = sorted(math.exp(-km_between(place, a.place) / _NEARNESS_KM) * a.trust for a in anchors)[-3:]
        return sum(near) / len(near)


def _pass(names: Sequence[Name]) -> None:
    """Score every candidate against what the other names are now taken for; then one sense for each name."""
    circles = _Circles(names)
    senses: dict[str, list[tuple[Name, list[float]]]] = defaultdict(list)
    for name in names:
        if name.found.candidates:
            scores = [
                b + circles.support(p, name) + stated_score(p, name, names)
                for b, p in zip(name.base, name.found.candidates, strict=True)
            ]
            senses[name.sense].append((name, scores))
    for group in senses.values():
        _agree(group)


def _agree(group: Sequence[tuple[Name, list[float]]]) -> None:
    """One sense for all mentions of a name, except where a mention has a stated relation of its own."""
    joint: dict[int, list[float]] = defaultdict(list)
    for name, scores in group:
        for place, score in zip(name.found.candidates, scores, strict=True):
            joint[place.id].append(score)
    mean = {i: sum(s) / len(s) for i, s in joint.items()}
    for name, scores in group:
        _pick(name, scores if name.stated else [mean[p.id] for p in name.found.candidates])


def _choice(name: Name, names: Sequence[Name], refusal: str) -> Choice:
    if refusal:
        return Choice(reason=refusal)
    if name.best is None:
        return Choice(reason=f"the gazetteer has no place of the name {name.found.phrase}")
    return Choice(name.best, why=_why(name, names), confidence=_confidence(name))


def _why(name: Name, names: Sequence[Name]) -> str:
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
            parts.append(f"{km_between(best, near):.0f} km from {near.name}, which the text names too")
    return "; ".join(parts)


def _stated_why(best: Place, anchor: Place, relation: StatedRelation) -> str:
    stated = f"{relation.km:.0f} km " if relation.km is not None else ""
    direction = f"{relation.direction} of" if relation.direction else "from"
    wind = f" {compass(bearing_deg(anchor, best))} of it" if relation.direction else ""
    return f"stated {stated}{direction} {anchor.name}, found {km_between(best, anchor):.0f} km{wind}"


def _nearest(name: Name, names: Sequence[Name]) -> Place | None:
    best = name.best
    assert best is not None
    others = [
        n.best
        for n in names
        if n.best and n.best.kind == "settlement" and n.best.id != best.id and n.found.use == "name"
    ]
    nearest = min(others, key=lambda p: km_between(best, p), default=None)
    return nearest if nearest is not None and km_between(best, nearest) <= _FAR_KM else None


def _confidence(name: Name) -> float:
    """A logistic curve over the margin to the next candidate, lower for a match by sound. Not calibrated."""
    confidence = 1 / (1 + math.exp(-(name.margin - 0.2) * 1.5))
    return round(min(0.99, confidence * (0.8 if name.found.sounded else 1.0)), 2)
