"""Follows relays and reused wording through a stream of claims, back to the one who said it first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from oskil.weighing.origins.habits import Habits

Reason = Literal["own", "relay", "wording", "habit"]
Matter = tuple[Hashable, ...]
RELAY_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim as it was heard, with no more than tracing needs.

    `source` is who published it, `relay_of` the one whose word it says it is, `wording` what is equal where
    text was reused. `place`, `kind` and `holder` together are its matter.
    """

    id: Hashable
    time: dt.datetime
    source: str
    place: int
    kind: str
    holder: str | None = None
    relay_of: str | None = None
    wording: Hashable = None

    @property
    def matter(self) -> Matter:
        """What it says, without who says so and when."""
        return self.place, self.kind, self.holder


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a claim came from.

    `origin` is whose word it is: a source, or a name that was relayed and is itself no source. `first` is the
    id of the earliest claim heard of that word: the origin's own, else the first that relayed it. Claims with
    equal `first` are one witness. `parent` is the id of the claim it was taken from, where that was heard.
    `reason` says how it is known; `probability` is 1 unless it rests on habit.
    """

    id: Hashable
    origin: str
    first: Hashable
    parent: Hashable = None
    reason: Reason = "own"
    probability: float = 1.0


def trace(
    items: Sequence[Heard], habits: Habits | None = None, *, relay_days: float = RELAY_DAYS
) -> list[Traced]:
    """The origin of every claim of a stream, in the order given; claims of one origin share `first`.

    A claim that names whose word it is has that origin, and was taken from that source's latest claim on the
    same matter within `relay_days` before it. Else a claim in words used before, on the same matter, was
    taken from the first who used them. Else, where `habits` are given, it is called a copy of an earlier
    claim on its matter if that is more likely than not (`habits.learn`; give those learned from the past
    alone where the future must not be known). Else it is its source's own. Chains are followed to the end.

    A parent is always earlier than its copy, so what is traced never depends on later claims. The order
    of the items makes no difference; of equal times, the smaller id (as a string) comes first. Takes
    about 10 s for a million claims without habits, three times that with them.
    """
    order = sorted(range(len(items)), key=lambda i: (items[i].time, str(items[i].id)))
    guesses = habits.guesses(items, order) if habits else {}
    telling = _Telling(dt.timedelta(days=relay_days))
    found: list[Traced | None] = [None] * len(items)
    for index in order:
        item = items[index]
        traced = telling.explicit(item)
        if traced is None and index in guesses:
            traced = _by_habit(item, [(items[j], found[j], p) for j, p in guesses[index]])
        found[index] = telling.note(item, traced or Traced(item.id, item.source, item.id))
    return [one for one in found if one is not None]


class _Telling:
    """What has been told so far, as the stream goes by."""

    def __init__(self, window: dt.timedelta) -> None:
        self._window = window
        self._latest: dict[tuple[str, Matter], tuple[dt.datetime, Traced]] = {}
        self._relayed: dict[tuple[str, Matter], tuple[dt.datetime, Traced]] = {}
        self._worded: dict[tuple[Hashable, Matter], Traced] = {}

    def explicit(self, item: Heard) -> Traced | None:
        """By what the claim itself shows: whose word it says it is, or words used before."""
        if item.relay_of is not None and item.relay_of != item.source:
            return self._relay(item, item.relay_of)
        parent = self._worded.get((item.wording, item.matter)) if item.wording is not None else None
        if parent is None or parent.origin == item.source:
            return None
        return Traced(item.id, parent.origin, parent.first, parent.id, "wording")

    def _relay(self, item: Heard, relayed: str) -> Traced:
        key = relayed, item.matter
        since = item.time - self._window
        when, parent = self._latest.get(key, (None, None))
        if when is None or parent is None or when < since:
            when, earlier = self._relayed.get(key, (None, None))
            first = earlier.first if when is not None and earlier and when >= since else item.id
            return Traced(item.id, relayed, first, None, "relay")
        return Traced(item.id, parent.origin, parent.first, parent.id, "relay")

    def note(self, item: Heard, traced: Traced) -> Traced:
        """Remember a claim for those that come after it."""
        self._latest[item.source, item.matter] = item.time, traced
        if traced.reason == "relay" and traced.parent is None:
            self._relayed[traced.origin, item.matter] = item.time, traced
        if item.wording is not None:
            self._worded.setdefault((item.wording, item.matter), traced)
        return traced


def _by_habit(item: Heard, guesses: Sequence[tuple[Heard, Traced | None, float]]) -> Traced | None:
    """The witness that most of the probability leads to, where that is more than half of all."""
    chances: dict[Hashable, float] = {}
    likeliest: dict[Hashable, tuple[float, Traced]] = {}
    for _, parent, chance in guesses:
        if parent is None:
            continue
        chances[parent.first] = chances.get(parent.first, 0.0) + chance
        if chance > likeliest.get(parent.first, (0.0, parent))[0]:
            likeliest[parent.first] = chance, parent
    first = max(chances, key=lambda key: chances[key], default=None)
    if first is None or chances[first] <= 0.5:
        return None
    parent = likeliest[first][1]
    if parent.origin == item.source:
        return replace(parent, id=item.id, parent=None, reason="own")
    return Traced(item.id, parent.origin, first, parent.id, "habit", round(chances[first], 4))
