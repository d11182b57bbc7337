"""The API under load: filtered listings of a ledger of a million claims, asked by wrk over loopback.

    python -m benchmarks.api [--claims N] [--ledger FILE] [--seconds N] [--workers N] [--write]

The addresses are made by a seeded generator, each asked once before any is repeated: the answers that the
server keeps do not help it in the first table row, and do in the second. Needs wrk (Debian has it).
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from benchmarks.figures import BenchmarkError, Figure
from benchmarks.ledger import CLAIMS, KINDS, PLACES, SIDES, fill
from benchmarks.report import figures as as_table
from benchmarks.report import machine, write
from oskil.ledger.store import open_ledger
from oskil.publishing.api.workers import usual

GOAL_RATE, GOAL_P95 = 200, 100
CONNECTIONS = 8
ADDRESSES = 20_000
_SCRIPT = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency)
  io.write(string.format("P95 %%f\\nERRORS %%d\\n", latency:percentile(95) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


def addresses(count: int) -> list[str]:
    """Listings of 50 with one to three filters, no two alike."""
    rng = random.Random(11)
    made: dict[str, None] = {}
    while len(made) < count:
        asked: dict[str, object] = {"limit": 50}
        for name in rng.sample(("kind", "side", "place", "since", "speaker"), rng.randint(1, 3)):
            asked[name] = {
                "kind": rng.choice(KINDS),
                "side": rng.choice([s for s in SIDES if s]),
                "place": rng.choice(PLACES),
                "since": f"2023-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                "speaker": f"Speaker {rng.randint(0, 3999)}",
            }[name]
        made[f"/api/claims?{urlencode(asked)}"] = None
    return list(made)


def serve(ledger: Path, port: int, workers: int) -> None:
    """The server, in processes of its own."""
    from oskil.places.gazetteer import load
    from oskil.publishing.api import workers as processes
    from oskil.publishing.api.app import create_app
    from oskil.publishing.api.serving import Limits, Serving
    from oskil.reading.kinds import kinds

    @contextlib.contextmanager
    def opened() -> Iterator[FastAPI]:
        with open_ledger(ledger, create=False) as store:
            limits = Limits(rate=1e6, burst=10**6)
            known = {kind.id: kind.about for kind in kinds()}
            yield create_app(Serving(ledger=store, gazetteer=load(), kinds=known, limits=limits))

    processes.run(opened, "127.0.0.1", port, workers, lambda _: None)


def asked(port: int, paths: list[str], seconds: int, folder: Path) -> tuple[float, float, int]:
    """Requests a second, the 95th of a hundred in milliseconds, errors."""
    listed, script = folder / "paths.txt", folder / "ask.lua"
    listed.write_text("\n".join(paths), "ascii")
    script.write_text(_SCRIPT % listed, "ascii")
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "-s",
        str(script),
        f"http://127.0.0.1:{port}",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise BenchmarkError(f"wrk stopped: {done.stderr.strip() or done.stdout.strip()}")
    told = done.stdout

    def number(pattern: str) -> float:
        found = re.search(pattern, told)
        if found is None:
            raise BenchmarkError(f"wrk told nothing of {pattern}: {told}")
        return float(found.group(1))

    return number(r"Requests/sec:\s+([\d.]+)"), number(r"P95 ([\d.]+)"), int(number(r"ERRORS (\d+)"))


def figures(ledger: Path, seconds: int, folder: Path, workers: int) -> list[Figure]:
    """The rows of the table."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(ledger, port, workers))
    server.start()
    try:
        _await(port)
        rows = []
        paths = addresses(ADDRESSES)
        for name, some in (("each address once", paths), ("40 addresses over and over", paths[-40:])):
            time.sleep(1)  # until nothing is being answered that nobody waits for any more
            rate, p95, errors = asked(port, some, seconds, folder)
            rows.append(
                Figure(f"{name}: requests a second", round(rate), "", f"≥ {GOAL_RATE}", f"{errors} errors")
            )
            rows.append(Figure(f"{name}: 95 of 100 answered within", round(p95, 1), "ms", f"< {GOAL_P95} ms"))
        return rows
    finally:
        server.terminate()
        server.join()


def _await(port: int) -> None:
    # A connection alone tells little: a client on loopback may meet itself.
    for _ in range(600):
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/api/about").status_code == 200:
                return
        time.sleep(0.1)
    raise BenchmarkError("the server does not answer")


def main() -> int:
    """Parse and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__)
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--ledger", type=Path, help="a ledger that is there already")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--workers", type=int, default=usual())
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        print("benchmarks: wrk is not installed (apt-get install wrk)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        path = given.ledger or Path(folder) / "ledger.db"
        if not path.exists():
            with open_ledger(path) as ledger:
                fill(ledger, given.claims)
        rows = figures(path, given.seconds, Path(folder), given.workers)
    table = (
        f"{machine()}; {given.claims:,} claims, pages of 50, {CONNECTIONS} connections, "
        f"{given.workers} workers.\n\n{as_table(rows)}"
    )
    print(table)
    if given.write:
        write("api", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
