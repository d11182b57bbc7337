"""Reports that attack the page and the exports: nothing of them runs, nothing is asked of anybody, and words
stay words. One ledger holds every attack in every field that others write."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree
from publishing_attacks import (
    ATTACKS,
    ATTRIBUTES,
    HIT,
    HOSTILE_PROFILE,
    MARKS,
    TAGS,
    TEMPLATES,
    TITLE,
    HostileGazetteer,
    beside,
    fill,
)
from publishing_browsing import go, settle, show, watched
from publishing_handmade import NOW
from publishing_reading import everything, piece_of, record_of
from publishing_serving import served
from publishing_touring import FOREIGN, name_of, route_names, tour

from oskil.checking.data import Data, prepare
from oskil.ledger.exchange import joining
from oskil.ledger.store import Ledger, open_ledger
from oskil.pipeline.beside import given
from oskil.pipeline.standing import Standing
from oskil.publishing.exports import exporter, exporters
from oskil.publishing.exports.collecting import Asked, collect
from oskil.publishing.site import publish

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

Contexts = Callable[..., "BrowserContext"]
# What a spreadsheet takes for a formula, but for plain numbers.
FORMULA = re.compile(r"[=+\-@\t\r]")
# What a page without scripts may not hold.
BARE = """() => document.querySelectorAll(
  'script, iframe, style, img:not([src^="checks/"], [src^="../checks/"])').length"""
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass
class Attacked:
    """A ledger that holds every attack, and the site made of it."""

    ledger: Ledger
    data: Data
    folder: Path


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    folder = tmp_path_factory.mktemp("hostile")
    with open_ledger(folder / "ledger.db") as ledger:
        fill(ledger)
        found = beside()
        data = prepare(found.maps, found.losses, found.layers, profile=HOSTILE_PROFILE)
        publish(
            Standing(ledger),
            HostileGazetteer(),
            folder / "page",
            profile=HOSTILE_PROFILE,
            now=NOW,
            title=TITLE,
            data=data,
            given=given(ledger, found),
        )
        yield Attacked(ledger, data, folder / "page")


def test_there_are_many_attacks_and_each_is_on_the_site(attacked: Attacked) -> None:
    assert len(ATTACKS) > 60 and len(set(ATTACKS)) == len(ATTACKS)
    record = record_of(attacked.folder)
    for sort in ("distance", "control", "losses"):
        assert any(v["check"] == sort for v in record["verdicts"]), sort
    # What is checked against a map or a list names its keeper and its notes.
    assert any("keeper" in json.dumps(v) and "note" in json.dumps(v) for v in record["verdicts"])
    losses = piece_of(attacked.folder / "data" / "losses.js")
    assert len({one["assessor"] for one in losses["lists"]}) == len(ATTACKS)
    assert len(record["has"]["layers"]) == len(ATTACKS)
    assert len(record["has"]["drawn"]) == len(ATTACKS)
    assert len(record["refusals"]) == len(ATTACKS)


def test_no_attack_stands_raw_in_the_folder(attacked: Attacked) -> None:
    text = everything(attacked.folder)
    for raw in (
        "<script>window",
        "<img src=x",
        "<iframe",
        "</script><script>",
        "<svg onload",
        "@import 'http",
    ):
        assert raw not in text, raw
    found = re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029\x00\x07\x1b]", text)
    assert not found, text[max(0, found.start() - 200) : found.end() + 50]
    urls = {d["url"] for d in record_of(attacked.folder)["documents"] if d["url"]}
    assert {urlsplit(url).netloc for url in urls} == {"courier.example", "evil.example"}
    assert all(re.fullmatch(r"https?://[^\s<>\"\u200b\ufeff]+", url) for url in urls)


# ---- in a browser


def unharmed(page: Page, route: str) -> None:
    assert page.evaluate(HIT) == 0, route
    assert page.evaluate(FOREIGN) == [], route


def opened(page: Page) -> None:
    """Open what is folded and show what is left out, as far as a view has it."""
    page.evaluate(
        """() => {
          for (const fold of document.querySelectorAll("main details")) fold.open = true;
          for (const more of document.querySelectorAll("main button.more:not([hidden])")) more.click();
        }"""
    )


def hostile_routes() -> Iterator[str]:
    """Addresses that attack."""
    for attack in (TAGS[5], ATTRIBUTES[0], "__proto__"):
        words = quote(attack, safe="")
        for name in ("", "claim", "document", "place", "source", "check", "proposition", "proposition/of"):
            yield f"#/{name}/{words}"
        for field in ("search?q", "claims?q", "claims?kind", "claims?speaker", "claims?sort", "map?day"):
            yield f"#/{field}={words}"
        for field in ("map?layers", "places?q", "losses?list", "losses?kind", "checks?check", "sources?sort"):
            yield f"#/{field}={words}"
        for field in (
            "forecasts?speaker",
            "coverage?sort",
            "contradictions?kind",
            "claims?lang",
            "places?day",
        ):
            yield f"#/{field}={words}"


@pytest.mark.browser
def test_nothing_runs_and_nothing_is_asked_on_any_view(context_of: Contexts, attacked: Attacked) -> None:
    folder = attacked.folder
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}), folder)
    record = record_of(folder)
    routes = [*tour(folder), *hostile_routes()]
    assert {name_of(route) for route in routes} >= route_names()
    sources = piece_of(folder / "data" / "sources.js")
    routes += [f"#/source/{quote(s['name'], safe='')}" for s in sources[::8]]
    routes += [f"#/claim/{c['id']}" for c in record["claims"][::15]]
    routes += [f"#/document/{d['id']}" for d in record["documents"][::12]]
    routes += [f"#/place/{p['id']}" for p in record["places"][::8]]
    show(page, folder)
    for route in routes:
        # The page may put its own words into an address.
        page.evaluate("route => { location.hash = route }", route)
        settle(page)
        opened(page)
        unharmed(page, route)
    assert watch.clean(), watch


@pytest.mark.browser
def test_the_map_with_every_layer_and_other_languages(context_of: Contexts, attacked: Attacked) -> None:
    page, watch = watched(context_of(viewport={"width": 390, "height": 844}), attacked.folder)
    show(page, attacked.folder, "#/map?layers=said,areas,front,drawn,base,names")
    page.wait_for_selector(".map-box[data-ready=true]")
    for box in page.locator("[data-layer]").all():
        box.evaluate("box => box.checked || box.click()")
    page.wait_for_timeout(300)
    unharmed(page, "map")
    for language in ("uk", "ru"):
        for route in ("#/", "#/losses", "#/checks", "#/methods", "#/sources"):
            go(page, f"{route}?lang={language}")
            unharmed(page, f"{route} {language}")
    assert watch.clean(), watch


@pytest.mark.browser
def test_a_served_site_is_as_deaf(context_of: Contexts, attacked: Attacked) -> None:
    with served(attacked.ledger, HostileGazetteer(), attacked.folder) as home:
        page, watch = watched(context_of(viewport={"width": 820, "height": 1100}), home)
        show(page, home)
        for route in tour(attacked.folder):
            go(page, route)
            unharmed(page, route)
        assert watch.clean(), watch
        # What the API answers is data, and no page of it is drawn.
        answer = page.goto(f"{home}/api/claims?limit=1000")
        assert answer and answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert page.evaluate(HIT) == 0


@pytest.mark.browser
def test_the_plain_page_and_the_pictures_are_as_deaf(context_of: Contexts, attacked: Attacked) -> None:
    page, watch = watched(context_of(), attacked.folder)
    pictures = sorted((attacked.folder / "checks").glob("*.svg"))
    assert len(pictures) > 5
    for path in [*sorted(attacked.folder.glob("plain*")), *pictures[:: len(pictures) // 5]]:
        if path.is_file():
            page.goto(path.as_uri())
            unharmed(page, path.name)
            assert page.evaluate(BARE) == 0
    page.goto((attacked.folder / "plain.html").as_uri())
    text = page.locator("body").inner_text()
    assert TAGS[0] in text and TAGS[5] in text and "{{7*7}}" in text
    assert watch.clean(), watch


@pytest.mark.browser
def test_attacks_are_shown_as_the_words_they_are(context_of: Contexts, attacked: Attacked) -> None:
    page, _ = watched(context_of(), attacked.folder)
    record = record_of(attacked.folder)
    show(page, attacked.folder)
    for attack in (TAGS[0], TAGS[5], ATTRIBUTES[0], TEMPLATES[0], TEMPLATES[1], "__proto__"):
        start = f"{attack} Ministry: Arden holds {attack} now"
        shown = next(c for c in record["claims"] if c["quote"] == start)
        go(page, f"#/claim/{shown['id']}")
        assert attack in page.locator(".card blockquote").inner_text()
        assert f"{attack} Ministry" in page.locator(".card .chain").inner_text()
        assert attack in page.locator("h1").inner_text()
        go(page, f"#/place/{shown['places'][0]}")
        assert page.locator(".panel h1").inner_text() == attack
    turned = next(c for c in record["claims"] if "gnirts" in c["quote"])
    go(page, f"#/claim/{turned['id']}")
    # The override is made visible, so the words keep their order.
    assert MARKS[0].startswith("safe \u202e")
    assert "safe \ufffdgnirts\ufffd end" in page.locator(".card blockquote").inner_text()


# ---- what is taken away


def harmless(text: str) -> None:
    """No cell is a formula, and cells are as many in each row."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) > 20 and len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row]
    assert [c for c in cells if FORMULA.match(c) and not NUMBER.fullmatch(c)] == []
    assert any(c.startswith("'=cmd|") for c in cells)


@pytest.mark.browser
@pytest.mark.parametrize("route", ["#/claims", "#/places"])
def test_no_file_that_a_page_offers_has_a_formula(
    context_of: Contexts, attacked: Attacked, route: str
) -> None:
    page, watch = watched(context_of(accept_downloads=True), attacked.folder)
    show(page, attacked.folder, route)
    with page.expect_download() as waiting:
        page.locator("button.download").click()
    harmless(Path(waiting.value.path()).read_text("utf-8"))
    assert watch.clean(), watch


@pytest.mark.parametrize("name", [e.name for e in exporters()])
def test_no_export_lets_an_attack_out(name: str, attacked: Attacked) -> None:
    asked = Asked(hxl=True, checked=name == "claimreview", title=TITLE)
    made = collect(attacked.ledger, HostileGazetteer(), HOSTILE_PROFILE, asked, NOW, attacked.data)
    out = io.BytesIO()
    exporter(name).write(made, out)
    content = out.getvalue()
    assert len(made.entries) > 6 * len(ATTACKS)
    if name == "claimreview":
        ids = [review["@id"] for review in json.loads(content)["@graph"]]
        assert len(set(ids)) == len(ids) > 4 * len(ATTACKS)
    if name in ("csv", "acled", "viina"):
        harmless(content.decode("utf-8"))
    elif name == "kml":
        # Whatever stood in a text is text again for the reader of XML, and no element or entity of its own.
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        elements = {etree.QName(e).localname for e in root.iter() if isinstance(e.tag, str)}
        assert elements <= set(
            "kml Document name Placemark description TimeSpan begin end ExtendedData Data value Point "
            "coordinates".split()
        )
        assert not [e for e in root.iter() if not isinstance(e.tag, str)]
        assert b"<script" not in content and b"<!ENTITY" not in content
    elif name not in ("parquet", "geopackage"):
        json.loads(content)
    if name not in ("parquet", "geopackage"):
        assert not re.search("[\u202a-\u202e\x00\x07\x1b]", content.decode("utf-8"))


@pytest.mark.parametrize("how", joining.forms(), ids=lambda one: one.name)
def test_a_whole_ledger_of_attacks_goes_out_and_comes_back(
    how: joining.Form, attacked: Attacked, tmp_path: Path
) -> None:
    target = tmp_path / "export"
    joining.export(attacked.ledger, how, target)
    with open_ledger(tmp_path / "again.db") as again:
        joining.take_in(again, target)
        assert again.head() == attacked.ledger.head()
