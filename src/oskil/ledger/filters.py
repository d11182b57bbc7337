"""Which claims to list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """What a claim must fulfil to be listed; everything that is given must hold at once.

    places: gazetteer ids, any of which is among the claim's places or areas.
    speaker: letters within the speaker's name or that of a relay, compared without case.
    kind, side: exactly these, as CLAIMS.md and the conflict profile name them.
    since, until: days, both inclusive, that the claim's time overlaps; a claim without a time counts
        for the day its document was published, and is left out where that is unknown too.
    document: the id of a document or the beginning of one. Claims of older revisions are shown only
        where `latest` is False.
    as_known_on: the last day (UTC) whose recordings count: the ledger as it stood at the end of it.
    latest: only what stands: the latest reading of the latest revision of each document, corrected
        where it was corrected, without what was withdrawn.
    limit, offset: how many to list, and how many to pass over before them; in the order of recording.
    after: the number of the claim after which to go on (`StoredClaim.number`): the next page of a long
        listing, at the cost of the first.
    """

    places: tuple[int, ...] = ()
    speaker: str | None = None
    kind: str | None = None
    side: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    document: str | None = None
    as_known_on: dt.date | None = None
    latest: bool = True
    limit: int | None = None
    offset: int = 0
    after: int = 0


def as_written(side: str, known: Iterable[str]) -> str | None:
    """A side as one of those known is written, itself before another case of it; None where none is meant."""
    same = sorted(one for one in known if one.casefold() == side.casefold())
    return side if side in same else next(iter(same), None)
