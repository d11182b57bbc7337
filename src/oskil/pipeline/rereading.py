"""Another gazetteer makes another reader: what was read before a country was added can be read anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer
    from oskil.reading.interface import Reader
    from oskil.records import Document, Reading


@dataclass(frozen=True, slots=True)
class Renamed:
    """A reader under another name, which its readings bear."""

    reader: Reader
    name: str

    def read(self, document: Document) -> Reading:
        """What the reader reads."""
        return replace(self.reader.read(document), reader=self.name)


def named(reader: Reader, gazetteer: Gazetteer) -> Reader:
    """The reader with the places in its name that were added to the gazetteer; else the reader itself.

    The ledger takes one reading of a text from each reader, so with the name unchanged a text could never
    be placed by what was added later.
    """
    from oskil.places.merged import MergedGazetteer

    if not isinstance(gazetteer, MergedGazetteer):
        return reader
    source = gazetteer.source
    return Renamed(reader, f"{reader.name}, {source.name}, {source.sha256[:12]}")
