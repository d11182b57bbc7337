"""Opening a page of a folder and watching what it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

# A browser that draws, but not by WebGL.
NO_WEBGL = """{
  const drawn = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind.startsWith("webgl") ? null : drawn.call(this, kind, ...rest);
  };
}"""
READY = "() => document.documentElement.dataset.ready === (location.hash || '#/')"


@dataclass
class Watch:
    """What the page asked for beyond its folder, what it complained of, and what ran that should not."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def clean(self) -> bool:
        return not (self.outside or self.errors or self.dialogs)


def home_of(folder: Path | str) -> str:
    """The address of a folder, or of a server, with a slash at its end."""
    return (folder.resolve().as_uri() if isinstance(folder, Path) else folder) + "/"


def watched(context: BrowserContext, folder: Path | str) -> tuple[Page, Watch]:
    """A new page, watched. Requests that leave the folder, or the server of this address, are kept."""
    page, watch = context.new_page(), Watch()
    home = home_of(folder)

    def request(url: str) -> None:
        if not url.startswith((home, "data:", "blob:")):
            watch.outside.append(url)

    def dialog(opened: object) -> None:
        watch.dialogs.append(opened.message)  # type: ignore[attr-defined]
        opened.dismiss()  # type: ignore[attr-defined]

    page.on("request", lambda r: request(r.url))
    page.on("websocket", lambda w: watch.outside.append(w.url))
    page.on("console", lambda m: watch.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: watch.errors.append(str(e)))
    page.on("dialog", dialog)
    return page, watch


def show(page: Page, folder: Path | str, route: str = "#/") -> None:
    """Open a route from the file system, or from a server, and wait until it stands."""
    page.goto(f"{home_of(folder)}index.html{quote(route, safe='#/?=&%+')}")
    page.wait_for_function(READY)


def go(page: Page, route: str) -> None:
    """Change the route as a link does."""
    page.evaluate("route => { location.hash = route }", route)
    settle(page, route)


def settle(page: Page, route: str | None = None) -> None:
    """Wait until the route (this one, where given) stands."""
    if route is not None:
        page.wait_for_function("route => location.hash === route", arg=route)
    page.wait_for_function(READY)
