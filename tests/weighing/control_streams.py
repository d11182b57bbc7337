"""A small war on a grid of made-up places, and reports about it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from oskil.weighing.control.model import Field, Inferred, doubted, infer
from oskil.weighing.control.reports import Reporter
from oskil.weighing.control.rows import Report, columns, start_statuses
from oskil.weighing.control.setting import Setting, setting

FIRST = dt.date(2031, 3, 1)
EAST, WEST = "EST", "WST"
PARTIES = (EAST, WEST)
PLACES = tuple(range(1, 26))
WHERE = np.array([(50 + 0.1 * (n // 5), 30 + 0.15 * (n % 5)) for n in range(25)])
START = {place: EAST if (place - 1) % 5 >= 3 else WEST for place in PLACES}
STAFF = Reporter("East Staff", EAST, "official")
COMMAND = Reporter("West Command", WEST, "official")
OBSERVER = Reporter("Observer", None, "analyst")
WIRE = Reporter("Wire", None, "media")


def report(day: int, source: Reporter, place: int, kind: str, holder: str | None, **more: Any) -> Report:
    """One report on a numbered day."""
    time = (FIRST + dt.timedelta(days=day)).isoformat() + more.pop("clock", "T12:00")
    ident = more.pop("id", f"{day}-{source.name}-{place}-{kind}-{holder}")
    return Report(id=ident, time=time, source=source, place=place, kind=kind, holder=holder, **more)


def believed(
    reports: Sequence[Report], days: int = 30, given: Setting | None = None, known_start: bool = True
) -> Inferred:
    """The inference over these reports."""
    known = given or setting()
    told = columns(reports, PLACES, PARTIES, FIRST, days, known)
    state = START if known_start else {}
    start = doubted(start_statuses(state, PLACES, PARTIES), 2, known)
    return infer(told, Field(WHERE, start), FIRST, days, known)


def chance(found: Inferred, place: int, day: int, status: str, hindsight: bool = True) -> float:
    """How surely a place is held so on a numbered day."""
    return float(found.beliefs.of(place, hindsight)[day, found.beliefs.statuses.index(status)])


def war(seed: int = 1, days: int = 120) -> tuple[list[Report], dict[int, int]]:
    """Reports over a war in which some western places fall: boasts that are false, admissions, quiet. Also
    the day on which each fell.
    """
    dice = random.Random(seed)
    fallen = {
        place: dice.randrange(10, days - 10) for place in PLACES if START[place] == WEST and place % 5 == 3
    }
    made: list[Report] = []
    for day in range(days):
        for place in PLACES:
            east = START[place] == EAST or fallen.get(place, days) <= day
            holder, other = (EAST, WEST) if east else (WEST, EAST)
            own, rival = (STAFF, COMMAND) if east else (COMMAND, STAFF)
            if dice.random() < 0.1:
                made.append(report(day, own, place, "holds", holder))
            if dice.random() < 0.1:
                made.append(report(day, OBSERVER, place, "holds", holder))
            if dice.random() < 0.05:
                made.append(report(day, rival, place, "took", other))
            if fallen.get(place) == day:
                made += [report(day, STAFF, place, "took", EAST, id=f"gain-{place}")]
                made += [
                    report(day + late, OBSERVER, place, "took", EAST) for late in (1,) if day + late < days
                ]
                made += [report(day + 1, COMMAND, place, "left", EAST, id=f"admits-{place}")]
    return [r for r in made if r.time[:10] < (FIRST + dt.timedelta(days=days)).isoformat()], fallen
