"""TimeMap (Forensic Architecture, Bellingcat): events, sources and associations as its client reads them."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from oskil.publishing.exports.interface import Collection, Entry, Spot


class TimeMap:
    """An event for each claim and settlement; kinds and speakers are associations to filter by.

    The client reads three addresses; each takes one of the three keys of this file.
    """

    name = "timemap"
    suffix = ".json"
    description = "JSON for TimeMap: events, sources, associations"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write one object with `events`, `sources` and `associations`."""
        events = [_event(e, s, i) for e in collection.entries for i, s in enumerate(e.settlements)]
        kinds = sorted({e.claim.kind for e in collection.entries})
        speakers = sorted({e.claim.speaker for e in collection.entries if e.claim.speaker})
        data = {
            "events": events,
            "sources": {e.text.id: _source(e) for e in collection.entries},
            "associations": [_association("Kind", kind) for kind in kinds]
            + [_association("Speaker", speaker) for speaker in speakers],
        }
        out.write(json.dumps(data, ensure_ascii=False).encode("utf-8"))


def _event(entry: Entry, spot: Spot, number: int) -> dict[str, Any]:
    first, last = entry.days
    day = first or last
    return {
        "id": f"{entry.claim.id}-{number}",
        "description": entry.claim.quote,
        # The client's default pattern.
        "date": day.strftime("%m/%d/%Y") if day else "",
        "time": "",
        "location": spot.name,
        "latitude": str(spot.lat),
        "longitude": str(spot.lon),
        "associations": [name for name in (entry.claim.kind, entry.claim.speaker) if name],
        "sources": [entry.text.id],
    }


def _source(entry: Entry) -> dict[str, Any]:
    text = entry.text
    return {
        "id": text.id,
        "title": text.title,
        "thumbnail": "",
        "paths": [],
        "type": "Document",
        "date": text.published or "",
        "author": text.outlet or "",
        "url": text.url or "",
        "description": "",
    }


def _association(parent: str, name: str) -> dict[str, Any]:
    return {"id": name, "title": name, "desc": "", "mode": "FILTER", "filter_paths": [parent, name]}
