"""Control on streams that differ from those the model was made on: what is left where sources, reports, the
start state or what is known of them are missing or other. Each row changes one thing alone.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.control import TRUTH, WINDOWS, reports
from benchmarks.control_held import figures

if TYPE_CHECKING:
    from oskil.weighing.control.model import Inferred
    from oskil.weighing.control.rows import Report

HEAD = "|  | reports that count | accuracy, changed | Brier, changed | Brier, all in reach | passes taken |"
Told = Sequence["Report"]
STALE = 108  # days by which a start state is out of date: as many as lie between the two windows
MIRRORED = {"UA": "RU", "RU": "UA"}


@dataclass(frozen=True, slots=True)
class Other:
    """A stream that is told otherwise: `told` changes the reports, `start` gives who held what instead of
    the truth on the first day.
    """

    told: Callable[[Told], Iterable[Report]] = list
    start: Callable[[dict[int, str]], dict[int, str]] = dict
    stale: bool = False


def _renamed(told: Told) -> Iterator[Report]:
    number: dict[str, int] = {}
    for one in told:
        names = [one.source.name, one.relay_of]
        new = [n and f"voice {number.setdefault(n, len(number))}" for n in names]
        yield replace(one, source=replace(one.source, name=str(new[0])), relay_of=new[1])


def _without_sources(seed: int) -> Callable[[Told], Iterator[Report]]:
    """Three in ten of those that speak for themselves; who relays them has nothing to relay."""

    def told_by_others(told: Told) -> Iterator[Report]:
        names = sorted({one.source.name for one in told})
        gone = set(random.Random(seed).sample(names, round(0.3 * len(names))))
        return (one for one in told if one.source.name not in gone and one.relay_of not in gone)

    return told_by_others


def _thinned(told: Told) -> Iterator[Report]:
    dice = random.Random(1)
    return (one for one in told if dice.random() < 0.5)


def _without_side(side: str) -> Callable[[Told], Iterator[Report]]:
    def told_by_others(told: Told) -> Iterator[Report]:
        gone = {one.source.name for one in told if one.source.side == side}
        return (one for one in told if one.source.name not in gone and one.relay_of not in gone)

    return told_by_others


def _nobody_known(told: Told) -> Iterator[Report]:
    return (replace(one, source=replace(one.source, side=None, role=None)) for one in told)


def _copies_unmarked(told: Told) -> Iterator[Report]:
    return (replace(one, relay_of=None) for one in told)


def _copies_hidden(told: Told) -> Iterator[Report]:
    return (replace(one, relay_of=None, wording=None) for one in told)


def _wrong(state: dict[int, str]) -> dict[int, str]:
    """One place in twenty in the other's hands."""
    dice = random.Random(2)
    return {p: MIRRORED.get(s.upper(), s) if dice.random() < 0.05 else s for p, s in sorted(state.items())}


OTHERS: dict[str, Other] = {
    "as it is": Other(),
    "sources renamed": Other(_renamed),
    "three in ten of the sources gone": Other(_without_sources(1)),
    "another three in ten gone": Other(_without_sources(2)),
    "half of the reports gone": Other(_thinned),
    "no Russian source": Other(_without_side("RU")),
    "no Ukrainian source": Other(_without_side("UA")),
    "sides and roles unknown": Other(_nobody_known),
    "relays do not name their origin": Other(_copies_unmarked),
    "nothing tells a copy": Other(_copies_hidden),
    "start state three and a half months old": Other(stale=True),
    "one in twenty of the start state wrong": Other(start=_wrong),
    "no start state": Other(start=lambda state: {}),
}


def told_otherwise(window: str, other: Other) -> Inferred:
    """The beliefs of a window from the stream told otherwise, with the model as it ships."""
    import csv
    import tempfile
    from pathlib import Path

    from oskil.pipeline.control import Span, inferred_from
    from oskil.places.gazetteer import load_embedded
    from oskil.settings import settings
    from oskil.weighing.control.stream import read_start

    first, last = (dt.date.fromisoformat(day) for day in WINDOWS[window])
    known = first - dt.timedelta(days=STALE if other.stale else 0)
    state = other.start(read_start(TRUTH, known))
    with tempfile.NamedTemporaryFile("w+", suffix=".csv") as file:
        writer = csv.writer(file)
        writer.writerow(("geonameid", "status"))
        writer.writerows(sorted(state.items()))
        file.flush()
        span = Span(first, last, Path(file.name))
        return inferred_from(list(other.told(reports(window))), load_embedded(settings().cache), span)


def rows(window: str) -> Iterator[str]:
    """A row of the table for each way to tell the stream otherwise."""
    first = min(first for first, _ in WINDOWS.values())
    for name, other in OTHERS.items():
        if other.stale and WINDOWS[window][0] == first:
            continue  # nobody knows who held what before
        found = told_otherwise(window, other)
        right, changed, everywhere = figures(window, found)
        lessons = found.taught.lessons
        passes = f"{lessons.taken} of {len(lessons.passes) - 1}"
        yield f"| {name} | {len(found.kept):,} | {right:.4f} | {changed:.4f} | {everywhere:.4f} | {passes} |"


def tables() -> str:
    """The rows of both windows."""
    lines = []
    for window, (first, last) in WINDOWS.items():
        lines += [f"{first} to {last}, as known on each day:", "", HEAD, "|" + " --- |" * 6]
        lines += [*rows(window), ""]
    return "\n".join(lines).rstrip()
