"""Ten thousand claims for the checks, made from the simulated stream's places and days, by a few patterns."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import SHARED
from oskil.checking import Case
from oskil.checking.data import Data, prepare
from oskil.conflict import load
from oskil.places.interface import Gazetteer
from oskil.records import Claim, Document, Period, Place, Quantity, Span

STREAM = SHARED / "data" / "control" / "stream-dev-2022.jsonl.gz"
# Kind, words with {place} and {party}, and the figure in them with its unit; each is of another check.
PATTERNS: tuple[tuple[str, str, tuple[str, float, str] | None], ...] = (
    ("control", "{party} forces hold {place}.", None),
    ("movement", "{party} forces advanced up to 12 kilometers near {place}.", ("12 kilometers", 12, "km")),
    ("area", "{party} forces gained 40 square kilometers near {place}.", ("40 square kilometers", 40, "km2")),
    ("control", "{place} was retaken after 3 months of {party} occupation.", ("3 months", 3, "month")),
    ("fighting", "{place} is encircled.", None),
    ("forecast", "{party} forces will soon take {place}.", None),
    ("losses", "{party} forces lost 20 vehicles near {place}.", ("20", 20, "item")),
    ("background", "{place} has a population of 5,000 people.", ("5,000 people", 5000, "people")),
    ("assessment", "It was the fastest {party} advance of the last 3 months.", ("3 months", 3, "month")),
    ("background", "{place} lies on the Dnieper River.", None),
)
WORDS = {"UA": "Ukrainian", "RU": "Russian"}


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Every third row of the stream, which spreads them over its months; over again where that is too few."""
    with gzip.open(STREAM, "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in itertools.islice(lines, 0, None, 3)]
    return itertools.islice(itertools.cycle(every), count)


def cases(count: int, gazetteer: Gazetteer, data: Data) -> list[Case]:
    """As many cases, over all patterns, with the claims known to one another."""
    made = [
        _claim(number, row, place)
        for number, row in enumerate(rows(count))
        if (place := gazetteer.get(row["place"])) is not None
    ]
    known = prepare(claims=made)
    whole = Data(data.series, data.losses, data.layers, known.others, load("ukraine-2022"))
    return [Case(claim, document, (), gazetteer, whole) for claim, document in made]


def _claim(number: int, row: dict[str, Any], place: Place) -> tuple[Claim, Document]:
    kind, pattern, figure = PATTERNS[number % len(PATTERNS)]
    holder = row["holder"] if row["holder"] in WORDS else "UA"
    text = pattern.format(place=place.name, party=WORDS[holder])
    day = dt.date.fromisoformat(row["time"][:10])
    document = Document(id=f"d{number}", key=f"d{number}", text=text, published=day.isoformat())
    claim = Claim(
        id=f"c{number}",
        document=document.id,
        quote=text,
        spans=(Span(0, len(text)),),
        kind=kind,
        speaker=row["source"],
        side=row["side"],
        places=(place.id,),
        time=Period(day, day),
        holder=holder if kind in ("control", "forecast", "area") else None,
        quantities=(_quantity(text, figure),) if figure else (),
    )
    return claim, document


def _quantity(text: str, figure: tuple[str, float, str]) -> Quantity:
    words, value, unit = figure
    start = text.index(words)
    return Quantity(value=value, unit=unit, start=start, end=start + len(words))
