"""The weighing of what is shown: beliefs, track records, forecasts, and what several outlets say alike.

It happens after it is known what may be shown, so that nothing held back moves a belief or a record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from oskil.errors import InputError
from oskil.publishing.weighed.basis import Basis, Ground
from oskil.records import Contradiction, ForecastOutcome, Proposition, TrackRecord
from oskil.weighing.control.model import Inferred

# Days that beliefs are shown for at most, the latest: memory grows with days times places.
MOST_DAYS = 2000
# Outlets from which a proposition is listed for itself.
SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What follows from the claims that are shown. `inferred` is None where nobody says who holds anything.

    `propositions` are those of several outlets and what contradicts them, in the order in which they are
    listed; `against` are pairs of them by their ids.
    """

    inferred: Inferred | None = None
    tracks: tuple[TrackRecord, ...] = ()
    forecasts: tuple[ForecastOutcome, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    against: tuple[Contradiction, ...] = ()


def weigh(basis: Basis) -> Weighed:
    """Weigh what a page shows."""
    return met(basis, inferring(basis))


def inferring(ground: Ground) -> Weighed:
    """What is inferred of who holds what, and what rests on that; no propositions."""
    inferred = _inferred(ground)
    return Weighed(inferred=inferred, tracks=_tracks(inferred), forecasts=_forecasts(ground, inferred))


def met(ground: Ground, weighed: Weighed) -> Weighed:
    """The same with the propositions, which rest on nothing inferred."""
    propositions, against = _propositions(ground)
    return replace(weighed, propositions=propositions, against=against)


def _inferred(basis: Ground) -> Inferred | None:
    from oskil.weighing.control.setting import setting
    from oskil.weighing.control.spans import Span, inferred_from
    from oskil.weighing.control.told import Whose, reports_of, traced_in
    from oskil.weighing.origins import Names

    if not basis.days:
        return None
    first = max(basis.first, basis.last - dt.timedelta(days=MOST_DAYS - 1))
    parties = [party.id for party in basis.profile.parties]
    whose = Whose(Names(basis.profile), traced_in(basis.material.propositions))
    told = reports_of(basis.current, parties, setting(), whose)
    reports = [r for r in told if first.isoformat() <= r.time[:10] <= basis.last.isoformat()]
    if not any(report.holder for report in reports):
        return None
    try:
        return inferred_from(reports, basis.gazetteer, Span(first, basis.last))
    except InputError:  # the reports name nobody who could hold a place
        return None


def _tracks(inferred: Inferred | None) -> tuple[TrackRecord, ...]:
    from oskil.weighing.control.track import track_records

    return () if inferred is None else track_records(inferred)


def _forecasts(basis: Ground, inferred: Inferred | None) -> tuple[ForecastOutcome, ...]:
    from oskil.weighing.forecasts import FORECAST, resolve

    # What is not told of yet is open, however long ago the record ends.
    return resolve([pair for pair in basis.current if pair[0].kind == FORECAST], inferred, basis.last)


def _propositions(basis: Ground) -> tuple[tuple[Proposition, ...], tuple[Contradiction, ...]]:
    from oskil.weighing import contradictions

    every: Sequence[Proposition] = basis.material.propositions
    several = {p.id for p in every if len(p.outlets) >= SEVERAL}
    if not several:
        return (), ()
    documents = (read.stored.document for read in basis.material.read)
    days = {d.id: day for d in documents if (day := d.published_on) is not None}
    pairs = contradictions.between(every, (claim for claim, _ in basis.current), days)
    against = tuple(pair for pair in pairs if {pair.first, pair.second} & several)
    wanted = several.union(*((pair.first, pair.second) for pair in against))
    listed = [p for p in every if p.id in wanted]
    listed.sort(key=lambda p: (-max(len(p.outlets), SEVERAL - 1), basis.number[p.claims[0]]))
    return tuple(listed), against
