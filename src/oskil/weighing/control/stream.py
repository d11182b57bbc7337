"""A bare stream of reports, and a state to start from, as files. The formats are described in
docs/control.md.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from oskil.errors import SourceError
from oskil.weighing.control.beliefs import CONTESTED
from oskil.weighing.control.reports import Reporter
from oskil.weighing.control.rows import Report

GZIP = b"\x1f\x8b"


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP
        with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as file:
            yield file
    except FileNotFoundError:
        raise SourceError("there is no such file", str(path)) from None
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise SourceError(f"it cannot be read: {error}", str(path)) from None


def read_stream(path: Path) -> list[Report]:
    """The reports of a JSON-lines file, plain or gzipped. Raises SourceError with the line at fault."""
    reporters: dict[tuple[Any, ...], Reporter] = {}
    with _opened(path) as file:
        return [
            _report(line, f"{path}, line {number}", reporters)
            for number, line in enumerate(file, 1)
            if line.strip()
        ]


def _report(line: str, where: str, reporters: dict[tuple[Any, ...], Reporter]) -> Report:
    try:
        row = json.loads(line)
        time = row["time"]
        dt.date.fromisoformat(time[:10])
        who = (row["source"], row.get("side"), row.get("role"))
        if who not in reporters:
            reporters[who] = Reporter(str(who[0]), who[1], who[2])
        return Report(
            id=str(row["id"]),
            time=time,
            source=reporters[who],
            place=int(row["place"]),
            kind=row["kind"],
            holder=row.get("holder"),
            certainty=row.get("certainty") or "asserted",
            evidence=row.get("evidence"),
            relay_of=row.get("relay_of"),
            wording=row.get("wording"),
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise SourceError(f"not a report: {error}", where) from None
    except KeyError as error:
        raise SourceError(f"a report lacks {error}", where) from None


def read_start(path: Path, first: dt.date) -> dict[int, str]:
    """Who held what by the first day: the last row of each place that is not later than it.

    A CSV with `geonameid`, `date` (may lack) and either `status` or a column for each party with its
    probability. Raises SourceError.
    """
    state: dict[int, tuple[str, str]] = {}
    with _opened(path) as file:
        reader = csv.DictReader(file)
        names = reader.fieldnames or []
        if "geonameid" not in names:
            raise SourceError("a start state has a column geonameid", str(path))
        shares = [name for name in names if name not in ("geonameid", "date", "status")]
        for number, row in enumerate(reader, 2):
            try:
                place, day = int(row["geonameid"]), row.get("date") or ""
                status = (
                    row["status"] if "status" in names else max(shares, key=lambda name: float(row[name]))
                )
            except (ValueError, TypeError) as error:
                raise SourceError(f"not a row of a start state: {error}", f"{path}, line {number}") from None
            if day <= first.isoformat() and day >= state.get(place, ("", ""))[0]:
                state[place] = (day, status)
    return {place: status for place, (_, status) in state.items()}


def parties_in(state: dict[int, str]) -> tuple[str, ...]:
    """The parties that a start state names."""
    return tuple(sorted({status for status in state.values() if status.casefold() != CONTESTED}))
