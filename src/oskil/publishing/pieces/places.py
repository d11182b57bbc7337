"""What is said of each place, some places to a piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from oskil.publishing.pieces.layout import CERTAINTIES, Json, Layout

# Pairs that contradict each other, drawn in the story of one place.
CLASHES = 400
_AT, _AROUND, _AREA = 0, 1, 2


def pieces(layout: Layout) -> Iterator[tuple[str, Any]]:
    """The pieces that hold a place's claims, by its id modulo their number."""
    shards: defaultdict[int, Json] = defaultdict(dict)
    for place in layout.record["places"]:
        shards[place["id"] % layout.shards][str(place["id"])] = _place(layout, place)
    for number in sorted(shards):
        yield f"place-{number}", shards[number]


def _place(layout: Layout, place: Json) -> Json:
    claims = [layout.claims[n] for n in place["claims"]]
    told = [_told(layout, place["id"], c) for c in claims if layout.is_current(c)]
    told.sort(key=lambda row: (row["day"], row["known"], row["number"]))
    names = tuple(told[0]) if told else _COLUMNS
    kept = ("by", "standing", "holders", "mentions", "why")
    return {
        "claims": {name: [row[name] for row in told] for name in names},
        **{name: place[name] for name in kept},
        "day": place["day"],
        "clashes": _clashes(layout, {row["number"] for row in told}, [row["number"] for row in told]),
        "names": layout.record["names"].get(place["id"], []),
    }


_COLUMNS = ("number", "day", "known", "kind", "side", "certainty", "holder", "denied", "how")


def _told(layout: Layout, place: int, claim: Json) -> Json:
    first, last = layout.span_of(claim)
    known = layout.known_day(claim)
    day = next((one for one in (last, first, known) if one >= 0), -1)
    how = _AREA if place in claim["areas"] else _AROUND if place in claim["around"] else _AT
    return {
        "number": claim["number"],
        "day": day,
        "known": known,
        "kind": layout.kinds.index(claim["kind"]),
        "side": layout.side.get(claim["side"], -1),
        "certainty": CERTAINTIES.index(claim["certainty"]),
        "holder": layout.parties.get(claim["holder"], -1),
        "denied": int(claim["polarity"] == "denied"),
        "how": how,
    }


def _clashes(layout: Layout, here: set[int], numbers: Sequence[int]) -> list[list[Any]]:
    found = [
        [number, other, reason]
        for number in numbers
        for other, reason in layout.against.get(number, ())
        if number < other and other in here
    ]
    return found[:CLASHES]
