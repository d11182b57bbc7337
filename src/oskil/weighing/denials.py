"""A thing that one affirms and another denies."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from oskil.weighing.facts import Fact, alike, when
from oskil.weighing.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Denial:
    """Claims of one kind on one place and day, of the same holder or in much the same words."""

    known: Thresholds
    timed: bool = True

    def matters(self, fact: Fact) -> Iterator[Hashable]:
        """Kind and settlement, with the holder where that tells what is denied."""
        claim = fact.claim
        if claim.kind in self.known.denied_by_holder and claim.holder:
            yield from ((claim.kind, place, claim.holder) for place in set(claim.places))
        elif claim.kind in self.known.denied_by_words:
            yield from ((claim.kind, place) for place in set(claim.places))

    def side(self, fact: Fact) -> Hashable:
        """Affirmed or denied."""
        return fact.claim.polarity

    def reason(self, one: Fact, other: Fact) -> str | None:
        """Affirmed and denied; without a holder to go by, only where the words are much the same."""
        if one.claim.kind in self.known.denied_by_words:
            holders = {one.claim.holder, other.claim.holder} - {None}
            if len(holders) > 1 or not alike(one, other, self.known):
                return None
        told = (
            "denies what the other affirms"
            if one.claim.polarity == "denied"
            else "affirms what the other denies"
        )
        return f"one {told}{when(one, other)}"
