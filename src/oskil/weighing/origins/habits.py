"""Copying habits: who copies whom and how late, learned from the copies that can be seen.

A claim by source s on a matter comes either from s itself, at a constant rate, or from an earlier claim on
that matter, at a rate that falls with the time since (a Hawkes process with one kernel a source):

    rate(s, t) = own[s] + sum over earlier claims j of the matter: copies[s, source of j] * late[s](t - t_j)

The shares of that sum are the probabilities of where the claim came from. Expectation and maximisation take
turns: shares from rates, rates from shares. Relays and reused wording are known copies from the start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oskil.weighing.origins.stream import Heard, trace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

WINDOW_HOURS = 720.0
MOST_PARENTS = 24
ROUNDS = 12
# Hours since the claim copied, in bins that double: minutes and weeks are told apart, neighbours are not.
EDGES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, WINDOW_HOURS)
# A source is called a copier only where this share of what it says was seen to be copied, and so many times:
# two who report by themselves what happened to both would else look like one who copies the other.
LEAST_COPYING = 0.1
LEAST_COPIES = 20
# Counts added to every cell before dividing, so that what was seen once is no certainty.
PRIOR_LATE = 1.0
PRIOR_COPIES = 1.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How likely each source copies which other, and how late.

    `copies[s, u]` is the number of claims by s that one claim by u brings about; `late[s, b]` the density, an
    hour, of the delay in bin b; `own[s]` the claims of its own an hour and matter. The last row and column
    stand for sources not seen before. `copiers` are those that may be called copiers.
    """

    sources: Mapping[str, int]
    copies: Floats
    late: Floats
    own: Floats
    copiers: frozenset[str]

    def guesses(self, items: Sequence[Heard], order: Sequence[int]) -> dict[int, list[tuple[int, float]]]:
        """For each claim that shows no origin: earlier claims it may be a copy of, with probabilities.

        Keys and claims are indices into `items`; what is left to 1 is the probability that it is no copy.
        """
        import numpy as np

        table = _Pairs.of(items, order, self.sources)
        wanted = np.array([self._open(item) for item in items], dtype=bool)
        one, other, late = table.pairs(wanted)
        weights = self._weights(table, one, other, late)
        total = self.own[table.source] + np.bincount(one, weights, minlength=len(items))
        shares = weights / total[one]
        found: dict[int, list[tuple[int, float]]] = {}
        for i, j, share in zip(one.tolist(), other.tolist(), shares.tolist(), strict=True):
            found.setdefault(i, []).append((j, share))
        return found

    def _open(self, item: Heard) -> bool:
        return item.relay_of is None and item.source in self.copiers

    def _weights(self, table: _Pairs, one: Ints, other: Ints, late: Ints) -> Floats:
        found: Floats = (
            self.copies[table.source[one], table.source[other]] * self.late[table.source[one], late]
        )
        return found


def learn(items: Sequence[Heard], *, rounds: int = ROUNDS) -> Habits:
    """The habits of the sources of a stream, from nothing but the stream itself.

    No labels are used: known copies are those whose relay or wording says so, and the rest is shared out
    by expectation and maximisation. Takes about as long as `trace` on the same claims for each two rounds.
    """
    import numpy as np

    order = sorted(range(len(items)), key=lambda i: (items[i].time, str(items[i].id)))
    sources = {name: n for n, name in enumerate(sorted({item.source for item in items}))}
    table = _Pairs.of(items, order, sources)
    index = {item.id: n for n, item in enumerate(items)}
    known = {n: index[t.parent] for n, t in enumerate(trace(items)) if t.parent is not None}
    copiers = _copiers(items, known)
    settled = [n in known or item.source not in copiers for n, item in enumerate(items)]
    one, other, late = table.pairs(~np.array(settled, dtype=bool))
    seen = table.seen(known)
    shares = np.full(len(one), 0.0)
    habits = table.fitted(seen, (one, other, late), shares, sources, copiers)
    for _ in range(rounds):
        weights = habits._weights(table, one, other, late)
        total = habits.own[table.source] + np.bincount(one, weights, minlength=len(items))
        shares = weights / total[one]
        habits = table.fitted(seen, (one, other, late), shares, sources, copiers)
    return habits


def _copiers(items: Sequence[Heard], known: Mapping[int, int]) -> frozenset[str]:
    said = Counter(item.source for item in items)
    copied = Counter(items[n].source for n in known)
    least = {name: max(LEAST_COPIES, LEAST_COPYING * times) for name, times in said.items()}
    return frozenset(name for name, times in copied.items() if times >= least[name])


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The claims as arrays, with those of one matter side by side in the order of time."""

    source: Ints
    hours: Floats
    place_in: Ints
    matter: Ints

    @classmethod
    def of(cls, items: Sequence[Heard], order: Sequence[int], sources: Mapping[str, int]) -> _Pairs:
        import numpy as np

        matters: dict[Hashable, int] = {}
        matter = np.array([matters.setdefault(item.matter, len(matters)) for item in items], dtype=np.int64)
        source = np.array([sources.get(item.source, len(sources)) for item in items], dtype=np.int64)
        start = items[order[0]].time if order else None
        hours = np.array([(item.time - start).total_seconds() / 3600 for item in items] if start else [])
        by_time = np.array(order, dtype=np.int64)
        place_in = by_time[np.argsort(matter[by_time], kind="stable")] if order else by_time
        return cls(source, hours, place_in, matter)

    def pairs(self, wanted: NDArray[Any]) -> tuple[Ints, Ints, Ints]:
        """Each wanted claim with each of the latest earlier ones on its matter, and the bin of the delay."""
        import numpy as np

        ones, others = [], []
        for lag in range(1, MOST_PARENTS + 1):
            one, other = self.place_in[lag:], self.place_in[:-lag]
            fits = wanted[one] & (self.matter[one] == self.matter[other])
            fits &= self.hours[one] - self.hours[other] <= WINDOW_HOURS
            ones.append(one[fits])
            others.append(other[fits])
        one, other = np.concatenate(ones), np.concatenate(others)
        return one, other, self._bins(one, other)

    def seen(self, known: Mapping[int, int]) -> tuple[Ints, Ints, Ints]:
        """The known copies with what they copied, as `pairs` gives them."""
        import numpy as np

        one = np.array(list(known), dtype=np.int64)
        other = np.array(list(known.values()), dtype=np.int64)
        return one, other, self._bins(one, other)

    def _bins(self, one: Ints, other: Ints) -> Ints:
        import numpy as np

        late = np.searchsorted(np.array(EDGES[1:-1]), self.hours[one] - self.hours[other], side="right")
        return late.astype(np.int64)

    def fitted(
        self,
        seen: tuple[Ints, Ints, Ints],
        pairs: tuple[Ints, Ints, Ints],
        shares: Floats,
        sources: Mapping[str, int],
        copiers: frozenset[str],
    ) -> Habits:
        """The rates that make these shares most likely, with a little of everybody's habits mixed in."""
        import numpy as np

        one, other, late = (np.concatenate(both) for both in zip(seen, pairs, strict=True))
        weight = np.concatenate([np.ones(len(seen[0])), shares])
        many, bins = len(sources) + 1, len(EDGES) - 1
        said = np.bincount(self.source, minlength=many).astype(float)
        made = np.bincount(self.source[one] * many + self.source[other], weight, many * many)
        made = made.reshape(many, many)
        usual = made.sum(axis=1) / max(said.sum(), 1.0)
        copies = (made + PRIOR_COPIES * usual[:, None]) / (said[None, :] + PRIOR_COPIES)
        delays = np.bincount(self.source[one] * bins + late, weight, many * bins).reshape(many, bins)
        everyone = (delays.sum(axis=0) + PRIOR_LATE) / (delays.sum() + PRIOR_LATE * bins)
        delays = (delays + PRIOR_LATE * bins * everyone) / (delays.sum(axis=1) + PRIOR_LATE * bins)[:, None]
        span = max(float(np.ptp(self.hours)) if len(self.hours) else 0.0, WINDOW_HOURS)
        matters = float(self.matter.max() + 1) if len(self.matter) else 1.0
        own = np.maximum(said - made.sum(axis=1), 0.5) / (span * matters)
        return Habits(sources, copies, delays / np.diff(np.array(EDGES)), own, copiers)


def strongest(habits: Habits, most: int = 10) -> Iterator[tuple[str, str, float]]:
    """Who copies whom most: copier, copied, copies made of one claim; the largest first."""
    pairs = [
        (one, other, float(habits.copies[i, j]))
        for one, i in habits.sources.items()
        for other, j in habits.sources.items()
        if one in habits.copiers and one != other
    ]
    yield from sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))[:most]
