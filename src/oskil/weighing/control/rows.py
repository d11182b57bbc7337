"""From reports told one by one to columns. Streams and ledgers both come through here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from oskil.errors import InputError
from oskil.weighing.control.beliefs import CONTESTED
from oskil.weighing.control.reports import COLUMNS, HEDGED, PLAIN, SHOWN, Reporter, Reports
from oskil.weighing.control.setting import Setting

UNKNOWN_KIND = "of a kind that says nothing of control"
UNKNOWN_PLACE = "about places that the gazetteer or the start state does not have"
TOO_EARLY = "from before the first day"
TOO_LATE = "from after the last day"
NO_HOLDER = "naming no party that holds anything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it was told. `time` is an ISO day or date-time in one zone; `wording` equal where the
    text is. `relay_of` names the origin that it gives, `relay_side` the party that this one speaks for, where
    that is told.
    """

    id: str
    time: str
    source: Reporter
    place: int
    kind: str
    holder: str | None
    certainty: str = "asserted"
    evidence: str | None = None
    relay_of: str | None = None
    relay_side: str | None = None
    wording: Hashable | None = None


def parties_of(reports: Iterable[Report], more: Iterable[str] = ()) -> tuple[str, ...]:
    """The parties that hold anything, by name, without "contested", spelled alike whatever their case."""
    names = {r.holder.casefold(): r.holder for r in sorted(reports, key=lambda r: r.holder or "") if r.holder}
    for name in more:
        names.setdefault(name.casefold(), name)
    names.pop(CONTESTED, None)
    return tuple(names[key] for key in sorted(names))


def columns(
    told: Iterable[Report],
    places: Sequence[int],
    parties: Sequence[str],
    first: dt.date,
    days: int,
    given: Setting,
) -> Reports:
    """The reports of these days and places, by time and id; the others are counted by what is wrong with
    them.

    The order in which they are given does not matter. Raises InputError where no party is known.
    """
    if not parties:
        raise InputError(
            "nothing says who the parties are: no report names a holder, and no start state does"
        )
    rows = _Rows(places, parties, first, days, given)
    for report in sorted(told, key=lambda r: (r.time, len(r.id), r.id)):
        rows.add(report)
    return rows.made()


class _Rows:
    def __init__(
        self, places: Sequence[int], parties: Sequence[str], first: dt.date, days: int, given: Setting
    ) -> None:
        self.places, self.parties = np.array(places, np.int64), tuple(parties)
        self.place = {place: n for n, place in enumerate(places)}
        self.party = {name.casefold(): n for n, name in enumerate(parties)}
        self.kind = {kind: n for n, kind in enumerate(given.all_kinds)}
        self.first, self.days = first, days
        self.reporters: dict[str, int] = {}
        self.known: list[Reporter] = []
        self.words: dict[Hashable, int] = {}
        self.day_of: dict[str, int] = {}
        self.rows: list[tuple[int, ...]] = []
        self.ids: list[str] = []
        self.left_out: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """One report more, in the order of time."""
        day = self._day(report.time)
        reason = self._useless(report, day)
        if reason:
            self.left_out[reason] += 1
            return
        holder = (report.holder or CONTESTED).casefold()
        named = len(self.parties) if report.kind == CONTESTED else self.party[holder]
        manner = SHOWN if report.evidence else PLAIN if report.certainty == "asserted" else HEDGED
        origin = None if report.relay_of is None else Reporter(report.relay_of, report.relay_side)
        relayed = -1 if origin is None else self._reporter(origin)
        wording = -1 if report.wording is None else self.words.setdefault(report.wording, len(self.words))
        source, kind = self._reporter(report.source), self.kind[report.kind]
        self.rows.append((self.place[report.place], day, source, kind, named, manner, relayed, wording))
        self.ids.append(report.id)

    def made(self) -> Reports:
        """All of them as columns."""
        table = np.array(self.rows, np.int64).reshape(-1, len(COLUMNS)).T
        kept = dict(zip(COLUMNS, table, strict=True))
        left = tuple(sorted(self.left_out.items()))
        return Reports(self.parties, self.places, tuple(self.known), **kept, ids=self.ids, left_out=left)

    def _day(self, time: str) -> int:
        text = time[:10]
        if text not in self.day_of:
            self.day_of[text] = (dt.date.fromisoformat(text) - self.first).days
        return self.day_of[text]

    def _useless(self, report: Report, day: int) -> str:
        if report.kind not in self.kind:
            return UNKNOWN_KIND
        if report.place not in self.place:
            return UNKNOWN_PLACE
        if day < 0:
            return TOO_EARLY
        if day >= self.days:
            return TOO_LATE
        if report.kind != CONTESTED and (report.holder or "").casefold() not in self.party:
            return NO_HOLDER
        return ""

    def _reporter(self, told: Reporter) -> int:
        row = self.reporters.setdefault(told.name, len(self.known))
        if row == len(self.known):
            self.known.append(self._sided(told))
        elif told.role and not self.known[row].role:
            self.known[row] = self._sided(told)  # first heard of as somebody's origin
        elif told.side and not self.known[row].side:
            self.known[row] = replace(self.known[row], side=self._sided(told).side)
        return row

    def _sided(self, told: Reporter) -> Reporter:
        party = self.party.get((told.side or "").casefold())
        return replace(told, side=None if party is None else self.parties[party])


def start_statuses(
    state: Mapping[int, str], places: Sequence[int], parties: Sequence[str]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Each place's status as a number, -1 where nothing is known of it."""
    number = {name.casefold(): n for n, name in enumerate((*parties, CONTESTED))}
    return np.array([number.get(state.get(place, "").casefold(), -1) for place in places], np.int64)
