"""A tour of the whole site with all its controls: it asks for the folder's own files alone, on disk and
served, and its policy would not let it ask for anything else."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from publishing_browsing import go, home_of, settle, show, watched
from publishing_handmade import NOW, FakeGazetteer, report, summary
from publishing_pages import weighed
from publishing_serving import served
from publishing_touring import name_of, route_names, tour

from oskil.ledger.store import open_ledger

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
Contexts = Callable[..., "BrowserContext"]

# What the policy says, whole: whatever is not named is forbidden.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
# Ways out of a page. Each is tried; the policy speaks against it, and nothing is sent.
WAYS = {
    "picture": "new Image().src = where",
    "script": "Object.assign(document.head.appendChild(document.createElement('script')), { src: where })",
    "style": "Object.assign(document.head.appendChild(document.createElement('link')), "
    "{ rel: 'stylesheet', href: where })",
    "fetch": "fetch(where).catch(() => 0)",
    "beacon": "navigator.sendBeacon(where, 'x')",
    "socket": "try { new WebSocket(where.replace('http', 'ws')) } catch {}",
    "events": "try { new EventSource(where) } catch {}",
    "frame": "document.body.appendChild(Object.assign(document.createElement('iframe'), { src: where }))",
    "font": "new FontFace('x', `url(${where})`).load().catch(() => 0)",
    "inline": "document.body.setAttribute('onclick', 'window.__hit = 1'); document.body.click()",
    "text": "document.head.appendChild(document.createElement('script')).textContent = 'window.__hit = 1'",
    "form": "const form = document.body.appendChild(document.createElement('form')); form.action = where; "
    "form.submit()",
    "base": "document.head.appendChild(document.createElement('base')).href = where",
}
LISTEN = """() => {
  window.spoken = [];
  document.addEventListener("securitypolicyviolation", (e) => window.spoken.push(e.effectiveDirective));
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has every kind of piece."""
    return weighed(tmp_path_factory.mktemp("network") / "page", many=90)


@pytest.fixture(params=["folder", "server"])
def home(request: pytest.FixtureRequest, folder: Path, tmp_path: Path) -> Iterator[Path | str]:
    """Where the site is: a folder, or the address of a server."""
    if request.param == "folder":
        yield folder
        return
    with open_ledger(tmp_path / "ledger.db") as ledger:
        for doc, reading in (report(), summary()):
            ledger.add(doc, doc.text.encode(), reading, NOW)
        with served(ledger, FakeGazetteer(), folder) as address:
            yield address


def used(page: Page) -> None:
    """Use what a view has: folds, buttons, choices, keys, and the list and the map under the pointer."""
    page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    for button in page.locator("main button:visible:not(.download, .close, [type=submit])").all()[:6]:
        if button.is_visible() and button.is_enabled():
            button.click(timeout=5000)
    for choice in page.locator("main select:visible").all()[:2]:
        if choice.is_visible() and choice.locator("option").count() > 1:
            choice.select_option(index=1)
            settle(page)
    for box in page.locator("main input[type=checkbox]:visible").all()[:8]:
        box.click()
    if page.locator(".map-box").count():
        page.locator(".map-box").first.hover()
        page.mouse.wheel(0, -200)
        for key in ("ArrowLeft", "PageUp", "Home", "End", "+", "-"):
            page.keyboard.press(key)
    settle(page)


def test_a_tour_with_every_control_asks_for_the_folders_own_files_alone(
    context_of: Contexts, folder: Path, home: Path | str
) -> None:
    page, watch = watched(context_of(viewport={"width": 1280, "height": 900}, accept_downloads=True), home)
    asked: list[str] = []
    answers: list[int] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: answers.append(response.status))
    show(page, home)
    routes = tour(folder)
    assert {name_of(route) for route in routes} >= route_names()
    for route in routes:
        go(page, route)
        used(page)
    for route in ("#/claims", "#/places"):
        go(page, route)
        with page.expect_download():
            page.locator("button.download").click()
    for language in ("uk", "ru"):
        page.locator("[data-languages]").select_option(language)
        page.wait_for_function("code => document.documentElement.lang === code", arg=language)
    page.goto(home_of(home) + "plain.html")
    assert watch.clean(), watch
    # Every request is for a file that is there.
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    paths = {unquote(urlsplit(url).path) for url in asked if not url.startswith(("blob:", "data:"))}
    start = unquote(urlsplit(home_of(home)).path)
    assert {path.removeprefix(start) for path in paths} <= files
    assert len(paths) > 60 and all(urlsplit(url).query == "" for url in asked)
    assert set(answers) <= {200, 304, 0}


def test_the_policy_is_the_strictest_that_the_page_can_live_with(folder: Path) -> None:
    for path in (folder / "index.html", folder / "plain.html"):
        html = path.read_text("utf-8")
        (text,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
        told = dict(part.strip().split(" ", 1) for part in text.split(";") if part.strip())
        assert told.items() <= POLICY.items() and told["default-src"] == "'none'", path.name
        # It stands before everything that could ask for something.
        assert html.index("Content-Security-Policy") < html.index("<link")
        assert html.index("Content-Security-Policy") < (html.find("<script") + 1 or len(html))
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|<style|\son\w+=", html), path.name


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[bytes]]]:
    """The address of somebody else's server, and what it was asked."""
    heard: list[bytes] = []

    class Heard(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.requestline.encode())
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *told: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x", heard
    server.shutdown()
    server.server_close()


def test_no_way_leads_out_of_the_page(
    context_of: Contexts, home: Path | str, elsewhere: tuple[str, list[bytes]]
) -> None:
    page, _ = watched(context_of(), home)
    where, heard = elsewhere
    for way, code in WAYS.items():
        show(page, home)
        page.reload()
        page.evaluate(LISTEN)
        page.evaluate(f"(where) => {{ {code} }}", where)
        page.wait_for_function("() => window.spoken.length > 0")
        assert page.evaluate("() => window.__hit || 0") == 0, way
        assert page.url.startswith(home_of(home)), way
    assert heard == []
    # That server does hear what is asked of it.
    page.context.new_page().goto(where.replace("/x", "/"), wait_until="commit")
    assert heard


def test_a_served_site_may_stand_in_no_other_sites_frame(folder: Path, tmp_path: Path) -> None:
    import httpx

    with open_ledger(tmp_path / "ledger.db") as ledger:
        doc, reading = report()
        ledger.add(doc, doc.text.encode(), reading, NOW)
        with served(ledger, FakeGazetteer(), folder) as address:
            for name in ("", "index.html", "data/core.js", "css/oskil.css", "plain.html"):
                answer = httpx.get(f"{address}/{name}")
                assert answer.status_code == 200
                assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
                assert answer.headers["x-frame-options"] == "SAMEORIGIN"
                assert answer.headers["referrer-policy"] == "no-referrer"
