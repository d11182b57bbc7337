"""Who holds what, from a bare stream or from the ledger: joins reports, places and the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from oskil.errors import InputError
from oskil.pipeline.telling import Told, told
from oskil.records import Claim, Document, ForecastOutcome
from oskil.weighing.control.spans import Span, inferred_from

if TYPE_CHECKING:
    from oskil.conflict import ConflictProfile
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer
    from oskil.weighing.control.areas import Areas
    from oskil.weighing.control.model import Inferred
    from oskil.weighing.control.told import Whose
__all__ = [
    "Control",
    "Foretold",
    "Span",
    "areas_on",
    "control_of_ledger",
    "control_of_stream",
    "forecasts",
    "inferred_from",
    "maps_up_to",
]


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
    ledger: Ledger, gazetteer: Gazetteer, wanted: ClaimFilter, profile: ConflictProfile, span: Span
) -> Control:
    """Beliefs from the claims that a filter lets through, each by its origin. Parties are the profile's."""
    from oskil.weighing.control.setting import setting
    from oskil.weighing.control.told import reports_of

    claims = {one.claim.id: one for one in told(ledger, replace(wanted, limit=None))}
    parties = [party.id for party in profile.parties]
    pairs = [(one.claim, one.document) for one in claims.values()]
    reports = list(reports_of(pairs, parties, setting(), _whose(pairs, profile)))
    if not reports and span.start is None:
        raise InputError("no claim of the ledger says who holds a settlement")
    return Control(inferred_from(reports, gazetteer, span), claims)


def _whose(pairs: Sequence[tuple[Claim, Document]], profile: ConflictProfile) -> Whose:
    from oskil.weighing import propositions
    from oskil.weighing.control.told import Whose, traced_in
    from oskil.weighing.origins import Names, traced

    claims = [claim for claim, _ in pairs]
    documents = list({document.id: document for _, document in pairs}.values())
    names = Names(profile)
    met = propositions.group(claims, documents)
    return Whose(names, traced_in(traced(met, claims, documents, names)))


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
    profile: ConflictProfile,
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
        inferred = control_of_ledger(ledger, gazetteer, everything, profile, days).inferred
    except InputError:  # nobody says who holds what: nothing can be settled, and all stays open or expires
        inferred = None
    outcomes = resolve([(one.claim, one.document) for one in found], inferred, today)
    return [Foretold(one, outcome) for one, outcome in zip(found, outcomes, strict=True)]
