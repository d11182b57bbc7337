"""Who holds what: from reports to beliefs, in one call.

Copies are set aside, the habits of sources and the chances of change are learned, and the beliefs of every
place and day follow. Every part can be switched off in the setting, to see what it brings.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from oskil.weighing.control.beliefs import CONTESTED, Beliefs
from oskil.weighing.control.chain import Around
from oskil.weighing.control.echoes import own_testimony
from oskil.weighing.control.hazards import Neighbours, neighbours
from oskil.weighing.control.layout import FloatArray, IntArray, layout
from oskil.weighing.control.learning import Course, Learned
from oskil.weighing.control.reports import Reports
from oskil.weighing.control.setting import Setting, setting


@dataclass(frozen=True, slots=True)
class Inferred:
    """Beliefs with all that is needed to explain them.

    `kept` are the reports that count, their places numbered among those that could move; `origin` gives, of
    each report that came in, the row in `kept` that it repeats or is. `around` is what the days went by:
    how near a front each place was, and how much is reported of it.
    """

    beliefs: Beliefs
    taught: Learned
    course: Course
    kept: Reports
    origin: IntArray
    around: Around


@dataclass(frozen=True, slots=True)
class Field:
    """The places of an inference: coordinates (places, 2) as latitude and longitude, NaN where unknown, and
    what was believed at the start, (places, parties + 1).
    """

    coordinates: FloatArray
    start: FloatArray


def doubted(start: IntArray, parties: int, given: Setting | None = None) -> FloatArray:
    """A start state as probabilities. `start` has each place's status, -1 where nothing is known of it."""
    known = given or setting()
    unknown = np.full(parties + 1, (1 - known.contested_unknown) / max(parties, 1))
    unknown[-1] = known.contested_unknown
    doubt = known.start_doubt / max(parties, 1)
    made = np.full((len(start), parties + 1), doubt)
    made[np.arange(len(start)), start] = 1 - known.start_doubt
    made[start < 0] = unknown
    return made


def infer(
    reports: Reports,
    field: Field,
    first: dt.date,
    days: int,
    given: Setting | None = None,
    course: IntArray | None = None,
) -> Inferred:
    """Beliefs for every place of `reports.places` on every day from `first`.

    `course` (days, places) may give a known course of control to learn habits from, -1 where unknown.
    """
    known = given or setting()
    if not known.aged:
        known = replace(known, ages=1, linger=1.0)
    kept, origin = (
        own_testimony(reports, known.echoes) if known.collapse else (reports, np.arange(len(reports)))
    )
    if course is None and len(kept) < known.learn_from:
        # How often a source speaks is not known from so little, so its silence says nothing.
        known = replace(known, learn=False, silence=0.0, hush=0.0)
    moved = _moved(kept, field.coordinates, known)
    kept = _renumbered(kept, moved, len(reports.places))
    course = None if course is None else course[:, moved]
    where = field.coordinates[moved]
    whole = _course(kept, field.start[moved], neighbours(where, known), days, known)
    with threadpool_limits(1):  # type: ignore[no-untyped-call]  # days are small matrices, for which threads only wait for one another
        taught = _taught(whole, where, days, known, course)
        then, hindsight, around = whole.believe(taught)
    beliefs = Beliefs(
        reports.places, (*reports.parties, CONTESTED), first, days, field.start, moved, then, hindsight
    )
    return Inferred(beliefs, taught, whole, kept, origin, around)


def _moved(kept: Reports, coordinates: FloatArray, known: Setting) -> IntArray:
    """The places that reports speak of, and their neighbours."""
    spoken = np.unique(kept.place)
    near = neighbours(coordinates, known, spoken)
    return np.union1d(spoken, near.rows[near.weights > 0])


def _renumbered(kept: Reports, moved: IntArray, places: int) -> Reports:
    row = np.full(places, -1)
    row[moved] = np.arange(len(moved))
    return replace(kept, place=row[kept.place])


def _course(kept: Reports, start: FloatArray, near: Neighbours, days: int, known: Setting) -> Course:
    return Course(kept, start, near, days, layout(len(kept.parties), known.ages, known.talk_days), known)


def _taught(whole: Course, where: FloatArray, days: int, known: Setting, course: IntArray | None) -> Learned:
    """Learned from the places most reported on, where there are more than it takes."""
    passes = known.passes if known.learn else 0
    most = known.learn_places
    if not passes or len(whole.spoken_of) <= most:
        return whole.learn(passes, course)
    told = np.bincount(whole.reports.place, minlength=len(whole.start))
    chosen = np.sort(np.argsort(-told, kind="stable")[:most])
    row = np.full(len(whole.start), -1)
    row[chosen] = np.arange(len(chosen))
    rows = np.flatnonzero(row[whole.reports.place] >= 0)
    part = replace(whole.reports.only(rows), place=row[whole.reports.place[rows]])
    sample = Course(
        part,
        whole.start[chosen].astype(np.float64),
        neighbours(where[chosen], known),
        days,
        whole.states,
        known,
        replace(whole.known, of=whole.known.of[rows]),
    )
    taught = sample.learn(passes, None if course is None else course[:, chosen])
    return replace(taught, known=whole.known)
