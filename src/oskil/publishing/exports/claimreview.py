"""schema.org ClaimReview, for verdicts only: what was calculated of a claim, no judgement of its speaker."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from oskil.publishing.exports.interface import Collection, Entry
from oskil.records import Verdict

_ORGANISATION = {"@type": "Organization", "name": "Oskil"}


class ClaimReview:
    """One review for each verdict. There is no number in the rating: a calculation agrees, differs or cannot
    be made, and says nothing of degrees."""

    name = "claimreview"
    suffix = ".json"
    description = "schema.org ClaimReview in JSON-LD, for verdicts only"

    def write(self, collection: Collection, out: BinaryIO) -> None:
        """Write a graph of reviews."""
        day = collection.made_at.date().isoformat()
        graph = [made for entry in collection.entries for made in reviews(entry, day)]
        data = {"@context": "https://schema.org", "@graph": graph}
        out.write(json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8"))


def reviews(entry: Entry, day: str) -> Iterator[dict[str, Any]]:
    """The reviews of an entry's verdicts, made on `day`.

    A check says as much of a claim as its words have figures: from the second on a number tells them apart.
    """
    met: Counter[str] = Counter()
    for verdict in entry.verdicts:
        met[verdict.check] += 1
        number = met[verdict.check]
        yield review(entry, verdict, day, verdict.check if number == 1 else f"{verdict.check}:{number}")


def review(entry: Entry, verdict: Verdict, day: str, name: str) -> dict[str, Any]:
    """The review of one verdict, made on `day`; `name` tells it from the others of its claim."""
    text = entry.text
    document = {
        "@type": "CreativeWork",
        "identifier": text.id,
        "url": text.url,
        "headline": text.title,
        "datePublished": text.published,
        "publisher": {"@type": "Organization", "name": text.outlet} if text.outlet else None,
    }
    speaker = entry.claim.speaker or text.outlet
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": f"urn:oskil:verdict:{entry.claim.id}:{name}",
            "author": _ORGANISATION,
            "datePublished": day,
            "claimReviewed": entry.claim.quote,
            "itemReviewed": {
                "@type": "Claim",
                "@id": f"urn:oskil:claim:{entry.claim.id}",
                "author": {"@type": "Thing", "name": speaker} if speaker else None,
                "appearance": _filled(document),
            },
            "reviewRating": {"@type": "Rating", "alternateName": verdict.outcome},
            "reviewBody": _in_words(verdict),
            "isBasedOn": [
                {"@type": "Dataset", "name": d.name, "version": d.version, "identifier": f"sha256:{d.sha256}"}
                for d in verdict.data
            ],
        }
    )


def _in_words(verdict: Verdict) -> str:
    told = {"Stated": verdict.stated, "Found": verdict.found, "Reason": verdict.reason}
    return " ".join(f"{name}: {words.rstrip('.')}." for name, words in told.items() if words)


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _filled(value) if isinstance(value, dict) else value
        for name, value in given.items()
        if value not in (None, "", [])
    }
