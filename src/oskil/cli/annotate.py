"""`oskil annotate`: the wire format, JSON lines in and out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import typer

from oskil.cli import exits
from oskil.cli.console import complain
from oskil.cli.options import ProfileOption
from oskil.cli.tables import write_line
from oskil.errors import InputError

LONGEST_LINE = 64 * 1024 * 1024


def annotate(profile: ProfileOption = None) -> None:
    """Annotate documents: JSON lines in, JSON lines out.

    From standard input to standard output. A line is {"id", "text", "published", "outlet"?, "url"?,
    "language"?}; the answer has "id", "attributions", "toponyms" and "claims", offsets being those of the
    text as given. A line that cannot be used is named on standard error, the others are answered all the
    same, and the exit code is 3.
    """
    import sys

    from oskil import wire
    from oskil.cli import rooms

    reader = rooms.reader_for(profile)
    bad = 0
    for number, line in lines(sys.stdin.buffer):
        try:
            write_line(wire.annotate(parsed(line), reader))
        except InputError as error:
            bad += 1
            complain(error.message, f"line {number}")
    if bad:
        raise typer.Exit(exits.INPUT)


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1; a line too long is cut, and read past."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        if line.strip():
            yield number, line


def parsed(line: bytes) -> dict[str, Any]:
    """One record. Raises InputError that says what is wrong with the line."""
    import json

    if len(line) > LONGEST_LINE:
        raise InputError(f"longer than {LONGEST_LINE // 1024 // 1024} MB")
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise InputError("not JSON that can be used: nested too deep") from error
    if not isinstance(record, dict):
        raise InputError('not an object such as {"id": ..., "text": ...}')
    return record
