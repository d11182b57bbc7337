"""Verdicts on the page: their ids, words, steps and pictures, with nothing finer than the page's grid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from oskil.checking.units import named
from oskil.publishing import pictures
from oskil.publishing.safety import rules, snap
from oskil.records import Claim, Verdict

_COORDINATES = re.compile(r"(-?\d{1,3}\.\d+) N,? (-?\d{1,3}\.\d+) E")


_WORDS = ("stated", "found", "reason", "method", "tolerance")


class Workings:
    """Verdicts as the page shows them; `pictures` gathers their drawings, as SVG by the verdict's id.

    `coarse` are the places of a protected side: near them coordinates are on the coarser grid, and nothing is
    drawn. `words` redacts.
    """

    def __init__(
        self, claims: Sequence[Claim], coarse: AbstractSet[int], words: Callable[[str], str]
    ) -> None:
        self.pictures: dict[str, str] = {}
        self._claims, self._coarse, self._words = claims, coarse, words

    def entry(self, id: str, claim: int, verdict: Verdict) -> dict[str, Any]:
        """One verdict on the claim of this number."""
        near = bool(self._coarse & {*verdict.places, *self._claims[claim].places})
        grid = rules().protected_grid_degrees if near else rules().grid_degrees
        if verdict.working and not near and (drawn := pictures.draw(verdict.working, self._words, grid)):
            self.pictures[id] = drawn
        steps = verdict.working.steps if verdict.working else ()
        return {
            "id": id,
            "check": verdict.check,
            "claim": claim,
            "outcome": verdict.outcome,
            **{name: self._words(snapped(getattr(verdict, name), grid)) for name in _WORDS},
            "data": [[self._words(d.name), d.version, d.sha256] for d in verdict.data],
            "value": verdict.value,
            "low": verdict.low,
            "high": verdict.high,
            "unit": named(verdict.unit),
            "places": list(verdict.places),
            "steps": [self._words(snapped(step, grid)) for step in steps],
            "picture": id if id in self.pictures else None,
        }


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
