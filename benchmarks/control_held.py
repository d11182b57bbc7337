"""Control with nothing chosen on the window that is scored: all of it comes from the other window.

The table of habits and the chances of change start from round numbers that are the same for every kind of
report (`BLIND`); a known course of the other window teaches what they become. A few settings are then chosen
by the Brier score of the other window, and a calibration, a temperature and a factor for "contested", is
fitted there. What remains from having seen both windows is the design of the model itself.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.control import DAYS, TRUTH, WINDOWS, Score, inferred, score_of

if TYPE_CHECKING:
    from oskil.weighing.control.learning import Learned
    from oskil.weighing.control.model import Inferred

Array = np.ndarray[Any, Any]
OTHER = {"2022": "2023", "2023": "2022"}
# What tells of a change is likelier after one; what tells how things are, as likely as ever.
_NEWS = {
    **{"agree": 1.0, "against": 0.5, "new": [10.0] * 4, "old": 0.5, "talk": [5.0] * 3},
    **{"kept": 1.0, "fought": 0.5},
}
_STATE = {**_NEWS, "new": [1.0] * 4, "talk": [0.5] * 3}
_CONTESTED = {"quiet": 0.5, "changed": 1.0, "begun": [10.0] * 4, "lasting": 2.0}
_STANCES = ("own", "other", "open")
BLIND: dict[str, Any] = {
    "ratios": {
        **{kind: dict.fromkeys(_STANCES, _NEWS) for kind in ("took", "left")},
        **{kind: dict.fromkeys(_STANCES, _STATE) for kind in ("holds", "strike")},
        "contested": {"none": _CONTESTED},
    },
    "hazards": {
        **{"change": 0.001, "soon": 0.01, "promised": 0.01, "contest": 0.001, "settle": 0.05, "talk": 0.01},
        **{"by_share": [0.1, 0.3, 1.0, 1.0, 1.0, 1.0], "by_stir": [1.0, 1.0, 1.0], "strength": 3.0},
    },
    "silence": 1.0,
    "hush": 1.0,
    "misplaced": 0.02,
}
# How many reports a class needs to be told from the table while a known course teaches: few, as it is known.
_TAUGHT = {"role": 5.0, "manner": 5.0, "side": 10.0, "source": 1000.0}
_TRUSTED = {"role": 300.0, "manner": 100.0, "side": 200.0, "source": 300.0}
# Learning as it would be without what keeps it from going astray.
UNGUARDED: dict[str, Any] = {
    "deaf": 0,
    "interest": 1e6,
    "drift": {"foresight": 1e6, "silence": 1e6, "contested": 1.0},
}
CHOICES: dict[str, tuple[Any, ...]] = {
    "learn": (False,),
    "strengths": (_TRUSTED,),
    "silence": (0.5, 0.0),
    "hush": (0.5, 0.0),
    "misplaced": (0.005, 0.05),
}


def held_out(window: str) -> Iterator[tuple[str, Score]]:
    """The scorer's figures on a window that nothing was chosen on: both answers, then calibrated."""
    changed = chosen(OTHER[window])
    mine, other = inferred(window, changed), inferred(OTHER[window], changed)
    for name, hindsight in (("as known", False), ("hindsight", True)):
        yield f"**all from the other window: {name}**", score_of(window, mine, hindsight)
    still = inferred(window, {**changed, "learn": False})
    yield "the same, nothing learned from the stream: as known", score_of(window, still, False)
    loose = inferred(window, {**changed, "learn": True, **UNGUARDED})
    yield "the same, learned without deaf passes, interest or guard: as known", score_of(window, loose, False)
    blind = inferred(window, BLIND)
    yield "round numbers alone, no window seen: as known", score_of(window, blind, False)
    bend = calibration(OTHER[window], other)
    beliefs = replace(mine.beliefs, then=bend(mine.beliefs.then))
    yield (
        "the same, calibrated on the other window: as known",
        score_of(window, replace(mine, beliefs=beliefs), False),
    )


@cache
def chosen(window: str) -> dict[str, Any]:
    """Table, chances and settings by one window alone. One setting at a time, in the order above."""
    found = taught(window, BLIND)
    best = brier(window, inferred(window, found))
    for name, values in CHOICES.items():
        for value in values:
            tried = {**found, name: value}
            if (now := brier(window, inferred(window, tried))) < best:
                best, found = now, tried
    return found


def taught(window: str, given: dict[str, Any]) -> dict[str, Any]:
    """The table of habits and the chances of change that the known course of a window teaches."""
    found = inferred(window, {**given, "strengths": _TAUGHT, "learn": False})
    learned = found.course.learn(found.course.setting.passes, truth(window, found)[:, found.beliefs.moved])
    return {**given, "ratios": _ratios(found, learned), "hazards": _hazards(learned, given["hazards"])}


def truth(window: str, found: Inferred) -> Array:
    """Who held each place on each day, (days, places), as a number of a status; -1 before anybody looked."""
    number = {status.casefold(): n for n, status in enumerate(found.beliefs.statuses)}
    row = {int(place): n for n, place in enumerate(found.beliefs.places)}
    first, days = found.beliefs.first, found.beliefs.days
    course = np.full((days, len(row)), -1)
    with gzip.open(TRUTH, "rt", encoding="utf-8") as lines:
        for one in sorted(csv.DictReader(lines), key=lambda one: one["date"]):
            day = max((dt.date.fromisoformat(one["date"]) - first).days, 0)
            if int(one["geonameid"]) in row and day < days:
                course[day:, row[int(one["geonameid"])]] = number[one["status"]]
    return course


def _observed(window: str) -> Array:
    first, last = WINDOWS[window]
    begin = dt.date.fromisoformat(first)
    looked = (day for day in DAYS.read_text().split() if first <= day <= last)
    return np.array([(dt.date.fromisoformat(day) - begin).days for day in looked])


def _paired(window: str, found: Inferred) -> tuple[Array, Array]:
    """What was believed as known and what was so, on the days that somebody looked, of all that moved."""
    days = _observed(window)
    return found.beliefs.then[days], truth(window, found)[days][:, found.beliefs.moved]


def brier(window: str, found: Inferred) -> float:
    """The Brier score as known, of the places that changed hands and of all that reports could move, added:
    both are asked for.
    """
    _, changed, everywhere = figures(window, found)
    return changed + everywhere


def figures(window: str, found: Inferred) -> tuple[float, float, float]:
    """As known: the share of days on which the likeliest is so, and the Brier score, both of the places that
    changed hands; and the Brier score of all that reports could move.
    """
    believed, so = _paired(window, found)
    parties = len(found.beliefs.statuses) - 1
    changed = np.all([(so == party).any(0) for party in range(parties)], axis=0)
    missed = ((believed - np.eye(parties + 1)[so]) ** 2).sum(-1)
    right = (believed.argmax(-1) == so)[:, changed].mean()
    return float(right), float(missed[:, changed].mean()), float(missed.mean())


def calibration(window: str, found: Inferred) -> Callable[[Array], Array]:
    """The temperature and the factor for "contested" with the best log score on a window."""
    believed, so = _paired(window, found)

    def bent(heat: float, factor: float, what: Array) -> Array:
        made = np.maximum(what, 1e-6) ** (1 / heat)
        made[..., -1] *= factor
        return np.asarray(made / made.sum(-1, keepdims=True))

    def loss(pair: tuple[float, float]) -> float:
        told = np.take_along_axis(bent(*pair, believed), so[..., None], -1)
        return float(-np.log(np.maximum(told, 1e-3)).mean())

    best = min(((t, f) for t in (0.7, 0.85, 1.0, 1.2, 1.5) for f in (0.5, 1.0, 2.0)), key=loss)
    return lambda what: bent(*best, what)


def _ratios(found: Inferred, learned: Learned) -> dict[str, Any]:
    """The mean ratio of all reports of a kind and stance, in the form of the file."""
    from oskil.weighing.control.habits import STANCES
    from oskil.weighing.control.layout import cells

    names = cells(learned.states).names
    known, kinds = learned.known, found.course.setting.all_kinds
    made: dict[str, Any] = {}
    for n, kind in enumerate(kinds):
        for m, stance in enumerate(STANCES):
            rows = (known.kind == n) & (known.stance == m)
            if rows.any():
                mean = np.average(learned.habits.ratios[rows], axis=0, weights=known.count[rows])
                made.setdefault(kind, {})[stance] = _as_filed(dict(zip(names, mean.tolist(), strict=True)))
        made[kind] = {**BLIND["ratios"][kind], **made.get(kind, {})}
    return made


def _as_filed(mean: dict[str, float]) -> dict[str, Any]:
    filed: dict[str, Any] = {}
    for name, value in mean.items():
        stem = name.rstrip("0123456789")
        if stem in ("new", "talk", "begun"):
            filed.setdefault(stem, []).append(value)
        elif stem != "old" or name == "old0":
            filed[stem] = value
    return filed


def _hazards(learned: Learned, given: dict[str, Any]) -> dict[str, Any]:
    """The chances of change in the form of the file: by kind, times by share, times by stir."""
    logs = np.log(np.maximum(learned.hazards.chances, 1e-8)).reshape(len(learned.hazards.chances), 6, 3)
    share, stir = logs[:3].mean((0, 2)), logs[:3].mean((0, 1))
    share, stir = share - share[3], stir - stir[0]
    level = np.exp((logs - share[None, :, None] - stir[None, None]).mean((1, 2)))
    bases = dict(zip(("change", "soon", "promised", "contest"), level[:4].tolist(), strict=True))
    more = {"settle": float(level[6]), "talk": float(level[9])}
    shape = {"by_share": np.exp(share).tolist(), "by_stir": np.exp(stir).tolist()}
    return {**given, **bases, **more, **shape}


def main() -> None:
    """Print the rows of both windows with what was chosen."""
    for window in WINDOWS:
        settings = chosen(OTHER[window])
        print(window, {name: settings[name] for name in CHOICES if name in settings}, flush=True)
        for name, score in held_out(window):
            print(name, score, flush=True)


if __name__ == "__main__":
    main()
