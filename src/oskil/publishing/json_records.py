"""Claims, places and verdicts as records for programs: the keys of `--format json` and of the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Protocol

from oskil.records import Claim, Document, Place, Quantity, Verdict

Names = Callable[[int], str]


class Told(Protocol):
    """A claim with the document that it stands in."""

    @property
    def claim(self) -> Claim: ...
    @property
    def document(self) -> Document: ...
    @property
    def recorded_at(self) -> dt.datetime: ...
    @property
    def latest(self) -> bool: ...


def place_record(place: Place) -> dict[str, Any]:
    """A place for programs."""
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "region": place.region,
        "population": place.population,
    }


def quantity_record(quantity: Quantity) -> dict[str, Any]:
    """A quantity for programs."""
    record: dict[str, Any] = {"value": quantity.value, "unit": quantity.unit}
    if quantity.comparator:
        record["comparator"] = quantity.comparator
    if quantity.converted:
        record["converted"] = {"value": quantity.converted[0], "unit": quantity.converted[1]}
    return record


CLAIM_FIELDS = (
    "id",
    "quote",
    "kind",
    "speaker",
    "side",
    "relays",
    "certainty",
    "polarity",
    "places",
    "place_names",
    "areas",
    "area_names",
    "first",
    "last",
    "holder",
    "quantities",
    "evidence",
    "outlet",
    "published",
    "url",
    "title",
    "document",
    "spans",
    "recorded_at",
    "latest",
)


def claim_record(one: Told, names: Names) -> dict[str, Any]:
    """A claim for programs, with its document; the keys are CLAIM_FIELDS."""
    claim, document, time = one.claim, one.document, one.claim.time
    return {
        "id": claim.id,
        "quote": claim.quote,
        "kind": claim.kind,
        "speaker": claim.speaker,
        "side": claim.side,
        "relays": list(claim.relays),
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "places": list(claim.places),
        "place_names": [names(p) for p in claim.places],
        "areas": list(claim.areas),
        "area_names": [names(p) for p in claim.areas],
        "first": str(time.first) if time and time.first else None,
        "last": str(time.last) if time and time.last else None,
        "holder": claim.holder,
        "quantities": [quantity_record(q) for q in claim.quantities],
        "evidence": claim.evidence,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
        "title": document.title,
        "document": document.id,
        "spans": [[s.start, s.end] for s in claim.spans],
        "recorded_at": one.recorded_at.isoformat(),
        "latest": one.latest,
    }


VERDICT_FIELDS = (
    "outcome",
    "check",
    "stated",
    "found",
    "reason",
    "value",
    "low",
    "high",
    "unit",
    "tolerance",
    "method",
    "data",
    "places",
    "working",
    "claim",
    "quote",
    "speaker",
    "outlet",
    "published",
    "document",
)


def verdict_record(verdict: Verdict, one: Told) -> dict[str, Any]:
    """A verdict for programs, with the claim that it is on; the keys are VERDICT_FIELDS."""
    return {
        "outcome": verdict.outcome,
        "check": verdict.check,
        "stated": verdict.stated,
        "found": verdict.found,
        "reason": verdict.reason,
        "value": verdict.value,
        "low": verdict.low,
        "high": verdict.high,
        "unit": verdict.unit,
        "tolerance": verdict.tolerance,
        "method": verdict.method,
        "data": [{"name": d.name, "version": d.version, "sha256": d.sha256} for d in verdict.data],
        "places": list(verdict.places),
        "working": list(verdict.working.steps) if verdict.working else [],
        "claim": verdict.claim,
        "quote": one.claim.quote,
        "speaker": one.claim.speaker,
        "outlet": one.document.outlet,
        "published": one.document.published,
        "document": one.document.id,
    }
