"""The site at full size: published, published again, and opened in Chromium from the disk.

    python -m benchmarks.site [--claims N] [--ledger FILE] [--site FOLDER] [--write]

The ledger is made of the simulated streams (`benchmarks.site_ledger`); `--ledger` takes one that is there
already, `--site` keeps the folder. The browser has no graphics card (`--disable-gpu`) and draws with
the processor. Needs Chromium (OSKIL_CHROMIUM names one that is not /usr/bin/chromium).
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import site_ledger
from benchmarks.figures import Figure
from benchmarks.report import figures as as_table
from benchmarks.report import machine, write
from oskil import conflict, pipeline
from oskil.ledger.store import open_ledger
from oskil.places.gazetteer import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CLAIMS, DAYS = 100_000, 60
CHROMIUM = os.environ.get("OSKIL_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    *"--no-sandbox --disable-background-networking --disable-component-update --disable-sync".split(),
    *"--no-first-run --disable-gpu".split(),
    "--enable-precise-memory-info",
]
# When the canvas of the map has its first drawing, in milliseconds from the beginning of the navigation.
_DRAWN = """() => new Promise((resolve) => {
  const at = () => window.Oskil && Oskil.atlas && Oskil.atlas.firstDrawn();
  const told = () => resolve([at(), window.asked.filter(([when]) => when <= at()).map((one) => one[1])]);
  const look = () => at() ? told() : requestAnimationFrame(look);
  look();
})"""
# Every script and stylesheet that the page has asked for.
_WATCH = """window.asked = [];
new MutationObserver((seen) => seen.forEach((one) => one.addedNodes.forEach((node) => {
  if (/SCRIPT|LINK/.test(node.tagName)) window.asked.push([performance.now(), node.src || node.href || ""]);
}))).observe(document, { childList: true, subtree: true });"""
# When the signs of all places are on it.
_WHOLE = """async () => {
  await Oskil.saidReady();
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
  return performance.now();
}"""


def publish(ledger: Path, folder: Path) -> float:
    """Publish; seconds."""
    with open_ledger(ledger, create=False) as opened:
        began = time.perf_counter()
        profile = conflict.load("ukraine-2022")
        pipeline.publish(opened, load(), folder, profile, pipeline.Manner(title="A simulated record"))
        return time.perf_counter() - began


def ten_more(ledger: Path) -> None:
    """Add a post with ten claims."""
    gazetteer = load()
    rows = site_ledger.rows(10)
    later = [{**row, "time": "2023-12-31T23:59", "source": "A late source"} for row in rows]
    with open_ledger(ledger, create=False) as opened:
        list(opened.add_many(site_ledger.read(later, gazetteer), dt.datetime(2024, 1, 2, tzinfo=dt.UTC)))


def inodes(folder: Path) -> dict[str, int]:
    """The files of a folder, each by its inode: one that was written anew has another."""
    return {str(p.relative_to(folder)): p.stat().st_ino for p in folder.rglob("*") if p.is_file()}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


def first_view(browser: Browser, folder: Path, *, phone: bool = False) -> tuple[float, int, Page, list[str]]:
    """The map opened: seconds to its first drawing, bytes read by then, the page, what left the folder."""
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, device_scale_factor=2 if phone else 1)  # type: ignore[arg-type]
    page, asked = context.new_page(), set[str]()
    home = folder.resolve().as_uri()
    page.on("request", lambda r: asked.add(r.url))
    page.add_init_script(_WATCH)
    page.goto(f"{home}/index.html#/map")
    drawn, first = page.evaluate(_DRAWN)
    read = {folder / url.removeprefix(f"{home}/") for url in first} | {folder / "index.html"}
    size_of = sum(path.stat().st_size for path in read if path.is_file())
    outside = [url for url in asked if not url.startswith((home, "blob:", "data:"))]
    return drawn / 1000, size_of, page, outside


def slid(page: Page, days: int) -> list[float]:
    """The slider moved by a day at a time: milliseconds of each redraw."""
    page.evaluate(_WHOLE)
    page.wait_for_timeout(3000)  # what is loaded behind the first view
    page.locator("[role=slider]").first.focus()
    before = page.evaluate("() => Oskil.atlas.timings().length")
    for _ in range(days):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(60)
    found: list[float] = page.evaluate("(n) => Oskil.atlas.timings().slice(n)", before)
    return found


def memory(page: Page) -> float:
    """The heap of the page's scripts after a collection, in MB."""
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable")
    client.send("HeapProfiler.collectGarbage")
    metrics: list[dict[str, Any]] = client.send("Performance.getMetrics")["metrics"]
    return float(next((m["value"] for m in metrics if m["name"] == "JSHeapUsedSize"), 0)) / 1e6


def looked(folder: Path) -> Iterator[Figure]:
    """What a reader meets."""
    with chromium() as browser:
        # The first start of a browser warms the disk; a reader's second page is what is told.
        first_view(browser, folder)[2].context.close()
        runs = [first_view(browser, folder) for _ in range(3)]
        seconds, size, page, outside = min(runs, key=lambda run: run[0])
        yield Figure(
            "first drawing of the map, from disk", round(seconds, 2), "s", "< 1.5 s", "best of three"
        )
        whole = page.evaluate(_WHOLE) / 1000
        yield Figure("all signs on it", round(whole, 2), "s", "", "the last of three")
        yield Figure("read by then", round(size / 1e6, 2), "MB", "< 1.5 MB", "scripts, styles and data")
        core = (folder / "data" / "core.js").stat().st_size
        yield Figure("of these, data of the record", round(core / 1e6, 2), "MB", "", "")
        redraws = slid(page, DAYS)
        middle, worst = statistics.median(redraws), statistics.quantiles(redraws, n=20)[-1]
        yield Figure(
            "the slider, a day further: median", round(middle, 1), "ms", "< 50 ms", f"{len(redraws)} redraws"
        )
        yield Figure("95 of 100 within", round(worst, 1), "ms", "", "")
        yield Figure("heap of the scripts after that", round(memory(page)), "MB", "< 400 MB", "")
        yield Figure("requests that leave the folder", len(outside), "", "0", "")
        _, _, small, _ = first_view(browser, folder, phone=True)
        redraws = slid(small, 20)
        yield Figure(
            "the slider on a phone's screen: median",
            round(statistics.median(redraws), 1),
            "ms",
            "< 50 ms",
            "390 × 844 at twice the points",
        )


def figures(ledger: Path, folder: Path) -> Iterator[Figure]:
    """The rows of the table."""
    seconds = publish(ledger, folder)
    files = [p for p in folder.rglob("*") if p.is_file()]
    size = sum(p.stat().st_size for p in files) / 1e6
    yield Figure("published", round(seconds, 1), "s", "< 60 s", f"{len(files):,} files, {size:,.0f} MB")
    yield from looked(folder)
    before = inodes(folder)
    ten_more(ledger)
    seconds = publish(ledger, folder)
    after = inodes(folder)
    changed = sum(1 for name, inode in after.items() if before.get(name) != inode)
    yield Figure(
        "published again after ten new claims", round(seconds, 1), "s", "< 5 s", f"{changed} files written"
    )


def main() -> int:
    """Parse and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__)
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--ledger", type=Path, help="a ledger that is there already; it is copied")
    parser.add_argument("--site", type=Path, help="where to write the site")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if not Path(CHROMIUM).exists():
        print(f"benchmarks: no Chromium at {CHROMIUM}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as beside:
        ledger = Path(beside) / "ledger.db"
        if given.ledger:
            shutil.copy(given.ledger, ledger)
            if (raw := Path(f"{given.ledger}.raw")).is_dir():
                shutil.copytree(raw, f"{ledger}.raw")
        else:
            with open_ledger(ledger) as opened:
                site_ledger.fill(opened, given.claims, load())
        rows = list(figures(ledger, given.site or Path(beside) / "site"))
    load_now = os.getloadavg()[0]
    table = f"{machine()}, load {load_now:.1f}; {given.claims:,} claims.\n\n{as_table(rows)}"
    print(table)
    if given.write:
        write("site", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
