"""Cells of settlements: made from snapped points alone, cut, and meeting in shared edges."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from publishing_handmade import PLACES
from publishing_weighing import basis, ledger_of, told

from oskil.publishing import safety
from oskil.publishing.weighed import cells
from oskil.publishing.weighed.rings import delta_coded, ring
from oskil.records import Place

SAID = told(("AR", "AR", 1), ("BO", "BO", 2), ("BO", "BO", 4), ("AR", "AR", 5))


def unfolded(coded: list[int]) -> np.ndarray[Any, Any]:
    return np.cumsum(np.array(coded).reshape(-1, 2), axis=0) / 1000


def shape(coded: list[int]) -> Any:
    return shapely.Polygon(unfolded(coded))


def cells_of(*places: Place, protect: tuple[str, ...] = ()) -> tuple[dict[str, Any], Any]:
    said = told(*(("AR", "AR", p.id) for p in places))
    made = basis(ledger_of(said), options=safety.Safety(protect=protect), places=places)
    found = cells.piece(made)
    assert found is not None
    return found, made


def test_each_cell_holds_the_ground_nearest_to_its_settlement() -> None:
    near = [
        replace(PLACES[0], id=n + 1, lat=49.5 + 0.1 * (n // 3), lon=36.5 + 0.15 * (n % 3)) for n in range(9)
    ]
    found, made = cells_of(*near)
    shapes = {row: shape(coded) for row, coded in zip(found["rows"], found["rings"], strict=True)}
    assert sorted(shapes) == list(range(9))
    points = {row: np.array(made.layout.record["places"][row]["point"]) for row in shapes}
    random = np.random.default_rng(1)
    for lon, lat in random.uniform((36.3, 49.4), (37.0, 49.8), (300, 2)):
        far = {row: np.hypot((p[0] - lon) * np.cos(np.radians(lat)), p[1] - lat) for row, p in points.items()}
        nearest, next_one = sorted(far, key=far.__getitem__)[:2]
        if far[next_one] - far[nearest] > 0.01 and far[nearest] < 0.16:
            assert shapes[nearest].contains(shapely.Point(lon, lat))
    for one, other in itertools.combinations(shapes.values(), 2):
        assert one.intersection(other).area < 1e-3 * one.area


def test_a_settlement_alone_has_a_circle_of_twenty_kilometres() -> None:
    found, _ = cells_of(PLACES[0])
    points = unfolded(found["rings"][0])
    north = (points[:, 1].max() - points[:, 1].min()) * 111.2 / 2
    assert north == pytest.approx(20, abs=0.3)
    assert found["neighbours"] == []


def test_neighbours_share_the_edge_between_them() -> None:
    found, made = cells_of(
        replace(PLACES[0], id=1, lat=49.5, lon=36.5),
        replace(PLACES[0], id=2, lat=49.5, lon=36.7),
        replace(PLACES[0], id=3, lat=49.5, lon=39.0),
    )
    rows = made.layout.rows
    ((one, other, *line),) = found["neighbours"]
    assert {one, other} == {rows[1], rows[2]}
    ends = unfolded(line)
    assert ends[:, 0] == pytest.approx(36.6, abs=0.002)
    assert abs(ends[1, 1] - ends[0, 1]) * 111.2 == pytest.approx(2 * np.sqrt(20**2 - 7.22**2), abs=0.5)


def test_nothing_finer_than_the_points_of_the_page_leaks() -> None:
    """Two places that a coarse grid puts together give the cells that they would give at one point."""
    one, other, far = (
        replace(PLACES[0], id=n, lat=lat, lon=36.7) for n, lat in ((1, 49.46), (2, 49.52), (3, 49.71))
    )
    moved, _ = cells_of(one, other, far, protect=("AR",))
    same, _ = cells_of(replace(one, lat=49.50), replace(other, lat=49.50), far, protect=("AR",))
    assert moved == same
    assert len(moved["rings"]) == 3
    fine, _ = cells_of(one, other, far)
    assert fine != moved


@pytest.mark.parametrize(
    ("lat", "lon"), [(90.0, 0.0), (-90.0, 12.0), (10.0, 180.0), (10.0, -180.0), (0.0, 0.0), (84.9, 20.0)]
)
def test_poles_and_the_date_line(lat: float, lon: float) -> None:
    strange = replace(PLACES[0], id=2, lat=lat, lon=lon)
    found, _ = cells_of(PLACES[0], strange, replace(strange, id=3))
    assert len(found["rows"]) == 3
    for coded in found["rings"]:
        points = unfolded(coded)
        assert np.abs(points[:, 0]).max() <= 180 and np.abs(points[:, 1]).max() <= 90


def test_regions_and_places_only_named_have_no_cell() -> None:
    made = basis(ledger_of(SAID))
    found = cells.piece(made)
    assert found is not None
    assert sorted(found["rows"]) == sorted(made.layout.rows[n] for n in (1, 2, 4, 5))


def test_rings_are_differences_in_thousandths_of_a_degree() -> None:
    square = np.array([[36.5, 49.5], [36.6, 49.5], [36.6, 49.6], [36.5, 49.6], [36.5, 49.5]])
    assert ring(square) == [36500, 49500, 100, 0, 0, 100, -100, 0]
    assert delta_coded(square[:2]) == [36500, 49500, 100, 0]
    assert ring(square + 0.003, 0.1) == ring(square)
    assert ring(square / 1000) == []
