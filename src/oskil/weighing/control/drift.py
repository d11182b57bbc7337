"""A guard over learning: how well each pass foresees the reports to come, and when to take none further.

Learning without labels can lead away from the truth: what it makes of sources and places fits its own
beliefs ever better. What it cannot make fit is what is said tomorrow. So a pass is judged by the words that
came after what it believed, which takes no labels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oskil.weighing.control.chain import Evidence
from oskil.weighing.control.habits import Symbols
from oskil.weighing.control.hazards import Floats
from oskil.weighing.control.layout import FloatArray
from oskil.weighing.control.reports import Reports
from oskil.weighing.control.setting import Setting


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: `foresight`, the mean log-probability of what was said next, and the share of the days of
    places that is believed contested, as known.
    """

    foresight: float
    contested: float


@dataclass(frozen=True, slots=True)
class Lessons:
    """The passes in turn, the first being what learning started from; which was taken; why none further,
    empty where learning went its whole way.
    """

    passes: tuple[Pass, ...] = ()
    taken: int = 0
    refused: str = ""


def foresight(
    reports: Reports, known: Symbols, rates: FloatArray, ahead: list[Floats], proof: Evidence
) -> float:
    """The mean over all reports of

        log( sum_z b(z) rate(r, z) / sum_z b(z) sum_r' rate(r', z) )

    with b the belief of the place before the day's reports, and r' all that this source says of any place.
    Who speaks of which place when is given: only what is said is foreseen. `ahead` are the beliefs, a row for
    each row of `proof`. 0.0 without reports.
    """
    if not len(reports):
        return 0.0
    size = int(reports.place.max()) + 1
    days = np.repeat(np.arange(len(proof.begins) - 1), np.diff(proof.begins))
    rows = np.searchsorted(days * size + proof.place, reports.day * size + reports.place)
    believed = np.concatenate(ahead)
    by_source = np.zeros((len(reports.reporters), rates.shape[1]))
    np.add.at(by_source, known.source, rates)
    said = np.einsum("rz,rz->r", believed[rows], rates[known.of])
    anything = np.einsum("rz,rz->r", believed[rows], by_source[known.source[known.of]])
    return float(np.log(said / anything).mean())


def judged(passes: list[Pass], given: Setting) -> Lessons:
    """What to take of the passes so far. `refused` where the last of them has drifted: then the one that
    foresees best of those before it that are deaf to silence.
    """
    last, now = passes[-1], len(passes) - 1
    before = range(min(now, given.deaf))
    best = max(before, key=lambda n: passes[n].foresight, default=0)
    peak = max(one.foresight for one in passes)
    if now >= given.deaf > 0 and last.contested > _most(passes[given.deaf - 1], given):
        words = f"silence made {100 * last.contested:.0f} in 100 days of places contested"
        return Lessons(tuple(passes), best, words)
    if last.foresight < peak - given.drift["foresight"]:
        return Lessons(tuple(passes), best, "what is said next was foreseen less and less")
    return Lessons(tuple(passes), now)


def _most(deaf: Pass, given: Setting) -> float:
    return max(given.drift["silence"] * deaf.contested, given.drift["contested"])
