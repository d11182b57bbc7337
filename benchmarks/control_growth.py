"""How the time and memory of control grow with the stream: `python -m benchmarks.control_growth [--write]`.

Made-up reports, spread evenly over 5,488 places and 500 days, by 40 sources; learning included. Each size
runs in a process of its own, so that its peak memory is its own. Processor time stands beside time on the
clock, because it hardly depends on what else the machine does. `--write` draws the picture of the docs and
writes the table of figures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from benchmarks import report
from benchmarks.figures import ROOT

if TYPE_CHECKING:
    from oskil.weighing.control.model import Field
    from oskil.weighing.control.reports import Reports

PICTURE = ROOT / "docs" / "images" / "control-growth.svg"
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
PLACES, DAYS, SOURCES = 5488, 500, 40
MIDDLE = 'text-anchor="middle"'


def made_up(count: int) -> tuple[Reports, Field]:
    """Reports of holding and striking, and five false gains in a hundred."""
    import numpy as np

    from oskil.weighing.control.model import Field, doubted
    from oskil.weighing.control.reports import Reporter, Reports

    dice = np.random.default_rng(0)
    where = np.stack((dice.uniform(44, 52, PLACES), dice.uniform(22, 40, PLACES)), axis=1)
    start = (where[:, 1] > 36).astype(np.int64)
    sides = ("A", "B", None)
    roles = ("official", "blogger")
    who = tuple(Reporter(f"s{n}", sides[n % 3], roles[n % 2]) for n in range(SOURCES))
    place = dice.integers(0, PLACES, count)
    false = dice.random(count) < 0.05
    reports = Reports(
        parties=("A", "B"),
        places=np.arange(PLACES),
        reporters=who,
        place=place,
        day=np.sort(dice.integers(0, DAYS, count)),
        source=dice.integers(0, SOURCES, count),
        kind=np.where(false, 0, dice.integers(3, 5, count)),
        named=np.where(false, 1 - start[place], start[place]),
        manner=np.zeros(count, np.int64),
        relayed=np.full(count, -1),
        wording=np.arange(count),
        ids=[str(n) for n in range(count)],
    )
    return reports, Field(where, doubted(start, 2))


def once(count: int) -> dict[str, float]:
    """One inference: seconds on the clock and of the processor, peak memory in MB, and processor seconds for
    one report more on the last day.
    """
    from oskil.weighing.control.live import Today
    from oskil.weighing.control.model import infer

    reports, field = made_up(count)
    began, worked = time.perf_counter(), time.process_time()
    found = infer(reports, field, dt.date(2031, 1, 1), DAYS)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    today = Today(
        found.course,
        found.taught,
        found.course.chain.begin(found.beliefs.then[-1]),
        found.around.interest[-1],
    )
    worked = time.process_time()
    today.tell(0, 0)
    more = time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"reports": count, "seconds": seconds, "cpu": cpu, "peak_mb": peak, "one_more": more}


def drawn(rows: list[dict[str, float]]) -> str:
    """The growth of processor time, whole, and of time on the clock, dashed, as an SVG; logarithmic axes."""

    def x(row: dict[str, float]) -> float:
        return 60 + 200 * (math.log10(row["reports"]) - 4)

    def y(seconds: float) -> float:
        return 260 - 220 * math.log10(max(seconds, 1)) / math.log10(300)

    def line(what: str, style: str) -> str:
        points = " ".join(f"{x(r):.1f},{y(r[what]):.1f}" for r in rows)
        return f'<polyline points="{points}" fill="none" stroke="#1b5e9e" {style}/>'

    texts = [
        f'<text x="{x(r):.0f}" y="{y(r["cpu"]) + 16:.0f}" {MIDDLE}>{r["cpu"]:.0f} s</text>' for r in rows
    ]
    texts += [f'<text x="{x(r):.0f}" y="278" {MIDDLE}>{r["reports"] / 1000:.0f}k</text>' for r in rows]
    return "".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 310" font-family="sans-serif"',
            ' font-size="11"><rect width="500" height="310" fill="#fff"/>',
            '<path d="M60 30V260H470" fill="none" stroke="#555"/>',
            line("cpu", 'stroke-width="2"'),
            line("seconds", 'stroke-dasharray="5 4"'),
            *texts,
            f'<text x="265" y="300" {MIDDLE}>reports</text>',
            '<text x="60" y="20">seconds, learning included: of the processor (whole line),',
            " on the clock (dashed)</text>",
            "</svg>\n",
        )
    )


def table(rows: list[dict[str, float]]) -> str:
    """One row a size, with the load of the machine, because time on the clock depends on it."""
    lines = [
        f"{report.machine()}, not quiet: the load was {os.getloadavg()[1]:.1f}.",
        "",
        "| reports | processor | clock | peak memory | one report more, processor |",
        "| --- | --- | --- | --- | --- |",
    ]
    row = "| {reports:,.0f} | {cpu:.1f} s | {seconds:.1f} s | {peak_mb:.0f} MB | {one_more_ms:.1f} ms |"
    return "\n".join([*lines, *(row.format(**r, one_more_ms=1000 * r["one_more"]) for r in rows)])


def main() -> None:
    """Measure each size; print a table; draw it where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="draw the picture and write the table")
    parser.add_argument("--one", type=int, help="measure one size and print it as JSON")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(once(given.one)))
        return
    rows = []
    for size in SIZES:
        command = [sys.executable, "-m", "benchmarks.control_growth", "--one", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        rows.append(json.loads(done.stdout))
        print(json.dumps(rows[-1]), flush=True)
    if given.write:
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(drawn(rows), encoding="utf-8")
        report.write("control-growth", table(rows))


if __name__ == "__main__":
    main()
