"""What changed on a loss list since the one before, recorded beside the list.

A source knows its own file alone; the list before is in the ledger. So the changes are worked out when a list
has been stored, and stored as a document of their own, with a claim for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.records import Document, LossList
    from oskil.sources.interface import Loaded, Raw


@dataclass(frozen=True, slots=True)
class _State:
    """One file of a list in the ledger: a document that came of it, and the day that it is of."""

    document: Document
    day: str

    def raw(self, ledger: Ledger) -> Raw:
        """The file."""
        from oskil.sources.interface import Raw

        where = self.document.retrieved_from or self.document.key
        return Raw(where=where, data=ledger.raw(self.document.id))

    def read(self, raw: Raw) -> LossList:
        """The list in the file."""
        from oskil.sources import losses

        return losses.parse(raw, assessor=self.document.outlet, day=self.document.published)


def changes_of(one: Loaded, sides: set[str], ledger: Ledger) -> Iterator[Loaded]:
    """What changed from the list before this one, and from this one to the list after, of each of its sides.

    `one` is a document of the list, which is in the ledger. Pages are in the order of their days, so that one
    that is read late finds its place; tables, which are of many days, in the order of recording.
    """
    from oskil.sources.interface import Raw
    from oskil.sources.losses.parsing import is_page

    document = one.document
    page = is_page(Raw(where=document.retrieved_from or document.key, data=one.raw))
    for side in sorted(sides):
        states = _states(ledger, document.outlet or "", side, page)
        if document.raw_sha256 not in (s.document.raw_sha256 for s in states):
            # A table that only leaves out whole days has brought no document of its own.
            states.append(_State(document, document.published or ""))
        for before, after in pairwise(states):
            if document.raw_sha256 in (before.document.raw_sha256, after.document.raw_sha256):
                yield from _between(before, after, one, side, ledger, page)


def _between(
    before: _State, after: _State, one: Loaded, side: str, ledger: Ledger, page: bool
) -> Iterator[Loaded]:
    from oskil.sources.interface import Raw
    from oskil.sources.losses.changed import changes_of as document_of
    from oskil.sources.parties import profile_in_use

    if after.document.raw_sha256 == one.document.raw_sha256:
        raw = Raw(where=one.document.retrieved_from or one.document.key, data=one.raw)
    else:
        raw = after.raw(ledger)
    earlier, later = before.read(before.raw(ledger)), after.read(raw)
    if later.source.version < earlier.source.version:
        return  # an older table that was read after a newer one
    found = document_of(earlier, later, side, raw, profile_in_use(), page=page)
    if found is not None:
        yield found


def _states(ledger: Ledger, assessor: str, side: str, page: bool) -> list[_State]:
    """The files of a list in the ledger, each once, in their order."""
    from oskil.sources.losses import keys

    whole = keys.list_key(assessor, side)
    found: dict[str, _State] = {}
    if page:
        stored = [one.document for one in ledger.documents(latest=False, begins=whole)]
        for document in stored:
            if document.key == whole:
                found.setdefault(document.raw_sha256, _State(document, document.published or ""))
        return sorted(found.values(), key=lambda state: state.day)
    of_days, of_changes = keys.beginnings(assessor, side, page=page)
    for begins in (of_days, of_changes):
        for one in ledger.documents(latest=False, begins=begins):
            found.setdefault(one.document.raw_sha256, _State(one.document, one.recorded_at.isoformat()))
    return sorted(found.values(), key=lambda state: state.day)
