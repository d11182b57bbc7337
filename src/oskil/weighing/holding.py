"""Who holds a place: two holders of one place on the same days, or one that is said to have left it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from oskil.weighing.facts import Fact, when
from oskil.weighing.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Holding:
    """Claims of control against one another, and against movements that leave the place to another holder."""

    known: Thresholds
    timed: bool = True

    def matters(self, fact: Fact) -> Iterator[Hashable]:
        """The settlements that a holder is named for. Regions are held in part, so they are left out."""
        claim = fact.claim
        if (
            claim.holder
            and claim.polarity == "affirmed"
            and claim.kind in self.known.holding | self.known.leaving
        ):
            yield from set(claim.at)

    def side(self, fact: Fact) -> Hashable:
        """The holder."""
        return fact.claim.holder

    def reason(self, one: Fact, other: Fact) -> str | None:
        """Two holders, unless the one's time ends on the day the other's begins, or both only moved."""
        left = [fact.claim.kind in self.known.leaving for fact in (one, other)]
        if all(left) or _follows(one, other) or _follows(other, one):
            return None
        first, second = (
            f"it was left to {fact.claim.holder}" if leaves else f"{fact.claim.holder} holds it"
            for fact, leaves in zip((one, other), left, strict=True)
        )
        return f"one says that {first}, the other that {second}{when(one, other)}"


def _follows(one: Fact, other: Fact) -> bool:
    if not (one.first and one.last and other.first):
        return False
    return one.first < other.first and one.last == other.first
