"""One way to print a listing: as a table for people, as JSON, JSON lines or CSV for programs.

Text that comes from documents is untrusted. In tables and CSV, control and direction characters are replaced,
so that a quotation cannot move the cursor or turn a line round. In CSV, a text that begins with `=`, `+`,
`-`, `@` or a tab gets a leading apostrophe besides, so that a spreadsheet takes it for text; numbers are left
alone. JSON escapes such characters and changes nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from oskil.cli.options import Format

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")
Record = Mapping[str, Any]
# C0 but tab and newline, DEL, C1, and the bidirectional marks, embeddings and isolates.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
NARROW = 80


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column of a table: its heading, the cell's text, and its width (None takes what is left)."""

    heading: str
    cell: Callable[[T], str]
    width: int | None = None
    style: Callable[[T], str] | None = None


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """What can be listed: columns for people, and the fields of a record, in order, for programs.

    `airy` puts an empty line between the rows of the table, for rows that take several lines.
    """

    columns: Sequence[Column[T]]
    fields: Sequence[str]
    record: Callable[[T], Record]
    empty: str
    airy: bool = False


def safe(text: str) -> str:
    """The text without characters that steer a terminal."""
    return UNSAFE.sub("\ufffd", text)


def write(listing: Listing[T], items: Iterable[T], form: Format) -> None:
    """Print the items to standard output. An empty table says so on standard error."""
    if form is Format.table:
        rows = list(items)
        if rows:
            write_table(listing, rows)
        else:
            print(listing.empty, file=sys.stderr)
    elif form is Format.json:
        write_json([listing.record(item) for item in items])
    elif form is Format.jsonl:
        for item in items:
            write_line(listing.record(item))
    else:
        write_csv(listing.fields, (listing.record(item) for item in items))


def write_json(value: Any) -> None:
    """One JSON value, indented."""
    print(_json(value, indent=2))


def write_line(record: Record) -> None:
    """One record as a line of JSON, at once."""
    sys.stdout.write(line_of(record))
    sys.stdout.flush()


def line_of(record: Record) -> str:
    """One record as a line of JSON."""
    return _json(record) + "\n"


def write_csv(fields: Sequence[str], records: Iterable[Record]) -> None:
    """RFC 4180 with a heading line, "\\n" at line ends."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(fields)
    for record in records:
        writer.writerow([csv_cell(record[name]) for name in fields])


def csv_cell(value: Any) -> str:
    """A value as one cell: lists joined by "; ", nested records as JSON, formulas made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        flat = all(isinstance(v, str | int | float) for v in value)
        value = "; ".join(str(v) for v in value) if flat else _json(value)
    text = _json(value) if isinstance(value, Mapping) else safe(str(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _json(value: Any, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def width() -> int:
    """Columns to write in: the terminal's, or COLUMNS; 80 in a pipe."""
    import shutil

    return shutil.get_terminal_size((NARROW, 24)).columns


def console(target: io.TextIOBase | None = None) -> Console:
    """A console that renders without escape codes where standard output is not a terminal."""
    from rich.console import Console

    tty = sys.stdout.isatty()
    return Console(
        file=target,  # type: ignore[arg-type]
        width=width(),
        force_terminal=tty,
        color_system="auto" if tty else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def write_rendered(*renderables: Any) -> None:
    """Print what rich can render, without blanks at the ends of lines and never two empty lines."""
    out = console()
    with out.capture() as capture:
        for renderable in renderables:
            out.print(renderable)
    text = "\n".join(line.rstrip() for line in capture.get().splitlines())
    sys.stdout.write(re.sub(r"\n{3,}", "\n\n", text.rstrip()) + "\n")


def write_table(listing: Listing[T], rows: Sequence[T]) -> None:
    """The listing as a table without lines, wrapped to the width at hand."""
    write_rendered(table(listing, rows))


def table(listing: Listing[T], rows: Sequence[T]) -> Any:
    """The rich table of these rows."""
    from rich.table import Table
    from rich.text import Text

    below = 1 if listing.airy else 0
    made = Table(box=None, padding=(0, 2, below, 0), pad_edge=False, header_style="bold")
    for column in listing.columns:
        made.add_column(column.heading, width=column.width, overflow="fold", vertical="top")
    for row in rows:
        cells = [Text(safe(c.cell(row)), style=c.style(row) if c.style else "") for c in listing.columns]
        made.add_row(*cells)
    return made
