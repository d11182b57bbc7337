"""The wire format of `oskil annotate`: one JSON document in, its attributions, place names and claims out.

Offsets that come out are code points into the `text` that went in, also where that text was markdown and
was read without its clutter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oskil.errors import InputError, SourceError
from oskil.reading.interface import Reader
from oskil.records import Claim, Period, Span, Toponym
from oskil.sources.interface import Hints
from oskil.sources.plain import document_from_text


def annotate(record: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """The line that answers one document. Raises InputError where the record is not of the wire format.

    A document in which nothing can be read is answered with empty lists and its `reason`.
    """
    ident, text = record.get("id"), record.get("text")
    if not isinstance(ident, str | int) or not isinstance(text, str):
        raise InputError('a document needs "id" and a "text" that is a string')
    hints = Hints(**{k: _word(record, k) for k in ("outlet", "published", "url", "language")})
    try:
        document, offsets = document_from_text(text, hints, where=str(ident), key=str(ident))
    except SourceError as error:
        # Every document is answered: one without a word to read says why it has no claims.
        return {"id": ident, "attributions": [], "toponyms": [], "claims": [], "reason": error.message}
    reading = reader.read(document)
    back = _Back(offsets)
    return {
        "id": ident,
        "attributions": [
            {"source": back.spans(a.source), "cue": back.spans(a.cue), "content": back.spans(a.content)}
            for a in reading.attributions
        ],
        "toponyms": [_toponym(t, back) for t in reading.toponyms],
        "claims": [_claim(c, back) for c in reading.claims],
        **({"reason": reading.reason} if reading.reason else {}),
    }


def _word(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{key}" is not a string')
    return value


class _Back:
    """Offsets of the clean text, back to offsets of the text as it was given."""

    def __init__(self, offsets: Sequence[int]) -> None:
        self.offsets = offsets

    def pair(self, start: int, end: int) -> list[int]:
        return [self.offsets[start], self.offsets[end - 1] + 1] if end > start else [0, 0]

    def spans(self, spans: Iterable[Span]) -> list[list[int]]:
        return [self.pair(s.start, s.end) for s in spans]


def _toponym(toponym: Toponym, back: _Back) -> dict[str, Any]:
    start, end = back.pair(toponym.start, toponym.end)
    place = toponym.place
    # A place without a GeoNames id of its own has a negative one, which no other program knows.
    known = place.id if place and place.id > 0 else None
    return {
        "start": start,
        "end": end,
        "phrase": toponym.phrase,
        "geonameid": known,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "relation": toponym.relation,
        "radius_km": toponym.radius_km,
        "confidence": round(toponym.confidence, 3),
        "reason": toponym.reason or None,
    }


def _claim(claim: Claim, back: _Back) -> dict[str, Any]:
    return {
        "id": claim.id,
        "quote": claim.quote,
        "span": back.spans(claim.spans),
        "kind": claim.kind,
        "speaker": claim.speaker,
        "side": claim.side,
        "relays": list(claim.relays),
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "places": list(claim.places),
        "around": list(claim.around),
        "areas": [a for a in claim.areas if a > 0],
        "time": period(claim.time),
        "holder": claim.holder,
        "quantities": [{"value": q.value, "unit": q.unit} for q in claim.quantities],
        "evidence": claim.evidence,
    }


def period(time: Period | None) -> list[str | None] | None:
    """A period as the wire has it: two ISO days, either null."""
    if time is None:
        return None
    return [time.first.isoformat() if time.first else None, time.last.isoformat() if time.last else None]
