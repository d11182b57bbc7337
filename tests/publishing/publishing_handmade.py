# ruff: noqa: E501 (the texts stand as reports are written, a paragraph a line)
"""A small record made by hand: a ledger, a gazetteer and a conflict, without reading anything."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from oskil.conflict.profile import Actor, ConflictProfile, Party
from oskil.records import (
    Claim,
    DataSource,
    Document,
    Part,
    Period,
    Place,
    Quantity,
    Reading,
    Refusal,
    Span,
    Toponym,
    Verdict,
    quotation,
)

DAY = dt.date(2022, 9, 8)
NOW = dt.datetime(2022, 9, 20, 12, 0, tzinfo=dt.UTC)

PLACES = (
    Place(1, "Varnik", "settlement", 49.4621, 36.8566, "XA", "07", 27_000),
    Place(2, "Ostrava Lug", "settlement", 49.7106, 37.6152, "XA", "07", 29_000),
    Place(3, "Great Holm", "settlement", 49.9808, 36.2527, "XA", "07", 1_430_000),
    Place(4, "Senna", "settlement", 49.6959, 37.1731, "XA", "07", 6_800),
    Place(5, "Izmar", "settlement", 49.2088, 37.2484, "XA", "07", 45_000),
    Place(6, "Chuhla", "settlement", 49.8358, 36.6804, "XA", "07", 31_000),
    Place(7, "Volchik", "settlement", 50.2884, 36.9461, "XA", "07", 17_000),
    Place(8, "Holm Region", "region", 49.5, 36.5, "XA", "07", 0),
    Place(9, "Arden", "country", 49.0, 32.0, "XA"),
    Place(10, "Merefa Sloboda", "settlement", 49.8208, 36.0568, "XA", "07", 21_000),
    Place(11, "Lozna", "settlement", 48.8894, 36.3176, "XA", "07", 54_000),
)

PROFILE = ConflictProfile(
    id="test-war",
    name="The war between Arden and Bork",
    timezone="Europe/Kyiv",
    bbox=(30.0, 44.0, 42.0, 53.0),
    countries=("XA", "XB"),
    parties=(
        Party("AR", "Arden", ("Arden", "Ardenian"), "XA"),
        Party("BO", "Bork", ("Bork", "Borkian"), "XB"),
    ),
    actors=(
        Actor(("Olek Gromm", "Gromm"), "person", "AR", title="general"),
        Actor(("Viktor Ganz", "Ganz"), "person", "BO", title="official"),
        Actor(("Northern Wire",), "outlet", "independent", agency=True),
        Actor(("The Daily Courier", "Daily Courier"), "outlet", "independent"),
        Actor(("Telegram",), "platform", None),
    ),
)

REPORT = """Arden says it has retaken Varnik

Update: Arden on Thursday night announced it had fully retaken Varnik.

Borkian forces appeared to be falling back towards Ostrava Lug, a town 76 kilometers northeast of Varnik, on Thursday.

"Our units have moved forward by up to 50 kilometers in the Holm Region," General Olek Gromm told reporters, Northern Wire reported.

Viktor Ganz, the head of the Bork-installed administration, denied it. "The town is under our control," Ganz said, according to Telegram.

Borkian shelling killed two people in Senna, said Mira Tolvan, a nurse at the local clinic. If the road is cut, the troops at Izmar would be lost, Tolvan said.

Embed: Flags over the town hall in Varnik this evening

— Quiet Heron (@QuietHeron77) September 8, 2022

A resident of Zelenyi Khutir saw columns leaving at dawn. See https://t.me/quietheron/120 for more.

Subscribe to our newsletter"""

REVISED = REPORT.replace("killed two people", "killed three people").replace(" at dawn", " before dawn")

SUMMARY = """Evening summary of the Ardenian General Command

Ardenian soldiers hold Varnik and Senna as of 9 September 2022.

Borkian troops still hold Izmar, analysts of the Front Observatory assess."""


@dataclass
class Stored:
    document: Document
    recorded_at: dt.datetime
    revision: int = 1
    latest: bool = True


@dataclass
class FakeLedger:
    """Has the methods that publishing asks for."""

    stored: list[Stored] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    refused: list[tuple[Refusal, dt.datetime]] = field(default_factory=list)

    def documents(self, latest: bool = True) -> list[Stored]:
        return [s for s in self.stored if s.latest or not latest]

    def readings_of(self, ids: Iterable[str]) -> dict[str, Reading]:
        return {id: self.readings[id] for id in ids}

    def refusals(self) -> list[tuple[Refusal, dt.datetime]]:
        return self.refused

    def add(self, document: Document, reading: Reading, revision: int = 1, latest: bool = True) -> None:
        self.stored.append(Stored(document, NOW - dt.timedelta(days=5), revision, latest))
        self.readings[document.id] = reading


class FakeGazetteer:
    def __init__(self, places: Sequence[Place] = PLACES) -> None:
        self._places = {p.id: p for p in places}

    @property
    def source(self) -> DataSource:
        return DataSource("handmade", "1", "0" * 64)

    def search(self, name: str) -> Sequence[Place]:
        return [p for p in self._places.values() if p.name.lower() == name.lower()]

    def get(self, place_id: int) -> Place | None:
        return self._places.get(place_id)

    def names(self, place_id: int) -> Sequence[str]:
        return [self._places[place_id].name]

    def near(self, lat: float, lon: float, km: float) -> Sequence[tuple[float, Place]]:
        far = [(math.hypot(p.lat - lat, (p.lon - lon) * 0.65) * 111, p) for p in self._places.values()]
        return sorted(((d, p) for d, p in far if d <= km and p.kind == "settlement"), key=lambda f: f[0])

    def by_population(self, country: str, limit: int) -> Sequence[Place]:
        return sorted(self._places.values(), key=lambda p: -p.population)[:limit]


def digest(*words: str) -> str:
    return hashlib.sha256("\x00".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def document(text: str, key: str, **fields: object) -> Document:
    defaults: dict[str, object] = {
        "outlet": "The Daily Courier",
        "published": "2022-09-08T22:10:00+03:00",
        "url": f"https://courier.example/{key}",
        "language": "en",
        "title": text.splitlines()[0] if text else None,
        "found": {"published": "meta article:published_time"},
    }
    return Document(id=digest(key, text), key=key, text=text, **{**defaults, **fields})  # type: ignore[arg-type]


def spans(text: str, *quotes: str) -> tuple[Span, ...]:
    found, at = [], 0
    for quote in quotes:
        at = text.index(quote, at)
        found.append(Span(at, at + len(quote)))
        at += len(quote)
    return tuple(found)


def claim(of: Document, quote: str, kind: str, **fields: object) -> Claim:
    """A claim whose quote stands in the text; " … " joins the pieces of a discontinuous one."""
    pieces = quote.split(" … ")
    return Claim(
        id=digest(of.id, quote, kind),
        document=of.id,
        quote=quotation(of.text, spans(of.text, *pieces)),
        spans=spans(of.text, *pieces),
        kind=kind,
        **fields,  # type: ignore[arg-type]
    )


def toponyms(of: Document, unplaced: str = "Zelenyi Khutir") -> tuple[Toponym, ...]:
    found = []
    for place in PLACES:
        for match in re.finditer(re.escape(place.name) + r"(?!\w)", of.text):
            start, end = match.span()
            why = "the only place of that name"
            found.append(Toponym(start=start, end=end, phrase=place.name, place=place, why=why))
    found.sort(key=lambda t: t.start)
    start = of.text.find(unplaced)
    if start >= 0:
        reason = "no place of that name in the gazetteer"
        found.append(Toponym(start=start, end=start + len(unplaced), phrase=unplaced, reason=reason))
    return tuple(found)


def report(text: str = REPORT) -> tuple[Document, Reading]:
    on_day = Period(DAY, DAY)

    def part(words: str, role: str, **fields: str) -> Part:
        start = text.index(words)
        return Part(start, start + len(words), role, **fields)  # type: ignore[arg-type]

    embed = text[text.index("Flags over") : text.index("September 8, 2022") + len("September 8, 2022")]
    parts = (
        part(text.splitlines()[0], "title"),
        part("Update: Arden on Thursday night announced it had fully retaken Varnik.", "update"),
        part(embed, "embed", by="@QuietHeron77", via="Twitter"),
        part("Subscribe to our newsletter", "boilerplate"),
    )
    doc = document(text, "retaken", parts=parts, authors=("Jan Aller",))
    killed = "killed three people" if "three people" in text else "killed two people"
    claims = (
        claim(
            doc,
            "Arden on Thursday night announced it had fully retaken Varnik",
            "control",
            speaker="Arden",
            side="AR",
            places=(1,),
            time=on_day,
            holder="AR",
        ),
        claim(
            doc,
            "Borkian forces appeared to be falling back towards Ostrava Lug … on Thursday",
            "movement",
            certainty="hedged",
            places=(2,),
            time=on_day,
        ),
        claim(
            doc,
            "a town 76 kilometers northeast of Varnik",
            "background",
            places=(2, 1),
            quantities=(Quantity(value=76, unit="km", start=0, end=2),),
        ),
        claim(
            doc,
            "Our units have moved forward by up to 50 kilometers in the Holm Region",
            "movement",
            speaker="Olek Gromm",
            side="AR",
            relays=("Northern Wire",),
            areas=(8,),
            time=on_day,
            quantities=(Quantity(value=50, unit="km", start=0, end=2, comparator="up to"),),
        ),
        claim(
            doc,
            "The town is under our control",
            "control",
            speaker="Viktor Ganz",
            side="BO",
            relays=("Telegram",),
            places=(1,),
            time=on_day,
            holder="BO",
        ),
        claim(
            doc,
            f"Borkian shelling {killed} in Senna",
            "harm",
            speaker="Mira Tolvan",
            places=(4,),
            time=on_day,
            quantities=(Quantity(value=3 if "three" in killed else 2, unit="people", start=0, end=1),),
        ),
        claim(
            doc,
            "If the road is cut, the troops at Izmar would be lost",
            "forecast",
            speaker="Mira Tolvan",
            certainty="conditional",
            places=(5,),
        ),
        claim(
            doc,
            "Flags over the town hall in Varnik this evening",
            "control",
            speaker="QuietHeron77",
            relays=("Twitter",),
            places=(1,),
            time=on_day,
            holder="AR",
            evidence="footage",
        ),
        claim(
            doc,
            "A resident of Zelenyi Khutir saw columns leaving",
            "movement",
            speaker="A resident",
            time=on_day,
        ),
    )
    return doc, Reading(doc.id, "handmade 1", claims, (), toponyms(doc))


def summary() -> tuple[Document, Reading]:
    doc = document(
        SUMMARY, "summary", outlet="Ardenian General Command", published="2022-09-09", medium="summary"
    )
    day = Period(dt.date(2022, 9, 9), dt.date(2022, 9, 9))
    body = "Ardenian General Command"
    claims = (
        claim(
            doc,
            "Ardenian soldiers hold Varnik and Senna",
            "control",
            speaker=body,
            side="AR",
            places=(1, 4),
            time=day,
            holder="AR",
        ),
        claim(
            doc,
            "Borkian troops still hold Izmar",
            "control",
            speaker="Front Observatory",
            side="independent",
            places=(5,),
            time=day,
            holder="BO",
        ),
    )
    return doc, Reading(doc.id, "handmade 1", claims, (), toponyms(doc))


def ledger() -> FakeLedger:
    """A report in two revisions, a summary, and an input that was refused."""
    made = FakeLedger()
    made.add(*report(REPORT), revision=1, latest=False)
    made.add(*report(REVISED), revision=2)
    made.add(*summary())
    made.refused.append((Refusal("/home/mira/secret/broken.html", "broken.html is a picture"), NOW))
    return made


def verdicts(of: Document, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
    figure = next(c for c in claims if c.kind == "background")
    data = (DataSource("GeoNames cities500", "2026-01", "ab" * 32),)
    return (
        Verdict(
            check="distance",
            claim=figure.id,
            outcome="differs",
            stated="76 km",
            found="62 km in a straight line",
            reason="The figure fits a road and not a line.",
            method="Geodesic between the two centres on WGS 84.",
            tolerance="15 % and 3 km.",
            data=data,
            value=61.8,
            low=64.6,
            high=87.4,
            unit="km",
            places=(1, 2),
        ),
        Verdict(
            check="direction",
            claim=figure.id,
            outcome="agrees",
            stated="northeast",
            found="northeast (63°)",
            reason="Within the wind.",
            method="Initial bearing.",
            tolerance="22.5° and 22.5°.",
            data=data,
            value=63.0,
            low=22.5,
            high=67.5,
            unit="degrees",
        ),
        Verdict(
            check="rank",
            claim=claims[0].id,
            outcome="cannot be checked",
            stated="second",
            found="nothing",
            reason="The data hold no rank.",
            method="Sort.",
            tolerance="None.",
            data=data,
        ),
    )
