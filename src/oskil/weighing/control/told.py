"""From claims of texts to reports of who holds what. What a text leaves open is not guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from oskil.records import Claim, Document
from oskil.weighing.control.beliefs import CONTESTED
from oskil.weighing.control.reports import Reporter
from oskil.weighing.control.rows import Report
from oskil.weighing.control.setting import Setting

WORD = re.compile(r"\w+")


def reports_of(
    told: Iterable[tuple[Claim, Document]], parties: Sequence[str], given: Setting
) -> Iterator[Report]:
    """The reports that claims make: one for each settlement that a claim is about itself.

    The day is the last that the claim speaks of, or that of publication where it leaves that open or speaks
    of later; claims without any day are left out. `parties` tell whom a denial leaves a place to, where there
    are two. Conditional claims report nothing.
    """
    for claim, document in told:
        day = day_of(claim, document)
        meant = _meaning(claim, parties, given)
        if day is None or meant is None or claim.certainty == "conditional":
            continue
        kind, holder = meant
        speaker, relay = _voices(claim, document, given)
        for place in sorted(set(claim.at)):
            yield Report(
                id=f"{claim.id}/{place}",
                time=day.isoformat(),
                source=relay or speaker,
                place=place,
                kind=kind,
                holder=holder,
                certainty=claim.certainty,
                evidence=claim.evidence,
                relay_of=speaker.name if relay else None,
                relay_side=speaker.side if relay else None,
                wording=" ".join(claim.quote.casefold().split()),
            )


def day_of(claim: Claim, document: Document) -> dt.date | None:
    """The day that a claim tells of."""
    published = document.published_on
    last = claim.time.last if claim.time else None
    first = claim.time.first if claim.time else None
    if last is None:
        return published or first
    return min(last, published) if published else last


def claim_of(report_id: str) -> str:
    """The id of the claim that a report was made from."""
    return report_id.partition("/")[0]


def _voices(claim: Claim, document: Document, given: Setting) -> tuple[Reporter, Reporter | None]:
    outlet = document.outlet or document.url or document.key
    passing = Reporter(outlet, None, given.told["outlet_role"])
    if claim.speaker is None or claim.speaker == outlet:
        return Reporter(outlet, claim.side, given.told["outlet_role"]), None
    return Reporter(claim.speaker, claim.side, None), passing


def _meaning(claim: Claim, parties: Sequence[str], given: Setting) -> tuple[str, str | None] | None:
    stems = given.told
    if claim.polarity == "denied":
        return _denied(claim, parties, given)
    if claim.kind in stems["holds"]:
        if _has(claim.quote, stems["contesting"]):
            return CONTESTED, None
        if claim.holder is None:
            return None
        return ("took" if _has(claim.quote, stems["took"]) else "holds"), claim.holder
    if claim.kind in stems["contested"]:
        return CONTESTED, None
    for kind in ("left", "strike"):
        if claim.kind in stems[kind] and claim.holder:
            return kind, claim.holder
    return None


def _denied(claim: Claim, parties: Sequence[str], given: Setting) -> tuple[str, str] | None:
    """Not one of two is the other; of three, nobody knows which."""
    others = [p for p in parties if p.casefold() != (claim.holder or "").casefold()]
    if claim.kind in given.told["holds"] and claim.holder and len(others) == 1 and len(parties) == 2:
        return "holds", others[0]
    return None


def _has(quote: str, stems: str) -> bool:
    starts = tuple(stems.split())
    return any(word.startswith(starts) for word in WORD.findall(quote.casefold()))
