"""What a file is, and how many bytes of it are taken in."""

from __future__ import annotations

import stat
from pathlib import Path

from oskil.errors import SourceError

LARGEST = 20_000_000  # bytes; the longest daily assessments are under one million


def size_of(name: str) -> int:
    """How many bytes a regular file has. Raises SourceError where it is absent or no file."""
    try:
        status = Path(name).stat()
    except (OSError, ValueError) as error:
        raise unreadable(error, name) from error
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(f"this is {_kind(status.st_mode)}, not a file", name)
    return status.st_size


def unreadable(error: Exception, name: str) -> SourceError:
    """The refusal of what the system does not let be read."""
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceError(told[:1].lower() + told[1:], name)


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
