"""What a reader is. The rules (`rules.py`) are one; a trained tagger is to stand behind the same
interface.
"""

from __future__ import annotations

from typing import Protocol

from oskil.records import Document, Reading


class Reader(Protocol):
    """Turns one document into its claims, attributions and place names. Pure: same document, same reading."""

    @property
    def name(self) -> str:
        """Name and version, kept with every reading ("rules 1")."""

    def read(self, document: Document) -> Reading:
        """Read one document. Every span lies inside `document.text`."""
