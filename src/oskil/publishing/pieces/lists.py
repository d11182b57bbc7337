"""The lists of a record, cut by a fixed size: claims, documents, texts, contradictions, verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from oskil.publishing.pieces.layout import CLAIMS, DOCUMENTS, PAIRS, SPEAKERS, Json, Layout

# Claims against a claim that its card shows.
AGAINST = 12


def pieces(layout: Layout) -> Iterator[tuple[str, Any]]:
    """The pieces of all lists but the texts."""
    record = layout.record
    yield from cut("claims", CLAIMS, layout.claims, lambda claim: _claim(layout, claim))
    yield from cut("documents", DOCUMENTS, layout.documents, lambda one: _document(layout, one))
    yield from cut("contradictions", PAIRS, record["contradictions"], lambda pair: _pair(layout, pair))
    yield from cut("verdicts", PAIRS, record["verdicts"], lambda verdict: _verdict(layout, verdict))
    yield "notes", {name: record[name] for name in ("unplaced", "refusals")}
    yield "speakers", layout.speakers[SPEAKERS:]


def texts(layout: Layout, documents: Sequence[Json]) -> Iterator[tuple[str, Any]]:
    """The texts, several in a piece, by the number of the document."""
    for number, bundle in enumerate(layout.bundles):
        yield f"texts-{number}", {str(i): documents[i] for i in bundle}


def cut(
    name: str, size: int, entries: Sequence[Json], made: Callable[[Json], Json]
) -> Iterator[tuple[str, list[Json]]]:
    """A list as pieces of `size` entries each, each entry as `made` makes it."""
    for number, start in enumerate(range(0, len(entries), size)):
        yield f"{name}-{number}", [made(entry) for entry in entries[start : start + size]]


def _claim(layout: Layout, claim: Json) -> Json:
    document = layout.documents[claim["document"]]
    against = layout.against.get(claim["number"], [])
    return {
        **{name: value for name, value in claim.items() if name != "contradictions"},
        "verdicts": [layout.record["verdicts"][i] for i in claim["verdicts"]],
        "outlet": document["outlet"],
        "published": document["published"],
        "title": document["title"],
        "document_id": document["id"],
        "current": document["latest"],
        "against": [{**layout.brief(n), "reason": reason} for n, reason in against[:AGAINST]],
        "against_count": len(against),
    }


def _document(layout: Layout, document: Json) -> Json:
    numbers = document["claims"]
    return {
        **document,
        "claims": [numbers[0] if numbers else 0, len(numbers)],
        "text": layout.bundle[document["number"]],
    }


def _pair(layout: Layout, pair: Json) -> Json:
    return {
        "first": layout.brief(pair["first"]),
        "second": layout.brief(pair["second"]),
        "reason": pair["reason"],
    }


def _verdict(layout: Layout, verdict: Json) -> Json:
    return {**verdict, "claim": layout.brief(verdict["claim"])}
