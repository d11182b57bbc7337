"""What is believed of who holds each place on each day, and the CSV of it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

import numpy as np

from oskil.records import Belief
from oskil.weighing.control.hazards import Floats
from oskil.weighing.control.layout import FloatArray, IntArray

CONTESTED: Final = "contested"
# A row is written where a probability moved by more than this since the last row written.
WORTH_A_ROW = 0.0005


@dataclass(frozen=True, slots=True)
class Beliefs:
    """Probabilities by day and place.

    `places` are gazetteer ids; `statuses` the parties and "contested". `start` (places, statuses) is what was
    believed before. `moved` are the rows of `places` that reports or neighbours could move; `then` and
    `hindsight`, both (days, moved, statuses), are what was believed of them as known at each day's end, and
    what is believed with all reports of the time. All other places stay as they started.
    """

    places: IntArray
    statuses: tuple[str, ...]
    first: dt.date
    days: int
    start: FloatArray
    moved: IntArray
    then: Floats
    hindsight: Floats

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.first + dt.timedelta(days=self.days - 1)

    def day(self, date: dt.date) -> int:
        """The number of a day, the nearest there is."""
        return min(max((date - self.first).days, 0), self.days - 1)

    def on(self, date: dt.date, hindsight: bool = True) -> FloatArray:
        """The probabilities of all places on one day, (places, statuses)."""
        made = self.start.copy()
        made[self.moved] = (self.hindsight if hindsight else self.then)[self.day(date)]
        return made

    def of(self, place: int, hindsight: bool = True) -> FloatArray:
        """The course of one place by its id, (days, statuses). Raises KeyError where it is not there."""
        found = np.flatnonzero(self.places == place)
        if not len(found):
            raise KeyError(place)
        row = np.flatnonzero(self.moved == found[0])
        if not len(row):
            return np.tile(self.start[found[0]], (self.days, 1))
        return np.asarray((self.hindsight if hindsight else self.then)[:, row[0]], np.float64)

    def records(self, date: dt.date, hindsight: bool = True) -> Iterator[Belief]:
        """One day's beliefs as records."""
        for place, row in zip(self.places, self.on(date, hindsight), strict=True):
            yield self.record(int(place), date, row, hindsight)

    def record(self, place: int, date: dt.date, row: FloatArray, hindsight: bool) -> Belief:
        """One belief as a record."""
        shares = tuple((status, float(p)) for status, p in zip(self.statuses, row, strict=True))
        return Belief(place, date, shares, "hindsight" if hindsight else "as known")


def write_csv(beliefs: Beliefs, out: TextIO, hindsight: bool = True) -> int:
    """Write `geonameid,date,<party>...,contested`, a row where something moved; returns how many.

    A row holds until the place's next one. Parties are in lower case, as scorers have them.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["geonameid", "date", *(status.casefold() for status in beliefs.statuses)])
    days = [(beliefs.first + dt.timedelta(days=d)).isoformat() for d in range(beliefs.days)]
    course = beliefs.hindsight if hindsight else beliefs.then
    at = {int(row): n for n, row in enumerate(beliefs.moved)}
    count = 0
    for n, place in enumerate(beliefs.places):
        rows = course[:, at[n]] if n in at else beliefs.start[n : n + 1]
        for day in _worth_writing(rows):
            writer.writerow([int(place), days[day], *_rounded(rows[day])])
            count += 1
    return count


def write_day(beliefs: Beliefs, date: dt.date, out: TextIO, hindsight: bool = True) -> None:
    """Write the same columns for all places on one day."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["geonameid", "date", *(status.casefold() for status in beliefs.statuses)])
    for place, row in zip(beliefs.places, beliefs.on(date, hindsight), strict=True):
        writer.writerow([int(place), date.isoformat(), *_rounded(row)])


def write_place(
    beliefs: Beliefs, place: int, days: Sequence[int], out: TextIO, hindsight: bool = True
) -> None:
    """Write the same columns for one place on numbered days. Raises KeyError where it is not there."""
    rows = beliefs.of(place, hindsight)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["geonameid", "date", *(status.casefold() for status in beliefs.statuses)])
    for day in days:
        date = beliefs.first + dt.timedelta(days=day)
        writer.writerow([place, date.isoformat(), *_rounded(rows[day])])


def _worth_writing(rows: Floats | FloatArray) -> Sequence[int]:
    kept = [0] if len(rows) else []
    moved = np.flatnonzero(np.abs(np.diff(rows, axis=0)).max(axis=1) > WORTH_A_ROW / 10) + 1
    for day in moved:
        if np.abs(rows[day] - rows[kept[-1]]).max() > WORTH_A_ROW:
            kept.append(int(day))
    return kept


def _rounded(row: Floats | FloatArray) -> list[str]:
    return [f"{p:.5f}" for p in row]
