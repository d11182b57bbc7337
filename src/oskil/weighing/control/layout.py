"""The hidden states of a place, numbered, and the situations in which a report can be made.

A place is quiet in one party's hands or contested, or changed hands some days ago, or a party's gain is
talked of. Days since are told apart, because news of a change comes within days of it and silence then tells
against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.signedinteger[Any]]
FloatArray = NDArray[np.floating[Any]]
QUIET: Final = 0
FRESH: Final = 1
TALK: Final = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """All states for a number of parties. Status `parties` is "contested".

    Per state: `status` who holds, `phase` (quiet, fresh, talk), `age` in days, `toward` the party that a
    gain is talked of (-1 elsewhere). `after` is the next day's state where nothing happens.
    """

    parties: int
    ages: int
    talk_days: int
    status: IntArray
    phase: IntArray
    age: IntArray
    toward: IntArray
    after: IntArray

    @property
    def size(self) -> int:
        """How many states there are."""
        return len(self.status)

    def find(self, status: int, phase: int, age: int = 0, toward: int = -1) -> int:
        """The number of one state."""
        same = (self.status == status) & (self.phase == phase) & (self.age == age) & (self.toward == toward)
        return int(np.flatnonzero(same)[0])

    def of_status(self) -> FloatArray:
        """A matrix (states, parties + 1) that sums states into who holds."""
        return np.asarray(np.eye(self.parties + 1)[self.status], np.float64)


def layout(parties: int, ages: int, talk_days: int) -> Layout:
    """The states for these numbers."""
    rows: list[tuple[int, int, int, int]] = []
    for status in range(parties + 1):
        rows.append((status, QUIET, 0, -1))
        rows += [(status, FRESH, age, -1) for age in range(ages)]
        rows += [(status, TALK, age, g) for g in range(parties) if g != status for age in range(talk_days)]
    number = {row: n for n, row in enumerate(rows)}

    def after(row: tuple[int, int, int, int]) -> int:
        status, phase, age, toward = row
        return number.get((status, phase, age + 1, toward), number[status, QUIET, 0, -1])

    made = np.array(rows, np.int64).T
    following = np.array([number[r] if r[1] == QUIET else after(r) for r in rows], np.int64)
    return Layout(parties, ages, talk_days, made[0], made[1], made[2], made[3], following)


@dataclass(frozen=True, slots=True)
class Cells:
    """The situations that a report's rate depends on. `of` is (parties + 1, states): what a report that
    names this party (the last row: that names nobody, "contested") meets in that state.
    """

    of: IntArray
    names: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many situations there are."""
        return len(self.names)


def cells(states: Layout) -> Cells:
    """The situations of a layout, named as in `control.yaml`."""
    ages, talk = states.ages, states.talk_days
    names = ["agree", "against", *(f"new{a}" for a in range(ages)), *(f"old{a}" for a in range(ages))]
    names += [*(f"talk{b}" for b in range(talk)), "kept", "fought", "fought_new"]
    names += ["quiet", "changed", *(f"begun{a}" for a in range(ages)), "lasting"]
    at = {name: n for n, name in enumerate(names)}
    of = np.zeros((states.parties + 1, states.size), np.int64)
    for z in range(states.size):
        for named in range(states.parties):
            of[named, z] = at[_met(states, z, named)]
        of[states.parties, z] = at[_met_by_contested(states, z)]
    return Cells(of, tuple(names))


def _met(states: Layout, z: int, named: int) -> str:
    status, phase, age = int(states.status[z]), int(states.phase[z]), int(states.age[z])
    if phase == TALK and named == states.toward[z]:
        return f"talk{age}"
    if status == states.parties:
        return "fought_new" if phase == FRESH else "fought"
    if phase == FRESH:
        return f"new{age}" if named == status else f"old{age}"
    if phase == TALK and named == status:
        return "kept"
    return "agree" if named == status else "against"


def _met_by_contested(states: Layout, z: int) -> str:
    if states.status[z] != states.parties:
        return "changed" if states.phase[z] == FRESH else "quiet"
    return f"begun{states.age[z]}" if states.phase[z] == FRESH else "lasting"
