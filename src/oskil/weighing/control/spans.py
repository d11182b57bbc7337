"""Beliefs from reports over some days, with the places of a gazetteer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oskil.errors import InputError

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer
    from oskil.weighing.control.model import Inferred
    from oskil.weighing.control.rows import Report
    from oskil.weighing.control.setting import Setting

MOST_DAYS = 5000


@dataclass(frozen=True, slots=True)
class Span:
    """The days to infer; either end None: that of the reports. `start` is a file with who held what
    before.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    start: Path | None = None


def inferred_from(
    reports: Sequence[Report], gazetteer: Gazetteer, span: Span, given: Setting | None = None
) -> Inferred:
    """Beliefs from reports over the days of a span. Raises SourceError for the start, InputError."""
    import numpy as np

    from oskil.weighing.control.model import Field, doubted, infer
    from oskil.weighing.control.rows import columns, parties_of, start_statuses
    from oskil.weighing.control.setting import setting
    from oskil.weighing.control.stream import parties_in, read_start

    known_by = given or setting()
    first, last = _days(reports, span)
    state = read_start(span.start, first) if span.start else {}
    known = {place: gazetteer.get(place) for place in {*state, *(r.place for r in reports)}}
    places = sorted(place for place, found in known.items() if found or place in state)
    parties = parties_of(reports, parties_in(state))
    days = (last - first).days + 1
    told = columns(reports, places, parties, first, days, known_by)
    where = [(found.lat, found.lon) if (found := known[p]) else (np.nan, np.nan) for p in places]
    start = doubted(start_statuses(state, places, parties), len(parties), known_by)
    return infer(told, Field(np.array(where).reshape(-1, 2), start), first, days, known_by)


def _days(reports: Sequence[Report], span: Span) -> tuple[dt.date, dt.date]:
    said = sorted(r.time[:10] for r in reports)
    first = span.first or (dt.date.fromisoformat(said[0]) if said else span.last)
    last = span.last or (dt.date.fromisoformat(said[-1]) if said else first)
    if first is None or last is None:
        raise InputError("there is no report, and no day is given to start from")
    if last < first:
        raise InputError(f"the last day, {last}, is before the first, {first}")
    if (last - first).days >= MOST_DAYS:
        raise InputError(
            f"the reports are of {first} to {last}, more than {MOST_DAYS} days: one of these days is wrong, "
            "or --from and --to have to narrow them down"
        )
    return first, last
