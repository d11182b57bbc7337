"""Shows the working of a choice: each candidate with its probability and what each feature added to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from oskil.conflict.profile import ConflictProfile
from oskil.places import ranking
from oskil.places.evidence import FEATURES
from oskil.places.geoparse import found_and_stated
from oskil.places.home import Home
from oskil.places.interface import Gazetteer
from oskil.places.layers import Layer
from oskil.places.resolve import Choice, Ready, ranked, resolve
from oskil.places.scores import Name, stated_score
from oskil.records import Place


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its probability and what spoke for it: (feature, points), the weightiest first.

    Points are log-odds: one more makes it 2.7 times as likely against the others. `place` None is "none of
    these".
    """

    place: Place | None
    chance: float
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A name of a text with what was decided, in words, and the candidates, the likeliest first."""

    start: int
    end: int
    phrase: str
    decided: str
    weighed: tuple[Weighed, ...]


def explain(
    text: str,
    gazetteer: Gazetteer,
    profile: ConflictProfile,
    home: Home | None = None,
    rivers: Layer | None = None,
) -> Iterator[Explanation]:
    """The working of every name of a text that has candidates."""
    found, stated = found_and_stated(text, gazetteer, profile)
    choices = resolve(text, found, stated, profile, home, rivers)
    ready = ranked(text, found, stated, profile, home, rivers)
    by = ranking.weights(home)
    for number, sense in enumerate(ready.table.senses):
        rows = ready.table.rows[sense.begin : sense.begin + len(sense.candidates)] * by.together
        none = ready.table.rows[ready.table.size + number] * by.together
        points = dict(zip((p.id for p in sense.candidates), map(_points, rows), strict=True))
        for mention in sense.mentions:
            name, one = ready.names[mention], found[mention]
            weighed = [
                Weighed(p, chance, (*_stated(p, name, ready), *points[p.id])) for p, chance in name.ranked
            ]
            last = Weighed(None, name.none, _points(none))
            decided = _decided(choices[mention])
            yield Explanation(one.start, one.end, one.phrase, decided, (*weighed, last))


def _stated(place: Place, name: Name, ready: Ready) -> tuple[tuple[str, float], ...]:
    """What the text's own distances and directions from other names add."""
    return (("stated", stated_score(place, name, ready.names)),) if name.stated or name.on_river else ()


def _points(row: object) -> tuple[tuple[str, float], ...]:
    added = [(feature, float(value)) for feature, value in zip(FEATURES, row, strict=True) if value]  # type: ignore[call-overload]
    return tuple(sorted(added, key=lambda point: -abs(point[1])))


def _decided(choice: Choice) -> str:
    if choice.place is None:
        return f"not placed: {choice.reason}"
    return f"{choice.place.name}, {100 * choice.confidence:.0f} %: {choice.why}"
