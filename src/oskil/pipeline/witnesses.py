"""Propositions of the ledger, with their outlets and origins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oskil.pipeline.telling import Told, told
from oskil.records import Claim, Proposition

if TYPE_CHECKING:
    from oskil.conflict import ConflictProfile
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.weighing.origins.timeline import Event


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Traced propositions, with all claims that were looked at, by their ids."""

    propositions: tuple[Proposition, ...]
    told: Mapping[str, Told]

    def claims_of(self, proposition: Proposition) -> list[Told]:
        """The claims of a proposition, the first told first."""
        return [self.told[claim] for claim in proposition.claims]


def witnesses(
    ledger: Ledger, wanted: ClaimFilter, profile: ConflictProfile | None, *, habits: bool = False
) -> Witnesses:
    """The propositions that have a claim that the filter lets through, in the order of the first telling.

    Who else says so is looked for among all claims, whatever the filter asks of speaker, side and days: the
    number of outlets and origins is that of the proposition. Older revisions are traced as well, but count no
    longer. With `habits`, who copies whom is learned from the same claims, and likely copies are called.
    """
    chosen = {one.claim.id for one in told(ledger, replace(wanted, limit=None, offset=0))}
    around = told(ledger, _around(wanted))
    found = traced(around, profile, habits=habits, places=wanted.places)
    kept = [p for p in found.propositions if chosen.intersection(p.claims)]
    end = None if wanted.limit is None else wanted.offset + wanted.limit
    return replace(found, propositions=tuple(kept[wanted.offset : end]))


def witnesses_of(
    ledger: Ledger,
    claim: Claim,
    profile: ConflictProfile | None,
    wanted: ClaimFilter,
    *,
    habits: bool = False,
) -> Witnesses:
    """The propositions that one claim is in."""
    around = replace(wanted, kind=claim.kind, places=claim.places or claim.areas)
    found = traced(told(ledger, _around(around)), profile, habits=habits)
    return replace(found, propositions=tuple(p for p in found.propositions if claim.id in p.claims))


def _around(wanted: ClaimFilter) -> ClaimFilter:
    return replace(
        wanted, speaker=None, side=None, since=None, until=None, latest=False, limit=None, offset=0
    )


def traced(
    around: Iterable[Told],
    profile: ConflictProfile | None,
    *,
    habits: bool = False,
    places: Sequence[int] = (),
) -> Witnesses:
    """All propositions of these claims, traced; only those about some of `places`, if any are given."""
    from oskil.weighing import origins, propositions

    claims = _states(around)
    documents = {one.document.id: one.document for one in claims.values()}
    current = {one.document.id for one in claims.values() if one.latest}
    met = propositions.group((one.claim for one in claims.values()), documents.values())
    if places:
        met = tuple(p for p in met if set(places).intersection((*p.places, *p.areas)))
    found = origins.traced(
        met,
        (one.claim for one in claims.values()),
        documents.values(),
        origins.Names(profile),
        habits=habits,
        current=current,
    )
    return Witnesses(found, claims)


def _states(around: Iterable[Told]) -> dict[str, Told]:
    """The claims by id: of a text's latest state those of its latest reading alone."""
    given = list(around)
    current = {one.document.id for one in given if one.latest}
    kept = [one for one in given if one.latest or one.document.id not in current]
    return {one.claim.id: one for one in kept}


def events(
    ledger: Ledger, witnesses: Witnesses, proposition: Proposition, as_known_on: dt.date | None = None
) -> tuple[Event, ...]:
    """The line of time of a proposition, with the revisions of its texts."""
    from oskil.weighing.origins.timeline import Revision, timeline

    keys = {one.document.key for one in witnesses.claims_of(proposition)}
    stored = ledger.documents(latest=False, as_known_on=as_known_on)
    revisions = [Revision(s.document, s.recorded_at) for s in stored if s.document.key in keys]
    claims = (one.claim for one in witnesses.told.values())
    return timeline(proposition, claims, revisions)
