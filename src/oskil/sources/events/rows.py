"""The rows of a table, from CSV or from a spreadsheet, each with where it stands."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from oskil.errors import SourceError
from oskil.sources import packed
from oskil.sources.decoding import decode
from oskil.sources.interface import Raw

_LARGEST_CELL = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """The cells by column, as text; days of spreadsheets as ISO dates."""

    cells: dict[str, str]
    where: str


def rows(raw: Raw) -> tuple[list[str], Iterator[Row]]:
    """The heading and the rows. Raises SourceError, with the line, where a row has other columns."""
    if raw.data.startswith(packed.ZIP):
        return _of_spreadsheet(raw)
    data = packed.gunzipped(raw.data, raw.where) if raw.data.startswith(packed.GZIP) else raw.data
    text = decode(Raw(where=raw.where, data=data, encoding=raw.encoding), longest_line=None).text
    return _of_csv(text.removeprefix("\ufeff"), raw.where)


def heading(head: str) -> list[str]:
    """The columns that the first line of a text names."""
    line = next(iter(head.removeprefix("\ufeff").splitlines()), "")
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=_separator(line)), [])]
    except csv.Error:
        return []


def _separator(line: str) -> str:
    return max(",;\t|", key=line.count)


def _of_csv(text: str, where: str) -> tuple[list[str], Iterator[Row]]:
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text.partition("\n")[0]))
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise SourceError(f"not CSV: {error}", f"{where}, line 1") from error

    def each() -> Iterator[Row]:
        try:
            for cells in reader:
                at = f"{where}, line {reader.line_num}"
                if cells:
                    yield _row(header, cells, at)
        except csv.Error as error:
            raise SourceError(f"not CSV: {error}", f"{where}, line {reader.line_num}") from error

    return header, each()


def _of_spreadsheet(raw: Raw) -> tuple[list[str], Iterator[Row]]:
    """The first sheet. What swells when it is unpacked is refused before it is opened."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with packed.opened(raw.data, raw.where) as archive:
        if sum(info.file_size for info in archive.infolist()) > packed.allowed(len(raw.data)):
            raise packed.bomb(packed.allowed(len(raw.data)), raw.where)
    try:
        book = load_workbook(io.BytesIO(raw.data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        values = sheet.iter_rows(values_only=True)
        header = [_cell(value) for value in next(values, ())]
    except (InvalidFileException, KeyError, ValueError, OSError, IndexError) as error:
        raise SourceError(f"not a spreadsheet that can be read: {error}", raw.where) from error
    while header and not header[-1]:
        header.pop()

    def each() -> Iterator[Row]:
        for number, cells in enumerate(values, 2):
            if any(value not in (None, "") for value in cells):
                shown = [_cell(value) for value in cells[: len(header)]]
                yield _row(header, shown, f"{raw.where}, {sheet.title}, row {number}")

    return header, each()


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _row(header: list[str], cells: list[str], where: str) -> Row:
    if len(cells) != len(header):
        raise SourceError(f"{len(cells)} columns, and the heading has {len(header)}", where)
    return Row(dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=True)), where)
