"""W3C Web Annotation: each claim as a mark in its document, by quotation and by position."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from oskil.publishing.exports.interface import Collection, Entry


class WebAnnotation:
    """Positions count code points of the document's text as the ledger keeps it."""

    name = "webannotation"
    suffix = ".jsonld"
    description = "W3C Web Annotation in JSON-LD, quotation and position of each claim"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write one page of annotations."""
        data = {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "urn:oskil:annotations",
            "type": "AnnotationPage",
            "items": [annotation(entry) for entry in collection.entries],
        }
        out.write(json.dumps(data, ensure_ascii=False).encode("utf-8"))


def annotation(entry: Entry) -> dict[str, Any]:
    """The annotation of one claim. A claim in several pieces has a position for each."""
    claim = entry.claim
    quote = {
        "type": "TextQuoteSelector",
        "exact": claim.quote,
        "prefix": entry.before,
        "suffix": entry.after,
    }
    places = [{"type": "TextPositionSelector", "start": s.start, "end": s.end} for s in claim.spans]
    tags = (claim.kind, claim.certainty, claim.polarity, f"speaker: {claim.speaker}" if claim.speaker else "")
    return {
        "id": f"urn:oskil:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "created": entry.text.recorded_at.isoformat(timespec="seconds"),
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags if tag],
        "target": {
            "source": entry.text.url or f"urn:oskil:document:{entry.text.id}",
            "selector": [quote, *places],
        },
    }
