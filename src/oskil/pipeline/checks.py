"""Verdicts on the claims of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oskil.pipeline.telling import Told, told
from oskil.records import Toponym, Verdict

if TYPE_CHECKING:
    from oskil.checking import Case
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with the claim that it is on."""

    verdict: Verdict
    told: Told


def cases(ledger: Ledger, gazetteer: Gazetteer, claims: Iterable[Told]) -> Iterator[Case]:
    """What the checks look at: each claim with its document and the places that were found in it."""
    from oskil.checking import Case

    toponyms: dict[str, Sequence[Toponym]] = {}
    for one in claims:
        key = one.document.id
        if key not in toponyms:
            toponyms[key] = ledger.reading(key).toponyms
        yield Case(claim=one.claim, document=one.document, toponyms=toponyms[key], gazetteer=gazetteer)


def verdicts(ledger: Ledger, gazetteer: Gazetteer, wanted: ClaimFilter) -> list[Checked]:
    """Every verdict on the claims that a filter lets through, in the claims' order."""
    from oskil import checking

    found = {one.claim.id: one for one in told(ledger, wanted)}
    made = checking.run(cases(ledger, gazetteer, found.values()))
    return [Checked(verdict, found[verdict.claim]) for verdict in made]
