"""The chain of days: beliefs forward as things became known, and backward with hindsight.

All places at once, a day at a time; a day costs a few small matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oskil.weighing.control.hazards import Floats, Flows, Hazards, Neighbours, classes, flows
from oskil.weighing.control.layout import FRESH, QUIET, FloatArray, IntArray, Layout
from oskil.weighing.control.setting import Setting

Mask = NDArray[np.bool_]
# Chances below this are none: numbers too small for the processor's fast path would slow all days to a crawl.
NOTHING = np.float32(1e-15)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reports of each day say: rows of places and their likelihood by state, the greatest being 1;
    and how many of the reports are of how things are.

    Rows are sorted by day; those of day `d` are `begins[d]:begins[d + 1]`.
    """

    place: IntArray
    likelihood: Floats
    begins: IntArray
    standing: Floats

    def on(self, day: int) -> tuple[IntArray, Floats]:
        """The places with reports on this day, and the likelihoods of their states."""
        rows = slice(int(self.begins[day]), int(self.begins[day + 1]))
        return self.place[rows], self.likelihood[rows]

    def told(self, day: int, count: int) -> Floats:
        """How many reports of how things are each of so many places got on this day."""
        rows = slice(int(self.begins[day]), int(self.begins[day + 1]))
        made = np.zeros(count, np.float32)
        made[self.place[rows]] = self.standing[rows]
        return made


def evidence(place: IntArray, day: IntArray, logs: FloatArray, days: int, standing: Mask) -> Evidence:
    """Reports' log-likelihoods (reports, states) summed by place and day. `standing` are those of how things
    are.
    """
    order = np.lexsort((place, day))
    key = day[order] * (int(place.max(initial=0)) + 1) + place[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    summed = np.add.reduceat(logs[order], first, axis=0) if len(first) else logs[:0]
    summed = summed - summed.max(axis=1, keepdims=True) if len(summed) else summed
    count = np.add.reduceat(standing[order].astype(np.float32), first) if len(first) else logs[:0, 0]
    at = order[first]
    begins = np.searchsorted(day[at], np.arange(days + 1))
    return Evidence(place[at], np.maximum(np.exp(summed), NOTHING).astype(np.float32), begins, count)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What a day without reports tells, as log-likelihoods by state: always, and times the attention that
    a place gets: that of its class, by how much more or less its own interest is. `standing` (states) are
    the reports of how things are that a place of average attention gets a day.
    """

    silence: FloatArray
    hush: FloatArray
    attention: FloatArray
    standing: FloatArray

    def of(self, group: IntArray, interest: Floats) -> Floats:
        """The likelihoods for places of these classes, (places, states)."""
        attention = self.attention[group[:, -1]] * interest
        return np.asarray(np.exp(self.silence[None] + attention[:, None] * self.hush[None]), np.float32)

    def due(self, group: IntArray, believed: Floats) -> Floats:
        """How many reports of how things are each place of a class would get if it were like the class."""
        return np.asarray(self.attention[group[:, -1]] * (believed @ self.standing), np.float32)


@dataclass(frozen=True, slots=True)
class Around:
    """What the days of places went by: their classes of nearness to a front, (days, places, statuses), and
    the interest in each as known the day before, (days + 1, places), 1 being as in all of its class.
    """

    classes: IntArray
    interest: Floats

    def alone(self, row: int, days: int, count: int) -> Around:
        """One place's, so many times over."""
        return Around(
            np.repeat(self.classes[:days, row : row + 1], count, axis=1),
            np.repeat(self.interest[: days + 1, row : row + 1], count, axis=1),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """Expected numbers, for learning: changes and place-days by (table, class), and place-days by state."""

    changes: FloatArray
    exposed: FloatArray
    days: FloatArray


class Chain:
    """The days of all places under given habits and hazards."""

    def __init__(self, states: Layout, setting: Setting, near: Neighbours, days: int) -> None:
        self.states, self.setting, self.near, self.days = states, setting, near, days
        self.flows: Flows = flows(states)
        self.sum = states.of_status().astype(np.float32)
        fresh = (states.phase == FRESH)[:, None]
        self.look = np.concatenate((self.sum, self.sum * fresh), axis=1)
        self.shift = _shift(states, setting.linger)
        self.entries = np.zeros((len(self.flows.entry), states.size), np.float32)
        self.entries[np.arange(len(self.flows.entry)), self.flows.entry] = 1
        self.quiet = np.array([states.find(s, QUIET) for s in range(states.parties + 1)])

    def over(self, days: int) -> Chain:
        """The same for another number of days."""
        return Chain(self.states, self.setting, self.near, days)

    def forward(
        self,
        start: Floats,
        hazards: Hazards,
        proof: Evidence,
        unsaid: Unsaid,
        given: Around | None = None,
        ahead: list[Floats] | None = None,
    ) -> tuple[Floats, Around]:
        """Beliefs at each day's end by state, (days, places, states), and what the days went by.

        `start` (places, parties + 1) is what holds on the first day, before its reports. `given` is to go by
        instead of what the beliefs make. To `ahead` is added what was believed, before they came, of the
        places of each day's reports, a row for each of `proof`.
        """
        count = len(start)
        known = np.zeros((self.days, count, self.states.size), np.float32)
        around = given or self._around(count)
        told: Floats = np.full(count, self.setting.interest, np.float32)
        due: Floats = told
        now: Floats = np.zeros((count, self.states.size), np.float32)
        now += self.begin(start)
        for day in range(self.days):
            group = around.classes[day].astype(np.int64)
            if day:
                if given is None:
                    around.classes[day] = group = self.classes(now)
                    around.interest[day] = told / due
                now = self.step(now, hazards, group) * unsaid.of(group, around.interest[day])
            place, likelihood = proof.on(day)
            if ahead is not None:
                ahead.append(now[place])
            now[place] *= likelihood
            now /= np.maximum(now.sum(axis=1, keepdims=True), 1e-30)
            now[now < NOTHING] = 0
            known[day] = now
            if day and given is None:
                told, due = told + proof.told(day, count), due + unsaid.due(group, now)
        if given is None:
            around.interest[self.days] = told / due
        return known, around

    def _around(self, count: int) -> Around:
        classes = np.zeros((self.days, count, self.states.parties + 1), np.int8)
        return Around(classes, np.ones((self.days + 1, count), np.float32))

    def begin(self, start: Floats) -> Floats:
        """Who holds what on the first day, (places, states). The less is known, the likelier it is new."""
        doubt = np.clip(2 * (1 - start.max(axis=1, initial=0)), 0, 1)[:, None]
        recent = self.setting.start_fresh * doubt * start
        fresh = self.states.phase == FRESH
        made = np.zeros((len(start), self.states.size), np.float32)
        made[:, self.quiet] = start - recent
        made[:, fresh] = recent[:, self.states.status[fresh]] / max(self.states.ages, 1)
        return made

    def classes(self, now: Floats) -> IntArray:
        """The classes of all places, by what is believed of their neighbours."""
        if not self.setting.coupled:
            middle = (len(self.setting.shares) // 2 + 1) * (len(self.setting.stirs) + 1)
            return np.full((len(now), self.states.parties + 1), middle)
        seen = now @ self.look
        held, stirred = np.split(seen, 2, axis=1)
        return classes(held, stirred, self.near, self.setting)

    def step(self, now: Floats, hazards: Hazards, group: IntArray) -> Floats:
        """The beliefs of the next day, before its reports."""
        which = self.flows
        chance = hazards.of(which, group)
        talk = hazards.of_talk(which, group)
        moved = (now @ which.member.T) * chance
        spoken = now[:, which.talk_from] * talk
        stay = now - now * (chance @ which.member) - spoken @ which.talk_member
        after = stay @ self.shift + moved @ self.entries
        after[:, which.talk_entry] += spoken
        return np.maximum(after, 0)

    def backward(
        self, known: Floats, around: Around, hazards: Hazards, proof: Evidence, unsaid: Unsaid
    ) -> Counted:
        """Turn the forward beliefs, in place, into those with hindsight; returns what learning needs."""
        which, tables = self.flows, hazards.chances.shape
        changes, exposed = np.zeros(tables), np.zeros(tables)
        spent = known[-1].sum(0, dtype=np.float64)
        later = np.ones_like(known[-1])
        for day in range(self.days - 1, 0, -1):
            group = around.classes[day].astype(np.int64)
            ahead = later * unsaid.of(group, around.interest[day])
            place, likelihood = proof.on(day)
            ahead[place] *= likelihood
            chance, talk = hazards.of(which, group), hazards.of_talk(which, group)
            begun = ahead[:, which.talk_entry] * talk
            moved = ahead[:, which.entry] * chance
            kept = ahead @ self.shift.T
            later = kept * (1 - chance @ which.member) + moved @ which.member
            later += (begun - kept[:, which.talk_from] * talk) @ which.talk_member
            before = known[day - 1]
            scale = np.maximum((before * later).sum(1, keepdims=True), 1e-30)
            later /= scale
            later[later < NOTHING] = 0
            self._count(changes, which, group, before, moved / scale, begun / scale)
            known[day - 1] *= later
            spent += known[day - 1].sum(0, dtype=np.float64)
            self._expose(exposed, which, group, known[day - 1])
        return Counted(changes, exposed, spent)

    def _count(
        self, into: FloatArray, which: Flows, group: IntArray, before: Floats, moved: Floats, begun: Floats
    ) -> None:
        size = into.shape[1]
        went = (before @ which.member.T) * moved
        for f, table in enumerate(which.table):
            into[table] += np.bincount(group[:, which.target[f]], went[:, f], size)
        for n, toward in enumerate(which.talk_toward):
            into[-1] += np.bincount(group[:, toward], before[:, which.talk_from[n]] * begun[:, n], size)

    def _expose(self, into: FloatArray, which: Flows, group: IntArray, believed: Floats) -> None:
        size = into.shape[1]
        there = believed @ which.member.T
        for f, table in enumerate(which.table):
            into[table] += np.bincount(group[:, which.target[f]], there[:, f], size)
        for n, toward in enumerate(which.talk_toward):
            into[-1] += np.bincount(group[:, toward], believed[:, which.talk_from[n]], size)


def _shift(states: Layout, linger: float) -> Floats:
    """Where a state goes on a day without change: the last age of a change lingers."""
    made = np.zeros((states.size, states.size), np.float32)
    for z in range(states.size):
        last = states.phase[z] == FRESH and states.phase[states.after[z]] == QUIET
        made[z, states.after[z]] = 1 / linger if last else 1
        made[z, z] += 1 - 1 / linger if last else 0
    return made
