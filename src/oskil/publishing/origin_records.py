"""Propositions and their origins as JSON: what the commands print and other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from oskil.records import Contradiction, Origin, OriginEdge, Proposition
from oskil.weighing.origins import summary
from oskil.weighing.origins.timeline import Event

PROPOSITION_FIELDS = (
    "id",
    "kind",
    "polarity",
    "conditional",
    "holder",
    "places",
    "place_names",
    "areas",
    "area_names",
    "first",
    "last",
    "low",
    "high",
    "unit",
    "outlets",
    "origins",
    "summary",
    "quote",
    "claims",
    "contradicts",
)


def proposition_record(
    proposition: Proposition,
    names: Callable[[int], str],
    quotes: Mapping[str, str],
    against: Iterable[Contradiction] = (),
) -> dict[str, Any]:
    """A proposition; `quotes` gives the words of claims by id, and the first one told stands for it.

    `against` are the pairs that it is the first of and cannot be true with the second.
    """
    period = proposition.period
    return {
        "id": proposition.id,
        "kind": proposition.kind,
        "polarity": proposition.polarity,
        "conditional": proposition.conditional,
        "holder": proposition.holder,
        "places": list(proposition.places),
        "place_names": [names(place) for place in proposition.places],
        "areas": list(proposition.areas),
        "area_names": [names(place) for place in proposition.areas],
        "first": period.first.isoformat() if period and period.first else None,
        "last": period.last.isoformat() if period and period.last else None,
        "low": proposition.low,
        "high": proposition.high,
        "unit": proposition.unit or None,
        "outlets": list(proposition.outlets),
        "origins": [origin_record(origin) for origin in proposition.origins],
        "summary": summary(proposition),
        "quote": quotes.get(proposition.claims[0], ""),
        "claims": list(proposition.claims),
        "contradicts": [{"proposition": pair.second, "reason": pair.reason} for pair in against],
    }


def origin_record(origin: Origin) -> dict[str, Any]:
    """One origin with the claims that lead to it."""
    return {
        "name": origin.name,
        "side": origin.side,
        "named": origin.named,
        "outlets": list(origin.outlets),
        "claims": list(origin.claims),
    }


def edge_record(edge: OriginEdge, texts: Mapping[str, str], documents: Mapping[str, str]) -> dict[str, Any]:
    """One step back, with the words that show it.

    `texts` gives the text of documents by id, `documents` the document of claims by id.
    """
    return {
        "claim": edge.claim,
        "from": edge.parent,
        "name": edge.name,
        "through": list(edge.through),
        "reason": edge.reason,
        "note": edge.note,
        "probability": edge.probability,
        "evidence": _passages(edge.evidence, documents.get(edge.claim, ""), texts),
        "found": _passages(edge.found, documents.get(edge.parent or "", ""), texts),
    }


def _passages(spans: Iterable[Any], document: str, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    text = texts.get(document, "")
    return [
        {"document": document, "start": span.start, "end": span.end, "text": text[span.start : span.end]}
        for span in spans
    ]


def event_record(event: Event) -> dict[str, Any]:
    """One event of the line of time."""
    return {
        "at": event.at or None,
        "seen": event.seen,
        "what": event.what,
        "outlet": event.outlet,
        "claim": event.claim,
        "document": event.document,
        "note": event.note or None,
    }
