"""The piece that is loaded with the page: what every view needs, and what else there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from oskil.publishing.pieces.layout import CLAIMS, DOCUMENTS, PAIRS, SPEAKERS, TABLE, Json, Layout

# The number of the format, for programs that read the folder.
FORMAT = 2
_KINDS = ("settlement", "region", "country")
_STANDINGS = {"mentioned": "m", "claimed": "c", "assessed": "a", "contested": "x"}


def piece(layout: Layout, counts: Mapping[str, int], has: Mapping[str, Any], beliefs: Json | None) -> Json:
    """The core. `has` tells which of the weighed pieces there are, `beliefs` what those of control are."""
    record = layout.record
    return {
        "meta": {**record["meta"], "format": FORMAT, "language": "en"},
        "parties": record["parties"],
        "sides": layout.sides,
        "kinds": layout.kinds,
        "outlets": layout.outlets,
        "speakers": layout.speakers[:SPEAKERS],
        "counts": {
            **counts,
            "outcomes": Counter(verdict["outcome"] for verdict in record["verdicts"]),
            "all": {"documents": len(layout.documents), "claims": len(layout.claims)},
        },
        "days": {"first": layout.first.isoformat(), "count": layout.days},
        "histogram": _histogram(layout),
        "places": _places(layout),
        "now": _now(layout),
        "frame": record["frame"],
        "ground": record["ground"],
        "pieces": _sizes(layout),
        "has": dict(has),
        "beliefs": beliefs,
        "refusals": len(record["refusals"]),
        "unplaced": len(record["unplaced"]),
        "held": record["held"],
        "withheld": record["withheld"],
    }


def _sizes(layout: Layout) -> Json:
    def cut(size: int, entries: int) -> Json:
        return {"size": size, "count": -(-entries // size), "entries": entries}

    return {
        "claims": cut(CLAIMS, len(layout.claims)),
        "documents": cut(DOCUMENTS, len(layout.documents)),
        "texts": len(layout.bundles),
        "table": cut(TABLE, len(layout.claims)),
        "contradictions": cut(PAIRS, len(layout.record["contradictions"])),
        "verdicts": cut(PAIRS, len(layout.record["verdicts"])),
        "places": layout.shards,
        "search": layout.shards,
        "ids": _id_starts(layout),
    }


def _id_starts(layout: Layout) -> str:
    """The first two letters of all ids, one behind the other: a view asks for no piece that is not there."""
    entries = (*layout.claims, *layout.documents, *layout.record["verdicts"])
    return "".join(sorted({entry["id"][:2] for entry in entries}))


def _histogram(layout: Layout) -> dict[str, list[int]]:
    current = [c for c in layout.claims if layout.is_current(c) and c["kind"] != "background"]
    return {
        "claims": _tally(layout.days, (_spoken_of(layout, c) for c in current)),
        "documents": _tally(layout.days, (layout.number_of(day) for day in layout.known if day)),
    }


def _spoken_of(layout: Layout, claim: Json) -> int:
    first, last = layout.span_of(claim)
    return next((day for day in (last, first) if day >= 0), layout.known_day(claim))


def _tally(days: int, numbers: Iterable[int]) -> list[int]:
    found = [0] * days
    for number in numbers:
        if 0 <= number < days:
            found[number] += 1
    return found


def _places(layout: Layout) -> dict[str, list[Any]]:
    places = layout.record["places"]
    columns: dict[str, list[Any]] = {name: [p[name] for p in places] for name in ("id", "name", "country")}
    columns["kind"] = [_KINDS.index(p["kind"]) if p["kind"] in _KINDS else len(_KINDS) for p in places]
    columns["lon"] = [p["point"][0] if p["point"] else None for p in places]
    columns["lat"] = [p["point"][1] if p["point"] else None for p in places]
    columns["population"] = [p["population"] for p in places]
    columns["claims"] = [sum(1 for n in p["claims"] if layout.is_current(layout.claims[n])) for p in places]
    columns["mentions"] = [len(p["mentions"]) for p in places]
    columns["coarse"] = [int(p["coarse"]) for p in places]
    return columns


def _now(layout: Layout) -> Json:
    places = layout.record["places"]
    return {
        "standing": "".join(_STANDINGS[p["standing"]] for p in places),
        "holders": [[layout.parties[h] for h in p["holders"] if h in layout.parties] for p in places],
        "day": [layout.day(p["day"]) for p in places],
    }
