"""What a figure is, where the data lie, and how a command is run and timed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OSKIL = (str(Path(sys.executable).with_name("oskil")),)


class BenchmarkError(Exception):
    """A figure could not be taken; the message is one line."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report. `goal` is what it ought to reach, `beside` a yardstick taken then."""

    name: str
    value: float
    unit: str = ""
    goal: str = ""
    beside: str = ""

    @property
    def shown(self) -> str:
        """Value and unit for a table."""
        digits = f"{self.value:.0f}" if self.value == int(self.value) else f"{self.value:.2f}".rstrip("0")
        return f"{digits} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost: wall seconds, peak resident memory of its process in MB, and its output; and the
    seconds of processor, which other work on the machine does not lengthen much.
    """

    seconds: float
    peak_mb: float
    out: str
    processor: float = 0.0


def timed(command: Sequence[str], *, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Run:
    """Run a command to its end. Raises BenchmarkError with its last words where it fails."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin)
        given.seek(0)
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=given, stdout=out, stderr=err, env={**os.environ, **(env or {})}, cwd=ROOT
        )
        # wait4 gives this one child's memory; getrusage would give the largest of all children.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            last = err.read().decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
            raise BenchmarkError(f"{' '.join(command[1:6])}: exit {process.returncode}: {last[0]}")
        processor = usage.ru_utime + usage.ru_stime
        return Run(seconds, usage.ru_maxrss / 1024, out.read().decode(), processor)


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
