"""The days that a claim of an advance covers, and the maps that bound them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from oskil.checking.changes import Change, gained
from oskil.checking.interface import Case
from oskil.checking.making import day
from oskil.checking.maps import DayMap, Series
from oskil.checking.parties import whose
from oskil.checking.tolerances import tolerances
from oskil.records import DataSource

GROUND = frozenset({"control", "movement", "area", "fighting", "assessment"})


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of a change, and where they come from."""

    first: dt.date
    last: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """The map that a change begins with, and those it may end with: the last day's and the one before."""

    series: Series
    party: str
    days: Days
    first: DayMap
    lasts: tuple[DayMap, ...]

    def changes(self) -> tuple[Change, ...]:
        """What the party gained, to each of the last maps."""
        return tuple(gained(self.series, self.party, self.first, last) for last in self.lasts)

    @property
    def sources(self) -> tuple[DataSource, ...]:
        """The files of these maps."""
        return (self.first.source, *(one.source for one in self.lasts))

    @property
    def notes(self) -> tuple[str, ...]:
        """What had to be mended in these maps."""
        return tuple(f"{one.day}: {note}" for one in (self.first, *self.lasts) for note in one.notes)


def days_of(case: Case) -> Days | None:
    """The days that the claim's change took: its own, else those its speaker gives elsewhere in the text,
    else the `change.back_days` up to its last day. None where no day is known at all.
    """
    time, published = case.claim.time, case.document.published_on
    last = (time.last if time else None) or published
    first = time.first if time else None
    if last is None:
        return None
    if first is not None and first < last:
        return Days(first, last, "the days that the claim covers")
    spoken = [
        other.claim.time.first
        for other in case.data.others.in_document(case.claim.document)
        if case.claim.speaker is not None
        and other.claim.speaker == case.claim.speaker
        and other.claim.kind in GROUND
        and other.claim.time
        and other.claim.time.first
        and 0 < (last - other.claim.time.first).days <= tolerances()["change.longest_days"]
    ]
    if spoken:
        return Days(max(spoken), last, "the text gives no first day; the speaker's other words do")
    back = int(tolerances()["change.back_days"])
    return Days(last - dt.timedelta(back), last, f"the text gives no first day, so {back} days are taken")


def bounds_of(case: Case, series: Series, party: str, days: Days) -> Bounds | str:
    """The maps that bound a change, or the reason why there are none."""
    reach = dt.timedelta(tolerances()["change.reach_days"])
    first, last = series.at(days.first), series.at(days.last)
    covered = f"the maps of {series.assessor} run from {day(series.days[0])} to {day(series.days[-1])}"
    if first is None or last is None or days.first - first.day > reach or days.last - last.day > reach:
        return f"{covered}; maps of {day(days.first)} and {day(days.last)} would allow a check"
    if party not in series.parties:
        return f"the maps of {series.assessor} do not say what {party} holds"
    if last.day <= first.day:
        return f"{covered}, with none between {day(days.first)} and {day(days.last)} to compare"
    before = [one for one in series.maps if first.day < one.day < last.day][-1:]
    return Bounds(series, party, days, first, (*before, last))


def bounds(case: Case) -> Iterator[Bounds | str]:
    """The maps of each assessor that bound the claim's change, or one reason why there are none."""
    party, days = whose(case), days_of(case)
    if party is None:
        yield "the words do not say whose advance it is"
    elif days is None:
        yield "the text gives no day"
    elif not case.data.series:
        yield f"control maps of {day(days.first)} and {day(days.last)} would allow a check"
    else:
        for series in case.data.series:
            yield bounds_of(case, series, party, days)
