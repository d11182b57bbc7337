"""Track records: what became of what each source said, judged by the beliefs with hindsight.

Only a source's own testimony counts, never its echo in others. A claim is judged by how probable it is that
it was so within `HORIZON` days, so that what nobody knows counts by halves. The source's own claim is part of
what the belief rests on: a record of few cases flatters, and the interval says how little it tells.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from oskil.records import Tally, TrackRecord
from oskil.weighing.control.layout import FloatArray, IntArray
from oskil.weighing.control.model import Inferred

HORIZON = 7  # days within which a gain that was told of must come about
NEWS = 14  # days around a change within which a report of it is news of it
NORMAL_90 = 1.6449  # the normal quantile of a two-sided interval of 90 in 100


def track_records(inferred: Inferred) -> tuple[TrackRecord, ...]:
    """One record for each source with testimony of its own, the most testimony first."""
    judged = _Judged(inferred)
    kept = inferred.kept
    own = [np.flatnonzero(kept.source == n) for n in range(len(kept.reporters))]
    order = sorted(range(len(own)), key=lambda n: (-len(own[n]), kept.reporters[n].name))
    return tuple(judged.record(n, own[n]) for n in order if len(own[n]))


def tally(chances: Sequence[float]) -> Tally:
    """How much of it came true, with Wilson's interval of 90 in 100."""
    cases, true = len(chances), float(sum(chances))
    if not cases:
        return Tally(true=0.0, cases=0, low=0.0, high=1.0)
    z2 = NORMAL_90**2
    share = true / cases
    middle = (share + z2 / (2 * cases)) / (1 + z2 / cases)
    half = NORMAL_90 * math.sqrt(share * (1 - share) / cases + z2 / (4 * cases**2)) / (1 + z2 / cases)
    return Tally(true=true, cases=cases, low=max(0.0, middle - half), high=min(1.0, middle + half))


class _Judged:
    """The beliefs of an inference, ready to judge reports by."""

    def __init__(self, inferred: Inferred) -> None:
        self.inferred = inferred
        self.held = inferred.beliefs.hindsight
        self.parties = len(inferred.kept.parties)
        kinds = inferred.course.setting.all_kinds
        self.gaining = {kinds.index(k) for k in ("took", "left") if k in kinds}
        self.holding = kinds.index("holds") if "holds" in kinds else -1
        self.changes = changes_of(self.held)
        self.claimed = self._gains_claimed()

    def record(self, source: int, rows: IntArray) -> TrackRecord:
        """The record of one source from its reports."""
        kept = self.inferred.kept
        who = kept.reporters[source]
        side = kept.parties.index(who.side) if who.side in kept.parties else -1
        found: dict[str, list[float]] = defaultdict(list)
        cases: dict[str, list[str]] = defaultdict(list)
        delays: list[int] = []
        for row in map(int, rows):
            sort = self._sort(row, side)
            if not sort:
                continue
            chance = self._came_true(row, sort)
            found[sort].append(chance)
            cases[f"{sort}, {'true' if chance >= 0.5 else 'false'}"].append(kept.ids[row])
            if sort in ("gain", "loss", "other gain") and (late := self._late(row)) is not None:
                delays.append(late)
        return TrackRecord(
            source=who.name,
            side=who.side,
            role=who.role,
            claims=len(rows),
            gains=tally(found["gain"]),
            losses=tally(found["loss"]),
            denials=tally(found["denial"]),
            states=tally(found["state"]),
            others=tally(found["other gain"]),
            admits=tally(self._admitted(rows, side)),
            delay=float(np.median(delays)) if delays else None,
            cases=tuple((name, tuple(ids)) for name, ids in sorted(cases.items())),
        )

    def _sort(self, row: int, side: int) -> str:
        kept = self.inferred.kept
        kind, named = int(kept.kind[row]), int(kept.named[row])
        if named == self.parties:
            return ""
        if kind in self.gaining:
            return "other gain" if side < 0 else "gain" if side == named else "loss"
        if kind != self.holding:
            return ""
        rivals = self.claimed.get(int(kept.place[row]), ())
        day = int(kept.day[row])
        denies = any(0 <= day - when <= HORIZON and who != named for when, who in rivals)
        return "denial" if denies else "state"

    def _came_true(self, row: int, sort: str) -> float:
        kept = self.inferred.kept
        day, place, named = int(kept.day[row]), int(kept.place[row]), int(kept.named[row])
        until = day + 1 if sort == "state" else day + HORIZON + 1
        course = self.held[day:until, place, named]
        return float(course.min() if sort == "denial" else course.max())

    def _late(self, row: int) -> int | None:
        kept = self.inferred.kept
        day, place, named = int(kept.day[row]), int(kept.place[row]), int(kept.named[row])
        near = [day - when for when, _, to in self.changes.get(place, ()) if to == named]
        near = [late for late in near if abs(late) <= NEWS]
        return min(near, key=abs) if near else None

    def _admitted(self, rows: IntArray, side: int) -> list[float]:
        """Of the places that its side lost, whether it told so."""
        if side < 0:
            return []
        kept = self.inferred.kept
        told: dict[int, list[int]] = defaultdict(list)
        for row in map(int, rows):
            if int(kept.named[row]) not in (side, self.parties):
                told[int(kept.place[row])].append(int(kept.day[row]))
        lost = [
            (place, when)
            for place, changes in self.changes.items()
            for when, origin, to in changes
            if origin == side and to != self.parties
        ]
        return [float(any(-1 <= day - when <= NEWS for day in told.get(place, ()))) for place, when in lost]

    def _gains_claimed(self) -> dict[int, list[tuple[int, int]]]:
        kept = self.inferred.kept
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in np.flatnonzero(np.isin(kept.kind, list(self.gaining))):
            found[int(kept.place[row])].append((int(kept.day[row]), int(kept.named[row])))
        return found


def changes_of(held: FloatArray) -> dict[int, list[tuple[int, int, int]]]:
    """The changes of hands by place: (day, from, to), by the likeliest status that is believed by half.

    A spell of "contested" between two parties counts as one change, on the day of its end.
    """
    surely = np.where(held.max(axis=2) >= 0.5, held.argmax(axis=2), -1)
    contested = held.shape[2] - 1
    found: dict[int, list[tuple[int, int, int]]] = {}
    for place in np.flatnonzero((surely != surely[:1]).any(axis=0)):
        last, changes = -1, []
        for day, status in enumerate(surely[:, place]):
            if status in (-1, contested):
                continue
            if last >= 0 and status != last:
                changes.append((day, int(last), int(status)))
            last = int(status)
        if changes:
            found[int(place)] = changes
    return found
