"""A place that a text puts on a river."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from oskil.conflict import for_text
from oskil.places.geoparse import find_toponyms
from oskil.places.interface import Gazetteer
from oskil.places.layers import Layer, LayerFeature
from oskil.places.rivers import on_river, river_after
from oskil.records import DataSource, Place

# The James at Richmond, Virginia, and the Whitewater at Richmond, Indiana, roughly.
RIVERS = Layer(
    "rivers",
    [
        LayerFeature(
            "James", ("James",), "river", LineString([(-77.6, 37.6), (-77.44, 37.53), (-77.2, 37.4)]), {}
        ),
        LayerFeature("Whitewater", ("Whitewater",), "river", LineString([(-84.9, 39.9), (-84.89, 39.8)]), {}),
    ],
    DataSource("rivers", "1", "0" * 64),
)


@pytest.mark.parametrize(
    ("after", "river"),
    [
        (", on the Oskil, burned", "Oskil"),
        (" on the Oskil River", "Oskil River"),
        (", a village on the left bank of the Siverskyi Donets", "Siverskyi Donets"),
        (", which lies on the western shore of the River Dnipro", "Dnipro"),
        (" stands on the Dnipro.", "Dnipro"),
        (", on Monday", ""),
        (" on the front", ""),
        (", and on the Oskil", ""),
        (". On the Oskil", ""),
        ("", ""),
    ],
)
def test_the_river_that_a_place_is_said_to_lie_on(after: str, river: str) -> None:
    assert river_after(f"Kupiansk{after}", len("Kupiansk")) == river


@given(st.text(max_size=200))
def test_any_text_may_follow(after: str) -> None:
    assert river_after(after, 0) in after


def test_the_nearer_the_river_the_better() -> None:
    places = [
        Place(number, "Richmond", "settlement", 37.53, lon, "US")
        for number, lon in enumerate((-77.44, -77.35, -77.0, -70.0))
    ]
    said = on_river([*places, Place(9, "Richmond", "region", 37.5, -77.4, "US")], "James River", RIVERS)
    assert said is not None and list(said[:4]) == sorted(said[:4], reverse=True)
    assert said[0] > 3.9 and said[3] == -4 and said[4] == 0
    assert on_river(places, "Volga", RIVERS) is None


@pytest.mark.parametrize(("river", "region"), [("James", "VA"), ("Whitewater", "IN")])
def test_a_stated_river_tells_which_town(gazetteer: Gazetteer, river: str, region: str) -> None:
    text = f"He was born in Richmond, on the {river} River, in the United States."
    found = {t.phrase: t for t in find_toponyms(text, gazetteer, for_text(text), rivers=RIVERS)}["Richmond"]
    assert found.place is not None and (found.place.country, found.place.region) == ("US", region)
    assert f"on the {river} River, as stated" in found.why


def test_a_river_that_no_layer_knows_says_nothing(gazetteer: Gazetteer) -> None:
    text = "He was born in Richmond, on the Volga, and came to Lexington."
    assert find_toponyms(text, gazetteer, for_text(text), rivers=RIVERS) == find_toponyms(
        text, gazetteer, for_text(text)
    )
