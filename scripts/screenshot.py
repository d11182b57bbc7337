"""Takes the picture for the README: a report with its claims marked, the card of one, and the places.

    python scripts/screenshot.py [PAGE_FOLDER] [PICTURE]

PAGE_FOLDER is what `oskil publish` wrote (build/demo/site, where `make demo` puts it). OSKIL_CHROMIUM
names the browser, /usr/bin/chromium where it is not set.
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
]

# A disputed claim about who holds a place, with the longest chain of those who passed it on.
CHOICE = """() => {
  const record = window.OSKIL_RECORD;
  const current = record.claims.filter((c) => record.documents[c.document].latest);
  const disputed = current.filter((c) => c.kind === "control" && c.contradictions.length && c.speaker);
  disputed.sort((a, b) => b.relays.length - a.relays.length || a.number - b.number);
  return (disputed[0] || current[0]).id;
}"""


def take(page: Page, folder: Path, picture: Path) -> None:
    """Open the page at its most telling claim and keep what is seen."""
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    claim = page.evaluate(CHOICE)
    page.goto(f"{(folder / 'index.html').as_uri()}#/claim/{claim}")
    page.wait_for_selector(f"[data-claim='{claim}']")
    page.wait_for_selector(".whereabouts svg")
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture)


def main() -> None:
    """Take the picture."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/demo/site").resolve()
    picture = Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "docs/images/page.png").resolve()
    if not (folder / "index.html").is_file():
        sys.exit(f"{folder}: no page here; `make demo` writes one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(
            viewport={"width": 1280, "height": 1010},
            device_scale_factor=1.5,
            color_scheme="light",
            reduced_motion="reduce",
        )
        take(page, folder, picture)
        browser.close()
    print(picture)


if __name__ == "__main__":
    main()
