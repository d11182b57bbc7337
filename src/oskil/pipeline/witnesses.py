"""Propositions of the ledger, with their outlets and origins."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from oskil.pipeline.telling import Told, told
from oskil.records import Claim, Contradiction, Proposition

if TYPE_CHECKING:
    from oskil.conflict import ConflictProfile
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.weighing.origins.timeline import Event


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Traced propositions, with all claims that were looked at, by their ids.

    `contradictions` are pairs of propositions, by their ids; also with some that were left out, of which
    `firsts` still gives the first claim's id.
    """

    propositions: tuple[Proposition, ...]
    told: Mapping[str, Told]
    contradictions: tuple[Contradiction, ...] = ()
    firsts: Mapping[str, str] = field(default_factory=dict)

    def first_of(self, proposition: str) -> Told | None:
        """The first claim of a proposition by its id, also of one that was left out."""
        return self.told.get(self.firsts.get(proposition, ""))

    def against(self, proposition: Proposition) -> list[Contradiction]:
        """What cannot be true together with a proposition, which comes first in each pair."""
        found = [c for c in self.contradictions if proposition.id in (c.first, c.second)]
        return [c if c.first == proposition.id else replace(c, first=c.second, second=c.first) for c in found]

    def claims_of(self, proposition: Proposition) -> list[Told]:
        """The claims of a proposition, the first told first."""
        return [self.told[claim] for claim in proposition.claims]


def witnesses(
    ledger: Ledger, wanted: ClaimFilter, profile: ConflictProfile | None, *, habits: bool = False
) -> Witnesses:
    """The propositions that have a claim that the filter lets through, in the order of the first telling.

    Who else says so is looked for among all claims, whatever the filter asks of speaker, side and days: the
    number of outlets and origins is that of the proposition. Older revisions are traced as well, but count no
    longer. With `habits`, who copies whom is learned from all claims, and likely copies are called.
    """
    chosen = {stored.claim.id for stored in ledger.claims(replace(wanted, limit=None, offset=0))}
    around = told(ledger, _around(wanted, everything=habits))
    gone = _withdrawn(ledger)
    found = traced(around, profile, habits=habits, places=wanted.places, withdrawn=gone)
    kept = [p for p in found.propositions if chosen.intersection(p.claims)]
    end = None if wanted.limit is None else wanted.offset + wanted.limit
    return replace(found, propositions=tuple(kept[wanted.offset : end]))


def repeated_at(
    ledger: Ledger, wanted: ClaimFilter, profile: ConflictProfile | None, *, habits: bool = False
) -> Witnesses:
    """The propositions that two outlets or more have published, the most outlets first."""
    found = witnesses(ledger, wanted, profile, habits=habits)
    kept = [p for p in found.propositions if len(p.outlets) > 1]
    return replace(found, propositions=tuple(sorted(kept, key=lambda p: -len(p.outlets))))


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
    given = told(ledger, _around(around, everything=habits))
    found = traced(given, profile, habits=habits, withdrawn=_withdrawn(ledger))
    return replace(found, propositions=tuple(p for p in found.propositions if claim.id in p.claims))


def _withdrawn(ledger: Ledger) -> set[str]:
    given = (stored.amendment for stored in ledger.amendments())
    return {amendment.target for amendment in given if amendment.action == "withdrawal"}


def _around(wanted: ClaimFilter, *, everything: bool) -> ClaimFilter:
    """All claims that may say the same as those wanted; `everything` where habits are to be learned."""
    if everything:
        wanted = replace(wanted, places=(), kind=None)
    return replace(
        wanted, speaker=None, side=None, since=None, until=None, latest=False, limit=None, offset=0
    )


def traced(
    around: Iterable[Told],
    profile: ConflictProfile | None,
    *,
    habits: bool = False,
    places: Sequence[int] = (),
    withdrawn: Container[str] = (),
) -> Witnesses:
    """All propositions of these claims, traced; only those about some of `places`, if any are given.

    Claims that stand no longer are older states of a text, or `withdrawn`; those of older readings are not.
    """
    from oskil.weighing import contradictions, origins, propositions

    claims = _states(around, withdrawn)
    documents = {one.document.id: one.document for one in claims.values()}
    standing = {key for key, one in claims.items() if one.latest}
    met = propositions.group((one.claim for one in claims.values()), documents.values())
    found = origins.traced(
        met,
        (one.claim for one in claims.values()),
        documents.values(),
        origins.Names(profile),
        habits=habits,
        standing=standing,
    )
    if places:
        found = tuple(p for p in found if set(places).intersection((*p.places, *p.areas)))
    days = {key: day for key, text in documents.items() if (day := text.published_on) is not None}
    standing_now = [p for p in found if p.outlets]
    opposed = contradictions.between(standing_now, (one.claim for one in claims.values()), days)
    return Witnesses(found, claims, opposed, {p.id: p.claims[0] for p in found})


def _states(around: Iterable[Told], withdrawn: Container[str]) -> dict[str, Told]:
    """The claims by id: of a text's latest state those of its latest reading alone, and those withdrawn."""
    given = list(around)
    current = {one.document.id for one in given if one.latest}
    kept = [one for one in given if one.latest or one.document.id not in current or one.claim.id in withdrawn]
    return {one.claim.id: one for one in sorted(kept, key=lambda one: one.latest)}


def events(ledger: Ledger, witnesses: Witnesses, proposition: Proposition) -> tuple[Event, ...]:
    """The line of time of a proposition: its texts with all their revisions, corrections and withdrawals."""
    from oskil.weighing.origins.timeline import Amended, Revision, timeline

    texts = {one.document.key: one.document.id for one in witnesses.claims_of(proposition)}
    states = [state for text in texts.values() for state in ledger.revisions(text)]
    amendments = [
        Amended(
            stored.amendment.target,
            "withdrawn" if stored.amendment.action == "withdrawal" else "corrected",
            f"{stored.amendment.reason} ({stored.amendment.by})",
            stored.recorded_at,
        )
        for state in states
        for stored in ledger.amendments(state.document.id)
    ]
    revisions = [Revision(state.document, state.recorded_at) for state in states]
    claims = (one.claim for one in witnesses.told.values())
    return timeline(proposition, claims, revisions, amendments=amendments)
