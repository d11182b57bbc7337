"""The page in a real browser: its routes, its links, its table, its map, and without any of what it likes."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from publishing_browsing import go, settle, show, watched
from publishing_reading import record_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]


@pytest.fixture
def page(context_of: Contexts, site: Path) -> Page:
    opened, _ = watched(context_of(viewport={"width": 1280, "height": 900}), site)
    return opened


@pytest.fixture
def atlas(context_of: Contexts, site: Path) -> Page:
    """A page whose map is drawn."""
    opened, _ = watched(context_of(viewport={"width": 1280, "height": 900}, webgl=True), site)
    return opened


def claim_of(site: Path, words: str) -> dict[str, Any]:
    record = record_of(site)
    latest = (c for c in record["claims"] if record["documents"][c["document"]]["latest"])
    found: dict[str, Any] = next(c for c in latest if words in c["quote"])
    return found


def routes_of(site: Path) -> list[str]:
    record = record_of(site)
    return [
        "#/",
        *(f"#/document/{d['id']}" for d in record["documents"][1:]),
        "#/claims",
        "#/claims?kind=control&sort=when",
        f"#/claim/{record['claims'][0]['id']}",
        "#/map",
        *[f"#/place/{p['id']}" for p in record["places"] if p["claims"]][:3],
        "#/contradictions",
        "#/checks",
        "#/notes",
        "#/nonsense",
        "#/claim/ffffffffff",
        "#/place/x",
        "#/%E0%A4%A",
    ]


def test_every_route_opens_without_an_error_and_asks_nobody(context_of: Contexts, site: Path) -> None:
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}, webgl=True), site)
    titles = set()
    show(page, site)
    for route in routes_of(site):
        go(page, route)
        assert page.locator("h1").first.inner_text().strip(), route
        titles.add(page.title())
    page.wait_for_timeout(200)
    assert watch.clean(), watch
    assert len(titles) > 10 and all(title.startswith("DRAFT · ") for title in titles)


@pytest.mark.parametrize("route", ["#/checks", "#/contradictions", "#/claims?kind=harm"])
def test_a_route_is_a_link_of_its_own(page: Page, site: Path, route: str) -> None:
    show(page, site)
    go(page, route)
    seen = page.locator("main").inner_text()
    show(page, site, route)
    page.reload()
    settle(page, route)
    assert page.locator("main").inner_text() == seen


def test_what_is_missing_says_so(page: Page, site: Path) -> None:
    show(page, site, "#/claim/ffffffffff")
    assert page.locator("h1").inner_text() == "No such claim"
    go(page, "#/place/424242")
    assert page.locator("h1").inner_text() == "No such place"


def test_back_leads_through_the_views_that_were_seen(page: Page, site: Path) -> None:
    show(page, site)
    page.get_by_role("link", name="Claims", exact=True).click()
    settle(page, "#/claims")
    page.locator("select[name=kind]").select_option("harm")
    settle(page, "#/claims?kind=harm")
    page.locator("td .quote").first.click()
    page.wait_for_selector(".card")
    page.go_back()
    settle(page, "#/claims?kind=harm")
    assert page.locator("select[name=kind]").input_value() == "harm"
    page.go_back()
    settle(page, "#/claims")
    page.go_back()
    settle(page)
    assert page.locator(".overview").count() == 1


# ---- the table


def test_filters_stand_in_the_address_and_narrow_the_table(page: Page, site: Path) -> None:
    show(page, site, "#/claims")
    everything = page.locator("tbody tr").count()
    page.locator("select[name=side]").select_option("BO")
    settle(page, "#/claims?side=BO")
    assert 0 < page.locator("tbody tr").count() < everything
    assert set(page.locator("td[data-label=Who] .side").all_inner_texts()) == {"Bork"}
    page.get_by_role("searchbox").fill("under our control")
    page.wait_for_function("() => location.hash.includes('q=under')")
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("searchbox").fill("no such words")
    page.wait_for_function("() => document.querySelectorAll('tbody tr').length === 0")
    page.get_by_role("link", name="Clear all").click()
    settle(page, "#/claims")
    assert page.locator("tbody tr").count() == everything
    assert page.get_by_role("searchbox").input_value() == ""


def test_a_filter_by_place_keeps_the_claims_about_it(page: Page, site: Path) -> None:
    show(page, site, "#/claims?place=4")
    cells = page.locator("td[data-label=Where]").all_inner_texts()
    assert cells and all("Senna" in cell for cell in cells)


def test_the_table_sorts_by_a_column_and_back(page: Page, site: Path) -> None:
    show(page, site, "#/claims")
    page.get_by_role("button", name="Kind").click()
    settle(page, "#/claims?sort=kind")
    kinds = [k.split("\n")[0] for k in page.locator("td[data-label=Kind]").all_inner_texts()]
    assert kinds == sorted(kinds) and len(set(kinds)) > 2
    assert page.locator("th.col-kind").get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Kind").click()
    settle(page, "#/claims?sort=kind&down=1")
    assert page.locator("th.col-kind").get_attribute("aria-sort") == "descending"
    assert page.locator("td[data-label=Kind]").first.inner_text().startswith(kinds[-1])


# ---- a claim


def test_the_card_says_who_and_on_whose_word_and_whether_it_holds(page: Page, site: Path) -> None:
    show(page, site, f"#/claim/{claim_of(site, 'Our units')['id']}")
    card = page.locator(".card").inner_text()
    for words in ("Olek Gromm", "Arden", "Northern Wire", "The Daily Courier", "said as fact", "movement"):
        assert words in card
    assert "Holm Region" in card and "8 September 2022" in card and "up to 50" in card
    go(page, f"#/claim/{claim_of(site, '76 kilometers')['id']}")
    checked = page.locator(".card .verdicts").inner_text()
    assert "distance" in checked and "direction" in checked and "agrees" in checked
    go(page, f"#/claim/{claim_of(site, 'appeared to be falling')['id']}")
    assert "said with a hedge" in page.locator(".card").inner_text()
    go(page, f"#/claim/{claim_of(site, 'under our control')['id']}")
    assert page.locator(".card .against li").count() >= 1


def test_a_claims_link_leads_to_its_marked_words(page: Page, site: Path) -> None:
    claim = claim_of(site, "Borkian shelling")
    show(page, site, f"#/claim/{claim['id']}")
    mark = page.locator("a.c.on")
    assert mark.first.inner_text() in claim["quote"]
    assert mark.first.get_attribute("aria-current") == "true"
    assert 0 < mark.first.bounding_box()["y"] < 900  # type: ignore[index]


def test_a_revised_report_shows_what_changed(page: Page, site: Path) -> None:
    latest = [d for d in record_of(site)["documents"] if d["revision"] == 2]
    show(page, site, f"#/document/{latest[0]['id']}")
    assert page.locator("del").all_inner_texts()[0].strip() == "two"
    assert page.locator("ins").all_inner_texts()[0].strip() == "three"
    page.get_by_role("link", name="Revision 1").click()
    page.wait_for_selector(".old")
    assert "earlier revision" in page.locator(".old").inner_text()


def test_the_keyboard_alone_reaches_a_claim_and_its_card(page: Page, site: Path) -> None:
    show(page, site)
    page.keyboard.press("Tab")
    assert "Skip" in page.evaluate("() => document.activeElement.textContent")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('a.report')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("article")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('a.c')"):
            break
    # Focus alone shows the card; Enter gives it its own address.
    assert page.locator(".card").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#/claim/')")
    settle(page)
    assert page.locator(".rail.open .card").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_function("() => location.hash.startsWith('#/document/')")
    settle(page)
    assert page.locator(".rail.open").count() == 0


# ---- the map


def on_map(page: Page, point: list[float]) -> tuple[float, float]:
    """Where a point stands on the screen, by what the map says of its view."""
    frame = page.locator(".map-box")
    box = frame.bounding_box()
    lon, lat, zoom = map(float, (frame.get_attribute("data-view") or "").split())
    assert box is not None

    def mercator(lon: float, lat: float) -> tuple[float, float]:
        return math.radians(lon), -math.asinh(math.tan(math.radians(lat)))

    (left, top), (x, y), scale = mercator(lon, lat), mercator(*point), 512 * 2**zoom / math.tau
    return box["x"] + box["width"] / 2 + (x - left) * scale, box["y"] + box["height"] / 2 + (y - top) * scale


def test_from_a_place_of_the_map_to_the_sentence_in_two_clicks(atlas: Page, site: Path) -> None:
    page = atlas
    show(page, site, "#/map")
    page.wait_for_selector(".map-box[data-ready=true]")
    claimed = claim_of(site, "under our control")
    place = next(p for p in record_of(site)["places"] if p["name"] == "Varnik")
    page.mouse.click(*on_map(page, place["point"]))
    settle(page, f"#/place/{place['id']}")
    page.locator(".claim-list .quote", has_text="under our control").first.click()
    page.wait_for_selector("a.c.on")
    assert page.locator("a.c.on").first.inner_text() in claimed["quote"]


def test_a_place_only_named_is_listed_apart(page: Page, site: Path) -> None:
    show(page, site, "#/map")
    listed = page.locator(".place-list li")
    assert listed.filter(has_text="only named").count() <= listed.filter(has_text="–").count()
    assert "region" in page.locator(".panel").inner_text() or "country" in page.locator(".panel").inner_text()
    named = [p for p in record_of(site)["places"] if not p["claims"] and p["mentions"]]
    assert all(p["point"] is None for p in named)


def test_without_webgl_the_map_is_the_same(context_of: Contexts, site: Path) -> None:
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}, webgl=False), site)
    show(page, site, "#/map")
    page.wait_for_selector(".map-box[data-ready=true]")
    assert page.locator(".place-list a").count() >= 4
    place = next(p for p in record_of(site)["places"] if p["name"] == "Varnik")
    page.mouse.click(*on_map(page, place["point"]))
    page.wait_for_selector("section.place")
    assert watch.clean(), watch


# ---- other eyes, other paper


def overflow(page: Page) -> int:
    found: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found


@pytest.mark.parametrize("width", [360, 820])
def test_no_view_is_wider_than_its_window(context_of: Contexts, site: Path, width: int) -> None:
    page, watch = watched(context_of(viewport={"width": width, "height": 780}), site)
    show(page, site)
    for route in routes_of(site):
        go(page, route)
        assert overflow(page) <= 0, route
    page.goto((site / "plain.html").as_uri())
    assert overflow(page) <= 0
    assert watch.clean(), watch


def test_the_theme_is_the_systems_and_may_change_under_the_map(atlas: Page, site: Path) -> None:
    def paper() -> int:
        colour = "() => getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)"
        return max(atlas.evaluate(colour))

    show(atlas, site, "#/map")
    atlas.wait_for_selector(".map-box[data-ready=true]")
    assert paper() > 230
    atlas.emulate_media(color_scheme="dark")
    atlas.wait_for_selector(".map-box[data-ready=true]")
    assert paper() < 60
    assert atlas.locator(".place-list a").count() >= 4


def test_the_plain_page_holds_the_record_without_scripts(context_of: Contexts, site: Path) -> None:
    page, watch = watched(context_of(java_script_enabled=False), site)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="one plain page").click()
    text = page.locator("body").inner_text()
    for words in (
        "Our units have moved forward",
        "Olek Gromm (AR)",
        "through Northern Wire",
        "hedged",
        "Draft.",
    ):
        assert words in text
    record = record_of(site)
    shown = [c for c in record["claims"] if record["documents"][c["document"]]["latest"]]
    assert page.locator(".plain-claims > li").count() == len(shown)
    assert watch.clean(), watch


def test_on_paper_the_text_and_a_drawn_map_remain(atlas: Page, site: Path) -> None:
    page = atlas
    show(page, site, "#/map")
    page.emulate_media(media="print")
    assert page.locator(".map-box canvas").first.is_visible()
    assert not page.locator(".map-buttons").is_visible()
    assert not page.locator(".top nav").is_visible()
    go(page, f"#/claim/{claim_of(site, 'Our units')['id']}")
    assert page.locator("article").is_visible() and page.locator(".card").is_visible()
    assert page.locator(".draft").first.is_visible()


# ---- names of things, for those who hear the page

UNNAMED = """() => {
  const wrong = [];
  const say = (what, e) => wrong.push(what + ": " + e.outerHTML.slice(0, 90));
  const shown = (selector) => [...document.querySelectorAll(selector)]
    .filter((e) => !e.closest('[aria-hidden="true"], [hidden]'));
  const label = (e) => (e.getAttribute("aria-label") || e.getAttribute("alt") || "").trim();
  for (const e of shown("input, select, textarea"))
    if (!label(e) && ![...e.labels].some((l) => l.textContent.trim())) say("no label", e);
  for (const e of shown("a[href], button, summary"))
    if (!label(e) && !e.title && !e.textContent.trim()) say("no name", e);
  for (const e of shown("img, svg, canvas, [role=img]"))
    if (!label(e) && !e.closest("a[aria-label]")) say("no name", e);
  const levels = shown("h1, h2, h3, h4").map((e) => +e.tagName[1]);
  if (levels.filter((l) => l === 1).length !== 1) wrong.push("headings of the first level: " + levels);
  if (levels.some((l, i) => i && l > levels[i - 1] + 1)) wrong.push("a level is left out: " + levels);
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of new Set(ids.filter((x, i) => ids.indexOf(x) !== i))) wrong.push("twice: #" + id);
  return wrong;
}"""


def test_every_control_and_picture_has_a_name_and_headings_are_in_order(page: Page, site: Path) -> None:
    show(page, site)
    wrong = {}
    for route in routes_of(site):
        go(page, route)
        if found := page.evaluate(UNNAMED):
            wrong[route] = found
    page.goto((site / "plain.html").as_uri())
    if found := page.evaluate(UNNAMED):
        wrong["plain.html"] = found
    assert wrong == {}


def test_the_page_says_its_language_and_has_landmarks(page: Page, site: Path) -> None:
    show(page, site)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="Sections").count() == 1
