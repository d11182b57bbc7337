"""The map in a browser: what is said on a day, the handles of time, the story, the signs, and no WebGL."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from publishing_atlas import World, iso, said, write
from publishing_browsing import show, watched

from oskil.publishing.holders import said_to_hold
from oskil.records import Claim, Period, Span

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]
WORLD = World(places=160, days=60, claims=1500)
SIDES = ("RU", "UA", "independent")
STANDINGS = ["mentioned", "claimed", "assessed", "contested"]
DRAWN = ".map-box[data-ready=true]"


@pytest.fixture(scope="module")
def atlas_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("atlas") / "page"
    write(WORLD, folder)
    return folder


@pytest.fixture
def page(context_of: Contexts, atlas_site: Path) -> Page:
    """A page without WebGL."""
    opened, _ = watched(context_of(viewport={"width": 1280, "height": 900}), atlas_site)
    return opened


def drawn(page: Page, folder: Path, route: str) -> None:
    show(page, folder, route)
    page.wait_for_selector(DRAWN)


def claims_of(place: int, known: int) -> list[Claim]:
    """The words on a place that were out and not yet replaced on a day, as the ledger would have them."""
    columns = said(WORLD)
    found = []
    for n, number in enumerate(columns["claim"]):
        until = columns["until"][n]
        if columns["place"][n] != place or columns["known"][n] > known or 0 <= until <= known:
            continue
        day = dt.date.fromisoformat(iso(columns["day"][n]))
        side = columns["side"][n]
        found.append(
            Claim(
                id=WORLD.claim_id(number),
                document="d",
                spans=(Span(0, 1),),
                quote="x",
                kind="control",
                places=(place,),
                side=SIDES[side] if side >= 0 else None,
                holder=("UA", "RU")[columns["holder"][n]],
                polarity="denied" if columns["denied"][n] else "affirmed",
                certainty="asserted",
                time=Period(day, day),
            )
        )
    return found


def test_what_is_said_on_a_day_is_what_the_rule_in_python_says(page: Page, atlas_site: Path) -> None:
    drawn(page, atlas_site, "#/map")
    chance = random.Random(4)
    rows = sorted(set(said(WORLD)["place"]), key=said(WORLD)["place"].count)[-12:]
    met = set()
    for _ in range(25):
        day, known = chance.randrange(60), chance.randrange(60)
        got: dict[str, Any] = page.evaluate(
            """async ([day, known]) => { const s = await Oskil.saidOn(day, known);
            return {standing: [...s.standing], holders: [...s.holders], day: [...s.day]}; }""",
            [day, known],
        )
        for row in rows:
            upto = [c for c in claims_of(row, known) if c.time and str(c.time.last) <= iso(day)]
            expected = said_to_hold(row, upto, {})
            bits = sum(1 << ("UA", "RU").index(h) for h in expected.holders)
            newest = (expected.day - dt.date.fromisoformat(iso(0))).days if expected.day else -1
            assert STANDINGS[got["standing"][row]] == expected.standing, (day, known, row)
            assert (got["holders"][row], got["day"][row]) == (bits, newest)
            met.add(expected.standing)
    assert met == set(STANDINGS)


def test_keys_move_the_day_and_the_address_follows(page: Page, atlas_site: Path) -> None:
    drawn(page, atlas_site, "#/map?day=2022-05-01")
    day = page.get_by_role("slider", name="The day spoken of")
    day.focus()
    steps = {
        "ArrowRight": "2022-05-02",
        "PageUp": "2022-06-01",
        "PageDown": "2022-05-01",
        "Home": "2022-04-03",
        "End": "2022-06-01",
    }
    for key, expected in steps.items():
        if key == "PageUp":
            page.keyboard.press("ArrowLeft")
        page.keyboard.press(key)
        assert page.locator(".time").get_attribute("data-day") == expected, key
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => location.hash.includes('day=2022-05-31')")
    page.wait_for_selector('.map-box[data-day="2022-05-31"]')
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.wait_for_selector('.play[aria-pressed="true"]')
    page.wait_for_function("() => document.querySelector('.time').dataset.day > '2022-04-04'")
    page.keyboard.press("Space")
    page.wait_for_selector('.play[aria-pressed="false"]')


def test_the_two_handles_are_two_questions(page: Page, atlas_site: Path) -> None:
    drawn(page, atlas_site, "#/map?day=2022-05-10&known=2022-05-01")
    time = page.locator(".time")
    assert time.get_attribute("data-known") == "2022-05-01"
    assert "carried on" in page.locator(".basis").inner_text()
    page.get_by_role("slider", name="As known on").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.hash.includes('known=2022-05-02')")
    assert time.get_attribute("data-day") == "2022-05-10"
    page.get_by_label("only what was out by that day").check()
    page.wait_for_function("() => location.hash.includes('known=same')")
    assert time.get_attribute("data-known") == "2022-05-10"


def test_two_clicks_from_the_list_to_the_words(page: Page, atlas_site: Path) -> None:
    drawn(page, atlas_site, "#/map")
    page.locator(".place-list a").first.click()
    page.wait_for_selector(".place .claim-list .quote")
    assert "Inferred" in page.locator(".standing").inner_text()
    link = page.locator(".place .claim-list .quote").first.get_attribute("href") or ""
    assert link.startswith("#/claim/")


LISTED = """async () => {
  const number = (iso) => Oskil.dayNumber(iso), { day, known } = document.querySelector(".time").dataset;
  const said = await Oskil.saidOn(number(day), number(known));
  return [...document.querySelectorAll(".place-list li")].map((li) => {
    const row = Number(li.querySelector("a").dataset.row), bits = said.holders[row];
    const now = { standing: Oskil.STANDING[said.standing[row]], holders: Oskil.partiesOf(bits) };
    return [li.querySelector(".meta").textContent, Oskil.standingWords(now)];
  });
}"""


@pytest.mark.parametrize("query", ["", "?day=2022-05-01", "?day=2022-05-20&known=2022-05-01"])
def test_a_link_to_a_day_lists_what_was_said_on_it(page: Page, atlas_site: Path, query: str) -> None:
    drawn(page, atlas_site, f"#/map{query}")
    listed = page.evaluate(LISTED)
    assert len(listed) > 20 and all(words == expected for words, expected in listed), query
    assert len({words for words, _ in listed}) > 2


def test_the_story_has_a_mark_for_every_claim(page: Page, atlas_site: Path) -> None:
    row = max(range(160), key=lambda n: len(WORLD.details(n)["clashes"]))
    drawn(page, atlas_site, f"#/place/{WORLD.towns[row]['geonameid']}")
    marks = page.locator(".strip .mark")
    labels = marks.evaluate_all("list => list.map(m => m.getAttribute('aria-label'))")
    told = [int(label.split(": ")[1].split("\u00a0")[0]) for label in labels]
    assert sum(told) == len(WORLD.by_place[row])
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.mark") == "1"
    assert page.locator(".strip .clash").count() > 0


def test_the_filter_of_places_and_what_is_not_found(page: Page, atlas_site: Path) -> None:
    drawn(page, atlas_site, "#/map")
    name = page.locator(".place-list a").nth(5).inner_text()
    page.get_by_role("searchbox", name="Find a place").fill(name[:6].upper())
    page.wait_for_function("n => document.querySelectorAll('.place-list li').length < n", arg=100)
    assert name in page.locator(".place-list a").all_inner_texts()
    page.get_by_role("searchbox", name="Find a place").fill("zzzz")
    page.get_by_text("No place of that name.").wait_for()


GREY = """() => {
  const grey = ([standing, bits]) => {
    const sprite = Oskil.sprite(standing, bits, 3, 1), on = document.createElement("canvas");
    on.width = on.height = sprite.width;
    const c = on.getContext("2d");
    c.fillStyle = "#fff"; c.fillRect(0, 0, on.width, on.height); c.drawImage(sprite, 0, 0);
    const d = c.getImageData(0, 0, on.width, on.height).data;
    const light = (i) => 0.299 * d[4 * i] + 0.587 * d[4 * i + 1] + 0.114 * d[4 * i + 2];
    return Array.from({ length: d.length / 4 }, (_, i) => light(i));
  };
  const signs = [[1, 1], [1, 2], [2, 1], [2, 2], [3, 3], [0, 0]].map(grey), far = [];
  for (let a = 0; a < signs.length; a++) for (let b = 0; b < a; b++)
    far.push(signs[a].filter((v, i) => Math.abs(v - signs[b][i]) > 40).length / signs[a].length);
  return Math.min(...far);
}"""


def test_signs_differ_without_their_hues(page: Page, atlas_site: Path) -> None:
    drawn(page, atlas_site, "#/map")
    assert page.evaluate(GREY) > 0.12


def test_ground_is_drawn_without_webgl_and_only_where_it_is_asked_for(page: Page, atlas_site: Path) -> None:
    count = """() => { const c = document.querySelector("canvas.day");
      const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
      let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n / (d.length / 4); }"""
    drawn(page, atlas_site, "#/map?layers=areas")
    assert page.evaluate(count) > 0.01
    drawn(page, atlas_site, "#/map?layers=none")
    page.wait_for_function(f"() => ({count})() === 0")


def test_an_embedded_map_has_its_day_and_credit_and_nothing_else(page: Page, atlas_site: Path) -> None:
    drawn(page, atlas_site, "#/map?embed=1&day=2022-05-10")
    assert page.locator(".map-day").is_visible() and page.locator(".credit").is_visible()
    assert not page.locator("header.top").is_visible() and not page.locator(".time").is_visible()
