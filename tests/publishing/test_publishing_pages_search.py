"""The search: the browser folds words as the index does, and finds claims, people and places by them."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publishing_browsing import NO_WEBGL, settle, show, watched
from publishing_reading import record_of

from oskil.publishing import folding

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]
FOLDED = "text => O.foldedWords(text).map((word) => [word, O.shardOf(word, 256)])".replace("O.", "Oskil.")
HARD = [
    "Київ, Їжакевич і Ґудзенко: під’їзд, об'єкт; Ёлка й май",
    "Żółć Łódź Čačak İstanbul ﬁre Straße ÉCOLE e\u0301cole",
    "и\u0306 у\u0306 2S19 M1A2, 10:30 ½ x² ①",
    "Kup’yans’k Kup`iansk Kupʼiansk snake_case",
    "日本語 الحرب ΣΊΣΥΦΟΣ",
]


@pytest.fixture(scope="module")
def open_page(browser: object, site: Path) -> object:
    """One page for all of this module."""
    context = browser.new_context()  # type: ignore[attr-defined]
    context.add_init_script(NO_WEBGL)
    opened, _ = watched(context, site)
    show(opened, site, "#/search")
    yield opened
    context.close()


def same(page: Page, text: str) -> None:
    found = page.evaluate(FOLDED, text)
    assert [tuple(one) for one in found] == [
        (word, folding.shard(word, 256)) for word in folding.words(text)
    ], text


@pytest.mark.parametrize("text", HARD)
def test_words_that_are_hard_to_fold(open_page: Page, text: str) -> None:
    same(open_page, text)


LETTERS = string.ascii_letters + string.digits + "АаБбЇїЙйЁёҐґЄєéçñŁłŻżüßøÅ’'ʼ`- _\u0301\u0306\u0308"


@given(st.text(st.sampled_from(LETTERS), max_size=40))
@settings(max_examples=60, deadline=None)
def test_the_browser_folds_as_the_index_does(open_page: Page, text: str) -> None:
    same(open_page, text)


@pytest.fixture
def page(context_of: Contexts, site: Path) -> Page:
    opened, _ = watched(context_of(viewport={"width": 1280, "height": 900}), site)
    return opened


def test_beginnings_of_words_find_claims_with_all_of_them(page: Page, site: Path) -> None:
    show(page, site, "#/search?q=retak varn")
    current = [
        c["quote"] for c in record_of(site)["claims"] if {"retaken", "Varnik"} <= set(c["quote"].split())
    ]
    found = page.locator(".claim-list .quote").all_inner_texts()
    assert sorted(found) == sorted(current) and found
    assert set(page.locator(".claim-list mark").all_inner_texts()) == {"retaken", "Varnik"}
    page.locator(".claim-list .quote").first.click()
    page.wait_for_selector("[data-claim]")


def test_places_by_any_of_their_names_and_people(page: Page, site: Path) -> None:
    show(page, site, "#/search?q=ostr")
    assert "Ostrava Lug" in page.locator(".found-places").inner_text()
    show(page, site, "#/search?q=gromm")
    page.locator(".found-people a").first.click()
    settle(page)
    assert "speaker=" in page.url and page.locator("table.claims tbody tr").count() > 0


def test_typing_searches_and_keeps_the_field(page: Page, site: Path) -> None:
    show(page, site, "#/search")
    page.locator("input[name=q]").fill("")
    page.locator("input[name=q]").press_sequentially("varnik")
    page.wait_for_function("() => location.hash.includes('q=varnik')")
    settle(page)
    page.wait_for_selector(".claim-list .quote")
    assert page.evaluate("document.activeElement.name") == "q"
    page.reload()
    settle(page)
    assert page.locator("input[name=q]").input_value() == "varnik"


@pytest.mark.parametrize(("asked", "said"), [("zzqx", "Nothing was found"), ("x", "at least two letters")])
def test_nothing_found_is_said(page: Page, site: Path, asked: str, said: str) -> None:
    show(page, site, f"#/search?q={asked}")
    assert said in page.locator("main").inner_text()
