"""Sources: one file for each kind of input; each yields Documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from oskil.records import Refusal
from oskil.sources.interface import Context, Fetcher, Hints, Kind, Loaded, Raw, Source

if TYPE_CHECKING:
    from oskil.places.interface import Gazetteer

__all__ = ["Context", "Fetcher", "Hints", "Kind", "Loaded", "Raw", "Source", "load", "stream"]


def load(
    target: str,
    hints: Hints,
    *,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    fetch: Fetcher | None = None,
) -> list[Loaded]:
    """Read one target: a path, an http or https URL, or "-"; `oskil.sources.loading.load` says more."""
    from oskil.sources import loading

    return loading.load(target, hints, stdin=stdin, allow_private=allow_private, fetch=fetch)


def stream(
    target: str,
    hints: Hints,
    *,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    fetch: Fetcher | None = None,
    gazetteer: Gazetteer | None = None,
) -> Iterator[Loaded | Refusal]:
    """Read one target document by document; `oskil.sources.loading.stream` says more."""
    from oskil.sources import loading

    return loading.stream(
        target, hints, stdin=stdin, allow_private=allow_private, fetch=fetch, gazetteer=gazetteer
    )
