"""What it costs to take sources in: lists, maps and reports into one ledger, and exports of channels.

    python -m benchmarks.sources [--write]

`--write` puts the table into docs/benchmarks.md. `--export` writes the long export, 3 GB, to standard output
instead: the benchmark pipes it, so that it is never on the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import OSKIL, ROOT, SHARED, BenchmarkError, Figure, Run, timed
from benchmarks.report import figures as as_table
from benchmarks.report import machine, write

DATA = SHARED / "data"
MESSAGES = 200_000
BALLAST = 150_000  # bytes beside the words of each message of the long export
LONG = 20_000  # messages of it: 3 GB in all
_WORDS = (
    "the shelling of the harbour began near the bridge at dawn and two boats were seen over the market while "
    "residents waited for trains to the east of the city"
).split()
_STREAM = """
import sys, time
from oskil import sources
from oskil.sources import Hints
start, worked = time.perf_counter(), time.process_time()
number = sum(hasattr(one, "document") for one in sources.stream(sys.argv[1], Hints()))
print(number, time.perf_counter() - start, time.process_time() - worked)
"""
_PARSE = "import json, sys; json.load(open(sys.argv[1]))"


def available() -> bool:
    """Whether maps, losses and reports lie beside the checkout."""
    return all((DATA / name).is_dir() for name in ("control/maps", "losses", "news"))


def figures() -> Iterator[Figure]:
    """All figures. Takes some minutes: they are for `bench` alone."""
    if available():
        yield from _one_ledger()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        with path.open("w", encoding="utf8") as file:
            file.writelines(export(MESSAGES))
        run = timed((sys.executable, "-c", _STREAM, str(path)))
        whole = timed((sys.executable, "-c", _PARSE, str(path)))
        number, seconds, worked = run.out.split()
        size = path.stat().st_size / 1e6
        rate = int(number) / float(seconds)
        beside = f"{int(number) / float(worked):,.0f} a second of processor; "
        beside += f"{float(worked) / whole.processor:.1f} x json.load of it"
        yield Figure(f"Telegram, {size:.0f} MB: messages a second", round(rate), "", ">= 2,000", beside)
        memory = f"json.load of it takes {whole.peak_mb:.0f} MB"
        yield Figure(f"the same, {int(number):,} messages: memory", round(run.peak_mb), "MB", "< 600", memory)
    long = _piped()
    yield Figure("Telegram, 3 GB through a pipe", round(long.seconds, 1), "s", "", _worked(long))
    yield Figure("the same: memory", round(long.peak_mb), "MB", "< 600")


def _one_ledger() -> Iterator[Figure]:
    paths = [
        *sorted((DATA / "control" / "maps").glob("*.gz")),
        DATA / "losses" / "oryx-events.csv.gz",
        *sorted((DATA / "news").glob("*.md")),
    ]
    with tempfile.TemporaryDirectory() as folder:
        command = (*OSKIL, "read", *map(str, paths), "--ledger", f"{folder}/ledger.db", "--format", "jsonl")
        first, again = timed(command), timed(command)
        found = [json.loads(line) for line in first.out.splitlines()]
        after = [json.loads(line) for line in again.out.splitlines()]
        if any(one["status"] != "new" for one in found) or any(one["status"] != "known" for one in after):
            raise BenchmarkError("reading the same again added something, or the first time did not")
    beside = f"{len(found):,} documents, {sum(one['claims'] for one in found):,} claims; {_worked(first)}"
    name = "loss list, 35 control maps and six reports into one ledger"
    yield Figure(name, round(first.seconds, 1), "s", "< 60", beside)
    yield Figure("the same again: nothing new", round(again.seconds, 1), "s", "< 20", _worked(again))


def _worked(run: Run) -> str:
    return f"{run.processor:.1f} s of processor"


def _piped() -> Run:
    """The long export, made while it is read."""
    program = (sys.executable, "-m", "benchmarks.sources", "--export")
    command = (sys.executable, "-c", _STREAM, "-")
    started = time.perf_counter()
    with (
        subprocess.Popen(program, stdout=subprocess.PIPE, cwd=ROOT) as maker,
        subprocess.Popen(command, stdin=maker.stdout, stdout=subprocess.PIPE, cwd=ROOT) as reader,
    ):
        out = reader.stdout.read().decode() if reader.stdout else ""
        # wait4 gives this one child's memory; getrusage would give the largest of all children.
        _, status, usage = os.wait4(reader.pid, 0)
        reader.returncode = os.waitstatus_to_exitcode(status)
    if reader.returncode or int(out.split()[0]) != LONG:
        raise BenchmarkError("the long export was not read to its end")
    worked = usage.ru_utime + usage.ru_stime
    return Run(time.perf_counter() - started, usage.ru_maxrss / 1024, out, worked)


def export(messages: int, ballast: str = "") -> Iterator[str]:
    """A channel's export, piece by piece; the words are drawn by a fixed rule."""
    yield '{"name": "Harbour Watch", "type": "public_channel", "id": 1500000001, "messages": [\n'
    for n in range(1, messages + 1):
        said = " ".join(_WORDS[(n * 7 + k * (n % 5 + 1)) % len(_WORDS)] for k in range(15 + n % 45))
        text = f"{said.capitalize()}.\n\nReport {n}.\n"
        link = {"type": "text_link", "text": "Harbour Watch", "href": "https://t.me/harbourwatch"}
        message = {
            "id": n,
            "type": "message",
            "date": "2021-05-03T09:00:00",
            "date_unixtime": str(1_620_025_200 + 60 * n),
            "from": "Harbour Watch",
            "from_id": "channel1500000001",
            "text": [text, link],
            "text_entities": [{"type": "plain", "text": text}, link],
            "reactions": [{"type": "emoji", "count": n % 90, "emoji": "x"}],
            **({"forwarded_from": "Pilots of the Estuary"} if n % 7 == 0 else {}),
            **({"reply_to_message_id": n - 1} if n % 5 == 0 else {}),
            **({"ballast": ballast} if ballast else {}),
        }
        yield json.dumps(message, ensure_ascii=False, indent=1) + (",\n" if n < messages else "\n")
    yield "]}\n"


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sources", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--export", action="store_true", help="write the long export, and measure nothing")
    given = parser.parse_args()
    if given.export:
        sys.stdout.writelines(export(LONG, "x" * BALLAST))
        return
    table = as_table(list(figures()))
    print(table)
    if given.write:
        write("sources", f"{machine()}; the load was {os.getloadavg()[1]:.1f}.\n\n{table}")


if __name__ == "__main__":
    main()
