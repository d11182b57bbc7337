"""Chooses among the namesakes of all names of a text jointly.

Each candidate is scored by features that can be read (`evidence.py`) under weights that were learned
(`ranking.py`): what is known of it alone, and how it lies to what the other names are now taken for. The
text's own distances and directions come on top. One name has one sense in a document unless the text's own
relations say otherwise. "None of these" competes with the candidates, and some choices are refused
(`refusing.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from oskil.conflict.profile import ConflictProfile
from oskil.places import ranking
from oskil.places.evidence import Table, support, table_of
from oskil.places.geometry import bearing_deg, compass
from oskil.places.home import Home
from oskil.places.mention import Found, in_list
from oskil.places.neighbourhood import Neighbourhood
from oskil.places.normalise import key
from oskil.places.refusing import refusals
from oskil.places.relations import StatedRelation
from oskil.places.rivers import on_river, river_after
from oskil.places.scores import Name, Setting, km_between, setting_of, stated_score
from oskil.places.tokens import Sentences
from oskil.records import Place

if TYPE_CHECKING:
    from oskil.places.layers import Layer

_REACHES_KM = (10.0, 40.0, 150.0)
_ALONE_MARGIN = 9.0


@dataclass(slots=True)
class Choice:
    """What was chosen for one name, and why; `place` None with a `reason`.

    `ranked` are the candidates with their probabilities, the likeliest first; what is missing to 1 is the
    probability of "none of these".
    """

    place: Place | None = None
    reason: str = ""
    why: str = ""
    confidence: float = 0.0
    ranked: tuple[tuple[Place, float], ...] = ()


@dataclass(slots=True)
class Ready:
    """A text's names, ready to be resolved."""

    names: list[Name]
    setting: Setting
    table: Table


def prepared(
    text: str,
    found: Sequence[Found],
    profile: ConflictProfile,
    stated: Sequence[StatedRelation] = (),
    home: Home | None = None,
) -> Ready:
    """The names of a text with the table of what speaks for their candidates."""
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
    return Ready(names, setting, table_of(text, names, setting, home))


def resolve(
    text: str,
    found: Sequence[Found],
    stated: Sequence[StatedRelation],
    profile: ConflictProfile,
    home: Home | None = None,
    rivers: Layer | None = None,
) -> list[Choice]:
    """A choice for every name found, in the same order. `home` is the outlet's; `rivers` a layer of them."""
    ready = ranked(text, found, stated, profile, home, rivers)
    names, by = ready.names, ranking.weights(home)
    refused = refusals(text, names)
    settled = _settled(names)
    return [_choice(name, names, refused.get(name.at, ""), by.least, settled) for name in names]


def ranked(
    text: str,
    found: Sequence[Found],
    stated: Sequence[StatedRelation],
    profile: ConflictProfile,
    home: Home | None = None,
    rivers: Layer | None = None,
) -> Ready:
    """The names of a text with their candidates ranked, and the table that the ranking rests on."""
    ready = prepared(text, found, profile, stated, home)
    if rivers is not None:
        _put_on_rivers(text, ready, rivers)
    if ready.table.size:
        _rank(ready, ranking.weights(home))
    return ready


def _rank(ready: Ready, by: ranking.Weights) -> None:
    """Weigh all candidates, in some passes, against what the other names are now taken for."""
    table, names = ready.table, ready.names
    scores = table.rows @ by.alone
    said: dict[int, Any] = {}
    for number in range(ranking.PASSES + 1):
        last = number == ranking.PASSES
        # The weights were learned without a temperature; it mends the probabilities that are told.
        now, none = ranking.chances(table, scores / by.temperature if last else scores)
        _take(ready, now, none, scores, said, by.temperature if last else 1.0)
        if not last:
            support(table, now)
            scores = table.rows @ by.together
            said = _said(table, names)
            for sense in table.senses:
                if told := [said[m] for m in sense.mentions if m in said]:
                    scores[sense.begin : sense.begin + len(sense.candidates)] += np.mean(told, axis=0)


def _put_on_rivers(text: str, ready: Ready, rivers: Layer) -> None:
    """Weigh the candidates of names that the text puts on a river which the layer knows."""
    for sense in ready.table.senses:
        for name in (ready.names[m] for m in sense.mentions):
            if river := river_after(text, name.found.end):
                said = on_river(sense.candidates, river, rivers)
                if said is not None:
                    name.river = river
                    name.on_river = {p.id: float(s) for p, s in zip(sense.candidates, said, strict=True)}


def _said(table: Table, names: Sequence[Name]) -> dict[int, Any]:
    """What the text's own distances and directions say of the candidates of a mention."""
    return {
        m: np.array([stated_score(p, names[m], names) for p in sense.candidates])
        for sense in table.senses
        for m in sense.mentions
        if names[m].stated or names[m].on_river
    }


def _take(ready: Ready, now: Any, none: Any, scores: Any, said: dict[int, Any], temperature: float) -> None:
    """Put the likeliest candidate on each mention; one with a stated relation of its own stands alone."""
    table = ready.table
    for number, sense in enumerate(table.senses):
        mine = slice(sense.begin, sense.begin + len(sense.candidates))
        told = [said[m] for m in sense.mentions if m in said]
        for mention in sense.mentions:
            chances, rest = now[mine], float(none[number])
            if mention in said and len(sense.mentions) > 1:
                own = scores[mine] + said[mention] - np.mean(told, axis=0)
                chances, rest = _softmax(own / temperature, scores[table.size + number] / temperature)
            _put(ready.names[mention], sense.candidates, chances, rest)


def _softmax(scores: Any, none: float) -> tuple[Any, float]:
    top = max(float(scores.max()), none)
    raised, rest = np.exp(scores - top), math.exp(none - top)
    total = float(raised.sum()) + rest
    return raised / total, rest / total


def _put(name: Name, candidates: Sequence[Place], chances: Any, none: float) -> None:
    order = np.argsort(-chances, kind="stable")
    name.ranked = tuple((candidates[k], float(chances[k])) for k in order)
    name.best, name.chance = name.ranked[0]
    name.none = none
    second = name.ranked[1][1] if len(order) > 1 else 0.0
    name.margin = math.log(name.chance / second) if second > 0 and name.chance > 0 else _ALONE_MARGIN


def _sense(found: Found) -> str:
    return key(found.phrase).removesuffix(" city")


def _listings(text: str, found: Sequence[Found]) -> list[int]:
    """For each name the number of the enumeration that it stands in."""
    numbers = [0] * len(found)
    for at in range(1, len(found)):
        numbers[at] = numbers[at - 1] + (not in_list(text, found[at - 1], found[at]))
    return numbers


def _choice(name: Name, names: Sequence[Name], refusal: str, least: float, settled: Neighbourhood) -> Choice:
    ranked = name.ranked
    if refusal:
        return Choice(reason=refusal, ranked=ranked)
    if name.best is None:
        return Choice(reason=f"the gazetteer has no place of the name {name.found.phrase}")
    if name.chance < least:
        return Choice(reason=_unlikely(name), ranked=ranked)
    return Choice(name.best, why=_why(name, names, settled), confidence=round(name.chance, 3), ranked=ranked)


def _unlikely(name: Name) -> str:
    count = len(name.ranked)
    known = "the one place known by this name" if count == 1 else f"none of {count} places of this name"
    verb = "is not likely to be meant" if count == 1 else "is likely to be meant"
    return f"{known} {verb} ({name.ranked[0][0].name}: {100 * name.chance:.0f} %)"


def _why(name: Name, names: Sequence[Name], settled: Neighbourhood) -> str:
    best = name.best
    assert best is not None
    if best.kind != "settlement":
        return f"the {best.kind} of this name"
    parts = []
    for relation in name.stated:
        anchor = names[relation.object].best
        other = None if relation.other is None else names[relation.other].best
        if anchor is not None and (other is not None or relation.other is None):
            parts.append(_stated_why(best, anchor, relation, other))
    if name.on_river.get(best.id, 0.0) > 0:
        parts.append(f"on the {name.river}, as stated")
    if name.found.sounded:
        parts.append(f"another romanisation of {best.name}")
    same = len(name.found.candidates)
    if same == 1:
        parts.append("the only place of this name")
    else:
        parts.append(f"one of {same} of this name")
        if near := _nearest(best, settled):
            parts.append(f"{km_between(best, near):.0f} km from {near.name}, which the text names too")
    return "; ".join(parts)


def _stated_why(best: Place, anchor: Place, relation: StatedRelation, other: Place | None) -> str:
    if other is not None:
        apart = f"{km_between(best, anchor):.0f} and {km_between(best, other):.0f} km off"
        return f"stated between {anchor.name} and {other.name}, found {apart}"
    stated = f"{relation.km:.0f} km " if relation.km is not None else ""
    direction = f"{relation.direction} of" if relation.direction else "from"
    wind = f" {compass(bearing_deg(anchor, best))} of it" if relation.direction else ""
    return f"stated {stated}{direction} {anchor.name}, found {km_between(best, anchor):.0f} km{wind}"


def _settled(names: Sequence[Name]) -> Neighbourhood:
    """What the names are taken for, where they are settlements."""
    return Neighbourhood(
        (n.best, n.sense)
        for n in names
        if n.best is not None and n.best.kind == "settlement" and n.found.use == "name"
    )


def _nearest(best: Place, settled: Neighbourhood) -> Place | None:
    """The nearest other place of the text, looked for close by first."""
    for reach in _REACHES_KM:
        others = [p for p, _ in settled.within(best, reach) if p.id != best.id]
        if others:
            return min(others, key=lambda p: km_between(best, p))
    return None
