"""What keepers of lists counted as lost, and apart from it what somebody claimed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from oskil.conflict.profile import ConflictProfile
from oskil.publishing.weighed.basis import Basis, Json, Kept
from oskil.records import Claim, LossEntry, LossList

LOSSES = "losses"
# Units of a figure that counts what was lost, the first that there is.
UNITS = ("item", "people")
# Kinds of a list that its table begins with, and those that have a part of their own in a bar; one more than
# those is no reason to put the last together.
FIRST, APART = 20, 5


def pieces(basis: Basis) -> Iterator[tuple[str, Json]]:
    """The lists in short with the claims, and each list's kinds and days; nothing where there is neither."""
    lists = [one for kept in basis.given.losses for one in _lists(basis, kept)]
    claims = _claims(basis)
    if lists or claims:
        yield "losses", {"lists": [in_short(one) for one in lists], "claims": claims}
    for number, one in enumerate(lists):
        yield f"losses-{number}", whole(one)


def in_short(counted: Json) -> Json:
    """A list with what its chart and the beginning of its table need: thousands of models are told apart."""
    sums: Counter[str] = Counter()
    for _, kind, _, n in counted["days"]:
        sums[kind] += n
    met = [kind for kind, _ in sums.most_common()]
    apart = met if len(met) <= APART + 1 else met[:APART]
    rows: Counter[tuple[int, str | None, str]] = Counter()
    for day, kind, state, n in counted["days"]:
        rows[day, kind if kind in apart else None, state] += n
    days = sorted(([*what, n] for what, n in rows.items()), key=lambda row: (row[0], row[1] or "", row[2]))
    return {
        **counted,
        "kinds": counted["kinds"][:FIRST],
        "kinds_count": len(counted["kinds"]),
        "apart": apart,
        "days": _columns(days, apart, list(counted["by"])),
    }


def whole(counted: Json) -> Json:
    """All kinds of a list, and its entries by day."""
    kinds = [kind for kind, _ in counted["kinds"]]
    return {
        "kinds": counted["kinds"],
        "days": _columns(counted["days"], kinds, list(counted["by"])),
    }


def _columns(days: Sequence[Sequence[Any]], kinds: Sequence[str], states: Sequence[str]) -> Json:
    """Rows of day, kind, state and number as columns; kinds and states by position, -1 for any other kind."""
    kind_at, state_at = ({name: at for at, name in enumerate(names)} for names in (kinds, states))
    return {
        "day": [row[0] for row in days],
        "kind": [kind_at.get(row[1], -1) for row in days],
        "state": [state_at[row[2]] for row in days],
        "n": [row[3] for row in days],
    }


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
