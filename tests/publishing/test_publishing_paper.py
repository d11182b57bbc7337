"""Views on paper, and in a frame of another page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import READY, go, home_of, show, watched
from publishing_handmade import NOW, FakeGazetteer, report
from publishing_pages import weighed
from publishing_serving import served
from publishing_touring import tour

from oskil.ledger.store import open_ledger

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]
# A4 between margins of 1 cm, in CSS pixels.
PAPER = {"width": 718, "height": 1047}

# What does not belong on paper, or is not whole on it.
WRONG = """() => {
  const wrong = [], say = (what, e) => wrong.push(`${what}: ${e.outerHTML.slice(0, 110)}`);
  const shown = (e) => e.getClientRects().length && getComputedStyle(e).visibility === "visible";
  // Heads of tables that stand as cards are for the ear alone.
  const heard = (e) => e.closest(".sr") || (e.closest("thead") && e.closest("thead").clientHeight < 2);
  const seen = (e) => shown(e) && !heard(e);
  for (const e of document.querySelectorAll("button, input, select, textarea, nav, .skip, .pager"))
    if (seen(e) && !e.closest("th")) say("control", e);
  for (const e of document.querySelectorAll("main *")) {
    if (!seen(e) || e.closest("svg")) continue;
    const style = getComputedStyle(e);
    if (style.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1) say("cut at its side", e);
    const low = style.overflowY !== "visible" && e.scrollHeight > e.clientHeight + 1;
    if (low && !e.closest(".map-box")) say("cut below", e);
    if (style.position === "fixed" || style.position === "sticky") say("on every sheet", e);
    if (style.textOverflow === "ellipsis" && e.scrollWidth > e.clientWidth) say("shortened", e);
  }
  for (const a of document.querySelectorAll("main a[href^=http]"))
    if (seen(a) && !getComputedStyle(a, "::after").content.includes(a.href)) say("no address", a);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.push(`wider than the sheet: ${scrollWidth}`);
  return wrong;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has every kind of piece."""
    return weighed(tmp_path_factory.mktemp("paper") / "page", many=60)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_nothing_is_cut_and_nothing_can_be_pressed(
    context_of: Contexts, folder: Path, scheme: str
) -> None:
    page, watch = watched(context_of(viewport=PAPER, color_scheme=scheme), folder)
    show(page, folder)
    wrong = {}
    for route in tour(folder):
        if "embed" in route:
            continue
        go(page, route)
        page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
        if found := page.evaluate(WRONG):
            wrong[route] = found
        # Paper is white, whatever the screen is; and it says of a draft that it is one.
        back, ink = page.evaluate(
            "() => ['backgroundColor', 'color'].map((name) => getComputedStyle(document.body)[name])"
        )
        assert (back, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)"), route
        assert page.locator(".draft").first.is_visible(), route
        page.emulate_media(media="screen", color_scheme=scheme)  # type: ignore[arg-type]
    assert wrong == {}, "\n".join(f"{route} {one}" for route, found in wrong.items() for one in found)
    assert watch.clean(), watch


@pytest.mark.parametrize("route", ["#/claims", "#/places", "#/sources"])
def test_a_table_is_a_table_on_paper_and_cards_on_a_narrow_screen(
    context_of: Contexts, folder: Path, route: str
) -> None:
    page, _ = watched(context_of(viewport=PAPER), folder)
    show(page, folder, route)
    first = "() => getComputedStyle(document.querySelector('main table:not(.twin) tbody td')).display"
    assert page.evaluate(first) != "table-cell"
    page.emulate_media(media="print")
    assert page.evaluate(first) == "table-cell"
    assert page.locator("main table:not(.twin) thead th").first.is_visible()


def test_a_sheet_of_the_map_has_its_legend_and_the_day(context_of: Contexts, folder: Path) -> None:
    page, _ = watched(context_of(viewport=PAPER), folder)
    show(page, folder, "#/map?day=2022-09-08")
    page.wait_for_selector(".map-box[data-ready=true]")
    page.emulate_media(media="print")
    assert page.locator(".map-box canvas").first.is_visible()
    assert page.get_by_text("said to be held by Arden").first.is_visible()
    assert page.locator(".time").get_by_text("8 September 2022").first.is_visible()
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF") and len(pdf) > 20_000


EMBEDDED = ["#/map?embed=1&day=2022-09-08", "#/losses?embed=1", "#/place/1?embed=1", "#/sources?embed=1"]


@pytest.mark.parametrize("served_", [False, True], ids=["folder", "server"])
@pytest.mark.parametrize("width", [360, 800])
def test_one_view_stands_in_a_frame_of_another_page(
    context_of: Contexts, folder: Path, tmp_path: Path, served_: bool, width: int
) -> None:
    shutil.copytree(folder, tmp_path / "site")
    frames = "".join(
        f'<iframe src="index.html{r.replace("&", "&amp;")}" width="{width}" height="480"></iframe>'
        for r in EMBEDDED
    )
    (tmp_path / "site" / "story.html").write_text(
        f"<!doctype html><link rel=icon href=icon.svg><h1>A story</h1>{frames}", "utf-8"
    )
    with open_ledger(tmp_path / "ledger.db") as ledger:
        doc, reading = report()
        ledger.add(doc, doc.text.encode(), reading, NOW)
        with served(ledger, FakeGazetteer(), tmp_path / "site") as address:
            home: Path | str = address if served_ else tmp_path / "site"
            page, watch = watched(context_of(viewport={"width": 1280, "height": 900}), home)
            page.goto(home_of(home) + "story.html")
            for frame, route in zip(page.frames[1:], EMBEDDED, strict=True):
                # What is out of sight is drawn late.
                frame.frame_element().scroll_into_view_if_needed()
                frame.wait_for_function(READY)
                assert frame.evaluate("() => location.hash") == route
                for hidden in ("header.top", "footer.foot", ".skip"):
                    assert not frame.locator(hidden).is_visible(), (route, hidden)
                # Whoever meets a draft in another page is told so as well.
                assert frame.get_by_text("Not for publication").is_visible(), route
                assert frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), route
            map_ = page.frames[1]
            map_.wait_for_selector(".map-box[data-ready=true]")
            assert map_.locator(".map-day").is_visible() and map_.locator(".credit").is_visible()
            assert map_.evaluate("() => document.documentElement.scrollHeight <= innerHeight + 1")
            assert watch.clean(), watch
