"""Files and standard input to bytes, with a limit on how many are taken in."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from oskil.errors import SourceError
from oskil.sources.interface import Raw

LARGEST = 20_000_000  # bytes; the longest daily assessments are under one million


def from_file(name: str, *, largest: int = LARGEST) -> Raw:
    """The bytes of a regular file. Raises SourceError where it is absent, not readable or too large."""
    path = Path(name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(f"this is {_kind(status.st_mode)}, not a file", name)
        if status.st_size > largest:
            raise too_large(status.st_size, largest, name)
        with path.open("rb") as file:
            return Raw(where=name, data=_limited(file, largest, name))
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(told[:1].lower() + told[1:], name) from error


def from_stdin(stdin: BinaryIO, *, largest: int = LARGEST) -> Raw:
    """All that comes in on standard input. Raises SourceError where that is too much."""
    return Raw(where="-", data=_limited(stdin, largest, "-"))


def _limited(file: BinaryIO, largest: int, where: str) -> bytes:
    data = file.read(largest + 1)
    if len(data) > largest:
        raise too_large(None, largest, where)
    return data


def too_large(size: int | None, largest: int, where: str) -> SourceError:
    """The refusal of what is too large; `size` in bytes where it is known."""
    told = f"{size / 1e6:.0f} MB are" if size is not None else "this is"
    return SourceError(f"{told} more than the {largest / 1e6:g} MB that a document may have", where)


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((name for test, name in kinds if test(mode)), "something special")
