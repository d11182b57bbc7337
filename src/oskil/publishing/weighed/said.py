"""Who said that somebody holds what, for the map to tell who was said to hold each place on any day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from oskil.publishing.holders import Stood, Word, counting, words
from oskil.publishing.material import Read
from oskil.publishing.weighed.basis import Basis

COLUMNS = ("claim", "place", "day", "known", "until", "side", "holder", "denied", "order")


def stood(read: Sequence[Read]) -> dict[str, Stood]:
    """When the words of each document were known, by its id.

    A text is known from its publication, or from its recording where that is not told. A revision is known
    from the day that it gives for its own publication where that is a later one, else from its recording.
    """
    families: defaultdict[str, list[Read]] = defaultdict(list)
    for one in read:
        families[one.stored.document.key].append(one)
    found: dict[str, Stood] = {}
    for family in families.values():
        family.sort(key=lambda one: one.stored.revision)
        days = _known(family)
        for one, known, until in zip(family, days, (*days[1:], None), strict=True):
            found[one.stored.document.id] = Stood(known, until)
    return found


def _known(family: Iterable[Read]) -> list[dt.date]:
    found: list[dt.date] = []
    before: dt.date | None = None
    for one in family:
        told, recorded = one.stored.document.published_on, one.stored.recorded_at.date()
        newer = told is not None and (before is None or told > before)
        day = told if newer and told else recorded
        found.append(max(day, found[-1]) if found else told or recorded)
        before = told or before
    return found


def piece(basis: Basis) -> dict[str, list[int]] | None:
    """The columns; None where nobody says who holds anything. Holders that are no party are left out."""
    known = stood(basis.material.read)
    days = {read.stored.document.id: read.stored.document.published_on for read in basis.material.read}
    layout = basis.layout
    told = [w for w in words(basis.claims, days) if w.place in layout.rows and w.holder in layout.parties]
    told = [*_within(told, layout.first), *_before(told, layout.first, known)]
    if not told:
        return None
    told.sort(key=lambda w: (layout.number_of(w.day), w.day, w.claim, w.place))
    ranks: defaultdict[int, int] = defaultdict(int)
    columns: dict[str, list[int]] = {name: [] for name in COLUMNS}
    for word in told:
        day = layout.number_of(word.day)
        for name, value in _row(basis, word, known[word.document]).items():
            columns[name].append(value)
        columns["order"].append(ranks[day])
        ranks[day] += 1
    return columns


def _within(told: Iterable[Word], first: dt.date) -> Iterable[Word]:
    return (word for word in told if word.day >= first)


def _before(told: Iterable[Word], first: dt.date, known: Mapping[str, Stood]) -> Iterable[Word]:
    """Of the words about earlier days those that tell how each place stood when the page's days begin.

    All earlier days count as the first one, so that words which others had superseded must not be there.
    """
    by_place: defaultdict[int, list[Word]] = defaultdict(list)
    for word in told:
        if word.day < first and known[word.document].until is None:
            by_place[word.place].append(word)
    return (word for early in by_place.values() for word in counting(early))


def _row(basis: Basis, word: Word, stood: Stood) -> dict[str, int]:
    layout = basis.layout
    return {
        "claim": basis.number[word.claim],
        "place": layout.rows[word.place],
        "day": layout.number_of(word.day),
        "known": layout.number_of(stood.known),
        "until": -1 if stood.until is None else layout.number_of(stood.until),
        "side": layout.side.get(word.side or "", -1),
        "holder": layout.parties[word.holder],
        "denied": int(word.denied),
    }
