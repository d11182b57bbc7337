"""The whole job by the keyboard alone: the map, a day, a place, a claim, its words, a table to take away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import settle, show, watched

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until an element that the selector fits has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"no Tab leads to {selector}")


def test_the_whole_job_without_a_pointer(context_of: Contexts, site: Path) -> None:
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}, accept_downloads=True), site)
    show(page, site)
    tab_to(page, "a[href='#/map']")
    page.keyboard.press("Enter")
    settle(page, "#/map")

    tab_to(page, "[role=slider]")
    page.keyboard.press("Home")
    page.wait_for_function("() => location.hash !== '#/map'")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-valuetext')")

    tab_to(page, "input[name=place-filter]")
    page.keyboard.type("Varn")
    page.wait_for_function("() => document.querySelectorAll('.place-list li').length === 1")
    tab_to(page, ".place-list a")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#/place/1')")
    settle(page)

    tab_to(page, ".panel a.quote")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#/claim/')")
    settle(page)
    tab_to(page, "article a.c")
    assert page.evaluate("() => document.activeElement.textContent.trim().length") > 0

    page.go_back()
    page.wait_for_function("() => location.hash.startsWith('#/place/1')")
    settle(page)
    tab_to(page, "a[href='#/claims']")
    page.keyboard.press("Enter")
    settle(page, "#/claims")
    tab_to(page, "select[name=kind]")
    page.keyboard.type("har")
    page.wait_for_function("() => location.hash.includes('kind=harm')")
    settle(page)
    tab_to(page, "button.download")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    text = Path(taken.value.path()).read_text("utf-8-sig")
    assert text.startswith("id,quote,kind,") and ",harm," in text and ",control," not in text
    assert watch.clean(), watch
