"""What a rule of contradiction is. Implementations: `holding.py`, `denials.py`, `amounts.py`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Protocol

from oskil.weighing.facts import Fact


class Rule(Protocol):
    """Finds one sort of contradiction, among facts that share a matter and differ in side."""

    @property
    def timed(self) -> bool:
        """Whether only facts that share a day are to be compared."""

    def matters(self, fact: Fact) -> Iterator[Hashable]:
        """The matters that a fact speaks of; none where the rule has nothing to say about it."""

    def side(self, fact: Fact) -> Hashable:
        """What two facts on the same matter must differ in."""

    def reason(self, one: Fact, other: Fact) -> str | None:
        """Why the two cannot both be true, in words, or None where they can. `one` was told first."""
