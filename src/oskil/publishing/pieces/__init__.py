"""Cuts the record of a page into the pieces that it loads one by one.

What is in each is told in docs/site-data.md. All here is pure: the same record gives the same pieces, and a
record that grew at its end gives pieces of which only the last of each list differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from oskil.publishing.pieces import core, index, lists, places
from oskil.publishing.pieces.layout import Layout
from oskil.publishing.text import script_json

Json = dict[str, Any]


def cut(layout: Layout, texts: Sequence[Json]) -> Iterator[tuple[str, Any]]:
    """Every piece of a record but the core, by name; `texts` are the documents' texts by number."""
    yield from without_places(layout, texts)
    yield from places.pieces(layout)


def without_places(layout: Layout, texts: Sequence[Json]) -> Iterator[tuple[str, Any]]:
    """Those that hold nothing of what is inferred."""
    yield from lists.pieces(layout)
    yield from lists.texts(layout, texts)
    yield from index.pieces(layout)


def script(name: str, value: Any) -> str:
    """A piece as the script that hands it to the page."""
    return f"OSKIL_PIECE({script_json(name)},{script_json(value)});\n"


__all__ = ["Layout", "core", "cut", "places", "script", "without_places"]
