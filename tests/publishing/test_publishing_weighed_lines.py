"""Control maps and layers: shown where they may be, snapped, and cut to the ground."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
import shapely
from publishing_handmade import DAY, NOW
from publishing_weighing import ledger_of, pieces, told

from oskil.places.layers import Layer, LayerFeature
from oskil.publishing import safety
from oskil.publishing.weighed import Given, Kept
from oskil.records import ControlArea, ControlMap, DataSource

SOURCE = DataSource("map", "1", "aa" * 32)
SHAPE = shapely.Polygon(
    [(36.5037, 49.5012), (36.9991, 49.5049), (36.9963, 49.9977), (36.5028, 49.9981)],
    [[(36.61, 49.61), (36.71, 49.61), (36.71, 49.71)], [(36.8, 49.8), (36.801, 49.8), (36.801, 49.801)]],
)
TEXT = told(("AR", "AR", 1), ("BO", "BO", 2), ("AR", "AR", 5))


def map_of(day: dt.date = DAY) -> ControlMap:
    areas = (ControlArea(status="occupied", wkb=shapely.to_wkb(SHAPE), holder="BO"),)
    return ControlMap(assessor="Map Makers", day=day, areas=areas, source=SOURCE)


def drawn(given: Given, **changed: Any) -> list[dict[str, Any]]:
    found = pieces(ledger_of(TEXT), given=given, **changed)
    return [value for name, value in found.items() if name.startswith("drawn-")]


@pytest.mark.parametrize(("protect", "grid"), [((), 10), (("AR",), 100)])
def test_a_drawn_map_is_no_finer_than_the_points(protect: tuple[str, ...], grid: int) -> None:
    (made,) = drawn(Given(maps=(Kept(map_of()),)), options=safety.Safety(protect=protect))
    assert (made["assessor"], made["day"]) == ("Map Makers", 0)
    (area,) = made["areas"]
    assert (area["holder"], area["contested"]) == ("BO", False)
    for coded in area["rings"]:
        points = np.cumsum(np.array(coded).reshape(-1, 2), axis=0)
        assert (points % grid == 0).all()
    if not protect:
        outer, inner = area["rings"]
        assert outer == [36500, 49500, 500, 0, 0, 500, -500, 0]
        assert inner == [36610, 49610, 100, 0, 0, 100]


def test_maps_of_hidden_documents_and_of_young_days_are_not_drawn() -> None:
    assert drawn(Given(maps=(Kept(map_of(), "bb" * 32),))) == []
    young = map_of(NOW.date())
    assert drawn(Given(maps=(Kept(young),)), options=safety.Safety(delay_hours=24)) == []
    later, earlier = drawn(Given(maps=(Kept(young), Kept(map_of()))))[::-1]
    assert (later["day"], earlier["day"]) == ((NOW.date() - DAY).days, 0)


def layer(name: str, *features: tuple[str, Any]) -> Layer:
    made = [LayerFeature("", (), kind, shape, {}) for kind, shape in features]
    return Layer(name, made, DataSource(name, "1", "0" * 64))


def layers(*given: Layer) -> dict[str, dict[str, Any]]:
    found = pieces(ledger_of(TEXT), given=Given(layers=given))
    return {name: value for name, value in found.items() if name.startswith("layer-")}


def test_rivers_and_borders_are_drawn_within_the_ground() -> None:
    river = shapely.LineString([(36.5, 49.1), (36.70004, 49.4), (37.1, 49.9)])
    abroad = shapely.LineString([(-70.0, -10.0), (-71.0, -10.0)])
    border = shapely.Polygon([(36.0, 49.0), (38.0, 49.0), (38.0, 50.0), (36.0, 50.0)])
    found = layers(layer("waters", ("River", river), ("River", abroad)), layer("admin-1", ("", border)))
    assert sorted(found) == ["layer-admin-1-border", "layer-waters-water"]
    assert found["layer-waters-water"] == {
        "name": "waters",
        "kind": "water",
        "lines": [[36500, 49100, 200, 300, 400, 500]],
    }
    assert found["layer-admin-1-border"]["kind"] == "border"


def test_a_layer_of_anything_else_stays_out() -> None:
    """It was added for checks; nobody said that it may be shown."""
    trench = shapely.LineString([(36.5, 49.1), (36.7, 49.4)])
    assert (
        layers(layer("trenches", ("trench", trench)), layer("rivers", ("River", shapely.Point(36.5, 49.5))))
        == {}
    )


def test_layers_of_other_letters_and_of_long_names_have_files_of_their_own() -> None:
    river = shapely.LineString([(36.5, 49.1), (36.7, 49.4)])
    names = ("Річки", "Реки", "a" * 300, "a" * 301, "../../core")
    found = layers(*(layer(name, ("River", river)) for name in names))
    assert sorted(one["name"] for one in found.values()) == sorted(names)
    assert all(len(name) < 60 and name.replace("-", "").isalnum() for name in found)


def test_a_layer_that_is_too_much_is_drawn_coarser() -> None:
    turn = np.linspace(0, 4000 * np.pi, 300_000)
    coil = shapely.LineString(
        np.column_stack((37 + turn / 20_000 * np.cos(turn), 49.5 + turn / 20_000 * np.sin(turn)))
    )
    (made,) = layers(layer("rivers", ("River", coil))).values()
    assert 1000 < sum(map(len, made["lines"])) <= 200_000
