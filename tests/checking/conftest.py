"""A small gazetteer of invented towns, and claims made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from oskil.checking import Case
from oskil.checking.data import EMPTY, Data
from oskil.records import Claim, DataSource, Document, Place, Quantity, Span, Toponym

# One degree of latitude near 49 N is 111.2 km on the ellipsoid, so distances here are easy to say.
TOWNS = (
    Place(1, "Arnsby", "settlement", 49.0, 37.0, "XA", "01", 1_000_000),
    Place(2, "Belfort", "settlement", 49.5, 37.0, "XA", "01", 500_000),
    Place(3, "Corvin", "settlement", 49.5, 38.0, "XA", "02", 490_000),
    Place(4, "Delling", "settlement", 49.1, 37.1, "XA", "02", 20_000),
    Place(5, "Elmo", "settlement", 48.0, 37.0, "XA", "02", 0),
    Place(6, "Farland", "region", 48.5, 36.0, "XA", "02", 2_000_000),
    Place(7, "Gorsk", "settlement", 49.0, 37.004, "XA", "01", 3_000),
)


class FakeGazetteer:
    """Answers from `TOWNS` alone."""

    source = DataSource("towns by hand", "1", "0" * 64)

    def search(self, name: str) -> Sequence[Place]:
        return [p for p in TOWNS if p.name == name]

    def sounds_like(self, name: str) -> Sequence[Place]:
        return []

    def get(self, place_id: int) -> Place | None:
        return next((p for p in TOWNS if p.id == place_id), None)

    def names(self, place_id: int) -> Sequence[str]:
        return [p.name for p in TOWNS if p.id == place_id]

    def near(self, lat: float, lon: float, km: float) -> Sequence[tuple[float, Place]]:
        return []

    def by_population(self, country: str, limit: int) -> Sequence[Place]:
        towns = [p for p in TOWNS if p.kind == "settlement" and p.country == country]
        return sorted(towns, key=lambda p: (-p.population, p.id))[:limit]


@pytest.fixture
def gazetteer() -> FakeGazetteer:
    return FakeGazetteer()


@pytest.fixture
def make_case(gazetteer: FakeGazetteer) -> Callable[..., Case]:
    """A case from a text: the names of `TOWNS` in it are its toponyms, `quote` is its claim."""

    def make(
        text: str,
        quote: str | None = None,
        id: str = "c1",
        unplaced: Sequence[str] = (),
        data: Data = EMPTY,
        published: str | None = None,
        **fields: object,
    ) -> Case:
        quote = quote or text
        start = text.index(quote)
        named = [
            Toponym(
                start=at, end=at + len(name), phrase=name, place=place, reason="" if place else "no such name"
            )
            for name, place in [*((p.name, p) for p in TOWNS), *((n, None) for n in unplaced)]
            if (at := text.find(name)) >= 0
        ]
        named.sort(key=lambda t: t.start)
        claim = Claim(
            id=id,
            document="d",
            quote=quote,
            spans=(Span(start, start + len(quote)),),
            **{"kind": "background", **fields},  # type: ignore[arg-type]
        )
        document = Document(id="d" + text, key="k", text=text, published=published)
        return Case(claim, document, tuple(named), gazetteer, data)

    return make


@pytest.fixture
def quantity() -> Callable[..., Quantity]:
    """A quantity whose words stand in a text."""

    def make(text: str, words: str, value: float, unit: str, **fields: object) -> Quantity:
        start = text.index(words)
        return Quantity(value=value, unit=unit, start=start, end=start + len(words), **fields)  # type: ignore[arg-type]

    return make
