"""How many were lost, by side, day, category and status."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from oskil.records import LossEntry


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of the entries that stand. `by_category` counts models where a list has no categories."""

    all: int
    by_side: Counter[str]
    by_day: Counter[dt.date]
    by_category: Counter[str]
    by_status: Counter[str]
    by_side_and_status: Counter[tuple[str, str]]


def totals(entries: Iterable[LossEntry]) -> Totals:
    """Count the entries that were not removed."""
    standing = [entry for entry in entries if entry.removed is None]
    return Totals(
        len(standing),
        Counter(e.side for e in standing),
        Counter(e.listed for e in standing),
        Counter(e.category or e.item for e in standing),
        Counter(e.status for e in standing),
        Counter((e.side, e.status) for e in standing),
    )
