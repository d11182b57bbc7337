"""Track records, forecasts and propositions as the page lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from oskil.publishing.text import without_folders
from oskil.publishing.weighed.basis import Basis, Json
from oskil.publishing.weighed.weighing import Weighed
from oskil.records import ForecastOutcome, Origin, Proposition, Tally, TrackRecord
from oskil.weighing.control.told import claim_of
from oskil.weighing.origins import summary

# Claims of one proposition that it shows.
CLAIMS = 12
# Characters of a proposition's id.
ID = 10


def sources(basis: Basis, tracks: Sequence[TrackRecord]) -> list[Json]:
    """The track records, the most testimony first."""
    known = {name for claim, document in basis.current for name in (claim.speaker, document.outlet) if name}
    return [_source(basis, track, track.source in known) for track in tracks]


def _source(basis: Basis, track: TrackRecord, named: bool) -> Json:
    # Texts without an outlet are told apart by their addresses or files.
    name = track.source if named else without_folders(track.source)
    return {
        "name": basis.name(name),
        "side": track.side,
        "role": track.role,
        "claims": track.claims,
        **{sort: _tally(getattr(track, sort)) for sort in _TALLIES},
        "delay": track.delay,
        "silent": round(track.admits.cases - track.admits.true),
        "cases": [[what, _numbers(basis, ids)] for what, ids in track.cases],
    }


_TALLIES = ("gains", "losses", "denials", "states", "others", "admits")


def _tally(tally: Tally) -> Json | None:
    if not tally.cases:
        return None
    told = {
        "right": tally.true,
        "of": tally.cases,
        "share": tally.true / tally.cases,
        "low": tally.low,
        "high": tally.high,
    }
    return {name: round(value, 3) for name, value in told.items()}


def _numbers(basis: Basis, reports: Sequence[str]) -> list[int]:
    return sorted({basis.number[claim_of(report)] for report in reports})


def forecasts(basis: Basis, outcomes: Sequence[ForecastOutcome]) -> list[Json]:
    """The forecasts in the order of recording, with what became of them."""
    return [
        {
            "claim": basis.briefs([outcome.claim])[0],
            "outcome": outcome.outcome,
            "because": basis.words(outcome.because),
            "resolved": outcome.resolved.isoformat() if outcome.resolved else None,
            "probability": outcome.probability,
            "score": None if outcome.score is None else round(outcome.score, 4),
            "evidence": basis.briefs(outcome.evidence),
        }
        for outcome in outcomes
    ]


def propositions(basis: Basis, weighed: Weighed) -> list[Json]:
    """The propositions of several outlets, and those that contradict one of them."""
    number = {p.id: n for n, p in enumerate(weighed.propositions)}
    against: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for pair in weighed.against:
        against[pair.first].append((number[pair.second], pair.reason))
        against[pair.second].append((number[pair.first], pair.reason))
    return [
        {**_proposition(basis, p), "contradicts": [[n, basis.words(reason)] for n, reason in against[p.id]]}
        for p in weighed.propositions
    ]


def _proposition(basis: Basis, proposition: Proposition) -> Json:
    period = proposition.period
    origins = [_origin(basis, origin) for origin in proposition.origins]
    shown = replace(
        proposition,
        origins=tuple(
            replace(origin, name=told["name"], outlets=tuple(told["outlets"]))
            for origin, told in zip(proposition.origins, origins, strict=True)
        ),
    )
    return {
        "id": proposition.id[:ID],
        "kind": proposition.kind,
        "holder": proposition.holder,
        "places": [p for p in (*proposition.places, *proposition.areas) if p in basis.layout.rows],
        "period": [day.isoformat() if day else None for day in (period.first, period.last)]
        if period
        else None,
        "outlets": [basis.name(outlet) for outlet in proposition.outlets],
        "origins": origins,
        "claims": basis.briefs(proposition.claims[:CLAIMS]),
        "claims_count": len(proposition.claims),
        "summary": summary(shown),
    }


def _origin(basis: Basis, origin: Origin) -> Json:
    outlets = [basis.name(outlet) for outlet in origin.outlets]
    return {"name": basis.name(origin.name), "side": origin.side, "outlets": outlets}
