"""What keepers of lists counted as lost, and apart from it what somebody claimed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from oskil.conflict.profile import ConflictProfile
from oskil.publishing.weighed.basis import Basis, Json, Kept
from oskil.records import Claim, LossEntry, LossList

LOSSES = "losses"
# Units of a figure that counts what was lost, the first that there is.
UNITS = ("item", "people")


def piece(basis: Basis) -> Json | None:
    """The lists and the claims; None where there is neither."""
    lists = [one for kept in basis.given.losses for one in _lists(basis, kept)]
    claims = _claims(basis)
    return {"lists": lists, "claims": claims} if lists or claims else None


def _lists(basis: Basis, kept: Kept[LossList]) -> Iterator[Json]:
    by_side: defaultdict[str, list[LossEntry]] = defaultdict(list)
    for entry in _shown(basis, kept):
        by_side[entry.side].append(entry)
    for side in sorted(by_side):
        yield _counted(basis, kept.data.assessor, side, by_side[side])


def _shown(basis: Basis, kept: Kept[LossList]) -> Iterator[LossEntry]:
    """The entries that stand on the list and whose day is shown: one held back or withdrawn is not."""
    days = basis.shown_raw.get(kept.raw, frozenset()) if kept.raw else None
    for entry in kept.data.entries:
        if entry.removed is None and not basis.young(entry.listed) and (days is None or entry.listed in days):
            yield entry


def _counted(basis: Basis, assessor: str, side: str, entries: list[LossEntry]) -> Json:
    layout = basis.layout
    told = {word for entry in entries for word in (_kind(entry), entry.status)}
    words = {word: basis.words(word) for word in told}
    states = Counter(words[entry.status] for entry in entries)
    kinds = Counter((words[_kind(entry)], words[entry.status]) for entry in entries)
    totals = Counter(words[_kind(entry)] for entry in entries)
    # The list may begin long before the page does: such entries are in the totals alone.
    days = Counter(
        ((entry.listed - layout.first).days, words[_kind(entry)], words[entry.status])
        for entry in entries
        if entry.listed >= layout.first
    )
    return {
        "assessor": basis.name(assessor),
        "side": side,
        "day": max((entry.listed - layout.first).days for entry in entries),
        "total": len(entries),
        "by": dict(states.most_common()),
        "kinds": [
            [kind, [kinds[kind, state] for state, _ in states.most_common()]]
            for kind, _ in totals.most_common()
        ],
        "days": [[*what, n] for what, n in sorted(days.items())],
    }


def _kind(entry: LossEntry) -> str:
    return entry.category or entry.item


def _claims(basis: Basis) -> Json | None:
    """Claims of losses in texts; the entries of a list are claims too, and are not told twice."""
    layout, listed = basis.layout, {kept.raw for kept in basis.given.losses if kept.raw}
    parties = _Parties(basis.profile)
    columns: Json = {"claim": [], "day": [], "side": [], "value": []}
    for claim, document in basis.current:
        if claim.kind != LOSSES or document.raw_sha256 in listed:
            continue
        number = basis.number[claim.id]
        first, last = layout.span_of(layout.claims[number])
        told = next((day for day in (last, first) if day >= 0), layout.known_day(layout.claims[number]))
        columns["claim"].append(number)
        columns["day"].append(told)
        columns["side"].append(parties.lost(claim))
        columns["value"].append(_value(claim))
    return columns if columns["claim"] else None


def _value(claim: Claim) -> float | None:
    """The one figure of the claim that counts what was lost."""
    for unit in UNITS:
        figures = [quantity.value for quantity in claim.quantities if quantity.unit == unit]
        if figures:
            return figures[0] if len(figures) == 1 else None
    return None


class _Parties:
    """Finds whose losses a claim speaks of: the one party that its words name."""

    def __init__(self, profile: ConflictProfile) -> None:
        self._forms = {party.id: _any_of(party.forms) for party in profile.parties}

    def lost(self, claim: Claim) -> str | None:
        """The party's id; None where the words name none, or several."""
        named = [party for party, forms in self._forms.items() if forms.search(claim.quote)]
        return named[0] if len(named) == 1 else None


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)
