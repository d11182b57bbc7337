"""What a page shows, as plain data: redacted and snapped here, before any file is written."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from oskil.checking.units import named
from oskil.conflict.profile import ConflictProfile
from oskil.places.interface import Gazetteer
from oskil.publishing import basemap, holders, redaction, safety, workings
from oskil.publishing.marking import Block, blocks
from oskil.publishing.material import Material, Read
from oskil.publishing.redaction import Redactor
from oskil.publishing.revisions import differences
from oskil.publishing.text import visible, web_address, without_folders
from oskil.records import (
    Claim,
    Document,
    Part,
    Place,
    Quantity,
    Refusal,
    Span,
    Toponym,
)

# Characters of a text shown on each side of a name.
_AROUND = 70
# Mentions of one place that are shown.
_MENTIONS = 50
# Short strings whose redacted form is kept in mind.
_KEPT_WORDS = 1 << 16
# Other names of a place in one script that the search knows.
_NAMES = 4
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Names that stand for a government or a people: nothing is said of the place.
_NO_MENTION = frozenset({"metonym", "demonym", "embedded"})


@dataclass(frozen=True, slots=True)
class Page:
    """The data of a page: the record as a whole, each document's text by its number, and the pictures of
    the verdicts' workings, as SVG by the verdict's id.
    """

    record: dict[str, Any]
    texts: list[dict[str, Any]]
    redactor: Redactor
    pictures: dict[str, str]


def build(
    material: Material,
    gazetteer: Gazetteer,
    profile: ConflictProfile,
    options: safety.Safety,
    redactor: Redactor,
) -> Page:
    """Put the page's data together. Pure: the same material gives the same page."""
    return _Builder(material, gazetteer, profile, options, redactor).page()


class _Builder:
    def __init__(
        self,
        material: Material,
        gazetteer: Gazetteer,
        profile: ConflictProfile,
        options: safety.Safety,
        redactor: Redactor,
    ) -> None:
        self.material, self.gazetteer, self.profile, self.options = material, gazetteer, profile, options
        self.redactor = redactor
        # Names and reasons come again and again, and each is searched for all that is withheld.
        self._shown_words = lru_cache(_KEPT_WORDS)(lambda text: visible(redactor.redact(text)))
        self._shown_name = lru_cache(_KEPT_WORDS)(lambda name: visible(redactor.name(name)))
        self.read = list(material.read)
        self.claims = [c for r in self.read for c in r.reading.claims]
        self.latest = [c for r in self.read if r.stored.latest for c in r.reading.claims]
        self.number = {c.id: i for i, c in enumerate(self.claims)}
        self.document_number = {r.stored.document.id: i for i, r in enumerate(self.read)}
        self.short_document = shortened([r.stored.document.id for r in self.read])
        self.short_claim = shortened([c.id for c in self.claims])
        self.texts = {r.stored.document.id: self._shown_text(r.stored.document) for r in self.read}
        self.verdicts = [v for v in material.verdicts if v.claim in self.number]
        self.verdict_ids = workings.ids([(self.short_claim[v.claim], v.check) for v in self.verdicts])
        self.coarse = safety.protected_places(self.claims, options.protect, profile)
        self.verdicts_of = _indexed((i, (v.claim,)) for i, v in enumerate(self.verdicts))
        self.pairs = [p for p in material.contradictions if {p.first, p.second} <= self.number.keys()]
        self.pairs_of = _indexed((i, (p.first, p.second)) for i, p in enumerate(self.pairs))
        self.families = self._families()

    def page(self) -> Page:
        shown = workings.Workings(self.claims, self.coarse, self._words)
        entries = [
            {"number": number, **shown.entry(name, self.number[v.claim], v)}
            for number, (name, v) in enumerate(zip(self.verdict_ids, self.verdicts, strict=True))
        ]
        places = self._places()
        claimed = {i for c in self.claims for i in c.places}
        ground = basemap.frame([p for p in places if p.id in claimed], self.profile.bbox)
        taken = [p for p in places if p.kind == "settlement"]
        record: dict[str, Any] = {
            "parties": [{"id": p.id, "name": visible(p.name)} for p in self.profile.parties],
            "documents": [self._document(r) for r in self.read],
            "claims": [self._claim(c) for c in self.claims],
            "places": self._place_entries(places),
            "contradictions": [
                {
                    "first": self.number[p.first],
                    "second": self.number[p.second],
                    "reason": self._words(p.reason),
                }
                for p in self.pairs
            ],
            "verdicts": entries,
            "names": {p.id: self._other_names(p) for p in places},
            "unplaced": self._unplaced(),
            "refusals": [self._refusal(r, at) for r, at in self.material.refusals],
            "held": self.material.held,
            "withheld": self.redactor.count,
            "ground": [
                [visible(p.name), *self._point(p, safety.rules().grid_degrees), p.population]
                for p in basemap.settlements(self.gazetteer, ground, taken)
                if not self.redactor.leaks(p.name)
            ],
            "frame": [round(x, 3) for x in (ground.west, ground.south, ground.east, ground.north)],
        }
        texts = [self._text(r) for r in self.read]
        return Page(record, texts, self.redactor, shown.pictures)

    def _words(self, text: str | None) -> str:
        return self._shown_words(text or "")

    def _name(self, text: str | None) -> str | None:
        return self._shown_name(text) if text else None

    def _document(self, read: Read) -> dict[str, Any]:
        document, stored = read.stored.document, read.stored
        return {
            "number": self.document_number[document.id],
            "id": self.short_document[document.id],
            "title": self._words(document.title) or self._words(_first_words(document.text)),
            "outlet": self._name(document.outlet),
            "authors": [self._name(a) for a in document.authors],
            "published": self._words(document.published) or None,
            "dated": self._words(document.found.get("published", "")).rsplit("/", 1)[-1],
            "url": self._address(document.url),
            "language": self._words(document.language) or None,
            "medium": document.medium,
            "revision": stored.revision,
            "latest": stored.latest,
            "recorded": stored.recorded_at.isoformat(timespec="seconds"),
            "reader": self._words(read.reading.reader),
            "claims": [self.number[c.id] for c in read.reading.claims],
            "family": self._family(read),
        }

    def _families(self) -> dict[str, list[int]]:
        """The numbers of all revisions of each text by its key, oldest first."""
        by_key: defaultdict[str, list[Read]] = defaultdict(list)
        for read in self.read:
            by_key[read.stored.document.key].append(read)
        return {
            key: [self.document_number[r.stored.document.id] for r in sorted(same, key=_revision)]
            for key, same in by_key.items()
        }

    def _family(self, read: Read) -> list[int]:
        return self.families[read.stored.document.key]

    def _address(self, url: str | None) -> str | None:
        address = web_address(url)
        if address is None or visible(address) != address:
            return None
        return None if self.redactor.leaks(address) else address

    def _claim(self, claim: Claim) -> dict[str, Any]:
        period = claim.time
        return {
            "number": self.number[claim.id],
            "id": self.short_claim[claim.id],
            "document": self.document_number[claim.document],
            "quote": self._quote(claim),
            "kind": claim.kind,
            "speaker": self._name(claim.speaker),
            "side": claim.side,
            "relays": [self._name(r) for r in claim.relays],
            "certainty": claim.certainty,
            "polarity": claim.polarity,
            "places": list(claim.places),
            "areas": list(claim.areas),
            "around": list(claim.around),
            "time": [_iso(period.first), _iso(period.last)] if period else None,
            "holder": claim.holder,
            "quantities": [_quantity(q) for q in claim.quantities],
            "evidence": claim.evidence,
            "verdicts": self.verdicts_of[claim.id],
            "contradictions": self.pairs_of[claim.id],
            "witnesses": self._witnesses(claim),
        }

    def _witnesses(self, claim: Claim) -> dict[str, Any] | None:
        """How many outlets and origins a claim's proposition has, and who the origins are."""
        proposition = self.material.witnesses.get(claim.id)
        if proposition is None:
            return None
        names = [self._name(origin.name) for origin in proposition.origins]
        return {"outlets": len(proposition.outlets), "origins": names}

    def _quote(self, claim: Claim) -> str:
        """The claim's words as the page's text has them, with dots where words between are left out."""
        text, edits = self.texts[claim.document]
        pieces = [" ".join(text[s.start : s.end].split()) for s in (_move(s, edits) for s in claim.spans)]
        return " … ".join(piece for piece in pieces if piece)

    def _stops(self, read: Read, edits: redaction.Edits) -> dict[int, list[int]]:
        """The numbers of the verdicts to mark in a text, by the offset behind the words that they are on."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number in (n for claim in read.reading.claims for n in self.verdicts_of[claim.id]):
            if (at := self.verdicts[number].at) is not None:
                found[_move(at, edits).end].append(number)
        return found

    def _places(self) -> list[Place]:
        """Every place that a claim is about or a text names, the first spoken of first."""
        found: dict[int, Place | None] = {}
        for read in self.read:
            for claim in read.reading.claims:
                for place_id in (*claim.places, *claim.areas):
                    if place_id not in found:
                        found[place_id] = self.gazetteer.get(place_id)
            for name in _named(read):
                if name.place and found.get(name.place.id) is None:
                    found[name.place.id] = name.place
        return [place for place in found.values() if place]

    def _other_names(self, place: Place) -> list[str]:
        """A few names by which somebody may look for a place, in each script."""
        told = (n for n in self.gazetteer.names(place.id) if n != place.name and not self.redactor.leaks(n))
        names = dict.fromkeys(visible(name) for name in told)
        cyrillic = [name for name in names if _CYRILLIC.search(name)]
        latin = [name for name in names if name.isascii()]
        return [*cyrillic[:_NAMES], *latin[:_NAMES]]

    def _place_entries(self, places: Sequence[Place]) -> list[dict[str, Any]]:
        days = {r.stored.document.id: r.stored.document.published_on for r in self.read}
        about: defaultdict[int, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            for place_id in dict.fromkeys((*claim.places, *claim.areas)):
                about[place_id].append(claim)
        mentions = self._mentions()
        current = {c.id for c in self.latest}
        return [
            self._place(
                place,
                about[place.id],
                holders.said_to_hold(place.id, [c for c in about[place.id] if c.id in current], days),
                mentions[place.id],
                protected=place.id in self.coarse,
            )
            for place in places
        ]

    def _place(
        self,
        place: Place,
        claims: Sequence[Claim],
        holding: holders.Holding,
        mentions: Sequence[tuple[int, str, str]],
        *,
        protected: bool,
    ) -> dict[str, Any]:
        grid = safety.rules().protected_grid_degrees if protected else safety.rules().grid_degrees
        return {
            "id": place.id,
            "name": self._words(place.name),
            "kind": place.kind,
            "country": place.country,
            "population": place.population,
            # What is only named has no point: a map of it would show where ministers sit.
            "point": self._point(place, grid) if place.kind == "settlement" and claims else None,
            "coarse": protected,
            "claims": [self.number[c.id] for c in claims],
            "mentions": [[d, snippet] for d, snippet, _ in mentions],
            "why": sorted({why for _, _, why in mentions if why}),
            "standing": holding.standing,
            "holders": list(holding.holders),
            "by": [self.number[i] for i in holding.claims],
            "day": _iso(holding.day),
        }

    def _point(self, place: Place, grid: float) -> list[float]:
        return [safety.snap(place.lon, grid), safety.snap(place.lat, grid)]

    def _mentions(self) -> defaultdict[int, list[tuple[int, str, str]]]:
        found: defaultdict[int, list[tuple[int, str, str]]] = defaultdict(list)
        for number, read in enumerate(self.read):
            if not read.stored.latest:
                continue
            text = read.stored.document.text
            for name in _named(read):
                if name.place and len(found[name.place.id]) < _MENTIONS:
                    snippet = self._snippet(text, name.span)
                    found[name.place.id].append((number, snippet, self._words(name.why)))
        return found

    def _snippet(self, text: str, span: Span) -> str:
        """The words around a name, cut at spaces and within its paragraph."""
        start = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
        stop = text.find("\n", span.end)
        end = min(len(text) if stop < 0 else stop, span.end + _AROUND)
        if start > 0 and not text[start - 1].isspace():
            start = max(start, text.find(" ", start, span.start) + 1)
        if end < len(text) and not text[end].isspace():
            end = max(span.end, text.rfind(" ", span.end, end))
        return self._words(text[start:end].strip())

    def _unplaced(self) -> list[dict[str, Any]]:
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for number, read in enumerate(self.read):
            if not read.stored.latest:
                continue
            for name in _named(read):
                if name.place is None:
                    entry = found.setdefault(
                        (name.phrase, name.reason),
                        {"phrase": self._words(name.phrase), "reason": self._words(name.reason), "at": []},
                    )
                    entry["at"].append([number, self._snippet(read.stored.document.text, name.span)])
        return list(found.values())

    def _refusal(self, refusal: Refusal, at: dt.datetime) -> dict[str, str]:
        where = without_folders(refusal.where)
        reason = refusal.reason.replace(refusal.where, where)
        return {
            "where": self._words(where),
            "reason": self._words(reason),
            "at": at.isoformat(timespec="seconds"),
        }

    def _text(self, read: Read) -> dict[str, Any]:
        document = read.stored.document
        text, edits = self.texts[document.id]
        parts = [self._part(p, _move(p.span, edits)) for p in document.parts]
        numbers = [self.number[c.id] for c in read.reading.claims]
        spans = [[_move(s, edits) for s in c.spans] for c in read.reading.claims]
        cut = blocks(text, parts, spans, self._stops(read, edits))
        return {
            "id": self.short_document[document.id],
            "blocks": [_block(b, numbers) for b in cut],
            "changes": self._changes(read, text),
        }

    def _shown_text(self, document: Document) -> tuple[str, redaction.Edits]:
        edits = self.redactor.edits(document.text)
        return visible(redaction.apply_edits(document.text, edits)), edits

    def _part(self, part: Part, span: Span) -> Part:
        return Part(span.start, span.end, part.role, self._name(part.by), self._name(part.via))

    def _changes(self, read: Read, text: str) -> list[tuple[str, str]]:
        """The word diff from the revision before, empty for a first one."""
        family = self._family(read)
        at = family.index(self.document_number[read.stored.document.id])
        if at == 0:
            return []
        before, _ = self.texts[self.read[family[at - 1]].stored.document.id]
        return list(differences(before, text))


def _named(read: Read) -> list[Toponym]:
    """The names of a text that speak of a place."""
    return [t for t in read.reading.toponyms if t.relation not in _NO_MENTION]


def shortened(ids: Iterable[str], least: int = 10) -> dict[str, str]:
    """Each id cut to the shortest common length, at least `least`, at which all differ."""
    whole = list(dict.fromkeys(ids))
    length = least
    while len({i[:length] for i in whole}) < len(whole):
        length += 1
    return {i: i[:length] for i in whole}


def _revision(read: Read) -> int:
    return read.stored.revision


def _indexed(keyed: Iterable[tuple[int, Iterable[str]]]) -> defaultdict[str, list[int]]:
    """The numbers by each of their keys."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, keys in keyed:
        for key in keys:
            found[key].append(number)
    return found


def _first_words(text: str) -> str:
    line = next((s.strip() for s in text.splitlines() if s.strip()), "Untitled")
    return line if len(line) <= 90 else line[:90].rsplit(" ", 1)[0] + " …"


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "value": quantity.value,
        "unit": quantity.unit,
        "comparator": visible(quantity.comparator),
        "converted": [quantity.converted[0], named(quantity.converted[1])] if quantity.converted else None,
    }


def _move(span: Span, edits: redaction.Edits) -> Span:
    """Where a span of the text as stored lies in the text as shown."""
    return Span(redaction.moved(span.start, edits, end=False), redaction.moved(span.end, edits, end=True))


def _block(block: Block, numbers: Sequence[int]) -> dict[str, Any]:
    return {
        "role": block.role,
        "by": block.by,
        "via": block.via,
        "part": block.part,
        "pieces": [[p.text, [numbers[i] for i in p.claims]] for p in block.pieces],
        "marks": [[piece, list(marks)] for piece, marks in block.stops],
    }


def counts(record: Mapping[str, Any]) -> dict[str, int]:
    """How much the page holds, of the latest revisions."""
    latest = {i for i, d in enumerate(record["documents"]) if d["latest"]}
    claims = [c for c in record["claims"] if c["document"] in latest]
    return {
        "documents": len(latest),
        "claims": len(claims),
        "speakers": len({c["speaker"] for c in claims if c["speaker"]}),
        "places": sum(1 for p in record["places"] if p["claims"] and p["kind"] == "settlement"),
        "contradictions": len(record["contradictions"]),
        "verdicts": len(record["verdicts"]),
    }
