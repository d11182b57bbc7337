"""Learning the habits of sources and the chances of change from a stream alone, without labels.

Expectation-maximisation: believe, count what each source said in which situation and how often places
changed, set habits and hazards to what was counted, and believe again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from oskil.weighing.control.chain import Around, Chain, Evidence, Unsaid, evidence
from oskil.weighing.control.drift import Lessons, Pass, foresight, judged
from oskil.weighing.control.habits import Habits, Learner, Symbols, symbols
from oskil.weighing.control.hazards import Floats, Hazards, Neighbours, learned, prior
from oskil.weighing.control.layout import FloatArray, IntArray, Layout
from oskil.weighing.control.reports import Reports
from oskil.weighing.control.setting import Setting

RULED_OUT = 1e-6
SHRINK = 20.0  # expected reports that draw a class's attention toward none


@dataclass(frozen=True, slots=True)
class Learned:
    """What a stream taught: habits by symbol, hazards, the layout they belong to, and how it was learned."""

    states: Layout
    known: Symbols
    habits: Habits
    hazards: Hazards
    attention: FloatArray
    lessons: Lessons = Lessons()

    @property
    def deaf(self) -> Learned:
        """The same, silence about how things are telling nothing."""
        return replace(self, habits=replace(self.habits, hush=0 * self.habits.hush))

    @property
    def unsaid(self) -> Unsaid:
        """What a day without reports tells."""
        return Unsaid(self.habits.silence, self.habits.hush, self.attention, self.habits.standing)


class Course:
    """A stream over places and days, ready to be learned from."""

    def __init__(
        self,
        reports: Reports,
        start: FloatArray,
        near: Neighbours,
        days: int,
        states: Layout,
        setting: Setting,
        known: Symbols | None = None,
    ) -> None:
        self.reports, self.start, self.days, self.setting = reports, start.astype(np.float32), days, setting
        self.states = states
        self.chain = Chain(states, setting, near, days)
        self.known = known or symbols(reports, setting.sided)
        self.learner = Learner(reports, self.known, states, setting)
        self.spoken_of = np.unique(reports.place)
        self.classes = (len(setting.shares) + 1) * (len(setting.stirs) + 1)

    def learn(self, passes: int, course: IntArray | None = None) -> Learned:
        """Habits and hazards after so many passes, or after fewer where learning drifts; with none, those of
        the file.

        `course` (days, places) gives who held each place, as a number of a status, -1 where it is not known:
        then learning goes by it, and only what it leaves open is inferred.
        """
        taught = self.untaught()
        if course is not None:
            for _ in range(passes):
                proof = told_by(course, self.proof(taught.habits), self.states)
                taught = self.again(taught, proof, *self.forward(taught, proof))
            return taught
        tried: list[Learned] = []
        judgements: list[Pass] = []
        lessons = Lessons()
        while passes and len(tried) <= passes and not lessons.refused:
            proof, ahead = self.proof(taught.habits), list[Floats]()
            known, around = self.forward(taught, proof, ahead)
            tried.append(taught)
            said = foresight(self.reports, self.known, taught.habits.rates, ahead, proof)
            judgements.append(Pass(said, self.contested(known)))
            lessons = judged(judgements, self.setting)
            if len(tried) <= passes and not lessons.refused:
                taught = self.again(taught, proof, known, around)
                if len(tried) < self.setting.deaf:
                    taught = taught.deaf
        return replace(tried[lessons.taken], lessons=lessons) if tried else taught

    def untaught(self) -> Learned:
        """Habits and hazards of the file, before any learning."""
        habits = self.learner.start(float(max(len(self.spoken_of), 1) * self.days))
        hazards = Hazards(prior(self.setting))
        return Learned(self.states, self.known, habits, hazards, np.zeros(self.classes))

    def forward(
        self, taught: Learned, proof: Evidence, ahead: list[Floats] | None = None
    ) -> tuple[Floats, Around]:
        """Beliefs by state as known, and what the days went by."""
        return self.chain.forward(self.start, taught.hazards, proof, taught.unsaid, ahead=ahead)

    def again(self, taught: Learned, proof: Evidence, known: Floats, around: Around) -> Learned:
        """What the beliefs that came of `taught` teach in turn. Turns `known` into beliefs with hindsight."""
        counted = self.chain.backward(known, around, taught.hazards, proof, taught.unsaid)
        hazards = learned(counted.changes, counted.exposed, self.setting)
        spent = known[:, self.spoken_of].sum((0, 1), dtype=np.float64)
        habits = self.learner.habits(self.met(known), spent)
        return replace(taught, habits=habits, hazards=hazards, attention=self.attention(around.classes))

    def contested(self, known: Floats) -> float:
        """The share of the days of places that is believed contested."""
        return float((known.mean((0, 1), dtype=np.float64) @ self.chain.sum)[-1]) if known.size else 0.0

    def standing_of(self, symbol: IntArray) -> NDArray[np.bool_]:
        """Of each of these sorts of report, whether it is of how things are."""
        return np.asarray(~self.learner.news[symbol])

    def proof(self, habits: Habits) -> Evidence:
        """What the reports say under these habits."""
        reports = self.reports
        logs = np.log(habits.rates)[self.known.of]
        return evidence(reports.place, reports.day, logs, self.days, self.standing_of(self.known.of))

    def attention(self, by_class: IntArray) -> FloatArray:
        """How much places are reported on by the class of their nearness to a front, 1 being the average."""
        nearness = by_class[1:, :, -1].astype(np.int64)
        state = self.standing_of(self.known.of) & (self.reports.day > 0)
        told = np.bincount(
            nearness[self.reports.day[state] - 1, self.reports.place[state]], minlength=self.classes
        )
        there = np.bincount(nearness[:, self.spoken_of].ravel(), minlength=self.classes)
        rate = told.sum() / max(there.sum(), 1)
        return np.asarray(told / (there * rate + SHRINK) if rate else told * 0.0)

    def met(self, believed: Floats) -> FloatArray:
        """How many reports of each symbol were probably made in each state."""
        rows = believed[self.reports.day, self.reports.place]
        out = np.zeros((len(self.known.kind), self.states.size))
        order = np.argsort(self.known.of, kind="stable")
        first: IntArray = np.flatnonzero(np.diff(self.known.of[order], prepend=-1))
        if len(first):
            out[self.known.of[order][first]] = np.add.reduceat(rows[order].astype(np.float64), first, axis=0)
        return out

    def believe(self, taught: Learned) -> tuple[Floats, Floats, Around]:
        """Who holds each place on each day, (days, places, parties + 1): as known on the day, with hindsight;
        and what the days went by.
        """
        proof = self.proof(taught.habits)
        known, around = self.forward(taught, proof)
        then = known @ self.chain.sum
        self.chain.backward(known, around, taught.hazards, proof, taught.unsaid)
        return then, known @ self.chain.sum, around


def told_by(course: IntArray, proof: Evidence, states: Layout) -> Evidence:
    """The evidence together with a known course of control: a state of another status is all but ruled
    out.
    """
    days, count = course.shape
    likelihood = np.ones((days, count, states.size), np.float32)
    likelihood[(course[:, :, None] >= 0) & (states.status[None, None] != course[:, :, None])] = RULED_OUT
    for day in range(days):
        place, said = proof.on(day)
        likelihood[day, place] *= said
    place = np.tile(np.arange(count), days)
    standing = np.concatenate([proof.told(day, count) for day in range(days)])
    return Evidence(place, likelihood.reshape(-1, states.size), np.arange(days + 1) * count, standing)
