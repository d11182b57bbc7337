"""The further pages in a real browser: what each says, its filters, its links, and hostile and empty data."""

from __future__ import annotations

import base64
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import go, settle, show, watched
from publishing_pages import HOSTILE, piece_of, put, weighed

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]

ROUTES = {
    "#/sources": "Sources",
    "#/source/General%20Staff": "General Staff",
    "#/propositions": "What outlets say alike",
    "#/proposition/0": "Arden on Thursday night",
    "#/contradictions": "What contradicts what",
    "#/checks": "Checks",
    "#/forecasts": "Forecasts",
    "#/losses": "Losses",
    "#/coverage": "Coverage",
    "#/corrections": "Corrections",
    "#/methods": "Method and safety",
    "#/search?q=varnik": "Search",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with every weighed piece and lists of many entries."""
    return weighed(tmp_path_factory.mktemp("pages") / "page")


@pytest.fixture
def page(context_of: Contexts, folder: Path) -> Page:
    opened, _ = watched(context_of(viewport={"width": 1280, "height": 900}), folder)
    return opened


def words(page: Page) -> str:
    """What the view says, with plain spaces."""
    return page.locator("main").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["wide", "phone"])
def test_every_page_opens_asks_nobody_and_fits(
    context_of: Contexts, folder: Path, size: tuple[int, int]
) -> None:
    page, watch = watched(context_of(viewport={"width": size[0], "height": size[1]}), folder)
    show(page, folder)
    for route, heading in ROUTES.items():
        go(page, route)
        assert page.locator("h1").first.inner_text().startswith(heading), route
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), route
    assert watch.clean(), watch


def test_hostile_words_stay_words(context_of: Contexts, folder: Path) -> None:
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}), folder)
    show(page, folder)
    for route in (
        "#/sources",
        "#/propositions",
        "#/contradictions",
        "#/checks",
        "#/coverage",
        "#/corrections",
    ):
        go(page, route)
        assert HOSTILE in words(page), route
        assert page.locator("main img[src=x]").count() == 0, route
    go(page, "#/search?q=" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert page.locator("main img").count() == 0
    assert watch.clean(), watch


# ---- sources


def test_a_source_has_its_record_and_its_cases(page: Page, folder: Path) -> None:
    show(page, folder, "#/sources")
    first = page.locator("table.sorted tbody tr").first
    assert (
        "General Staff" in first.inner_text() and "66 % of 17" in words(page) and "1 day early" in words(page)
    )
    name = first.locator("svg.interval title").first.text_content() or ""
    assert name.replace("\u202f", " ") == "Gains: 66 % of 17, between 47 % and 82 %"
    first.locator("a.name").click()
    settle(page, "#/source/General%20Staff")
    assert "Gains of its own side: did not come true 1" in words(page)
    assert "it never told of 7" in words(page)
    page.locator(".cases .quote").first.click()
    page.wait_for_selector("[data-claim]")


def test_sources_sort_in_place_and_keep_the_focus(page: Page, folder: Path) -> None:
    show(page, folder, "#/sources")
    page.locator("th button[name=gains]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.includes('sort=gains')")
    settle(page)
    names = page.locator("table.sorted tbody .name").all_inner_texts()
    assert names[0] == "Monitor" and names[-1] == HOSTILE
    assert page.locator("th.col-gains").get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.activeElement.name") == "gains"
    page.reload()
    settle(page)
    assert page.locator("table.sorted tbody .name").all_inner_texts() == names


def test_sources_by_side(page: Page, folder: Path) -> None:
    show(page, folder, "#/sources")
    page.get_by_role("link", name="no side 1").click()
    settle(page, "#/sources?side=none")
    assert page.locator("table.sorted tbody tr").count() == 1


# ---- what outlets say alike


def test_a_proposition_tells_outlets_and_origins(page: Page, folder: Path) -> None:
    show(page, folder, "#/propositions")
    first = page.locator("li.proposition").first
    assert "10 outlets, 1 origin: General Staff" in first.inner_text().replace("\u00a0", " ")
    first.locator("a.quote").click()
    settle(page, "#/proposition/0")
    assert "different holders on one day" in words(page) and "And 9 claims more." in words(page)
    page.locator("h2:has-text('contradicts') + ol a.quote").click()
    settle(page, "#/proposition/1")
    page.locator(".claim-list .quote").first.click()
    page.wait_for_selector("[data-claim]")


def test_propositions_filter_and_number_as_the_list_does(page: Page, folder: Path) -> None:
    show(page, folder, "#/propositions")
    page.locator("select[name=origins]").select_option("several")
    page.wait_for_function("() => location.hash.includes('origins=several')")
    settle(page)
    assert page.evaluate("document.activeElement.name") == "origins"
    links = page.locator("li.proposition > a.quote")
    found = [links.nth(n).get_attribute("href") for n in range(3)]
    assert found == ["#/proposition/1", "#/proposition/4", "#/proposition/7"]
    go(page, "#/propositions?outlets=10")
    assert page.locator("li.proposition").count() == 1


# ---- contradictions and checks


@pytest.mark.parametrize(
    ("route", "item"), [("#/contradictions", "li.pair"), ("#/checks?outcome=all", "li.check")]
)
def test_long_lists_have_pages(page: Page, folder: Path, route: str, item: str) -> None:
    show(page, folder, route)
    assert page.locator("nav.pager").inner_text().replace("\u00a0", " ").startswith("1 to")
    assert "of 450" in page.locator("nav.pager").inner_text()
    first = page.locator(item).first.inner_text()
    page.locator("nav.pager a[rel=next]").click()
    settle(page)
    assert "page=2" in page.url
    assert page.locator(item).first.inner_text() != first
    page.locator("nav.pager a", has_text="Last").click()
    settle(page)
    assert "to 450 of 450" in page.locator("nav.pager").inner_text()
    assert page.locator("nav.pager a[rel=next]").count() == 0


def test_checks_are_counted_by_outcome(page: Page, folder: Path) -> None:
    show(page, folder, "#/checks")
    outcomes = piece_of(folder, "core")["counts"]["outcomes"]
    done = sum(count for outcome, count in outcomes.items() if outcome != "cannot be checked")
    assert page.locator("ul.outcomes [aria-current]").inner_text() == f"checked {done}"
    assert page.locator("li.cannot-be-checked").count() == 0
    for outcome, count in outcomes.items():
        assert f"{outcome} {count}" in page.locator("ul.outcomes").inner_text()
    page.locator("ul.outcomes a.differs").click()
    settle(page, "#/checks?outcome=differs")
    assert set(page.locator("li.check .outcome strong").all_inner_texts()) == {"differs"}
    assert f"of {outcomes['differs']}" in page.locator("nav.pager").inner_text()


def test_contradictions_of_a_kind_and_between_sides(page: Page, folder: Path) -> None:
    show(page, folder, "#/contradictions?sides=across&kind=control")
    sides = page.locator("li.pair").first.locator(".half").all()
    assert len(sides) == 2 and "party-1" in (sides[1].get_attribute("class") or "")
    for pair in page.locator("li.pair").all():
        assert "control" in pair.inner_text()
    page.locator("li.pair blockquote a").first.click()
    page.wait_for_selector("[data-claim]")


def test_a_check_of_its_own(page: Page, site: Path) -> None:
    verdict = piece_of(site, "verdicts-0")[0]
    show(page, site, f"#/check/{verdict['id']}")
    assert page.locator("details[open] .how").count() == 1 and verdict["method"] in words(page)
    page.get_by_role("link", name="The claim where it stands").click()
    page.wait_for_selector(f"[data-claim='{verdict['claim']['id']}']")


# ---- forecasts


def test_forecasts_tell_their_fate_and_score(page: Page, folder: Path) -> None:
    show(page, folder, "#/forecasts")
    told = words(page)
    assert "Brier score 0.01" in told and "its words say 90 %" in told and "8 April 2022" in told
    assert "Mean score of all 2" in told and "0.33" in told
    page.locator(".evidence summary").first.click()
    assert page.locator(".evidence .line").first.is_visible()
    page.locator("ul.outcomes a", has_text="still open").click()
    settle(page, "#/forecasts?outcome=open")
    assert page.locator("li.forecast").count() == 1
    go(page, "#/forecasts?speaker=The%20Daily%20Courier")
    assert page.locator("li.forecast").count() == 2


# ---- losses


def test_losses_keep_lists_and_claims_apart(page: Page, folder: Path) -> None:
    show(page, folder, "#/losses")
    lists = {one["side"]: one for one in piece_of(folder, "losses")["lists"]}
    assert page.locator(".totals strong").all_inner_texts() == [f"{one['total']:,}" for one in lists.values()]
    chart = page.locator("figure.chart").first
    desc = chart.locator("svg.bars desc").text_content() or ""
    assert desc.startswith(f"{lists['AR']['total']:,} entries from")
    chart.locator("summary").click()
    table = chart.locator("table.twin")
    table.locator("tbody td").first.wait_for(state="attached")
    cells = [int(cell.replace(",", "")) for cell in table.locator("tbody td:last-child").all_inner_texts()]
    assert sum(cells) == lists["AR"]["total"]
    assert "Claims repeat one another and are not added up" in words(page)
    assert page.locator(".claimed h3").count() == len(piece_of(folder, "core")["sides"])
    page.locator(".totals a").nth(1).click()
    settle(page)
    assert "Bork" in page.locator("figure.chart figcaption").first.inner_text()


def test_all_kinds_of_a_list_are_shown_when_they_are_asked_for(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "page")
    piece, whole = piece_of(folder, "losses"), piece_of(folder, "losses-0")
    piece["lists"][0]["kinds"] = whole["kinds"][:3]
    put(tmp_path / "page", "losses", piece)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    show(page, tmp_path / "page", "#/losses")
    assert page.locator("table.kinds tbody tr").count() == 3 and "losses-0.js" not in asked
    page.get_by_role("button", name="Show more (5 left)").click()
    page.locator("table.kinds tbody tr").nth(7).wait_for()
    assert "losses-0.js" in asked
    page.locator("table.kinds tbody a").nth(5).click()
    settle(page)
    kind, counts = whole["kinds"][5]
    assert page.locator("figure.chart figcaption").first.inner_text().lower().find(kind) > 0
    desc = page.locator("figure.chart svg.bars desc").first.text_content() or ""
    assert desc.startswith(f"{sum(counts):,} entries from")


GREYS = """async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height), greys = [];
  for (let i = 0; i < data.length; i += 4) {
    greys.push(0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2]);
  }
  return greys;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_parts_of_a_chart_can_be_told_apart_in_grey(context_of: Contexts, folder: Path, theme: str) -> None:
    """The signs of the key as pixels: without hue, any two differ by 16 levels of 255 a pixel or more."""
    context = context_of(viewport={"width": 1280, "height": 900}, color_scheme=theme, device_scale_factor=2)
    page, _ = watched(context, folder)
    blank = context.new_page()
    show(page, folder, "#/losses?by=kind")
    for chart, parts in ((0, 6), (1, len(piece_of(folder, "core")["sides"]))):
        signs = page.locator("figure.chart").nth(chart).locator("svg.swatch").all()
        assert len(signs) == parts
        pictures = [base64.b64encode(sign.screenshot()).decode() for sign in signs]
        greys = [blank.evaluate(GREYS, picture) for picture in pictures]
        for one, other in itertools.combinations(greys, 2):
            apart = [abs(a - b) for a, b in zip(one, other, strict=False)]
            assert sum(apart) / len(apart) > 16, (chart, theme)


# ---- coverage, corrections, methods


def test_a_silent_feed_is_said_to_be_silent(page: Page, folder: Path) -> None:
    show(page, folder, "#/coverage")
    assert "1 of 3 feeds gave nothing for more than 5 days" in words(page)
    silent = page.locator(".feed.silent")
    assert silent.count() == 1
    assert "nothing from this feed for 6 days" in silent.inner_text().replace("\u00a0", " ")
    assert silent.locator(".gap-box").count() == 1
    name = (silent.locator("svg.strip title").text_content() or "").replace("\u00a0", " ")
    assert name.endswith("no gap of more than 5 days; nothing from this feed for 6 days")
    holed = page.locator(".feed", has_text="Post")
    assert "1 gap, the longest of 9 days" in holed.inner_text().replace("\u00a0", " ")
    go(page, "#/coverage?sort=quiet")
    assert HOSTILE in page.locator(".feed h2").first.inner_text()


def test_corrections_by_what_was_done(page: Page, folder: Path) -> None:
    show(page, folder, "#/corrections")
    assert page.locator(".corrections li").count() == 3
    page.locator("ul.outcomes a", has_text="Corrected").click()
    settle(page, "#/corrections?what=correction")
    assert page.locator(".corrections li").count() == 1
    page.locator(".corrections a.report").click()
    page.wait_for_selector(".text")


def test_methods_tell_the_rules_that_were_applied(page: Page, folder: Path) -> None:
    show(page, folder, "#/methods")
    told, core = words(page), piece_of(folder, "core")
    assert (
        f"{core['withheld']} private names" in told and "grid of 0.01°" in told and "This is a draft" in told
    )
    assert core["meta"]["gazetteer"][2] in told and "Zelenyi Khutir" in told and "broken.html" in told


# ---- nothing


def test_without_data_every_page_says_so(context_of: Contexts, folder: Path, tmp_path: Path) -> None:
    bare = Path(shutil.copytree(folder, tmp_path / "bare"))
    core = piece_of(bare, "core")
    core["has"] = {}
    for name in ("contradictions", "verdicts"):
        core["pieces"][name] |= {"count": 0, "entries": 0}
    put(bare, "core", core)
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}), bare)
    show(page, bare)
    for route in list(ROUTES)[:-2]:
        go(page, route)
        shown = page.locator("main .empty, main .missing")
        assert shown.count() and len(shown.first.inner_text()) > 20, route
    assert watch.clean(), watch


# ---- the menu


def test_the_menu_by_keyboard_on_a_phone(context_of: Contexts, folder: Path) -> None:
    page, _ = watched(context_of(viewport={"width": 390, "height": 844}), folder)
    show(page, folder)
    menu = page.locator(".menu")
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".menu a[data-nav=coverage]").is_visible()
    box = page.locator(".menu-in").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.locator(".menu a[data-nav=coverage]").click()
    settle(page, "#/coverage")
    assert menu.get_attribute("open") is None
    assert page.locator(".menu a[aria-current=page]").get_attribute("data-nav") == "coverage"
