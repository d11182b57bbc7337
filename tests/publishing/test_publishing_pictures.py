"""Pictures of workings: well-formed SVG that asks nobody, says nothing withheld, and lies on the grid."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oskil.publishing import pictures, workings
from oskil.records import Bar, Claim, Shape, Verdict, Working

SPOT = Shape(kind="point", role="place", label="Aville", lines=(((36.86123, 49.46456),),))
LINE = Shape(kind="line", role="line", label="62.5 km", lines=(((36.86123, 49.46456), (37.61, 49.71)),))
GROUND = Shape(
    kind="area",
    role="gained",
    label="gained",
    lines=(((36.5, 49.4), (37.2, 49.4), (37.2, 49.9), (36.5, 49.4)),),
)


def draw(working: Working, grid: float = 0.01) -> str:
    picture = pictures.draw(working, lambda words: words, grid)
    assert picture is not None
    ElementTree.fromstring(picture)  # noqa: S314 - our own
    return picture


def test_a_map_draws_places_lines_and_ground() -> None:
    picture = draw(Working(shapes=(GROUND, LINE, SPOT)))
    assert picture.count("<circle") == 1 and picture.count("<path") >= 3
    assert ">Aville</text>" in picture and "62.5 km" in picture and "north is up" in picture


def test_a_chart_draws_a_bar_for_each_day_and_a_dash_for_none() -> None:
    bars = (Bar("stated", 76.0, "stated"), Bar("2022-09-07", 0.0, "none"), Bar("2022-09-08", 63.0))
    picture = draw(Working(bars=bars, unit="entries"))
    assert picture.count("<rect") == 1 + 3 and 'height="1.5"' in picture and ">63</text>" in picture


def test_nothing_to_draw_is_no_picture() -> None:
    assert pictures.draw(Working(steps=("1 + 1 = 2.",)), str, 0.01) is None
    assert pictures.draw(Working(shapes=(SPOT,)), str, 0.01) is None


def test_words_are_redacted_and_never_become_markup() -> None:
    label = '<script>alert("Mira")</script>'
    working = Working(shapes=(LINE, Shape(kind="point", role="place", label=label, lines=SPOT.lines)))
    picture = pictures.draw(working, lambda words: words.replace("Mira", "private person"), 0.01) or ""
    ElementTree.fromstring(picture)  # noqa: S314 - our own
    assert "Mira" not in picture and "<script" not in picture and "private person" in picture


def test_a_picture_asks_nobody_for_anything() -> None:
    picture = draw(Working(shapes=(GROUND, LINE, SPOT)))
    assert "href" not in picture and "url(http" not in picture and "@import" not in picture
    assert picture.count("http") == 1  # the name of the format


def test_points_on_one_square_of_the_grid_are_drawn_alike() -> None:
    near = Shape(kind="point", role="place", label="Aville", lines=(((36.8574, 49.4607),),))
    assert draw(Working(shapes=(GROUND, SPOT))) == draw(Working(shapes=(GROUND, near)))


@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(-1e9, 1e9))
def test_any_numbers_give_a_well_formed_picture(lon: float, lat: float, value: float) -> None:
    line = Shape(kind="line", role="line", label="x", lines=(((lon, lat), (lon, lat)),))
    draw(Working(shapes=(line,)))
    draw(Working(bars=(Bar("a", value), Bar("b", 0.0)), unit="y"))


@pytest.mark.parametrize(
    ("grid", "moved"), [(0.01, "from 49.46 N 36.86 E on"), (0.1, "from 49.5 N 36.9 E on")]
)
def test_coordinates_in_words_are_moved_to_the_grid(grid: float, moved: str) -> None:
    assert workings.snapped("from 49.4646 N 36.8612 E on", grid) == moved
    assert workings.snapped("62.5 km from N to E", grid) == "62.5 km from N to E"


def test_ids_are_of_claim_and_check_and_differ() -> None:
    given_ = [("ab", "area"), ("ab", "area"), ("ab", "my check"), ("cd", "area")]
    assert workings.ids(given_) == ["ab-area", "ab-area-2", "ab-my-check", "cd-area"]


def test_near_a_protected_place_nothing_is_drawn_and_the_grid_is_coarser() -> None:
    verdict = Verdict(
        check="area",
        claim="c",
        outcome="agrees",
        stated="x",
        found="x",
        reason="x",
        method="x",
        tolerance="x",
        working=Working(steps=("Point: 49.4646 N 36.8612 E.",), shapes=(LINE, SPOT)),
    )
    claim = Claim(id="c", document="d", quote="q", spans=(), kind="area", places=(7,))
    open_, kept = (workings.Workings([claim], coarse, str) for coarse in (frozenset[int](), frozenset({7})))
    assert open_.entry("c-area", 0, verdict)["picture"] == "c-area" and open_.pictures
    shown = kept.entry("c-area", 0, verdict)
    assert shown["picture"] is None and not kept.pictures
    assert shown["steps"] == ["Point: 49.5 N 36.9 E."]
