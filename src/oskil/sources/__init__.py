"""Sources: one file for each kind of input; each yields Documents."""

from __future__ import annotations

from typing import BinaryIO

from oskil.sources.interface import Fetcher, Hints, Loaded, Raw, Source

__all__ = ["Fetcher", "Hints", "Loaded", "Raw", "Source", "load"]


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
