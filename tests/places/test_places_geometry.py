from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.places.geometry import (
    WINDS,
    angle_between,
    bearing_deg,
    compass,
    distance_km,
    rough_km,
    wind_deg,
)
from oskil.records import Place


def place(lat: float, lon: float) -> Place:
    return Place(1, "X", "settlement", lat, lon, "XX")


places = st.builds(place, st.floats(-89, 89), st.floats(-180, 180))
bearings = st.floats(-720, 720)


def test_a_degree_of_latitude_and_of_longitude_at_the_equator() -> None:
    # WGS 84: 110.574 km from 0 to 1 north, 111.320 km along the equator.
    assert distance_km(place(0, 0), place(1, 0)) == pytest.approx(110.574, abs=0.001)
    assert distance_km(place(0, 0), place(0, 1)) == pytest.approx(111.320, abs=0.001)


def test_bearings_go_clockwise_from_north() -> None:
    here = place(0, 0)
    seen = [bearing_deg(here, place(*p)) for p in [(1, 0), (0, 1), (-1, 0), (0, -1)]]
    assert seen == pytest.approx([0, 90, 180, 270])


@given(places, places)
def test_distance_is_symmetric_and_the_sphere_comes_close(a: Place, b: Place) -> None:
    there, back = distance_km(a, b), distance_km(b, a)
    assert there == pytest.approx(back, abs=1e-6)
    assert rough_km(a.lat, a.lon, b.lat, b.lon) == pytest.approx(there, rel=0.006, abs=0.01)


@given(places, places, places)
def test_no_detour_is_shorter(a: Place, b: Place, c: Place) -> None:
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-6


@given(bearings, bearings)
def test_an_angle_is_at_most_straight_and_has_no_order(one: float, other: float) -> None:
    assert 0 <= angle_between(one, other) <= 180
    assert angle_between(one, other) == pytest.approx(angle_between(other, one), abs=1e-6)


@given(bearings)
def test_the_nearest_wind_is_never_far(bearing: float) -> None:
    assert angle_between(bearing, wind_deg(compass(bearing))) <= 22.5 + 1e-9


def test_every_wind_names_itself() -> None:
    assert [compass(wind_deg(w)) for w in WINDS] == list(WINDS)
    assert compass(350) == "north" and compass(44) == "northeast"


def test_another_word_is_no_wind() -> None:
    with pytest.raises(ValueError):
        wind_deg("widdershins")
