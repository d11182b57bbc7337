"""`oskil losses`: what a loss list counts, and what changed between two states of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oskil.cli.console import complain
from oskil.cli.options import Format, FormatOption, day
from oskil.cli.tables import Column, Listing, write

if TYPE_CHECKING:
    from oskil.records import LossEntry, LossList
    from oskil.sources.losses import Change

Count = tuple[str, str, str, int]


def losses(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE [LATER]", help="A loss list; or two states of one.")
    ],
    assessor: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Who keeps the list.")
    ] = None,
    published: Annotated[
        dt.date | None,
        typer.Option(
            "--published", metavar="DATE", parser=day, help="The day of a page whose name and text tell none."
        ),
    ] = None,
    form: FormatOption = Format.table,
) -> None:
    """Count a loss list, or tell what changed between two states of it.

    With one file: how many are listed by side, category and status (by item, where a table has no
    categories). With two: what was removed, recategorised and added from the first to the second.
    Where a page's own totals are not those of its entries, it is said on standard error.
    """
    from oskil.sources.losses import changes

    if len(files) > 2:
        raise typer.BadParameter("one file, or two states of one list", param_hint="FILE")
    lists = [_read(file, assessor, published) for file in files]
    for path, listed in zip(files, lists, strict=True):
        for note in listed.notes:
            complain(note, str(path))
    if len(lists) == 1:
        write(COUNTS, _counts(lists[0]), form)
    else:
        write(CHANGES, changes(lists[0].entries, lists[1].entries), form)


def _read(path: Path, assessor: str | None, on: dt.date | None) -> LossList:
    from oskil.sources.given import from_file
    from oskil.sources.losses import parse
    from oskil.sources.packed import LARGEST

    raw = from_file(str(path)).raw(largest=LARGEST)
    return parse(raw, assessor=assessor, day=None if on is None else on.isoformat())


def _counts(listed: LossList) -> list[Count]:
    from collections import Counter

    found = Counter((e.side, e.category or e.item, e.status) for e in listed.entries if e.removed is None)
    return sorted(((*what, n) for what, n in found.items()), key=lambda c: (c[0], -c[3], c[1], c[2]))


def _entry(entry: LossEntry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    fields = ("id", "side", "category", "item", "status", "evidence")
    return {**{name: getattr(entry, name) for name in fields}, "listed": entry.listed.isoformat()}


def _told(change: Change) -> str:
    """What an entry is, or what it was and has become."""
    states = [
        f"{e.item}{f' ({e.category})' if e.category else ''}: {e.status}"
        for e in (change.before, change.after)
        if e is not None
    ]
    return " → ".join(states)


def _side(change: Change) -> str:
    entry = change.after or change.before
    return entry.side if entry else ""


COUNTS: Listing[Count] = Listing(
    columns=(
        Column("SIDE", lambda c: c[0], 6),
        Column("CATEGORY", lambda c: c[1]),
        Column("STATUS", lambda c: c[2], 22),
        Column("COUNT", lambda c: f"{c[3]:,}", 8),
    ),
    fields=("side", "category", "status", "count"),
    record=lambda c: {"side": c[0], "category": c[1], "status": c[2], "count": c[3]},
    empty="There is nothing in this list.",
)
CHANGES: Listing[Any] = Listing(
    columns=(
        Column("CHANGE", lambda c: c.kind, 13),
        Column("SIDE", _side, 6),
        Column("ENTRY", _told),
    ),
    fields=("change", "before", "after"),
    record=lambda c: {"change": c.kind, "before": _entry(c.before), "after": _entry(c.after)},
    empty="Nothing changed.",
)
