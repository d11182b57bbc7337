"""The columns that most formats share: one claim as flat, named values."""

from __future__ import annotations

import datetime as dt

from oskil.publishing.exports.interface import Entry
from oskil.records import Quantity

Value = str | int | float | bool | None

# Column, and the HXL hashtag that stands for it (HXL 1.1, core schema).
COLUMNS: dict[str, str] = {
    "claim_id": "#meta+id",
    "kind": "#event+type",
    "quote": "#description+quote",
    "speaker": "#contact+speaker+name",
    "side": "#group+speaker+code",
    "relays": "#meta+source+relay+list",
    "certainty": "#indicator+certainty",
    "polarity": "#indicator+polarity",
    "first_day": "#date+start",
    "last_day": "#date+end",
    "holder": "#group+holder+code",
    "quantities": "#indicator+quantity+list",
    "evidence": "#meta+evidence",
    "outlet": "#org+outlet+name",
    "title": "#meta+title",
    "url": "#meta+url",
    "published": "#date+published",
    "language": "#meta+language",
    "revision": "#meta+revision",
    "recorded_at": "#date+recorded",
    "document_id": "#meta+document+id",
    "source_sha256": "#meta+sha256",
}

# What a row about one place has besides.
PLACE_COLUMNS: dict[str, str] = {
    "geonameid": "#loc+code+geonames",
    "place": "#loc+name",
    "around": "#loc+indicator+around",
    "country": "#country+code+v_iso2",
    "region": "#adm1+code",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "coarse": "#geo+indicator+coarse",
}


def properties(entry: Entry) -> dict[str, Value]:
    """The values of `COLUMNS` for an entry; lists are joined by "; "."""
    claim, text = entry.claim, entry.text
    first, last = entry.days
    return {
        "claim_id": claim.id,
        "kind": claim.kind,
        "quote": claim.quote,
        "speaker": claim.speaker,
        "side": claim.side,
        "relays": "; ".join(claim.relays) or None,
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "first_day": _iso(first),
        "last_day": _iso(last),
        "holder": claim.holder,
        "quantities": "; ".join(in_words(q) for q in claim.quantities) or None,
        "evidence": claim.evidence,
        "outlet": text.outlet,
        "title": text.title or None,
        "url": text.url,
        "published": text.published,
        "language": text.language,
        "revision": text.revision,
        "recorded_at": text.recorded_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "document_id": text.id,
        "source_sha256": text.sha256 or None,
    }


def rows(entry: Entry) -> list[dict[str, Value]]:
    """A row for each place that the claim is about, or one without a place."""
    shared = properties(entry)
    if not entry.spots:
        return [shared | dict.fromkeys(PLACE_COLUMNS)]
    return [
        shared
        | {
            "geonameid": spot.id,
            "place": spot.name,
            "around": spot.around,
            "country": spot.country or None,
            "region": spot.region or None,
            "latitude": spot.lat,
            "longitude": spot.lon,
            "coarse": spot.coarse,
        }
        for spot in entry.spots
    ]


def in_words(quantity: Quantity) -> str:
    """A quantity as text: "up to 50 km"."""
    number = int(quantity.value) if quantity.value == int(quantity.value) else quantity.value
    return " ".join(filter(None, (quantity.comparator, str(number), quantity.unit)))


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
