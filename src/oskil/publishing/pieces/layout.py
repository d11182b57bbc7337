"""How a record is laid out in pieces: the numbers that stand for its sides, speakers, places and days."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

Json = dict[str, Any]

CLAIMS, DOCUMENTS, TABLE, PAIRS = 128, 256, 4096, 200
# Places and words are spread over so many pieces; a short record is not cut into crumbs.
SHARDS, FEW_SHARDS, FEW_CLAIMS = 256, 16, 5000
# A piece of texts is closed when it holds so many characters, or so many texts.
TEXT_CHARACTERS, TEXTS = 48_000, 64
# Speakers that the first load brings.
SPEAKERS = 2000
CERTAINTIES = ("asserted", "hedged", "conditional")
OUTCOMES = ("agrees", "differs", "contradicted", "cannot be checked")
# Days before the first publication that the slider may begin at; the share of claims that may lie outside.
_BEFORE, _OUTSIDE = 365, 0.01
_BRIEF = (
    *("id", "quote", "kind", "speaker", "side", "relays", "certainty", "polarity"),
    *("time", "places", "areas", "around"),
)


class Layout:
    """A record (`Page.record`) with its numbers. `rows` are the places' rows by id; `first` and `days` the
    span of days that the page can show; `bundles` the numbers of the documents in each piece of texts.
    """

    def __init__(self, record: Json, lengths: Sequence[int]) -> None:
        self.record = record
        self.claims: list[Json] = record["claims"]
        self.documents: list[Json] = record["documents"]
        self.rows: dict[int, int] = {place["id"]: row for row, place in enumerate(record["places"])}
        self.sides = sorted({c["side"] for c in self.claims if c["side"]})
        self.side = {side: number for number, side in enumerate(self.sides)}
        self.kinds = sorted({c["kind"] for c in self.claims})
        self.parties = {party["id"]: number for number, party in enumerate(record["parties"])}
        self.speakers = _ranked(c["speaker"] for c in self.claims)
        self.speaker = {name: number for number, name in enumerate(self.speakers)}
        self.outlets = _ranked(d["outlet"] for d in self.documents)
        self.outlet = {name: number for number, name in enumerate(self.outlets)}
        self.known = [as_day(d["published"]) or as_day(d["recorded"]) for d in self.documents]
        self.shards = SHARDS if len(self.claims) > FEW_CLAIMS else FEW_SHARDS
        self.first, self.days = self._span()
        self.bundles = _bundled(lengths)
        self.bundle = {i: number for number, bundle in enumerate(self.bundles) for i in bundle}
        self.against: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for pair in record["contradictions"]:
            self.against[pair["first"]].append((pair["second"], pair["reason"]))
            self.against[pair["second"]].append((pair["first"], pair["reason"]))

    def _span(self) -> tuple[dt.date, int]:
        told = [c for c in self.claims if c["kind"] != "background" and c["time"]]
        return span((day for day in self.known if day), (as_day(c["time"][0]) for c in told))

    def day(self, iso: str | None) -> int:
        """The number of a day, -1 where it is not told; days before the span count as its first."""
        found = as_day(iso)
        return -1 if found is None else self.number_of(found)

    def number_of(self, day: dt.date) -> int:
        """The number of a day; those outside the span count as its ends."""
        return min(max(0, (day - self.first).days), max(0, self.days - 1))

    def known_day(self, claim: Json) -> int:
        """The day on which a claim came out."""
        known = self.known[claim["document"]]
        return -1 if known is None else self.number_of(known)

    def span_of(self, claim: Json) -> tuple[int, int]:
        """The first and the last day that a claim speaks of, each -1 where it is open."""
        time = claim["time"] or (None, None)
        return self.day(time[0]), self.day(time[1])

    def brief(self, number: int) -> Json:
        """A claim in short, for lists in which it stands beside others."""
        claim = self.claims[number]
        kept = _BRIEF
        outlet = self.documents[claim["document"]]["outlet"]
        return {"number": number, **{name: claim[name] for name in kept}, "outlet": outlet}

    def is_current(self, claim: Json) -> bool:
        """Whether it stands in the latest revision of its text."""
        return bool(self.documents[claim["document"]]["latest"])


def span(known: Iterable[dt.date], spoken: Iterable[dt.date | None]) -> tuple[dt.date, int]:
    """The first day that a page shows, and how many: `known` are the days on which its documents came out,
    `spoken` the first days that its claims speak of.
    """
    came = sorted(known)
    if not came:
        return dt.date(2000, 1, 1), 0
    # What speaks of other years is a tail that would leave the slider empty for most of its length.
    days = sorted(day for day in spoken if day)
    early = days[int(len(days) * _OUTSIDE)] if days else came[0]
    first = max(min(came[0], early), came[0] - dt.timedelta(days=_BEFORE))
    return first, (came[-1] - first).days + 1


def as_day(iso: str | None) -> dt.date | None:
    """The day of an ISO date or moment; None for anything else."""
    try:
        return dt.date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _ranked(names: Iterable[str | None]) -> list[str]:
    """The names, the most frequent first, and of equals the one that came first."""
    return [name for name, _ in Counter(name for name in names if name).most_common()]


def _bundled(lengths: Sequence[int]) -> list[range]:
    """Runs of documents that share a piece, given the length of each one's text."""
    found: list[range] = []
    start = size = 0
    for number, length in enumerate(lengths):
        if number > start and (size + length > TEXT_CHARACTERS or number - start >= TEXTS):
            found.append(range(start, number))
            start, size = number, 0
        size += length
    return [*found, range(start, len(lengths))] if lengths else found
