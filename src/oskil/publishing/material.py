"""What a page is made from, as taken from the ledger and weighed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oskil.publishing.interface import Stored
from oskil.records import Contradiction, Proposition, Reading, Refusal, Verdict


@dataclass(frozen=True, slots=True)
class Read:
    """A stored document with what was read in it."""

    stored: Stored
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a page is made from. `read` is in the order of recording, so that what is added comes last.

    `held` counts the documents that the delay keeps back. `propositions` are all that were traced, and
    `witnesses` gives, by a claim's id, the one that it is in, where two outlets or more have it.
    """

    read: Sequence[Read]
    contradictions: Sequence[Contradiction]
    verdicts: Sequence[Verdict]
    refusals: Sequence[tuple[Refusal, dt.datetime]]
    held: int = 0
    propositions: Sequence[Proposition] = ()
    witnesses: Mapping[str, Proposition] = field(default_factory=dict)
