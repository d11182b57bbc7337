"""Claims, documents and places of the ledger as plain data for answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any

from oskil.ledger.filters import ClaimFilter, as_written
from oskil.ledger.store import Ledger
from oskil.ledger.stored import StoredClaim, StoredDocument
from oskil.places.interface import Gazetteer
from oskil.publishing.api.serving import Serving
from oskil.publishing.exports.geojson import geometry
from oskil.publishing.json_records import claim_record, place_record
from oskil.records import Document, Place

# Heads of documents, and names of places, that are remembered.
_HEADS = 20_000


@dataclass(frozen=True, slots=True)
class _Told:
    claim: Any
    document: Document
    recorded_at: Any
    latest: bool


class Listings:
    """Looks things up for the routes."""

    def __init__(self, serving: Serving) -> None:
        self.ledger: Ledger = serving.ledger
        self.gazetteer: Gazetteer = serving.gazetteer
        self._heads: OrderedDict[str, Document] = OrderedDict()
        self._sides: set[str] = set()
        self._lock = Lock()
        self._name = lru_cache(_HEADS)(self._name_of)

    def claims(self, wanted: ClaimFilter) -> tuple[list[dict[str, Any]], list[StoredClaim]]:
        """The claims that a filter lets through, as records and as stored."""
        stored = self.ledger.claims(wanted)
        return list(self.records(stored)), stored

    def records(self, stored: Iterable[StoredClaim]) -> Iterator[dict[str, Any]]:
        """Stored claims with their documents, as `oskil claims --format json` writes them."""
        found = list(stored)
        heads = self._heads_of({one.claim.document for one in found})
        for one in found:
            told = _Told(one.claim, heads[one.claim.document], one.recorded_at, one.latest)
            yield claim_record(told, self._name)

    def forget(self) -> None:
        """Called when the ledger has new entries: one of them may correct what is said of a document."""
        with self._lock:
            self._heads.clear()
            self._sides = set()

    def side(self, given: str | None) -> str | None:
        """A side as the ledger writes it, whatever its case; one that nobody in it is on stays as it is."""
        if given is None:
            return None
        with self._lock:
            if not self._sides:
                self._sides = self.ledger.sides()
            return as_written(given, self._sides) or given

    def documents(self, latest: bool, limit: int, offset: int) -> list[dict[str, Any]]:
        """Heads of documents in the order of recording."""
        return [document_head(s) for s in self.ledger.documents(latest, limit=limit, offset=offset)]

    def places(self, name: str) -> list[dict[str, Any]]:
        """The places that bear a name."""
        return [place_record(p) for p in self.gazetteer.search(name)]

    def points(self, stored: Sequence[StoredClaim]) -> list[list[Place]]:
        """The settlements of each claim."""
        found = [[self.gazetteer.get(i) for i in one.claim.places] for one in stored]
        return [[p for p in places if p is not None and p.kind == "settlement"] for places in found]

    def _heads_of(self, ids: set[str]) -> dict[str, Document]:
        """Documents without their texts and parts, by id; those not remembered are looked up together."""
        with self._lock:
            heads = {i: self._heads[i] for i in ids if i in self._heads}
        missing = ids - heads.keys()
        if missing:
            new = {i: _bare(s.document) for i, s in self.ledger.documents_of(missing).items()}
            heads |= new
            with self._lock:
                self._heads |= new
                while len(self._heads) > _HEADS:
                    self._heads.popitem(last=False)
        return heads

    def _name_of(self, place_id: int) -> str:
        place = self.gazetteer.get(place_id)
        return place.name if place else str(place_id)


def _bare(document: Document) -> Document:
    return replace(document, text="", parts=(), links=())


def document_head(stored: StoredDocument) -> dict[str, Any]:
    """A document without its text."""
    document = stored.document
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "authors": list(document.authors),
        "published": document.published,
        "url": document.url,
        "language": document.language,
        "medium": document.medium,
        "revision": stored.revision,
        "latest": stored.latest,
        "recorded_at": stored.recorded_at.isoformat(),
        "raw_sha256": document.raw_sha256,
    }


def features(records: Sequence[dict[str, Any]], points: Sequence[Sequence[Place]]) -> dict[str, Any]:
    """Claims as a GeoJSON FeatureCollection; one about several settlements is a multipoint."""
    made = [
        {
            "type": "Feature",
            "id": record["id"],
            "geometry": geometry([(p.lon, p.lat) for p in places]),
            "properties": record,
        }
        for record, places in zip(records, points, strict=True)
    ]
    return {"type": "FeatureCollection", "features": made}
