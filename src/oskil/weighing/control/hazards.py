"""How likely a place is to change hands on a day: by what its neighbourhood is and lately did.

Chances are kept by class: of the share of the neighbourhood that the party holds, and of the share that
lately changed to it. A class's chance is learned like a rate and drawn toward that of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oskil.weighing.control.layout import FRESH, QUIET, TALK, FloatArray, IntArray, Layout
from oskil.weighing.control.setting import Setting

Floats = NDArray[np.floating[Any]]
EARTH_KM = 6371.0088
PHASES = 3


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest places of each place: rows (places, most) and weights that sum to 1, or to 0 for none."""

    rows: IntArray
    weights: Floats


def neighbours(
    coordinates: Sequence[tuple[float, float]] | FloatArray, setting: Setting, of: IntArray | None = None
) -> Neighbours:
    """The nearest ones by great circle, from latitudes and longitudes in degrees; NaN has no neighbours.

    Those of the places `of`, by default of all. By blocks against all: 5,488 places take a third of a second.
    """
    points = np.radians(np.asarray(coordinates, np.float64).reshape(-1, 2))
    lat, lon = points.T
    globe = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)
    globe[np.isnan(globe).any(axis=1)] = 0.0  # at the centre of the earth: far from everybody
    wanted = np.arange(len(points)) if of is None else of
    count = len(wanted)
    most = min(int(setting.neighbours["most"]), max(len(points) - 1, 0))
    rows, weights = np.zeros((count, most), np.int64), np.zeros((count, most))
    for begin in range(0, count if most else 0, 512):
        block = slice(begin, min(begin + 512, count))
        dots = globe[wanted[block]] @ globe.T
        dots[np.arange(dots.shape[0]), wanted[block]] = -2.0
        near = np.argpartition(-dots, most - 1, axis=1)[:, :most]
        km = EARTH_KM * np.arccos(np.clip(np.take_along_axis(dots, near, 1), -1, 1))
        rows[block] = near
        weights[block] = np.where(
            km <= setting.neighbours["km"], np.exp(-km / setting.neighbours["scale"]), 0
        )
    total = weights.sum(1, keepdims=True)
    return Neighbours(rows, (weights / np.where(total > 0, total, 1)).astype(np.float32))


@dataclass(frozen=True, slots=True)
class Flows:
    """The ways to change: from states of one class to a status. `member` (flows, states) says which states
    may take it; `target` is the status it leads to, `entry` the state; `table` the row of chances.
    """

    member: Floats
    target: IntArray
    entry: IntArray
    table: IntArray
    talk_member: Floats
    talk_from: IntArray
    talk_entry: IntArray
    talk_toward: IntArray
    tables: int


def flows(states: Layout) -> Flows:
    """All ways to change in a layout. Tables: (party to party, to contested, from contested) by phase,
    talk.
    """
    member, target, entry, table = [], [], [], []
    contested = states.parties
    for to in range(states.parties + 1):
        for origin in (0, 1):
            if origin == 1 and to == contested:
                continue
            group = (states.status == contested) if origin else (states.status != contested)
            group &= states.status != to
            kind = 2 if origin else int(to == contested)
            for phase in range(PHASES):
                member.append(group & _in_phase(states, phase, to))
                target.append(to)
                entry.append(states.find(to, FRESH))
                table.append(kind * PHASES + phase)
    talk = [(s, g) for s in range(states.parties + 1) for g in range(states.parties) if g != s]
    talk_from = np.array([states.find(s, QUIET) for s, _ in talk], np.int64)
    return Flows(
        np.array(member, np.float32),
        np.array(target, np.int64),
        np.array(entry, np.int64),
        np.array(table, np.int64),
        (np.arange(states.size)[None] == talk_from[:, None]).astype(np.float32),
        talk_from,
        np.array([states.find(s, TALK, 0, g) for s, g in talk], np.int64),
        np.array([g for _, g in talk], np.int64),
        3 * PHASES + 1,
    )


def _in_phase(states: Layout, phase: int, to: int) -> NDArray[np.bool_]:
    """Talk of another party's gain promises nothing for this one, but any promises a fight."""
    promised = (states.phase == TALK) & ((states.toward == to) | (to == states.parties))
    if phase == TALK:
        return np.asarray(promised)
    if phase == FRESH:
        return np.asarray(states.phase == FRESH)
    return np.asarray((states.phase == QUIET) | ((states.phase == TALK) & ~promised))


@dataclass(frozen=True, slots=True)
class Hazards:
    """Chances a day: (tables, classes). The last table is that of talk."""

    chances: FloatArray

    def of(self, which: Flows, classes: IntArray) -> Floats:
        """The chance of each flow for each place, from the places' classes by status: (places, flows)."""
        return np.asarray(self.chances.astype(np.float32)[which.table[None, :], classes[:, which.target]])

    def of_talk(self, which: Flows, classes: IntArray) -> Floats:
        """The chance that each talk begins: (places, talks)."""
        return np.asarray(self.chances[-1].astype(np.float32)[classes[:, which.talk_toward]])


def prior(setting: Setting) -> FloatArray:
    """The chances of the file by table and class."""
    given = setting.hazards
    by_class = np.outer(given["by_share"], given["by_stir"]).ravel()
    change, soon, promised = given["change"], given["soon"], given["promised"]
    contest, settle = given["contest"], given["settle"]
    bases = [change, soon, promised, contest, soon, promised, settle, settle, settle * 2, given["talk"]]
    if not setting.talked:
        bases[-1] = 0.0
    return np.minimum(np.outer(bases, by_class), 0.3)


def learned(counts: FloatArray, exposed: FloatArray, setting: Setting) -> Hazards:
    """Chances from the changes counted and the place-days exposed, by table and class.

    Drawn toward the file's chance, moved as a whole to where this table's sum lies: how lively a war is
    is learned from everything, how its classes differ only where they were seen to.
    """
    base = prior(setting)
    strength = float(setting.hazards["strength"])
    level = (counts.sum(1) + strength) / ((base * exposed).sum(1) + strength)
    moved = base * level[:, None]
    weight = strength / np.maximum(moved, 1e-12)
    return Hazards(np.where(moved > 0, np.minimum((counts + strength) / (exposed + weight), 0.4), 0.0))


def classes(held: Floats, stirred: Floats, near: Neighbours, setting: Setting) -> IntArray:
    """The class of each place for each status: (places, parties + 1).

    `held` and `stirred` are (places, parties + 1): how surely each is held so, and lately changed to it. For
    "contested" the share is twice the lesser of the two greatest: how near a front is.
    """
    if not near.rows.size:
        share = stir = np.zeros_like(held)
    else:
        both = np.concatenate((held, stirred), axis=1)
        around = np.einsum("nk,nkx->nx", near.weights, both[near.rows])
        share, stir = np.split(around, 2, axis=1)
    share = share.copy()
    if share.shape[1] > 2:
        share[:, -1] = np.maximum(2 * np.partition(share[:, :-1], -2, axis=1)[:, -2], share[:, -1])
    by_share = np.searchsorted(np.array(setting.shares, np.float32), share)
    by_stir = np.searchsorted(np.array(setting.stirs, np.float32), stir)
    return np.asarray(by_share * (len(setting.stirs) + 1) + by_stir, np.int64)
