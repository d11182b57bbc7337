"""Distances by road, over layers drawn by hand; lengths are recomputed with the haversine."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from checking_ground import SOURCE
from conftest import TOWNS  # type: ignore[import-not-found]
from hypothesis import given, settings
from hypothesis import strategies as st

from oskil.checking import Case
from oskil.checking.data import prepare
from oskil.checking.distance import Distance
from oskil.checking.roads import NoRoute, Roads, Route, road_layers
from oskil.places.geometry import distance_km
from oskil.places.layers import Layer, LayerFeature
from oskil.records import Verdict

Make = Callable[..., Case]
ARNSBY, BELFORT = TOWNS[0], TOWNS[1]  # 49.0 N and 49.5 N of 37 E: 55.6 km in a line
# East by 0.3 degrees, north, and west again: 99.6 km.
DETOUR = [(37.0, 49.0), (37.3, 49.0), (37.3, 49.5), (37.0, 49.5)]


def haversine(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lon1, lat1), (lon2, lat2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def length(points: Sequence[tuple[float, float]]) -> float:
    return sum(haversine(a, b) for a, b in zip(points, points[1:], strict=False))


def layer(*lines: Sequence[tuple[float, float]], kind: str = "primary", name: str = "ways") -> Layer:
    return Layer(name, [LayerFeature("", (), kind, shapely.LineString(one), {}) for one in lines], SOURCE)


def verdict(make_case: Make, text: str, *layers: Layer) -> Verdict:
    case = replace(make_case(text, text.rstrip(".")), data=prepare(layers=layers))
    [found] = Distance().verdicts(case)
    return found


def test_the_way_over_a_bent_road_is_as_long_as_its_pieces() -> None:
    way = Roads(layer(DETOUR)).between(ARNSBY, BELFORT)
    assert isinstance(way, Route)
    assert way.km == pytest.approx(length(DETOUR), rel=0.005)
    assert way.access == pytest.approx(0, abs=0.01)
    assert way.line[0] == (37.0, 49.0) and way.line[-1] == (37.0, 49.5)


def test_the_shorter_of_two_ways_is_taken_and_roads_meet_at_their_ends() -> None:
    short = [(37.0, 49.0), (37.05, 49.25)], [(37.05, 49.25), (37.0, 49.5)]
    way = Roads(layer(DETOUR, *short)).between(BELFORT, ARNSBY)
    assert isinstance(way, Route)
    assert way.km == pytest.approx(length([*short[0], short[1][1]]), rel=0.005)


def test_roads_that_do_not_meet_and_roads_far_off_are_said_to_be_so() -> None:
    apart = Roads(layer(DETOUR[:2], DETOUR[2:])).between(ARNSBY, BELFORT)
    assert apart == NoRoute("the roads of ways near the two places do not meet")
    off = Roads(layer([(40.0, 49.0), (40.0, 49.5)])).between(ARNSBY, BELFORT)
    assert off == NoRoute("the layer ways has no road within 10 km of Arnsby")


@pytest.mark.parametrize(
    ("kind", "name", "roads"),
    [
        ("primary", "anything", 1),
        ("", "main roads", 1),
        ("footway", "roads", 0),
        ("River", "rivers", 0),
        ("rail", "railways", 0),
    ],
)
def test_a_road_is_known_by_its_kind_or_its_layer(kind: str, name: str, roads: int) -> None:
    assert len(road_layers([layer(DETOUR, kind=kind, name=name)])) == roads


def test_a_figure_that_fits_the_way_and_not_the_line_agrees_by_road(make_case: Make) -> None:
    found = verdict(make_case, "Arnsby is a town 100 kilometers from Belfort.", layer(DETOUR))
    assert found.outcome == "agrees"
    assert found.value == pytest.approx(length(DETOUR), rel=0.005)
    assert "by road" in found.found and "the way is within" in found.reason
    assert SOURCE in found.data
    assert found.working is not None
    assert any("by road" in shape.label for shape in found.working.shapes)


def test_without_a_layer_the_same_figure_is_more_than_a_usual_road(make_case: Make) -> None:
    assert verdict(make_case, "Arnsby is a town 100 kilometers from Belfort.").outcome == "differs"


def test_with_a_layer_the_usual_ratio_no_longer_excuses_a_figure(make_case: Make) -> None:
    text = "Arnsby is a town 75 kilometers from Belfort."
    straight = layer([(37.0, 49.0), (37.0, 49.5)])
    assert verdict(make_case, text).outcome == "agrees"
    found = verdict(make_case, text, straight)
    assert (found.outcome, found.value) == ("differs", pytest.approx(distance_km(ARNSBY, BELFORT), abs=0.1))


def test_where_no_way_is_found_the_ratio_holds_and_the_reason_is_told(make_case: Make) -> None:
    text = "Arnsby is a town 75 kilometers from Belfort."
    found = verdict(make_case, text, layer([(40.0, 49.0), (40.0, 49.5)]))
    assert found.outcome == "agrees"
    assert found.reason.endswith("the layer ways has no road within 10 km of Arnsby")


_LON, _LAT = st.floats(36.8, 37.4), st.floats(48.9, 49.6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(_LON, _LAT), min_size=2, max_size=6))
def test_no_way_is_shorter_than_the_line(points: list[tuple[float, float]]) -> None:
    way = Roads(layer(points)).between(ARNSBY, BELFORT)
    if isinstance(way, Route):
        assert way.km >= distance_km(ARNSBY, BELFORT) - 0.001


def test_the_command_takes_roads_from_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from oskil.cli.app import app

    # Kupiansk and Balakliya, by a road that goes far round.
    line = [[37.6152, 49.7106], [37.6, 49.2], [36.85, 49.46]]
    road = {"type": "Feature", "properties": {"highway": "primary"}}
    road |= {"geometry": {"type": "LineString", "coordinates": line}}
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "roads.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [road]}), "utf-8"
    )
    report = tmp_path / "report.md"
    report.write_text(
        "# Front in Ukraine\n\nUkrainian troops hold Kharkiv, officials said.\n\n"
        "Kupiansk, a town 117 kilometers northeast of Balakliya, was shelled by Russian troops.\n",
        "utf-8",
    )
    monkeypatch.setenv("OSKIL_LEDGER", str(tmp_path / "ledger.db"))
    run = CliRunner()
    assert run.invoke(app, ["read", str(report), "--published", "2022-09-08"]).exit_code == 0
    asked = ["check", "--check", "distance", "--format", "json", "--data", str(tmp_path / "data")]
    done = run.invoke(app, asked)
    assert done.exit_code == 0, done.output
    [found] = json.loads(done.stdout)
    assert found["outcome"] == "agrees"
    assert found["value"] == pytest.approx(length([(x, y) for x, y in line]), rel=0.02)
