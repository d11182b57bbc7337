"""Loss lists as tables: CSV with a heading, a row for each thing lost."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Sequence
from itertools import islice
from typing import Any

from oskil.conflict import ConflictProfile
from oskil.errors import SourceError
from oskil.records import LossEntry
from oskil.sources import days
from oskil.sources.losses.words import NEEDED, words
from oskil.sources.parties import party_id

_LOOKED_AT = 20  # rows, in which a status has to stand


def is_loss_table(head: str) -> bool:
    """Whether the beginning of a text is a loss list: its heading, and a status in its first rows."""
    rows = _rows(head)
    try:
        roles = words().roles(next(rows, []))
        if any(role not in roles for role in NEEDED):
            return False
        at = roles["status"]
        return any(len(row) > at and words().is_status(row[at]) for row in islice(rows, _LOOKED_AT))
    except csv.Error:
        return False


def _rows(text: str) -> Any:
    first = text.partition("\n")[0]
    return csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=first.count))


def entries(text: str, where: str, profile: ConflictProfile) -> tuple[tuple[LossEntry, ...], tuple[str, ...]]:
    """The rows in the order of their days, and notes. Raises SourceError with the line at fault."""
    rows = _rows(text)
    header: list[str] = next(rows, [])
    roles = words().roles(header)
    if missing := [role for role in NEEDED if role not in roles]:
        told = ", ".join(header)[:200]
        raise SourceError(f"no column for {' and '.join(missing)}; there are {told}", f"{where}, line 1")
    found, unknown = [], set()
    try:
        for row in rows:
            if row:
                at = f"{where}, line {rows.line_num}"
                entry = _entry(row, header, roles, at, profile)
                if entry.side not in _ids(profile):
                    unknown.add(entry.side)
                found.append(entry)
    except csv.Error as error:
        raise SourceError(f"not CSV: {error}", f"{where}, line {rows.line_num}") from error
    notes = [f"“{side}” is no party of the conflict profile" for side in sorted(unknown)]
    return tuple(sorted(found, key=lambda e: e.listed)), tuple(notes)


def _ids(profile: ConflictProfile) -> set[str]:
    return {party.id for party in profile.parties}


def _entry(
    row: Sequence[str], header: Sequence[str], roles: dict[str, int], where: str, profile: ConflictProfile
) -> LossEntry:
    if len(row) != len(header):
        raise SourceError(f"{len(row)} columns, and the heading has {len(header)}", where)

    def cell(role: str) -> str:
        return " ".join(row[roles[role]].split()) if role in roles else ""

    for role in NEEDED:
        if not cell(role):
            raise SourceError(f"the column {header[roles[role]]} is empty", where)
    removed: dt.date | None = days.day(cell("removed"), where) if cell("removed") else None
    side = party_id(cell("side"), profile) or cell("side")
    told = "|".join((side, cell("item"), cell("evidence"), cell("listed")))
    return LossEntry(
        id=cell("id") or hashlib.sha256(told.encode()).hexdigest()[:16],
        side=side,
        category=cell("category"),
        item=cell("item"),
        status=cell("status").lower(),
        listed=days.day(cell("listed"), where),
        removed=removed,
        evidence=cell("evidence"),
    )
