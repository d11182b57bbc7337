"""The habits of sources: how often each reports what, in each situation a place can be in.

A habit is a rate of reports per place and day. It is a source's overall rate for that kind of report, times a
ratio for the situation. Ratios are shared: those of the file, of all sources of a role, of a manner, of a
side, and the source's own, each drawn toward the one before as far as it lacks reports.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oskil.weighing.control.layout import Cells, FloatArray, IntArray, Layout, cells
from oskil.weighing.control.reports import Reports
from oskil.weighing.control.setting import Setting

OWN, OTHER, OPEN, NOBODY = range(4)
STANCES = ("own", "other", "open", "none")


@dataclass(frozen=True, slots=True)
class Symbols:
    """The distinct sorts of report in a stream: who, what kind, how, naming whom.

    Columns of one length; `stance` is whether the named party is the speaker's own. `of` gives each report's
    row, `count` the reports of each.
    """

    source: IntArray
    kind: IntArray
    manner: IntArray
    named: IntArray
    stance: IntArray
    of: IntArray
    count: IntArray


def symbols(reports: Reports, sided: bool = True) -> Symbols:
    """The sorts of report that occur. Without `sided`, whose side a speaker is on is left out of account."""
    parties = len(reports.parties)
    stacked = np.stack((reports.source, reports.kind, reports.manner, reports.named))
    kinds, of, count = np.unique(stacked, axis=1, return_inverse=True, return_counts=True)
    source, kind, manner, named = kinds
    number = {name: n for n, name in enumerate(reports.parties)}
    sides = np.array([number.get(r.side or "", -1) for r in reports.reporters], np.int64)
    if not sided:
        sides[:] = -1
    side = sides[source] if len(source) else source
    stance = np.where(side < 0, OPEN, np.where(side == named, OWN, OTHER))
    stance = np.where(named == parties, NOBODY, stance)
    return Symbols(source, kind, manner, named, stance, of.ravel(), count)


@dataclass(frozen=True, slots=True)
class Habits:
    """Rates per place and day, of each symbol in each state: (symbols, states). `silence` is what a day
    without a report of change tells, as a log-likelihood by state, and `hush` what one without a report of
    how things are tells where places are reported on as much as on average; `standing` is how many of those
    there are then, by state.
    """

    rates: FloatArray
    silence: FloatArray
    hush: FloatArray
    standing: FloatArray
    ratios: FloatArray
    base: FloatArray


class Learner:
    """Makes habits from what was counted. Holds what does not change between passes."""

    def __init__(self, reports: Reports, known: Symbols, states: Layout, setting: Setting) -> None:
        self.known, self.states, self.setting = known, states, setting
        self.cells: Cells = cells(states)
        roles = [r.role or "" for r in reports.reporters]
        sides = [(r.side or "") if setting.sided else "" for r in reports.reporters]
        role = np.unique(roles, return_inverse=True)[1][known.source] if roles else known.source
        side = np.unique(sides, return_inverse=True)[1][known.source] if sides else known.source
        levels: list[tuple[IntArray, ...]] = [(role, known.kind, known.stance)]
        levels.append((*levels[0], known.manner))
        levels.append((*levels[1], side))
        if setting.by_source:
            levels.append((*levels[2], known.source))
        self.levels = [np.unique(np.stack(level), axis=1, return_inverse=True)[1].ravel() for level in levels]
        self.voices = np.unique(
            np.stack((known.source, known.kind, known.manner, known.stance)), axis=1, return_inverse=True
        )[1].ravel()
        self.prior = prior_ratios(self.cells, known, states, setting)
        self.news = np.isin(known.kind, [setting.all_kinds.index(k) for k in setting.kinds["news"]])

    def habits(self, met: FloatArray, days: FloatArray) -> Habits:
        """`met` (symbols, states): reports by the state they were probably made in. `days` (states):
        place-days probably spent in each state.
        """
        told, exposed = self._by_cell(met), self._exposure(days)
        size = int(self.voices.max(initial=-1)) + 1
        # A tenth of a report more: what was said only where nobody looked is rare, not impossible.
        said = _summed(self.voices, told.sum(1), size) + 0.1
        base = (said / np.maximum(_summed(self.voices, exposed.sum(1), size), 1.0))[self.voices]
        ratios = self.prior
        strengths = self.setting.strengths
        expected = base[:, None] * exposed
        for level, name in zip(self.levels, ("role", "manner", "side", "source"), strict=False):
            rows = int(level.max(initial=-1)) + 1
            counted, thought = _summed(level, told, rows)[level], _summed(level, expected, rows)[level]
            ratios = (counted + strengths[name] * ratios) / (thought + strengths[name])
        return self.from_ratios(ratios, base)

    def from_ratios(self, ratios: FloatArray, base: FloatArray) -> Habits:
        """Habits for these ratios and overall rates."""
        at = self.cells.of[self.known.named]
        astray = self.setting.misplaced
        mixed = (1 - astray) * np.take_along_axis(ratios, at, axis=1) + astray
        rates = np.maximum(base[:, None] * mixed, 1e-12)
        standing = self._standing(rates)
        hush = self.setting.hush * (standing.max(initial=0) - standing)
        return Habits(rates, self._silence(rates), hush, standing, ratios, base)

    def start(self, exposed: float) -> Habits:
        """Habits before any learning: overall rates over this many place-days."""
        size = int(self.voices.max(initial=-1)) + 1
        count = _summed(self.voices, self.known.count.astype(float), size)
        names = _summed(self.voices, np.ones(len(self.voices)), size)
        return self.from_ratios(self.prior, (count / np.maximum(names * exposed, 1.0))[self.voices])

    def _by_cell(self, met: FloatArray) -> FloatArray:
        at = self.cells.of[self.known.named]
        told = np.zeros((len(met), self.cells.count))
        rows = np.arange(len(met))
        for z in range(self.states.size):
            told[rows, at[:, z]] += met[:, z]
        return told

    def _exposure(self, days: FloatArray) -> FloatArray:
        exposed = np.zeros((self.states.parties + 1, self.cells.count))
        for named in range(self.states.parties + 1):
            np.add.at(exposed[named], self.cells.of[named], days)
        return np.asarray(exposed[self.known.named])

    def _silence(self, rates: FloatArray) -> FloatArray:
        """Only news is missed: reports of how things are come and go with interest in a place."""
        missed = -self.setting.silence * rates[self.news].sum(0)
        quiet = np.array([self.states.find(s, 0) for s in self.states.status])
        return np.asarray(missed - missed[quiet])

    def _standing(self, rates: FloatArray) -> FloatArray:
        """Alike for all parties, so that silence speaks for none of them, only for a fight; and never more
        in a fight.
        """
        states, parties = self.states, self.states.parties
        said = rates[~self.news].sum(0)
        held = np.mean([said[states.find(p, 0)] for p in range(parties)]) if parties else 0.0
        fought = said[states.find(parties, 0)]
        return np.where(states.status == parties, np.minimum(fought, held), held)


def _summed(group: IntArray, values: FloatArray, size: int) -> FloatArray:
    out = np.zeros((size, *values.shape[1:]))
    np.add.at(out, group, values)
    return out


def prior_ratios(situations: Cells, known: Symbols, states: Layout, setting: Setting) -> FloatArray:
    """The ratios of the file, (symbols, situations)."""
    made = np.ones((len(known.kind), situations.count))
    kinds = setting.all_kinds
    for n, (kind, stance) in enumerate(zip(known.kind, known.stance, strict=True)):
        table = setting.ratios[kinds[kind]]
        given = table.get(STANCES[stance]) or table.get("open") or table["none"]
        made[n] = [_ratio(given, name) for name in situations.names]
    return made


def _ratio(given: dict[str, float | list[float]], name: str) -> float:
    stem = name.rstrip("0123456789")
    if stem == "fought_new":
        stem, name = "fought", "fought"
    value = given.get(stem, 1.0)
    if not isinstance(value, list):
        return float(value)
    age = int(name[len(stem) :])
    return float(value[min(age, len(value) - 1)])
