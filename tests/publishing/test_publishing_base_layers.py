"""Borders, rivers and maps that others drew, as a published page draws them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely
from publishing_browsing import go, show, watched
from publishing_handmade import DAY, NOW, PROFILE, FakeGazetteer, ledger
from publishing_tiles import Pixel, picture, pixels

from oskil.places.layers import Layer, LayerFeature
from oskil.publishing.site import publish
from oskil.publishing.weighed import Given, Kept
from oskil.records import ControlArea, ControlMap, DataSource

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
DRAWN = ".map-box[data-ready=true]"
SOURCE = DataSource("made up", "1", "aa" * 32)
RIVER = shapely.LineString([(36.1, 49.1 + n / 100) if n % 2 else (37.9, 49.1 + n / 100) for n in range(80)])
BORDER = shapely.box(36.3, 49.2, 37.5, 49.95)


def layer(name: str, kind: str, shape: shapely.Geometry) -> Layer:
    return Layer(name, [LayerFeature("", (), kind, shape, {})], SOURCE)


def control(day: dt.date, holder: str, shape: shapely.Geometry) -> Kept[ControlMap]:
    area = ControlArea(status="occupied", wkb=shapely.to_wkb(shape), holder=holder)
    return Kept(ControlMap(assessor="Map Makers", day=day, areas=(area,), source=SOURCE))


def hatched(west: float) -> shapely.Geometry:
    """So many strips that their outlines cannot be overlooked."""
    return shapely.multipolygons(
        [shapely.box(west, 49 + n / 20, west + 0.7, 49.02 + n / 20) for n in range(20)]
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("layers") / "page"
    given = Given(
        layers=(layer("rivers", "River", RIVER), layer("admin", "", BORDER)),
        maps=(
            control(DAY - dt.timedelta(days=1), "AR", hatched(36.2)),
            control(DAY, "BO", hatched(37.1)),
        ),
    )
    publish(ledger(), FakeGazetteer(), made, profile=PROFILE, now=NOW, given=given)
    return made


@pytest.fixture
def page(context_of: Callable[..., BrowserContext], folder: Path) -> Iterator[Page]:
    opened, watch = watched(context_of(viewport={"width": 1280, "height": 900}), folder)
    yield opened
    assert watch.clean()


def at(page: Page, route: str, folder: Path | None = None) -> list[Pixel]:
    if folder:
        show(page, folder, route)
    else:
        go(page, route)
    page.wait_for_selector(DRAWN)
    page.wait_for_timeout(400)
    return pixels(page.locator(".map-box"))


def changed(before: list[Pixel], after: list[Pixel]) -> list[int]:
    """Which pixels are others."""
    far = (
        max(abs(a - b) for a, b in zip(one, other, strict=True))
        for one, other in zip(before, after, strict=True)
    )
    return [n for n, by in enumerate(far) if by > 12]


def test_rivers_and_borders_of_the_users_layers_are_drawn(page: Page, folder: Path) -> None:
    bare = at(page, "#/map?layers=none", folder)
    drawn = at(page, "#/map?layers=base")
    other = [drawn[n] for n in changed(bare, drawn)]
    assert len(other) > 5000
    bluish = [p for p in other if p[2] - p[0] > 12]
    # Most are the river's; the border is grey.
    assert len(bluish) > 0.5 * len(other)
    assert len(other) - len(bluish) > 200


def test_maps_as_others_drew_them_are_drawn_from_the_address(page: Page, folder: Path) -> None:
    """The newest of a maker up to the day, in its holder's colour."""
    first, last = "#/map?day={}&layers=drawn", "#/map?day={}&layers=none"
    after = at(page, first.format(DAY.isoformat()), folder)
    assert page.evaluate("Oskil.core.has.drawn.map((map) => Oskil.dayIso(map.day) || map.day)")
    bare = at(page, last.format(DAY.isoformat()))
    news = changed(bare, after)
    assert len(news) > 1500
    wide, _ = picture(page.locator(".map-box"))
    columns = sorted(n % wide for n in news)
    # The older map lay in the west.
    assert columns[len(columns) // 20] > wide * 0.45
    assert sum(1 for n in news if after[n][0] - after[n][2] > 25) > 0.6 * len(news)


def test_the_switch_loads_drawn_maps(page: Page, folder: Path) -> None:
    bare = at(page, "#/map?layers=none", folder)
    page.locator("[data-layer=drawn]").evaluate("box => box.click()")
    page.wait_for_timeout(600)
    assert len(changed(bare, pixels(page.locator(".map-box")))) > 1500
    assert "drawn" in page.evaluate("location.hash")
