"""Page folders, each built once, and one browser for all tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from publishing_browsing import NO_WEBGL
from publishing_handmade import NOW, PROFILE, FakeGazetteer, ledger

from oskil.publishing.site import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

CHROMIUM = os.environ.get("OSKIL_CHROMIUM", "/usr/bin/chromium")
# Nothing of the browser's own may ask the network, and WebGL is drawn by the processor.
ARGUMENTS = [
    *"--no-sandbox --disable-background-networking --disable-component-update --disable-sync".split(),
    *"--no-first-run --disable-quic --use-angle=swiftshader --enable-unsafe-swiftshader".split(),
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the record made by hand."""
    folder = tmp_path_factory.mktemp("site") / "page"
    publish(ledger(), FakeGazetteer(), folder, profile=PROFILE, now=NOW)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists() and shutil.which(CHROMIUM) is None:
        reason = f"no Chromium at {CHROMIUM}; OSKIL_CHROMIUM may name another"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes contexts (size, colour scheme, scripts or WebGL on or off) and closes them."""
    made: list[BrowserContext] = []

    def make(*, webgl: bool = False, **options: object) -> BrowserContext:
        # Of the things a page may do, motion and maps drawn by the processor slow a test down.
        context = browser.new_context(**{"reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        if not webgl:
            context.add_init_script(NO_WEBGL)
        context.set_default_timeout(30_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
