"""Whatever is put into an index comes out of it: any names, any places, in the order of answers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oskil.errors import GazetteerError
from oskil.places.building import SCALE, Builder
from oskil.places.index import CompiledGazetteer
from oskil.places.kinds import INHABITED, KINDS, NAMES_ONLY, NUMBERS
from oskil.places.normalise import key
from oskil.places.rows import Row, hidden, tagged

_NAMES = st.text(
    st.characters(exclude_characters="\0\x1f", exclude_categories=("Cs",)), min_size=1, max_size=30
)
_ROWS = st.lists(
    st.builds(
        Row,
        id=st.integers(-(2**53), 2**53),
        kind=st.integers(0, len(KINDS) - 1),
        lat=st.floats(-90, 90),
        lon=st.floats(-180, 180),
        country=st.sampled_from(["", "UA", "SD"]),
        region=st.text(max_size=3),
        population=st.integers(0, 2**34),
        names=st.lists(_NAMES, min_size=1, max_size=4, unique=True).map(tuple),
        district=st.text(max_size=3),
        feature=st.text(max_size=3),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row.id,
)
META = {"name": "x", "version": "1", "inputs": "0" * 64}


def compiled(*rows: Row, bare: bool = True) -> CompiledGazetteer:
    with tempfile.TemporaryDirectory() as folder, Builder(Path(folder), bare_regions=bare) as builder:
        for row in rows:
            builder.add(row)
        builder.write(Path(folder) / "x.gazetteer", META)
        return CompiledGazetteer(Path(folder) / "x.gazetteer")


def village(number: int, *names: str, kind: str = "settlement", people: int = 0, country: str = "UA") -> Row:
    return Row(number, NUMBERS[kind], 49.0, 36.0, country, "07", people, names)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_ROWS)
def test_every_place_is_found_by_each_of_its_names(rows: list[Row]) -> None:
    index = compiled(*rows)
    assert len(index) == len(rows)
    for row in rows:
        place = index.get(row.id)
        assert place is not None
        assert (place.name, place.kind, place.country) == (row.names[0], KINDS[row.kind], row.country)
        assert (place.region, place.district, place.feature) == (row.region, row.district, row.feature)
        assert abs(place.lat - row.lat) <= 0.51 / SCALE and abs(place.lon - row.lon) <= 0.51 / SCALE
        assert place.population == min(row.population, 2**32 - 1)
        assert index.names(row.id) == row.names
        look = index.search if place.kind in INHABITED else index.features
        for name in row.names:
            found = look(name)
            assert (place in found) == bool(key(name))
            assert list(found) == sorted(found, key=lambda p: (-p.population, p.id))
            assert place in look(key(name)) or not key(name)


@given(_NAMES)
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


def test_settlements_near_are_those_that_are_near() -> None:
    rows = [village(n, f"V{n}") for n in range(1, 200)]
    for n, row in enumerate(rows):
        row.lat, row.lon = 49 + n % 14 / 20, 179 + n // 14 / 7 if n < 98 else -180 + n // 14 / 7 - 1
    index = compiled(*rows)
    everything = index.near(49.3, 179.9, 20_000)
    assert len(everything) == 199
    for km in (5.0, 40.0, 90.0):
        assert index.near(49.3, 179.9, km) == [one for one in everything if one[0] <= km]
    assert {p.lon > 0 for _, p in index.near(49.3, 179.9, 90.0)} == {True, False}


def test_a_region_is_not_found_by_the_name_of_a_town_of_its_country() -> None:
    rows = (
        village(1, "Kharkiv"),
        village(2, "Kharkiv", "Kharkiv Oblast", kind="region"),
        village(3, "Kharkiv", kind="region", country="XX"),
        village(4, "Kharkiv", kind="country"),
    )
    assert {p.id for p in compiled(*rows, bare=False).search("Kharkiv")} == {1, 3, 4}
    assert {p.id for p in compiled(*rows).search("Kharkiv")} == {1, 2, 3, 4}


def test_hidden_names_are_shown_and_tags_are_not() -> None:
    index = compiled(village(1, "Aa", hidden("Bb"), tagged("Cc", "uk"), tagged("Dd", "ru", historic=True)))
    assert index.names(1) == ("Aa", "Bb", "Cc", "Dd") and not index.search("Bb")
    assert [(n.language, n.historic) for n in index.name_records(1)] == [
        ("", False),
        ("", False),
        ("uk", False),
        ("ru", True),
    ]
    assert [p.name for p in index.search("dd")] == ["Aa"]


def test_a_row_of_names_alone_is_no_place_here() -> None:
    index = compiled(Row(7, NAMES_ONLY, 0.0, 0.0, "", "", 0, ("Aa",)))
    assert index.get(7) is None and not index.search("Aa") and index.names(7) == ("Aa",)


def test_names_that_cannot_be_kept_are_refused() -> None:
    for names in ((), ("a\0b",)):
        with pytest.raises(GazetteerError, match="row 1: no name"):
            compiled(village(1, *names))
