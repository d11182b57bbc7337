"""The period that words state, against the day of publication.

Explicit dates (`dates.py`) and relative words (`spells.py`) are found first; then the words around them cut
and join them (`parts.py`) and open or close them (`operators.py`). No parser of general dates is
asked: one that guesses is worse here than none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from oskil.reading.numerals import Taken
from oskil.reading.times.dates import Expression, addresses, dates
from oskil.reading.times.operators import operated
from oskil.reading.times.outlook import ahead_in
from oskil.reading.times.parts import joined, part
from oskil.reading.times.resolving import Setting
from oskil.reading.times.spells import spells
from oskil.records import Period, Span

LOOK_BACK = 1500  # characters before a phrase like "two days later" in which its day is sought
PLACEHOLDER = dt.date(2000, 6, 15)


def time_expressions(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Where the words of time stand in text[start:end], in order."""
    found = expressions(
        text, start, end, PLACEHOLDER, war_began=PLACEHOLDER.replace(year=1998), anchor=PLACEHOLDER
    )
    return tuple(Span(e.start, e.end) for e in found)


def resolve_period(
    text: str,
    start: int,
    end: int,
    published: dt.date,
    *,
    anchor: dt.date | None = None,
    war_began: dt.date | None = None,
    without: Sequence[Span] = (),
) -> Period | None:
    """The period that text[start:end] states, or None where it states none; what stands in one of `without`
    does not count.

    Of several the first counts; words like "now" and "recently" only where there is no other. `anchor`
    is the day that "two days later" or "the same day" counts from; without it the nearest day
    named in the text before is taken. `war_began` resolves "since the invasion".
    """
    found = [
        e
        for e in expressions(text, start, end, published, anchor=anchor, war_began=war_began)
        if not any(w.start <= e.start < w.end for w in without)
    ]
    if not found:
        return None
    chosen = next((e for e in found if not e.weak), found[0])
    return Period(chosen.first, chosen.last)


def expressions(
    text: str,
    start: int,
    end: int | None,
    published: dt.date,
    *,
    anchor: dt.date | None = None,
    war_began: dt.date | None = None,
) -> tuple[Expression, ...]:
    """All words of time in text[start:end] with what they come to, in order and apart from one another."""
    end = len(text) if end is None else max(0, min(end, len(text)))
    start = max(0, min(start, end))

    def back(at: int) -> dt.date | None:
        return anchor or _named_before(text, at, published)

    setting = Setting(published, war_began, back)
    atoms = _atoms(text, start, end, setting)
    parted = [part(text, atom, start, published) for atom in atoms]
    whole = [operated(text, e, start, published) for e in joined(text, parted)]
    return tuple(_ordered(_clipped(text, e, published)) for e in _apart(whole))


def _apart(found: list[Expression]) -> list[Expression]:
    """Drops what a later one has grown over ("the last week" in "the last week of August")."""
    out: list[Expression] = []
    for one in found:
        while out and out[-1].end > one.start:
            out.pop()
        out.append(one)
    return out


def _atoms(text: str, start: int, end: int, setting: Setting) -> list[Expression]:
    """The plainest expressions: explicit dates and relative words; of those that overlap the longer."""
    ahead, strict = ahead_in(text, end), ahead_in(text, end, strict=True)
    explicit = dates(text, start, end, setting.published, ahead, strict)
    found = [*explicit, *spells(text, start, end, setting, strict)]
    found.sort(key=lambda e: (e.start - e.end, e.start))
    taken, kept = Taken(), []
    taken.add_all(addresses(text, start, end))
    for one in found:
        if one.end > one.start and taken.free(one.start, one.end):
            taken.add(one.start, one.end)
            kept.append(one)
    return sorted(kept, key=lambda e: e.start)


def _named_before(text: str, at: int, published: dt.date) -> dt.date | None:
    """The nearest day named before a position, for what counts from it."""
    low = max(0, at - LOOK_BACK)
    setting = Setting(published, None, lambda _: None)
    days = [e for e in _atoms(text, low, at, setting) if e.grain == "day" and not e.weak]
    return days[-1].first if days else None


def _clipped(text: str, one: Expression, published: dt.date) -> Expression:
    if one.ranged or one.first is None or one.last is None or not one.first <= published < one.last:
        return one
    if one.grain == "days" or (one.grain == "span" and one.first == published):
        return one
    if ahead_in(text, len(text))(one.start, one.end):
        return one
    return replace(one, last=published)


def _ordered(one: Expression) -> Expression:
    if one.first and one.last and one.first > one.last:
        return replace(one, last=None)
    return one
