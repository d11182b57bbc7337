"""Who holds what, from a bare stream or from the ledger: joins reports, places and the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from oskil.errors import InputError
from oskil.pipeline.telling import Told, told
from oskil.records import ForecastOutcome

if TYPE_CHECKING:
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer
    from oskil.weighing.control.areas import Areas
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


@dataclass(frozen=True, slots=True)
class Control:
    """What was inferred, and the claims that it rests on by their ids (none for a bare stream)."""

    inferred: Inferred
    told: Mapping[str, Told]


def control_of_stream(stream: Path, gazetteer: Gazetteer, span: Span) -> Inferred:
    """Beliefs from a file of reports. Raises SourceError, InputError."""
    from oskil.weighing.control.stream import read_stream

    return inferred_from(read_stream(stream), gazetteer, span)


def control_of_ledger(
    ledger: Ledger, gazetteer: Gazetteer, wanted: ClaimFilter, parties: Sequence[str], span: Span
) -> Control:
    """Beliefs from the claims that a filter lets through. `parties` are those of the conflict's profile."""
    from oskil.weighing.control.setting import setting
    from oskil.weighing.control.told import reports_of

    claims = {one.claim.id: one for one in told(ledger, replace(wanted, limit=None))}
    pairs = [(one.claim, one.document) for one in claims.values()]
    reports = list(reports_of(pairs, parties, setting()))
    if not reports and span.start is None:
        raise InputError("no claim of the ledger says who holds a settlement")
    return Control(inferred_from(reports, gazetteer, span), claims)


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
        raise InputError(f"{first} to {last} are more than {MOST_DAYS} days; narrow them down")
    return first, last


def areas_on(inferred: Inferred, gazetteer: Gazetteer, date: dt.date, hindsight: bool) -> Areas:
    """Square kilometres held and the front on a day, by the beliefs of settlements."""
    import numpy as np

    from oskil.weighing.control.areas import inferred as measured

    beliefs = inferred.beliefs
    known = [gazetteer.get(int(place)) for place in beliefs.places]
    where = np.array([(p.lat, p.lon) if p else (np.nan, np.nan) for p in known]).reshape(-1, 2)
    return measured(beliefs.on(date, hindsight), where, beliefs.statuses, date)


def maps_up_to(folder: Path, date: dt.date) -> list[Areas]:
    """What each assessor's newest control map of a folder, no later than the day, says is held."""
    from oskil.pipeline.data import in_folder
    from oskil.weighing.control.areas import drawn

    newest = {
        one.assessor: one for one in sorted(in_folder(folder).maps, key=lambda m: m.day) if one.day <= date
    }
    return [drawn(one) for one in newest.values()]


@dataclass(frozen=True, slots=True)
class Foretold:
    """A forecast of the ledger with what became of it."""

    told: Told
    outcome: ForecastOutcome


def forecasts(
    ledger: Ledger,
    gazetteer: Gazetteer,
    wanted: ClaimFilter,
    parties: Sequence[str],
    today: dt.date,
    span: Span | None = None,
) -> list[Foretold]:
    """Every forecast that the filter lets through, settled by what is believed of control by a day."""
    from oskil.weighing.forecasts import FORECAST, resolve

    found = told(ledger, replace(wanted, kind=FORECAST))
    everything = replace(
        wanted, kind=None, places=(), speaker=None, side=None, since=None, until=None, limit=None
    )
    try:
        days = span or Span(last=today)
        inferred = control_of_ledger(ledger, gazetteer, everything, parties, days).inferred
    except InputError:  # nobody says who holds what: nothing can be settled, and all stays open or expires
        inferred = None
    outcomes = resolve([(one.claim, one.document) for one in found], inferred, today)
    return [Foretold(one, outcome) for one, outcome in zip(found, outcomes, strict=True)]
