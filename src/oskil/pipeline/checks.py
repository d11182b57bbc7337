"""Verdicts on the claims of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oskil.errors import InputError, LedgerError
from oskil.pipeline.telling import Told, told, told_of
from oskil.records import Verdict

if TYPE_CHECKING:
    from oskil.checking import Case
    from oskil.checking.data import Data
    from oskil.conflict import ConflictProfile
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with the claim that it is on."""

    verdict: Verdict
    told: Told


def cases(
    ledger: Ledger,
    gazetteer: Gazetteer,
    claims: Iterable[Told],
    data: Data | None = None,
    profile: ConflictProfile | None = None,
) -> Iterator[Case]:
    """What the checks look at: each claim with its document, the places found in it, and the data."""
    from oskil.checking.cases import cases as made
    from oskil.checking.data import EMPTY

    pairs = ((one.claim, one.document) for one in claims)
    return made(pairs, lambda key: ledger.reading(key).toponyms, gazetteer, data or EMPTY, profile)


def verdicts(
    ledger: Ledger,
    gazetteer: Gazetteer,
    wanted: ClaimFilter,
    data: Data | None = None,
    profile: ConflictProfile | None = None,
) -> list[Checked]:
    """Every verdict on the claims that a filter lets through, in the claims' order."""
    from oskil import checking

    found = {one.claim.id: one for one in told(ledger, wanted)}
    made = checking.run(cases(ledger, gazetteer, found.values(), data, profile))
    return [Checked(verdict, found[verdict.claim]) for verdict in made]


def verdicts_on(
    ledger: Ledger,
    gazetteer: Gazetteer,
    claim: str,
    data: Data | None = None,
    profile: ConflictProfile | None = None,
) -> list[Checked]:
    """Every verdict on one claim, by its id or the beginning of it; also what a nested claim bears too."""
    from oskil import checking

    one = told_of(ledger, claim)
    made = checking.run(cases(ledger, gazetteer, [one], data, profile))
    return [Checked(verdict, one) for verdict in made]


def claim_or_document(ledger: Ledger, id: str) -> tuple[str | None, str | None]:
    """The whole id of the claim, or of the document, that begins so. Raises InputError without either."""
    try:
        return ledger.claim(id).claim.id, None
    except LedgerError as error:
        if "more than one" in error.message:
            raise InputError(error.message, id) from error
    try:
        return None, ledger.document(id).document.id
    except LedgerError as error:
        raise InputError("neither a claim nor a document has an id that begins so", id) from error
