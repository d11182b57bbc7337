"""From the ledger to entries that may be given away: filtered, redacted, snapped, checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata

from oskil.checking.data import EMPTY, Data
from oskil.checking.others import Others
from oskil.conflict.profile import ConflictProfile
from oskil.ledger.filters import ClaimFilter
from oskil.ledger.store import Ledger
from oskil.places.interface import Gazetteer
from oskil.publishing import redaction, safety
from oskil.publishing.exports.interface import Collection, Entry, Spot, Text
from oskil.publishing.interface import Stored
from oskil.publishing.people import People
from oskil.publishing.text import visible, web_address
from oskil.records import Claim, Place, Reading, Verdict

# Characters on each side of a quotation: what the W3C's quotation selector needs to find it again.
_AROUND = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be exported and under which rules; `hxl` adds the row of hashtags to tables."""

    claims: ClaimFilter = ClaimFilter()
    options: safety.Safety = safety.Safety()
    title: str | None = None
    hxl: bool = False
    checked: bool = False


def collect(
    ledger: Ledger,
    gazetteer: Gazetteer,
    profile: ConflictProfile,
    asked: Asked,
    now: dt.datetime,
    data: Data = EMPTY,
) -> Collection:
    """The claims that a filter lets through, as they may be given away at the moment `now`.

    Of `data` the checks see maps, lists and layers; claims are held against those alone that are given away.
    """
    stored = {
        s.document.id: s
        for s in ledger.documents(latest=False)
        if not safety.held_back(s, now, asked.options.hours)
    }
    claims = [s.claim for s in ledger.claims(asked.claims) if s.claim.document in stored]
    readings = ledger.readings_of(dict.fromkeys(c.document for c in claims))
    maker = _Maker(stored, readings, gazetteer, profile, asked, data)
    return Collection(
        title=visible(asked.title or profile.name),
        made_at=now.astimezone(dt.UTC).replace(microsecond=0),
        version=metadata.version("oskil"),
        draft=not asked.options.final,
        gazetteer=gazetteer.source,
        entries=tuple(maker.entries(claims)),
        hxl=asked.hxl,
    )


class _Maker:
    """Makes entries; holds what all of them share."""

    def __init__(
        self,
        stored: Mapping[str, Stored],
        readings: Mapping[str, Reading],
        gazetteer: Gazetteer,
        profile: ConflictProfile,
        asked: Asked,
        data: Data,
    ) -> None:
        self._stored, self._readings, self._gazetteer = stored, readings, gazetteer
        self._profile, self._asked, self._data = profile, asked, data
        people = People(profile, gazetteer, asked.options.keep)
        material = [(stored[i].document, reading) for i, reading in readings.items()]
        self._redactor = redaction.build(material, people, asked.options.withhold)

    def entries(self, claims: Sequence[Claim]) -> Iterator[Entry]:
        coarse = safety.protected_places(claims, self._asked.options.protect, self._profile)
        verdicts = self._verdicts(claims) if self._asked.checked else {}
        texts = {i: self._text(self._stored[i]) for i in self._readings}
        for claim in claims:
            body = self._stored[claim.document].document.text
            start, end = claim.spans[0].start, claim.spans[-1].end
            yield Entry(
                claim=self._redacted(claim),
                text=texts[claim.document],
                spots=tuple(self._spots(claim, coarse)),
                before=self._words(body[max(0, start - _AROUND) : start]),
                after=self._words(body[end : end + _AROUND]),
                verdicts=tuple(self._shown(v) for v in verdicts.get(claim.id, ())),
            )

    def _words(self, text: str) -> str:
        return visible(self._redactor.redact(text))

    def _name(self, name: str | None) -> str | None:
        return visible(self._redactor.name(name)) if name else None

    def _redacted(self, claim: Claim) -> Claim:
        return replace(
            claim,
            quote=self._words(claim.quote),
            speaker=self._name(claim.speaker),
            relays=tuple(visible(self._redactor.name(r)) for r in claim.relays),
        )

    def _shown(self, verdict: Verdict) -> Verdict:
        return replace(
            verdict,
            stated=self._words(verdict.stated),
            found=self._words(verdict.found),
            reason=self._words(verdict.reason),
            method=self._words(verdict.method),
            tolerance=self._words(verdict.tolerance),
        )

    def _text(self, stored: Stored) -> Text:
        document = stored.document
        url = web_address(document.url)
        hidden = url is None or visible(url) != url or bool(self._redactor.leaks(url))
        return Text(
            id=document.id,
            title=self._words(document.title or ""),
            outlet=self._name(document.outlet),
            url=None if hidden else url,
            published=self._words(document.published or "") or None,
            language=self._words(document.language or "") or None,
            revision=stored.revision,
            recorded_at=stored.recorded_at,
            sha256=document.raw_sha256,
        )

    def _spots(self, claim: Claim, coarse: set[int]) -> Iterator[Spot]:
        for place_id in dict.fromkeys((*claim.places, *claim.areas)):
            if place := self._gazetteer.get(place_id):
                yield _spot(place, place_id in claim.around, place_id in coarse)

    def _verdicts(self, claims: Sequence[Claim]) -> dict[str, list[Verdict]]:
        from oskil import checking
        from oskil.checking.cases import cases

        pairs = [(c, self._stored[c.document].document) for c in claims]
        # A verdict names what a claim is held against: that may be nothing that is held back.
        data = replace(self._data, others=Others(pairs))
        made = cases(pairs, lambda i: self._readings[i].toponyms, self._gazetteer, data, self._profile)
        found: dict[str, list[Verdict]] = {}
        for verdict in checking.run(made):
            found.setdefault(verdict.claim, []).append(verdict)
        return found


def _spot(place: Place, around: bool, coarse: bool) -> Spot:
    rules = safety.rules()
    grid = rules.protected_grid_degrees if coarse else rules.grid_degrees
    pointed = place.kind == "settlement"
    return Spot(
        id=place.id,
        name=visible(place.name),
        kind=place.kind,
        lat=safety.snap(place.lat, grid) if pointed else None,
        lon=safety.snap(place.lon, grid) if pointed else None,
        country=place.country,
        region=place.region,
        around=around,
        coarse=coarse,
    )
