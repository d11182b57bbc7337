"""alternateNamesV2: names by language and by time, gathered by place."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from oskil.errors import GazetteerError
from oskil.places.geonames import checked, fields, lines
from oskil.places.kinds import NAMES_ONLY
from oskil.places.rows import Row, tagged

# What stands in the column of languages and is none: codes, links, postal codes.
_NO_NAMES = frozenset("link post iata icao faac tcid wkdt unlc phon abbr".split())
_COLUMNS = (8, 10)  # the older file lacks the years
MEMBER = "alternateNamesV2.txt"


def names(path: Path, folder: Path) -> Iterator[Row]:
    """A row of names for each place that the file has names of, in the order of the ids.

    `folder` takes a temporary file of the names. Raises GazetteerError with file and line.
    """
    with tempfile.TemporaryFile(dir=folder) as blob:
        ids, ends = array("q"), array("Q", [0])
        for number, line in lines(path, MEMBER if path.suffix == ".zip" else ""):
            try:
                found = parse_name(line)
            except ValueError as error:
                raise GazetteerError(str(error), f"{path}, line {number}") from error
            if found is not None:
                raw = found[1].encode()
                blob.write(raw)
                ids.append(found[0])
                ends.append(ends[-1] + len(raw))
        blob.flush()
        if ids:
            yield from _gathered(blob.fileno(), np.array(ids), np.array(ends))


def _gathered(file: int, ids: np.ndarray, ends: np.ndarray) -> Iterator[Row]:
    import mmap

    order = np.argsort(ids, kind="stable")
    with mmap.mmap(file, 0, access=mmap.ACCESS_READ) as text:
        here: list[str] = []
        last = int(ids[order[0]])
        step = 1 << 16
        for at in range(0, len(order), step):
            part = order[at : at + step]
            for number, start, end in zip(
                ids[part].tolist(), ends[part].tolist(), ends[part + 1].tolist(), strict=True
            ):
                if number != last:
                    yield _row(last, here)
                    last, here = number, []
                here.append(text[start:end].decode())
        yield _row(last, here)


def _row(number: int, found: list[str]) -> Row:
    return Row(number, NAMES_ONLY, 0.0, 0.0, "", "", 0, tuple(dict.fromkeys(found)))


def parse_name(line: str) -> tuple[int, str] | None:
    """A line as the place's id and the tagged name; None for codes and links. Raises ValueError."""
    parts = fields(line)
    if len(parts) not in _COLUMNS:
        raise ValueError(f"{len(parts)} columns, and alternateNamesV2 has {_COLUMNS[1]}")
    _, number, language, name, _, _, _, historic = parts[:8]
    if not number.isdecimal() or not 0 < int(number) < 2**62:
        raise ValueError(f"not a geonameid: {number[:20]!r}")
    if language in _NO_NAMES or not name:
        return None
    if len(language) > 20 or historic not in ("", "0", "1"):
        raise ValueError(f"not a language and a mark of history: {language[:20]!r}, {historic[:9]!r}")
    return int(number), tagged(checked(name), language, historic == "1")
