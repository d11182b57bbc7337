"""Loss lists made ready for counting by side and day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from oskil.records import DataSource, LossEntry, LossList


class Counts:
    """The entries of one list by side and by the day they were listed."""

    def __init__(self, losses: LossList) -> None:
        self.assessor = losses.assessor
        self.source: DataSource = losses.source
        self.notes = losses.notes
        self._by: defaultdict[tuple[str, dt.date], list[LossEntry]] = defaultdict(list)
        for entry in losses.entries:
            self._by[entry.side, entry.listed].append(entry)
        self.days: Sequence[dt.date] = sorted({day for _, day in self._by})
        self.sides = frozenset(side for side, _ in self._by)

    def on(self, side: str, day: dt.date, known_on: dt.date | None = None) -> tuple[LossEntry, ...]:
        """A side's entries listed on a day that stood on the list at the end of `known_on`, else now."""
        return tuple(entry for entry in self._by.get((side, day), ()) if _stands(entry, known_on))

    def between(
        self, side: str, first: dt.date, last: dt.date, known_on: dt.date | None = None
    ) -> tuple[LossEntry, ...]:
        """The same over several days, both ends included."""
        days = self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]
        return tuple(entry for day in days for entry in self.on(side, day, known_on))

    def covers(self, day: dt.date) -> bool:
        """Whether the list runs from before that day to after it."""
        return bool(self.days) and self.days[0] <= day <= self.days[-1]

    def kinds(self, entries: Sequence[LossEntry]) -> str:
        """What became of the entries, in words: "45 destroyed, 12 captured"."""
        return ", ".join(f"{n} {status}" for status, n in Counter(e.status for e in entries).most_common())


def _stands(entry: LossEntry, known_on: dt.date | None) -> bool:
    if known_on is None:
        return entry.removed is None
    return entry.listed <= known_on and (entry.removed is None or entry.removed > known_on)
