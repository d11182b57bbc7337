"""Joins the rooms: targets to the ledger; the ledger to places, verdicts and the page. Prints nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from oskil.errors import InputError, SourceError
from oskil.records import Claim, Contradiction, Document, Place, Refusal, Toponym, Verdict

if TYPE_CHECKING:
    from oskil.checking import Case
    from oskil.conflict import ConflictProfile
    from oskil.ledger.filters import ClaimFilter
    from oskil.ledger.store import Ledger
    from oskil.places.interface import Gazetteer
    from oskil.reading.interface import Reader
    from oskil.sources.interface import Fetcher, Hints


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of one target. `reason` says why it was refused."""

    where: str
    status: Literal["new", "revision", "known", "refused"]
    document: Document | None = None
    claims: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """How targets are to be loaded: what the user states, standard input, and what the network may do."""

    hints: Hints
    stdin: BinaryIO | None = None
    allow_private: bool = False
    fetch: Fetcher | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the document that it stands in."""

    claim: Claim
    document: Document
    recorded_at: dt.datetime
    latest: bool

    @property
    def order(self) -> tuple[dt.date, str, int]:
        """By the day that is spoken of, then by publication, then by position in the text."""
        time = self.claim.time
        day = (time.first or time.last) if time else None
        day = day or self.document.published_on or dt.date.max
        start = self.claim.spans[0].start if self.claim.spans else 0
        return day, self.document.published or "", start


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with the claim that it is on."""

    verdict: Verdict
    told: Told


@dataclass(frozen=True, slots=True)
class Meant:
    """The place that a name was taken for, why, and the others of that name."""

    place: Place
    why: str
    namesakes: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceAccount:
    """All that is said of a place, in order, and what of it cannot both be true."""

    meant: Meant
    told: tuple[Told, ...]
    contradictions: tuple[Contradiction, ...] = field(default=())


def read_targets(
    targets: Iterable[str], ledger: Ledger, reader: Reader, given: Input, now: dt.datetime
) -> Iterator[Outcome]:
    """Load, read and store each target in turn; one that cannot be read is stored as a refusal.

    Raises LedgerError where the store cannot be written; what was stored before stays.
    """
    for target in targets:
        yield from _read_target(target, ledger, reader, given, now)


def _read_target(
    target: str, ledger: Ledger, reader: Reader, given: Input, now: dt.datetime
) -> Iterator[Outcome]:
    from oskil import sources

    try:
        loaded = sources.load(
            target, given.hints, stdin=given.stdin, allow_private=given.allow_private, fetch=given.fetch
        )
        readings = [(one, one.reading or reader.read(one.document)) for one in loaded]
    except SourceError as error:
        where = error.where or target
        ledger.refuse(Refusal(where, error.message), now)
        yield Outcome(where, "refused", reason=error.message)
        return
    for one, reading in readings:
        added = ledger.add(one.document, one.raw, reading, now)
        yield Outcome(target, added.status, one.document, added.claims)


def told(ledger: Ledger, wanted: ClaimFilter) -> list[Told]:
    """The claims that a filter lets through, each with its document, in the ledger's order."""
    documents: dict[str, Document] = {}
    found = []
    for stored in ledger.claims(wanted):
        key = stored.claim.document
        if key not in documents:
            documents[key] = ledger.document(key).document
        found.append(Told(stored.claim, documents[key], stored.recorded_at, stored.latest))
    return found


def place_meant(name: str, gazetteer: Gazetteer, profile: ConflictProfile, ledger: Ledger) -> Meant:
    """The place that a user means by a name: the one that the ledger speaks of most, else by the conflict's
    area and the population. A GeoNames id names a place outright. Raises InputError where there is none.
    """
    if name.lstrip("-").isdigit():
        place = gazetteer.get(int(name))
        if place is None:
            raise InputError("no place of the gazetteer has this id", name)
        return Meant(place, "its GeoNames id")
    candidates = gazetteer.search(name)
    if not candidates:
        raise InputError(_no_such_place(name, gazetteer), name)
    spoken_of = _times_spoken_of(candidates, ledger)

    def rank(place: Place) -> tuple[int, bool, int, int]:
        return -spoken_of[place.id], not _inside(place, profile), -place.population, place.id

    first, *others = sorted(candidates, key=rank)
    return Meant(first, _why(first, spoken_of[first.id], bool(others), profile), tuple(others))


def _times_spoken_of(candidates: Sequence[Place], ledger: Ledger) -> Counter[int]:
    from oskil.ledger.filters import ClaimFilter

    wanted = ClaimFilter(places=tuple(p.id for p in candidates))
    return Counter(place for s in ledger.claims(wanted) for place in {*s.claim.places, *s.claim.areas})


def _inside(place: Place, profile: ConflictProfile) -> bool:
    west, south, east, north = profile.bbox
    return west <= place.lon <= east and south <= place.lat <= north


def _why(place: Place, times: int, others: bool, profile: ConflictProfile) -> str:
    if not others:
        return "the only place of this name"
    if times:
        return f"the one that the ledger speaks of ({times} claim{'s' if times > 1 else ''})"
    if _inside(place, profile):
        return "the most populous of this name in the conflict's area"
    return "the most populous of this name"


def _no_such_place(name: str, gazetteer: Gazetteer) -> str:
    near = list(dict.fromkeys(place.name for place in gazetteer.sounds_like(name)))[:3]
    hint = f"; it sounds like {', '.join(near)}" if near else ""
    return f"the gazetteer has no place of this name{hint}"


def account_of(meant: Meant, ledger: Ledger, wanted: ClaimFilter) -> PlaceAccount:
    """What the ledger holds about a place under a filter, in the order of the days spoken of."""
    from oskil.weighing.contradictions import find

    found = sorted(told(ledger, replace(wanted, places=(meant.place.id,))), key=lambda t: t.order)
    days = {t.document.id: day for t in found if (day := t.document.published_on) is not None}
    return PlaceAccount(meant, tuple(found), find([t.claim for t in found], days))


def cases(ledger: Ledger, gazetteer: Gazetteer, claims: Iterable[Told]) -> Iterator[Case]:
    """What the checks look at: each claim with its document and the places that were found in it."""
    from oskil.checking import Case

    toponyms: dict[str, Sequence[Toponym]] = {}
    for one in claims:
        key = one.document.id
        if key not in toponyms:
            toponyms[key] = ledger.reading(key).toponyms
        yield Case(claim=one.claim, document=one.document, toponyms=toponyms[key], gazetteer=gazetteer)


def verdicts(ledger: Ledger, gazetteer: Gazetteer, wanted: ClaimFilter) -> list[Checked]:
    """Every verdict on the claims that a filter lets through, in the claims' order."""
    from oskil import checking

    found = {one.claim.id: one for one in told(ledger, wanted)}
    made = checking.run(cases(ledger, gazetteer, found.values()))
    return [Checked(verdict, found[verdict.claim]) for verdict in made]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a page is written; the fields are those of `oskil.publishing.site.publish`."""

    final: bool = False
    title: str | None = None
    delay_hours: float | None = None
    protect: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


def publish(
    ledger: Ledger, gazetteer: Gazetteer, folder: Path, profile: ConflictProfile, manner: Manner
) -> Path:
    """Write the page into a folder; returns the file to open. Raises PublishError."""
    from oskil.publishing import site

    return site.publish(
        ledger,
        gazetteer,
        folder,
        profile=profile,
        final=manner.final,
        title=manner.title,
        delay_hours=manner.delay_hours,
        protect=manner.protect,
        withhold=manner.withhold,
        keep=manner.keep,
    )
