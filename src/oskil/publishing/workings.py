"""The workings of verdicts on the page: their ids, and no coordinates finer than the page's grid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from oskil.publishing.safety import snap

_COORDINATES = re.compile(r"(-?\d{1,3}\.\d+) N,? (-?\d{1,3}\.\d+) E")


def ids(verdicts: Sequence[tuple[str, str]]) -> list[str]:
    """An id for each verdict, from its claim's id and its check's name; further ones of both get a number."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for claim, check in verdicts:
        seen[claim, check] += 1
        count = seen[claim, check]
        name = re.sub(r"[^a-z0-9]+", "-", check.lower()).strip("-") or "check"
        found.append(f"{claim}-{name}" if count == 1 else f"{claim}-{name}-{count}")
    return found


def snapped(text: str, grid: float) -> str:
    """A text with every pair of coordinates in it moved to the grid, as the points of the page are."""

    def move(match: re.Match[str]) -> str:
        lat, lon = (snap(float(value), grid) for value in match.groups())
        return f"{lat:g} N {lon:g} E"

    return _COORDINATES.sub(move, text)
