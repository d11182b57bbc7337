"""What is inferred of each place and day, as letters, a month to a piece, and the course of each place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from oskil.publishing.weighed.basis import Basis, Json
from oskil.weighing.control.beliefs import Beliefs
from oskil.weighing.control.hazards import Floats
from oskil.weighing.control.model import Inferred

Codes = NDArray[np.uint8]

# The first stands for nothing. It counts as a part of a word and ends every line, so that no run of letters
# can be a word by itself and be taken for a name that is to be withheld.
LETTERS: Final = "_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# The steps of sureness; below the first bound a belief is no more than a leaning.
SURE: Final = (0.7, 0.9, 0.97)
# Nothing is told where no status is believed by half: there the model knows no more than at its start.
HALF: Final = 0.5
# A course is told anew where a probability has moved by so much.
MOVED: Final = 0.02
_BYTES: Final = np.frombuffer(LETTERS.encode(), np.uint8)
NOTE: Final = (
    "Inferred from what was said, by who said it and how often their word came true. A report counts for the "
    "day that it speaks of, also where it came out later. Nothing is told where no side is believed by half."
)


def pieces(basis: Basis, inferred: Inferred) -> Iterator[tuple[str, Json]]:
    """A piece for each month."""
    beliefs = inferred.beliefs
    letters = {"then": codes(beliefs.then), "hindsight": codes(beliefs.hindsight)}
    where, rows = _rows(basis, beliefs)
    begin = (beliefs.first - basis.layout.first).days
    for month, (first, count) in _months(beliefs).items():
        made: Json = {"first": begin + first, "days": count}
        for name, known in letters.items():
            made[name] = _month(known[first : first + count, where], rows, len(basis.layout.rows))
        yield f"belief-{month}", made


def core(basis: Basis, inferred: Inferred) -> Json:
    """What the page's core tells of the beliefs."""
    beliefs, kept = inferred.beliefs, inferred.kept
    where, rows = _rows(basis, beliefs)
    told, own = len(inferred.origin), len(kept)
    sources, places = len(np.unique(kept.source)), len(np.unique(kept.place))
    return {
        "statuses": list(beliefs.statuses),
        "first": (beliefs.first - basis.layout.first).days,
        "days": beliefs.days,
        "basis": f"{told:,} reports of who holds what, {own:,} of them nobody's copy, from {sources:,} "
        f"sources about {places:,} places.",
        "note": NOTE,
        "now": _line(codes(beliefs.hindsight[-1:, where])[0], rows, len(basis.layout.rows)),
    }


def codes(course: Floats) -> Codes:
    """Numbers of letters for probabilities (days, places, statuses): 0 where nothing is told, else
    1 + 4 * status + sureness. A status beyond the letters is not told.
    """
    best = course.argmax(axis=2)
    chance = np.take_along_axis(course, best[:, :, None], axis=2)[:, :, 0]
    number = 1 + 4 * best + np.searchsorted(SURE, chance, side="right")
    return np.where((chance >= HALF) & (number < len(LETTERS)), number, 0).astype(np.uint8)


def courses(basis: Basis, inferred: Inferred) -> dict[int, dict[str, list[Any]]]:
    """Of each place by its id its course, as known and with hindsight: runs of [first day, probabilities]."""
    beliefs = inferred.beliefs
    where, rows = _rows(basis, beliefs)
    begin = (beliefs.first - basis.layout.first).days
    ids = [int(place) for place in beliefs.places[beliefs.moved[where]]]
    both = {
        name: _runs(getattr(beliefs, name)[:, where], begin) for name in ("then", "hindsight") if len(rows)
    }
    return {place: {name: both[name][n] for name in both} for n, place in enumerate(ids)}


def _runs(course: Floats, begin: int) -> list[list[Any]]:
    found: list[list[Any]] = [[] for _ in range(course.shape[1])]
    last = np.full(course.shape[1:], -1.0)
    for day, now in enumerate(course.astype(np.float64)):
        moved = np.flatnonzero(np.abs(now - last).max(axis=1) > MOVED)
        last[moved] = now[moved]
        for place, chances in zip(moved.tolist(), now[moved].round(2).tolist(), strict=True):
            found[place].append([begin + day, chances])
    return found


def _rows(basis: Basis, beliefs: Beliefs) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which of the places that beliefs move are shown, and their rows on the page."""
    ids = beliefs.places[beliefs.moved]
    rows = np.array([basis.layout.rows.get(int(place), -1) for place in ids], np.intp)
    where = np.flatnonzero(rows >= 0)
    where = where[np.argsort(rows[where])]
    return where, rows[where]


def _months(beliefs: Beliefs) -> dict[str, tuple[int, int]]:
    """The first day and the number of days of each month, by its name."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for day in range(beliefs.days):
        days[(beliefs.first + dt.timedelta(days=day)).isoformat()[:7]].append(day)
    return {month: (numbers[0], len(numbers)) for month, numbers in days.items()}


def _month(known: Codes, rows: NDArray[np.intp], count: int) -> Json:
    """Letters at the month's first day, and what changes on each day after it."""
    changes: list[list[Any]] = []
    for before, now in zip(known[:-1], known[1:], strict=True):
        moved = np.flatnonzero(before != now)
        changes.append([x for n in moved for x in (int(rows[n]), LETTERS[now[n]])])
    return {"base": _line(known[0], rows, count), "changes": changes}


def _line(known: Codes, rows: NDArray[np.intp], count: int) -> str:
    line = np.full(count + 1, _BYTES[0], np.uint8)
    line[rows] = _BYTES[known]
    return line.tobytes().decode("ascii")
