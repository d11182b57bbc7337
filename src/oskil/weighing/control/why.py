"""Why a place is believed to be held so: what each report moved, and what one more would.

A report's weight is by how much the log-odds of what is believed would be lower without it, everything else
as it is. All courses, each without one report, run through the days at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from oskil.weighing.control.chain import Evidence, evidence
from oskil.weighing.control.layout import FloatArray, IntArray
from oskil.weighing.control.model import Inferred

LIMIT = 1e-6


@dataclass(frozen=True, slots=True)
class Reason:
    """One report's part: its id, day and source, what it says, and its weight in log-odds.

    `repeats` counts the reports that copy or relay it and are not counted.
    """

    report: str
    day: dt.date
    source: str
    side: str | None
    kind: str
    names: str | None
    manner: str
    weight: float
    repeats: int


@dataclass(frozen=True, slots=True)
class Further:
    """What one further report on the day would make of it: the new probability of each status."""

    source: str
    side: str | None
    kind: str
    names: str | None
    manner: str
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A place on a day: the belief, the same without any report on the place, and what made the
    difference.
    """

    place: int
    day: dt.date
    statuses: tuple[str, ...]
    probabilities: tuple[float, ...]
    unreported: tuple[float, ...]
    reasons: tuple[Reason, ...]
    further: tuple[Further, ...]


def why(inferred: Inferred, place: int, date: dt.date, hindsight: bool = True, most: int = 6) -> Why:
    """The reasons, the weightiest first. `most` limits what is said of further reports.

    Raises KeyError where nothing was inferred about the place: it stays as it started.
    """
    beliefs = inferred.beliefs
    row = _row(inferred, place)
    day = beliefs.day(date)
    mine = np.flatnonzero(inferred.kept.place == row)
    if not hindsight:
        mine = mine[inferred.kept.day[mine] <= day]
    further = _likely_next(inferred, most)
    found = _courses(inferred, row, mine, further, day, hindsight)
    top = int(found[0].argmax())
    odds = np.log(np.clip(found, LIMIT, 1) / np.clip(1 - found, LIMIT, 1))[:, top]
    weights = odds[0] - odds[2 : 2 + len(mine)]
    order = np.lexsort((mine, -np.abs(weights)))
    reasons = tuple(_reason(inferred, int(mine[n]), float(weights[n])) for n in order)
    after = found[2 + len(mine) :]
    moved = np.abs(after - found[0]).max(axis=1) if len(after) else np.zeros(0)
    ahead = tuple(
        Further(*_told(inferred, int(further[n])), tuple(map(float, after[n])))
        for n in np.argsort(-moved, kind="stable")
    )
    return Why(
        place,
        beliefs.first + dt.timedelta(days=day),
        beliefs.statuses,
        tuple(map(float, found[0])),
        tuple(map(float, found[1])),
        reasons,
        ahead[:most],
    )


def _row(inferred: Inferred, place: int) -> int:
    beliefs = inferred.beliefs
    at = np.flatnonzero(beliefs.places == place)
    row = np.flatnonzero(beliefs.moved == at[0]) if len(at) else at
    if not len(row):
        raise KeyError(place)
    return int(row[0])


def _courses(
    inferred: Inferred, row: int, mine: IntArray, further: IntArray, day: int, hindsight: bool
) -> FloatArray:
    """The beliefs on the day: with all reports, with none, without each, and with each further one."""
    course, kept = inferred.course, inferred.kept
    count = 2 + len(mine) + len(further)
    lines: list[int] = []
    days: list[int] = []
    symbol: list[int] = []
    for n in range(count):
        used = mine[:0] if n == 1 else mine
        if 2 <= n < 2 + len(mine):
            used = np.delete(mine, n - 2)
        lines += [n] * len(used)
        days += list(kept.day[used])
        symbol += list(course.known.of[used])
        if n >= 2 + len(mine):
            lines.append(n)
            days.append(day)
            symbol.append(further[n - 2 - len(mine)])
    logs = np.log(inferred.taught.habits.rates)[np.array(symbol, np.int64)]
    ends = inferred.beliefs.days if hindsight else day + 1
    standing = course.standing_of(np.array(symbol, np.int64))
    proof = evidence(np.array(lines, np.int64), np.array(days, np.int64), logs, ends, standing)
    return _run(inferred, row, count, proof, ends, day)


def _run(inferred: Inferred, row: int, count: int, proof: Evidence, ends: int, day: int) -> FloatArray:
    course, taught = inferred.course, inferred.taught
    start = np.repeat(course.start[row : row + 1], count, axis=0)
    given = inferred.around.alone(row, ends, count)
    chain = course.chain.over(ends)
    known, _ = chain.forward(start, taught.hazards, proof, taught.unsaid, given)
    chain.backward(known, given, taught.hazards, proof, taught.unsaid)
    return np.asarray(known[day] @ chain.sum, np.float64)


def _likely_next(inferred: Inferred, most: int) -> IntArray:
    """The commonest sorts of report of the stream, no two of one role, side, kind and party."""
    known, reporters = inferred.taught.known, inferred.kept.reporters
    chosen: dict[tuple[object, ...], int] = {}
    for n in np.argsort(-known.count, kind="stable"):
        who = reporters[known.source[n]]
        key = (who.role, who.side, known.kind[n], known.named[n], known.manner[n] == 2)
        chosen.setdefault(key, int(n))
    return np.array(list(chosen.values())[: 8 * most], np.int64)


def _reason(inferred: Inferred, row: int, weight: float) -> Reason:
    kept = inferred.kept
    source, side, kind, names, manner = _told(inferred, int(inferred.course.known.of[row]))
    day = inferred.beliefs.first + dt.timedelta(days=int(kept.day[row]))
    repeats = int((inferred.origin == row).sum()) - 1
    return Reason(kept.ids[row], day, source, side, kind, names, manner, weight, repeats)


def _told(inferred: Inferred, symbol: int) -> tuple[str, str | None, str, str | None, str]:
    known, kept = inferred.taught.known, inferred.kept
    who = kept.reporters[known.source[symbol]]
    named = int(known.named[symbol])
    party = kept.parties[named] if named < len(kept.parties) else None
    kind = inferred.course.setting.all_kinds[known.kind[symbol]]
    return who.name, who.side, kind, party, ("plain", "hedged", "shown")[known.manner[symbol]]


def sentence(reasons: Sequence[Reason]) -> str:
    """How many reports and sources speak, in words."""
    sources = {r.source for r in reasons}
    repeats = sum(r.repeats for r in reasons)
    also = f", repeated {repeats} times by others" if repeats else ""
    return f"{len(reasons)} reports by {len(sources)} sources{also}"
