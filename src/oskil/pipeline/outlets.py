"""Where the outlets of the ledger's documents are at home, learned and written down."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oskil.ledger.store import Ledger
    from oskil.places.home_file import Entry
    from oskil.places.interface import Gazetteer
    from oskil.records import Document

_LEAST_TEXTS = 2
_MOST_TEXTS = 200  # of an outlet, the latest; more do not move its home


def learn_homes(ledger: Ledger, gazetteer: Gazetteer, path: Path) -> list[Entry]:
    """Learn the homes of all outlets with two texts or more, and write them to the file of homes.

    What a person put into the file stays. Returns the file's entries, by outlet. Raises GazetteerError where
    the file is damaged or cannot be written, and LedgerError.
    """
    from oskil.places import home_file

    stated = {one.outlet: one for one in home_file.entries(path) if not one.texts}
    by_outlet: dict[str, list[Document]] = defaultdict(list)
    for stored in ledger.documents():
        if outlet := _outlet(stored.document):
            by_outlet[outlet].append(stored.document)
    learned = [
        entry
        for outlet, documents in by_outlet.items()
        if outlet not in stated and (entry := _learned(outlet, documents, gazetteer))
    ]
    home_file.write(path, [*stated.values(), *learned])
    return sorted([*stated.values(), *learned], key=lambda e: e.outlet)


def _outlet(document: Document) -> str:
    """What an outlet is known by; of several, the domain."""
    from oskil.places.home import outlet_keys

    return next(iter(outlet_keys(document.outlet, document.url)), "")


def _learned(outlet: str, documents: list[Document], gazetteer: Gazetteer) -> Entry | None:
    from oskil.conflict import for_text
    from oskil.places.home import country_of
    from oskil.places.home_file import Entry
    from oskil.places.outlets import heard, home_from

    if len(documents) < _LEAST_TEXTS:
        return None
    texts = [one.text for one in documents[-_MOST_TEXTS:]]
    home = home_from((heard(text, gazetteer, for_text(text)) for text in texts), country_of(outlet))
    return Entry(outlet, home, len(texts)) if home else None
