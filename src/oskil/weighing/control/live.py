"""One day as it goes: a further report moves the day's beliefs at once, without reading the past again."""

from __future__ import annotations

import numpy as np

from oskil.weighing.control.chain import evidence
from oskil.weighing.control.hazards import Floats
from oskil.weighing.control.layout import FloatArray, IntArray
from oskil.weighing.control.learning import Course, Learned


class Today:
    """The beliefs of one day, under habits learned before, from those of the day before.

    `yesterday` is (places, states), as `Chain.forward` gives it, and `interest` (places) that of the day.
    """

    def __init__(self, course: Course, taught: Learned, yesterday: Floats, interest: Floats) -> None:
        self.course, self.taught = course, taught
        group = course.chain.classes(yesterday)
        self.expected = course.chain.step(yesterday, taught.hazards, group)
        self.expected *= taught.unsaid.of(group, interest)
        self.place: list[int] = []
        self.logs: list[FloatArray] = []

    def tell(self, place: int, symbol: int) -> FloatArray:
        """Add a report: the row of a place and of a sort of report. Returns (places, parties + 1)."""
        self.place.append(place)
        self.logs.append(np.log(self.taught.habits.rates[symbol]))
        return self.beliefs()

    def beliefs(self) -> FloatArray:
        """Who holds each place, as far as is known now."""
        now = self.expected.copy()
        if self.place:
            rows: IntArray = np.array(self.place)
            said = evidence(rows, np.zeros_like(rows), np.array(self.logs), 1, rows >= 0)
            place, likelihood = said.on(0)
            now[place] *= likelihood
        held = now @ self.course.chain.sum
        return np.asarray(held / np.maximum(held.sum(axis=1, keepdims=True), 1e-30))
