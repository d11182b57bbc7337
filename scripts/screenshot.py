"""Takes the pictures for the documentation: a disputed claim in its report, the reports, the map and a place.

    python scripts/screenshot.py [PAGE_FOLDER] [PICTURES]

PAGE_FOLDER is what `oskil publish` wrote (build/demo/site, where `make demo` puts it), PICTURES the folder
that page.png, reports.png, place.png and map.png are written to. OSKIL_CHROMIUM names the browser,
/usr/bin/chromium where it is not set.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("OSKIL_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--font-render-hinting=none",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]

# A disputed claim about who holds a place, with the longest chain of those who passed it on.
CHOICE = """async () => {
  const t = await Oskil.table(), control = Oskil.core.kinds.indexOf("control");
  const disputed = (i) => t.current[i] && t.kind[i] === control && t.against[i] && t.speaker[i] >= 0;
  const found = [...t.kind.keys()].filter(disputed);
  const claims = await Oskil.claims(found.length ? found : [0]);
  claims.sort((a, b) => b.relays.length - a.relays.length || a.number - b.number);
  return claims[0].id;
}"""
# The place of which most is said.
PLACE = "() => [...Oskil.rows].filter((p) => p.point).sort((a, b) => b.count - a.count)[0].id"
# The map has drawn its signs.
DRAWN = "() => document.querySelector('.map-box[data-day]') && Oskil.saidReady().then(() => true)"


def take(page: Page, folder: Path, route: str, picture: Path) -> None:
    """Open a route, wait until it stands and its map is drawn, and keep what is seen."""
    page.goto(f"{(folder / 'index.html').as_uri()}{route}")
    page.wait_for_function("route => document.documentElement.dataset.ready === route", arg=route)
    if page.locator(".map-box").count():
        page.wait_for_function(DRAWN, timeout=60_000)
    page.wait_for_timeout(600)
    page.screenshot(path=picture, timeout=60_000)
    print(picture)


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/demo/site").resolve()
    pictures = Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "docs/images").resolve()
    if not (folder / "index.html").is_file():
        sys.exit(f"{folder}: no page here; `make demo` writes one")
    pictures.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(
            viewport={"width": 1280, "height": 860}, color_scheme="light", reduced_motion="reduce"
        )
        take(page, folder, "#/", pictures / "reports.png")
        claim, place = page.evaluate(CHOICE), page.evaluate(PLACE)
        take(page, folder, f"#/claim/{claim}", pictures / "page.png")
        take(page, folder, f"#/place/{place}", pictures / "place.png")
        take(page, folder, "#/map", pictures / "map.png")
        browser.close()


if __name__ == "__main__":
    main()
