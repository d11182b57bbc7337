"""Learning the habits of sources and the chances of change from a stream alone, without labels.

Expectation-maximisation: believe, count what each source said in which situation and how often places
changed, set habits and hazards to what was counted, and believe again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oskil.weighing.control.chain import Chain, Evidence, Unsaid, evidence
from oskil.weighing.control.habits import Habits, Learner, Symbols, symbols
from oskil.weighing.control.hazards import Floats, Hazards, Neighbours, learned, prior
from oskil.weighing.control.layout import FloatArray, IntArray, Layout
from oskil.weighing.control.reports import Reports
from oskil.weighing.control.setting import Setting

RULED_OUT = 1e-6
SHRINK = 20.0  # expected reports that draw a class's attention toward none


@dataclass(frozen=True, slots=True)
class Learned:
    """What a stream taught: habits by symbol, hazards, the layout they belong to."""

    states: Layout
    known: Symbols
    habits: Habits
    hazards: Hazards
    attention: FloatArray

    @property
    def unsaid(self) -> Unsaid:
        """What a day without reports tells."""
        return Unsaid(self.habits.silence, self.habits.hush, self.attention)


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
        """Habits and hazards after so many passes; with none, those of the file.

        `course` (days, places) gives who held each place, as a number of a status, -1 where it is not known:
        then learning goes by it, and only what it leaves open is inferred.
        """
        habits = self.learner.start(float(max(len(self.spoken_of), 1) * self.days))
        hazards = Hazards(prior(self.setting))
        attention: FloatArray = np.zeros(self.classes)
        for _ in range(passes):
            unsaid = Unsaid(habits.silence, habits.hush, attention)
            proof = self.proof(habits)
            if course is not None:
                proof = told_by(course, proof, self.states)
            known, by_class = self.chain.forward(self.start, hazards, proof, unsaid)
            counted = self.chain.backward(known, by_class, hazards, proof, unsaid)
            hazards = learned(counted.changes, counted.exposed, self.setting)
            spent = known[:, self.spoken_of].sum((0, 1), dtype=np.float64)
            habits = self.learner.habits(self.met(known), spent)
            attention = self.attention(by_class)
        return Learned(self.states, self.known, habits, hazards, attention)

    def proof(self, habits: Habits) -> Evidence:
        """What the reports say under these habits."""
        reports = self.reports
        logs = np.log(habits.rates)[self.known.of]
        return evidence(reports.place, reports.day, logs, self.days)

    def attention(self, by_class: IntArray) -> FloatArray:
        """How much places are reported on by the class of their nearness to a front, 1 being the average."""
        nearness = by_class[1:, :, -1].astype(np.int64)
        state = ~self.learner.news[self.known.of] & (self.reports.day > 0)
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

    def believe(self, taught: Learned) -> tuple[Floats, Floats, IntArray]:
        """Who holds each place on each day, (days, places, parties + 1): as known on the day, with hindsight;
        and the classes of places that the days went by.
        """
        proof, unsaid = self.proof(taught.habits), taught.unsaid
        known, by_class = self.chain.forward(self.start, taught.hazards, proof, unsaid)
        then = known @ self.chain.sum
        self.chain.backward(known, by_class, taught.hazards, proof, unsaid)
        return then, known @ self.chain.sum, by_class


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
    return Evidence(place, likelihood.reshape(-1, states.size), np.arange(days + 1) * count)
