"""From claims of texts to reports of who holds what. What a text leaves open is not guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from oskil.records import Claim, Document, Origin, Proposition
from oskil.weighing.control.beliefs import CONTESTED
from oskil.weighing.control.reports import Reporter
from oskil.weighing.control.rows import Report
from oskil.weighing.control.setting import Setting
from oskil.weighing.origins.names import Names

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose word a claim is: by the names that a conflict's profile knows, and by `origins`, those that were
    traced, by the ids of the claims that lead to them.
    """

    names: Names = field(default_factory=Names)
    origins: Mapping[str, Origin] = field(default_factory=dict)


def traced_in(propositions: Iterable[Proposition]) -> dict[str, Origin]:
    """The origin of each claim of traced propositions, as far as it has a name."""
    return {
        claim: origin
        for proposition in propositions
        for origin in proposition.origins
        if origin.named
        for claim in origin.claims
    }


def reports_of(
    told: Iterable[tuple[Claim, Document]], parties: Sequence[str], given: Setting, whose: Whose = Whose()
) -> Iterator[Report]:
    """The reports that claims make: one for each settlement that a claim is about itself.

    The day is the last that the claim speaks of, or that of publication where it leaves that open or speaks
    of later; claims without any day are left out. `parties` tell whom a denial leaves a place to, where there
    are two. Conditional claims report nothing. What an outlet copied, saying so or not, is its origin's.
    """
    for claim, document in told:
        day = day_of(claim, document)
        meant = _meaning(claim, parties, given)
        if day is None or meant is None or claim.certainty == "conditional":
            continue
        kind, holder = meant
        speaker, relay = _voices(claim, document, given, whose)
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


def _voices(
    claim: Claim, document: Document, given: Setting, whose: Whose
) -> tuple[Reporter, Reporter | None]:
    """Who says it, and who passes it on, if that is another."""
    outlet = whose.names.outlet(document)
    # A party's own body that publishes is no medium.
    role = None if outlet.side else given.told["outlet_role"]
    name, side = _speaker(claim, whose)
    if name is None or name == outlet.name:
        return Reporter(outlet.name, outlet.side or side, role), None
    return Reporter(name, side, None), Reporter(outlet.name, outlet.side, role)


def _speaker(claim: Claim, whose: Whose) -> tuple[str | None, str | None]:
    if origin := whose.origins.get(claim.id):
        return origin.name, origin.side
    if claim.speaker is None:
        return None, claim.side
    voice = whose.names.voice(claim.speaker, claim.side)
    return voice.name, voice.side


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
