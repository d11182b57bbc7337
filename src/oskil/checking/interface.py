"""What a check is: a pure function of a claim and data that returns Verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from oskil.checking.data import EMPTY, Data
from oskil.places.interface import Gazetteer
from oskil.records import Claim, Document, Toponym, Verdict


@dataclass(frozen=True, slots=True)
class Case:
    """All that a check may look at: a claim, its document with the placed names, and the data."""

    claim: Claim
    document: Document
    toponyms: Sequence[Toponym]
    gazetteer: Gazetteer
    data: Data = EMPTY


class Check(Protocol):
    """One kind of check. Yields nothing where the claim holds nothing that it can look at."""

    name: str
    description: str
    method: str

    def verdicts(self, case: Case) -> Iterator[Verdict]:
        """The verdicts on this claim, with `cannot be checked` and the reason where the data do not reach."""
