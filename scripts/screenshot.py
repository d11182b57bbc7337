"""Takes the pictures for the documentation: a disputed claim in its report, the reports, and the map.

    python scripts/screenshot.py [PAGE_FOLDER] [PICTURES]

PAGE_FOLDER is what `oskil publish` wrote (build/demo/site, where `make demo` puts it), PICTURES the folder
that page.png, reports.png and map.png are written to. OSKIL_CHROMIUM names the browser, /usr/bin/chromium
where it is not set.
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
CHOICE = """() => {
  const record = window.OSKIL_RECORD;
  const current = record.claims.filter((c) => record.documents[c.document].latest);
  const disputed = current.filter((c) => c.kind === "control" && c.contradictions.length && c.speaker);
  disputed.sort((a, b) => b.relays.length - a.relays.length || a.number - b.number);
  return (disputed[0] || current[0]).id;
}"""


def take(page: Page, folder: Path, route: str, shown: str, picture: Path) -> None:
    """Open a route, wait until `shown` (a selector) stands, and keep what is seen."""
    page.goto(f"{(folder / 'index.html').as_uri()}{route}")
    page.wait_for_selector(shown, timeout=60_000)
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
        drawn = ".map-box[data-ready=true]"
        take(page, folder, "#/", drawn, pictures / "reports.png")
        claim = page.evaluate(CHOICE)
        take(page, folder, f"#/claim/{claim}", f"[data-claim='{claim}']", pictures / "page.png")
        take(page, folder, "#/map", drawn, pictures / "map.png")
        browser.close()


if __name__ == "__main__":
    main()
