"""Who holds what: the figures of the scorer on a **simulated** stream over a real course of control.

Each window is inferred once; both answers are scored: as known on each day, and with hindsight. The habits of
sources are learned from the stream alone, without labels. Beside them stand simple ways to answer, truth
discovery of others on weekly windows where it is installed, and the model with each part switched off.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import SHARED, BenchmarkError, digest

if TYPE_CHECKING:
    from oskil.weighing.control.model import Inferred
    from oskil.weighing.control.rows import Report

DATA = SHARED / "data" / "control"
TRUTH, DAYS = DATA / "settlement-status-dev.csv.gz", DATA / "days-observed.txt"
SCORER = SHARED / "score" / "control.py"
WINDOWS = {"2022": ("2022-04-03", "2022-08-15"), "2023": ("2022-12-01", "2023-12-31")}
PARTS: dict[str, dict[str, Any]] = {
    "no learning: the table of habits as it is": {"learn": False},
    "copies and relays counted": {"collapse": False},
    "no neighbours": {"coupled": False},
    "no talk of gains": {"talked": False},
    "no days since a change": {"aged": False},
    "sides of speakers unknown": {"sided": False},
    "sources of a role alike": {"by_source": False},
    "silence about changes tells nothing": {"silence": 0.0},
    "silence about places tells nothing": {"hush": 0.0},
    "all places of a class get the same attention": {"interest": 1e6},
    "learning hears silence from the first": {"deaf": 0},
    "no guard over learning": {"drift": {"foresight": 1e6, "silence": 1e6, "contested": 1.0}},
    "no misplaced names": {"misplaced": 0.0},
    "no neighbours, no learning": {"coupled": False, "learn": False},
    "no talk of gains, no learning": {"talked": False, "learn": False},
}
COLUMNS = ("accuracy_changed", "brier_changed", "brier", "ece", "lag_median_days", "lag_p90_days")
Score = dict[str, Any]
Rows = list[tuple[int, str, tuple[float, float, float]]]


def available() -> bool:
    """Whether the streams, the truth and the scorer lie beside the checkout."""
    return TRUTH.is_file() and SCORER.is_file()


def data_hash() -> str:
    """The hash that the floors are pinned to."""
    return digest([TRUTH, DAYS, SCORER, *(stream(w) for w in WINDOWS)])


def stream(window: str) -> Path:
    """The stream of a window."""
    return DATA / f"stream-dev-{window}.jsonl.gz"


@cache
def reports(window: str) -> list[Report]:
    """The reports of a window."""
    from oskil.weighing.control.stream import read_stream

    return read_stream(stream(window))


def inferred(window: str, changed: dict[str, Any] | None = None) -> Inferred:
    """The beliefs of a window, with parts of the model set otherwise."""
    from oskil.pipeline.control import Span, inferred_from
    from oskil.places.gazetteer import load_embedded
    from oskil.settings import settings
    from oskil.weighing.control.setting import setting

    first, last = (dt.date.fromisoformat(day) for day in WINDOWS[window])
    given = replace(setting(), **(changed or {}))
    return inferred_from(reports(window), load_embedded(settings().cache), Span(first, last, TRUTH), given)


def scored_answers(window: str, changed: dict[str, Any] | None = None, both: bool = True) -> list[Score]:
    """The scorer's figures: as known on each day, and, unless only that is wanted, with hindsight."""
    found = inferred(window, changed)
    return [score_of(window, found, hindsight) for hindsight in (False, True)[: 1 + both]]


def score_of(window: str, found: Inferred, hindsight: bool) -> Score:
    """The scorer's figures of one answer."""
    from oskil.weighing.control.beliefs import write_csv

    with tempfile.NamedTemporaryFile("w+", suffix=".csv") as file:
        write_csv(found.beliefs, file, hindsight)
        file.flush()
        return _score(window, [file.name])


def _score(window: str, what: list[str]) -> Score:
    command = [sys.executable, str(SCORER), str(TRUTH), str(DAYS), *WINDOWS[window], *what, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(f"{SCORER.name}: {done.stderr.strip().splitlines()[-1:]}")
    return dict(json.loads(done.stdout))


def scored() -> dict[str, float]:
    """The figures that have floors, all of them better the greater they are. The scorer takes longest, so
    that hindsight is scored on one window alone.
    """
    found: dict[str, float] = {}
    for window in WINDOWS:
        for name, score in zip(
            ("known", "hindsight"), scored_answers(window, both=window == "2022"), strict=False
        ):
            found[f"{name}_{window}_accuracy"] = 100 * score["accuracy_changed"]
            found[f"{name}_{window}_brier_left"] = 100 * (1 - score["brier_changed"])
            found[f"{name}_{window}_ece_left"] = 100 * (1 - score["ece"])
    return found


def peers(window: str) -> Iterator[tuple[str, Score]]:
    """Simple ways to answer the same question, and others' truth discovery where it is installed."""
    yield "latest claim", _score(window, ["--baseline", "latest", str(stream(window))])
    yield "majority of 7 days", _score(window, ["--baseline", "majority", str(stream(window))])
    start = _start(window)
    yield (
        "persistence: as it started",
        _rows_scored(window, [(p, WINDOWS[window][0], s) for p, s in start.items()]),
    )
    yield "nearest of the 100 largest centres, by its latest claim", _rows_scored(window, _by_centre(window))
    for name, rows in _truth_discovery(window):
        yield name, _rows_scored(window, rows)


def _sure(status: str) -> tuple[float, float, float]:
    ua, ru, contested = (0.94 if status.casefold() == s else 0.03 for s in ("ua", "ru", "contested"))
    return ua, ru, contested


def _start(window: str) -> dict[int, tuple[float, float, float]]:
    from oskil.weighing.control.stream import read_start

    state = read_start(TRUTH, dt.date.fromisoformat(WINDOWS[window][0]))
    return {place: _sure(status) for place, status in state.items()}


def _rows_scored(window: str, rows: Rows) -> Score:
    with tempfile.NamedTemporaryFile("w+", suffix=".csv") as file:
        writer = csv.writer(file)
        writer.writerow(("geonameid", "date", "ua", "ru", "contested"))
        writer.writerows((place, day, *chances) for place, day, chances in rows)
        file.flush()
        return _score(window, [file.name])


def _by_centre(window: str) -> Rows:
    import numpy as np

    from oskil.places.gazetteer import load_embedded
    from oskil.settings import settings

    gazetteer = load_embedded(settings().cache)
    start = _start(window)
    places = {place: found for place in start if (found := gazetteer.get(place))}
    spoken = Counter(r.place for r in reports(window))
    centres = sorted((p for p in places if spoken[p]), key=lambda p: -places[p].population)[:100]
    flat = {p: np.array([one.lat, one.lon * 0.65]) for p, one in places.items()}
    around: dict[int, list[int]] = defaultdict(list)
    table = np.array([flat[c] for c in centres])
    for place in places:
        around[centres[int(((table - flat[place]) ** 2).sum(1).argmin())]].append(place)
    rows: Rows = [(place, WINDOWS[window][0], chances) for place, chances in start.items()]
    last: dict[int, str] = {}
    for report in sorted(reports(window), key=lambda r: r.time):
        status = (report.holder or "contested").casefold()
        if report.place in around and last.get(report.place) != status:
            last[report.place] = status
            rows += [(place, report.time[:10], _sure(status)) for place in around[report.place]]
    return list({(place, day): (place, day, chances) for place, day, chances in rows}.values())


def _truth_discovery(window: str) -> Iterator[tuple[str, Rows]]:
    """Crowd-kit's aggregation of who says what, a place and week being a task and a source a worker."""
    try:
        import pandas as pd
        from crowdkit.aggregation import GLAD, MACE, DawidSkene
    except ImportError:
        return
    first = dt.date.fromisoformat(WINDOWS[window][0])
    said = []
    for report in reports(window):
        week = (dt.date.fromisoformat(report.time[:10]) - first).days // 7
        said.append((f"{report.place}/{week}", report.source.name, (report.holder or "contested").casefold()))
    table = pd.DataFrame(said, columns=["task", "worker", "label"]).drop_duplicates(
        ["task", "worker"], keep="last"
    )
    start = _start(window)
    for name, method in (
        ("Dawid-Skene, weekly", DawidSkene(n_iter=30)),
        ("GLAD, weekly", GLAD(n_iter=10)),
        ("MACE, weekly", MACE(n_restarts=2, n_iter=20, random_state=0)),
    ):
        chances = method.fit_predict_proba(table)
        rows: Rows = [(place, WINDOWS[window][0], row) for place, row in start.items()]
        for task, row in chances.iterrows():
            place, week = str(task).split("/")
            day = max(first + dt.timedelta(days=7 * int(week) + 6), first)
            rows.append(
                (
                    int(place),
                    day.isoformat(),
                    tuple(float(row.get(s, 0.0)) for s in ("ua", "ru", "contested")),
                )
            )
        yield name, rows


def tables() -> str:
    """Our answers, the same with everything chosen on the other window, and the peers."""
    from benchmarks.control_held import held_out

    lines = []
    for window, (first, last) in WINDOWS.items():
        known, hindsight = scored_answers(window)
        rows = [("**as known on each day**", known), ("**with hindsight**", hindsight)]
        rows += [*held_out(window), *peers(window)]
        title = f"{first} to {last}, {known['changed']} of {known['settlements']} settlements changed hands:"
        lines += [title, "", table(rows), ""]
    return "\n".join(lines).rstrip()


def parts() -> str:
    """The model as known with each part switched off, a row a part."""
    lines = []
    for window, (first, last) in WINDOWS.items():
        rows = [("**everything**", scored_answers(window, both=False)[0])]
        rows += [(name, scored_answers(window, changed, both=False)[0]) for name, changed in PARTS.items()]
        lines += [f"{first} to {last}, as known on each day:", "", table(rows), ""]
    return "\n".join(lines).rstrip()


def table(rows: list[tuple[str, Score]]) -> str:
    """Rows of the scorer's figures in markdown."""
    head = (
        "",
        "accuracy, changed",
        "Brier, changed",
        "Brier, front",
        "ECE, front",
        "seen, median",
        "9 in 10",
    )
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    for name, score in rows:
        lines.append("| " + " | ".join((name, *(f"{score[c]:g}" for c in COLUMNS))) + " |")
    return "\n".join(lines)
