"""What changed between two states of one loss list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from oskil.records import LossEntry


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that was added, removed or recategorised; `before` and `after` are its two states."""

    kind: Literal["added", "removed", "recategorised"]
    before: LossEntry | None
    after: LossEntry | None


def changes(before: Iterable[LossEntry], after: Iterable[LossEntry]) -> tuple[Change, ...]:
    """What was removed, recategorised and added, in this order.

    Entries are known by their ids: the list's own, or the picture where a page has none. An entry is
    recategorised where its side, category, item or status is another. One that is marked as removed has left.
    """
    old = {entry.id: entry for entry in before if entry.removed is None}
    new = {entry.id: entry for entry in after if entry.removed is None}
    gone = [Change("removed", entry, None) for ident, entry in old.items() if ident not in new]
    moved = [
        Change("recategorised", entry, new[ident])
        for ident, entry in old.items()
        if ident in new and _what(new[ident]) != _what(entry)
    ]
    added = [Change("added", None, entry) for ident, entry in new.items() if ident not in old]
    return (*gone, *moved, *added)


def _what(entry: LossEntry) -> tuple[str, str, str, str]:
    return entry.side, entry.category, entry.item, entry.status
