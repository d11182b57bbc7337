"""Ledgers that a page seldom meets: with nothing, with one claim, at the ends of the world, and with ten
thousand claims at one place. Each is published, and each of its views opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import go, show, watched
from publishing_handmade import DAY, NOW, PROFILE, FakeGazetteer, FakeLedger, claim, document
from publishing_reading import core_of, place_of, record_of
from publishing_touring import tour

from oskil.publishing.site import publish
from oskil.records import Period, Place, Reading

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

Contexts = Callable[..., "BrowserContext"]
DRAWN = ".map-box[data-ready=true]"
MANY = 10_000
WORLD = replace(PROFILE, bbox=(-180.0, -90.0, 180.0, 90.0))

# How many pixels of the day's picture are drawn within 14 of a point of the map, and whether it is in sight.
SEEN = """([lon, lat]) => {
  const box = document.querySelector(".map-box"), canvas = box.querySelector("canvas.day");
  const [west, north, zoom] = box.dataset.view.split(" ").map(Number), view = Oskil.view();
  [view.width, view.height] = [box.clientWidth, box.clientHeight];
  view.farthest = 0;
  view.move(...Oskil.mercator(west, north), zoom);
  const [x, y] = view.project(lon, lat), ratio = canvas.width / box.clientWidth;
  const spot = [(x - 14) * ratio, (y - 14) * ratio, 28 * ratio, 28 * ratio];
  const got = canvas.getContext("2d").getImageData(...spot);
  let drawn = 0;
  for (let i = 3; i < got.data.length; i += 4) drawn += got.data[i] > 0;
  return [drawn, x >= 0 && y >= 0 && x <= view.width && y <= view.height];
}"""


def at(*points: tuple[float, float]) -> tuple[FakeLedger, FakeGazetteer]:
    """A ledger that speaks of a place at each of these points (latitude, longitude)."""
    places = [Place(n, f"Edge {n}", "settlement", *p, "XA") for n, p in enumerate(points, 1)]
    ledger = FakeLedger()
    for place in places:
        doc = document(f"Arden holds {place.name}.", f"k{place.id}")
        one = claim(
            doc, doc.text, "control", side="AR", holder="AR", places=(place.id,), time=Period(DAY, DAY)
        )
        ledger.add(doc, Reading(doc.id, "handmade 1", (one,)))
    return ledger, FakeGazetteer(places)


LEDGERS = {
    "none": (),
    "one": ((49.46, 36.86),),
    "north pole": ((90.0, 0.0), (89.999, 179.0)),
    "south pole": ((-90.0, -180.0),),
    "date line": ((64.0, 180.0), (64.5, -180.0), (64.2, 179.999), (64.3, -179.999)),
    "across the date line": ((64.0, 179.2), (64.5, -179.2)),
    "one point": ((49.0, 36.0), (49.0, 36.0), (49.001, 36.001)),
}


@pytest.mark.browser
@pytest.mark.parametrize("name", LEDGERS)
def test_the_ends_of_the_world(context_of: Contexts, tmp_path: Path, name: str) -> None:
    ledger, gazetteer = at(*LEDGERS[name])
    folder = tmp_path / "page"
    publish(ledger, gazetteer, folder, profile=WORLD, now=NOW)
    west, south, east, north = core_of(folder)["frame"]
    assert -180 <= west < east <= 180 and -90 <= south < north <= 90
    page, watch = watched(context_of(viewport={"width": 820, "height": 1100}), folder)
    show(page, folder)
    for route in tour(folder):
        go(page, route)
        assert page.locator("h1").count() == 1, route
    for place in record_of(folder)["places"]:
        go(page, "#/map?layers=said,areas,front,base,towns")
        page.wait_for_selector(DRAWN)
        drawn, inside = page.evaluate(SEEN, place["point"])
        assert inside and drawn > 20, (place["point"], drawn, inside)
    assert watch.clean(), watch


# ---- ten thousand claims at one place


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred reports of a hundred claims each, all of one place, by two sides over a hundred days."""
    ledger = FakeLedger()
    for number in range(100):
        day, side = DAY - dt.timedelta(days=number), ("AR", "BO")[number % 2]
        lines = [f"Word {n} of {day}: {side} holds Varnik." for n in range(MANY // 100)]
        doc = document(
            "\n\n".join(lines), f"k{number}", outlet=f"Paper {number % 5}", published=day.isoformat()
        )
        claims = tuple(
            claim(
                doc, line, "control", speaker=f"Army of {side}", side=side, holder=side, places=(1,),
                time=Period(day, day),
            )
            for line in lines
        )  # fmt: skip
        ledger.add(doc, Reading(doc.id, "handmade 1", claims))
    folder = tmp_path_factory.mktemp("crowded") / "page"
    publish(ledger, FakeGazetteer(), folder, profile=PROFILE, now=NOW)
    return folder


def size(page: Page) -> int:
    """How many elements the page has."""
    found: int = page.evaluate("() => document.querySelectorAll('*').length")
    return found


@pytest.mark.browser
@pytest.mark.parametrize("route", ["#/place/1", "#/map", "#/claims?place=1", "#/contradictions", "#/claims"])
def test_ten_thousand_claims_at_one_place_stay_a_page(
    context_of: Contexts, crowded: Path, route: str
) -> None:
    assert len(place_of(crowded, 1)["claims"]["number"]) == MANY
    page, watch = watched(context_of(viewport={"width": 390, "height": 844}), crowded)
    show(page, crowded, route)
    assert size(page) < 3500, size(page)
    # What is left out is shown in steps.
    more = page.locator("main button.more:visible")
    if more.count():
        before = size(page)
        more.first.click()
        page.wait_for_function("n => document.querySelectorAll('*').length > n", arg=before)
        assert size(page) - before < 3500
    assert watch.clean(), watch
